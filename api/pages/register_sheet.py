"""The sheet of the register: what is known of a day, what was typed over it, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from api.pages.telling import half_day
from api.pages.words import LONDON

Row = dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """The register as it stands on the page: what is known, what was typed over it, and what is wrong with that."""

    rows: list[Row]
    on: str = ""
    today: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """By the name of the box."""
    said: str = ""

    @property
    def ahead(self) -> bool:
        """Whether the day is still to come, so that nobody can have been seen on it."""
        return self.on > self.today

    def by_timetable(self) -> tuple[list[Row], list[Row]]:
        """Those who are to be here in either half of the day, or were reported; and those who are elsewhere, or whose school is closed."""
        due = [
            row
            for row in self.rows
            if any(one["expected"] is not False or one["seen"] for one in row["sessions"])
        ]
        return due, [row for row in self.rows if row not in due]

    def expected(self, row: Row) -> str:
        """When a child is to be here on a day that is still to come; where it is not, why."""
        halves = [half_day(one["half"]).lower() for one in row["sessions"] if one["expected"]]
        whys = {one["why_not"]: None for one in row["sessions"] if one["why_not"]}
        return " ".join([f"Expected in the {' and '.join(halves)}." if halves else "", *whys]).strip()

    def value(self, name: str, known: str | None = None) -> str:
        """What stands in a box: what was typed, or else what is known."""
        return self.typed.get(name, known or "")

    def told_at(self, row: Row, what: str) -> str:
        """When somebody was told of an absence of this child, as a time of day."""
        known = next((one[what] for one in row["sessions"] if one.get(what)), None)
        at = datetime.fromisoformat(known).astimezone(LONDON).strftime("%H:%M") if known else ""
        return self.value(f"{row['placement_id']}.{what}", at)

    def reason(self, row: Row) -> str:
        """What the provider was told about an absence of this child."""
        known = next((one["reason_given"] for one in row["sessions"] if one.get("reason_given")), "")
        return self.value(f"{row['placement_id']}.reason", known)


def time_of_day(on: str, said: str) -> str | None:
    """A time of day on that day in London; none where it cannot be read."""
    hour, _, minute = said.replace(".", ":").partition(":")
    if not (hour.isdecimal() and (minute or "0").isdecimal()):
        return None
    try:
        at = time(int(hour), int(minute or 0))
    except (ValueError, OverflowError):
        return None
    return datetime.combine(date.fromisoformat(on), at, LONDON).isoformat()
