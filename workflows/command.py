"""A command: what someone asks for, checked field by field, and what it decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, model_validator

from domain.events import Event
from domain.facts.grounds import Grounds
from domain.record import Record
from domain.rules.rule import AskedFor

if TYPE_CHECKING:
    from workflows.case import Case

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no one types and that a database cannot keep."""


class Command(BaseModel):
    """Base of all commands. The docstring and the fields' docstrings are what people read in the API and on forms.

    `target` is the record it is about; `opens` says that it begins one; `event` is what it records when it has nothing of its
    own to decide.
    """

    model_config = ConfigDict(
        # Built when first used: building all hundred at import would cost each process a second.
        defer_build=True,
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )

    target: ClassVar[type[Record]]
    opens: ClassVar[bool] = False
    event: ClassVar[type[Event] | None] = None

    decision: Grounds = Grounds()
    """Why it is decided: the day it was true, reasons, evidence and what was known. May be left out."""

    @classmethod
    def name(cls) -> str:
        """The command in snake case: its place in the table of moves, in addresses and on buttons."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @model_validator(mode="before")
    @classmethod
    def _no_control_characters(cls, data: Any) -> Any:
        where = _control_character_in(data, ())
        if where is not None:
            raise ValueError(
                f"{'.'.join(map(str, where)) or 'the text'} contains a character that cannot be kept; take it out"
            )
        return data

    def own_id(self) -> UUID | None:
        """The id of the record that it begins, where that follows from the request: then nobody chooses it."""
        return None

    def facts(self) -> dict[str, Any]:
        """The command's own fields, as the event of the same fields takes them."""
        return {name: getattr(self, name) for name in type(self).model_fields if name != "decision"}

    def asks(self) -> AskedFor:
        """What a rule must weigh of the request itself."""
        return AskedFor()

    def decide(self, case: Case) -> None:
        """Record what happened, or raise `Refused`, `Invalid` or `NotPermitted`."""
        if self.event is None:
            raise TypeError(f"{type(self).__name__} says neither which event it records nor how it decides")
        case.target.remember(self.event, **self.facts())


def _control_character_in(data: Any, path: tuple[Any, ...]) -> tuple[Any, ...] | None:
    if isinstance(data, str):
        return path if CONTROL.search(data) else None
    if isinstance(data, dict):
        pairs = [((*path, str(k)), v) for k, v in data.items()] + [
            ((*path, "name"), k) for k in data if isinstance(k, str)
        ]
    elif isinstance(data, list | tuple):
        pairs = [((*path, i), v) for i, v in enumerate(data)]
    else:
        return None
    return next(
        (found for where, value in pairs if (found := _control_character_in(value, where)) is not None), None
    )
