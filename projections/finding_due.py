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
from domain.working_days import DAY
from projections.asking import Asking, scope_parameters
from projections.due import DueColumns
from projections.due_days import days_of
from projections.due_statements import counts, page
from projections.falling_to import ANYBODY, ROLES, falls_to
from projections.paging import Marks, Page, within
from projections.progress import HowFar

SEEN_BY_PROVIDERS = ("T7", "T16", "T16_first", "T21", "T34_expiry", "T34_dbs", "T34_insurance", "T34_policies",
                     "T34_agreement", "T35", "T40", "T41", "T43", "T47")  # fmt: skip
"""Rules whose duties a provider sees at its own placements and of itself: what it owes, and what it takes part in."""


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
    person_id: str | None = None
    """What falls to a person by the roles that they hold now."""
    due_from: date | None = None
    due_to: date | None = None


class DueRow(DueColumns, frozen=True, kw_only=True):
    """A duty as it is listed."""

    state: State
    """How it stands on the day asked."""
    missed: bool
    """Whether its day went by before it was done: made good since, or still open."""
    days_overdue: int = 0
    """Days between its last day and the day it was done, or the day asked; 0 or less is in time."""
    true_from: date | None = None
    """For a finding: the day on which it first became true, the one after its last day."""
    given_names: str | None
    family_name: str | None
    stage: Stage | None
    """Where the placement stands that it is about."""
    started_on: date | None
    """When that placement started."""
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
        asked = self._asked(scope, which, on, missed)
        if asked is None:
            return Page((), None, position)
        asked |= {
            "after_on": date.fromisoformat(key) if key else FIRST_DAY,
            "after_id": id,
            "limit": within(limit) + 1,
        }
        rows = self._asking.rows(DueRow, page(asked), asked)
        found = [_in_words(row, on) for row in rows]
        return self._marks.page(
            "due", found, within(limit), lambda row: (row.due_on.isoformat(), row.duty_id), position
        )

    def counts(
        self, scope: Scope, which: DueFilter = ALL, *, on: date, missed: bool = False
    ) -> dict[State, int]:
        """How many duties there are in each state. Raises Unavailable."""
        asked = self._asked(scope, which, on, missed)
        found = self._asking.plain_rows(counts(asked), asked) if asked is not None else []
        return {state: sum(row["found"] for row in found if row["state"] == state) for state in State}

    def fell_due(self, after: datetime, until: datetime) -> list[Fallen]:
        """What became due soon, due or overdue after one instant and by another, and is still open, in that order.

        A duty is named by its id, which stays the same: whoever acts on it can see that they acted already. One that became known
        when its day had gone by is overdue from that moment. Costs what falls due, not what exists. Raises Unavailable.
        """
        return self._asking.rows(Fallen, FELL, {"after": after, "until": until})

    def _asked(self, scope: Scope, which: DueFilter, on: date, missed: bool) -> dict[str, Any] | None:
        """What the statements are asked with; none where it is for a person to whom nothing falls."""
        theirs = ANYBODY if which.person_id is None else falls_to(self._asking, which.person_id, on)
        if which.person_id is not None and not theirs:
            return None
        rules = list(which.rule)
        asked = {
            # One rule is compared by an index while it goes through the days, which is not so of a choice of several.
            "only_rule": rules[0] if len(rules) == 1 else None,
            "rule": rules if len(rules) > 1 else None,
            "owner": [str(owner) for owner in which.owner] or None,
            "role_owners": [owner for owner, roles in ROLES.items() if which.role in roles]
            if which.role is not None
            else None,
            "on": on,
            "missed": missed,
            "provider_sees": list(SEEN_BY_PROVIDERS),
        }
        filters = msgspec.structs.asdict(which) | days_of(which.state, on, which.due_from, which.due_to)
        return filters | asked | theirs.asked | scope_parameters(scope)


def _in_words(row: DueRow, on: date) -> DueRow:
    rule = time_rule(row.rule)
    until = min(row.done_on or on, on)
    return msgspec.structs.replace(
        row,
        what=rule.obligation,
        because=rule.trigger,
        source=rule.source,
        days_overdue=(until - row.due_on).days,
        true_from=row.due_on + DAY if row.missed else None,
    )
