"""Deadlines that begin with a child: excluded, ill, absent, looked after, moving (T1-T12, T27-T33)."""

from __future__ import annotations

from domain.confidence import Mark
from domain.deadlines.time_rule import TimeRule, Unit

_DAY_ONE = "Day 1 is the first school day of exclusion [U]."
_ATTENDANCE = "Working together to improve school attendance, DfE, July 2026"
_EXCLUSION = "Suspension and permanent exclusion guidance, DfE"

RULES_OF_CHILDREN = (
    TimeRule(
        id="T1", trigger="permanent exclusion",
        obligation="put full-time education in place",
        unit=Unit.SCHOOL_DAYS, count=6, anchor="first_school_day_excluded_on", anchor_is_day_one=True,
        owner="local_authority", severity="hard", mark=Mark.SECONDARY,
        source="Education Act 1996 s.19; SI 2007/1870",
        note=_DAY_ONE,
    ),
    TimeRule(
        id="T2", trigger="suspension of more than five school days",
        obligation="put full-time education in place",
        unit=Unit.SCHOOL_DAYS, count=6, anchor="first_school_day_excluded_on", anchor_is_day_one=True,
        owner="school", severity="hard", mark=Mark.SECONDARY,
        source="Education and Inspections Act 2006 s.100",
        note=_DAY_ONE,
    ),
    TimeRule(
        id="T3", trigger="other need under s.19, not medical",
        obligation="begin education as soon as possible",
        unit=Unit.SCHOOL_DAYS, count=6, anchor="first_school_day_absent_on", anchor_is_day_one=True,
        owner="local_authority", severity="should", mark=Mark.SECONDARY,
        source="Arranging Alternative Provision, DfE, February 2025, p.12",
    ),
    TimeRule(
        id="T4", trigger="absence for health of clearly 15 school days or more",
        obligation="arrange education",
        unit=Unit.SCHOOL_DAYS, count=15, anchor="first_school_day_absent_on", anchor_is_day_one=True,
        owner="local_authority", severity="should", mark=Mark.SECONDARY,
        source="Arranging education for children with health needs, DfE, December 2023",
        note="Promptly once it is clear. 15 days, in a row or not, are an alert, not a limit.",
    ),
    TimeRule(
        id="T5", trigger="15 school days of code I, reached or foreseen",
        obligation="send the sickness return to the authority",
        unit=Unit.AT_ONCE, anchor="fifteenth_day_known_on",
        owner="school", severity="hard", mark=Mark.SECONDARY,
        source=_ATTENDANCE,
    ),
    TimeRule(
        id="T6", trigger="unauthorised absence, or irregular attendance",
        obligation="send the attendance return to the authority",
        unit=Unit.SCHOOL_DAYS, count=10, anchor="first_school_day_absent_on", anchor_is_day_one=True,
        owner="school", severity="hard", mark=Mark.SECONDARY,
        source="SI 2024/208 reg 13",
        note="10 school days in a row; returns at agreed intervals. Detail of the regulation [U].",
    ),
    TimeRule(
        id="T7", trigger="absence from the provision",
        obligation="tell the commissioner and the parent of the absence the same day",
        unit=Unit.CALENDAR_DAYS, count=0, anchor="absent_on",
        owner="provider", severity="hard", mark=Mark.SOURCE,
        source="003 ¶52, Appendix A8; 004 l.57",
    ),
    TimeRule(
        id="T8", trigger="unexplained absence",
        obligation="contact the parent about the absence; escalate while it goes on",
        unit=Unit.CALENDAR_DAYS, count=0, anchor="absent_on",
        owner="school", severity="should", mark=Mark.SECONDARY,
        source=_ATTENDANCE,
    ),
    TimeRule(
        id="T9", trigger="unexplained absence of a child with a social or youth justice worker",
        obligation="tell the child's social worker or youth justice worker",
        unit=Unit.AT_ONCE, anchor="absent_on",
        owner="school", severity="should", mark=Mark.SECONDARY,
        source=_ATTENDANCE,
        note="At once [U].",
    ),
    TimeRule(
        id="T10", trigger="code N",
        obligation="enter the right attendance code in place of N, or else O",
        unit=Unit.SCHOOL_DAYS, count=5, anchor="absent_on",
        owner="school", severity="hard", mark=Mark.SECONDARY,
        source="SI 2024/208 reg 10(7)-(9)",
    ),
    TimeRule(
        id="T11", trigger="new registration outside the normal intake",
        obligation="send the new-pupil return to the authority",
        unit=Unit.SCHOOL_DAYS, count=5, anchor="registered_on",
        owner="school", severity="hard", mark=Mark.PRIMARY,
        source="SI 2024/208 reg 13",
        note="By the end of the fifth day; counted here in school days after registration.",
    ),
    TimeRule(
        id="T12", trigger="deletion from the roll",
        obligation="send the deletion return to the authority",
        unit=Unit.AT_ONCE, anchor="deleted_on",
        owner="school", severity="hard", mark=Mark.PRIMARY,
        source="SI 2024/208 reg 13",
        note="Before or with the deletion [U].",
    ),
    TimeRule(
        id="T27", trigger="child becomes looked after in an emergency",
        obligation="hold the PEP meeting",
        unit=Unit.WORKING_DAYS, count=10, anchor="looked_after_from",
        owner="social_worker", severity="should", mark=Mark.SECONDARY,
        source="Promoting the education of looked-after children, DfE",
        note="Before placement where planned. Councils vary: 10 to 20 days.",
    ),
    TimeRule(
        id="T28", trigger="child is looked after",
        obligation="review the PEP every school term",
        unit=Unit.TERMS, count=1, anchor="looked_after_from",
        owner="local_authority", severity="should", mark=Mark.UNVERIFIED,
        source="Promoting the education of looked-after children, DfE",
    ),
    TimeRule(
        id="T29", trigger="looked-after child without a school",
        obligation="find a school place",
        unit=Unit.SCHOOL_DAYS, count=20, anchor="without_school_since",
        owner="local_authority", severity="should", mark=Mark.SECONDARY,
        source="Promoting the education of looked-after children, DfE",
    ),
    TimeRule(
        id="T30", trigger="suspension or permanent exclusion",
        obligation="tell parents, governors and authority of the exclusion; the social worker and the virtual school if there are any",
        unit=Unit.AT_ONCE, anchor="excluded_on",
        owner="head", severity="hard", mark=Mark.SECONDARY,
        source=_EXCLUSION,
        note="Without delay. Social worker and virtual school [U].",
    ),
    TimeRule(
        id="T31", trigger="permanent exclusion, more than 15 school days in a term, or an exam missed",
        obligation="hold the governors' meeting",
        unit=Unit.SCHOOL_DAYS, count=15, anchor="governors_told_on",
        owner="governing_body", severity="hard", mark=Mark.SECONDARY,
        source=_EXCLUSION,
        note="15 school days [S].",
    ),
    TimeRule(
        id="T32", trigger="suspensions in one school year",
        obligation="stay within 45 school days of suspension in all",
        unit=Unit.SCHOOL_DAYS,
        count=45,
        anchor="first_school_day_suspended_this_year_on",
        anchor_is_day_one=True,
        owner="head", severity="hard", mark=Mark.SECONDARY,
        source=_EXCLUSION,
        note="A sum of days, not a deadline: the day shown is the earliest on which it can be reached.",
    ),
    TimeRule(
        id="T33", trigger="child moves school in the year",
        obligation="send the child-protection file, and get its receipt",
        unit=Unit.SCHOOL_DAYS, count=5, anchor="moved_on",
        owner="safeguarding_lead", severity="hard", mark=Mark.SECONDARY,
        source="Keeping children safe in education 2026 ¶150",
        note="Five days in the year; counted here as school days [U].",
    ),
)  # fmt: skip
