"""The key with which this program signs as a witness. It is another than that of its own ledger."""

from __future__ import annotations

from pathlib import Path

from history.ledger.cosigning import Cosigner
from service.key_file import make, read


def cosigner_in(folder: Path, name: str) -> Cosigner:
    """Who signs; the key is made the first time. Raises PlainError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "witness.key"
    if not path.exists():
        make(path)
    return Cosigner(name, read(path, "witness key"))
