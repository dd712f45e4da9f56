"""Days that people set themselves, papers that run out, and the calendar that all counting needs (T34_expiry, T41-T46)."""

from __future__ import annotations

from domain.confidence import Mark
from domain.deadlines.time_rule import TimeRule, Unit

RULES_OF_AGREED_DAYS = (
    TimeRule(
        id="T34_expiry", trigger="a check, insurance or policy runs out",
        obligation="see the new check, insurance or policy before the old one runs out",
        unit=Unit.AS_AGREED, anchor="expires_on",
        owner="commissioner", severity="should", mark=Mark.SOURCE,
        source="003 Appendix A, bullets 9 and 10; Appendix B, bullet 4; 004 l.38",
        note="The last day is the one on the paper.",
    ),
    TimeRule(
        id="T34_agreement", trigger="a standing agreement runs out",
        obligation="renew the standing agreement, or end it with its placements",
        unit=Unit.AS_AGREED, anchor="ends_on",
        owner="commissioner", severity="local", mark=Mark.DESIGN,
        source="003 Appendix B, bullet 2: no placement without an agreement; the reminder is our own",
    ),
    TimeRule(
        id="T41", trigger="a review was agreed for a day",
        obligation="hold the review that was agreed",
        unit=Unit.AS_AGREED, anchor="next_review_on",
        owner="commissioner", severity="should", mark=Mark.SOURCE,
        source="003 ¶52; 002 l.22",
    ),
    TimeRule(
        id="T42", trigger="a concern is open",
        obligation="look at the concern again, and close it or carry it on",
        unit=Unit.AS_AGREED, anchor="look_again_on",
        owner="commissioner", severity="should", mark=Mark.SOURCE,
        source="003 ¶49",
    ),
    TimeRule(
        id="T43", trigger="progress reports are agreed",
        obligation="report on the child's progress",
        unit=Unit.AS_AGREED, anchor="last_report_on",
        owner="provider", severity="should", mark=Mark.SOURCE,
        source="003 Appendix B, bullet 6; 003 ¶52",
        note="As many weeks after the first day or the last report as was agreed for this child.",
    ),
    TimeRule(
        id="T44", trigger="review day of the risk assessment",
        obligation="assess the risks again",
        unit=Unit.AS_AGREED, anchor="review_on",
        owner="commissioner", severity="should", mark=Mark.SOURCE,
        source="003 Appendix B, bullet 5",
    ),
    TimeRule(
        id="T45", trigger="rules were set aside until a day",
        obligation="put right what the rules set aside ask for, or end the placement",
        unit=Unit.AS_AGREED, anchor="until",
        owner="commissioner", severity="local", mark=Mark.DESIGN,
        source="Our own: an emergency has an end",
    ),
    TimeRule(
        id="T46", trigger="a duty is counted in school time",
        obligation="enter a school calendar that covers the days to be counted",
        unit=Unit.AS_AGREED, anchor="calendar_ends_on",
        owner="school", severity="local", mark=Mark.DESIGN,
        source="Our own: without a calendar no half-term can be counted",
    ),
)  # fmt: skip
