"""Looks as a page tells them: one opening of a page asks the API for several parts, again while it stays open, and is told once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from projections.look_rows import LookRow
from projections.openings import told_once


def opened_once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `GET /looks` without those that only repeat an opening. `routes` has those of all its parts, in the order in which they
    were asked for; `at` is when it was opened, and `until` when it last brought itself up to date."""
    links = {(row["batch"], row["number"]): row["href"] for row in rows}
    return [
        {
            **msgspec.to_builtins(told.look),
            "href": links[told.look.batch, told.look.number],
            "at": told.opened_at,
            "until": told.until,
            "routes": told.routes,
        }
        for told in told_once(msgspec.convert(row, LookRow) for row in rows)
    ]
