"""The documents that rules stand on, and which of them a citation is of."""

from __future__ import annotations

from dataclasses import dataclass

from domain.cited_works import GUIDANCE, LAWS, OURS, PAPERS, STANDARDS

KINDS = {
    "source document": PAPERS,
    "law": LAWS,
    "guidance": GUIDANCE,
    "standard": STANDARDS,
    "our own": OURS,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A law, a regulation, a guidance document, a standard, or a decision of our own."""

    title: str
    kind: str
    mark: str
    about: str
    begins: tuple[str, ...]
    """How a citation of it begins."""


DOCUMENTS: tuple[Document, ...] = tuple(
    Document(title, kind, mark, about, (title, *others))
    for kind, rows in KINDS.items()
    for title, mark, about, others in rows
)
"""Every document that anything cites."""


def document_of(citation: str) -> Document | None:
    """The document that a citation is of, by how it begins; none where it is not known."""
    return next((document for document in DOCUMENTS if citation.startswith(document.begins)), None)
