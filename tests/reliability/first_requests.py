"""A process that has just started and is asked by many at once: `python -m tests.reliability.first_requests read <dsn>`.

Everything that is worked out when it is first used is worked out by many threads at the same moment.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from uuid import UUID

from history.store import History
from projections.asking import Asking
from projections.tables import TABLES
from projections.telling import Teller
from tests.conformance.event_kinds import KINDS, RECORDS
from tests.conformance.store_examples import file_of
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES

THREADS = 12


def all_at_once(acts: list[Callable[[], object]]) -> int:
    """Do all of it at once; how many failed."""
    barrier, problems = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
        except Exception as problem:
            problems.append(problem)
            sys.stderr.write(f"{problem!r}\n")

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(problems)


def read_everything(history: History, first: int) -> None:
    """Read an example of every kind of event, beginning somewhere."""
    stored = [(name, file_of(name).read_bytes()) for name in KINDS]
    for name, state in stored[first:] + stored[:first]:
        history.mapper.read([(name, state)])


def tell_everything(history: History, first: int) -> None:
    """The same, as followers read it who open no words."""
    teller = Teller(history, set(RECORDS), sealed=set(RECORDS))
    rows = [(n, name, file_of(name).read_bytes(), UUID(int=n), 1) for n, name in enumerate(KINDS)]
    for row in rows[first:] + rows[:first]:
        teller.read_each([row])


def check_everything(first: int) -> None:
    """Check an example of every command."""
    names = sorted(EXAMPLES)
    for name in names[first:] + names[:first]:
        COMMANDS[name].model_validate(EXAMPLES[name])


def ask_everything(asking: Asking) -> None:
    """Ask for no rows of every read model."""
    for table in TABLES:
        asking.rows(table.row, "SELECT WHERE false", {})


def main(what: str, dsn: str) -> int:
    """0 when nothing failed; a process that did not live to say so ends with a signal."""
    history, asking = History(dsn, master_key=bytes(range(32)), pool_size=4), Asking(dsn, 4)
    ways: dict[str, Callable[[int], object]] = {
        "read": partial(read_everything, history),
        "told": partial(tell_everything, history),
        "checked": check_everything,
        "asked": lambda first: ask_everything(asking),
    }
    failed = all_at_once([partial(ways[what], n * len(KINDS) // THREADS) for n in range(THREADS)])
    asking.close()
    history.close()
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
