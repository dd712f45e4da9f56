"""What somebody typed into a form, kept as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.datastructures import FormData

MOST_ROWS = 50


@dataclass(slots=True)
class Typed:
    """Texts by the names of their boxes, such as `assessment.needs.0.rank`. Several for boxes that may be ticked together."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: FormData) -> Typed:
        """What came with a form."""
        found: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                found.setdefault(name, []).append(value.replace("\r\n", "\n"))
        return cls(found)

    def one(self, path: str) -> str:
        """What stands in a box."""
        return next(iter(self.texts.get(path, ())), "")

    def all(self, path: str) -> list[str]:
        """What is ticked."""
        return [text for text in self.texts.get(path, ()) if text]

    def rows(self, path: str) -> int:
        """How many rows a list shows."""
        said = self.one(f"{path}.rows")
        return min(int(said), MOST_ROWS) if said.isascii() and said.isdecimal() and len(said) < 4 else 0

    def add_row(self, path: str) -> None:
        """One row more, empty."""
        self.texts[f"{path}.rows"] = [str(min(self.rows(path) + 1, MOST_ROWS))]

    def remove_row(self, path: str, number: int) -> None:
        """One row less; those below move up with all that was typed in them."""
        count = self.rows(path)
        if not 0 <= number < count:
            return
        kept: dict[str, list[str]] = {}
        for name, texts in self.texts.items():
            place = _row_of(name, path)
            if place is None or place < number:
                kept[name] = texts
            elif place > number:
                rest = name[len(f"{path}.{place}") :]
                kept[f"{path}.{place - 1}{rest}"] = texts
        kept[f"{path}.rows"] = [str(count - 1)]
        self.texts = kept

    def hidden(self) -> Iterator[tuple[str, str]]:
        """Everything, to be carried along unseen."""
        for name, texts in self.texts.items():
            for text in texts:
                yield name, text


def _row_of(name: str, path: str) -> int | None:
    """The number of the row that a box stands in, or none where it is elsewhere."""
    if not name.startswith(f"{path}."):
        return None
    number = name[len(path) + 1 :].split(".")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else None
