"""An inspection pack: the list at the call and the full stories of a sample, frozen at a position; and, apart, what was corrected since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from html import escape
from uuid import UUID

import msgspec

from domain.reasons import NotFound
from history.ledger.index_hashing import RECORD
from history.ledger.notes import Signer
from history.ledger.stored import Stored
from history.store import History
from projections.bundles.cohort import COLUMNS, InProvision, cohort
from projections.bundles.contents import empty, gather
from projections.bundles.lines import proofs
from projections.bundles.list_page import list_page
from projections.bundles.packing import signed
from projections.bundles.page import moment, page, table
from projections.bundles.story import entries_in, readable
from projections.spreadsheet import as_csv

HOW_DRAWN = "Children are put in the order of SHA-256 of seed, colon and id; the first are taken, and those who were chosen by hand."

NO_SEED = (
    "No seed was given. Without one the same children are drawn every time, so that anybody could know beforehand whose stories these are. "
    "Ask for a pack with a seed that you choose, such as the numbers of dice thrown today."
)


def make_pack(
    history: History,
    signer: Signer,
    organisation_id: UUID,
    *,
    as_at: int | None = None,
    sample: int = 3,
    seed: str = "",
    chosen: Sequence[UUID] = (),
) -> Mapping[str, bytes]:
    """The files of a pack. The same position, seed and choice give the same bytes, whenever it is made.

    Raises NotFound for a chosen child who is not in the list, NotSealed, Unreadable and Unavailable.
    """
    contents = empty(history, "inspection-pack", organisation_id, as_at)
    listed = cohort(history, organisation_id, contents.as_at)
    children = drawn(listed, sample, seed, chosen)
    gather(history, contents, [(name, child) for child in children for name in (RECORD, "about")])
    files = proofs(history, contents) | readable(history, contents, "The children in the sample")
    facts = [asdict(row) for row in listed]
    files["list.csv"] = as_csv(COLUMNS, msgspec.to_builtins(facts))
    note = NO_SEED if sample and not seed else ""
    files["list.html"] = list_page(facts, contents.as_at, signer.public.name, note)
    sampled = [
        f"as at position {contents.as_at}",
        f"children in provision {len({r.child_id for r in listed})}",
    ]
    sampled += [f"sample {sample}", f"seed {seed}", *(f"chosen {child}" for child in sorted(chosen))]
    sampled += [f"story {child}" for child in children]
    files["sample.txt"] = "\n".join([HOW_DRAWN, "", *sampled, ""]).encode()
    return signed(contents, files, signer, note)


def drawn(listed: Iterable[InProvision], sample: int, seed: str, chosen: Iterable[UUID]) -> list[UUID]:
    """The children of the sample. Raises NotFound."""
    children = {row.child_id for row in listed}
    if not children.issuperset(chosen):
        raise NotFound("child")
    ranked = sorted(children, key=lambda child: sha256(f"{seed}:{child}".encode()).digest())
    return sorted({*ranked[:sample], *chosen})


def corrected_since(history: History, records: Iterable[UUID], position: int) -> bytes:
    """A page of its own: what was written down wrongly in these records, as was found after a position. Raises Unavailable."""
    head = history.head()
    entries = entries_in(history, Stored(history).of_records(sorted(set(records)), head), head)
    wrong = {(entry.record_id, entry.version): entry for entry in entries}
    rows = []
    for entry in entries:
        first = wrong.get((entry.record_id, entry.corrects or 0))
        if entry.position <= position or first is None or first.position > position:
            continue
        before = first.said_first or first.sentence
        cells = (before, first.sentence, f"{entry.words} ({entry.sentence})")
        rows.append(
            (
                f"{first.position}, corrected at {entry.position}",
                escape(moment(entry.recorded_at)),
                *map(escape, cells),
            )
        )
    heads = ("Position", "Corrected", "It said", "It should have said", "Why, and by whom")
    said = (
        table("Corrections of what the pack shows", heads, rows) if rows else "<p>Nothing was corrected.</p>"
    )
    subtitle = f"What was corrected after position {position}, up to position {head}"
    return page("Corrected since the inspection pack", subtitle, [said])
