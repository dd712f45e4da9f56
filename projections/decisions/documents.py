"""Documents that lay in the case when it was decided, and on which the decision does not say that it relied."""

from __future__ import annotations

from collections.abc import Iterable

from domain.events import Event
from projections.decisions.finding import Found
from projections.decisions.shapes import Document
from projections.telling import Happened


def not_relied_on(then: Iterable[Happened], found: Found, seen: int) -> tuple[Document, ...]:
    """Each document once, where it came into the case. The same reference with other bytes is another document."""
    relied_on = {(document.id, document.sha256) for document in found.event.decision.evidence}
    documents: dict[tuple[str, str | None], Document] = {}
    for one in then:
        if one.position >= found.first or not isinstance(one.event, Event):
            continue
        for document in one.event.decision.evidence:
            key = (document.id, document.sha256)
            if key not in relied_on and key not in documents:
                documents[key] = Document(
                    evidence=document, position=one.position, on_the_screen=one.position <= seen
                )
    return tuple(documents.values())
