"""Who may write down what is noticed of a placement, and see to what a trigger could not do: rows of the table of permissions."""

from __future__ import annotations

from domain.people import Asker, Role
from domain.reasons import NotPermitted
from workflows.relations import (
    OFFICERS,
    OVERSEERS,
    May,
    any_of,
    of_its_commissioner,
    of_the_child,
    the,
    the_service_itself,
)

COMMISSIONER = the("commissioner", *OFFICERS)
AUTHORITY = the("authority", *OVERSEERS)

WHO_NOTICES: dict[str, May] = {
    "notice_concern": the_service_itself,
    "escalate": any_of(COMMISSIONER, AUTHORITY),
    "announce_withdrawal": any_of(
        COMMISSIONER,
        AUTHORITY,
        the("home_school", Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER, Role.COMMISSIONER),
        the("provider", Role.PROVIDER_STAFF),
    ),
    "ask_for_early_review": of_the_child(*OFFICERS, Role.VIRTUAL_SCHOOL_HEAD, Role.SAFEGUARDING_LEAD),
    "introduce_trigger": the_service_itself,
    "record_undone": the_service_itself,
    "attend_to_undone": any_of(of_its_commissioner(*OFFICERS, *OVERSEERS), the_service_itself),
}
"""Every such command and who may give it."""


def require_right_to_suppose(asker: Asker) -> None:
    """Whether the asker may try other rules on the past. Raises NotPermitted."""
    if not asker.machine and not asker.acts_as(Role.AUDITOR, Role.ADMINISTRATOR):
        raise NotPermitted("To try rules on the past is for auditors and administrators.", "may_not_suppose")


def require_right_to_undone(asker: Asker) -> None:
    """Whether the asker may see what triggers could not do. Raises NotPermitted."""
    if not asker.machine and not asker.acts_as(*OFFICERS, *OVERSEERS, Role.AUDITOR, Role.ADMINISTRATOR):
        raise NotPermitted(
            "What triggers could not do is for officers, overseers and auditors.", "may_not_see_undone"
        )
