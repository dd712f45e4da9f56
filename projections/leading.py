"""What the one who follows does with each page of the history: the rows and the position change together.

Rows that follow from one record are there first. Those that are put together from whole files are written in a transaction of their
own, right after it and from the same page, so that nobody waits for them who does not ask for them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from history.collecting import nothing_collected
from history.reading import Reading
from projections import kept_rows
from projections.forgetting import MARK, carry_out, records_about, touched_as_well
from projections.memory import Memory
from projections.parking import lies_in_the_record
from projections.table import Table
from projections.tables import teller_for
from projections.tables_in_step import Place, TablesInStep
from projections.telling import Told
from projections.together import together
from projections.writing import Writer

PAGE = 2_000
"""Events of one transaction, when it is behind. When it is not, there is one at a time. With 500 half of the time went on what each
transaction costs, whatever is in it; beyond this little is won, and whoever waits for one of them waits longer."""

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
        self._in_step = TablesInStep(connection, tables)
        self._plans = ""
        later = {table.name for table in tables if table.later}
        self._turns = [turn for turn in (self.tables.keys() - later, later) if turn]
        """Which tables are written in each transaction of a page."""
        self._writers: dict[frozenset[str], Writer] = {}
        self._built: set[datetime | None] = set()
        self.position = 0
        self._all_here = False
        """Whether all tables were left at this position, so that they need not be looked at before the next page."""
        self.forgotten = 0
        self._erased: list[UUID] = []
        """The records about children of whom words were erased in the page that is being taken in."""
        self.follows = False
        """Whether there is a read model to follow with; each may have to be rebuilt first."""

    def step(self) -> bool:
        """Take in the next page; whether there was one. Raises psycopg.Error and Unavailable."""
        with nothing_collected():
            # Whatever became of the tables meanwhile, it shows when they are locked.
            rows = self.teller.rows_after(self.position, self.page) if self._all_here else []
            if not rows:
                rows = self._look()
            if rows:
                self._all_here = False
                self._read_and_take_in(rows)
        return bool(rows)

    def _look(self) -> list[Any]:
        """The next page of those that are the furthest behind."""
        found = self._in_step.look()
        self.follows = bool(found)
        if not found:
            # All have to be rebuilt first, or a newer version of the service wants them otherwise.
            self._all_here = False
            return []
        reached = sorted({place.position for place in found})
        self.position, self._all_here = reached[0], len(reached) == 1
        self._notice_what_was_rebuilt(found)
        self._forget_if_asked(max(place.forgotten for place in found))
        # Tables that are ahead lie still until the others are where they are: what leans on them finds them in step.
        most = self.page if self._all_here else min(self.page, reached[1] - reached[0])
        return self.teller.rows_after(self.position, most)

    def _read_and_take_in(self, rows: Sequence[Any]) -> None:
        page = self.teller.read_each(rows)
        erased = carry_out(self.history, page)
        self._erased = records_about(self.history, erased)
        if erased:
            # What was read a moment ago may have words in it that are erased now.
            self._remember_nothing()
            page = self.teller.read_each(rows)
        self._plan_for(len(page))
        touched = self.memory.advance(page)
        if erased:
            touched += touched_as_well(self.teller, self._erased, touched, page[-1].position)
            self.connection.execute(MARK)
            self.forgotten += 1
        self._take_in(touched, rows)

    def _take_in(self, touched: Sequence[Told], rows: Sequence[Any]) -> None:
        # What is in no table, such as who looked at what, keeps nobody waiting: one transaction will do.
        for turn in self._turns if touched else [self.tables.keys()]:
            try:
                with together(self.connection):
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
        found = self._in_step.lock()
        if found and self._forget_if_asked(max(place.forgotten for place in found)):
            return False
        to = rows[-1][0]
        if any(place.position < to and place.position != self.position for place in found):
            # Somebody put a table back, or in its place another that has not come as far: it has to catch up first.
            return False
        names = [place.name for place in found if place.position == self.position and place.name in turn]
        if not names:
            return True
        # Who waited for a rebuild to end does not see yet whom it parked.
        any_parked = self._notice_what_was_rebuilt(found) or any(place.any_parked for place in found)
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
        self._in_step.move(names, to, found)
        self._all_here = all(place.name in names or place.position == to for place in found)
        return True

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

    def _writer(self, names: frozenset[str]) -> Writer:
        if names not in self._writers:
            self._writers[names] = Writer(
                self.connection, [self.tables[name] for name in names], self.history
            )
        return self._writers[names]
