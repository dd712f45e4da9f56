"""What someone at a terminal types and reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest

from service.cli import main


class Answer(NamedTuple):
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def facts(self) -> Any:
        """What was printed for a program."""
        return json.loads(self.out)


@dataclass
class Terminal:
    """Runs commands in this process."""

    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def type(self, *words: object) -> Answer:
        """Type a command and wait for its end."""
        self.monkeypatch.setattr("sys.argv", ["placements", *map(str, words)])
        self.capsys.readouterr()
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        else:
            status = 0
        printed = self.capsys.readouterr()
        return Answer(status, printed.out, printed.err)
