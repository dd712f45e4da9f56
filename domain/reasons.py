"""How the service says no: every reason has a code, words for a person, and the source of the rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something may not happen, or ought not to.

    `code` is a fact in snake case (`parents_not_consulted`), stable for programs; `message` is for the person asking and says
    what to do; `source` names document and paragraph; `field` points into the request where one field is at fault.
    """

    code: str
    message: str
    source: str = ""
    rule: str = ""
    version: int = 1
    may_be_overridden: bool = False
    warning: bool = False
    field: str = ""


class Refused(Exception):
    """A rule forbids it. Carries every reason, not only the first."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(reason.code for reason in self.reasons))


class NotPermitted(Exception):
    """This person may not do this. The refusal itself is recorded."""

    def __init__(self, message: str, code: str = "not_permitted") -> None:
        self.message, self.code = message, code
        super().__init__(code)


class NotFound(Exception):
    """There is no such record, or this person may not know that there is."""

    def __init__(self, what: str = "record") -> None:
        self.what = what
        super().__init__(f"there is no such {what}")


class Invalid(Exception):
    """A field names something that does not exist or does not fit. Carries reasons that point at fields."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(reason.code for reason in self.reasons))


class ChangedMeanwhile(Exception):
    """Someone else changed the record after it was read."""

    def __init__(self, version: int | None = None) -> None:
        self.version = version
        super().__init__("the record was changed meanwhile")
