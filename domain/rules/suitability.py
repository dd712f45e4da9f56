"""Suitability check to contract: this provider is right and lawful for this child."""

from __future__ import annotations

from domain.rules.rule import Answer, CaseFacts, No, rule


@rule("003 Appendix B, bullet 1", "source", may_be_overridden=False)
def a_provider_is_proposed(case: CaseFacts) -> Answer:
    """A place at a known provider is proposed."""
    if case.placement.proposal is not None and case.provider is not None:
        return None
    return No("no_provider_proposed", "Propose a provider, with its sites, sessions and hours.")


@rule("003 Appendix B, bullet 1; 004 l.35", "source")
def the_provider_was_assessed_for_this_child(case: CaseFacts) -> Answer:
    """An officer or the school assessed the provider against this child's needs, and found it suitable (item 23)."""
    found = case.placement.suitability
    if found is None:
        return No("suitability_not_assessed", "Assess the provider against this child's needs.")
    if not found.suitable:
        return No(
            "found_unsuitable",
            "The assessment found the provider unsuitable for this child. Turn it down, or assess again.",
        )
    return None


@rule("004 l.39; 003 ¶30, ¶46", "source")
def english_and_maths_are_taught(case: CaseFacts) -> Answer:
    """The curriculum is broad and planned, with English and maths (item 31)."""
    found = case.placement.suitability
    if found is None or found.english_and_maths:
        return None
    return No(
        "english_or_maths_missing", "Say how English and maths are taught, here or on the child's other days."
    )


@rule("001 l.47", "source", may_be_overridden=False)
def the_setting_is_not_a_side_room(case: CaseFacts) -> Answer:
    """A side room linked to the classroom is not alternative provision (item 86)."""
    found = case.placement.suitability
    if found is None or found.site_is_separate:
        return None
    return No("not_a_setting_of_its_own", "A side room linked to the classroom is not alternative provision.")


@rule("001 l.59", "source")
def accredited_courses_come_from_a_proper_body(case: CaseFacts) -> Answer:
    """Accredited education comes only from a registered or otherwise proper body (item 26)."""
    proposal, provider = case.placement.proposal, case.provider
    if proposal is None or provider is None or not proposal.accredited_courses:
        return None
    status = provider.registration_on(proposal.starts_on)
    registered = status is not None and status.status in ("registered_school", "further_education")
    if registered or provider.check_on("accreditation", proposal.starts_on):
        return None
    return No(
        "no_proper_awarding_body", "Accredited courses need a registered provider or a checked accreditation."
    )


@rule("KCSIE Part 3; Children's Wellbeing and Schools Act 2026 s.38", "S", may_be_overridden=False)
def every_site_is_known(case: CaseFacts) -> Answer:
    """The address of every site, subcontracted ones included, is known: the school knows where the child is."""
    proposal, provider = case.placement.proposal, case.provider
    if proposal is None or provider is None:
        return None
    return [
        No(
            "site_not_known",
            f"'{site}' is not a site of {provider.name}. Add it with its address, or choose another.",
            "sites",
        )
        for site in proposal.sites
        if site not in provider.sites
    ]


@rule("001 l.84", "source", may_be_overridden=False)
def a_childrens_home_needs_a_reason(case: CaseFacts) -> Answer:
    """Provision in a children's home needs a stated reason, and is never for children who do not live there (item 79)."""
    proposal, provider = case.placement.proposal, case.provider
    if proposal is None or provider is None or proposal.in_childrens_home:
        return None
    homes = [s for s in proposal.sites if s in provider.sites and provider.sites[s].is_childrens_home]
    if not homes:
        return None
    return No(
        "childrens_home_without_reason",
        f"'{homes[0]}' is a children's home. Say why, and that the child lives there.",
    )


@rule("003 ¶41; 004 l.15", "source", may_be_overridden=False)
def the_provider_may_be_used(case: CaseFacts) -> Answer:
    """No child is placed with a provider that is suspended, removed or closed."""
    if case.provider is None:
        return None
    if case.provider.removed:
        return No("provider_removed", f"{case.provider.name} is no longer used. Choose another provider.")
    if case.provider.suspended:
        return No(
            "provider_suspended",
            f"{case.provider.name} is suspended. Wait until that is lifted, or choose another.",
        )
    return None


@rule("003 ¶22", "source")
def the_child_is_of_the_providers_age(case: CaseFacts) -> Answer:
    """The provider teaches children of this age."""
    proposal, provider, born = case.placement.proposal, case.provider, case.child.born_on
    if proposal is None or provider is None or provider.offer is None or born is None:
        return None
    start = proposal.starts_on
    age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
    if provider.offer.age_from <= age <= provider.offer.age_to:
        return None
    ages = f"{provider.offer.age_from} to {provider.offer.age_to}"
    return No("wrong_age", f"{provider.name} teaches ages {ages}; the child will be {age} on the first day.")


@rule("003 ¶22; 004 l.35", "source", warning=True)
def the_provider_offers_what_the_child_needs(case: CaseFacts) -> Answer:
    """The provider's published offer covers the child's main need."""
    needs, provider = case.placement.needs, case.provider
    if (
        needs is None
        or provider is None
        or provider.offer is None
        or not needs.needs
        or not provider.offer.needs
    ):
        return None
    missing = [n.sen_type for n in needs.needs if n.sen_type not in provider.offer.needs]
    if not missing:
        return None
    return No(
        "need_not_in_offer",
        f"The offer of {provider.name} does not name {', '.join(missing)}. Say how it is met.",
    )


@rule("004 l.15-17; 003 ¶23", "source", warning=True)
def the_provider_is_on_the_approved_list(case: CaseFacts) -> Answer:
    """The provider is on the local approved list. Approval does not replace the commissioner's own checks (item 9)."""
    if case.provider is None or case.provider.approval == "approved":
        return None
    return No(
        "not_on_approved_list",
        f"{case.provider.name} is not on the local approved list. Your own checks must carry it.",
    )


ASSESSMENT = (
    a_provider_is_proposed,
    the_provider_was_assessed_for_this_child,
    english_and_maths_are_taught,
    the_setting_is_not_a_side_room,
    accredited_courses_come_from_a_proper_body,
    every_site_is_known,
    a_childrens_home_needs_a_reason,
    the_provider_may_be_used,
    the_child_is_of_the_providers_age,
    the_provider_offers_what_the_child_needs,
    the_provider_is_on_the_approved_list,
)
