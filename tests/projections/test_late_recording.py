"""How long after it was true something was written down, what stands out, and duties in one person's hands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.people import Role, Scope
from history.store import History
from projections.comparing import differences
from projections.late_recording.figures import Group
from projections.late_recording.report import Entry, LateRecording
from projections.late_recording.wanted import Wanted
from projections.reading import ReadModels
from tests.projections.conftest import PATIENCE, Clock, followed
from tests.support.walk import (
    AUTHORITY,
    CHILD,
    LIFE,
    MONDAY,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    SAFEGUARDER,
    THE_SERVICE,
    Walk,
    person,
)
from workflows.examples import EXAMPLES

EVERYTHING = Scope(everything=True)
CaughtUp = Callable[[], None]


@pytest.fixture
def started(walk: Walk, clock: Clock) -> Walk:
    """A placement that started; from then on it is a week later."""
    walk.live_until("start_placement")
    clock.moment = MONDAY + timedelta(days=7)
    return walk


@pytest.fixture
def caught_up(dsn: str, history: History, read_models: ReadModels) -> CaughtUp:
    """Let somebody follow until the read models have everything."""

    def catch_up() -> None:
        with followed(dsn, history):
            assert read_models.wait_for(history.head(), PATIENCE)

    return catch_up


@pytest.fixture
def report(history: History, read_models: ReadModels, caught_up: CaughtUp) -> Callable[..., LateRecording]:
    """The report, once the read models have everything."""

    def make(scope: Scope = EVERYTHING, **wanted: Any) -> LateRecording:
        caught_up()
        return read_models.recording.late(scope, Wanted(**wanted))

    return make


def test_a_delay_is_counted_from_the_day_on_which_it_was_true(
    started: Walk, report: Callable[..., LateRecording]
) -> None:
    done = _contact(started, "2026-11-27")

    [entry] = _at(report(), done.position)

    assert (entry.days_late, entry.true_on, entry.event) == (
        3,
        date(2026, 11, 27),
        "placement.contact_logged",
    )
    assert (entry.person_id, entry.roles) == ("officer@example", ("commissioner",))
    assert (entry.organisation_id, entry.provider_id) == (AUTHORITY, PROVIDER)


def test_the_day_that_the_decision_names_counts_too(
    started: Walk, report: Callable[..., LateRecording]
) -> None:
    done = _contact(started, "2026-11-30", decision={"occurred_on": "2026-11-25"})

    [entry] = _at(report(), done.position)

    assert entry.days_late == 5


def test_nothing_stands_out_where_both_clocks_agree(
    started: Walk, report: Callable[..., LateRecording]
) -> None:
    started.do("record_breakdown", decision={"occurred_on": "2026-11-30"})
    done = _contact(started, "2026-11-30")

    assert _at(report(), done.position) == []


def test_what_is_written_after_an_incident_about_the_time_before_it_stands_out(
    started: Walk, clock: Clock, report: Callable[..., LateRecording]
) -> None:
    concern = _incident(started)
    clock.moment += timedelta(days=2)
    convenient = _contact(started, "2026-11-25")
    after_it = _contact(started, "2026-12-01")

    found = report()

    [first] = _at(found, convenient.position)
    assert first.after is not None
    assert (first.after.what, first.after.position) == ("safeguarding_concern", concern)
    [second] = _at(found, after_it.position)
    assert second.after is None
    assert found.entries[0] == first


def test_an_hour_is_enough_where_the_hours_are_known(
    started: Walk, clock: Clock, report: Callable[..., LateRecording]
) -> None:
    _incident(started, decision={"occurred_at": clock.moment.isoformat()})
    clock.moment += timedelta(hours=6)
    at = (clock.moment - timedelta(hours=7)).isoformat()
    done = _contact(started, "2026-11-30", decision={"occurred_at": at})

    [entry] = _at(report(), done.position)

    assert (entry.days_late, entry.hours_late) == (0, 7.0)
    assert entry.after is not None


def test_hours_prove_nothing_where_the_hour_of_the_incident_is_not_known(
    started: Walk, clock: Clock, report: Callable[..., LateRecording]
) -> None:
    _incident(started)
    clock.moment += timedelta(hours=6)
    at = (clock.moment - timedelta(hours=5)).isoformat()
    done = _contact(started, "2026-11-30", decision={"occurred_at": at})

    assert _at(report(), done.position) == []


@pytest.mark.parametrize(
    ("command", "fact", "what"),
    [
        (
            "record_complaint",
            {"received_on": "2026-11-30", "reference": "C-1", "from_whom": "parent"},
            "complaint",
        ),
        (
            "record_inspection_notice",
            {"notified_on": "2026-11-30", "inspectorate": "ofsted"},
            "inspection_notice",
        ),
    ],
)
def test_complaints_and_announced_inspections_are_incidents(
    command: str, fact: dict[str, Any], what: str, started: Walk, report: Callable[..., LateRecording]
) -> None:
    field = "complaint" if what == "complaint" else "notice"
    started.do(command, AUTHORITY, OFFICER, **{field: fact})
    done = _contact(started, "2026-11-25")

    [entry] = _at(report(), done.position)

    assert entry.after is not None
    assert entry.after.what == what


def test_an_inspection_of_one_provider_says_nothing_of_another(
    started: Walk, report: Callable[..., LateRecording]
) -> None:
    other = started.do("register_provider", UUID(int=7), THE_SERVICE, provider_name="Other").record_id
    notice = {"notified_on": "2026-11-30", "inspectorate": "ofsted", "provider_id": str(other)}
    started.do("record_inspection_notice", AUTHORITY, OFFICER, notice=notice)
    done = _contact(started, "2026-11-25")

    [entry] = _at(report(), done.position)

    assert entry.after is None


def test_the_figures_are_of_all_entries_and_not_only_of_the_late(
    started: Walk, report: Callable[..., LateRecording]
) -> None:
    for day in ("2026-11-30", "2026-11-30", "2026-11-30", "2026-11-29", "2026-11-20"):
        _contact(started, day)

    [figures] = _groups(report(), "event", "placement.contact_logged")

    assert (figures.entries, figures.late, figures.median, figures.p90, figures.worst) == (5, 2, 0, 10, 10)


def test_there_are_figures_by_organisation_provider_role_and_kind(
    started: Walk, report: Callable[..., LateRecording]
) -> None:
    found = report()

    assert {group.by for group in found.groups} == {"all", "organisation", "provider", "role", "event"}
    [all_of_them] = _groups(found, "all", "")
    by_event = [group for group in found.groups if group.by == "event"]
    assert sum(group.entries for group in by_event) == all_of_them.entries


def test_only_what_is_asked_for_is_counted(started: Walk, report: Callable[..., LateRecording]) -> None:
    done = _contact(started, "2026-11-20")

    assert _at(report(role="senior_officer"), done.position) == []
    assert _at(report(event="placement.started"), done.position) == []
    assert _at(report(days_at_least=11), done.position) == []
    assert _at(report(recorded_to=date(2026, 11, 29)), done.position) == []
    assert (
        len(
            _at(
                report(role="commissioner", days_at_least=10, recorded_from=date(2026, 11, 30)), done.position
            )
        )
        == 1
    )


def test_nobody_is_told_of_records_that_are_not_theirs(
    started: Walk, report: Callable[..., LateRecording]
) -> None:
    found = report(Scope(organisations=frozenset({PLACEMENT})))

    assert (found.groups, found.entries, found.found) == ((), (), 0)


def test_a_correction_after_which_a_missed_deadline_is_met_stands_out_with_before_and_after(
    walk: Walk,
    clock: Clock,
    dsn: str,
    history: History,
    read_models: ReadModels,
    report: Callable[..., LateRecording],
) -> None:
    walk.do("record_exclusion", CHILD, THE_SERVICE, exclusion_type="PERM", from_on="2026-11-09")
    walk.live_until("plan_contingency")
    started = walk.do("start_placement", on="2026-11-23")
    clock.moment = MONDAY + timedelta(days=7)
    version = next(
        s.event.originator_version for s in history.stream(PLACEMENT) if s.topic == "placement.started"
    )
    assert started.version >= version
    done = walk.do("correct_record", version=version, changes={"on": "2026-11-13"})

    report()
    found = read_models.recording.improved(EVERYTHING, Wanted())

    [improved] = [one for one in found if one.rule == "T1"]
    assert (improved.position, improved.fields) == (done.position, ("on",))
    assert (improved.before.state, improved.before.done_on) == ("done_late", date(2026, 11, 23))
    assert (improved.now.state, improved.now.done_on) == ("done", date(2026, 11, 13))
    assert improved.before.due_on == improved.now.due_on == date(2026, 11, 16)
    assert read_models.recording.improved(Scope(organisations=frozenset({AUTHORITY})), Wanted()) == found
    assert read_models.recording.improved(Scope(organisations=frozenset({PLACEMENT})), Wanted()) == []
    assert differences(history, dsn) == []


def test_a_correction_that_changes_no_deadline_does_not(
    started: Walk, history: History, read_models: ReadModels, report: Callable[..., LateRecording]
) -> None:
    started.do("correct_record")

    [corrected] = _groups(report(), "event", "record.corrected")
    assert corrected.entries == 1
    assert read_models.recording.improved(EVERYTHING, Wanted()) == []


def test_duties_in_one_persons_hands_are_found(
    walk: Walk, history: History, read_models: ReadModels, caught_up: CaughtUp
) -> None:
    walk.live_until("record_review")
    caught_up()

    found = read_models.recording.together(EVERYTHING, MONDAY.date(), 4).rows

    [officer] = [one for one in found if one.person_id == "officer@example"]
    assert officer.duties == ("approved_money", "assessed_need", "chose_provider", "signed_review")
    assert officer.placement_id == PLACEMENT
    assert {act.roles for act in officer.acts} == {("commissioner",)}


def test_a_role_that_was_taken_away_since_is_found_all_the_same(
    walk: Walk, history: History, read_models: ReadModels, caught_up: CaughtUp
) -> None:
    grant = {"person_id": "officer@example", "person_name": "Officer", "role": "commissioner"}
    walk.do("grant_role", AUTHORITY, THE_SERVICE, **grant)
    walk.live_until("complete_contract")
    caught_up()
    [held] = _of(read_models, history, "officer@example")
    walk.do("revoke_role", AUTHORITY, THE_SERVICE, person_id="officer@example", role="commissioner")
    caught_up()
    [lost] = _of(read_models, history, "officer@example")

    assert held.roles_lost_since == ()
    assert lost.roles_lost_since == ("commissioner",)
    assert lost.duties == held.duties


def test_people_who_share_the_duties_are_not_found(
    walk: Walk, history: History, read_models: ReadModels, caught_up: CaughtUp
) -> None:
    second = person("second", Role.COMMISSIONER)
    third = person("third", Role.COMMISSIONER)
    for name, changes in _life_until("complete_contract"):
        who = OFFICER
        if name in ("propose_provider", "assess_suitability", "confirm_suitability"):
            who = second
        elif name in ("make_individual_agreement", "sign_individual_agreement", "complete_contract"):
            who = third
        walk.do(name, PLACEMENT, who, **changes)
    caught_up()

    assert read_models.recording.together(EVERYTHING, MONDAY.date(), 2) == ([], 0)


def _life_until(last: str) -> list[tuple[str, dict[str, Any]]]:
    names = [name for name, _ in LIFE]
    return LIFE[: names.index(last) + 1]


def _of(read_models: ReadModels, history: History, who: str) -> list[Any]:
    found = read_models.recording.together(EVERYTHING, MONDAY.date(), 2).rows
    return [one for one in found if one.person_id == who]


def _contact(walk: Walk, on: str, **more: Any) -> Any:
    contact = {**EXAMPLES["log_contact"]["contact"], "on": on}
    return walk.do("log_contact", PLACEMENT, OFFICER, contact=contact, **more)


def _incident(walk: Walk, **more: Any) -> int:
    concern = {**EXAMPLES["report_safeguarding_concern"]["concern"], "on": "2026-11-30"}
    tomorrow = {**EXAMPLES["report_safeguarding_concern"]["tomorrow"], "from_on": "2026-12-01"}
    facts = {"concern": concern, "tomorrow": tomorrow, **more}
    return walk.do("report_safeguarding_concern", PLACEMENT, SAFEGUARDER, **facts).position


def _at(report: LateRecording, position: int) -> list[Entry]:
    return [entry for entry in report.entries if entry.position == position]


def _groups(report: LateRecording, by: str, key: str) -> list[Group]:
    return [group for group in report.groups if (group.by, group.key) == (by, key)]
