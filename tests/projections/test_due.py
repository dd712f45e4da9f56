"""The due list: what is on it, who sees it, what fell due between two instants, and how it was at any position."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import combinations
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import asdict
from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH

from domain.duties.duty import State
from domain.people import Role, Scope
from history.store import History
from projections.asking import scope_parameters
from projections.comparing import differences
from projections.due_days import OPEN_STATES, days_of
from projections.due_statements import counts, page
from projections.falling_to import ROLES, FallsTo
from projections.finding_due import DueFilter, DueRow
from projections.reading import ReadModels
from tests.support.walk import AUTHORITY, CHILD, OFFICER, PROVIDER, SCHOOL, THE_SERVICE, Walk
from workflows.examples import EXAMPLES

CaughtUp = Callable[[], None]
OF_THE_AUTHORITY = Scope(organisations=frozenset({AUTHORITY}))
OF_THE_PROVIDER = Scope(provider_id=PROVIDER)
AFTER_TERM = date(2026, 12, 19)
LAST_DAY_OF_TERM = date(2026, 12, 18)
NOVEMBER, JANUARY = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 4, tzinfo=UTC)


def _rows(read_models: ReadModels, on: date = AFTER_TERM, *rules: str) -> list[DueRow]:
    return list(read_models.due.page(OF_THE_AUTHORITY, DueFilter(rule=rules), on=on, limit=200).rows)


def _first_review(read_models: ReadModels, on: date) -> DueRow:
    return _rows(read_models, on, "T16")[0]


def test_the_review_of_the_half_term_comes_and_goes_by_itself(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    caught_up()
    for on, state in (
        (date(2026, 12, 10), State.AHEAD),
        (date(2026, 12, 11), State.DUE_SOON),
        (LAST_DAY_OF_TERM, State.DUE),
        (AFTER_TERM, State.OVERDUE),
    ):
        assert _first_review(read_models, on).state is state
    missing = _first_review(read_models, AFTER_TERM)
    assert (missing.true_from, missing.what) == (AFTER_TERM, "hold a review in each half-term")

    walk.do("call_review")
    walk.do("record_review")
    caught_up()
    held = _first_review(read_models, AFTER_TERM)
    assert (held.state, held.missed, held.duty_id) == (State.DONE, False, missing.duty_id)
    assert held.done_by is not None


def test_a_change_of_the_calendar_moves_what_was_counted_by_it(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels, history: History, dsn: str
) -> None:
    walk.live_until("start_placement")
    caught_up()
    before = _first_review(read_models, AFTER_TERM)
    calendar = {**EXAMPLES["set_calendar"]["calendar"], "closures": ["2026-12-18"]}
    walk.do("set_calendar", AUTHORITY, THE_SERVICE, calendar=calendar)
    caught_up()
    after = _first_review(read_models, AFTER_TERM)
    assert (before.due_on, after.due_on) == (LAST_DAY_OF_TERM, date(2026, 12, 17))
    assert before.duty_id == after.duty_id
    assert differences(history, dsn, ["due"]) == []


def test_a_rule_that_is_off_counts_where_it_was_chosen(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    caught_up()
    assert _rows(read_models, AFTER_TERM, "T16_first") == []
    walk.do("choose_warnings", AUTHORITY, THE_SERVICE, rules=["T16_first"])
    caught_up()
    [early] = _rows(read_models, AFTER_TERM, "T16_first")
    assert (early.due_on, early.state) == (date(2026, 12, 21), State.DUE_SOON)


def test_what_fell_due_is_told_once_with_its_instant(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    caught_up()
    fell = [f for f in read_models.due.fell_due(NOVEMBER, JANUARY) if f.rule == "T16"]
    assert [(f.became, f.at.date()) for f in fell] == [
        ("due_soon", date(2026, 12, 11)),
        ("due", LAST_DAY_OF_TERM),
        ("overdue", AFTER_TERM),
    ]
    half_way = fell[1].at
    parts = read_models.due.fell_due(NOVEMBER, half_way) + read_models.due.fell_due(half_way, JANUARY)
    assert parts == read_models.due.fell_due(NOVEMBER, JANUARY)
    walk.do("call_review")
    walk.do("record_review")
    caught_up()
    assert not [f for f in read_models.due.fell_due(NOVEMBER, JANUARY) if f.rule == "T16"]


def test_a_day_in_summer_ends_at_midnight_in_london(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    caught_up()
    ends = {row.due_on: row.overdue_at for row in _rows(read_models, AFTER_TERM, "T16")}
    assert ends[LAST_DAY_OF_TERM] == datetime(2026, 12, 19, 0, tzinfo=UTC)
    assert ends[date(2027, 7, 21)] == datetime(2027, 7, 21, 23, tzinfo=UTC)


def test_what_was_recorded_too_late_is_overdue_from_the_moment_it_became_known(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.do("record_exclusion", CHILD, THE_SERVICE, from_on="2026-11-02")
    caught_up()
    [late] = [f for f in read_models.due.fell_due(NOVEMBER, JANUARY) if f.rule == "T1"]
    assert (late.became, late.at, late.due_on) == ("overdue", late.known_at, date(2026, 11, 9))


def test_the_list_at_every_position_is_what_it_was(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels, history: History, dsn: str
) -> None:
    seen: dict[int, list[DueRow]] = {}

    def look() -> None:
        caught_up()
        seen[history.head()] = _rows(read_models)

    walk.do("record_exclusion", CHILD, THE_SERVICE)
    look()
    walk.live_until("start_placement")
    look()
    walk.do("call_review")
    walk.do("record_review")
    look()
    calendar = {**EXAMPLES["set_calendar"]["calendar"], "closures": ["2026-12-18"]}
    walk.do("set_calendar", AUTHORITY, THE_SERVICE, calendar=calendar)
    look()
    for position, rows in seen.items():
        past = read_models.as_at(history, position).due
        assert list(past.page(OF_THE_AUTHORITY, on=AFTER_TERM, limit=200).rows) == rows
    assert differences(history, dsn) == []


def test_a_provider_sees_only_what_concerns_it(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.do("record_exclusion", CHILD, THE_SERVICE)
    walk.live_until("start_placement")
    caught_up()
    theirs = {r.rule for r in read_models.due.page(OF_THE_PROVIDER, on=AFTER_TERM, limit=200).rows}
    assert {"T16", "T43", "T34_expiry", "T35"} <= theirs
    assert not theirs & {"T1", "T30", "T37", "T44"}
    assert read_models.due.page(Scope(), on=AFTER_TERM).rows == []
    stranger = Scope(organisations=frozenset({CHILD}), provider_id=CHILD)
    assert read_models.due.page(stranger, on=AFTER_TERM).rows == []


def test_a_list_for_one_person_holds_what_their_roles_owe(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    walk.do("grant_role", AUTHORITY, THE_SERVICE, person_id=OFFICER.person_id, role="commissioner")
    caught_up()
    mine = read_models.due.page(
        OF_THE_AUTHORITY, DueFilter(person_id=OFFICER.person_id), on=AFTER_TERM, limit=200
    )
    assert {"T16", "T41"} <= {row.rule for row in mine.rows}
    assert "T43" not in {row.rule for row in mine.rows}
    leads = DueFilter(role=Role.SAFEGUARDING_LEAD)
    assert read_models.due.page(OF_THE_AUTHORITY, leads, on=AFTER_TERM).rows == []


def test_what_falls_to_one_person_is_what_their_roles_owe_at_each_organisation_on_that_day(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    walk.do("grant_role", AUTHORITY, THE_SERVICE, person_id="both@example", role="named_officer")
    walk.do(
        "grant_role", SCHOOL, THE_SERVICE, person_id="both@example", role="school_lead", until="2026-12-31"
    )
    walk.do("grant_role", AUTHORITY, THE_SERVICE, person_id="reader@example", role="auditor")
    caught_up()
    everything = Scope(organisations=frozenset({AUTHORITY, SCHOOL}))

    def theirs(person: str, on: date) -> list[DueRow]:
        which = DueFilter(person_id=person)
        rows = list(read_models.due.page(everything, which, on=on, limit=200).rows)
        assert sum(read_models.due.counts(everything, which, on=on).values()) == len(rows)
        return rows

    def owed(on: date, at: UUID, role: Role) -> list[DueRow]:
        every = read_models.due.page(everything, on=on, limit=200).rows
        return [row for row in every if row.organisation_id == at and role in ROLES[row.owner]]

    for_the_officer, for_the_lead = (
        owed(AFTER_TERM, AUTHORITY, Role.NAMED_OFFICER),
        owed(AFTER_TERM, SCHOOL, Role.SCHOOL_LEAD),
    )
    assert for_the_officer
    assert for_the_lead
    found = theirs("both@example", AFTER_TERM)
    assert {row.duty_id for row in found} == {row.duty_id for row in (*for_the_officer, *for_the_lead)}
    later = date(2027, 1, 4)
    assert theirs("both@example", later) == owed(later, AUTHORITY, Role.NAMED_OFFICER)
    assert theirs("reader@example", AFTER_TERM) == theirs("nobody@example", AFTER_TERM) == []


@pytest.mark.parametrize("rules", [(), ("T16",), ("T1", "T2", "T3", "T4")])
@pytest.mark.parametrize("states", [OPEN_STATES, (State.DUE, State.DUE_SOON)])
def test_what_the_pages_ask_is_short_enough_to_be_kept_ready(
    rules: tuple[str, ...], states: tuple[State, ...]
) -> None:
    which = asdict(DueFilter(state=states)) | days_of(states, AFTER_TERM, None, None)
    mine = FallsTo({AUTHORITY: ["commissioner", "provider"]}, [PROVIDER]).asked
    asked = (
        which
        | mine
        | {"only_rule": rules[:1] if len(rules) == 1 else None, "rule": rules[1:] or None, "missed": False}
    )
    asked |= {"owner": None, "role_owners": None}
    longest = MAX_CACHED_STATEMENT_LENGTH
    assert len(page(asked)) <= longest
    assert len(counts(asked)) <= longest


def test_whoever_asks_as_many_are_counted_as_are_listed(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.do("record_exclusion", CHILD, THE_SERVICE, from_on="2026-11-02")
    walk.live_until("start_placement")
    caught_up()
    school = Scope(organisations=frozenset({SCHOOL}))
    # One who is the provider and the debtor of nothing else sees what providers see; a stranger sees nothing.
    scopes = {
        "authority": OF_THE_AUTHORITY,
        "school": school,
        "provider": OF_THE_PROVIDER,
        "both": Scope(organisations=frozenset({AUTHORITY, SCHOOL})),
        "everything": Scope(everything=True),
        "stranger": Scope(organisations=frozenset({CHILD}), provider_id=CHILD),
    }
    which, found = DueFilter(state=(*OPEN_STATES, State.AHEAD)), {}
    for name, scope in scopes.items():
        listed = read_models.due.page(scope, which, on=AFTER_TERM, limit=200)
        counted = read_models.due.counts(scope, which, on=AFTER_TERM)
        assert listed.next is None
        assert counted == {state: sum(row.state is state for row in listed.rows) for state in State}, name
        found[name] = len(listed.rows)
    assert found["stranger"] == 0
    assert min(found["authority"], found["school"], found["provider"]) > 0


def test_what_goes_on_is_counted_from_an_index_alone(read_models: ReadModels, dsn: str) -> None:
    which = DueFilter(state=OPEN_STATES, person_id=OFFICER.person_id)
    asked = asdict(which) | days_of(which.state, AFTER_TERM, None, None) | scope_parameters(OF_THE_AUTHORITY)
    asked |= FallsTo({AUTHORITY: ["commissioner"]}, []).asked | {"rule": None, "only_rule": "T16"}
    asked |= {"on": AFTER_TERM, "missed": True, "owner": None, "role_owners": None, "provider_sees": ["T16"]}
    with psycopg.connect(dsn) as connection:
        connection.execute(
            "SET search_path = read_models; SET enable_seqscan = off; SET enable_bitmapscan = off"
        )
        plan = "\n".join(line for (line,) in connection.execute("EXPLAIN " + counts(asked), asked))
    assert "Index Only Scan using due_soon_on_due_on" in plan


def test_whatever_states_are_asked_for_the_list_and_its_counts_hold_those_and_no_others(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.do("record_exclusion", CHILD, THE_SERVICE, from_on="2026-11-02")
    walk.live_until("start_placement")
    walk.do("call_review")
    walk.do("record_review")
    caught_up()
    sets = [states for number in (1, 2) for states in combinations(State, number)]
    met: set[State] = set()
    for on in (date(2026, 12, 14), date(2026, 12, 21)):
        everything = read_models.due.page(OF_THE_AUTHORITY, on=on, limit=200).rows
        met |= {row.state for row in everything}
        for states in [*sets, tuple(OPEN_STATES), (*OPEN_STATES, State.AHEAD)]:
            which = DueFilter(state=states)
            wanted = [row for row in everything if row.state in states]
            assert list(read_models.due.page(OF_THE_AUTHORITY, which, on=on, limit=200).rows) == wanted
            counts = read_models.due.counts(OF_THE_AUTHORITY, which, on=on)
            assert counts == {state: sum(row.state is state for row in wanted) for state in State}
    assert met >= {State.AHEAD, State.DUE_SOON, State.DUE, State.OVERDUE, State.DONE}


@pytest.mark.parametrize("limit", [1, 3])
def test_pages_follow_each_other_without_gap(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels, limit: int
) -> None:
    walk.live_until("start_placement")
    caught_up()
    found: list[DueRow] = []
    mark = None
    while True:
        page = read_models.due.page(OF_THE_AUTHORITY, on=AFTER_TERM, after=mark, limit=limit)
        found += page.rows
        mark = page.next
        if mark is None:
            break
    assert found == _rows(read_models)
    counts = read_models.due.counts(OF_THE_AUTHORITY, on=AFTER_TERM)
    assert sum(counts.values()) == len(found)
