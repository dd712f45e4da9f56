"""What people write about people is stored sealed: every such field is marked, and nothing of it is found in the clear."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

import msgspec
import pytest

from domain.child import Child
from domain.events import Event, stored_name
from domain.personal import Label, Personal, Prose
from domain.placement import Placement
from history.marks import shape_of
from history.sealing import keys_of
from history.shapes import Fields
from tests.conformance.event_kinds import KINDS
from tests.conformance.every_command import every_event
from tests.support.walk import CHILD
from workflows.catalogue import COMMANDS
from workflows.child_records import RegisterChild

ABOUT_NO_CHILD: dict[str, str] = {
    "AccessRefused.caller code method person_id route": "who was turned away from which address: a keyed hash, codes",
    "Actor.id name role": "an officer's name and post are part of the public record of a decision",
    "Addressee.person_id": "an officer, as the sign-in service names them",
    "AgreementEnded.why": "the end of a contract between two organisations",
    "AttendanceOpened.half_term": "the name of a half-term",
    "CalendarAddressClosed.person_id": "an officer",
    "CalendarAddressOpened.key_sha256 person_id": "a hash; an officer",
    "Change.field": "the name of a field",
    "ContractSigned.signatory": "the post of who signed a contract",
    "CouldNotAct.cause command failed_with reasons trigger": "names of a trigger, a command, rules and a kind of fault; ids",
    "Decision.causation_id command reason_code": "identifiers and codes",
    "Endpoint.name": "what an organisation calls one of its systems",
    "ErasureApproved.requested_by": "an officer",
    "ErasureRefused.requested_by": "an officer",
    "Evidence.id sha256": "the keeper's reference of a document, and its hash",
    "Excluded.clock source_row": "the number of a time rule; the row of an import",
    "Faulty.what where": "tables, positions, ids and columns; never what stands in them",
    "LooksNoted.part": "a part of the service",
    "MessageGivenUp.to": "the key of an addressee: ids, and which of the carers by number",
    "MessageHandedOver.reference to": "the carrier's id of a message; the key of an addressee",
    "MessageHeld.to": "the key of an addressee",
    "MessageNotHandedOver.to": "the key of an addressee",
    "MessageNotSent.to": "the key of an addressee",
    "MessagePutInDigest.to": "the key of an addressee",
    "MessageSentAgain.to": "the key of an addressee",
    "NamedOfficerAppointed.name person_id": "an officer, by post",
    "OrganisationFounded.local_authority_code name urn": "a council or school, as in public registers",
    "OverrideApproved.requested_by rules": "an officer; names of rules",
    "OverrideRequested.rules": "names of rules",
    "OverrideUsed.authorised_by requested_by rules": "officers; names of rules",
    "PageShown.children placements records": "ids, packed",
    "ParameterUsed.parameter": "the name of a parameter",
    "PersonContactSet.person_id": "an officer",
    "ProviderRegistered.company_number local_authority_code name source_row ukprn urn": "as in public registers",
    "ProviderRemoved.why": "about an organisation; the request asks for words without a child",
    "ProviderRenamed.name": "the name of an organisation",
    "ProviderSuspended.why": "about an organisation; the request asks for words without a child",
    "Recipient.person_id": "an officer",
    "RiskAccepted.prepared_by": "an officer",
    "RoleGranted.name person_id": "an officer",
    "RoleRevoked.person_id": "an officer",
    "RuleWeighed.reason rule": "names of rules and their codes",
    "SessionCoded.half": "morning or afternoon",
    "SessionCountsRecorded.counts source_row": "register codes; the row of an import",
    "Signature.signatory": "the post of who signed",
    "Site.postcode": "a provider's address",
    "SiteClosed.name": "a provider's site",
    "StoreChecked.root": "a hash",
    "SuspensionLifted.why": "about an organisation",
    "TableCounted.chain": "a hash",
    "Triggered.trigger": "the name of a trigger",
    "TriggerIntroduced.sentence trigger": "the name of a trigger, and what it does",
    "ValueJudged.judgement": "about a contract",
    "WarningsChosen.rules": "names of rules",
    "Withdrawn.by_whom child_is_at": "a party and a kind of place, from lists of words",
}
"""Texts that carry no mark, and why they need none."""

ALLOWED = {
    f"{owner}.{field}"
    for entry in ABOUT_NO_CHILD
    for owner, _, fields in [entry.partition(".")]
    for field in fields.split()
}


def unmarked_texts(kind: Any) -> Iterator[str]:
    """Every text in a class that is neither marked as personal nor declared to be about no one."""
    for field, hint in get_type_hints(kind, include_extras=True).items():
        for found in _texts(hint):
            yield found or f"{kind.__name__}.{field}"


def _texts(hint: Any) -> Iterator[str]:
    if hint is str:
        yield ""
    elif get_origin(hint) is Annotated:
        marked = any(isinstance(mark, Personal) for mark in get_args(hint)[1:])
        if not marked and hint not in (Label, Prose):
            yield from _texts(get_args(hint)[0])
    elif isinstance(hint, type) and (issubclass(hint, msgspec.Struct) or dataclasses.is_dataclass(hint)):
        yield from unmarked_texts(hint)
    else:
        for inner in get_args(hint):
            yield from _texts(inner)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_mark_of_an_event_stands_where_words_can_be_sealed(kind: type[Event]) -> None:
    shape = shape_of(kind)
    assert shape is not None
    assert "decision" in {name for name, _, _ in shape.fields}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_text_of_an_event_is_sealed_or_known_to_be_about_no_child(kind: type[Event]) -> None:
    assert set(unmarked_texts(kind)) - ALLOWED == set()


def test_words_of_every_command_about_a_child_are_sealed_under_that_childs_keys() -> None:
    """Else an erasure would leave them readable: words beside a decision go into every event of it, whatever its record."""
    asked = 0
    for event in every_event():
        command = COMMANDS.get(event.decision.command)
        if command is not None and command.target in (Child, Placement) and command is not RegisterChild:
            needed = keys_of(event, cast("Fields", shape_of(type(event))))
            assert {subject for subject, _ in needed} <= {CHILD}, stored_name(type(event))
            asked += len(needed)
    assert asked > 500


def test_no_exception_outlives_its_field() -> None:
    found = {text for kind in KINDS.values() for text in unmarked_texts(kind)}
    assert ALLOWED - found == set()


def test_a_text_that_someone_forgot_to_mark_would_be_found() -> None:
    class Forgot(Event, frozen=True, kw_only=True, tag="test.forgot"):
        """A new kind of event with a hole in it."""

        notes: tuple[str, ...] = ()

    assert set(unmarked_texts(Forgot)) - ALLOWED == {"Forgot.notes"}
