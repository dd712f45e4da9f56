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


def put_first(path: Path) -> None:
    """Make a new key and put it before those in the file, in one step: who reads sees the old file or the new one."""
    before = path.read_text().split()
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        new = base64.b64encode(secrets.token_bytes(LENGTH)).decode()
        file.write("".join(f"{line}\n" for line in (new, *before)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


def read(path: Path, what: str) -> bytes:
    """The key in a file. `what` it is is said where it cannot be read."""
    return decode(text_of(path, what), str(path), what)


def text_of(path: Path, what: str) -> str:
    """What a file of keys holds, as it is written there."""
    try:
        return path.read_text()
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
