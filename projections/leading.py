"""What the one who follows does with each page of the history: the rows and the position change together.

Rows that follow from one record are there first. Those that are put together from whole files are written in a transaction of their
own, right after it and from the same page, so that nobody waits for them who does not ask for them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from history.collecting import nothing_collected
from history.reading import Reading
from projections import kept_rows
from projections.forgetting import MARK, carry_out, records_about, touched_as_well
from projections.memory import Memory
from projections.parking import lies_in_the_record
from projections.progress import reached_in_words
from projections.table import Table
from projections.tables import teller_for
from projections.telling import Told
from projections.writing import Writer

PAGE = 2_000
"""Events of one transaction, when it is behind. When it is not, there is one at a time. With 500 half of the time went on what each
transaction costs, whatever is in it; beyond this little is won, and whoever waits for one of them waits longer."""

# The same tables are asked for with every event, so their names are part of the statement.
PLACES = """
    SELECT name, position, forgotten, built_at, EXISTS (SELECT FROM parked) FROM positions
    WHERE name = ANY({names}) AND shape = wanted AND wanted = ANY({shapes})
"""
LOCKED = PLACES + " ORDER BY name FOR UPDATE"
MOVE = """
    WITH moved AS (UPDATE positions SET position = %(to)s WHERE name = ANY({names}))
    SELECT pg_notify('read_models_reached', %(reached)s)
"""
FEW = 20
"""Up to so many events the database takes the plans that it has: to plan anew would cost more than the work."""


class Place(NamedTuple):
    """How far a table has come."""

    name: str
    position: int
    forgotten: int
    built_at: datetime | None
    any_parked: bool
    """Whether any record is parked, whoever could not follow it."""


class Leading:
    """What the one who leads does, page after page, on the connection that holds the lead."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        history: Reading,
        tables: Sequence[Table],
        page: int = PAGE,
    ) -> None:
        self.connection, self.page = connection, page
        self.history, self.teller = history, teller_for(history, tables)
        self.memory = Memory(self.teller)
        self.tables = {table.name: table for table in tables}
        mine = {
            "names": sql.Literal(list(self.tables)),
            "shapes": sql.Literal([table.shape for table in tables]),
        }
        self._places = sql.SQL(PLACES).format(**mine).as_bytes(connection)
        self._locked = sql.SQL(LOCKED).format(**mine).as_bytes(connection)
        self._plans = ""
        later = {table.name for table in tables if table.later}
        self._later = later
        self._turns = [turn for turn in (self.tables.keys() - later, later) if turn]
        """Which tables are written in each transaction of a page."""
        self._writers: dict[frozenset[str], Writer] = {}
        self._moves: dict[frozenset[str], bytes] = {}
        self._built: set[datetime | None] = set()
        self.position = 0
        self.forgotten = 0
        self._erased: list[UUID] = []
        """The records about children of whom words were erased in the page that is being taken in."""
        self.follows = False
        """Whether there is a read model to follow with; each may have to be rebuilt first."""

    def step(self) -> bool:
        """Take in the next page; whether there was one. Raises psycopg.Error and Unavailable."""
        found = self._in_step(self.connection.execute(self._places, prepare=True).fetchall())
        self.follows = bool(found)
        if not found:
            # All have to be rebuilt first, or a newer version of the service wants them otherwise.
            return False
        reached = sorted({place.position for place in found})
        self.position = reached[0]
        self._notice_what_was_rebuilt(found)
        # Tables that are ahead lie still until the others are where they are: what leans on them finds them in step.
        most = min(self.page, reached[1] - reached[0]) if len(reached) > 1 else self.page
        self._forget_if_asked(max(place.forgotten for place in found))
        with nothing_collected():
            rows = self.teller.rows_after(self.position, most)
            page = self.teller.read_each(rows)
            erased = carry_out(self.history, page)
            self._erased = records_about(self.history, erased)
            if erased:
                # What was read a moment ago may have words in it that are erased now.
                self._remember_nothing()
                page = self.teller.read_each(rows)
            if page:
                self._plan_for(len(page))
                touched = self.memory.advance(page)
                if erased:
                    touched += touched_as_well(self.teller, self._erased, touched, page[-1].position)
                    self.connection.execute(MARK)
                    self.forgotten += 1
                self._take_in(touched, rows)
        return bool(page)

    def _take_in(self, touched: Sequence[Told], rows: Sequence[Any]) -> None:
        # What is in no table, such as who looked at what, keeps nobody waiting: one transaction will do.
        for turn in self._turns if touched else [self.tables.keys()]:
            try:
                # Statements travel together, but for those whose answers are needed.
                with self.connection.pipeline(), self.connection.transaction():
                    holds = self._write(turn, touched, rows, singly=False)
            except psycopg.Error as problem:
                if not lies_in_the_record(problem):
                    raise
                with self.connection.transaction():
                    holds = self._write(turn, touched, rows, singly=True)
            if not holds:
                return
        self.position = rows[-1][0]

    def _plan_for(self, events: int) -> None:
        plans = "force_generic_plan" if events <= FEW else "auto"
        if plans != self._plans:
            self.connection.execute("SELECT set_config('plan_cache_mode', %s, false)", [plans])
            self._plans = plans

    def _write(self, turn: Set[str], touched: Sequence[Told], rows: Sequence[Any], singly: bool) -> bool:
        """Whether what was read still holds; if not, the page is read again for all that have not taken it in."""
        # The lock on these rows is what keeps two from writing the same page, and a rebuilt table from being missed.
        found = self._in_step(self.connection.execute(self._locked, prepare=True).fetchall())
        if found and self._forget_if_asked(max(place.forgotten for place in found)):
            return False
        names = [place.name for place in found if place.position == self.position and place.name in turn]
        if not names:
            return True
        # Who waited for a rebuild to end does not see yet whom it parked.
        any_parked = self._notice_what_was_rebuilt(found) or any(place.any_parked for place in found)
        to = rows[-1][0]
        if touched:
            writer = self._writer(frozenset(names))
            writer.follow(rows, self.position, any_parked)
            (writer.write_singly if singly else writer.write)(touched)
        else:
            for writer in self._writers.values():
                writer.follow(rows, self.position, any_parked)
        for name in names if self._erased else ():
            if self.tables[name].kept:
                kept_rows.forget(self.connection, self.tables[name], self._erased)
        reached = {place.name: to if place.name in names else place.position for place in found}
        told = reached_in_words(reached, self._later)
        self.connection.execute(self._move(frozenset(names)), {"to": to, "reached": told}, prepare=True)
        return True

    def _in_step(self, found: Sequence[Any]) -> list[Place]:
        """Without the tables that lean on one that waits to be rebuilt: they wait with it, and catch up afterwards."""
        names = {name for name, *_ in found}
        return [Place(*row) for row in found if names.issuperset(self.tables[row[0]].leans_on)]

    def _notice_what_was_rebuilt(self, found: Sequence[Place]) -> bool:
        """Whether another table stands in the place of one since this was last asked; then nothing that was written counts."""
        built = {place.built_at for place in found}
        rebuilt, self._built = built != self._built, built
        if rebuilt:
            self._writers.clear()
        return rebuilt

    def _remember_nothing(self) -> None:
        self.memory.clear()
        self._writers.clear()

    def _forget_if_asked(self, times: int) -> bool:
        """Whether words were erased since this was last asked; then nothing of them is remembered here."""
        asked, self.forgotten = times != self.forgotten, times
        if asked:
            self._remember_nothing()
            self.history.mapper.keys.let_go()
        return asked

    def _move(self, names: frozenset[str]) -> bytes:
        if names not in self._moves:
            moved = sql.SQL(MOVE).format(names=sql.Literal(sorted(names)))
            self._moves[names] = moved.as_bytes(self.connection)
        return self._moves[names]

    def _writer(self, names: frozenset[str]) -> Writer:
        if names not in self._writers:
            self._writers[names] = Writer(
                self.connection, [self.tables[name] for name in names], self.history
            )
        return self._writers[names]
