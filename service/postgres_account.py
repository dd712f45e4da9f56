"""As whom the private PostgreSQL runs: it refuses to be root, or a user whom the system has no name for."""

import contextlib
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """Ourselves, ourselves under another number, or `nobody`."""

    is_renamed: bool = False
    is_nobody: bool = False

    @classmethod
    def to_use(cls) -> "Account":
        """Ourselves where PostgreSQL agrees; otherwise the first of the others that the system allows."""
        if os.geteuid() != 0 and has_a_name(os.geteuid()):
            return cls()
        if may_make_user_namespaces():
            return cls(is_renamed=True)
        return cls(is_nobody=os.geteuid() == 0)

    @property
    def owner(self) -> int:
        """Whose files the server reads and writes."""
        return NOBODY if self.is_nobody else os.geteuid()

    def run(self, command: Sequence[str | Path]) -> "subprocess.CompletedProcess[str]":
        """Run a program to its end as this account."""
        return subprocess.run(
            in_user_namespace(command) if self.is_renamed else command,
            user=NOBODY if self.is_nobody else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def start(self, command: Sequence[str | Path], log: IO[bytes]) -> "subprocess.Popen[bytes]":
        """Start a program as this account, out of reach of the terminal's Ctrl-C."""
        return subprocess.Popen(
            in_user_namespace(command) if self.is_renamed else command,
            user=NOBODY if self.is_nobody else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def has_a_name(user: int) -> bool:
    """Whether the system knows this user; containers often run under a number that it does not."""
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwuid(user).pw_name)
    return False


def may_make_user_namespaces() -> bool:
    """Whether the system lets us give a program another user number while its files stay ours."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(in_user_namespace(["true"]), check=True, capture_output=True, timeout=10)
        return True
    return False


def in_user_namespace(command: Sequence[str | Path]) -> list[str | Path]:
    """A command that sees itself as `nobody`, while on disk its files are ours."""
    return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--", *command]
