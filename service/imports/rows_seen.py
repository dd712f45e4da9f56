"""Which rows of a file were seen before, kept in a scratch file: a row that comes twice is found however long the file is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from types import TracebackType
from typing import Self

from service.imports.outcomes import RowRefused
from service.imports.source_file import Row

# An empty name makes a database of its own on disk, which is gone when it is closed; nothing of ours is kept in it.
SCRATCH = ""


class RowsSeen:
    """Numbers and fingerprints of rows, by their key."""

    def __enter__(self) -> Self:
        self._scratch = sqlite3.connect(SCRATCH, isolation_level=None)
        self._scratch.execute(
            "CREATE TABLE seen (key BLOB PRIMARY KEY, row INTEGER, print BLOB) WITHOUT ROWID"
        )
        self._scratch.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.close()

    def twin_of(self, key: str, row: Row, same: str) -> int | None:
        """The row that said exactly the same before, if any. Raises RowRefused for one that used the key for something else."""
        name, print_ = _digest(key), _digest(*row.cells.values())
        with closing(self._scratch.execute("SELECT row, print FROM seen WHERE key = ?", (name,))) as found:
            before = found.fetchone()
        if before is None:
            self._scratch.execute("INSERT INTO seen VALUES (?, ?, ?)", (name, row.number, print_))
            return None
        if before[1] != print_:
            raise RowRefused(
                "the row", f"row {before[0]} has {same} and says something else", "Keep one of them."
            )
        return int(before[0])


def _digest(*words: str) -> bytes:
    return sha256("\x1f".join(words).encode()).digest()[:16]
