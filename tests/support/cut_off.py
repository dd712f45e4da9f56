"""A store that never received later events, and everything that lists can say, so that two stores can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

from domain.people import Scope
from history.store import History
from projections.leading import Leading
from projections.reading import Lists
from projections.tables import TABLES
from tests.support.postgres import PREPARED, TestPostgres

KEYS = ("history.keys", "id, subject, category, wrapped, master, created_at")
EVENTS = ("history.events", "originator_id, originator_version, topic, state, notification_id")


@contextmanager
def cut_off(postgres: TestPostgres, dsn: str, position: int) -> Iterator[str]:
    """The DSN of another database with the first events of this one, as its keys are now, and read models that follow them."""
    with (
        postgres.database(PREPARED) as other,
        psycopg.connect(dsn) as source,
        psycopg.connect(other) as target,
    ):
        copy(source, target, *KEYS, sql.SQL("true"))
        copy(source, target, *EVENTS, sql.SQL("notification_id <= {}").format(position))
        target.commit()
        yield other


def copy(
    source: psycopg.Connection, target: psycopg.Connection, table: str, columns: str, which: sql.Composable
) -> None:
    """Copy rows from one database into another."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns.split(", ")))
    place = sql.Identifier(*table.split("."))
    out = sql.SQL("COPY (SELECT {} FROM {} WHERE {}) TO STDOUT").format(names, place, which)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(place, names)
    with source.cursor().copy(out) as rows, target.cursor().copy(into) as taken:
        for row in rows:
            taken.write(row)


def follow(dsn: str, history: History) -> None:
    """Bring the read models up to the head."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        leading = Leading(connection, history, TABLES)
        while leading.step():
            pass


def all_lists(lists: Lists, scopes: Iterable[Scope], day: date, ids: Iterable[UUID] = ()) -> dict[str, Any]:
    """What every list, count and search says to these people on a day."""
    said: dict[str, Any] = {}
    for scope in scopes:
        caseload = lists.caseload.page(scope, limit=200).rows
        said[f"caseload {scope}"] = caseload
        said[f"counts {scope}"] = lists.caseload.counts(scope)
        said[f"children {scope}"] = lists.children.page(scope, limit=200).rows
        said[f"count of children {scope}"] = lists.children.count(scope)
        said[f"directory {scope}"] = lists.directory.page(scope, on=day, limit=200).rows
        said[f"count of providers {scope}"] = lists.directory.count(scope)
        said[f"agreements {scope}"] = lists.agreements.page(scope, on=day, limit=200).rows
        said[f"organisations {scope}"] = lists.organisations.page(scope, limit=200).rows
        said[f"due {scope}"] = lists.due.page(scope, on=day, limit=200).rows
        said[f"attendance {scope}"] = [lists.attendance.of_placement(scope, r.placement_id) for r in caseload]
        said[f"known {scope}"] = sorted(lists.knowing.of(scope, list(ids)))
    told: dict[str, Any] = msgspec.to_builtins(said, str_keys=True)
    return told
