"""Prepares the history under the role that owns it, and lets the service's own role in."""

from __future__ import annotations

import psycopg
import structlog

from history.roles import account_of, admit, is_protected
from history.setup import set_up
from service.plain_error import PlainError

log = structlog.get_logger("service.preparing")

UNPROTECTED = (
    "the service's role owns the history, so the database does not refuse it to change or drop what is stored: "
    "name the owner in PLACEMENTS_OWNER_URL for `placements setup`, and a lesser role in PLACEMENTS_DATABASE_URL"
)


def set_up_the_history(dsn: str, owner_dsn: str | None) -> None:
    """Bring the history up to date, as its owner where one is named. Raises PlainError, SchemaChanged and psycopg.Error."""
    service = account_of(dsn)
    if owner_dsn is not None:
        owner = account_of(owner_dsn)
        if owner.name == service.name:
            raise PlainError("PLACEMENTS_OWNER_URL and PLACEMENTS_DATABASE_URL name the same role: name two.")
        set_up(owner_dsn)
        try:
            admit(owner_dsn, service)
        except psycopg.errors.InsufficientPrivilege as refused:
            raise PlainError(
                f"The owner may not let the role {service.name} in: {str(refused).splitlines()[0]}."
            ) from None
        return
    try:
        set_up(dsn)
    except psycopg.errors.InsufficientPrivilege:
        raise PlainError(
            f"The role {service.name} may not set up the history: run `placements setup` with PLACEMENTS_OWNER_URL."
        ) from None
    if not is_protected(dsn):
        log.warning(UNPROTECTED)
