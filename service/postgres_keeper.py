"""Stops the private PostgreSQL when the last process that uses it is gone, even when that one was killed.

Started beside the server, with the data folder, the file in use, and a lock that says a keeper is on duty.
Everyone who uses the server holds a shared lock on the file in use; the system releases it however they end.
"""

import fcntl
import os
import signal
import sys
from pathlib import Path

from service.postgres_process import stop_server


def keep(data: Path, in_use: Path, on_duty: int) -> None:
    """Wait until nobody uses the server, and end it."""
    with in_use.open("w") as use:
        fcntl.flock(use, fcntl.LOCK_EX)
        stop_server(data)
        # In this order: whoever gets the server next must see that it has no keeper.
        fcntl.flock(on_duty, fcntl.LOCK_UN)


if __name__ == "__main__":
    # Its work begins when the others have ended, so it must outlast what ends them.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    # Who started it need not wait for its end: the first process ends at once, and the work is left to its child.
    if os.fork():
        os._exit(0)
    keep(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
