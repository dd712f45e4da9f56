"""Secret keys of 32 bytes, written in base64, in files that only their owner may read."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from service.plain_error import PlainError

LENGTH = 32


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


def read(path: Path, what: str) -> bytes:
    """The key in a file. `what` it is is said where it cannot be read."""
    try:
        return decode(path.read_text(), str(path), what)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise PlainError(f"The {what} file {path} cannot be read: {reason}.") from None


def decode(text: str, source: str, what: str) -> bytes:
    """The key in its written form."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise PlainError(f"The {what} in {source} is not {LENGTH} bytes in base64.")
    return key
