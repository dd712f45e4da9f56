"""What is asked of the directory: who could teach a child with these needs, and has a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, LiteralString
from uuid import UUID, uuid4

import msgspec

from domain.people import Scope
from domain.thresholds import ChildHours, RegistrationRule, must_be_registered
from projections.asking import Asking, scope_parameters
from projections.directory import ProviderColumns
from projections.names import patterns
from projections.paging import Marks, Page, within
from projections.places import PlaceTaken
from projections.progress import HowFar

LAWFUL = ("registered_school", "further_education")
"""Settings that need no further registration as a school (Education Act 1996 s.463)."""


class ProviderRow(ProviderColumns, frozen=True, kw_only=True):
    """A provider as listed, with its places over all commissioners."""

    places_taken: int
    places_free: int | None
    """None where the provider has published no offer."""
    hours_of_all: float
    """Taught hours a week of all children together."""
    children_full_time: int
    """Of compulsory school age, with more hours a week than the registration rule allows (DfE: 18)."""
    must_register: str
    """Why it would have to be a registered school as things are; empty where it need not, or is one."""
    one_more_would: bool
    """Whether one more child full-time would make it one; false where it is registered."""
    one_more_with_plan_or_looked_after_would: bool
    """The same, of a child with an EHC plan or looked after."""


class Found(ProviderColumns, frozen=True, kw_only=True):
    """What the tables tell, before the registration rule is asked."""

    places_taken: int
    hours_of_all: float
    children: tuple[PlaceTaken, ...]


class ProviderFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which providers; whatever is left out does not matter."""

    name: str = ""
    needs: tuple[str, ...] = ()
    """SEN types, all of which it can meet."""
    age: int | None = None
    """A child's age in years."""
    free_places: int | None = None
    """At least so many."""
    approved: bool | None = None
    registered: bool | None = None
    usable: bool | None = None
    """Neither suspended nor removed."""


ROWS: LiteralString = """
    SELECT d.*, coalesce(t.taken, 0) AS places_taken, coalesce(t.hours_per_week, 0) AS hours_of_all,
        coalesce(t.children, '[]') AS children
    FROM directory d LEFT JOIN places t ON t.places_id = d.places_id
    WHERE (%(everything)s OR cardinality(%(organisations)s::uuid[]) > 0 OR d.provider_id = %(provider)s)
"""
WANTED: LiteralString = """
    AND (%(needs)s::text[] IS NULL OR d.needs @> %(needs)s)
    AND (%(age)s::int IS NULL OR %(age)s BETWEEN d.age_from AND d.age_to)
    AND (%(free_places)s::int IS NULL OR d.places - coalesce(t.taken, 0) >= %(free_places)s)
    AND (%(approved)s::boolean IS NULL OR (d.approval = 'approved') = %(approved)s)
    AND (%(registered)s::boolean IS NULL OR (coalesce(d.registration, '') = 'registered_school') = %(registered)s)
    AND (%(usable)s::boolean IS NULL OR (d.suspended = '' AND d.removed = '') = %(usable)s)
    AND (%(name)s::text[] IS NULL OR d.name_key LIKE ALL(%(name)s))
"""
PAGE: LiteralString = (
    ROWS
    + WANTED
    + """
    AND (d.name_key, d.provider_id) > (%(after_key)s COLLATE "C", %(after_id)s)
    ORDER BY d.name_key, d.provider_id LIMIT %(limit)s
"""
)
ONE: LiteralString = ROWS + "AND d.provider_id = %(provider_id)s"
COUNT: LiteralString = "SELECT count(*) AS found FROM (" + ROWS + WANTED + ") AS wanted"
NAMES: LiteralString = """
    SELECT d.provider_id, d.name FROM directory d
    WHERE d.provider_id = ANY(%(ids)s)
        AND (%(everything)s OR cardinality(%(organisations)s::uuid[]) > 0 OR d.provider_id = %(provider)s)
"""
IDS: LiteralString = "SELECT provider_id FROM directory ORDER BY provider_id"
ANY_PROVIDER = ProviderFilter()


class Directory:
    """The providers. Commissioners see all of them, a provider's person their own."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar) -> None:
        self._asking, self._marks, self._progress = asking, marks, progress

    def page(
        self,
        scope: Scope,
        which: ProviderFilter = ANY_PROVIDER,
        *,
        on: date,
        rule: RegistrationRule | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[ProviderRow]:
        """Providers by name, a page at a time; `rule` is the registration rule as published on that day. Raises BadMark and Unavailable."""
        position = self._progress.position
        key, id = self._marks.read("directory", after)
        asked = {"after_key": key, "after_id": id, "limit": within(limit) + 1}
        found = self._asking.rows(Found, PAGE, asked | scope_parameters(scope) | _wanted(which))
        rows = [_weighed(row, on, rule) for row in found]
        return self._marks.page(
            "directory", rows, within(limit), lambda row: (row.name_key, row.provider_id), position
        )

    def get(
        self, scope: Scope, provider_id: UUID, *, on: date, rule: RegistrationRule | None = None
    ) -> ProviderRow | None:
        """One provider. Raises Unavailable."""
        asked = {"provider_id": provider_id} | scope_parameters(scope)
        return next((_weighed(row, on, rule) for row in self._asking.rows(Found, ONE, asked)), None)

    def names(self, scope: Scope, ids: Collection[UUID]) -> dict[UUID, str]:
        """What those of these providers are called of which the asker may know. Raises Unavailable."""
        rows = self._asking.plain_rows(NAMES, {"ids": list(ids)} | scope_parameters(scope))
        return {row["provider_id"]: row["name"] for row in rows}

    def ids(self) -> list[UUID]:
        """Every provider there is: commissioners may know of all. Raises Unavailable."""
        return [row["provider_id"] for row in self._asking.plain_rows(IDS, {})]

    def count(self, scope: Scope, which: ProviderFilter = ANY_PROVIDER) -> int:
        """How many providers. Raises Unavailable."""
        found = self._asking.plain_rows(COUNT, scope_parameters(scope) | _wanted(which))
        return int(found[0]["found"])


def _wanted(which: ProviderFilter) -> dict[str, Any]:
    return msgspec.structs.asdict(which) | {"name": patterns(which.name), "needs": list(which.needs) or None}


def _weighed(found: Found, on: date, rule: RegistrationRule | None) -> ProviderRow:
    """Ask the registration rule, which depends on the day."""
    children = [
        ChildHours(c.child_id, c.hours_per_week, c.ehc_plan, c.looked_after, c.compulsory_age)
        for c in found.children
    ]
    now = must_be_registered(children, on, rule)
    lawful = found.registration in LAWFUL
    columns = {name: getattr(found, name) for name in found.__struct_fields__ if name != "children"}
    return ProviderRow(
        **columns,
        places_free=None if found.places is None else found.places - found.places_taken,
        children_full_time=now.full_time,
        must_register="" if lawful else now.why,
        one_more_would=not lawful and not now.must_register and _would(children, on, rule, vulnerable=False),
        one_more_with_plan_or_looked_after_would=not lawful
        and not now.must_register
        and _would(children, on, rule, vulnerable=True),
    )


def _would(children: Sequence[ChildHours], on: date, rule: RegistrationRule | None, vulnerable: bool) -> bool:
    full_week = 40.0
    one_more = ChildHours(uuid4(), full_week, vulnerable, looked_after=False, compulsory_age=True)
    return must_be_registered([*children, one_more], on, rule).must_register
