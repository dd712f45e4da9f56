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
from workflows.typed_text import refuse_unreadable

if TYPE_CHECKING:
    from workflows.case import Case


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
    def _only_texts_that_can_be_read(cls, data: Any) -> Any:
        refuse_unreadable(data)
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
