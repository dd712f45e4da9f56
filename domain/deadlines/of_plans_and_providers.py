"""Deadlines of EHC plans, providers, checks and the authority (T22-T26, T34-T36, T38, T39)."""

from __future__ import annotations

from domain.confidence import Mark
from domain.deadlines.time_rule import TimeRule, Unit

_PLANS = "Children and Families Act 2014 s.44; SEND Regulations 2014 (SI 2014/1530)"
_HABIT = "Usual practice; no law found"

RULES_OF_PLANS_AND_PROVIDERS = (
    TimeRule(
        id="T22", trigger="EHC plan issued or reviewed",
        obligation="hold the annual review",
        unit=Unit.MONTHS, count=12, anchor="plan_issued_or_reviewed_on",
        owner="local_authority", severity="hard", mark=Mark.SECONDARY,
        source=_PLANS,
    ),
    TimeRule(
        id="T23_report", trigger="annual review meeting",
        obligation="send the report of the annual review meeting",
        unit=Unit.WEEKS, count=2, anchor="annual_review_on",
        owner="school", severity="hard", mark=Mark.SECONDARY,
        source=_PLANS,
    ),
    TimeRule(
        id="T23_decision", trigger="annual review meeting",
        obligation="tell the decision to keep, amend or end the EHC plan",
        unit=Unit.WEEKS, count=4, anchor="annual_review_on",
        owner="local_authority", severity="hard", mark=Mark.SECONDARY,
        source=_PLANS,
    ),
    TimeRule(
        id="T23_final", trigger="annual review meeting",
        obligation="issue the final amended EHC plan",
        unit=Unit.WEEKS, count=12, anchor="annual_review_on",
        owner="local_authority", severity="hard", mark=Mark.SECONDARY,
        source=_PLANS,
    ),
    TimeRule(
        id="T24", trigger="proposed amendments sent",
        obligation="send representations on the amendments to the EHC plan",
        unit=Unit.CALENDAR_DAYS, count=15, anchor="amendments_sent_on",
        owner="parent", severity="hard", mark=Mark.SECONDARY,
        source=_PLANS,
        note="The parent has at least this long.",
    ),
    TimeRule(
        id="T25", trigger="phase transfer",
        obligation="issue the amended EHC plan",
        unit=Unit.FIXED_DATE, fixed_date=(2, 15), anchor="school_year_of_transfer_begins_on",
        owner="local_authority", severity="hard", mark=Mark.SECONDARY,
        source=_PLANS,
    ),
    TimeRule(
        id="T25_post_16", trigger="transfer into post-16",
        obligation="issue the amended EHC plan",
        unit=Unit.FIXED_DATE, fixed_date=(3, 31), anchor="school_year_of_transfer_begins_on",
        owner="local_authority", severity="hard", mark=Mark.SECONDARY,
        source=_PLANS,
    ),
    TimeRule(
        id="T26", trigger="placement of a child with an EHC plan breaks down",
        obligation="hold an early review; secure section F meanwhile",
        unit=Unit.AT_ONCE, anchor="broke_down_on",
        owner="local_authority", severity="hard", mark=Mark.UNVERIFIED,
        source="Children and Families Act 2014 s.42",
    ),
    TimeRule(
        id="T34_dbs", trigger="DBS certificate seen",
        obligation="check the DBS certificate again",
        unit=Unit.MONTHS, count=36, anchor="checked_on",
        owner="commissioner", severity="local", mark=Mark.UNVERIFIED,
        source=_HABIT,
        note="A certificate has no legal expiry; three years is habit.",
    ),
    TimeRule(
        id="T34_insurance", trigger="insurance seen",
        obligation="check the insurance again before it runs out",
        unit=Unit.MONTHS, count=12, anchor="checked_on",
        owner="commissioner", severity="local", mark=Mark.UNVERIFIED,
        source=_HABIT,
    ),
    TimeRule(
        id="T34_policies", trigger="policies seen",
        obligation="check the policies again",
        unit=Unit.MONTHS, count=12, anchor="checked_on",
        owner="commissioner", severity="local", mark=Mark.UNVERIFIED,
        source=_HABIT,
        note="Also site risk, first aid and fire.",
    ),
    TimeRule(
        id="T35", trigger="provider in use",
        obligation="carry out a self-assessment, and have it reviewed",
        unit=Unit.MONTHS, count=12, anchor="self_assessed_on",
        owner="provider", severity="should", mark=Mark.SOURCE,
        source="003 ¶54",
    ),
    TimeRule(
        id="T36", trigger="needs audit and gap analysis",
        obligation="repeat the needs audit and gap analysis",
        unit=Unit.MONTHS, count=12, anchor="audited_on",
        owner="local_authority", severity="should", mark=Mark.SOURCE,
        source="003 ¶11, 15",
    ),
    TimeRule(
        id="T38_access", trigger="subject access request",
        obligation="answer the subject access request",
        unit=Unit.MONTHS, count=1, anchor="received_on",
        owner="controller", severity="hard", mark=Mark.UNVERIFIED,
        source="UK GDPR Art. 12(3)",
    ),
    TimeRule(
        id="T38_breach", trigger="personal data breach known",
        obligation="report the personal data breach",
        unit=Unit.HOURS, count=72, anchor="known_on",
        owner="controller", severity="hard", mark=Mark.UNVERIFIED,
        source="UK GDPR Art. 33",
    ),
    TimeRule(
        id="T38_complaint", trigger="data protection complaint",
        obligation="acknowledge the data protection complaint",
        unit=Unit.CALENDAR_DAYS, count=30, anchor="received_on",
        owner="controller", severity="hard", mark=Mark.SECONDARY,
        source="Data (Use and Access) Act 2025 s.103",
    ),
    TimeRule(
        id="T39", trigger="parent asks for the educational record of a maintained school",
        obligation="supply the educational record",
        unit=Unit.SCHOOL_DAYS, count=15, anchor="received_on",
        owner="school", severity="hard", mark=Mark.UNVERIFIED,
        source="Education (Pupil Information) (England) Regulations 2005",
    ),
)  # fmt: skip
