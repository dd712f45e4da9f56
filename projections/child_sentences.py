"""What is said of a child's events, and of the attendance of a placement."""

from __future__ import annotations

from collections import Counter

from domain import attendance_events as a
from domain import child_events as e
from domain import child_step_events as step
from domain import noticed_events as seen
from projections.saying import Namer, amount, day, hours_and_sessions, label, listed, plain, says

SEEN = {"present": "present", "late": "late", "absent": "absent"}


def _roll(event: e.RollChanged, name: Namer) -> str:
    where = f"at {name(event.school_id)}" if event.school_id else "at no school"
    until = f" to {day(event.until_on)}" if event.until_on else ""
    how = label("enrolment", event.enrolment)
    return f"recorded the school roll: {where} from {day(event.from_on)}{until}, enrolled as: {how}"


def _excluded(event: e.Excluded, name: Namer) -> str:
    sessions = f" for {amount(event.sessions, 'session')}" if event.sessions else ""
    due = f"; full-time education is due by {day(event.education_due_on)}" if event.education_due_on else ""
    return (
        f"recorded a {label('exclusion_type', event.exclusion_type)} from {day(event.from_on)}{sessions}{due}"
    )


def _reported(event: a.SessionsReported, name: Namer) -> str:
    days = sorted({session.day for session in event.sessions})
    counted: Counter[str] = Counter(session.seen for session in event.sessions)
    seen = listed(f"{amount(counted[how], 'session')} {SEEN[how]}" for how in SEEN if counted[how])
    untold = sum(
        s.seen == "absent" and (s.told_commissioner_at is None or s.told_parent_at is None)
        for s in event.sessions
    )
    late = f"; not everybody was told yet of {amount(untold, 'absence')}" if untold else ""
    return f"reported the attendance of {listed(day(d) for d in days)}: {seen}{late}"


def _coded(event: a.SessionCoded, name: Namer) -> str:
    half = "morning" if event.half == "am" else "afternoon"
    activity = f" ({event.activity})" if event.activity else ""
    said = label("attendance", event.code)
    return f"set the code of the {half} of {day(event.day)} to {event.code}: {said}{activity}"


says(e.ChildRegistered, lambda v, n: f"registered the child, for whom {n(v.authority_id)} is responsible")
says(e.DetailsChanged, lambda v, n: "brought the child's name, date of birth or sex up to date")
says(e.YearGroupSet, lambda v, n: f"set the year group to {v.year_group}")
says(e.IdentifierAdded, lambda v, n: f"added an identifier: {v.identifier.kind}")
says(e.IdentifierRetired, lambda v, n: f"retired an identifier: {v.identifier.kind}")
says(e.CarerRecorded, lambda v, n: f"recorded {v.carer.name} as {plain(v.carer.relationship)} of the child")
says(
    e.SenRecorded,
    lambda v, n: (
        f"recorded special educational needs: {label('sen_provision', v.provision)}"
        + "".join(f"; {label('sen_type', need.sen_type)}" for need in v.needs)
    ),
)
says(e.EhcPlanRecorded, lambda v, n: f"recorded the EHC plan of {day(v.plan.issued_on)}")
says(e.EhcPlanCeased, lambda v, n: f"recorded that the EHC plan ended on {day(v.on)}")
says(
    e.LookedAfterRecorded,
    lambda v, n: (
        f"recorded that {v.looked_after.authority} has looked after the child since {day(v.looked_after.since_on)}"
    ),
)
says(e.LookedAfterEnded, lambda v, n: f"recorded that the child left care on {day(v.on)}")
says(
    e.SocialWorkerRecorded,
    lambda v, n: f"recorded {v.social_worker.name} as social worker ({plain(v.social_worker.plan)})",
)
says(e.SocialWorkEnded, lambda v, n: f"recorded that the child has had no social worker since {day(v.on)}")
says(e.RollChanged, _roll)
says(e.Excluded, _excluded)
says(
    e.SessionCountsRecorded,
    lambda v, n: (
        f"recorded the sessions of {plain(v.term)} {v.year}"
        + (f" at {n(v.school_id)}" if v.school_id else "")
        + f" as a return counts them: {amount(sum(v.counts.values()), 'session')}"
    ),
)
says(
    e.SchoolSessionsSet,
    lambda v, n: f"set the child's week at school to {amount(v.sessions_per_week, 'session')}",
)
says(
    e.WeekTaken,
    lambda v, n: (
        f"set aside {hours_and_sessions(v.hours_per_week, v.sessions_per_week)} for {n(v.provider_id)}"
    ),
)
says(e.WeekFreed, lambda v, n: "freed what a placement took of the child's week")
says(
    a.AttendanceOpened,
    lambda v, n: f"opened the register for {v.half_term}, from {day(v.first_on)} to {day(v.last_on)}",
)
says(a.SessionsReported, _reported)
says(a.SessionCoded, _coded)
says(
    step.FellOutOfEducation,
    lambda v, n: (
        f"recorded that the child has missed school since {day(v.absence.since_on)} ({plain(v.absence.cause)})"
    ),
)
says(step.BackInEducation, lambda v, n: f"recorded that the child is taught again from {day(v.on)}")
says(
    step.SchoolReturnSent,
    lambda v, n: (
        f"sent the {plain(v.sent.kind)} return to the authority on {day(v.sent.sent_on)}, about {day(v.sent.about_on)}"
    ),
)
says(
    step.ExclusionNotified,
    lambda v, n: (
        f"told {listed(plain(who) for who in v.told.told)} on {day(v.told.told_on)} of the exclusion from "
        f"{day(v.told.excluded_on)}"
    ),
)
says(
    step.GovernorsMet,
    lambda v, n: (
        f"recorded that the governors met on {day(v.meeting.held_on)} about the exclusion from "
        f"{day(v.meeting.excluded_on)}: {plain(v.meeting.decision)}"
    ),
)
says(
    step.PepMeetingHeld,
    lambda v, n: f"held the meeting on the personal education plan on {day(v.pep.held_on)}",
)
says(
    step.AnnualReviewStepTaken,
    lambda v, n: (
        f"took a step of the annual review on {day(v.review.on)}: {plain(v.review.step)}"
        + (f" ({plain(v.review.decision)} the plan)" if v.review.decision else "")
    ),
)
says(
    step.ChildProtectionFileSent,
    lambda v, n: (
        f"sent the child-protection file on {day(v.file.sent_on)}"
        + (
            f"; its receipt came on {day(v.file.receipt_on)}"
            if v.file.receipt_on
            else "; its receipt is open"
        )
    ),
)
says(
    seen.EarlyReviewAsked,
    lambda v, n: (
        f"asked for an early annual review of the plan, because a placement broke down on {day(v.on)}"
    ),
)
