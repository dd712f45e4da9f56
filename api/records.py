"""A record that another one points to."""

from __future__ import annotations

from typing import Any
from uuid import UUID


def named(record: Any, id: UUID | None) -> dict[str, Any] | None:
    """A record that another one points to: its id, and its name where it has one."""
    if id is None:
        return None
    return {"id": str(id), "name": getattr(record, "name", "")}
