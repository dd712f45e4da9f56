"""How sure we are of a rule or a code: whether its own text was read, or only what others say of it."""

from __future__ import annotations

from enum import StrEnum


class Mark(StrEnum):
    """The mark that every fact taken from law, guidance or a data standard carries."""

    PRIMARY = "P"
    """The text itself was read, at legislation.gov.uk or gov.uk."""
    SECONDARY = "S"
    """Known through a law firm, a council's page, the trade press or a public transcription."""
    UNVERIFIED = "U"
    """No source confirmed it. It may warn; it must not drive a hard rule until someone has checked it."""
    SOURCE = "source"
    """Stated in a guidance document this service was built from, cited by file and paragraph (003 ¶37)."""
    DESIGN = "design"
    """A choice of our own, or a proposal that is not law. Never presented as anyone else's rule."""


IN_WORDS: dict[Mark, str] = {
    Mark.PRIMARY: "its own text was read",
    Mark.SECONDARY: "a secondary source",
    Mark.UNVERIFIED: "unverified: it never refuses anything",
    Mark.SOURCE: "one of the documents that the service began from",
    Mark.DESIGN: "a decision of our own",
}
"""The same for whoever reads a page."""
