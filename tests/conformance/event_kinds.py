"""Every kind of event that the service stores, however far from the tests its module lies."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import domain
from domain.events import Event
from domain.record import EVENT_KINDS, Record

for _module in pkgutil.walk_packages(domain.__path__, "domain."):
    importlib.import_module(_module.name)

KINDS: dict[str, type[Event]] = {
    name: kind for name, kind in sorted(EVENT_KINDS.items()) if not name.startswith("test.")
}
"""By their permanent names; the kinds that tests invent for themselves are left out."""


def _below(kind: type[Record]) -> Iterator[type[Record]]:
    for child in kind.__subclasses__():
        yield from _below(child) if child.__subclasses__() else (child,)


RECORDS: list[type[Record]] = sorted(
    (kind for kind in _below(Record) if kind.__module__.startswith("domain.")),
    key=lambda kind: kind.__name__,
)
"""Every kind of record."""
