"""How the person who asks stands to a record, as questions that the table of permissions puts together."""

from __future__ import annotations

from collections.abc import Callable

from domain.agreement import Agreement
from domain.child import Child
from domain.organisation import Organisation
from domain.people import Asker, OrganisationKind, Role
from domain.placement import Placement
from domain.trigger_events import Undone
from workflows.case import Case
from workflows.command import Command

May = Callable[[Case, Command], bool]
"""A question: may the asker of this case give this command?"""

OFFICERS = (Role.COMMISSIONER, Role.SENIOR_OFFICER, Role.NAMED_OFFICER, Role.SCHOOL_LEAD)
OVERSEERS = (Role.NAMED_OFFICER, Role.SENIOR_OFFICER, Role.VIRTUAL_SCHOOL_HEAD, Role.SAFEGUARDING_LEAD)
SAFEGUARDING = (*OFFICERS, *OVERSEERS)


def relations(asker: Asker, placement: Placement, child: Child | None) -> frozenset[str]:
    """How the asker's organisation stands to a placement: commissioner, authority, home school, provider; often several."""
    mine = asker.organisation_id
    found = set()
    if asker.provider_id is not None and asker.provider_id == placement.provider_id:
        found.add("provider")
    if mine is not None and asker.organisation_kind is not OrganisationKind.PROVIDER:
        if mine == placement.commissioner_id:
            found.add("commissioner")
        if mine == placement.home_school_id:
            found.add("home_school")
        if child is not None and mine == child.authority_id:
            found.add("authority")
    return frozenset(found)


def relations_in(case: Case) -> frozenset[str]:
    """The same for the placement of a case."""
    return relations(case.asker, case.placement, case.child_of(case.placement))


def the(relation: str, *roles: Role) -> May:
    """People in these roles at the organisation that stands so to the placement."""
    return lambda case, command: relation in relations_in(case) and case.asker.acts_as(*roles)


def any_of(*questions: May) -> May:
    """One of these suffices."""
    return lambda case, command: any(question(case, command) for question in questions)


def at_any_commissioner(*roles: Role) -> May:
    """People in these roles at any local authority, school or trust."""
    return lambda case, command: (
        case.asker.organisation_kind is not None
        and case.asker.organisation_kind is not OrganisationKind.PROVIDER
        and case.asker.acts_as(*roles)
    )


def for_own_organisation(*roles: Role) -> May:
    """People in these roles, at the organisation that the record is, or that the request names as commissioner."""

    def may(case: Case, command: Command) -> bool:
        target = case.target
        named = getattr(command, "commissioner_id", None) or getattr(command, "authority_id", None)
        owner = target.id if isinstance(target, Organisation) and not command.opens else named
        if isinstance(target, Agreement) and not command.opens:
            owner = target.commissioner_id
        return owner == case.asker.organisation_id and case.asker.acts_as(*roles)

    return may


def at_the_childs_school(*roles: Role) -> May:
    """People in these roles at the school that the request puts the child on the roll of."""
    return lambda case, command: (
        case.asker.organisation_id is not None
        and case.asker.organisation_id == getattr(command, "school_id", None)
        and case.asker.acts_as(*roles)
    )


def of_the_child(*roles: Role) -> May:
    """People in these roles at the child's authority, at a school whose roll the child is or was on, or at a commissioner."""

    def may(case: Case, command: Command) -> bool:
        return case.asker.acts_as(*roles) and child_is_known_to(case.asker, case.child)

    return may


def of_the_childs_authority(*roles: Role) -> May:
    """People in these roles at the local authority that is responsible for the child, and nobody else."""
    return lambda case, command: (
        case.asker.organisation_id is not None
        and case.asker.organisation_id == case.child.authority_id
        and case.asker.acts_as(*roles)
    )


def of_its_commissioner(*roles: Role) -> May:
    """People in these roles at the organisation whose business it is; where it is nobody's in particular, at any commissioner."""

    def may(case: Case, command: Command) -> bool:
        undone, asker = case.target, case.asker
        return isinstance(undone, Undone) and asker.acts_as(*roles) and undone_is_known_to(asker, undone)

    return may


def undone_is_known_to(asker: Asker, undone: Undone) -> bool:
    """Whether what a trigger could not do is the business of the asker's organisation, or of no commissioner in particular."""
    whose = undone.wanted.commissioner_id if undone.wanted else None
    return asker.machine or (
        undone.wanted is not None
        and asker.organisation_kind is not OrganisationKind.PROVIDER
        and whose in (None, asker.organisation_id)
    )


def child_is_known_to(asker: Asker, child: Child) -> bool:
    """Whether the asker's organisation is the child's authority or a school of theirs."""
    return asker.organisation_id is not None and asker.organisation_id in {
        child.authority_id,
        *(entry.school_id for entry in child.roll),
    }


def own_provider(case: Case, command: Command) -> bool:
    """A provider's person, about their own provider."""
    asker, target = case.asker, case.target
    mine = target.provider_id if isinstance(target, Agreement) else target.id
    return asker.provider_id is not None and asker.provider_id == mine and asker.acts_as(Role.PROVIDER_STAFF)


def the_service_itself(case: Case, command: Command) -> bool:
    """A named part of the service: imports, triggers, set-up."""
    return case.asker.machine
