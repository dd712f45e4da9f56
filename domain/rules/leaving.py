"""Recovery, replacement, exit and reopening."""

from __future__ import annotations

from domain.days_in_words import in_words
from domain.rules.rule import Answer, CaseFacts, No, rule


@rule("000 l.12, l.16; 002 l.23-24, l.31", "source")
def the_exit_is_planned(case: CaseFacts) -> Answer:
    """There is an exit plan with readiness, reintegration and support (items 55, 74, 75)."""
    if case.placement.exit_plan is not None:
        return None
    return No(
        "exit_not_planned", "Plan the exit: readiness, reintegration or next place, and the support for it."
    )


@rule("002 l.33", "source")
def the_end_report_was_received(case: CaseFacts) -> Answer:
    """The provider wrote its end-of-placement report (item 71)."""
    report = case.placement.end_report
    if report is None:
        return No("end_report_missing", "Get the provider's end-of-placement report and record it.")
    if case.child.looked_after is not None and not {"social_worker", "virtual_school"} <= set(report.sent_to):
        return No(
            "end_report_not_sent",
            "The child is looked after: the report goes to the social worker and the virtual school.",
        )
    return None


@rule("002 l.34, l.36; 004 l.49", "source")
def child_and_parent_were_asked_at_the_end(case: CaseFacts) -> Answer:
    """Child and parent were asked how it was (items 68, 72)."""
    return [
        No("end_views_missing", f"Ask the {whose} how the placement was, and record it.", whose)
        for whose in ("child", "parent")
        if not case.placement.views_of(whose, "end")
    ]


@rule("002 l.35, l.37", "source")
def the_destination_is_recorded(case: CaseFacts) -> Answer:
    """Where the child goes is recorded (item 73)."""
    if case.placement.destination is not None:
        return None
    return No("destination_missing", "Record where the child goes from here.")


@rule("Design: the history runs forward", "design", may_be_overridden=False)
def the_last_day_is_not_before_the_first(case: CaseFacts) -> Answer:
    """The last day is not before the first, and not in the future."""
    last, first = case.asked.on, case.placement.started_on
    if last is None:
        return None
    if first is not None and last < first:
        return No("ends_before_start", f"The placement began on {in_words(first)}.", "on")
    if last > case.today:
        return No(
            "ends_in_the_future",
            "Record the end when it has come; plan it with the exit plan until then.",
            "on",
        )
    return None


@rule("Design: one successor", "design", may_be_overridden=False)
def nothing_took_its_place(case: CaseFacts) -> Answer:
    """A placement that was replaced stays closed; the child's life goes on in its successor."""
    if case.placement.successor_id is None:
        return None
    return No("was_replaced", "Another placement took the place of this one. Work on that one.")


@rule("Design: reopening goes back to where it was", "design", may_be_overridden=False)
def it_had_started(case: CaseFacts) -> Answer:
    """The child had started before it was closed."""
    if case.placement.started_on is not None:
        return None
    return No("never_started", "The child never started here. Reopen the referral instead.")


@rule("Design: reopening goes back to where it was", "design", may_be_overridden=False)
def it_never_started(case: CaseFacts) -> Answer:
    """The referral was withdrawn before the child started."""
    if case.placement.started_on is None:
        return None
    return No("had_started", "The child had started here. Reopen the placement instead.")


EXIT = (
    the_exit_is_planned,
    the_end_report_was_received,
    child_and_parent_were_asked_at_the_end,
    the_destination_is_recorded,
    the_last_day_is_not_before_the_first,
)
