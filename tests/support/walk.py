"""One placement walked through its life by the product's own example requests, on a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.people import Asker, OrganisationKind, Role
from workflows import examples as x
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.sent import Done, Sent

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The first day of the placement in the examples: Monday 23 November 2026, nine in the morning."""

AUTHORITY, SCHOOL, PROVIDER, PROVIDER_OFFICE = (
    UUID(i) for i in (x.AUTHORITY, x.SCHOOL, x.PROVIDER, x.PROVIDER_OFFICE)
)
CHILD, AGREEMENT, PLACEMENT = UUID(x.CHILD), UUID(x.AGREEMENT), UUID(x.PLACEMENT)

THE_SERVICE = Asker("setup", "Set-up", None, None, machine=True)


def person(
    name: str, *roles: Role, at: UUID = AUTHORITY, kind: OrganisationKind = OrganisationKind.LOCAL_AUTHORITY
) -> Asker:
    """Someone with these roles at an organisation."""
    provider = PROVIDER if kind is OrganisationKind.PROVIDER else None
    return Asker(f"{name}@example", name.title(), at, kind, frozenset(roles), provider_id=provider)


OFFICER = person("officer", Role.COMMISSIONER)
SENIOR = person("senior", Role.SENIOR_OFFICER)
SAFEGUARDER = person("safeguarder", Role.SAFEGUARDING_LEAD)
PROVIDER_STAFF = person("provider", Role.PROVIDER_STAFF, at=PROVIDER_OFFICE, kind=OrganisationKind.PROVIDER)

SETTING_UP: list[tuple[str, UUID, dict[str, Any]]] = [
    ("found_organisation", AUTHORITY, {}),
    ("set_calendar", AUTHORITY, {}),
    (
        "found_organisation",
        SCHOOL,
        {
            "organisation_name": "Invented Academy",
            "kind": "school",
            "authority_id": x.AUTHORITY,
            "local_authority_code": None,
        },
    ),
    ("register_provider", PROVIDER, {}),
    ("add_site", PROVIDER, {}),
    ("record_registration", PROVIDER, {}),
    ("publish_offer", PROVIDER, {}),
    ("move_approval", PROVIDER, {}),
    *(
        ("record_check", PROVIDER, {"check": {**x.PROVIDERS["record_check"]["check"], "kind": kind}})
        for kind in [
            "safer_recruitment",
            "staff_change_undertaking",
            "insurance",
            "safeguarding_policy",
            "health_and_safety_policy",
            "equality_policy",
            "behaviour_policy",
            "first_aid",
            "fire_safety",
            "site_risk",
            "staff_qualifications",
        ]
    ),
    (
        "found_organisation",
        PROVIDER_OFFICE,
        {
            "organisation_name": "Invented Workshop",
            "kind": "provider",
            "provider_id": x.PROVIDER,
            "local_authority_code": None,
        },
    ),
    ("draft_agreement", AGREEMENT, {}),
    ("write_terms", AGREEMENT, {}),
    ("agree_price", AGREEMENT, {}),
    ("judge_value", AGREEMENT, {}),
    ("sign_agreement", AGREEMENT, {}),
    (
        "sign_agreement",
        AGREEMENT,
        {"signature": {"party": "provider", "on": "2026-09-01", "signatory": "Director"}},
    ),
    ("register_child", CHILD, {}),
    ("record_sen", CHILD, {}),
    ("change_roll", CHILD, {}),
]

_PARENT = {
    "views": {
        "whose": "parent",
        "phase": "before",
        "asked_on": "2026-11-11",
        "words": "Agrees.",
        "agrees": True,
    }
}
_END = [
    {"views": {"whose": w, "phase": "end", "asked_on": "2026-11-23", "words": "It helped."}}
    for w in ("child", "parent")
]

LIFE: list[tuple[str, dict[str, Any]]] = [
    ("refer_child", {}),
    ("assess_needs", {}),
    ("record_earlier_support", {}),
    ("record_views", {}),
    ("record_views", _PARENT),
    ("complete_needs_assessment", {}),
    ("propose_provider", {}),
    ("assess_suitability", {}),
    ("confirm_suitability", {}),
    ("choose_agreement", {}),
    ("write_plan", {}),
    *(
        ("agree_plan", {"agreed": {"party": party, "on": "2026-11-16"}})
        for party in ("commissioner", "child", "parent", "provider")
    ),
    ("make_individual_agreement", {}),
    ("sign_individual_agreement", {}),
    (
        "sign_individual_agreement",
        {"signature": {"party": "provider", "on": "2026-11-17", "signatory": "Director"}},
    ),
    ("complete_contract", {}),
    ("assess_risk", {}),
    ("accept_risk", {}),
    ("arrange_transport_and_meals", {}),
    ("agree_reporting", {}),
    ("plan_contingency", {}),
    ("start_placement", {}),
    ("call_review", {}),
    ("record_review", {}),
    ("plan_exit", {}),
    ("receive_end_report", {}),
    ("record_views", _END[0]),
    ("record_views", _END[1]),
    ("record_destination", {}),
    ("end_placement", {}),
]
"""From referral to exit without a detour."""


class Walk:
    """Performs commands by name with their example bodies."""

    def __init__(self, casework: Casework) -> None:
        self.casework = casework

    def do(
        self,
        name: str,
        record: UUID = PLACEMENT,
        asker: Asker = OFFICER,
        sent: Sent | None = None,
        /,
        **changes: Any,
    ) -> Done:
        """Perform a command: its example, with these fields instead."""
        body = {**deepcopy(x.EXAMPLES[name]), **changes}
        return self.casework.perform(COMMANDS[name].model_validate(body), asker, record, sent)

    def set_up(self) -> None:
        """An authority, a school, a checked provider with a signed contract, and a child."""
        for name, on, changes in SETTING_UP:
            self.do(name, on, THE_SERVICE, **changes)

    def live_until(self, last: str, placement: UUID = PLACEMENT) -> Done:
        """Walk the placement's life up to and including a command."""
        for name, changes in LIFE:
            done = self.do(name, placement, SENIOR if name == "accept_risk" else OFFICER, **changes)
            if name == last:
                return done
        raise ValueError(f"{last} is not on the way")


def at(moment: datetime = MONDAY) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment
