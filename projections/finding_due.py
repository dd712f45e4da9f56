"""What is asked of the due list: what is due, for whom, by when and under which rule; and what fell due between two instants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from domain.deadlines.time_rule import Owner
from domain.duties.duty import State
from domain.people import Role, Scope
from domain.time_rules import time_rule
from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE, Asking, scope_parameters
from projections.due import DueColumns
from projections.paging import Marks, Page, within
from projections.progress import HowFar

OPEN_STATES = (State.OVERDUE, State.DUE, State.DUE_SOON)
"""What someone has to look at now."""

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


STATE: LiteralString = """
    CASE
        WHEN d.done_on <= %(on)s THEN CASE WHEN d.done_on <= d.due_on THEN 'done' ELSE 'done_late' END
        WHEN d.lapsed_on <= %(on)s THEN 'lapsed'
        WHEN d.due_on < %(on)s THEN 'overdue'
        WHEN d.due_on = %(on)s THEN 'due'
        WHEN d.soon_on <= %(on)s THEN 'due_soon'
        ELSE 'ahead'
    END
"""
MISSED: LiteralString = """ (
    d.due_on < %(on)s AND (d.done_on IS NULL OR d.done_on > d.due_on) AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on)
    AND d.owner <> 'parent'
) """
JOINED: LiteralString = """
    FROM due d
    LEFT JOIN caseload p ON p.placement_id = d.placement_id
    LEFT JOIN children c ON c.child_id = d.child_id
    LEFT JOIN directory used ON used.provider_id = d.provider_id
    LEFT JOIN organisations o ON o.organisation_id = d.organisation_id
    WHERE """
# A party to the duty first, which indexes hold; then whether they may know of the placement or child at all.
IN_SCOPE: LiteralString = (
    """ (
    %(everything)s OR (
        (
            d.commissioner_id = ANY(%(organisations)s) OR d.authority_id = ANY(%(organisations)s)
            OR d.home_school_id = ANY(%(organisations)s) OR d.organisation_id = ANY(%(organisations)s)
            OR (d.provider_id = %(provider)s AND d.rule = ANY(%(provider_sees)s))
            OR (d.file_id = d.provider_id AND d.provider_id IN (
                SELECT a.provider_id FROM agreements a WHERE a.commissioner_id = ANY(%(organisations)s)
            ))
        ) AND CASE
            WHEN d.placement_id IS NOT NULL THEN """
    + PLACEMENT_IN_SCOPE
    + """
            WHEN d.file_id = d.child_id THEN """
    + CHILD_IN_SCOPE
    + """
            WHEN d.file_id = d.organisation_id THEN d.organisation_id = ANY(%(organisations)s)
            ELSE true
        END
    )
) """
)
"""Whether the duty `d` is in a person's scope."""
# What could be in a state is first narrowed by days, which an index holds; the state itself is worked out from them.
WANTED: LiteralString = (
    """
    AND (%(state)s::text[] IS NULL OR """
    + STATE
    + """ = ANY(%(state)s))
    AND (%(only_open)s IS FALSE OR (d.soon_on <= %(on)s AND (d.done_on IS NULL OR d.done_on > %(on)s)))
    AND (%(missed)s IS FALSE OR """
    + MISSED
    + """)
    AND (%(rule)s::text[] IS NULL OR d.rule = ANY(%(rule)s))
    AND (%(owner)s::text[] IS NULL OR d.owner = ANY(%(owner)s))
    AND (%(child_id)s::uuid IS NULL OR d.child_id = %(child_id)s)
    AND (%(placement_id)s::uuid IS NULL OR d.placement_id = %(placement_id)s)
    AND (%(provider_id)s::uuid IS NULL OR d.provider_id = %(provider_id)s)
    AND (%(organisation_id)s::uuid IS NULL OR d.organisation_id = %(organisation_id)s)
    AND (%(due_from)s::date IS NULL OR d.due_on >= %(due_from)s)
    AND (%(due_to)s::date IS NULL OR d.due_on <= %(due_to)s)
    AND (%(role_owners)s::text[] IS NULL OR d.owner = ANY(%(role_owners)s))
    AND (%(person_id)s = '' OR EXISTS (
        SELECT FROM grants g LEFT JOIN organisations held ON held.organisation_id = g.organisation_id
        WHERE g.person_id = %(person_id)s AND (g.until IS NULL OR g.until >= %(on)s)
            AND (g.organisation_id = d.organisation_id OR (d.owner = 'provider' AND held.provider_id = d.provider_id))
            AND %(owners_of_roles)s::jsonb -> d.owner ? g.role
    ))
"""
)
ROWS: LiteralString = (
    "SELECT d.*, "
    + STATE
    + " AS state, "
    + MISSED
    + """ AS missed,
        coalesce(CASE WHEN d.done_on <= %(on)s THEN d.done_on END, %(on)s::date) - d.due_on AS days_overdue,
        CASE WHEN """
    + MISSED
    + """ THEN d.due_on + 1 END AS true_from,
        c.given_names, c.family_name, used.name AS provider_name, o.name AS organisation_name
    """
    + JOINED
)
PAGE: LiteralString = (
    ROWS
    + IN_SCOPE
    + WANTED
    + """
    AND (d.due_on, d.duty_id) > (%(after_on)s, %(after_id)s)
    ORDER BY d.due_on, d.duty_id LIMIT %(limit)s
"""
)
COUNTS: LiteralString = (
    "SELECT " + STATE + " AS state, count(*) AS found " + JOINED + IN_SCOPE + WANTED + " GROUP BY 1"
)
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
    asked = msgspec.structs.asdict(which)
    asked |= {name: [str(one) for one in asked[name]] or None for name in ("state", "rule", "owner")}
    role = asked.pop("role")
    asked["role_owners"] = [owner for owner, roles in ROLES.items() if role in roles] if role else None
    asked["owners_of_roles"] = msgspec.json.encode(ROLES).decode()
    asked["only_open"] = bool(which.state) and set(which.state) <= set(OPEN_STATES)
    asked |= {"on": on, "missed": missed, "provider_sees": list(SEEN_BY_PROVIDERS)}
    return asked | scope_parameters(scope)
