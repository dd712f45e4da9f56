"""One import, from what was asked for to what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from domain.written_times import NotWritten, day_written
from history.store import History
from service.imports import approved_list, exclusions, pupil_cells, register_cells, session_counts
from service.imports.approved_list import ApprovedList
from service.imports.authorities import authority_for
from service.imports.dry_run import DryRun
from service.imports.exclusions import Exclusions
from service.imports.outcomes import Outcome
from service.imports.pupils import Pupils
from service.imports.reporting import RowReport
from service.imports.school_register import SchoolRegister
from service.imports.schools import Schools
from service.imports.session_counts import SessionCounts, term_of
from service.imports.source_file import Layout, SourceFile, look_at
from service.imports.taking import Kind, Taken, take_in
from service.imports.writing import Writing
from service.opening import now
from service.people import organisations_of
from service.plain_error import PlainError
from workflows.casework import Store

KindOfFile = Literal["providers", "pupils", "exclusions", "sessions"]
LAYOUTS: dict[KindOfFile, tuple[Layout, ...]] = {
    "providers": (register_cells.LAYOUT, approved_list.LAYOUT),
    "pupils": (pupil_cells.LAYOUT,),
    "exclusions": (exclusions.LAYOUT,),
    "sessions": (session_counts.LAYOUT,),
}
DAY_IN_NAME = re.compile(r"(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for."""

    kind: KindOfFile
    file: Path
    source: str = "school census"
    authority: str | None = None
    term: str | None = None
    day: str | None = None
    report: Path | None = None
    dry_run: bool = False


def look_at_file(wanted: Wanted) -> SourceFile:
    """Find out what the file is, before anything is opened or written. Raises PlainError."""
    source = look_at(wanted.file, *LAYOUTS[wanted.kind])
    if wanted.kind == "sessions":
        term_of(wanted.term, wanted.file)
    _day_of(wanted)
    return source


def bring_in(
    wanted: Wanted, source: SourceFile, history: History, step: Callable[[], None] = lambda: None
) -> tuple[Taken, list[str]]:
    """Take the file in: what came of it, and what else there is to say. Raises PlainError."""
    said: list[str] = []
    known = organisations_of(history)
    schools = Schools(wanted.source, known)
    store: Store = DryRun(history) if wanted.dry_run else history

    def begin(writing: Writing) -> None:
        schools.authority_id = authority_for(wanted.authority, known, writing, said)

    with ExitStack() as at_the_end:
        report = at_the_end.enter_context(RowReport(wanted.report)) if wanted.report is not None else None

        def tell(outcome: Outcome) -> None:
            step()
            if report is not None:
                report.add(outcome)

        needs_authority = wanted.kind == "pupils"
        taken = take_in(
            source,
            _kind(wanted, source, schools, said),
            store,
            now,
            tell,
            begin if needs_authority else lambda writing: None,
        )
    return taken, said


def _kind(wanted: Wanted, source: SourceFile, schools: Schools, said: list[str]) -> Kind:
    if wanted.kind == "pupils":
        return Pupils(wanted.source, schools)
    if wanted.kind == "exclusions":
        return Exclusions(wanted.source)
    if wanted.kind == "sessions":
        term, year = term_of(wanted.term, wanted.file)
        said.append(f"Counted as {term} {year}.")
        return SessionCounts(wanted.source, term, year, schools)
    day = _day_of(wanted)
    return SchoolRegister(day) if source.layout is register_cells.LAYOUT else ApprovedList(day)


def _day_of(wanted: Wanted) -> date | None:
    """The day of an extract: as it is given, or else as the file is called."""
    if wanted.day is not None:
        try:
            day = day_written(wanted.day)
        except NotWritten:
            raise PlainError("Write the day of the extract as 2026-11-20.") from None
        if day > now().date():
            raise PlainError("The day of the extract lies in the future.")
        return day
    found = DAY_IN_NAME.search(wanted.file.name) if wanted.kind == "providers" else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
