"""What changed in the caseload between two moments: which placements came, left, or are listed otherwise, and by which events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from api.pages.called import names_of_organisations
from api.pages.mistyped import Box, Mistyped, mistyped
from api.pages.moments import end_of_day
from api.pages.no_file import no_file
from api.pages.steps_of_changes import Changed, steps_of
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visiting
from api.pages.words import LONDON, day, label, moment
from domain.written_times import NotWritten, day_written, moment_written

routes = APIRouter()

PLACEMENTS = 50
BOXES = (Box("from", "From the end of this day", "date"), Box("to", "To the end of this day", "date"))
TELLS_NOTHING = ("_id", "_ids", "_key")
"""Ends of the names of columns that a reader is told by another one, such as the provider's name."""
CALLED = {
    "tomorrow_where": "Where the child is after the breakdown",
    "tomorrow_since": "There from",
    "safeguarding_open": "A safeguarding concern is open",
    "awaits": "Waits for a decision on",
    "override_until": "A rule is set aside until",
    "half_days": "Half-days with the provider",
}
"""Columns whose names say too little by themselves."""
LISTED = {"new": ("Came", "green"), "gone": ("Left", "grey"), "changed": ("Changed", "blue")}
INSTEAD = (
    "Print it; or download the list of placements as it was known on each of the two days, and compare these."
)
AXES = ("from_true_on", "to_true_on")


@dataclass(frozen=True, slots=True)
class Between:
    """The two moments as the address names them: each a day, or a moment or position as the API is asked for it."""

    said: dict[str, str]

    def asked(self, now: datetime) -> dict[str, str]:
        """As the API is asked for them. A day means its end in London; today and what lies ahead mean now."""
        return {name: at for name, value in self.said.items() if (at := _moment(name, value, now))}

    def ahead(self, now: datetime) -> dict[str, Mistyped]:
        """What is wrong with a beginning that has not come yet: there is nothing to compare with."""
        said, [box, _] = self.said.get("from", ""), BOXES
        chosen = _day(_day_of(said))
        lies_ahead = chosen is not None and chosen > now.date()
        return {box.name: Mistyped(said, f"{box.label}: this day lies ahead.")} if lies_ahead else {}

    def in_boxes(self) -> dict[str, str]:
        """As they stand in the boxes of the form: a moment is shown by its day, from which it can be chosen anew."""
        return {box.name: _day_of(self.said.get(box.name, "")) for box in BOXES}


def between(
    since: Annotated[str, Query(alias="from", max_length=40)] = "",
    until: Annotated[str, Query(alias="to", max_length=40)] = "",
    from_true_on: Annotated[str, Query(max_length=40)] = "",
    to_true_on: Annotated[str, Query(max_length=40)] = "",
) -> Between:
    """What an address asks for."""
    said = {"from": since, "to": until, "from_true_on": from_true_on, "to_true_on": to_true_on}
    return Between({name: value.strip() for name, value in said.items() if value.strip()})


@routes.get("/placements/changes")
async def changes(
    visit: Visiting, moments: Annotated[Between, Depends(between)], after: str = "", form: str = ""
) -> Response:
    """The form; and where a moment was chosen, each placement that is listed otherwise since."""
    if form == "csv":
        return no_file(visit.request, INSTEAD)
    found: dict[str, Any] | None = None
    now = datetime.now(LONDON)
    asked, wrong = moments.asked(now), moments.ahead(now)
    if not wrong and ("from" in asked or "from_true_on" in asked):
        try:
            found = await visit.api.get("/placements/changes", **asked, after=after, limit=PLACEMENTS)
        except ApiRefused as refused:
            wrong = mistyped(refused, BOXES, moments.said)
            if not wrong:
                raise
    next_mark = found["next"] if found else None
    return visit.page(
        "caseload_changes.html",
        found=found,
        rows=[_told(row, asked) for row in found["rows"]] if found else [],
        listed=LISTED,
        typed=moments.in_boxes(),
        words={
            name: _in_words(asked.get(name, ""), asked.get(f"{name}_true_on", "")) for name in ("from", "to")
        }
        if found
        else {},
        errors=wrong,
        names=await names_of_organisations(visit) if found else {},
        next=f"/placements/changes?{urlencode({**moments.said, 'after': next_mark})}" if next_mark else "",
    )


def _told(row: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
    """A placement with what a reader is told of its changes; of one that came or went, that is all there is to say."""
    steps: list[Changed] = steps_of(row) if row["listed"] == "changed" else []
    told = [_in_a_line(step) for step in steps if not step.name.endswith(TELLS_NOTHING)]
    compare = f"{row['href']}/changes?{urlencode({k: v for k, v in asked.items() if v})}"
    return {**row, "steps": told, "compare": compare}


def _in_a_line(step: Changed) -> Changed:
    field = CALLED.get(step.name, step.field)
    return replace(step, field=field, before=_joined(step.before), after=_joined(step.after))


def _joined(value: Any) -> Any:
    return ", ".join(map(label, value)) if isinstance(value, list) else value


def _moment(name: str, value: str, now: datetime) -> str:
    chosen = _day(value)
    if name in AXES or chosen is None:
        return value
    return "" if name == "to" and chosen >= now.date() else end_of_day(chosen, now).isoformat()


def _day(said: str) -> date | None:
    try:
        return day_written(said)
    except NotWritten:
        return None


def _day_of(said: str) -> str:
    try:
        return moment_written(said).astimezone(LONDON).date().isoformat()
    except (NotWritten, OverflowError):
        return said


def _in_words(at: str, true_on: str) -> str:
    """A moment as the heading tells it."""
    try:
        known = moment(moment_written(at)) if at else ""
    except NotWritten:
        known = f"entry {at} of the history"
    true = f"as things were on {day(true_on)}" if _day(true_on) else ""
    return ", ".join(part for part in (known, true) if part)
