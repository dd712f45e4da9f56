"""A child of whom much was said, in words that can be looked for, and how that child is forgotten."""

from __future__ import annotations

from collections.abc import Callable

from tests.api.people import Service
from tests.support.walk import CHILD

EVERY = ["identity", "contact", "health", "safeguarding", "narrative"]
DECISION = {"words": "canary-said-this", "evidence": [{"id": "DOC-1", "title": "canary-wrote-this"}]}
SAID_OF_THE_CHILD = (
    "change_details", "add_identifier", "record_carer", "record_ehc_plan", "record_looked_after", "record_social_worker",
    "record_exclusion", "request_rectification",
)  # fmt: skip
PATIENCE = 20.0


def caught_up(service: Service) -> Callable[[], None]:
    """Waits for the read models."""

    def wait() -> None:
        assert service.desk.read_models.wait_for(service.desk.history.head(), PATIENCE)

    return wait


def erase(service: Service) -> None:
    """One asks, another approves."""
    asked = service.do(
        "request_erasure", CHILD, categories=EVERY, ground="unlawful", decision={"words": "canary-said-this"}
    )
    assert asked.status_code == 200, asked.text
    approved = service.do("approve_erasure", CHILD, "senior", request=asked.json()["version"])
    assert approved.status_code == 200, approved.text
