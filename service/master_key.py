"""The one key that protects each child's own key. Whoever loses it loses every name in the history."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from service.plain_error import PlainError
from service.settings import Settings

LENGTH = 32


def read_master_key(settings: Settings) -> bytes:
    """The key that was given; a private database makes its own the first time."""
    if settings.master_key is not None:
        return decode(settings.master_key.get_secret_value(), "PLACEMENTS_MASTER_KEY")
    if settings.master_key_file is not None:
        return read(settings.master_key_file)
    if not settings.private_database:
        raise PlainError(
            "A database of your own needs a master key: "
            "set PLACEMENTS_MASTER_KEY_FILE to a file with 32 bytes in base64."
        )
    made = settings.data / "master.key"
    if not made.exists():
        make(made)
    return read(made)


def make(path: Path) -> None:
    """Make a key file that only its owner may read. When two processes try, one key comes of it."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(LENGTH)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)  # unlike a rename, this never replaces a key that is there
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def read(path: Path) -> bytes:
    """The key in a file."""
    try:
        return decode(path.read_text(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise PlainError(f"The master key file {path} cannot be read: {reason}.") from None


def decode(text: str, source: str) -> bytes:
    """The key in its written form."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise PlainError(f"The master key in {source} is not {LENGTH} bytes in base64.")
    return key
