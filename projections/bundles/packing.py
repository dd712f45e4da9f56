"""Lists and signs the files of a bundle, and puts them into one archive that has the same bytes whoever makes it, and whenever."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import files as files_of
from pathlib import Path
from textwrap import fill

from history.ledger.evidence import Named
from history.ledger.notes import Signer
from projections.bundles.contents import Contents

FIRST_LINE = "placements-bundle-v1"
MANIFEST = "bundle.txt"
README = "README.txt"
BROUGHT_ALONG = (README, "verify.py")
"""Files that every bundle has: how to check it, and with what."""
NAMED = re.compile(r"  ([a-z]+\.[a-z]+) {2,}")
"""A line of what is there to read."""
NO_DATE = 33
"""1 January 1980, the first day that an archive can name."""


def signed(
    contents: Contents, files: Mapping[str, bytes], signer: Signer, first_of_all: str = ""
) -> dict[str, bytes]:
    """All files of a bundle, with the signed list of them. `first_of_all`: what its reader has to know before anything else."""
    here = files_of("projections.bundles")
    brought = {name: (here / name).read_bytes() for name in BROUGHT_ALONG}
    whole = (
        dict(files) | brought | {README: _of_these(brought[README].decode(), files, first_of_all).encode()}
    )
    note = signer.sign("".join(f"{line}\n" for line in _manifest(contents, whole, signer)))
    return whole | {MANIFEST: note.encode()}


def _of_these(readme: str, files: Mapping[str, bytes], first_of_all: str) -> str:
    """What to read first, without the lines about files that only another kind of bundle has."""
    here = [line for line in readme.splitlines() if not (name := NAMED.match(line)) or name[1] in files]
    if first_of_all:
        at = here.index("TO READ IT")
        here[at:at] = [fill(first_of_all, 130), ""]
    return "\n".join([*here, ""])


def _manifest(contents: Contents, files: Mapping[str, bytes], signer: Signer) -> Iterable[str]:
    yield FIRST_LINE
    yield f"kind {contents.kind}"
    yield f"of {contents.of}"
    yield f"as-at {contents.as_at}"
    yield f"key {signer.public}"
    yield from map(_complete, contents.complete)
    for name, data in sorted(files.items()):
        yield f"file {sha256(data).hexdigest()} {len(data)} {name}"


def _complete(named: Named) -> str:
    return f"complete {named[0]} {named[1]}"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The one archive that there is of some files: sorted, without dates, and not compressed, for compressors differ."""
    bodies: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, data in sorted(files.items()):
        common = struct.pack(
            "<HHHHIIIHH", 0, 0, 0, NO_DATE, zlib.crc32(data), len(data), len(data), len(name), 0
        )
        directory.append(
            struct.pack("<4sHH", b"PK\x01\x02", 0x0314, 20)
            + common
            + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, at)
            + name.encode("ascii")
        )
        bodies.append(struct.pack("<4sH", b"PK\x03\x04", 20) + common + name.encode("ascii") + data)
        at += len(bodies[-1])
    size = sum(map(len, directory))
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(files), len(files), size, at, 0)
    return b"".join([*bodies, *directory, end])


def write(files: Mapping[str, bytes], to: Path) -> None:
    """Write a bundle as an archive where the name ends with .zip, else as a folder. Raises OSError, also where there is one already."""
    if to.suffix == ".zip":
        with to.open("xb") as archive:
            archive.write(zipped(files))
        return
    to.mkdir(parents=True)
    for name, data in files.items():
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
