"""Which field of a form a path means: where a complaint is shown, and where the link in the summary leads."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import path_of


@dataclass(frozen=True, slots=True)
class Pointed:
    """A field on the page, or the nearest part of the form that is there."""

    path: str
    shape: Shape
    rows: tuple[str, ...]
    """The rows that it stands in, such as "Needs 1": the same question is asked in each."""

    @property
    def anchor(self) -> str:
        """The id of the element on the page."""
        return f"{self.path}.day" if self.shape.kind == "date" else self.path


def pointed(shape: Shape, typed: Typed, path: str) -> Pointed | None:
    """The field that a path means. None where nothing of it is on the page."""
    found: Pointed | None = None
    at = ""
    rows: tuple[str, ...] = ()
    for step in path.split("."):
        if shape.kind == "rows" and step.isdecimal() and int(step) < typed.rows(at):
            rows = (*rows, f"{shape.label} {int(step) + 1}")
            at, shape = f"{at}.{step}", Shape("", "group", shape.label, parts=shape.parts)
        else:
            part = next((one for one in shape.parts if shape.kind == "group" and one.name == step), None)
            if part is None:
                return found
            at, shape = path_of(at, part.name), part
        found = Pointed(at, shape, rows)
    return found
