"""docs/guidance.md: every document that a rule stands on, how sure we are of it, and where it is in the code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.bibliography import DOCUMENTS, Document
from domain.confidence import Mark
from service.documents.citations import Citation, by_document
from service.documents.docstrings import fields_said
from service.documents.guidance_words import HOW_SURE, INTRODUCTION, NO_LONGER, REASONS, SOURCES
from service.documents.markdown import code, link, page, table

KINDS = (
    ("source document", "The five source documents", SOURCES),
    ("law", "Law", ""),
    ("guidance", "Guidance and standards", ""),
    ("standard", "Numbers and registers", ""),
    ("our own", "Our own decisions", ""),
)


def guidance_page() -> str:
    """The whole page."""
    return page(
        "Guidance",
        INTRODUCTION,
        "## How sure we are",
        _marks(),
        HOW_SURE,
        *_documents(),
        "## What no longer holds",
        *_old(),
    )


def _marks() -> str:
    said = fields_of_mark()
    return table(("mark", "meaning"), [(f"[{mark}]", said[mark.name]) for mark in Mark])


def fields_of_mark() -> dict[str, str]:
    """What each mark means, from its own file."""
    return fields_said(Mark)


def _documents() -> Iterator[str]:
    cited = by_document()
    for kind, title, words in KINDS:
        yield f"## {title}"
        if words:
            yield words
        for document in DOCUMENTS:
            if document.kind == kind:
                yield _document(document, cited.get(document, []))


def _document(document: Document, cited: list[Citation]) -> str:
    mark = f" [{document.mark}]" if document.kind in ("law", "guidance", "standard") else ""
    lines = [f"### {document.title}", f"{document.about}{mark}"]
    if cited:
        lines.append(table(("place", "what stands on it", "mark", "in"), map(_row, _in_order(cited))))
    else:
        lines.append("Named in the code's own words only; nothing stands on it alone.")
    return "\n\n".join(lines)


def _in_order(cited: list[Citation]) -> list[Citation]:
    return sorted(dict.fromkeys(cited), key=lambda c: (_numbers_as_numbers(c.source), c.path, c.what))


def _numbers_as_numbers(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", text)]


def _row(citation: Citation) -> tuple[str, ...]:
    where = link(code(citation.path), f"../{citation.path}")
    mark = f"[{citation.mark}]" if citation.mark else ""
    return citation.source, citation.what, mark, where


def _old() -> Iterator[str]:
    yield REASONS
    yield table(("the source says", "today", "mark"), NO_LONGER)
