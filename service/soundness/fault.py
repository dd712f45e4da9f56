"""Something that is wrong: in which part of what is stored, what it is, and where."""

from __future__ import annotations

from typing import NamedTuple

AT_MOST = 20
"""Faults told of one kind."""


class Fault(NamedTuple):
    """No word of it is personal: a table, a position, an id, the name of a column."""

    part: str
    """Of what is stored: a table, or what it is for."""
    what: str
    where: str
