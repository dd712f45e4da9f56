"""What is asked of the due list: what is due, for whom, by when and under which rule; and what fell due between two instants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from domain.deadlines.time_rule import Owner
from domain.duties.duty import State
from domain.people import Role, Scope
from domain.stages import Stage
from domain.time_rules import time_rule
from projections.asking import Asking, scope_parameters
from projections.due import DueColumns
from projections.due_statements import COUNTS, PAGE, days_of
from projections.paging import Marks, Page, within
from projections.progress import HowFar

SEEN_BY_PROVIDERS = ("T7", "T16", "T16_first", "T21", "T34_expiry", "T34_dbs", "T34_insurance", "T34_policies",
                     "T34_agreement", "T35", "T40", "T41", "T43", "T47")  # fmt: skip
"""Rules whose duties a provider sees at its own placements and of itself: what it owes, and what it takes part in."""

ROLES: dict[Owner, tuple[Role, ...]] = {
    "local_authority": (Role.NAMED_OFFICER, Role.COMMISSIONER, Role.SENIOR_OFFICER, Role.VIRTUAL_SCHOOL_HEAD),
    "school": (Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER, Role.COMMISSIONER),
    "governing_body": (Role.SCHOOL_LEAD, Role.COMMISSIONER),
    "head": (Role.SCHOOL_LEAD,),
    "provider": (Role.PROVIDER_STAFF,),
    "commissioner": (Role.COMMISSIONER, Role.NAMED_OFFICER, Role.SENIOR_OFFICER, Role.SCHOOL_LEAD),
    "social_worker": (Role.VIRTUAL_SCHOOL_HEAD, Role.NAMED_OFFICER),
    "safeguarding_lead": (Role.SAFEGUARDING_LEAD,),
    "controller": (Role.DATA_OFFICER, Role.ADMINISTRATOR),
    "parent": (),
}
"""Which roles of the organisation that owes a duty it is for: what one person, or a team of a role, has on their list."""


class DueFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which duties; whatever is left out does not matter."""

    state: tuple[State, ...] = ()
    rule: tuple[str, ...] = ()
    owner: tuple[Owner, ...] = ()
    child_id: UUID | None = None
    placement_id: UUID | None = None
    provider_id: UUID | None = None
    organisation_id: UUID | None = None
    """Who owes it."""
    role: Role | None = None
    """A team: what falls to this role in the organisation that owes it."""
    person_id: str = ""
    """What falls to a person by the roles that they hold now."""
    due_from: date | None = None
    due_to: date | None = None


class DueRow(DueColumns, frozen=True, kw_only=True):
    """A duty as it is listed."""

    state: State
    """How it stands on the day asked."""
    missed: bool
    """Whether its day went by before it was done: made good since, or still open."""
    days_overdue: int
    """Days between its last day and the day it was done, or the day asked; 0 or less is in time."""
    true_from: date | None
    """For a finding: the day on which it first became true, the one after its last day."""
    given_names: str | None
    family_name: str | None
    stage: Stage | None
    """Where the placement stands that it is about."""
    provider_name: str | None
    organisation_name: str | None

    what: str = ""
    """What must be done, in words."""
    because: str = ""
    """What set it off, in words."""
    source: str = ""
    """Which law, guidance or choice says so."""


class Fallen(DueColumns, frozen=True, kw_only=True):
    """A duty that crossed one of its instants while it was open."""

    became: Literal["due_soon", "due", "overdue"]
    at: datetime
    """When: London midnight, or the moment it became known if its day had gone by then."""


FELL: LiteralString = """
    SELECT * FROM (
        (SELECT d.*, 'due_soon' AS became, d.soon_at AS at FROM due d
        WHERE d.soon_at > %(after)s AND d.soon_at <= %(until)s AND d.soon_at < d.due_at AND d.done_on IS NULL
            AND (d.lapsed_on IS NULL OR d.lapsed_on > d.soon_on))
        UNION ALL
        (SELECT d.*, 'due', d.due_at FROM due d
        WHERE d.due_at > %(after)s AND d.due_at <= %(until)s AND d.due_at < d.overdue_at AND d.done_on IS NULL
            AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on))
        UNION ALL
        (SELECT d.*, 'overdue', d.overdue_at FROM due d
        WHERE d.overdue_at > %(after)s AND d.overdue_at <= %(until)s AND d.done_on IS NULL
            AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on))
    ) fell ORDER BY at, duty_id
"""
FIRST_DAY = date(1, 1, 1)
ALL = DueFilter()


class Due:
    """The duties that a person may know of."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar) -> None:
        self._asking, self._marks, self._progress = asking, marks, progress

    def page(
        self,
        scope: Scope,
        which: DueFilter = ALL,
        *,
        on: date,
        missed: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[DueRow]:
        """Duties as they stand on a day, the longest due first. `missed` leaves only findings: those whose day went by undone.

        Raises BadMark and Unavailable.
        """
        position = self._progress.position
        key, id = self._marks.read("due", after)
        asked = {
            "after_on": date.fromisoformat(key) if key else FIRST_DAY,
            "after_id": id,
            "limit": within(limit) + 1,
        }
        rows = self._asking.rows(DueRow, PAGE, asked | _asked(scope, which, on, missed))
        found = [_in_words(row) for row in rows]
        return self._marks.page(
            "due", found, within(limit), lambda row: (row.due_on.isoformat(), row.duty_id), position
        )

    def counts(
        self, scope: Scope, which: DueFilter = ALL, *, on: date, missed: bool = False
    ) -> dict[State, int]:
        """How many duties there are in each state. Raises Unavailable."""
        found = self._asking.plain_rows(COUNTS, _asked(scope, which, on, missed))
        by_state = {row["state"]: row["found"] for row in found}
        return {state: by_state.get(state.value, 0) for state in State}

    def fell_due(self, after: datetime, until: datetime) -> list[Fallen]:
        """What became due soon, due or overdue after one instant and by another, and is still open, in that order.

        A duty is named by its id, which stays the same: whoever acts on it can see that they acted already. One that became known
        when its day had gone by is overdue from that moment. Costs what falls due, not what exists. Raises Unavailable.
        """
        return self._asking.rows(Fallen, FELL, {"after": after, "until": until})


def _in_words(row: DueRow) -> DueRow:
    rule = time_rule(row.rule)
    return msgspec.structs.replace(row, what=rule.obligation, because=rule.trigger, source=rule.source)


def _asked(scope: Scope, which: DueFilter, on: date, missed: bool) -> dict[str, Any]:
    asked = msgspec.structs.asdict(which) | days_of(which.state, on, which.due_from, which.due_to)
    asked |= {name: [str(one) for one in asked[name]] or None for name in ("rule", "owner")}
    role = asked.pop("role")
    asked["role_owners"] = [owner for owner, roles in ROLES.items() if role in roles] if role else None
    asked["owners_of_roles"] = msgspec.json.encode(ROLES).decode()
    asked |= {"on": on, "missed": missed, "provider_sees": list(SEEN_BY_PROVIDERS)}
    return asked | scope_parameters(scope)
