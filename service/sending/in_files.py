"""Where no way to send is set up, a letter lies as a file in a folder: to look at on one person's computer."""

from __future__ import annotations

import os
from pathlib import Path

from domain.facts.telling import Channel
from service.sending.letter import Letter, NotCarried


class InFiles:
    """A file a letter, named by its id: written whole or not at all, and never twice."""

    channel: Channel = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, letter: Letter) -> str:
        """The file is there when this returns. Raises NotCarried."""
        text = f"To: {letter.to}\nSubject: {letter.subject}\n\n{letter.body}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = self._folder / f".{letter.id}.{os.getpid()}"
            with open(half, "w", encoding="utf-8", opener=_private) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            half.replace(self._file(letter))
        except OSError as problem:
            raise NotCarried("folder_not_writable", away=True) from problem
        return self._file(letter).name

    def find(self, letter: Letter) -> str | None:
        """Its file, where there is one."""
        return self._file(letter).name if self._file(letter).exists() else None

    def _file(self, letter: Letter) -> Path:
        return self._folder / f"{letter.id}.txt"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
