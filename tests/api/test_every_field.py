"""Every field of every request, with values that are meant to break something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest

from api.commands import NOT_OVER_HTTP
from domain.guidance import guidance_id
from tests.api.people import Service
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, PLACEMENT, PROVIDER, THE_SERVICE
from workflows.catalogue import COMMANDS, RECORDS
from workflows.examples import EXAMPLES

HOSTILE: tuple[Any, ...] = (
    None,
    "",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    -1,
    0,
    2**63 - 1,
    1e308,
    -1e308,
    True,
    [],
    {},
    [None],
    "x" * 8001,
    "\u0000",
    "\ud800",
    "00000000-0000-0000-0000-000000000000",
    "=1+1",
)
GROUNDS = {"decision": {"known_at": 1, "occurred_on": "2026-11-20", "words": "x"}}
RECORDS_OF_THE_WALK = {
    "placements": PLACEMENT,
    "children": CHILD,
    "providers": PROVIDER,
    "agreements": AGREEMENT,
    "organisations": AUTHORITY,
    "guidance": guidance_id("expiry_warning_days"),
}
"""The records that requests are about; a message and what was left undone are there from when they are asked for."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a request."""
    if path:
        yield path
    inside = (
        value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    )
    for step, inner in inside:
        yield from places(inner, (*path, step))


def with_one_changed(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The request with another value in one place."""
    changed = deepcopy(body)
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return changed


def try_everything(service: Service, values: int) -> Counter[int]:
    """Send every example with one place changed; nothing may fail."""
    service.desk.strangers.most_a_minute = 10**9
    message, undone = (
        service.walk.do(name, uuid4(), THE_SERVICE).record_id for name in ("tell", "record_undone")
    )
    records = {**RECORDS_OF_THE_WALK, "messages": message, "undone": undone}
    answered: Counter[int] = Counter()
    turn = 0
    for number, name in enumerate(sorted(set(COMMANDS) - NOT_OVER_HTTP)):
        # The grounds are read by the same code for all commands.
        grounds = GROUNDS if values > 1 or number % 10 == 0 else {}
        body = {**EXAMPLES[name], **grounds}
        plural = next(plural for plural, kind in RECORDS.items() if kind is COMMANDS[name].target)
        for path in places(body):
            for _ in range(values):
                value = HOSTILE[turn % len(HOSTILE)]
                turn += 1
                who = ("senior", "officer", "admin", "safeguarder", "provider")[turn % 5]
                answer = service.do_as(name, records[plural], with_one_changed(body, path, value), who)
                assert answer.status_code < 500, (name, path, value, answer.text)
                answered[answer.status_code] += 1
    assert service.get(f"/placements/{PLACEMENT}").status_code == 200
    return answered


def test_no_field_breaks_the_service(service: Service) -> None:
    service.walk.live_until("start_placement")
    answered = try_everything(service, 1)
    assert answered[422] > 300


@pytest.mark.long
def test_no_field_breaks_the_service_with_any_value(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert try_everything(service, len(HOSTILE)).total() > 5000
