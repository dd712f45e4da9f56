"""The history read once from its beginning: before each event the records as they were, and after it the records as it left them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID

from domain.record import Record
from history.reading import Stored
from workflows.unfolding import Past, Unfolding


class Walking(Unfolding):
    """A shelf that stands, when an event is handed out, as it was right after it."""

    def __init__(self, history: Past) -> None:
        super().__init__(history)
        self._about: defaultdict[UUID, list[tuple[UUID, type[object]]]] = defaultdict(list)

    def steps(self, before: Callable[[Stored], None], until: int | None = None) -> Iterator[Stored]:
        """Every event in order, up to a position; `before` is called while the records are as they were before it."""
        for stored in self._history.scan():
            if until is not None and stored.position > until:
                return
            self.position = stored.position - 1
            before(stored)
            self._take_in(stored)
            self.position = stored.position
            event = stored.event
            if event.originator_version == 1 and (whom := event.about) is not None:
                self._about[whom].append((event.originator_id, type(event)))
            yield stored

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """The records about a person, as far as they had begun: noted on the way, so nothing is asked."""
        return [id for id, first in self._about[person] if first in kind.folds]
