"""The moment that somebody at the terminal looks back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.written_times import NotWritten, day_written
from history.store import History
from service.opening import now
from service.plain_error import PlainError

if TYPE_CHECKING:
    from api.looking_back import LookingBack


def moment(history: History, as_of: str | None, true_on: str | None) -> LookingBack | None:
    """The moment that is meant; none for now. Raises PlainError."""
    if as_of is None and true_on is None:
        return None
    return any_moment(history, as_of, true_on)


def any_moment(history: History, as_of: str | None, true_on: str | None) -> LookingBack:
    """The moment that is meant, also where it is now. Raises PlainError."""
    from api.looking_back import NoSuchMoment, look_back  # only who looks back loads the API

    try:
        day = day_written(true_on) if true_on else None
    except NotWritten as problem:
        raise PlainError(f"{true_on} is no day. {problem}") from None
    try:
        return look_back(history, now(), as_of, day)
    except NoSuchMoment as problem:
        raise PlainError(str(problem)) from None
