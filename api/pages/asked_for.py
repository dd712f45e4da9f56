"""What a form is for: the command that its address means, the record it is about, and what that is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException

from api.commands import NOT_OVER_HTTP
from api.pages.record_stories import called
from workflows.catalogue import COMMANDS, RECORDS
from workflows.command import Command

CALLED = ("/placements/", "/children/", "/providers/")
"""Beginnings of the addresses of records that have names of their own or of a child."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is for. `about` is the record's address, empty for a command that begins one."""

    command: type[Command]
    address: str
    page: str
    about: str = ""


def command_at(plural: str, dashed: str) -> type[Command]:
    """The command that an address means. Raises HTTPException, 404, where there is none."""
    name = dashed.replace("-", "_")
    command = COMMANDS.get(name)
    if command is None or name in NOT_OVER_HTTP or RECORDS.get(plural) is not command.target or "_" in dashed:
        raise HTTPException(404)
    return command


def asked_about(plural: str, id: UUID, dashed: str) -> Asked:
    """The form about a record. Raises HTTPException, 404."""
    command = command_at(plural, dashed)
    about = f"/{plural}/{id}"
    return Asked(command, f"{about}/{dashed}", f"{about}/{dashed}", about)


def asked_opening(dashed: str) -> Asked:
    """The form that begins a record. Raises HTTPException, 404."""
    name = dashed.replace("-", "_")
    if name not in COMMANDS or not COMMANDS[name].opens or name in NOT_OVER_HTTP or "_" in dashed:
        raise HTTPException(404)
    plural = next(plural for plural, kind in RECORDS.items() if kind is COMMANDS[name].target)
    return Asked(COMMANDS[name], f"/{plural}", f"/new/{dashed}")


def called_above(record: dict[str, Any], asked: Asked) -> str:
    """What the record is called, which stands above the form; empty for a form that begins one."""
    return called(asked.about, record) if asked.about.startswith(CALLED) else str(record.get("name") or "")
