"""The running PostgreSQL server, seen as a process: whether it lives, and how to end it.

Uses the standard library only, because the small process that keeps watch over the server runs it alone.
"""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

PID_FILE = "postmaster.pid"


def server_pid(data: Path) -> int | None:
    """The process that serves this data folder, or nothing when none lives.

    The pid file alone cannot tell: it outlives a killed server, and its number may be another's by now.
    """
    try:
        pid = int((data / PID_FILE).read_text().split("\n", 1)[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if serves(pid, data) else None


def serves(pid: int, data: Path) -> bool:
    """Whether this process is the server of this data folder."""
    return f"-D {data} " in command_of(pid)


def command_of(pid: int) -> str:
    """The command line of a process; empty for one that has ended, even if nobody has collected it yet."""
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    said = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return said.stdout


def stop_server(data: Path, patience: float = 1.5) -> None:
    """End the server of this data folder, tidily if it can in time, else at once; no commit is lost."""
    pid = server_pid(data)
    if pid is None:
        return
    # SIGINT lets it finish its files; SIGQUIT leaves that to the next start, as after a power cut.
    for request, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, request)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not serves(pid, data):
                return
            time.sleep(0.01)
