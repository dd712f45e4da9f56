"""What became of a row: taken, mended, refused or already there; in words, and never with a name or a date of birth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Verdict(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    MENDED = "mended"
    ALREADY_THERE = "already there"
    REFUSED = "refused"


class Remark(NamedTuple):
    """Something to say of a row: words that other rows share, and what is particular to this one."""

    words: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.words}: {self.detail}" if self.detail else self.words


class RowRefused(Exception):
    """A row cannot be taken: which column, why, and what would be right."""

    def __init__(self, column: str, why: str, right: str = "") -> None:
        self.column, self.why, self.right = column, why, right
        super().__init__(f"{column}: {why}")


@dataclass(slots=True)
class Outcome:
    """What became of one row."""

    row: int
    mends: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    refusals: list[RowRefused] = field(default_factory=list)
    changed: bool = False
    """Whether anything was written for it."""
    record_id: UUID | None = None

    @property
    def verdict(self) -> Verdict:
        """Refused comes before mended: such a row needs a person."""
        if self.refusals:
            return Verdict.REFUSED
        if not self.changed:
            return Verdict.ALREADY_THERE
        return Verdict.MENDED if self.mends else Verdict.TAKEN

    def mend(self, words: str, detail: str = "") -> None:
        """Say what was put right."""
        self.mends.append(Remark(words, detail))

    def note(self, words: str, detail: str = "") -> None:
        """Say something that changes nothing."""
        self.notes.append(Remark(words, detail))


@dataclass(slots=True)
class Tally:
    """All rows of a file, counted."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    mends: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    first_rows: dict[str, list[int]] = field(default_factory=dict)
    """Some of the rows of each refusal."""

    def add(self, outcome: Outcome) -> None:
        """Count a row."""
        self.verdicts[outcome.verdict] += 1
        self.mends.update(
            {remark.words for remark in outcome.mends} if outcome.verdict is Verdict.MENDED else ()
        )
        self.notes.update({remark.words for remark in outcome.notes})
        for refused in outcome.refusals:
            words = f"{refused.column}: {refused.why}. {refused.right}".strip()
            self.refusals[words] += 1
            rows = self.first_rows.setdefault(words, [])
            if len(rows) < 10:
                rows.append(outcome.row)

    @property
    def rows(self) -> int:
        return self.verdicts.total()
