"""Takes one rule at a time out of one row of the table of moves, and a stage at a time: `python -m tests.mutations.table`.

Some test must notice each. The table is data, which the other tool leaves alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from workflows.moves import Lifecycle
from workflows.placement_moves import PLACEMENT

QUIETLY = ("-x", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", "-m", "not long")
JUDGES = ("tests/workflows",)
Change = Callable[[], None]


def changes() -> Iterator[tuple[str, Change]]:
    """Every single change, and how it is made."""
    for name, row in PLACEMENT.rows.items():
        for rule in row.needs:
            needs = tuple(other for other in row.needs if other is not rule)
            yield f"{name} without {rule.name}", _exchange(name, replace(row, needs=needs))
        for stage in row.source:
            source = tuple(other for other in row.source if other is not stage)
            yield f"{name} not from {stage.value}", _exchange(name, replace(row, source=source))
    for rule in {rule.name: rule for row in PLACEMENT.rows.values() for rule in row.needs}.values():
        other = replace(rule, may_be_overridden=not rule.may_be_overridden)
        word = "can" if other.may_be_overridden else "can not"
        if not rule.warning:
            yield f"{rule.name} {word} be set aside", lambda rule=rule, other=other: _everywhere(rule, other)  # type: ignore[misc]


def _exchange(name: str, row: object) -> Change:
    def change() -> None:
        rows = {**PLACEMENT.rows, name: row}
        PLACEMENT.__dict__.update(Lifecycle(list(rows.values())).__dict__)  # type: ignore[arg-type]

    return change


def _everywhere(rule: object, other: object) -> None:
    rows = [
        replace(row, needs=tuple(other if need is rule else need for need in row.needs))  # type: ignore[misc]
        for row in PLACEMENT.rows.values()
    ]
    PLACEMENT.__dict__.update(Lifecycle(rows).__dict__)


def is_noticed(change: Change) -> bool:
    """Whether a test fails in a process of its own, in which the change was made."""
    child = os.fork()
    if child == 0:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            change()
            os._exit(int(pytest.main([*QUIETLY, *JUDGES])))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == pytest.ExitCode.TESTS_FAILED


def main() -> int:
    """Make every change, and name those that nobody notices."""
    made = unnoticed = 0
    for what, change in changes():
        made += 1
        if not is_noticed(change):
            unnoticed += 1
            sys.stdout.write(f"not noticed: {what}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{made} changes, {unnoticed} of them not noticed\n")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
