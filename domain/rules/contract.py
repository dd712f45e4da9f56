"""Contract to risk assessment: every term agreed and signed, before any child is placed."""

from __future__ import annotations

from domain.days_in_words import in_words
from domain.facts.terms import APPENDIX_A
from domain.rules.rule import Answer, CaseFacts, No, rule


@rule("003 Appendix B, bullet 2", "source", may_be_overridden=False)
def a_standing_contract_is_chosen(case: CaseFacts) -> Answer:
    """A contract between this commissioner and this provider is chosen (B2)."""
    placement, agreement = case.placement, case.agreement
    if agreement is None:
        return No("no_contract_chosen", "Choose the contract with the provider that governs this placement.")
    if (agreement.provider_id, agreement.commissioner_id) != (
        placement.provider_id,
        placement.commissioner_id,
    ):
        return No(
            "contract_of_others", "The chosen contract is not between this commissioner and this provider."
        )
    return None


@rule("003 Appendix B, bullet 2", "source")
def the_contract_is_signed_and_in_force(case: CaseFacts) -> Answer:
    """A contract is signed by both sides before any placement is made, and covers the first day (B2)."""
    agreement = case.agreement
    if agreement is None:
        return None
    unsigned = sorted({"commissioner", "provider"} - set(agreement.signatures))
    if unsigned:
        return No("contract_not_signed", f"The contract is not signed by: {', '.join(unsigned)}.")
    commission = case.placement.commission
    if commission is not None and not agreement.in_force_on(commission.starts_on):
        return No(
            "contract_not_in_force",
            f"The contract is not in force on the first day, {in_words(commission.starts_on)}.",
        )
    return None


@rule("003 Appendix A", "source")
def every_term_of_appendix_a_is_agreed(case: CaseFacts) -> Answer:
    """The contract contains everything that Appendix A asks for (items 32-48)."""
    if case.agreement is None:
        return None
    return [
        No("term_missing", f"The contract says nothing about {words} ({source}).", field)
        for field, words, source in APPENDIX_A
        if getattr(case.agreement.terms, field) is None
    ]


@rule("003 ¶43; 001 l.40-45", "source")
def the_plan_is_written(case: CaseFacts) -> Answer:
    """The child has a personal learning plan with objectives, baseline, reviews and next steps (items 49-55)."""
    if case.placement.plan is not None:
        return None
    return No("plan_missing", "Write the child's personal learning plan.")


@rule("003 Appendix B, bullet 3; 003 ¶43", "source")
def all_four_agree_to_the_plan(case: CaseFacts) -> Answer:
    """Commissioner, child, parent and provider agree to the plan (B3)."""
    if case.placement.plan is None:
        return None
    return [
        No("plan_not_agreed", f"The {party} has not agreed to the plan.", party)
        for party in ("commissioner", "child", "parent", "provider")
        if party not in case.placement.plan_agreed
    ]


@rule("004 l.47", "source", may_be_overridden=False)
def the_child_has_an_agreement_of_their_own(case: CaseFacts) -> Answer:
    """There is one commissioning agreement for each child, with targets, hours and a maximum period."""
    if case.placement.commission is not None:
        return None
    return No(
        "no_individual_agreement",
        "Write the child's commissioning agreement: targets, hours and maximum period.",
    )


@rule("004 l.47; 003 Appendix B, bullet 2", "source")
def both_sides_signed_the_childs_agreement(case: CaseFacts) -> Answer:
    """Commissioner and provider have signed the child's agreement before the placement."""
    if case.placement.commission is None:
        return None
    return [
        No("individual_agreement_not_signed", f"The {party} has not signed the child's agreement.", party)
        for party in ("commissioner", "provider")
        if party not in case.placement.signatures
    ]


@rule("003 ¶12, ¶30; 001 l.38, l.72; 002 l.27", "source")
def a_part_time_week_is_accounted_for(case: CaseFacts) -> Answer:
    """Part-time: the plan says where the child is in the other half-days (item 56)."""
    placement = case.placement
    if (
        placement.commission is None
        or placement.plan is None
        or placement.commission.sessions_per_week >= case.parameters.of("full_time_sessions")
    ):
        return None
    if placement.plan.timetable:
        return None
    return No(
        "week_not_accounted_for",
        "The placement is part-time. Put the whole week into the plan's timetable.",
        "timetable",
    )


@rule("Education Act 1996 s.19; 003 Appendix A, bullet 6", "S", warning=True)
def the_package_is_full_time(case: CaseFacts) -> Answer:
    """Placements and school together make a full week, unless health says otherwise."""
    placement = case.placement
    if placement.commission is None:
        return None
    total = case.child.weekly_sessions(without=placement.id) + placement.commission.sessions_per_week
    full_week = case.parameters.of("full_time_sessions")
    if total >= full_week:
        return None
    return No(
        "package_not_full_time",
        f"School and placements make {total} of {full_week} sessions a week. Education under s.19 is full-time unless the "
        "child's health makes that wrong; record the reason, or add provision.",
    )


@rule("003 ¶1, ¶8, ¶30, ¶53", "source", warning=True)
def price_and_value_are_recorded(case: CaseFacts) -> Answer:
    """The price is agreed and someone judged value for money (items 13, 44)."""
    agreement = case.agreement
    if agreement is None or (agreement.price is not None and agreement.value_for_money):
        return None
    return No("value_not_judged", "Record the contract's price and a judgement of value for money.")


CONTRACT = (
    a_standing_contract_is_chosen,
    the_contract_is_signed_and_in_force,
    every_term_of_appendix_a_is_agreed,
    the_plan_is_written,
    all_four_agree_to_the_plan,
    the_child_has_an_agreement_of_their_own,
    both_sides_signed_the_childs_agreement,
    a_part_time_week_is_accounted_for,
    the_package_is_full_time,
    price_and_value_are_recorded,
)
