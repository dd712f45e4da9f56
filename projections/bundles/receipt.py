"""A receipt for one decision: a small signed file for a parent, a school or a provider, which needs no account to be checked."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import msgspec

from domain.events import Event
from domain.reasons import NotFound
from history.ledger.notes import Signer
from history.ledger.stored import Stored, StoredEvent
from history.reading import Reading
from projections.bundles.contents import Leaf, empty
from projections.bundles.lines import proofs
from projections.bundles.packing import signed
from projections.bundles.page import day_or_nothing, facts, moment, page
from projections.bundles.story import entries_in, happened_in
from projections.entries import Entry
from projections.saying import listed, plain

REVIEW_DAYS = ("first_review_on", "next_review_on", "review_by")
ALSO = ("plan", "review", "held", "breakdown", "recovery")
"""Parts of events in which a day of review may stand."""


def make_receipt(
    history: Reading, signer: Signer, position: int, *, named: bool = False, entry: Entry | None = None
) -> Mapping[str, bytes]:
    """The files of a receipt.

    The decision's event is proved and not told: its stored bytes say more than the receiver needs. `named` puts in who decided, else
    only the role and the organisation. `entry` is the decision as the receiver may see it, where that is not all of it.

    Raises NotFound where no event stands at the position, NotSealed, Unreadable and Unavailable.
    """
    found = Stored(history).events(position - 1, 1) if position > 0 else []
    if not found or found[0].position != position:
        raise NotFound("decision")
    event = found[0]
    contents = empty(history, "receipt", event.record_id, position)
    contents.leaves = [Leaf(position, event.leaf())]
    said = _said(history, event, entry or entries_in(history, [event], position)[0], named)
    lines = proofs(history, contents)
    files = {name: lines[name] for name in ("checkpoint.txt", "leaves.txt", "nodes.txt")}
    files["receipt.json"] = msgspec.json.format(msgspec.json.encode(said, order="sorted"), indent=1) + b"\n"
    files["receipt.html"] = _page(said, position, signer.public.name)
    return signed(contents, files, signer)


def _said(history: Reading, event: StoredEvent, entry: Entry, named: bool) -> dict[str, Any]:
    [happened] = happened_in(history, [event])
    who = entry.who
    by: dict[str, Any] = {
        "roles": [plain(role) for role in who.roles] if who else [],
        "organisation": who.organisation if who else None,
    }
    if named and who:
        by["name"] = who.name
    return {
        "position": event.position,
        "leaf": base64.b64encode(event.leaf()).decode(),
        "record": str(event.record_id),
        "event": event.topic,
        "decision": entry.sentence if named else _without_the_name(entry),
        "true_on": entry.true_on,
        "written_down": entry.recorded_at,
        "by": by,
        "on_behalf_of": entry.on_behalf_of,
        "reason_code": entry.reason_code,
        "reasons": entry.words,
        "review_on": _review_in(happened.event) if isinstance(happened.event, Event) else None,
    }


def _without_the_name(entry: Entry) -> str:
    who = entry.who
    if who is None or who.machine:
        return entry.sentence
    roles = listed(plain(role) for role in who.roles) if who.roles else "officer"
    return entry.sentence.replace(who.name, f"The {roles}", 1).replace(f" ({roles})", "", 1)


def _review_in(event: Event) -> Any:
    for part in (event, *(getattr(event, name, None) for name in ALSO)):
        for field in REVIEW_DAYS:
            if found := getattr(part, field, None):
                return found
    return None


def _page(said: Mapping[str, Any], position: int, ledger: str) -> bytes:
    by = said["by"]
    who = " of ".join(x for x in (listed(by["roles"]) if by["roles"] else "", by["organisation"] or "") if x)
    named = [
        ("What was decided", said["decision"]),
        ("True on", day_or_nothing(said["true_on"])),
        ("Written down", moment(said["written_down"])),
        ("Who decided", ", ".join(x for x in (by.get("name", ""), who) if x)),
        ("On behalf of", said["on_behalf_of"] or ""),
        ("Reasons", said["reasons"]),
        ("It will be looked at again on", day_or_nothing(said["review_on"])),
        ("Position in the history", str(position)),
    ]
    note = "Keep this file. README.txt says how anybody can check it, now or in ten years."
    parts = [facts(named), f'<p class="note">{note}</p>']
    return page("Receipt for a decision", f"Signed by the ledger {ledger}", parts)
