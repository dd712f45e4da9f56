"""Deadlines of a placement: notice, reviews, concerns, breakdown, a planned end, daily attendance (T13-T21, T37, T40, T47)."""

from __future__ import annotations

from domain.confidence import Mark
from domain.deadlines.time_rule import TimeRule, Unit

_OFF_SITE = "SI 2010/1156 as amended by SI 2012/2532"

RULES_OF_PLACEMENTS = (
    TimeRule(
        id="T13", trigger="off-site direction decided",
        obligation="serve written notice of the direction, as soon as practicable",
        unit=Unit.SCHOOL_DAYS, count=-2, anchor="starts_on",
        owner="governing_body", severity="hard", mark=Mark.PRIMARY,
        source=_OFF_SITE,
        note="At least two school days before the first day.",
    ),
    TimeRule(
        id="T14", trigger="review asked for in writing",
        obligation="hold the review that was asked for",
        unit=Unit.AT_ONCE, anchor="review_asked_on",
        owner="governing_body", severity="hard", mark=Mark.PRIMARY,
        source=_OFF_SITE,
        note="As soon as reasonably practicable; not where one was held within the 10 weeks before.",
    ),
    TimeRule(
        id="T14_pause", trigger="review held",
        obligation="a further review need not be held on request until this day",
        unit=Unit.WEEKS, count=10, anchor="reviewed_on",
        owner="governing_body", severity="hard", mark=Mark.PRIMARY,
        source=_OFF_SITE,
    ),
    TimeRule(
        id="T15_invite", trigger="review planned",
        obligation="invite the parent to the review, and with an EHC plan the authority",
        unit=Unit.CALENDAR_DAYS, count=-6, anchor="review_on",
        owner="governing_body", severity="hard", mark=Mark.UNVERIFIED,
        source=_OFF_SITE,
    ),
    TimeRule(
        id="T15_outcome", trigger="review held",
        obligation="notify the outcome of the review in writing",
        unit=Unit.CALENDAR_DAYS, count=6, anchor="reviewed_on",
        owner="governing_body", severity="hard", mark=Mark.UNVERIFIED,
        source=_OFF_SITE,
    ),
    TimeRule(
        id="T16", trigger="placement active",
        obligation="hold a review in each half-term",
        unit=Unit.HALF_TERMS, count=1, anchor="active_on",
        owner="commissioner", severity="should", mark=Mark.SECONDARY,
        source="Arranging Alternative Provision, DfE, February 2025; Keeping children safe in education",
        note="Due on the last school day of the half-term.",
    ),
    TimeRule(
        id="T16_first", trigger="placement starts",
        obligation="hold an early first review",
        unit=Unit.WEEKS, count=4, anchor="started_on",
        owner="commissioner", severity="local", mark=Mark.DESIGN, proposal=True,
        source="Our own suggestion: two to four weeks",
    ),
    TimeRule(
        id="T17", trigger="safeguarding concern",
        obligation="review the placement now; suspend or end it unless the concern is resolved",
        unit=Unit.AT_ONCE, anchor="raised_on",
        owner="commissioner", severity="hard", mark=Mark.SOURCE,
        source="003 ¶41; Keeping children safe in education",
        note="The wording of the statutory guidance is [U].",
    ),
    TimeRule(
        id="T18", trigger="serious breach of the agreement",
        obligation="the agreement may be ended at once",
        unit=Unit.AT_ONCE, anchor="found_on",
        owner="commissioner", severity="hard", mark=Mark.SOURCE,
        source="003 ¶41",
        note="A right, not a duty.",
    ),
    TimeRule(
        id="T19", trigger="breakdown",
        obligation="put other education in place; at the home school if the child is on its roll",
        unit=Unit.SCHOOL_DAYS, count=1, anchor="broke_down_on",
        owner="commissioner", severity="hard", mark=Mark.SOURCE,
        source="003 ¶51",
    ),
    TimeRule(
        id="T20", trigger="school commissions a placement",
        obligation="tell the authority's named officer of the placement",
        unit=Unit.SCHOOL_DAYS, count=2, anchor="commissioned_on",
        owner="school", severity="should", mark=Mark.SECONDARY,
        source="Arranging Alternative Provision, DfE, February 2025; 003 ¶45",
        note="At commissioning; two school days is a local suggestion.",
    ),
    TimeRule(
        id="T21", trigger="change of staff or circumstances",
        obligation="tell the commissioner of the change",
        unit=Unit.AT_ONCE, anchor="changed_on",
        owner="provider", severity="hard", mark=Mark.SOURCE,
        source="003 Appendix A7",
        note="By contract. The wording of the statutory guidance is [U].",
    ),
    TimeRule(
        id="T37", trigger="part-time timetable",
        obligation="give the part-time timetable an end date, and review it",
        unit=Unit.AS_AGREED, anchor="starts_on",
        owner="school", severity="should", mark=Mark.SECONDARY,
        source="Working together to improve school attendance, DfE, July 2026",
    ),
    TimeRule(
        id="T40", trigger="planned end approaching",
        obligation="begin the exit plan, the reintegration test and the destination",
        unit=Unit.HALF_TERMS, count=-1, anchor="planned_end_on",
        owner="commissioner", severity="local", mark=Mark.SOURCE,
        source="002 l.23-24, 35; 001 l.64",
        note="Begins with the half-term before the one it ends in: a design choice.",
    ),
    TimeRule(
        id="T47", trigger="a school day on which the child must have been at the provider",
        obligation="report who was at the provider",
        unit=Unit.SCHOOL_DAYS, count=1, anchor="expected_on", anchor_is_day_one=True,
        owner="provider", severity="should", mark=Mark.SOURCE,
        source="003 ¶52; 004 l.56-57; 003 Appendix A8",
        note="Daily attendance. Part-time: counted from the last day known, by the half-days a week, not by the plan's timetable.",
    ),
)  # fmt: skip
