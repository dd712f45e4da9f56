"""From an absence to a message, a concern, a review: what follows by itself, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.events import Event
from domain.message_events import MessageAskedFor
from domain.noticed_events import ConcernNoticed
from domain.placement import Placement
from domain.placement_life_events import ReviewCalled
from domain.stages import Stage
from history.store import History
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, THE_SERVICE, Walk
from tests.triggers.conftest import FIRST_DAY, ByItself, Clock, Reports

MONDAY, TUESDAY, WEDNESDAY = FIRST_DAY, FIRST_DAY + timedelta(1), FIRST_DAY + timedelta(2)


def _told(by_itself: ByItself, template: str) -> list[str]:
    return sorted(e.to.relation for e in by_itself.did(MessageAskedFor) if e.template == template)


def test_an_unexplained_absence_is_told_the_same_day_and_once(by_itself: ByItself, reports: Reports) -> None:
    reports((MONDAY, "am", "absent"))
    by_itself.acts()
    assert _told(by_itself, "unexplained_absence") == ["attendance_officer", "commissioner", "parent"]
    reports((MONDAY, "pm", "absent"))
    by_itself.acts()
    assert len(_told(by_itself, "unexplained_absence")) == 3


def test_who_was_told_by_the_provider_is_not_told_again(by_itself: ByItself, reports: Reports) -> None:
    at = "2026-11-23T13:25:00+00:00"
    reports((MONDAY, "am", "absent"), told_parent_at=at, told_commissioner_at=at)
    by_itself.acts()
    assert _told(by_itself, "unexplained_absence") == ["attendance_officer"]


def test_an_absence_with_a_reason_is_told_to_nobody(by_itself: ByItself, reports: Reports) -> None:
    reports((MONDAY, "am", "absent"), reason_given="At the dentist.")
    by_itself.acts()
    assert by_itself.did(Event) == []


def test_the_social_worker_hears_where_the_authority_has_switched_that_on(
    by_itself: ByItself, reports: Reports, live: Walk
) -> None:
    live.do("record_social_worker", CHILD, THE_SERVICE)
    reports((MONDAY, "am", "absent"))
    by_itself.acts()
    assert "social_worker" not in _told(by_itself, "unexplained_absence")
    chosen = ["the_social_worker_hears_of_an_unexplained_absence"]
    live.do("choose_warnings", AUTHORITY, THE_SERVICE, rules=chosen)
    reports((TUESDAY, "am", "absent"))
    by_itself.acts()
    assert _told(by_itself, "unexplained_absence").count("social_worker") == 1


def test_from_the_absence_to_the_concern_to_the_review(
    by_itself: ByItself, reports: Reports, history: History, clock: Clock
) -> None:
    day = MONDAY
    for _ in range(10):
        reports((day, "am", "absent"), (day, "pm", "present"))
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    by_itself.acts()
    assert by_itself.did(ConcernNoticed) == []
    [called] = by_itself.did(ReviewCalled)
    placement = history.get(Placement, PLACEMENT)
    assert (placement.stage, called.review.kind) == (Stage.REVIEW, "attendance")
    why = called.decision.triggered
    assert why is not None
    assert (why.trigger, why.version, len(why.causes)) == ("low_attendance_opens_a_review", 1, 10)
    used = {one.parameter: one.value for one in why.parameters}
    assert used == {"attendance_below_target_days": 10, "called_review_days": 5}
    assert called.decision.by.kind == "machine"
    assert _told(by_itself, "attendance_below_target") == ["commissioner", "parent", "provider"]


def test_three_unexplained_half_days_in_a_row_open_one_concern_and_name_their_causes(
    by_itself: ByItself, reports: Reports, history: History, live: Walk
) -> None:
    first = reports((MONDAY, "pm", "absent")).position
    by_itself.acts()
    second = reports((TUESDAY, "am", "absent"), (TUESDAY, "pm", "absent")).position
    by_itself.acts()
    [noticed] = by_itself.did(ConcernNoticed)
    why = noticed.decision.triggered
    assert why is not None
    assert why.causes == (first, second)
    assert noticed.decision.causation_id == _name(history, second)
    reports((WEDNESDAY, "am", "absent"))
    by_itself.acts()
    assert len(by_itself.did(ConcernNoticed)) == 1
    [concern] = history.get(Placement, PLACEMENT).concerns
    live.do("settle_concern", settled={"concern": concern.number, "outcome": "Back.", "told": ["parent"]})
    assert history.get(Placement, PLACEMENT).concerns[0].settled


def _name(history: History, position: int) -> str:
    [stored] = history.page(position - 1, 1)
    return f"{stored.event.originator_id}/{stored.event.originator_version}"


def test_a_reason_given_in_between_breaks_the_row(by_itself: ByItself, reports: Reports) -> None:
    reports((MONDAY, "am", "absent"), (MONDAY, "pm", "absent"))
    reports((TUESDAY, "am", "absent"), reason_given="Ill.")
    reports((TUESDAY, "pm", "absent"), (WEDNESDAY, "am", "absent"))
    by_itself.acts()
    assert by_itself.did(ConcernNoticed) == []


def test_a_tighter_number_of_the_authority_counts_and_is_kept_with_the_decision(
    by_itself: ByItself, reports: Reports, live: Walk, clock: Clock
) -> None:
    live.do(
        "tighten_parameter", AUTHORITY, THE_SERVICE, parameter="unexplained_sessions_in_a_row", value=2,
        in_force_from="2026-11-24",
    )  # fmt: skip
    clock.moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
    reports((TUESDAY, "am", "absent"), (TUESDAY, "pm", "absent"))
    by_itself.acts()
    [noticed] = by_itself.did(ConcernNoticed)
    why = noticed.decision.triggered
    assert why is not None
    [used] = why.parameters
    assert (used.parameter, used.value, used.own) == ("unexplained_sessions_in_a_row", 2, AUTHORITY)


def test_what_happened_before_a_trigger_was_introduced_is_not_its_business(
    dsn: str, history: History, clock: Clock, reports: Reports
) -> None:
    from workflows.triggers.all_triggers import ALL

    reports((MONDAY, "am", "absent"), (MONDAY, "pm", "absent"), (TUESDAY, "am", "absent"))
    clock.moment += timedelta(minutes=1)
    acting = ByItself(dsn, history, clock, ALL)
    acting.acts()
    assert acting.did(Event) == []
    acting.close()
