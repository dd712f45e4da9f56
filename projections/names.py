"""How names are put in order and searched: without regard to capitals and accents, and the same in every database."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 400
"""Characters of a key. An index entry has at most some 2,700 bytes, and a folded name may be many times as long."""
APOSTROPHES = frozenset("'`\u00b4\u02bc\u2018\u2019")
STROKES = str.maketrans(
    {
        "\u0142": "l",
        "\u00f8": "o",
        "\u0111": "d",
        "\u00f0": "d",
        "\u0127": "h",
        "\u0131": "i",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00fe": "th",
    }
)
"""Letters that Unicode does not take apart into a letter and an accent, and that people search without: l for \u0142."""
PLAIN = {**dict.fromkeys([*range(32), 127, ord("'"), ord("`")]), ord("-"): " "}
"""The same for names that are written with the letters of English alone, only quicker."""


def folded(text: str) -> str:
    """A text without capitals, accents, apostrophes and invisible characters; dashes become spaces.

    Computed here, because every database orders and folds by the rules of the machine that it was made on.
    """
    if text.isascii():
        return " ".join(text.casefold().translate(PLAIN).split())
    kept = []
    for letter in unicodedata.normalize("NFKD", text).casefold().translate(STROKES):
        kind = unicodedata.category(letter)
        if kind in ("Mn", "Cf", "Cc", "Cs") or letter in APOSTROPHES:
            continue
        kept.append(" " if kind in ("Pd", "Zs", "Zl", "Zp") else letter)
    return " ".join("".join(kept).split())


def name_key(*parts: str) -> str:
    """By what a name is sorted and found; the family name comes first."""
    return " ".join(filter(None, (folded(part)[: LONGEST // len(parts)] for part in parts)))[:LONGEST]


def patterns(searched: str) -> list[str] | None:
    """For LIKE ALL: every word of a search has to be somewhere in the name. None where nothing is searched."""
    words = folded(searched).split()[:20]
    if not words:
        return [""] if searched.strip() else None
    return ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in words]
