"""The answer to an import: a line for every row in a file, and the counts for a person or a program."""

from __future__ import annotations

import csv
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from service.imports.encodings import IN_WORDS
from service.imports.outcomes import Outcome, Tally, Verdict
from service.imports.source_file import SEPARATORS, SourceFile
from service.imports.taking import Taken
from service.plain_error import PlainError

COLUMNS = (
    "row",
    "outcome",
    "what was put right",
    "worth knowing",
    "column",
    "why not",
    "what would be right",
    "record",
)


class RowReport:
    """Writes what became of each row. Nothing from a cell gets into it but codes and numbers of schools."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        try:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
        except OSError as problem:
            raise PlainError(f"The report {self.path} cannot be written: {problem.strerror}.") from None
        self._lines = csv.writer(self._file)
        self._lines.writerow(COLUMNS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, outcome: Outcome) -> None:
        """Write a row, and keep what is written even if the import is broken off."""
        refusals = outcome.refusals
        self._lines.writerow(
            _harmless(value)
            for value in (
                str(outcome.row),
                outcome.verdict,
                "; ".join(map(str, outcome.mends)) if outcome.verdict is not Verdict.ALREADY_THERE else "",
                "; ".join(map(str, outcome.notes)),
                "; ".join(r.column for r in refusals),
                "; ".join(r.why for r in refusals),
                "; ".join(r.right for r in refusals if r.right),
                str(outcome.record_id or ""),
            )
        )


def facts(source: SourceFile, taken: Taken, said: list[str], seconds: float, dry_run: bool) -> dict[str, Any]:
    """What an import came to, for a program."""
    tally = taken.tally
    return {
        "file": source.path.name,
        "layout": source.layout.words,
        "encoding": IN_WORDS[source.encoding],
        "separator": source.separator,
        "dry_run": dry_run,
        "rows": tally.rows,
        **{verdict.replace(" ", "_"): tally.verdicts[verdict] for verdict in Verdict},
        "blank_lines": source.blank,
        "columns_not_taken": source.not_used,
        "said": said,
        "mends": dict(tally.mends.most_common()),
        "notes": dict(tally.notes.most_common()),
        "refusals": [
            {"why": why, "rows": count, "first_rows": tally.first_rows[why]}
            for why, count in tally.refusals.most_common()
        ],
        "position": taken.position,
        "seconds": round(seconds, 2),
        "rows_per_second": round(tally.rows / seconds) if seconds else None,
    }


def in_words(source: SourceFile, taken: Taken, said: list[str], seconds: float, dry_run: bool) -> str:
    """The same for a person."""
    tally = taken.tally
    lines = [
        f"{source.path.name}: {source.layout.words}, {IN_WORDS[source.encoding]}, separated by {SEPARATORS[source.separator]}.",
        *said,
        *_counted("Put right:", tally.mends),
        *_counted("Worth knowing:", tally.notes),
        *_refused(tally),
    ]
    if source.not_used:
        lines.append(f"Columns not taken ({len(source.not_used)}): {', '.join(source.not_used)}.")
    if source.blank:
        lines.append(f"Blank lines passed over: {source.blank}.")
    counts = ", ".join(f"{tally.verdicts[verdict]} {verdict}" for verdict in Verdict)
    lines.append(f"{tally.rows} rows: {counts}; {seconds:.1f} s.")
    if dry_run:
        lines.append("Nothing was written: this was a dry run.")
    return "\n".join(lines)


def _counted(title: str, counts: Any) -> list[str]:
    return [title, *(f"  {count:>6} x {words}" for words, count in counts.most_common())] if counts else []


def _refused(tally: Tally) -> list[str]:
    lines = ["Refused:"] if tally.refusals else []
    for why, count in tally.refusals.most_common(20):
        rows = ", ".join(map(str, tally.first_rows[why]))
        more = " and more" if count > len(tally.first_rows[why]) else ""
        lines.append(f"  {count:>6} x {why} (row {rows}{more})")
    return lines


def _harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
