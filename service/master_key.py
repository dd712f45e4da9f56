"""The keys that protect each child's own keys. Whoever loses them loses every name in the history."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Sequence

from service.key_file import decode, make, put_first, text_of
from service.plain_error import PlainError
from service.settings import Settings

WHAT = "master key"
PATIENCE = 30.0
"""Seconds that a command has to hand the keys over."""


def read_master_keys(settings: Settings) -> list[bytes]:
    """The keys that were given, one a line: the first wraps new keys, the others still open what they wrapped.

    A private database makes its own the first time. Raises PlainError.
    """
    text, source = _given(settings)
    keys = [decode(line, source, WHAT) for line in text.split()]
    return keys or [decode("", source, WHAT)]


def master_keys(settings: Settings) -> Callable[[], Sequence[bytes]]:
    """Where to read them, now and when there may be a new one. Raises PlainError where they cannot be read now."""
    read_master_keys(settings)
    return lambda: read_master_keys(settings)


def add_master_key(settings: Settings) -> None:
    """Put a new key before those in the file. Raises PlainError where they are not in a file."""
    if settings.master_key is not None or settings.master_key_command is not None:
        raise PlainError(
            "The master keys do not come from a file: put the new one first where they come from, and rotate without --new."
        )
    read_master_keys(settings)
    put_first(settings.master_key_file or settings.data / "master.key")


def _given(settings: Settings) -> tuple[str, str]:
    if settings.master_key is not None:
        return settings.master_key.get_secret_value(), "PLACEMENTS_MASTER_KEY"
    if settings.master_key_command is not None:
        return _said_by(settings.master_key_command), "the answer of PLACEMENTS_MASTER_KEY_COMMAND"
    path = settings.master_key_file
    if path is None:
        if not settings.private_database:
            raise PlainError(
                "A database of your own needs a master key: "
                "set PLACEMENTS_MASTER_KEY_FILE to a file with 32 bytes in base64."
            )
        path = settings.data / "master.key"
        if not path.exists():
            make(path)
    return text_of(path, WHAT), str(path)


def _said_by(command: str) -> str:
    """What a command prints, such as the client of a key management service. Its words are secret: no error repeats them."""
    try:
        # The operator's own setting, split into words and given to no shell.
        ran = subprocess.run(
            shlex.split(command), capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError) as problem:
        raise PlainError(
            f"The command in PLACEMENTS_MASTER_KEY_COMMAND gave no key: {type(problem).__name__}."
        ) from None
    return ran.stdout
