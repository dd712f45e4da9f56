"""Checks with evidence and expiry: what must be in date before a child is there, and while the child is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.days_in_words import in_words
from domain.rules.rule import Answer, CaseFacts, No, rule

WORDS: dict[str, str] = {
    "safer_recruitment": "the written confirmation that safer-recruitment checks were done",
    "staff_change_undertaking": "the written undertaking to report staff changes",
    "insurance": "the insurance",
    "safeguarding_policy": "the child-protection policy",
    "health_and_safety_policy": "the health-and-safety policy",
    "equality_policy": "the equality policy",
    "behaviour_policy": "the behaviour policy",
    "first_aid": "first aid",
    "fire_safety": "fire safety",
    "food_hygiene": "food hygiene",
    "site_risk": "the site risk assessment",
    "staff_qualifications": "staff training and qualifications",
}


def the_day_that_counts(case: CaseFacts) -> date:
    """The day on which a check must hold: the first day if it is still to come, otherwise today."""
    placement = case.placement
    if case.asked.on is not None and placement.started_on is None:
        return max(case.asked.on, case.today)
    starts = [d.starts_on for d in (placement.commission, placement.proposal) if d is not None]
    first = placement.started_on or (starts[0] if starts else case.today)
    return max(first, case.today)


def _missing(case: CaseFacts, kinds: Iterable[str]) -> list[No]:
    provider = case.provider
    if provider is None:
        return []
    day, found = the_day_that_counts(case), []
    for kind in kinds:
        if provider.check_on(kind, day) is not None:
            continue
        seen, words = provider.checks.get(kind), WORDS[kind]
        if seen is None:
            found.append(No(f"{kind}_missing", f"Check {words} of {provider.name} and record the evidence."))
        elif not seen.passed:
            found.append(
                No(f"{kind}_failed", f"The last check of {words} of {provider.name} was not passed.")
            )
        else:
            found.append(
                No(
                    f"{kind}_expired",
                    f"{words[0].upper()}{words[1:]} of {provider.name} is in date only until {in_words(seen.expires_on)}.",
                )
            )
    return found


@rule("KCSIE Part 3 (alternative provision); 004 l.38; 001 l.60", "S", may_be_overridden=False)
def safeguarding_is_confirmed(case: CaseFacts) -> Answer:
    """The provider has confirmed in writing that safer-recruitment checks were done on its staff. No emergency sets this aside."""
    return _missing(case, ("safer_recruitment",))


@rule("KCSIE Part 3 (staff changes)", "U", warning=True, chosen=True)
def the_provider_undertakes_to_report_staff_changes(case: CaseFacts) -> Answer:
    """The provider has undertaken in writing to report changes that may put the child at risk."""
    return _missing(case, ("staff_change_undertaking",))


@rule("003 Appendix A, bullet 10", "source")
def the_insurance_is_in_date(case: CaseFacts) -> Answer:
    """The required insurance is in place (item 41)."""
    return _missing(case, ("insurance",))


@rule("003 Appendix B, bullet 4; 003 ¶40", "source")
def the_policies_are_in_date(case: CaseFacts) -> Answer:
    """Child protection, health and safety, and equality policies are checked, again and again (items 28, 32, 40)."""
    return _missing(case, ("safeguarding_policy", "health_and_safety_policy", "equality_policy"))


@rule("003 Appendix A, bullet 12", "source")
def the_behaviour_policy_is_in_date(case: CaseFacts) -> Answer:
    """The provider's behaviour policy is agreed (item 43)."""
    return _missing(case, ("behaviour_policy",))


@rule("003 ¶35", "source", warning=True)
def staff_are_trained_and_qualified(case: CaseFacts) -> Answer:
    """Staff are trained, qualified and cleared (item 29)."""
    return _missing(case, ("staff_qualifications",))


@rule("Non-school alternative provision: voluntary national standards, DfE, August 2025", "S", warning=True)
def the_voluntary_standards_are_met(case: CaseFacts) -> Answer:
    """Site risk assessment, first aid and fire safety, as the voluntary standards ask."""
    return _missing(case, ("site_risk", "first_aid", "fire_safety"))


CHECKS = (
    safeguarding_is_confirmed,
    the_provider_undertakes_to_report_staff_changes,
    the_insurance_is_in_date,
    the_policies_are_in_date,
    the_behaviour_policy_is_in_date,
    staff_are_trained_and_qualified,
    the_voluntary_standards_are_met,
)
"""Before a contract and again before the first day."""
