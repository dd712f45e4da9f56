"""Organisations, roles, and the person who asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class OrganisationKind(StrEnum):
    """What kind of body it is."""

    LOCAL_AUTHORITY = "local_authority"
    SCHOOL = "school"
    TRUST = "trust"
    PROVIDER = "provider"


class Role(StrEnum):
    """What a person does for an organisation. Granted and revoked as events of the organisation."""

    ADMINISTRATOR = "administrator"
    COMMISSIONER = "commissioner"
    SENIOR_OFFICER = "senior_officer"
    NAMED_OFFICER = "named_officer"
    VIRTUAL_SCHOOL_HEAD = "virtual_school_head"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SCHOOL_LEAD = "school_lead"
    ATTENDANCE_OFFICER = "attendance_officer"
    PROVIDER_STAFF = "provider_staff"
    AUDITOR = "auditor"
    DATA_OFFICER = "data_officer"
    SELF_APPROVER = "self_approver"
    """May approve work that they prepared themselves: an explicit right, granted and seen as what it is."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is asking, with the roles that the organisation's record grants at this moment."""

    person_id: str
    name: str
    organisation_id: UUID | None
    organisation_kind: OrganisationKind | None
    roles: frozenset[Role] = frozenset()
    provider_id: UUID | None = None
    """For a provider's person: the provider whose placements they may see."""
    machine: bool = False

    def acts_as(self, *roles: Role) -> bool:
        """Whether the person holds one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which children's records a person may know of. `everything` is for the service itself only.

    A placement is in scope when its commissioner, its child's local authority or home school is one of `organisations`, or its
    provider is `provider_id`.
    """

    organisations: frozenset[UUID] = frozenset()
    provider_id: UUID | None = None
    everything: bool = False
