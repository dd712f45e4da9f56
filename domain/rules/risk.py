"""Risk assessment to active: the last things before the first day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from domain.days_in_words import in_words
from domain.people import OrganisationKind, Role
from domain.routes import ROUTES
from domain.rules.rule import Answer, CaseFacts, No, rule
from domain.school_days import OutsideCalendar, working_days_after


@rule("003 Appendix B, bullet 5", "source", may_be_overridden=False)
def the_childs_risks_are_assessed(case: CaseFacts) -> Answer:
    """A risk assessment is made for each child before the placement (item 57)."""
    if case.placement.risk is not None:
        return None
    return No(
        "risk_not_assessed", "Make the child's risk assessment for this provider, its sites and the journey."
    )


@rule("003 Appendix B, bullet 5; design: second person", "design")
def a_second_person_accepted_the_risk(case: CaseFacts) -> Answer:
    """The risk assessment is accepted by someone other than the person who prepared it."""
    if case.placement.risk is None or case.placement.risk_accepted_by:
        return None
    return No("risk_not_accepted", "A second person must read and accept the risk assessment.")


@rule("Design: second person", "design", may_be_overridden=False)
def the_one_who_accepts_did_not_prepare_it(case: CaseFacts) -> Answer:
    """No one accepts a risk assessment they prepared, unless the organisation gave them that right."""
    if case.placement.risk is None:
        return No("risk_not_assessed", "There is no risk assessment to accept yet.")
    if case.placement.risk_prepared_by != case.asker.person_id or case.asker.acts_as(Role.SELF_APPROVER):
        return None
    return No("own_work", "You prepared this risk assessment. Another person must accept it.")


@rule("003 ¶41; 004 l.38", "source")
def no_hazard_is_left_high(case: CaseFacts) -> Answer:
    """No hazard is left with a high risk after its control."""
    if case.placement.risk is None:
        return None
    high = sum(1 for h in case.placement.risk.hazards if h.residual == "high")
    if not high:
        return None
    return No(
        "high_risk_left", f"{high} of the hazards are still high after their control. Find a better control."
    )


@rule("003 Appendix B, bullet 6; 003 ¶52", "source")
def reporting_is_set_up(case: CaseFacts) -> Answer:
    """Attendance and progress are tracked, with regular reports; parents hear of an absence the same day (items 39, 58)."""
    reporting = case.placement.reporting
    if reporting is None:
        return No("reporting_not_agreed", "Agree how attendance and progress are tracked and reported.")
    if not reporting.parent_told_same_day:
        return No(
            "parent_not_told_same_day", "The provider must tell the parent of an absence the same day (A8)."
        )
    return None


@rule("Education Act 2002 s.29A; SI 2010/1156 as amended by SI 2012/2532", "P", may_be_overridden=False)
def the_notice_was_served_in_time(case: CaseFacts) -> Answer:
    """An off-site direction is given in writing, at least two school days before the first day (T13; item 59)."""
    placement = case.placement
    if placement.route is None or not ROUTES[placement.route].section_29a_notice:
        return None
    if placement.notice is None:
        return No("notice_not_served", "Give the parent written notice of the off-site direction.")
    found = []
    if case.child.ehc_plan is not None and "local_authority" not in placement.notice.to:
        found.append(
            No(
                "notice_not_given_to_authority",
                "The child has an EHC plan: the local authority needs the notice too.",
            )
        )
    if not {"parent", "pupil"} & set(placement.notice.to):
        found.append(
            No("notice_not_given_to_parent", "The notice must go to the parent, or to the pupil at 18.")
        )
    first = case.asked.on or (placement.commission.starts_on if placement.commission else None)
    if first is not None:
        latest = _latest_notice(case, first)
        if placement.notice.served_on > latest:
            found.append(
                No(
                    "notice_too_late",
                    f"The notice was given on {in_words(placement.notice.served_on)}; for a first day on {in_words(first)} it had "
                    f"to be given by {in_words(latest)}, {notice_days(case)} school days before. Start later.",
                    "on",
                )
            )
    return found


def notice_days(case: CaseFacts) -> int:
    """Whole school days between the notice and the first day: two (SI 2010/1156 reg 3, as amended 2012 [P])."""
    return -case.parameters.deadline("T13").count


def _latest_notice(case: CaseFacts, first: date) -> date:
    """So many school days before the first day; working days where no calendar knows the school days."""
    if case.days is not None:
        with suppress(OutsideCalendar):
            return case.days.before(first, notice_days(case))
    return working_days_after(first, -notice_days(case))


@rule("003 ¶45; Arranging Alternative Provision, DfE, February 2025", "S")
def the_local_authority_was_told(case: CaseFacts) -> Answer:
    """A school tells the local authority's named officer when it commissions alternative provision (item 67; T20)."""
    if case.commissioner.kind is OrganisationKind.LOCAL_AUTHORITY or case.placement.la_informed is not None:
        return None
    return No(
        "local_authority_not_told",
        "Tell the local authority's named officer of the placement and record the day.",
    )


@rule("004 l.43-44; 001 l.66-68", "source")
def transport_and_meals_are_arranged(case: CaseFacts) -> Answer:
    """Transport, free school meals and plain information for everyone are arranged (item 60)."""
    arrangement = case.placement.transport
    if arrangement is None:
        return No(
            "transport_and_meals_not_arranged", "Arrange transport and meals, or record that none are needed."
        )
    if "parent" not in arrangement.information_given_to:
        return No("parent_not_informed", "Give the parent plain information about the placement.")
    return None


@rule("003 ¶41, ¶51-52", "source")
def a_contingency_plan_exists(case: CaseFacts) -> Answer:
    """What happens if it breaks down is thought out before the first day (item 70)."""
    if case.placement.contingency is not None:
        return None
    return No(
        "contingency_not_planned",
        "Plan what happens, and where the child would be, if the placement breaks down.",
    )


@rule("Design: a start is recorded when it is near", "design")
def the_first_day_is_near_and_a_school_day(case: CaseFacts) -> Answer:
    """The first day is a school day, and not more than a week ahead."""
    first = case.asked.on
    if first is None:
        return None
    found = []
    ahead = case.parameters.of("start_days_ahead")
    if (first - case.today).days > ahead:
        found.append(No("start_too_far_ahead", f"A start can be recorded at most {ahead} days ahead.", "on"))
    if case.days is not None and case.days.covers(first) and not case.days.is_school_day(first):
        found.append(
            No(
                "not_a_school_day",
                f"{in_words(first)} is not a school day in the calendar. Choose another first day.",
                "on",
            )
        )
    commission = case.placement.commission
    if commission is not None and first > commission.ends_by:
        found.append(
            No("start_after_maximum_period", f"The agreement ends by {in_words(commission.ends_by)}.", "on")
        )
    return found


@rule("004 l.47", "source", warning=True)
def the_first_day_is_not_before_the_agreed_one(case: CaseFacts) -> Answer:
    """The first day is not before the one that was agreed for the child; a start that slips by some days is not asked about."""
    first, commission, proposal = case.asked.on, case.placement.commission, case.placement.proposal
    if first is None or commission is None or first >= commission.starts_on:
        return None
    both = proposal is not None and proposal.starts_on == commission.starts_on
    who = "The proposal and the child's agreement say" if both else "The child's agreement says"
    return No(
        "start_before_agreed",
        f"{who} {in_words(commission.starts_on)}; this first day, {in_words(first)}, is before it. Leave it if the provider expects "
        "the child from then on, and the agreement is to cover it.",
        "on",
    )


RISK = (
    the_childs_risks_are_assessed,
    a_second_person_accepted_the_risk,
    no_hazard_is_left_high,
    reporting_is_set_up,
    the_notice_was_served_in_time,
    the_local_authority_was_told,
    transport_and_meals_are_arranged,
    a_contingency_plan_exists,
    the_first_day_is_near_and_a_school_day,
    the_first_day_is_not_before_the_agreed_one,
)
