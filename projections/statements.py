"""The statements that write one read model, put together from the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import sql

from projections import kept_rows
from projections.table import Table


class Statements:
    """The statements of one table, as bytes: to put them together anew each time would cost more than to send them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        name, own = sql.Identifier(table.name), _names(table.columns)
        key = _names(table.key)
        names = {"table": name, "own": own, "key": key, "record": sql.Identifier(table.record)}
        self.put = _PUT.format(**names, **self._borrowing(), told=_names(table.columns, "r")).as_bytes()
        self.mark = (
            sql.SQL("UPDATE {table} SET stale = true WHERE {record} = ANY(%(ids)s)")
            .format(**names)
            .as_bytes()
        )
        self.keep_what_was = kept_rows.keeping(table) if table.kept else b""
        self.keep = _KEEP.format(**names).as_bytes()
        self.newest = _NEWEST.format(**names).as_bytes()
        self.lend_all = self._lend(sql.SQL("")).as_bytes()
        self.lend = self._lend(sql.SQL("AND l.{key} = ANY(%(ids)s)")).as_bytes()

    def _borrowing(self) -> dict[str, sql.Composable]:
        borrowed, own = self.table.borrowed, list(self.table.columns)
        lent = list(borrowed.columns) if borrowed else []
        changed = [column for column in own + lent if column not in self.table.key]
        join = (
            sql.SQL("LEFT JOIN {} l ON l.{} = r.{}").format(
                sql.Identifier(borrowed.lender), sql.Identifier(borrowed.key), sql.Identifier(borrowed.key)
            )
            if borrowed
            else sql.SQL("")
        )
        return {
            "all": _names([*own, *lent]),
            "lent": sql.SQL("").join(
                sql.SQL(", " + worth) for worth in (borrowed.columns.values() if borrowed else ())
            ),
            "join": join,
            "changed": _names(changed),
            "new": _names(changed, "excluded"),
        }

    def _lend(self, whose: sql.SQL) -> sql.Composed:
        borrowed = self.table.borrowed
        if borrowed is None:
            return sql.Composed([])
        return _LEND.format(
            table=sql.Identifier(self.table.name),
            lender=sql.Identifier(borrowed.lender),
            key=sql.Identifier(borrowed.key),
            lent=_names(borrowed.columns),
            held=_names(borrowed.columns, "b"),
            worth=sql.SQL(", ").join(sql.SQL(worth) for worth in borrowed.columns.values()),
            whose=whose.format(key=sql.Identifier(borrowed.key)),
        )


def _names(columns: Iterable[str], of: str = "") -> sql.Composable:
    return sql.SQL(", ").join(
        sql.Identifier(of, column) if of else sql.Identifier(column) for column in columns
    )


# One parameter holds all rows as JSON, and the table's own columns say of what type each value is.
_PUT = sql.SQL("""
    INSERT INTO {table} ({all})
    SELECT {told}{lent} FROM json_populate_recordset(NULL::{table}, %(rows)s::json) AS r {join}
    ON CONFLICT ({key}) DO UPDATE SET ({changed}) = ROW({new})
""")
_KEEP = sql.SQL("""
    DELETE FROM {table} WHERE {record} = ANY(%(ids)s)
    AND jsonb_build_array({key}) NOT IN (SELECT jsonb_array_elements(%(keys)s::jsonb))
""")
_NEWEST = sql.SQL("""
    SELECT asked.id, newest.version FROM unnest(%(ids)s::uuid[]) AS asked (id) CROSS JOIN LATERAL (
        SELECT version FROM {table} WHERE {record} = asked.id ORDER BY version DESC LIMIT 1
    ) AS newest
""")
_LEND = sql.SQL("""
    UPDATE {table} b SET ({lent}) = ROW({worth}) FROM {lender} l
    WHERE l.{key} = b.{key} {whose} AND ROW({held}) IS DISTINCT FROM ROW({worth})
""")
