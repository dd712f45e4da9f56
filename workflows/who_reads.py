"""Who may read, and who may ask how others worked: no command, so no row of the table of permissions."""

from __future__ import annotations

from domain.people import Asker, OrganisationKind, Role, Scope
from domain.reasons import NotPermitted
from workflows.relations import OFFICERS, OVERSEERS

READERS = (
    *OFFICERS,
    *OVERSEERS,
    Role.AUDITOR,
    Role.DATA_OFFICER,
    Role.ATTENDANCE_OFFICER,
    Role.ADMINISTRATOR,
)

TOLD_OF_LOOKS = (Role.AUDITOR, Role.DATA_OFFICER, Role.ADMINISTRATOR)
"""Who may ask who looked at what: they are told of their own organisation's people, and of looks at records in their scope."""

GIVE_RECEIPTS = (*OFFICERS, *OVERSEERS, Role.AUDITOR, Role.PROVIDER_STAFF)
"""Who may give somebody a receipt for a decision."""


def require_right_to_looks(asker: Asker) -> None:
    """Raises NotPermitted."""
    if not asker.acts_as(*TOLD_OF_LOOKS):
        raise NotPermitted("Who looked is for auditors, data protection officers and administrators.")


def require_right_to_audit(asker: Asker) -> None:
    """Whether everything about a case, with its proofs, is for the asker to take away. Raises NotPermitted."""
    if not asker.acts_as(Role.AUDITOR):
        raise NotPermitted("Bundles and proofs are for auditors.", "may_not_audit")


def require_right_to_receipts(asker: Asker) -> None:
    """Whether the asker may give somebody a receipt for a decision. Raises NotPermitted."""
    if not asker.acts_as(*GIVE_RECEIPTS):
        raise NotPermitted(
            "Receipts are given by those who decide, oversee, audit or teach.", "may_not_give_receipts"
        )


def require_right_to_oversee(asker: Asker) -> None:
    """Whether how others wrote things down is for the asker to ask: those who oversee, audit or lead. Raises NotPermitted."""
    may = asker.machine or (
        asker.organisation_kind is not OrganisationKind.PROVIDER
        and asker.acts_as(*OVERSEERS, Role.AUDITOR, Role.SCHOOL_LEAD)
    )
    if not may:
        raise NotPermitted(
            "How things were written down is for auditors and for those who oversee.", "may_not_oversee"
        )


def may_read(asker: Asker) -> bool:
    """Whether any role of the asker lets them read records in their scope."""
    return asker.machine or asker.acts_as(*READERS, Role.PROVIDER_STAFF)


def scope_of(asker: Asker) -> Scope:
    """Which children's records the asker may know of."""
    if asker.machine:
        return Scope(everything=True)
    if asker.organisation_kind is OrganisationKind.PROVIDER:
        return Scope(provider_id=asker.provider_id if asker.acts_as(Role.PROVIDER_STAFF) else None)
    mine = asker.organisation_id
    if mine is None or not asker.acts_as(*READERS):
        return Scope()
    return Scope(organisations=frozenset({mine}))
