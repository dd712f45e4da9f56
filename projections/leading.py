"""What the one who follows does with each page of the history: the rows and the position change together.

Rows that follow from one record are there first. Those that are put together from whole files are written in a transaction of their
own, right after it and from the same page, so that nobody waits for them who does not ask for them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any
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
PLACES = "SELECT name, position, forgotten FROM positions WHERE name = ANY({names}) AND shape = wanted AND wanted = ANY({shapes})"
LOCKED = PLACES + " ORDER BY name FOR UPDATE"
MOVE = """
    WITH moved AS (UPDATE positions SET position = %(to)s WHERE name = ANY(%(names)s))
    SELECT pg_notify('read_models_reached', %(reached)s)
"""
FEW = 20
"""Up to so many events the database takes the plans that it has: to plan anew would cost more than the work."""


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
        self.position = 0
        self.forgotten = 0
        self._erased: list[UUID] = []
        """The records about children of whom words were erased in the page that is being taken in."""
        self.follows = False
        """Whether there is a read model to follow with; each may have to be rebuilt first."""

    def step(self) -> bool:
        """Take in the next page; whether there was one. Raises psycopg.Error and Unavailable."""
        found = self._in_step(self.connection.execute(self._places).fetchall())
        self.follows = bool(found)
        if not found:
            # All have to be rebuilt first, or a newer version of the service wants them otherwise.
            return False
        reached = sorted({position for _, position, _ in found})
        self.position = reached[0]
        # Tables that are ahead lie still until the others are where they are: what leans on them finds them in step.
        most = min(self.page, reached[1] - reached[0]) if len(reached) > 1 else self.page
        self._forget_if_asked(max(forgotten for _, _, forgotten in found))
        with nothing_collected():
            page = self.teller.page(self.position, most)
            erased = carry_out(self.history, page)
            self._erased = records_about(self.history, erased)
            if erased:
                # What was read a moment ago may have words in it that are erased now.
                self.memory.clear()
                page = self.teller.page(self.position, most)
            if page:
                to = page[-1].position
                self._plan_for(len(page))
                touched = self.memory.advance(page)
                if erased:
                    touched += touched_as_well(self.teller, self._erased, touched, to)
                    self.connection.execute(MARK)
                    self.forgotten += 1
                self._take_in(touched, to)
        return bool(page)

    def _take_in(self, touched: Sequence[Told], to: int) -> None:
        # What is in no table, such as who looked at what, keeps nobody waiting: one transaction will do.
        for turn in self._turns if touched else [self.tables.keys()]:
            try:
                with self.connection.transaction():
                    holds = self._write(turn, touched, to, singly=False)
            except psycopg.Error as problem:
                if not lies_in_the_record(problem):
                    raise
                with self.connection.transaction():
                    holds = self._write(turn, touched, to, singly=True)
            if not holds:
                return
        self.position = to

    def _plan_for(self, events: int) -> None:
        plans = "force_generic_plan" if events <= FEW else "auto"
        if plans != self._plans:
            self.connection.execute("SELECT set_config('plan_cache_mode', %s, false)", [plans])
            self._plans = plans

    def _write(self, turn: Set[str], touched: Sequence[Told], to: int, singly: bool) -> bool:
        """Whether what was read still holds; if not, the page is read again for all that have not taken it in."""
        # The lock on these rows is what keeps two from writing the same page, and a rebuilt table from being missed.
        found = self._in_step(self.connection.execute(self._locked, prepare=True).fetchall())
        if found and self._forget_if_asked(max(forgotten for _, _, forgotten in found)):
            return False
        names = [name for name, position, _ in found if position == self.position and name in turn]
        if not names:
            return True
        writer = self._writer(frozenset(names))
        writer.since = self.position
        if singly:
            writer.write_singly(touched)
        else:
            writer.write(touched)
        for name in names if self._erased else ():
            if self.tables[name].kept:
                kept_rows.forget(self.connection, self.tables[name], self._erased)
        reached = {name: to if name in names else position for name, position, _ in found}
        told = reached_in_words(reached, self._later)
        self.connection.execute(MOVE, {"names": names, "to": to, "reached": told}, prepare=True)
        return True

    def _in_step(self, found: Sequence[Any]) -> list[Any]:
        """Without the tables that lean on one that waits to be rebuilt: they wait with it, and catch up afterwards."""
        names = {name for name, _, _ in found}
        return [row for row in found if names.issuperset(self.tables[row[0]].leans_on)]

    def _forget_if_asked(self, times: int) -> bool:
        """Whether words were erased since this was last asked; then nothing of them is remembered here."""
        asked, self.forgotten = times != self.forgotten, times
        if asked:
            self.memory.clear()
            self.history.mapper.keys.let_go()
        return asked

    def _writer(self, names: frozenset[str]) -> Writer:
        if names not in self._writers:
            self._writers[names] = Writer(
                self.connection, [self.tables[name] for name in names], self.history
            )
        return self._writers[names]
