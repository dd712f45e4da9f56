"""How new an answer has to be."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated

from fastapi import Query

from api.problem import BEHIND, Problem

PATIENCE = 2.0
"""Seconds that a reader waits for what they have written."""
LOOK_EVERY = 0.05
FURTHEST = 2**63 - 1

AtLeast = Annotated[
    int | None,
    Query(
        ge=0,
        le=FURTHEST,
        description="Wait until the answer has taken in this position of the history, for two seconds at most.",
    ),
]


def reached(head: Callable[[], int], at_least: int | None) -> int:
    """How far the source has come, once it has come far enough. Raises Problem when it takes too long."""
    deadline = time.monotonic() + PATIENCE
    position = head()
    while at_least is not None and position < at_least:
        if time.monotonic() > deadline:
            raise behind(position)
        time.sleep(LOOK_EVERY)
        position = head()
    return position


def behind(position: int) -> Problem:
    """What was asked for has not arrived yet."""
    detail = "The position that you named in at_least has not been reached. Ask again in a moment."
    return Problem(BEHIND, detail, headers={"Retry-After": "1"}, position=position)
