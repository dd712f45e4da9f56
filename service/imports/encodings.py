"""Which characters a file's bytes stand for: found out by reading all of it once, never guessed from its beginning."""

from __future__ import annotations

import codecs
from pathlib import Path

from service.plain_error import PlainError

PIECE = 1 << 20
NO_TEXT = {
    b"PK\x03\x04": "an Excel workbook or another packed file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a packed file",
}
"""How files begin that are often sent by mistake."""
IN_WORDS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}


def encoding_of(path: Path) -> str:
    """UTF-8 where every byte fits, or else Windows-1252; UTF-16 where the file says so.

    Raises OSError, and PlainError for a file that is no text.
    """
    with path.open("rb") as file:
        first = file.read(4)
    for mark, what in NO_TEXT.items():
        if first.startswith(mark):
            raise PlainError(f"{path.name} is {what}: save it as CSV first.")
    if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        if _fits(path, encoding):
            return encoding
    raise PlainError(
        f"{path.name} is no text: it fits neither UTF-8 nor Windows-1252. Save it as CSV in UTF-8."
    )


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE):
                if b"\0" in piece:
                    return False
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
