"""Reads what is needed of a bundle that was made before. It is not checked here: verify.py does that."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from history.ledger.checkpoints import read_checkpoint
from history.ledger.notes import NotSigned
from projections.bundles.packing import FIRST_LINE, MANIFEST


class Read(NamedTuple):
    """What a bundle was about."""

    of: UUID
    as_at: int
    records: list[UUID]


def read_bundle(path: Path) -> Read:
    """What a bundle or pack was about, with the records in it and on its list. Raises ValueError."""
    lines = _text(path, MANIFEST).split("\n")
    if lines[0] != FIRST_LINE:
        raise ValueError("its first line is another")
    told = dict(line.split(" ", 1) for line in lines[1:4])
    records = [UUID(line.split(" ")[2]) for line in lines if line.startswith("complete record ")]
    try:
        listed = list(csv.DictReader(io.StringIO(_text(path, "list.csv"))))
    except ValueError:
        listed = []
    records += [UUID(row[column]) for row in listed for column in ("placement_id", "child_id")]
    return Read(UUID(told["of"]), int(told["as-at"]), records)


def size_of(path: Path) -> int:
    """How large the ledger was at a bundle's checkpoint, or at a checkpoint alone. Raises ValueError."""
    try:
        text = _text(path, "checkpoint.txt")
    except ValueError:
        text = _decoded(path.read_bytes()) if path.is_file() else ""
    try:
        return read_checkpoint(text).size
    except NotSigned as problem:
        raise ValueError(str(problem)) from problem


def _text(path: Path, name: str) -> str:
    try:
        if path.is_dir():
            return _decoded((path / name).read_bytes())
        with zipfile.ZipFile(path) as archive:
            return _decoded(archive.read(name))
    except (OSError, KeyError, zipfile.BadZipFile) as problem:
        raise ValueError(f"{name} cannot be read") from problem


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig")
