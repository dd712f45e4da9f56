"""The records that one decision touches: loaded once, when they are asked for, and what was read or found absent is remembered."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from domain.reasons import Invalid, NotFound, Reason
from domain.record import Record, Recording
from workflows.published import Shelf

R = TypeVar("R", bound=Record)


class RecordsAtHand:
    """All that is loaded is put under the recording of the decision, so that each of them can be written to."""

    def __init__(self, shelf: Shelf, recording: Recording) -> None:
        self.shelf, self.recording = shelf, recording
        self.loaded: dict[UUID, Record] = {}
        self.absent: set[UUID] = set()

    def find(self, kind: type[R], id: UUID | None) -> R | None:
        """A record, or None where there is none."""
        if id is None or id in self.absent:
            return None
        known = self.loaded.get(id)
        if known is None:
            found = self.shelf.find(kind, id)
            if found is None:
                self.absent.add(id)
                return None
            known = self.loaded[id] = found.under(self.recording)
        return known if isinstance(known, kind) else None

    def get(self, kind: type[R], id: UUID) -> R:
        """A record. Raises NotFound."""
        found = self.find(kind, id)
        if found is None:
            raise NotFound(kind.__name__.lower())
        return found

    def named(self, kind: type[R], id: UUID, field: str) -> R:
        """A record that a field of the request names. Raises Invalid, pointing at the field."""
        found = self.find(kind, id)
        if found is None:
            raise no_such(kind, field)
        return found

    def begin(self, kind: type[R], id: UUID) -> R:
        """A new record, or the one that has this id already."""
        return self.find(kind, id) or self.new(kind, id)

    def new(self, kind: type[R], id: UUID) -> R:
        """A record without a past."""
        self.absent.discard(id)
        record = kind(id).under(self.recording)
        self.loaded[id] = record
        return record

    def fetch(self, kinds: dict[UUID | None, type[Record]]) -> None:
        """Load several records in one go, so that the rules need not fetch them one by one."""
        wanted = {id: kind for id, kind in kinds.items() if id is not None and id not in self.loaded}
        if wanted:
            found = self.shelf.get_many(wanted)
            self.loaded.update({id: record.under(self.recording) for id, record in found.items()})
            self.absent.update(set(wanted) - set(found))

    def changed(self) -> list[Record]:
        """The records with something new to store."""
        return [record for record in self.loaded.values() if record.pending]

    def read(self) -> dict[UUID, int]:
        """Records that were read and not changed, with the version read; 0 for one that was found absent."""
        unchanged = {id: r.version for id, r in self.loaded.items() if not r.pending}
        return unchanged | dict.fromkeys(self.absent, 0)


def no_such(kind: type[Record], field: str) -> Invalid:
    """A field names a record that does not exist, or of which the asker may not know."""
    message = f"There is no {kind.__name__.lower()} with this id."
    return Invalid([Reason(code="unknown_reference", message=message, field=field)])
