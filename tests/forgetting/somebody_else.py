"""Another process of the service, which remembers what it reads: `python -m tests.forgetting.somebody_else DSN CHILD`.

For each line that it is sent, it says what it can read of the child, and how it keeps that in mind.
"""

from __future__ import annotations

import sys
from uuid import UUID

from domain.child import Child
from history.forgotten import Forgotten
from history.keys import LIFE
from history.store import History

if __name__ == "__main__":
    dsn, child = sys.argv[1], UUID(sys.argv[2])
    history = History(dsn, master_key=b"k" * 32, pool_size=2)
    forgotten = Forgotten(dsn, history.keys)
    for _ in sys.stdin:
        watches = history.keys.life == LIFE
        sys.stdout.write(f"{history.get(Child, child).family_name} {'listening' if watches else 'deaf'}\n")
        sys.stdout.flush()
    forgotten.close()
    history.close()
