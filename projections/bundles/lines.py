"""The files of a bundle that a verifier reads: plain lines, each of one form."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Sequence

from domain.personal import Category
from history.encoding import StructMapper
from history.ledger.evidence import Named, Node, growth, index_proofs, newest_size, nodes_beside
from history.ledger.handing_out import NotSealed
from history.ledger.index_growing import InIndex
from history.ledger.stored import StoredEvent
from history.reading import Reading
from history.sealing import TOKENS, Words
from projections.bundles.contents import Contents, Leaf


def proofs(history: Reading, contents: Contents, extends: int | None = None) -> dict[str, bytes]:
    """The events of a bundle, and all that proves them. Raises NotSealed, Unreadable and Unavailable."""
    head = contents.sealed.head
    positions = [event.position for event in contents.events] + [leaf.position for leaf in contents.leaves]
    in_index = index_proofs(history, contents.complete, head)
    files = {
        "checkpoint.txt": contents.sealed.note.encode(),
        "events.txt": _text(map(event_line, contents.events)),
        "leaves.txt": _text(map(leaf_line, contents.leaves)),
        "nodes.txt": _text(map(node_line, nodes_beside(history, positions, head.size))),
        "index.txt": _text(map(index_line, contents.complete, in_index)),
        "openings.txt": _text(opening_lines(history.mapper, contents.events, contents.without)),
    }
    sealed = newest_size(history)
    if extends is not None and extends > sealed:
        raise NotSealed(f"the older ledger has {extends} events, and this one is sealed up to {sealed}")
    if extends is not None and extends < head.size:
        files["growth.txt"] = _text([str(extends), *map(_base64, growth(history, extends, head.size))])
    return files


def event_line(event: StoredEvent) -> str:
    """One event: position, record, version, name and the stored bytes."""
    return f"{event.position} {event.record_id} {event.version} {event.topic} {_base64(event.state)}"


def leaf_line(leaf: Leaf) -> str:
    """The hash of an event that is not told, and what it belongs to."""
    named = f" {leaf.named[0]} {leaf.named[1]}" if leaf.named else ""
    return f"{leaf.position} {_base64(leaf.hash)}{named}"


def node_line(node: Node) -> str:
    """One hash of the tree."""
    return f"{node.height} {node.place} {_base64(node.hash)}"


def index_line(named: Named, proof: InIndex) -> str:
    """What the index has in a bucket, and the way from there to its root."""
    return f"{named[0]} {named[1]} {_base64(proof.bucket)} {_base64(b''.join(proof.beside))}"


def opening_lines(
    mapper: StructMapper, events: Sequence[StoredEvent], without: Collection[Category] = ()
) -> Iterable[str]:
    """The words under each seal that can still be opened, but none of the kinds that are left out. Raises Unreadable."""
    opened = mapper.words_of([(event.topic, event.state) for event in events], without)
    for event, words in zip(events, opened, strict=True):
        for nth, token in enumerate(TOKENS.findall(event.state)):
            found: Words | None = words.get(token.decode())
            if found is not None:
                salt = _base64(found.salt) if found.salt else "-"
                yield f"{event.position} {nth} {salt} {_base64(found.text.encode())}"


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
