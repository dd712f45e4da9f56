"""A record as plain facts, ready for JSON: what it remembers, field by field, under the names that the domain gives."""

from __future__ import annotations

from typing import Any

import msgspec

from domain.attendance_codes import Totals
from domain.child import Child
from domain.child_events import Excluded
from domain.events import Event
from domain.organisation import Organisation
from domain.record import Record
from domain.schooling import TermAtSchool

OF_THE_RECORD_ITSELF = frozenset({"id", "version", "events", "pending", "recording"})
OF_EVERY_EVENT = frozenset(Event.__struct_fields__)


def fields_of(record: Record) -> dict[str, Any]:
    """What the record remembers, ready for JSON."""
    fields = {name: value for name, value in vars(record).items() if name not in OF_THE_RECORD_ITSELF}
    if isinstance(record, Organisation):
        fields["grants"] = list(record.grants.values())
        fields["warnings"] = sorted(record.warnings)
        if record.named_officer:
            fields["named_officer"] = {"person_id": record.named_officer[0], "name": record.named_officer[1]}
    if isinstance(record, Child):
        fields["carers"] = list(record.carers.values())
        fields["exclusions"] = [facts_of(excluded) for excluded in record.exclusions]
        fields["session_counts"] = [terms_sessions(record, term) for term in record.session_counts]
    shown: dict[str, Any] = msgspec.to_builtins(fields, str_keys=True)
    return shown


def terms_sessions(child: Child, term: TermAtSchool) -> dict[str, Any]:
    """A term's sessions as a return counted them, and added up by the rule of the statistics."""
    totals = child.totals_of(term)
    added = {"rate": totals.rate, **{name: getattr(totals, name) for name in Totals.__dataclass_fields__}}
    where = {name: getattr(term, name) for name in TermAtSchool.__dataclass_fields__}
    return {**where, "counts": child.session_counts[term], "totals": added}


def facts_of(event: Event | Excluded) -> dict[str, Any]:
    """What an event says of its own: without who decided it, and when."""
    return {
        name: msgspec.to_builtins(getattr(event, name), str_keys=True)
        for name in event.__struct_fields__
        if name not in OF_EVERY_EVENT
    }
