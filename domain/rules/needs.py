"""Needs assessment to suitability check: the child is known, heard, and the right people were asked."""

from __future__ import annotations

from domain.people import OrganisationKind
from domain.rules.rule import Answer, CaseFacts, No, rule


@rule("003 ¶46, Appendix A bullet 5", "source")
def the_passport_is_open(case: CaseFacts) -> Answer:
    """The information passport travels with the child from the start (items 14, 15)."""
    if case.placement.passport:
        return None
    return No(
        "passport_missing", "Open the information passport: attainment, behaviour, support needs and health."
    )


@rule("003 ¶43; 001 l.34", "source")
def the_needs_are_assessed(case: CaseFacts) -> Answer:
    """Each child's needs are assessed once alternative provision is considered (item 16)."""
    if case.placement.needs:
        return None
    return No("needs_not_assessed", "Assess the child's needs and record the assessment.")


@rule("001 l.34-36; 003 ¶11", "source")
def earlier_support_is_recorded(case: CaseFacts) -> Answer:
    """What was tried before is written down, in school above all (item 19)."""
    if case.placement.earlier_support:
        return None
    return No(
        "earlier_support_missing",
        "Record what support was tried before, in school where possible, and what came of it.",
    )


@rule("002 l.17", "source")
def in_school_strategies_were_tried_for_a_looked_after_child(case: CaseFacts) -> Answer:
    """For a looked-after child, all strategies in school were tried (item 20)."""
    if case.child.looked_after is None:
        return None
    meeting = case.placement.meeting
    in_school = any(s.in_school for s in case.placement.earlier_support)
    if in_school and meeting is not None and meeting.in_school_strategies_tried:
        return None
    return No(
        "in_school_strategies_not_shown",
        "The child is looked after. Record the in-school support, and have the professionals' meeting confirm that all "
        "strategies in school were tried.",
    )


@rule("002 l.34, l.36; 001 l.40", "source")
def the_child_was_asked(case: CaseFacts) -> Answer:
    """The child's views are asked for before a provider is sought (item 72)."""
    if case.placement.views_of("child", "before"):
        return None
    return No(
        "child_not_asked",
        "Ask the child for their views and record them, or that they did not wish to answer.",
    )


@rule("004 l.53; 001 l.66", "source")
def a_parent_was_asked(case: CaseFacts) -> Answer:
    """Parents are consulted on the reasons and the length (item 22)."""
    if case.placement.views_of("parent", "before"):
        return None
    return No(
        "parent_not_asked",
        "Consult a parent or carer on the reasons for the placement and its length, and record it.",
    )


@rule("004 l.54", "source")
def the_social_worker_was_consulted(case: CaseFacts) -> Answer:
    """Where the child has a social worker, social care is consulted (item 21)."""
    if case.child.social_worker is None or case.placement.consulted("social_worker"):
        return None
    return No(
        "social_worker_not_consulted",
        "The child has a social worker. Consult them and record what they said.",
    )


@rule("004 l.54; Children Act 1989 s.22(3A)", "source")
def the_virtual_school_was_consulted(case: CaseFacts) -> Answer:
    """For a looked-after child, the virtual school is consulted (items 20, 21)."""
    if case.child.looked_after is None or case.placement.consulted("virtual_school"):
        return None
    return No(
        "virtual_school_not_consulted",
        "The child is looked after. Consult the virtual school and record what it said.",
    )


@rule("004 l.54", "source")
def the_professionals_met(case: CaseFacts) -> Answer:
    """A professionals' meeting is held before the decision, for a child with a social worker or in care (item 21)."""
    needed = case.child.social_worker is not None or case.child.looked_after is not None
    if not needed or case.placement.meeting is not None:
        return None
    return No(
        "professionals_not_met",
        "The child has a social worker or is looked after. Hold the professionals' meeting before choosing a provider.",
    )


@rule("Children and Families Act 2014 s.42; 004 l.59", "S")
def the_local_authority_was_consulted(case: CaseFacts) -> Answer:
    """Where the child has an EHC plan and a school commissions, the local authority is asked: it must secure Section F."""
    if case.child.ehc_plan is None or case.commissioner.kind is OrganisationKind.LOCAL_AUTHORITY:
        return None
    if case.placement.consulted("local_authority"):
        return None
    return No(
        "local_authority_not_consulted",
        "The child has an EHC plan, whose Section F the local authority must secure. Consult it and record what it said.",
    )


NEEDS = (
    the_passport_is_open,
    the_needs_are_assessed,
    earlier_support_is_recorded,
    in_school_strategies_were_tried_for_a_looked_after_child,
    the_child_was_asked,
    a_parent_was_asked,
    the_social_worker_was_consulted,
    the_virtual_school_was_consulted,
    the_professionals_met,
    the_local_authority_was_consulted,
)
