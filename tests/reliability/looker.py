"""A process that notes looks as the API does: `python -m tests.reliability.looker DSN NAME`.

It notes one look for each line that it is sent, and answers with its number. At the end of what it is sent, it ends in order.
"""

from __future__ import annotations

import sys

from domain.looks import Look, Right
from history.store import History
from tests.support.walk import CHILD, MONDAY, PLACEMENT, at
from workflows.casework import Casework
from workflows.noting_looks import Noting

KEY = bytes(range(32))


def a_look(name: str, n: int) -> Look:
    """The nth look of an officer."""
    return Look(
        at=MONDAY, person_id=f"{name}-{n}", how="read", route="GET /placements/{id}", right=Right(row="placement"),
        record_id=PLACEMENT, children=(CHILD,),
    )  # fmt: skip


if __name__ == "__main__":
    dsn, name = sys.argv[1:]
    history = History(dsn, master_key=KEY, pool_size=2)
    noting = Noting(Casework(history, at(MONDAY)))
    noting.begin()
    for n, _ in enumerate(sys.stdin, start=1):
        noting.note(a_look(name, n))
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()
    noting.close()
    history.close()
