"""What is said of a placement's events from its first day to its end and after."""

from __future__ import annotations

from domain import noticed_events as seen
from domain import placement_life_events as life
from projections.placement_sentences import tomorrow_in_words
from projections.saying import Namer, day, everyone, hours_and_sessions, label, plain, says

CONTACTS = {
    "visit": "visited",
    "telephone": "telephoned with",
    "video": "spoke by video with",
    "letter": "wrote to",
    "meeting": "met",
}


def _above(to: str) -> str:
    return "named officer" if to == "named_officer" else "manager of the named officer"


def _contact(event: life.ContactLogged, name: Namer) -> str:
    contact = event.contact
    seen = ", and saw the child" if contact.child_seen and "child" not in contact.with_whom else ""
    return f"{CONTACTS[contact.kind]} {everyone(contact.with_whom)} on {day(contact.on)}{seen}"


def _safeguarding(event: life.SafeguardingConcernReported, name: Namer) -> str:
    about = " about a member of staff" if event.concern.about_staff else ""
    return (
        f"reported a safeguarding concern{about}, known since {day(event.concern.on)}, and the placement stopped; "
        f"told: {everyone(event.concern.told)}. From {day(event.tomorrow.from_on)} {tomorrow_in_words(event.tomorrow.where)}"
    )


def _continued(event: life.Continued, name: Namer) -> str:
    until = f", to end by {day(event.ends_by)}" if event.ends_by else ""
    return f"decided after the review that the placement goes on{until}; the next review is on {day(event.next_review_on)}"


def _support(event: life.ReintegrationSupported, name: Namer) -> str:
    going = {True: "; the return is going well", False: "; the return is not going well", None: ""}
    return (
        f"recorded support for the child's return on {day(event.support.on)}{going[event.support.going_well]}"
    )


says(life.ContactLogged, _contact)
says(life.ProgressReported, lambda v, n: f"reported on the child's progress on {day(v.report.on)}")
says(
    life.CircumstancesChanged,
    lambda v, n: f"told of a change since {day(v.change.on)}, concerning: {plain(v.change.kind)}",
)
says(
    life.HoursAltered,
    lambda v, n: (
        f"changed the hours from {day(v.hours.from_on)} to "
        f"{hours_and_sessions(v.hours.hours_per_week, v.hours.sessions_per_week)}"
    ),
)
says(
    life.HomeSchoolChanged,
    lambda v, n: (
        "recorded another home school for the child"
        if v.home_school_id
        else "recorded that the child is on no school's roll"
    ),
)
says(
    life.ConcernOpened,
    lambda v, n: (
        f"raised a concern about {plain(v.concern.about)}, to be looked at again on {day(v.concern.look_again_on)}; "
        f"the action is agreed with: {everyone(v.concern.agreed_with)}"
    ),
)
says(
    seen.ConcernNoticed,
    lambda v, n: (
        f"noticed a problem with {plain(v.noticed.about)} and opened a concern, to be looked at by {day(v.noticed.look_at_by)}"
    ),
)
says(
    seen.Escalated,
    lambda v, n: (
        f"took to the {_above(v.escalation.to)} that {v.escalation.rule} was missed, due on {day(v.escalation.due_on)}"
    ),
)
says(
    seen.WithdrawalAnnounced,
    lambda v, n: (
        f"recorded that the {v.withdrawal.by} said on {day(v.withdrawal.on)} that they do not go on with the placement"
        + (f"; the last day is {day(v.withdrawal.last_day)}" if v.withdrawal.last_day else "")
    ),
)
says(
    life.ConcernClosed,
    lambda v, n: f"settled the concern of entry {v.settled.concern}; told: {everyone(v.settled.told)}",
)
says(
    life.ReviewRequested,
    lambda v, n: (
        f"recorded that the {plain(v.request.by)} asked in writing for a review on {day(v.request.asked_on)}"
    ),
)
says(
    life.ReviewOutcomeNotified,
    lambda v, n: (
        f"notified the outcome of the review to {everyone(v.notified.to)} on {day(v.notified.notified_on)}"
    ),
)
says(
    life.ReviewCalled,
    lambda v, n: (
        f"called a review ({plain(v.review.kind)}) for {day(v.review.meeting_on)}, with: {everyone(v.review.invited)}"
    ),
)
says(
    life.ReviewRecorded,
    lambda v, n: f"recorded the review held on {day(v.held.held_on)} with: {everyone(v.held.attended)}",
)
says(life.Continued, _continued)
says(
    life.BrokenDown,
    lambda v, n: (
        f"recorded that the placement broke down on {day(v.breakdown.on)} (main cause: {plain(v.breakdown.cause)}). "
        f"From {day(v.tomorrow.from_on)} {tomorrow_in_words(v.tomorrow.where)}"
    ),
)
says(life.SafeguardingConcernReported, _safeguarding)
says(
    life.SafeguardingSettled,
    lambda v, n: f"decided on {day(v.resolved.on)} that the safeguarding concern is resolved",
)
says(
    life.TomorrowAnswered,
    lambda v, n: (
        f"answered where the child is during the breakdown: from {day(v.tomorrow.from_on)} "
        f"{tomorrow_in_words(v.tomorrow.where)}, answered for by {v.tomorrow.owner}"
    ),
)
says(
    life.PutAtRisk,
    lambda v, n: (
        f"marked the placement at risk: {plain(v.failure.kind)} ({v.failure.fact}) since {day(v.failure.since_on)}"
        + ("; it must stop" if v.must_stop else "")
    ),
)
says(life.RiskCleared, lambda v, n: "decided that the placement is no longer at risk because of its provider")
says(
    life.Recovered,
    lambda v, n: (
        f"recorded that the cause is gone and the child is back from {day(v.recovery.back_on)}; "
        f"agreed with: {everyone(v.recovery.agreed_with)}. The next review is on {day(v.next_review_on)}"
    ),
)
says(
    life.ExitPlanned,
    lambda v, n: (
        f"planned the exit for {day(v.plan.leaves_on)}, to: {label('destination', v.plan.destination)}; "
        f"agreed with: {everyone(v.plan.agreed_with)}"
    ),
)
says(
    life.EndReportReceived,
    lambda v, n: (
        f"recorded the provider's end report of {day(v.report.on)}: attendance {v.report.attendance_percent:g} per cent; "
        f"sent to: {everyone(v.report.sent_to)}"
    ),
)
says(
    life.DestinationRecorded,
    lambda v, n: (
        f"recorded where the child went on {day(v.reached.from_on)}: {label('destination', v.reached.destination)}"
    ),
)
says(life.ReintegrationSupported, _support)
says(life.Ended, lambda v, n: f"ended the placement on {day(v.on)}")
says(life.Replaced, lambda v, n: f"ended the placement on {day(v.on)}, and another one takes its place")
says(life.Reopened, lambda v, n: f"opened the placement again, at the stage: {plain(v.stage)}")
