"""Commands about a child."""

from __future__ import annotations

from typing import ClassVar

from domain.child import Child
from domain.record import Record
from workflows.command import Command


class ChildCommand(Command):
    """A command about a child."""

    target: ClassVar[type[Record]] = Child
