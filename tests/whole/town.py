"""A town of many authorities, providers and children, made by the product's own example requests."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID, uuid4

from domain.people import Asker, OrganisationKind, Role
from tests.support.walk import LIFE, SETTING_UP, THE_SERVICE
from workflows import examples as x
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.sent import Done, Sent


@dataclass(frozen=True, repr=False)
class Around:
    """The records around one placement. Those that are not named are new."""

    authority: UUID = field(default_factory=uuid4)
    school: UUID = field(default_factory=uuid4)
    provider: UUID = field(default_factory=uuid4)
    office: UUID = field(default_factory=uuid4)
    agreement: UUID = field(default_factory=uuid4)
    child: UUID = field(default_factory=uuid4)
    placement: UUID = field(default_factory=uuid4)
    successor: UUID = field(default_factory=uuid4)

    def __repr__(self) -> str:
        return (
            f"<placement {self.placement.hex[:6]} of child {self.child.hex[:6]} by {self.authority.hex[:6]}>"
        )

    def but(self, *new: str, **known: UUID) -> Self:
        """The same, but for some records that are new and some that are named."""
        return replace(self, **{name: uuid4() for name in new}, **known)

    def ids(self) -> dict[str, UUID]:
        """What stands for each id of the examples."""
        return {
            x.AUTHORITY: self.authority,
            x.SCHOOL: self.school,
            x.PROVIDER: self.provider,
            x.PROVIDER_OFFICE: self.office,
            x.AGREEMENT: self.agreement,
            x.CHILD: self.child,
            x.PLACEMENT: self.placement,
            x.SUCCESSOR: self.successor,
        }

    def person(self, name: str, *roles: Role) -> Asker:
        """Someone at the authority."""
        kind = OrganisationKind.LOCAL_AUTHORITY
        return Asker(f"{name}@{self.authority}", name.title(), self.authority, kind, frozenset(roles))

    @property
    def officer(self) -> Asker:
        return self.person("officer", Role.COMMISSIONER)

    @property
    def senior(self) -> Asker:
        return self.person("senior", Role.SENIOR_OFFICER)

    @property
    def staff(self) -> Asker:
        """Someone at the provider."""
        kind, roles = OrganisationKind.PROVIDER, frozenset({Role.PROVIDER_STAFF})
        return Asker(f"staff@{self.office}", "Staff", self.office, kind, roles, provider_id=self.provider)


class Town:
    """Performs commands about any number of placements."""

    def __init__(self, casework: Casework) -> None:
        self.casework = casework

    def do(
        self,
        name: str,
        around: Around,
        asker: Asker | None = None,
        sent: Sent | None = None,
        /,
        *,
        on: UUID | None = None,
        **changes: Any,
    ) -> Done:
        """Perform a command: its example, told of these records, with these fields instead."""
        command, asker = COMMANDS[name], asker or usual(name, around)
        body = told_of(around, {**deepcopy(x.EXAMPLES[name]), **changes})
        record = on or getattr(around, RECORD[command.target.__name__])
        return self.casework.perform(command.model_validate(body), asker, record, sent)

    def found(self, around: Around, *records: str) -> Around:
        """Set these records up as the examples do."""
        ids = around.ids()
        wanted = {getattr(around, name) for name in records}
        for name, on, changes in SETTING_UP:
            record = ids[str(on)]
            if record in wanted:
                self.do(name, around, THE_SERVICE, on=record, **changes)
        return around

    def live(self, around: Around, until: str, after: str = "") -> Around:
        """Walk the placement's life, from after the last time of one command up to the last time of another."""
        names = [name for name, _ in LIFE]
        first = len(names) - names[::-1].index(after) if after else 0
        for name, changes in LIFE[first : len(names) - names[::-1].index(until)]:
            self.do(name, around, **changes)
        return around


RECORD = {
    "Placement": "placement",
    "Child": "child",
    "Provider": "provider",
    "Agreement": "agreement",
    "Organisation": "authority",
}
"""Which record a command is about, unless another is named."""


def usual(name: str, around: Around) -> Asker:
    """Who usually gives a command."""
    if name in (
        "accept_risk",
        "approve_override",
        "decline_override",
        "reopen_placement",
        "suspend_provider",
    ):
        return around.senior
    return around.officer


def told_of(around: Around, body: Any) -> Any:
    """A request with the ids of these records in place of the examples'."""
    ids = {example: str(id) for example, id in around.ids().items()}

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: told(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [told(inner) for inner in value]
        return ids.get(value, value) if isinstance(value, str) else value

    return told(body)
