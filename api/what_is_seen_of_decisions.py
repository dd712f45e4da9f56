"""What each person sees of a decision's page: no more of its records than the records themselves show them."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import msgspec

from api.desk import Desk
from api.looking import relations_to
from api.what_is_seen import unseen, withheld_events, without
from domain.events import stored_name
from domain.people import Asker, Role
from domain.placement import Placement
from projections.decisions.shapes import Decided, DecisionPage, Mention, RecordSeen, canonical
from workflows.case import Case
from workflows.who_reads import scope_of

OF_ANY = (
    "position",
    "kind",
    "record_id",
    "version",
    "event",
    "sentence",
    "who",
    "true_on",
    "true_at",
    "recorded_at",
    "days_late",
)
"""What a provider's people are told of a decision that was not their own: that it was taken, by whom and when."""
WITHHELD = ("facts", "words", "evidence", "override")
"""What is left out of a decision whose event tells what the file does not show."""


def shown_page(page: DecisionPage, then: Case, desk: Desk) -> dict[str, bytes]:
    """The page as the asker of this case may see it, with the SHA-256 of its lasting part as shown: each part in its canonical form."""
    asker = then.asker
    decided = msgspec.to_builtins(page.decision, str_keys=True)
    later = msgspec.to_builtins(page.known_later, str_keys=True)
    hidden = (
        unseen(asker, relations_to(then)) if isinstance(then.target, Placement) else unseen(asker, ("all",))
    )
    decided["records"] = [_record(seen, asker, hidden) for seen in page.decision.records]
    _leave_out_withheld(decided, later, page.decision, withheld_events(hidden), then)
    _leave_out_others(decided, later, page, desk, asker)
    if asker.provider_id is not None:
        decided, later = _of_provider(decided, later, page.decision, asker)
    lasting = canonical(decided)
    return {
        "decision": lasting,
        "known_later": canonical(later),
        "decision_sha256": canonical(hashlib.sha256(lasting).hexdigest()),
    }


def _record(seen: RecordSeen, asker: Asker, hidden: frozenset[str]) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(seen, str_keys=True)
    facts, provider = row["facts"], asker.provider_id is not None
    if facts is None:
        return row
    if seen.kind == "placement":
        without(facts, hidden)
    elif seen.kind == "child":
        without(facts, unseen(asker, ("provider" if provider else "all",)))
    elif seen.kind == "agreement":
        to_it = _to_agreement(facts, asker)
        row["facts"] = without(facts, unseen(asker, to_it)) if to_it else None
    elif seen.kind == "organisation" and seen.id != asker.organisation_id:
        without(facts, unseen(asker, ("outsider",)))
    elif seen.kind == "provider" and provider and seen.id != asker.provider_id:
        without(facts, unseen(asker, ("another_provider",)))
    elif seen.kind == "places" and provider:
        row["facts"] = None
    return row


def _to_agreement(facts: dict[str, Any], asker: Asker) -> tuple[str, ...]:
    if facts.get("commissioner_id") == str(asker.organisation_id):
        return ("all",)
    return ("provider",) if asker.provider_id and facts.get("provider_id") == str(asker.provider_id) else ()


def _leave_out_withheld(
    decided: dict[str, Any], later: dict[str, Any], page: Decided, withheld: frozenset[str], then: Case
) -> None:
    names = {event.originator_version: stored_name(type(event)) for event in then.target.events}
    corrects = names.get(page.facts.get("corrects", 0), "")
    if {page.event, corrects} & withheld:
        decided.update(dict.fromkeys(WITHHELD))
    for put in later["corrections"]:
        if put["event"] in withheld:
            put.update(then=None, now=None, why="")


def _leave_out_others(
    decided: dict[str, Any], later: dict[str, Any], page: DecisionPage, desk: Desk, asker: Asker
) -> None:
    """One decision may have written in records that are not the asker's to know of."""
    mentions = {
        "same_decision": page.decision.same_decision,
        "not_on_the_screen": page.decision.not_on_the_screen,
    }
    ids = {m.record_id for some in (*mentions.values(), page.known_later.same_decision) for m in some}
    known = desk.read_models.knowing.of(scope_of(asker), ids - {page.decision.record_id}) | {
        page.decision.record_id
    }
    for name, some in mentions.items():
        decided[name] = _known_ones(some, known)
    later["same_decision"] = _known_ones(page.known_later.same_decision, known)


def _known_ones(mentions: tuple[Mention, ...], known: frozenset[UUID]) -> list[Any]:
    return [
        msgspec.to_builtins(m, str_keys=True) for m in mentions if m.record_id in known or m.kind == "places"
    ]


def _of_provider(
    decided: dict[str, Any], later: dict[str, Any], page: Decided, asker: Asker
) -> tuple[dict[str, Any], dict[str, Any]]:
    own = (
        page.who is not None
        and Role.PROVIDER_STAFF in page.who.roles
        and page.who.organisation_id == asker.organisation_id
    )
    if not own:
        return {name: decided[name] for name in OF_ANY}, {"up_to": later["up_to"], "facts": later["facts"]}
    return {**decided, "not_relied_on": [], "same_decision": []}, {
        **later,
        "same_decision": [],
        "corrections": [],
    }
