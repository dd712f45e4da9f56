"""Somebody who takes files in, and remembers what became of every row."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

from domain.child import Child
from domain.provider import Provider
from history.store import History
from service.imports.importing import KindOfFile, Wanted, bring_in, look_at_file
from service.imports.outcomes import Verdict
from service.imports.pupils import child_id
from service.imports.school_register import SOURCE
from service.imports.taking import Taken
from service.imports.writing import id_of

SAMPLES = Path(__file__).parent / "samples"
PUPILS = SAMPLES / "pupils_on_roll.csv"
EXCLUSIONS = SAMPLES / "exclusions.csv"
SESSIONS = SAMPLES / "termly_sessions_autumn_2024.csv"
REGISTER = SAMPLES / "school_register.csv"
APPROVED = SAMPLES / "approved_providers.csv"

A_PUPIL = {
    "pupilonrolltableid": "p1",
    "NativeId": "SCH1",
    "dob": "2012-Mar-14 00:00:00",
    "surname": "Sample",
    "forename": "Robin",
    "sex": "F",
    "entrydate": "2023-Sep-04 00:00:00",
    "enrolstatus": "C",
    "senprovision": "K",
    "ncyearactual": "9",
}
AN_EXCLUSION = {
    "pupilonrolltableid": "p1",
    "termlyexclusionsonrolltableid": "e1",
    "startdate": "2024-Nov-11 00:00:00",
    "sessions": "4.0",
    "reason1": "PP",
    "reason2": "",
    "reason3": "",
    "category": "SUSP",
}
SOME_SESSIONS = {
    "pupilonrolltableid": "p1",
    "NativeId": "SCH1",
    "termlysessiondetailsonrolltableid": "s1",
    "sessions": "12.0",
    "attendancereason": "I",
}


class Desk:
    """Takes files in, one after the other."""

    def __init__(self, history: History, folder: Path) -> None:
        self.history, self.folder = history, folder
        self.said: list[str] = []

    def file(self, name: str, *rows: dict[str, str]) -> Path:
        """A file with these rows, in the layout of their keys."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as out:
            lines = csv.DictWriter(out, rows[0])
            lines.writeheader()
            lines.writerows(rows)
        return path

    def take(self, kind: KindOfFile, *given: Path | dict[str, str], **options: Any) -> Taken:
        """Take a file in, or one that is written with these rows first."""
        rows = [row for row in given if isinstance(row, dict)]
        paths = [path for path in given if isinstance(path, Path)]
        path = paths[0] if paths else self.file(f"{kind} autumn 2024.csv", *rows)
        if kind == "pupils":
            options = {"authority": "830", **options}
        wanted = replace(Wanted(kind, path), **options)
        report = wanted.report or self.folder / "report.csv"
        taken, self.said = bring_in(replace(wanted, report=report), look_at_file(wanted), self.history)
        with report.open(encoding="utf-8-sig", newline="") as answer:
            self.report = list(csv.DictReader(answer))
        return taken

    def counts(self, taken: Taken) -> dict[str, int]:
        """How many rows of each verdict, without those there are none of."""
        return {
            verdict.value: taken.tally.verdicts[verdict]
            for verdict in Verdict
            if taken.tally.verdicts[verdict]
        }

    def child(self, number: str = "p1") -> Child:
        """A child as it is now."""
        return self.history.get(Child, child_id("school census", number))

    def school_as_provider(self, urn: str) -> Provider:
        """A school of the register as it is now."""
        return self.history.get(Provider, id_of(SOURCE, "URN", urn))
