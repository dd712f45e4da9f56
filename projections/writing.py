"""Writes the rows of records into the read models, set by set; the caller says in which transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from history.reading import Reading
from projections.adding import Adding
from projections.gathering import Gathering
from projections.late_recording.keeping import Keeping
from projections.loading_files import AsItWas, as_it_is
from projections.parking import Parked, Parking, lies_in_the_record
from projections.statements import Statements
from projections.table import Row, Table
from projections.telling import Told


class Writer:
    """Puts rows into the tables that a connection finds on its search path."""

    def __init__(
        self, connection: psycopg.Connection[Any], tables: Sequence[Table], history: Reading | None = None
    ) -> None:
        """`history` is for the tables that are gathered from whole files; without it their rows stay as they are."""
        self.connection = connection
        self._since: int | None = None
        """How far the tables had come before what is written next; none while they are filled, and nothing is gathered yet."""
        self._to = 0
        self._any_parked = True
        gathers = history is not None and any(table.gathered for table in tables)
        self._gathering = Gathering(connection, history, self._not_gathered) if gathers and history else None
        names = {table.name for table in tables}
        keeps = history is not None and any(table.of_event for table in tables)
        self._keeping = Keeping(connection, history, names) if keeps and history else None
        # Who lends comes before who borrows.
        self.tables = sorted(tables, key=lambda table: table.borrowed is not None)
        self._statements = {table.name: Statements(table) for table in tables}
        self._parking = Parking(connection, tables)
        self._adding = Adding(connection, [table for table in self.tables if table.of_event])

    def follow(self, rows: Sequence[Any], since: int, any_parked: bool = True) -> None:
        """From a position, at which the tables stand, they are about to be brought beyond all that happened after it.

        `any_parked` says whether any record may be parked.
        """
        self._since, self._to, self._any_parked = since, rows[-1][0], any_parked
        self._adding.follow(since, self._to)
        if self._gathering is not None:
            self._gathering.any_parked = any_parked
            self._gathering.follow(rows, since)

    def write(self, touched: Sequence[Told]) -> None:
        """Make the rows of these records what they should be. Raises psycopg.Error."""
        if touched:
            ids = {"ids": [told.id for told in touched]}
            for table in self.tables:
                if table.kept and any(isinstance(told.record, table.of) for told in touched):
                    self.connection.execute(self._statements[table.name].keep_what_was, ids, prepare=True)
            self._write(touched, ids)
            for table in self.tables:
                if table.borrowed:
                    self.connection.execute(self._statements[table.name].lend, ids, prepare=True)
            self._write_what_leans_on_others(touched, ids["ids"])

    def _write_what_leans_on_others(self, touched: Sequence[Told], ids: list[UUID]) -> None:
        files, since = [], self._since
        if self._gathering is not None and since is not None:
            files = self._gathering.touched(touched, since)
        self._add_entries(touched)
        settled = self._keeping.settle(ids) if self._keeping is not None and since is not None else None
        # While the database says whose the entries are, the duties are worked out here.
        if self._gathering is not None:
            self._gathering.make(files, self._to)
        if self._keeping is not None and settled is not None:
            self._keeping.renew(settled)

    def gather_all(self, as_at: int, as_it_was: AsItWas = as_it_is) -> None:
        """Make every row of the tables that follow from others, once those that they lean on are filled."""
        if self._gathering is not None:
            self._gathering.make_all(as_at, as_it_was)
        if self._keeping is not None:
            self._keeping.make_all()

    def gather_as_at(self, position: int, reached: int) -> None:
        """Make the rows as they were at a position, where those there are those of another."""
        if self._gathering is not None:
            self._gathering.make_as_at(position, reached)

    def _not_gathered(self, file_id: UUID, problem: Exception) -> None:
        for table in self.tables:
            if table.gathered:
                self._parking.park(Parked(table.name, Told(file_id, None), problem))

    def write_or_park(self, touched: Sequence[Told]) -> None:
        """The same, in a transaction of its own, and record by record where the database does not take them together."""
        try:
            with self.connection.transaction():
                self.write(touched)
        except psycopg.Error as problem:
            if not lies_in_the_record(problem):
                raise
            self.write_singly(touched)

    def _write(self, touched: Sequence[Told], ids: dict[str, list[UUID]]) -> None:
        if self._any_parked:
            self._parking.clear(ids)
        parked = [
            Parked("", told, told.failure)
            for told in touched
            if told.failure is not None and told.record is None
        ]
        for table in self.tables:
            mine = [told for told in touched if isinstance(told.record, table.of)]
            if mine and not (table.derived or table.of_event):
                parked += self._put(table, mine)
        for entry in parked:
            self._parking.park(entry)

    def _add_entries(self, touched: Sequence[Told]) -> None:
        for entry in self._adding.add(touched):
            self._parking.park(entry)

    def write_singly(self, touched: Sequence[Told]) -> None:
        """The same, record by record, so that one that the database does not take stops no other."""
        self._trust_nothing()
        for told in touched:
            try:
                with self.connection.transaction():
                    self.write([told])
            except psycopg.Error as problem:
                if not lies_in_the_record(problem):
                    raise
                self._trust_nothing()
                for table in self.tables:
                    # What follows from single events, or from other tables, stays right as far as it goes.
                    if isinstance(told.record, table.of) and not (table.of_event or table.derived):
                        self.connection.execute(self._statements[table.name].mark, {"ids": [told.id]})
                        self._parking.park(Parked(table.name, told, problem))

    def _trust_nothing(self) -> None:
        """What was written, or parked, may be lost."""
        self._any_parked = True
        self._adding.trust_nothing()
        if self._gathering is not None:
            self._gathering.any_parked = True
            self._gathering.trust_nothing()

    def load(self, touched: Iterable[Told]) -> None:
        """Put the rows of records into new tables. Borrowed columns are filled in by `lend_all`."""
        batch: list[Told] = []
        for told in touched:
            batch.append(told)
            if len(batch) == 1_000:
                self._load(batch)
                batch = []
        self._load(batch)

    def lend_all(self) -> None:
        """Fill in every borrowed column that is not what it should be."""
        for table in self.tables:
            if table.borrowed:
                self.connection.execute(self._statements[table.name].lend_all)

    def _load(self, batch: Sequence[Told]) -> None:
        try:
            with self.connection.transaction():
                self._write(batch, {"ids": []})
                self._add_entries(batch)
        except psycopg.Error as problem:
            if not lies_in_the_record(problem):
                raise
            self.write_singly(batch)

    def _put(self, table: Table, touched: Sequence[Told]) -> list[Parked]:
        """Returns those whose rows could not be worked out: theirs stay as they were, marked stale."""
        statements = self._statements[table.name]
        rows: list[Row] = []
        ids, failed, parked = [], [], []
        for told in touched:
            try:
                made = list(table.rows(told.record, told.position))
            except Exception as problem:
                failed.append(told.id)
                parked.append(Parked(table.name, told, problem))
                continue
            ids.append(told.id)
            if told.failure is not None:
                made = [msgspec.structs.replace(row, stale=True) for row in made]
                parked.append(Parked(table.name, told, told.failure))
            rows += made
        if table.several:
            keys = [tuple(getattr(row, column) for column in table.key) for row in rows]
            self.connection.execute(statements.keep, {"ids": ids, "keys": _json(keys)}, prepare=True)
        if rows:
            self.connection.execute(statements.put, {"rows": _json(rows)}, prepare=True)
        if failed:
            self.connection.execute(statements.mark, {"ids": failed})
        return parked


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
