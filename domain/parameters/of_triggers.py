"""Numbers that set something off by themselves: absence, attendance, hours, checks that run out, reviews that were missed."""

from __future__ import annotations

from domain.confidence import Mark
from domain.parameter import Parameter

_OURS = "Our own choice: no source sets the number"

PARAMETERS_OF_TRIGGERS = (
    Parameter(
        name="unexplained_sessions_in_a_row",
        meaning="So many unexplained absences, one after another, open a concern",
        unit="half-days in a row", value=3, least=1, most=10, tighter="lower",
        source=_OURS, mark=Mark.DESIGN,
    ),
    Parameter(
        name="attendance_target_percent",
        meaning="The attendance that is expected where the child's agreement sets no target",
        unit="percent", value=90, least=50, most=100, tighter="higher",
        source=_OURS, mark=Mark.DESIGN,
    ),
    Parameter(
        name="attendance_below_target_days",
        meaning="Attendance below the target over so many days opens a review",
        unit="school days", value=10, least=5, most=30, tighter="lower",
        source=_OURS, mark=Mark.DESIGN,
    ),
    Parameter(
        name="called_review_days",
        meaning="A review that the service calls because of low attendance meets within so long",
        unit="working days", value=5, least=1, most=20, tighter="lower",
        source=_OURS, mark=Mark.DESIGN,
    ),
    Parameter(
        name="hours_below_contract_days",
        meaning="Hours delivered below those of the contract over so many days open a concern",
        unit="school days", value=10, least=5, most=30, tighter="lower",
        source="003 ¶50; the number is our own choice", mark=Mark.DESIGN,
    ),
    Parameter(
        name="hours_delivered_percent",
        meaning="Less than this share of the agreed hours counts as below contract",
        unit="percent", value=100, least=50, most=100, tighter="higher",
        source="003 ¶50; the number is our own choice", mark=Mark.DESIGN,
    ),
    Parameter(
        name="unreported_day_to_commissioner_days",
        meaning="A day that the provider did not report is told to commissioner and home school after so long",
        unit="working days", value=1, least=0, most=5, tighter="lower",
        source="003 ¶52; the number is our own choice", mark=Mark.DESIGN,
    ),
    Parameter(
        name="expiry_warning_days",
        meaning="A check, a policy or an insurance is warned of so long before it runs out",
        unit="days", value=28, least=1, most=180, tighter="higher",
        source=_OURS, mark=Mark.DESIGN,
    ),
    Parameter(
        name="due_soon_days",
        meaning="A duty counts as due soon for so long before its day",
        unit="days", value=7, least=1, most=60, tighter="higher",
        source=_OURS, mark=Mark.DESIGN,
    ),
    Parameter(
        name="missed_review_to_named_officer_days",
        meaning="A review that was missed is told to the named officer after so long",
        unit="working days", value=0, least=0, most=20, tighter="lower",
        source="003 ¶45; the number is our own choice", mark=Mark.DESIGN,
    ),
    Parameter(
        name="missed_review_to_manager_days",
        meaning="And to the named officer's manager after so long",
        unit="working days", value=5, least=0, most=40, tighter="lower",
        source="003 ¶45; the number is our own choice", mark=Mark.DESIGN,
    ),
    Parameter(
        name="sickness_return_days",
        meaning="So many days of code I, reached or foreseen, ask for a sickness return (T5)",
        unit="school days", value=15, least=1, most=15, tighter="lower",
        source="Working together to improve school attendance, DfE, July 2026", mark=Mark.SECONDARY,
    ),
    Parameter(
        name="suspended_days_in_a_term",
        meaning="Suspensions of more than so many days in a term make the governors meet (T31)",
        unit="school days", value=15, least=1, most=15, tighter="lower",
        source="Suspension and permanent exclusion guidance, DfE", mark=Mark.SECONDARY,
    ),
)  # fmt: skip
"""None of these refuses anything: they tell, open a concern, or open a review."""
