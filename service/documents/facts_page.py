"""docs/facts.md: what is written down whole, with the same fields in a request, an event and a record."""

from __future__ import annotations

from typing import get_type_hints

from domain.events import Event
from service.documents.docstrings import path_of, said_of
from service.documents.field_tables import fact_fields
from service.documents.markdown import code, link, page
from service.documents.recorded_by import all_commands, all_events
from service.documents.types_in_words import facts_in

INTRODUCTION = """
A fact is one thing that is written down whole. Its class is used by the request, by the event and by the record, so there is one
list of fields. `sealed` in the last column means: encrypted under a key of the child, one for each category.
"""


def facts_page() -> str:
    """The whole page."""
    return page("Facts", INTRODUCTION, *map(_fact, facts()))


def facts() -> list[type]:
    """Every fact that an event or a command holds, by name."""
    found = {
        fact
        for kind in (Event, *all_events().values(), *all_commands().values())
        for hint in get_type_hints(kind, include_extras=True).values()
        for fact in facts_in(hint)
    }
    return sorted(found, key=lambda fact: fact.__name__)


def _fact(kind: type) -> str:
    where = link(code(path_of(kind)), "../" + path_of(kind))
    return f"## {kind.__name__}\n\n{said_of(kind)} In {where}.\n\n{fact_fields(kind)}"
