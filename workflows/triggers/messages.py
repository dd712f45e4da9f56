"""The messages that triggers ask for: the template, who reads it, and the words of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.facts.telling import About, Recipient, RecordKind, Relation, Slot
from domain.placement import Placement
from domain.templates.catalogue import TEMPLATES
from workflows.telling import Tell
from workflows.triggers.cause import Cause, told_cause

TODAY, NOW = "Today.", "Now."
OF_AN_ORGANISATION = frozenset({"named_officer", "senior_officer", "commissioner", "safeguarding_lead", "attendance_officer",
                                "virtual_school_head"})  # fmt: skip
"""Relations of which a message may say at which organisation."""


def in_words(day: date | None) -> str:
    """A day as people say it: Monday 23 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}" if day else "a day not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to tell several people of one record, each in the words that are written for them."""

    kind: RecordKind
    id: UUID
    template: str
    to: Sequence[Relation]
    words: Mapping[str, str]
    tell_by: datetime | None = None
    whose: UUID | None = None
    """The organisation whose officers are meant, where the record does not say so."""
    placement_id: UUID | None = None
    commissioner_id: UUID | None = None

    def asked(self, trigger: str, cause: Cause) -> Iterator[tuple[Tell, str]]:
        """The requests, each with the name that tells it apart from the others of the same cause."""
        known, about = TEMPLATES[self.template], About(kind=self.kind, id=self.id)
        for relation in self.to:
            if known.words_for(relation) is None:
                continue
            whose = self.whose if relation in OF_AN_ORGANISATION else None
            slots = tuple(
                Slot(name=name, value=self.words[name]) for name in sorted(known.slots_for(relation))
            )
            tell = Tell(
                template=self.template,
                to=Recipient(relation=relation, organisation_id=whose),
                record=about,
                cause=told_cause(trigger, cause),
                tell_by=self.tell_by,
                slots=slots,
            )
            yield tell, " ".join(filter(None, (self.template, "to", relation, str(whose or ""))))


def told(
    placement: Placement,
    template: str,
    to: Sequence[Relation],
    *,
    tell_by: datetime | None = None,
    **words: str,
) -> Message:
    """A message about a placement."""
    return Message(
        kind="placement", id=placement.id, template=template, to=to, words=words, tell_by=tell_by,
        placement_id=placement.id, commissioner_id=placement.commissioner_id,
    )  # fmt: skip
