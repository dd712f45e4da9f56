"""Backups of a running service, and back again: the history in one file, the keys that open its words in another."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from service.plain_error import PlainError
from service.postgres_binaries import find_postgres

HISTORY, KEYS = "history.dump", "keys.dump"
ERASED = "DELETE FROM history.keys WHERE id IN (SELECT unnest(keys) FROM history.erasures) RETURNING id"
THERE = "SELECT to_regnamespace('history') IS NOT NULL"


def back_up(dsn: str, folder: Path, binaries: Path | None = None) -> int:
    """Write both files, of one and the same moment; the position that they reach. Raises PlainError.

    The read models are left out: they are made from the history.
    """
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise PlainError(f"There is something at {folder} already: name a new folder.") from None
    with psycopg.connect(dsn) as moment:
        moment.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [(snapshot,)] = moment.execute("SELECT pg_export_snapshot()").fetchall()
        [(head,)] = moment.execute("SELECT coalesce(max(notification_id), 0) FROM history.events").fetchall()
        common = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        without = ["--schema=history", "--exclude-table-data=history.keys"]
        _run("pg_dump", dsn, [*common, *without, f"--file={folder / HISTORY}"], binaries)
        only = ["--data-only", "--table=history.keys"]
        _run("pg_dump", dsn, [*common, *only, f"--file={folder / KEYS}"], binaries)
    for name in (HISTORY, KEYS):
        (folder / name).chmod(0o600)
    return int(head)


def restore(owner_dsn: str, history: Path, keys: Path | None, binaries: Path | None = None) -> int:
    """Bring a history back into a database that has none; how many of the keys were left away. Raises PlainError.

    A key that was erased stays away, although an older file of keys has it: the history says that it was.
    """
    with psycopg.connect(owner_dsn) as database:
        if database.execute(THERE).fetchone() == (True,):
            raise PlainError("This database has a history already: restore into an empty one.")
    common = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run("pg_restore", owner_dsn, [*common, str(history)], binaries)
    if keys is None:
        return 0
    _run("pg_restore", owner_dsn, [*common, "--data-only", "--table=keys", str(keys)], binaries)
    with psycopg.connect(owner_dsn) as database:
        return len(database.execute(ERASED).fetchall())


def _run(program: str, dsn: str, options: list[str], binaries: Path | None) -> None:
    found = find_postgres(binaries).folder / program
    if not found.exists():
        raise PlainError(f"There is no {program} in {found.parent}: name its folder in PLACEMENTS_PG_BIN.")
    parts = conninfo_to_dict(dsn)
    password = str(parts.pop("password", "") or "")
    # In the environment, because everybody on this computer can read the options of a process.
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(
        [found, "--dbname", make_conninfo("", **parts), *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it said nothing"]
        raise PlainError(f"{program} failed: {said[0]}")
