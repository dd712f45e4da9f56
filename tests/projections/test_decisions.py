"""The page of a decision shows what was known when it was taken, whatever became known later."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import rfc8785

from domain.events import Actor, Decision
from domain.reasons import Invalid, NotFound, NotPermitted, Refused
from domain.record import Recording
from history.store import History
from projections.decisions.finding import find_decision
from projections.decisions.page import decision_page
from projections.decisions.shapes import DecisionPage, RecordSeen, canonical
from tests.history.diary import Diary, Happened
from tests.projections.conftest import MASTER_KEY, Clock
from tests.support.postgres import PREPARED, TestPostgres
from tests.support.walk import (
    AGREEMENT,
    CHILD,
    LIFE,
    MONDAY,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    PROVIDER_STAFF,
    SAFEGUARDER,
    SENIOR,
    THE_SERVICE,
    Walk,
)

LETTER = {"id": "doc-1", "title": "Letter of the panel", "sha256": "a" * 64}
REPORT = {"id": "doc-2", "title": "Report of the psychologist", "sha256": "b" * 64}
NEXT = "COPY (SELECT * FROM history.events WHERE notification_id > {} AND notification_id <= {}) TO STDOUT"


@pytest.mark.parametrize("events", [1, 5, 6, 40, 41, 60])
def test_all_events_of_a_decision_are_found_by_each_of_them(history: History, events: int) -> None:
    def decided(number: int) -> None:
        decision = Decision(by=Actor(id="a", name="A"), command="tell", correlation_id=uuid4())
        diary = Diary(uuid4()).under(Recording(decision, MONDAY, MONDAY.date()))
        for n in range(number):
            diary.remember(Happened, words=f"number {n}")
        history.save(diary)

    for number in (3, events, 2):
        decided(number)
    for position in range(4, 4 + events):
        found = find_decision(history, position)
        assert found is not None
        assert (found.position, found.first, found.last) == (position, 4, 3 + events)
        assert [one.position for one in found.together] == list(range(4, 4 + events))
    assert find_decision(history, history.head() + 1) is None


def test_it_shows_who_decided_what_on_which_grounds(walk: Walk, history: History) -> None:
    walk.live_until("plan_contingency")
    done = walk.do("start_placement", decision={"words": "All is in place.", "evidence": [LETTER]})

    decided = _started(history, done.position).decision

    assert (decided.event, decided.command, decided.kind) == (
        "placement.started",
        "start_placement",
        "placement",
    )
    assert decided.who is not None
    assert (decided.who.name, decided.words) == ("Officer", "All is in place.")
    assert [(e.id, e.sha256) for e in decided.evidence] == [("doc-1", "a" * 64)]
    assert {r.verdict for r in decided.rules} == {"met"}
    assert all(r.sentence and r.source and r.version == 1 for r in decided.rules)
    assert decided.facts["on"] == "2026-11-23"


def test_it_shows_the_records_it_rested_on_as_they_were(walk: Walk, history: History) -> None:
    done = walk.live_until("complete_contract")
    walk.do("rename_provider", PROVIDER, THE_SERVICE, new_name="Another Name")

    decided = decision_page(history, _first(history, done.position)).decision

    seen = {record.kind: record for record in decided.records}
    assert set(seen) == {"placement", "child", "provider", "agreement", "organisation"}
    assert len([r for r in decided.records if r.kind == "organisation"]) == 2
    assert _facts(seen["provider"])["name"] == "Invented Workshop"
    assert _facts(seen["placement"])["stage"] == "contract"
    assert _facts(seen["placement"])["place_held"] is False
    assert _facts(seen["child"])["family_name"]


def test_other_commissioners_places_are_a_number(walk: Walk, history: History) -> None:
    walk.live_until("start_placement")

    decided = decision_page(history, walk.do("call_review").position).decision

    [places] = [record for record in decided.records if record.kind == "places"]
    assert places.facts == {"taken": 1}


def test_without_a_position_it_shows_the_history_just_before(walk: Walk, history: History) -> None:
    done = walk.live_until("complete_contract")

    decided = decision_page(history, done.position).decision

    first = _first(history, done.position)
    assert first < done.position
    assert (decided.seen.position, decided.seen.told_by, decided.seen.said) == (
        first - 1,
        "just_before",
        None,
    )


def test_what_was_not_on_the_deciders_screen_is_marked(walk: Walk, history: History) -> None:
    walk.live_until("assess_suitability")
    screen = history.head()
    walk.do("record_views", decision={"evidence": [REPORT]})
    walk.do("suspend_provider", PROVIDER, THE_SERVICE)
    walk.do("lift_suspension", PROVIDER, THE_SERVICE)
    done = walk.do("confirm_suitability", decision={"known_at": screen})

    decided = decision_page(history, done.position).decision

    assert (decided.seen.position, decided.seen.told_by) == (screen, "screen")
    assert [m.event for m in decided.not_on_the_screen] == [
        "placement.views_recorded",
        "provider.suspended",
        "provider.suspension_lifted",
    ]
    assert [(d.evidence.id, d.on_the_screen) for d in decided.not_relied_on] == [("doc-2", False)]


def test_a_position_that_had_not_been_reached_counts_as_just_before(walk: Walk, history: History) -> None:
    walk.live_until("assess_suitability")
    # No caller can say so any more; it may stand in events that were written down before.
    with pytest.MonkeyPatch.context() as before:
        before.setattr(history, "head", lambda: 10_000_000)
        done = walk.do("confirm_suitability", decision={"known_at": 10_000_000})

    seen = decision_page(history, done.position).decision.seen

    assert (seen.position, seen.told_by, seen.said) == (done.position - 1, "just_before", 10_000_000)


def test_documents_in_the_case_that_were_not_relied_on_are_listed(walk: Walk, history: History) -> None:
    walk.live_until("assess_suitability")
    walk.do("record_views", decision={"evidence": [REPORT, LETTER]})
    done = walk.do("confirm_suitability", decision={"evidence": [LETTER]})

    decided = decision_page(history, done.position).decision

    assert [d.evidence.id for d in decided.not_relied_on] == ["doc-2"]
    assert decided.not_relied_on[0].on_the_screen


def test_a_document_with_other_bytes_is_another_document(walk: Walk, history: History) -> None:
    walk.live_until("assess_suitability")
    walk.do("record_views", decision={"evidence": [{**LETTER, "sha256": "c" * 64}]})
    done = walk.do("confirm_suitability", decision={"evidence": [LETTER]})

    decided = decision_page(history, done.position).decision

    assert [d.evidence.sha256 for d in decided.not_relied_on] == ["c" * 64]


def test_what_was_true_already_and_written_down_later_stands_apart(
    walk: Walk, clock: Clock, history: History
) -> None:
    done = walk.live_until("start_placement")
    before = _started(history, done.position)
    clock.moment = MONDAY + timedelta(days=7)
    walk.do("log_contact", decision={"occurred_on": "2026-11-20"})
    walk.do("log_contact")

    after = _started(history, done.position)

    assert canonical(after.decision) == canonical(before.decision)
    assert before.known_later.facts == ()
    assert [(m.event, m.true_on) for m in after.known_later.facts] == [
        ("placement.contact_logged", date(2026, 11, 20))
    ]


def test_what_happened_later_the_same_day_is_not_something_known_later(walk: Walk, history: History) -> None:
    done = walk.live_until("start_placement")
    walk.do("log_contact")

    assert _started(history, done.position).known_later.facts == ()


def test_an_hour_decides_where_it_was_written_down(walk: Walk, clock: Clock, history: History) -> None:
    done = walk.live_until("start_placement")
    clock.moment = MONDAY + timedelta(hours=5)
    walk.do("log_contact", decision={"occurred_at": (MONDAY - timedelta(hours=1)).isoformat()})
    walk.do("log_contact", decision={"occurred_at": (MONDAY + timedelta(hours=1)).isoformat()})

    [later] = _started(history, done.position).known_later.facts

    assert later.position == done.position + 1


def test_a_later_correction_shows_what_the_decider_read_and_what_is_right(
    walk: Walk, history: History
) -> None:
    done = walk.live_until("start_placement")
    before = _started(history, done.position)
    walk.do("correct_record", changes={"reason": "OTH"})

    after = _started(history, done.position)

    assert canonical(after.decision) == canonical(before.decision)
    [put] = after.known_later.corrections
    assert (put.event, put.field, put.corrects) == ("placement.referred", "reason", 1)
    assert (put.then, put.now) != (put.now, put.now)
    [placement] = [r for r in after.decision.records if r.kind == "placement"]
    assert _facts(placement)["reason"] == put.then


def test_there_is_no_page_where_nothing_stands(history: History, walk: Walk) -> None:
    for position in (0, history.head() + 1):
        with pytest.raises(NotFound):
            decision_page(history, position)


def test_the_bytes_are_canonical_json(walk: Walk, history: History) -> None:
    done = walk.live_until("start_placement")

    said = canonical(_started(history, done.position))

    assert rfc8785.dumps(json.loads(said)) == said


@pytest.mark.parametrize("seed", range(2))
def test_it_is_the_same_from_a_history_that_ends_with_the_decision(
    seed: int, walk: Walk, clock: Clock, history: History, cut_off: Callable[[int], History]
) -> None:
    chance = random.Random(seed)  # noqa: S311 - it hides nothing
    _live_at_random(walk, clock, history, chance)
    checked = sorted(chance.sample(range(1, history.head() + 1), 20))
    whole = {position: decision_page(history, position) for position in checked}

    for position in checked:
        alone = decision_page(cut_off(position), position)
        assert canonical(alone.decision) == canonical(whole[position].decision)
        assert (alone.known_later.facts, alone.known_later.corrections) == ((), ())

    clock.moment += timedelta(days=30)
    _tell_late(walk, chance)
    for position, page in whole.items():
        assert canonical(decision_page(history, position).decision) == canonical(page.decision)


MAY_HAPPEN: list[tuple[str, UUID, Any]] = [
    ("log_contact", PLACEMENT, OFFICER),
    ("record_views", PLACEMENT, OFFICER),
    ("raise_concern", PLACEMENT, OFFICER),
    ("report_progress", PLACEMENT, PROVIDER_STAFF),
    ("report_safeguarding_concern", PLACEMENT, OFFICER),
    ("answer_tomorrow", PLACEMENT, OFFICER),
    ("resolve_safeguarding", PLACEMENT, SAFEGUARDER),
    ("recover_placement", PLACEMENT, OFFICER),
    ("correct_record", PLACEMENT, OFFICER),
    ("suspend_provider", PROVIDER, THE_SERVICE),
    ("lift_suspension", PROVIDER, THE_SERVICE),
    ("record_carer", CHILD, THE_SERVICE),
    ("agree_price", AGREEMENT, THE_SERVICE),
]


def _live_at_random(walk: Walk, clock: Clock, history: History, chance: random.Random) -> None:
    """The usual life with chance events between, some told late, some decided on an old screen."""
    for name, changes in LIFE[: chance.randint(20, len(LIFE))]:
        _try(walk, name, PLACEMENT, SENIOR if name == "accept_risk" else OFFICER, history, chance, **changes)
        for other, record, who in chance.sample(MAY_HAPPEN, chance.randint(0, 2)):
            _try(walk, other, record, who, history, chance)
        clock.moment += timedelta(minutes=chance.randint(0, 40))


def _tell_late(walk: Walk, chance: random.Random) -> None:
    for name, record, who in MAY_HAPPEN:
        decision = {"occurred_on": (MONDAY - timedelta(days=chance.randint(0, 40))).date().isoformat()}
        _attempt(walk, name, record, who, decision=decision)


def _try(
    walk: Walk, name: str, record: UUID, who: Any, history: History, chance: random.Random, **changes: Any
) -> None:
    decision: dict[str, Any] = {}
    if chance.random() < 0.4:
        decision["evidence"] = [chance.choice([LETTER, REPORT])]
    if chance.random() < 0.5:
        decision["known_at"] = max(0, history.head() - chance.randint(0, 15))
    if chance.random() < 0.3:
        decision["occurred_on"] = (MONDAY - timedelta(days=chance.randint(0, 3))).date().isoformat()
    _attempt(walk, name, record, who, decision=decision, **changes)


def _attempt(walk: Walk, name: str, record: UUID, who: Any, **changes: Any) -> None:
    with suppress(Refused, Invalid, NotPermitted):  # what does not fit here does not happen
        walk.do(name, record, who, **changes)


@pytest.fixture
def cut_off(dsn: str, prepared_postgres: TestPostgres) -> Iterator[Callable[[int], History]]:
    """The history as far as a position, in a fresh database; each time it goes on from where it ended before."""
    with (
        prepared_postgres.database(PREPARED) as address,
        psycopg.connect(dsn) as whole,
        psycopg.connect(address) as fresh,
    ):
        opened: list[History] = []
        reached = [0]

        def copy(position: int) -> History:
            if not opened:
                _copy(whole, fresh, "COPY history.keys TO STDOUT", "COPY history.keys FROM STDIN")
                opened.append(History(address, master_key=MASTER_KEY, pool_size=2))
            _copy(whole, fresh, NEXT.format(reached[0], position), "COPY history.events FROM STDIN")
            reached[0] = position
            return opened[0]

        yield copy
        for history in opened:
            history.close()


def _copy(whole: psycopg.Connection, fresh: psycopg.Connection, taken: str, given: str) -> None:
    with (
        whole.cursor().copy(taken.encode()) as source,
        fresh.cursor().copy(given.encode()) as sink,
    ):
        for block in source:
            sink.write(block)
    fresh.commit()


def _started(history: History, position: int) -> DecisionPage:
    """The page of the event by which the placement itself remembers the decision that ends at a position."""
    for at in range(_first(history, position), position + 1):
        page = decision_page(history, at)
        if page.decision.record_id == PLACEMENT:
            return page
    raise AssertionError("the decision wrote nothing on the placement")


def _first(history: History, last: int) -> int:
    page = decision_page(history, last)
    return min([last, *(m.position for m in page.decision.same_decision)])


def _facts(record: RecordSeen) -> dict[str, Any]:
    assert record.facts is not None
    return record.facts
