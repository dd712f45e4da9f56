"""The description of the API is true: whatever it allows to be sent is answered, never with a failure, always as described."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from domain.guidance import guidance_id
from tests.api.issuer import Issuer
from tests.api.people import Service, open_desk
from tests.support.postgres import TestPostgres
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, MONDAY, PLACEMENT, PROVIDER

Case = schemathesis.Case[Any]

RECORDS = {
    "placements": PLACEMENT,
    "children": CHILD,
    "providers": PROVIDER,
    "agreements": AGREEMENT,
    "organisations": AUTHORITY,
    "guidance": guidance_id("expiry_warning_days"),
}
PEOPLE = ("officer", "senior", "provider", "admin", "stranger", None)
"""In whose name the requests are sent, in turn; without a token in the end."""


@pytest.fixture(scope="module")
def anyone(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """A service of its own, on which anything may be done."""
    issuer = Issuer(tmp_path_factory.mktemp("issuer"), MONDAY)
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
    ):
        desk.strangers.most_a_minute = 10**9
        service = Service(client, desk, issuer)
        service.walk.live_until("start_placement")
        yield service


@pytest.fixture(autouse=True)
def nobody_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positions of the far future are asked for often here."""
    monkeypatch.setattr("api.freshness.PATIENCE", 0.05)
    monkeypatch.setattr("api.lists.PATIENCE", 0.05)


@schemathesis.check
def nothing_fails(ctx: schemathesis.CheckContext, response: schemathesis.Response, case: Case) -> None:
    """The one answer of a failing kind that may come is that something has not arrived yet."""
    behind = response.status_code == 503 and response.json()["type"] == "/problems#behind"
    assert response.status_code < 500 or behind, response.text


CHECKS = [
    nothing_fails,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def headers_of(service: Service, who: str | None) -> dict[str, str]:
    """As whom a request is sent."""
    return {"Authorization": f"Bearer {service.token(who)}"} if who else {}


def send_cases(
    service: Service,
    each: int,
    *,
    modes: tuple[GenerationMode, ...],
    every: int = 1,
    derandomize: bool = False,
) -> Counter[int]:
    """Send cases to every operation, or to every second or third; count the answers by status."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", service.app)
    turns = cycle(PEOPLE)
    answered: Counter[int] = Counter()
    for found in islice(schema.get_all_operations(), 0, None, every):
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path == "/events":
            continue  # a stream that is asked for would not end
        for mode in modes:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=each,
                derandomize=derandomize,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def send(case: Case) -> None:
                answered[_send(service, case, next(turns))] += 1

            try:
                send()
            except Unsatisfiable:
                continue  # whatever is sent there fits
    return answered


def _send(service: Service, case: Case, who: str | None) -> int:
    # An invented id finds nothing, so mostly records are asked for that there are.
    plural = case.operation.path.split("/")[1]
    if "id" in case.path_parameters and plural in RECORDS and who != "stranger":
        case.path_parameters["id"] = str(RECORDS[plural])
    response = case.call(headers=headers_of(service, who))
    case.validate_response(response, checks=CHECKS)
    return response.status_code


BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def test_whatever_is_sent_is_answered_as_described(anyone: Service) -> None:
    answered = send_cases(anyone, 1, modes=(GenerationMode.POSITIVE,), derandomize=True)
    answered += send_cases(anyone, 1, modes=(GenerationMode.NEGATIVE,), every=3, derandomize=True)
    assert answered.total() > 100


@pytest.mark.long
def test_whatever_is_sent_two_thousand_times_is_answered_as_described(anyone: Service) -> None:
    answered = send_cases(anyone, 10, modes=BOTH)
    assert answered.total() > 2000
    assert len(answered) > 8


def walk_along_the_links(service: Service, walks: int, steps: int, *, derandomize: bool = False) -> None:
    """Open records and go on to where their answers point."""
    machine = (
        schemathesis.openapi.from_asgi("/openapi.json", service.app)
        .exclude(path="/events")
        .as_state_machine()
    )

    class Walk(machine):  # type: ignore[misc, valid-type]
        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": headers_of(service, "officer")}

        def validate_response(self, response: Any, case: Case, **_: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    Walk.run(
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            derandomize=derandomize,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
    )


def test_the_links_lead_where_they_say(anyone: Service) -> None:
    walk_along_the_links(anyone, 2, 6, derandomize=True)


@pytest.mark.long
def test_the_links_lead_where_they_say_on_many_walks(anyone: Service) -> None:
    walk_along_the_links(anyone, 100, 10)
