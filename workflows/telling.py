"""Tell: somebody shall be told something. This asks for it; the worker finds out who that is, and sees that it arrives.

To tell someone from a trigger or any other command, in the same transaction as what it decides:

    ask_to_tell(case, Tell(
        template="unexplained_absence",                       # one of domain/templates/
        to=Recipient(relation="parent"),                      # how they stand to the record; who that is, is looked up when it is sent
        record=About(kind="placement", id=placement_id),
        cause=Cause(rule="an_unexplained_absence_is_told_the_same_day", what=f"{register_id}/{version}", position=1234),
        slots=(Slot(name="day", value="Monday 23 November"),),  # what `template.slots_for(relation)` names, and no more
        tell_by=end_of_that_day,                              # after it, it is recorded as stale and not sent
    ))

and on its own: `tell(casework, Tell(...), asker, sent)`. Both may be repeated: the id follows from cause, template and recipient
(`domain.message.message_id`), so one cause asks for one message once, whatever crashes; and one person who stands in several relations
is told once by the same template. Give `child_id` only where the record is neither a placement nor a child.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from annotated_types import Len

from domain import message_events as e
from domain.child import Child
from domain.facts.telling import About, Cause, Recipient, Slot, Urgency
from domain.message import Message, message_id
from domain.organisation import Organisation
from domain.people import Asker
from domain.personal import Label
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from domain.record import Record
from domain.templates.catalogue import TEMPLATES
from workflows.case import Case
from workflows.command import Command
from workflows.sent import Performs, Sent

KINDS: dict[str, type[Record]] = {
    "placement": Placement,
    "child": Child,
    "provider": Provider,
    "organisation": Organisation,
    "message": Message,
}
"""What a message may be about."""


class Tell(Command):
    """Ask that someone be told something: by e-mail, text message or to another system, as they can be reached."""

    target: ClassVar[type[Record]] = Message
    opens: ClassVar[bool] = True

    template: Label
    """What they are told, by the name of its template."""
    to: Recipient
    """Who is to be told."""
    record: About
    """Which record it is about."""
    cause: Cause
    """Because of what."""
    urgency: Urgency | None = None
    """Whether it passes quiet hours, or waits for the morning's digest; the template says so where this is left out."""
    tell_by: datetime | None = None
    """By when it is still worth telling, with its time zone; empty for always."""
    child_id: UUID | None = None
    """The child whom it is about, where that does not follow from the record."""
    slots: Annotated[tuple[Slot, ...], Len(0, 20)] = ()
    """What fills the places of the template."""

    def own_id(self) -> UUID:
        """The id that its message has."""
        return message_id(self.cause, self.template, self.to)

    def decide(self, case: Case) -> None:
        _require_words(self)
        about = case.named(KINDS[self.record.kind], self.record.id, "record.id")
        placement_id = None
        child_id = self.child_id
        if isinstance(about, Placement | Message):
            child_id = about.child_id
            placement_id = about.placement_id if isinstance(about, Message) else about.id
        elif isinstance(about, Child):
            child_id = about.id
        elif child_id is not None:
            case.named(Child, child_id, "child_id")
        message = case.begin(Message, self.own_id())
        message.remember(
            e.MessageAskedFor,
            template=self.template,
            to=self.to,
            record=self.record,
            cause=self.cause,
            urgency=self.urgency or TEMPLATES[self.template].urgency,
            tell_by=self.tell_by,
            child_id=child_id,
            placement_id=placement_id,
            slots=self.slots,
        )


def ask_to_tell(case: Case, asked: Tell) -> UUID:
    """Ask for it within another command's decision, unless the same was asked for before. Returns the message's id.

    Raises Invalid where the template is not written for the recipient, or its places are not the ones that are filled.
    """
    if case.find(Message, asked.own_id()) is None:
        asked.decide(case)
    return asked.own_id()


def tell(casework: Performs, asked: Tell, by: Asker, sent: Sent | None = None) -> UUID:
    """Ask for it, unless the same was asked for before. Returns the message's id. Raises what casework raises."""
    try:
        casework.perform(asked, by, asked.own_id(), sent)
    except Invalid as invalid:
        if [reason.code for reason in invalid.reasons] != ["id_in_use"]:
            raise
    return asked.own_id()


def _require_words(asked: Tell) -> None:
    template = TEMPLATES.get(asked.template)
    if template is None or template.name == "digest":
        known = ", ".join(sorted(TEMPLATES.keys() - {"digest"}))
        raise _invalid(
            "no_such_template", f"There is no template of this name. There are: {known}.", "template"
        )
    if template.words_for(asked.to.relation) is None:
        raise _invalid(
            "not_written_for_them", "This template has no words for that recipient.", "to.relation"
        )
    if (asked.to.relation == "person") != (asked.to.person_id is not None):
        raise _invalid(
            "person_missing", "Name the person for the relation `person`, and for no other.", "to.person_id"
        )
    if asked.to.person_id is not None and asked.to.organisation_id is None:
        raise _invalid(
            "organisation_missing", "Say for which organisation the person acts.", "to.organisation_id"
        )
    if asked.tell_by is not None and asked.tell_by.tzinfo is None:
        raise _invalid(
            "time_zone_missing", "Give the time zone, such as 2026-11-20T15:30:00+00:00.", "tell_by"
        )
    wanted, given = template.slots_for(asked.to.relation), [slot.name for slot in asked.slots]
    if set(given) != wanted or len(given) != len(set(given)):
        message = f"Fill these places, each once: {', '.join(sorted(wanted)) or 'none'}."
        raise _invalid("slots_do_not_fit", message, "slots")


def _invalid(code: str, message: str, field: str) -> Invalid:
    return Invalid([Reason(code=code, message=message, field=field)])
