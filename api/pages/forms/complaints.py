"""What is wrong with a form: at which field, in which words, and what belongs to no field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from api.pages.forms.pointing import Pointed, pointed
from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.wording import inside, missing
from api.pages.the_api import ApiRefused

CHANGED = "Somebody changed this record after you opened the form."
SENT_BEFORE = (
    "You sent this form before, and it was done. To do it once more with other answers, open the form anew."
)
TOO_MUCH = (
    "All answers together may have about a million characters. Shorten the longest one, and send it again."
)
TOO_LONG = "field_string_too_long"


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the summary. `anchor` is the element that it leads to, empty where none is at fault."""

    said: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong: by the path of the field, and what belongs to no field."""

    of_fields: dict[str, str] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    """The lines of the summary that lead to fields, in the order of the page."""
    reasons: tuple[dict[str, Any], ...] = ()
    """Why a rule forbids it: nothing that was typed need be wrong."""
    said: str = ""
    """Anything else."""
    changed: bool = False
    """Somebody changed the record meanwhile."""

    def __bool__(self) -> bool:
        return bool(self.of_fields or self.points or self.reasons or self.said)


def errors_of_typing(shape: Shape, typed: Typed, wrong: dict[str, str]) -> Errors:
    """What could not be understood, before anybody was asked."""
    return _placed(shape, typed, wrong.items())


def errors_of(shape: Shape, typed: Typed, refused: ApiRefused) -> Errors:
    """What the API says is wrong. Raises ApiRefused where no form can mend it, as with a record that is gone."""
    match refused.kind:
        case "stale" | "changed-meanwhile":
            return Errors(said=CHANGED, changed=True)
        case "invalid" | "refused":
            return _of_reasons(shape, typed, refused)
        case "key-reused":
            return Errors(said=SENT_BEFORE)
        case "too-large":
            return Errors(said=TOO_MUCH)
        case "malformed" | "unavailable" | "not-permitted":
            return Errors(said=refused.problem.get("detail", ""))
    raise refused


def _of_reasons(shape: Shape, typed: Typed, refused: ApiRefused) -> Errors:
    about_fields, others = [], []
    for reason in refused.reasons:
        place = pointed(shape, typed, reason["field"]) if reason.get("field") else None
        if place is None or reason.get("rule"):
            others.append(reason)
        else:
            about_fields.append((reason["field"], _in_our_words(reason, place)))
    found = _placed(shape, typed, about_fields)
    said = "" if refused.reasons else refused.problem.get("detail", "")
    return Errors(found.of_fields, found.points, tuple(others), said)


def _in_our_words(reason: dict[str, Any], place: Pointed) -> str:
    """Forms have their own words for what is missing or too long; a rule's words stay as they are."""
    if reason["code"] == "field_missing":
        return missing(place.shape.kind, place.shape.label)
    if reason["code"] == TOO_LONG and place.shape.longest:
        return f"Shorten this to {place.shape.longest:,} characters or fewer: {inside(place.shape.label)}"
    return str(reason["message"])


def _placed(shape: Shape, typed: Typed, said: Iterable[tuple[str, str]]) -> Errors:
    of_fields: dict[str, str] = {}
    points = []
    for path, words in said:
        place = pointed(shape, typed, path)
        if place is None:
            points.append(Point(words))
            continue
        of_fields.setdefault(place.path, words)
        points.append(Point(_in_the_summary(words, place), place.anchor))
    order = {path: n for n, path in enumerate(_paths(shape, "", typed))}
    points.sort(key=lambda point: order.get(point.anchor, len(order)))
    return Errors(of_fields, tuple(points))


def _in_the_summary(words: str, place: Pointed) -> str:
    question = inside(place.shape.label)
    named = (
        words if question and question in words else f"{place.shape.label}: {words}" if question else words
    )
    return ", ".join((*place.rows, named))


def _paths(shape: Shape, path: str, typed: Typed) -> Iterable[str]:
    """The ids of the fields from the top of the page to its end."""
    if path:
        yield f"{path}.day" if shape.kind == "date" else path
    if shape.kind == "group":
        for part in shape.parts:
            yield from _paths(part, f"{path}.{part.name}" if path else part.name, typed)
    elif shape.kind == "rows":
        row = Shape("", "group", "", parts=shape.parts)
        for n in range(typed.rows(path)):
            yield from _paths(row, f"{path}.{n}", typed)
