"""A folder as a witness: on a disk that those who run the database cannot write to, such as a share of the committee's office."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from history.ledger.stored import Checkpoint
from service.witnesses.witness import ForkRefused, NotTaken

ENDING = ".checkpoint"


class Folder:
    """One file for each checkpoint. No file is ever written over."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The folder."""
        return f"folder {self._path.name}"

    def take(self, checkpoint: Checkpoint) -> str:
        """Write the checkpoint. Raises NotTaken; ForkRefused where another of its size is there."""
        file = self._path / f"{checkpoint.size:020}{ENDING}"
        unfinished = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            unfinished.unlink(missing_ok=True)
            with unfinished.open("x", encoding="utf-8") as new:
                new.write(checkpoint.note)
                new.flush()
                os.fsync(new.fileno())
            try:
                os.link(unfinished, file)  # unlike a rename, this never replaces a file that is there
            except FileExistsError:
                if file.read_text("utf-8") != checkpoint.note:
                    raise ForkRefused(f"{file.name} holds another checkpoint") from None
            finally:
                unfinished.unlink(missing_ok=True)
        except OSError as problem:
            raise NotTaken(f"the folder cannot be written to: {problem.strerror}") from problem
        return ""

    def held(self) -> Sequence[str]:
        """Every checkpoint in it. Raises NotTaken."""
        try:
            if not self._path.is_dir():
                raise NotTaken("the folder is not there")
            return [file.read_text("utf-8") for file in sorted(self._path.glob(f"*{ENDING}"))]
        except (OSError, UnicodeDecodeError) as problem:
            raise NotTaken("the folder cannot be read") from problem
