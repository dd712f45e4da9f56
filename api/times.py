"""Days and moments in addresses: one form each, whatever else the framework could make a date of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from domain.written_times import NotWritten, day_written, moment_written


def _read(how: Callable[[str], Any], code: str) -> Callable[[Any], Any]:
    def read(said: Any) -> Any:
        try:
            return how(said) if isinstance(said, str) else said
        except NotWritten as problem:
            raise PydanticCustomError(code, str(problem).rstrip(".")) from None

    return read


Day = Annotated[date, BeforeValidator(_read(day_written, "day"))]
"""Such as 2026-10-25."""
Moment = Annotated[datetime, BeforeValidator(_read(moment_written, "moment"))]
"""Such as 2026-10-25T01:30:00+01:00, in UTC once it is read."""
