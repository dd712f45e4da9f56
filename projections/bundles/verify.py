#!/usr/bin/env python3
"""Checks a bundle of the placements service, on any computer, without a network: it is intact, or what is the first wrong event.

    python3 verify.py [--key NAME+ID+KEY] [--json] [EARLIER] BUNDLE

BUNDLE is a .zip file or its folder; without one, it is the folder of this file. With EARLIER, a bundle or a checkpoint that was made
before, it is checked as well that the history only grew. Status 0: intact; 1: not; 2: nothing was asked that can be checked; 3: each of
the two is intact, and they cannot be compared, because the later one was not made with --extends EARLIER. Needs Python 3.9 and nothing
else. The format is in docs/bundle-format.md of the service. Where you doubt a bundle, do not take this file from it: take your own copy.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import sys
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, Iterator  # noqa: UP035 - it has to run where there is nothing newer than Python 3.9

ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NUMBER = "0|[1-9][0-9]{0,17}"
B64 = "[A-Za-z0-9+/]*={0,2}"
EVENT = re.compile(f"({NUMBER}) ({ID}) ({NUMBER}) ([^ ]+) ({B64})").fullmatch
LEAF = re.compile(f"({NUMBER}) ({B64})(?: ([a-z_]+) ({ID}))?").fullmatch
NODE = re.compile(f"({NUMBER}) ({NUMBER}) ({B64})").fullmatch
COMPLETE = re.compile(f"([a-z_]+) ({ID}) ({B64}) ({B64})").fullmatch
KIND_OF_WORDS = re.compile("[a-z_]{1,40}").fullmatch
OPENING = re.compile(f"({NUMBER}) ({NUMBER}) (-|{B64}) ({B64})").fullmatch
FILE = re.compile(f"file ([0-9a-f]{{64}}) ({NUMBER}) ([A-Za-z0-9_./-]+)").fullmatch
TOKEN = re.compile(rb'"enc:([12]):[0-9]{1,18}:([A-Za-z0-9_=-]*)"')
WHOLE = ("placement.referred", "attendance.opened", "child.registered", "agreement.drafted")
MEMBERS = ("about", "commissioner_id", "placement_id")
NEEDED = {
    "placement": ("record", "placement_id"),
    "child": ("record", "about"),
    "caseload": ("commissioner_id",),
}
KINDS = (*NEEDED, "receipt", "inspection-pack")

# --- Ed25519: RFC 8032, section 5.1. A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(n: int, p: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = _add(total, p)
        p, n = _add(p, p), n >> 1
    return total


def _point(encoded: bytes) -> Point | None:
    """The point in 32 bytes; none where they are not the one encoding of a point."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if len(encoded) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


@lru_cache(maxsize=64)
def signed_by(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether a key has signed a text. A signature has one form: its number is below the order of the group."""
    key, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or r is None or BASE is None or s >= ORDER:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + text).digest(), "little") % ORDER
    left, right = _times(s, BASE), _add(r, _times(k, key))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


# --- Files


class Wrong(Exception):
    """Nothing further can be checked."""


def parts_of(key: str) -> tuple[str, bytes, bytes]:
    """Name, id and public key in the line of a key. Raises Wrong."""
    ledger, _, rest = key.partition("+")
    id, _, encoded = rest.partition("+")
    try:
        public = bytes_of(encoded)
    except ValueError:
        public = b""
    if public[:1] != b"\x01" or id != sha256(ledger.encode() + b"\n" + public).hexdigest()[:8]:
        raise Wrong("the key is none: it looks like name+id+key")
    return ledger, bytes.fromhex(id), public[1:]


def signature_in(line: str, name: str) -> tuple[str, bytes]:
    """Who signed, with the id of the key and the signature. Raises Wrong."""
    dash, signer, encoded = [*line.split(" "), "", ""][:3]
    try:
        signed = bytes_of(encoded)
    except ValueError:
        signed = b""
    if dash != "\u2014" or line.count(" ") != 2 or not signer or len(signed) <= 4:
        raise Wrong(f"{name} is no signed text")
    return signer, signed


def bytes_of(text: str) -> bytes:
    """The bytes written in base64, which has one form. Raises ValueError."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 has one form")
    return data


def zipped(files: dict[str, bytes]) -> bytes:
    """The one .zip archive that there is of some files: sorted by name, not compressed, without dates."""
    body, directory = b"", b""
    for name, data in sorted(files.items()):
        common = struct.pack("<HHHHIIIHH", 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0)
        entry = struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(body))
        directory += b"PK\x01\x02" + struct.pack("<HH", 0x0314, 20) + common + entry + name.encode()
        body += b"PK\x03\x04" + struct.pack("<H", 20) + common + name.encode() + data
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def unzipped(archive: bytes) -> dict[str, bytes]:
    """The files of an archive, read from its beginning. Raises Wrong."""
    files: dict[str, bytes] = {}
    at = 0
    while archive[at : at + 4] == b"PK\x03\x04":
        try:
            size, name_size = (
                struct.unpack_from("<I", archive, at + 18)[0],
                struct.unpack_from("<H", archive, at + 26)[0],
            )
            name = archive[at + 30 : at + 30 + name_size].decode("ascii")
        except (struct.error, UnicodeDecodeError):
            raise Wrong(f"the archive is damaged at byte {at}") from None
        start = at + 30 + name_size
        files[name], at = archive[start : start + size], start + size
    return files


def files_at(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a bundle, and what is wrong with the archive. Raises Wrong."""
    try:
        if path.is_dir():
            found = {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob("*") if p.is_file()}
            return {name: data for name, data in found.items() if "__pycache__" not in name}, []
        archive = path.read_bytes()
    except OSError as problem:
        raise Wrong(f"{path} cannot be read ({type(problem).__name__})") from None
    files = unzipped(archive)
    if zipped(files) != archive:
        return files, [
            "the archive is not the one that there is of its files: a byte between them was altered"
        ]
    return files, []


# --- Trees


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees of the ledger."""
    return sha256(b"\x01" + left + right).digest()


def root_from(leaf: bytes, position: int, size: int, nodes: dict[tuple[int, int], bytes]) -> bytes:
    """The root that a leaf leads to. Raises KeyError where a hash on the way is missing."""
    height, at, last = 0, position - 1, size - 1
    while last:
        if at & 1:
            leaf = node(nodes[height, at - 1], leaf)
        elif at < last:
            leaf = node(leaf, nodes[height, at + 1])
        height, at, last = height + 1, at >> 1, last >> 1
    return leaf


def extends(old_size: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether a tree begins with all leaves of an older one: RFC 9162, section 2.1.4.2."""
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else proof
    if not path or not 0 < old_size < size:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node(beside, old), node(beside, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == root


def key_of(name: str, id: str) -> bytes:
    """The key of the index for a name and an id."""
    return sha256(b"\x05" + name.encode() + b"\x00" + bytes.fromhex(id.replace("-", ""))).digest()


def index_root(bucket: bytes, key: bytes, beside: bytes) -> bytes:
    """The root of the index that a bucket leads to."""
    at, hash = int.from_bytes(key[:2], "big"), sha256(b"\x02" + bucket).digest()
    for i in range(0, 512, 32):
        pair = beside[i : i + 32] + hash if at & 1 else hash + beside[i : i + 32]
        at, hash = at >> 1, sha256(b"\x03" + pair).digest()
    return hash


def same_file(data: bytes | None, hash: str, size: int) -> bool:
    """Whether a file is the one of which the list has hash and size."""
    return data is not None and len(data) == size and sha256(data).hexdigest() == hash


def is_opened(seal: tuple[bytes, bytes], salt: str, text: str) -> bool:
    """Whether words belong to a seal; one of the first way says nothing of its words, and has no salt."""
    way, sealed = seal
    try:
        words = bytes_of(text)
        if way == b"1":
            return salt == "-"
        return base64.urlsafe_b64decode(sealed)[:32] == sha256(b"\x06" + bytes_of(salt) + words).digest()
    except ValueError:
        return False


# --- The check


@dataclass
class Event:
    """One line of events.txt, or a leaf of which the bundle holds the hash only."""

    position: int
    leaf: bytes
    record: str = ""
    version: int = 0
    topic: str = ""
    state: bytes = b""
    names: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.topic or 'an event'} at position {self.position}" + (
            f", version {self.version} of record {self.record}" if self.record else ""
        )


@dataclass
class Check:
    """A bundle, and what was found."""

    files: dict[str, bytes]
    trusted: str = ""
    faults: list[tuple[float, str]] = field(default_factory=list)
    """Where in the history, and what; no place is infinitely far away."""
    told: dict[str, str] = field(default_factory=dict)
    completes: list[tuple[str, str]] = field(default_factory=list)
    signed: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Hash and size of each file of the list."""
    key: str = ""
    size: int = 0
    root: bytes = b""
    index: bytes = b""
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    leaves: list[Event] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    chains: dict[tuple[str, str], list[Event]] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)
    """Kinds of words that whoever made the bundle says to have left out."""
    words: dict[str, int] = field(default_factory=lambda: {"proved": 0, "told": 0, "sealed": 0})
    decision: dict[str, Any] = field(default_factory=dict)
    """What a receipt tells of its decision."""
    apart: str = ""
    """Why an earlier one cannot be compared with it, though nothing is wrong with either."""

    def wrong(self, words: str, at: float = float("inf")) -> None:
        """Note a fault."""
        self.faults.append((at, words))

    def run(self) -> Check:
        """Check everything in the bundle by itself."""
        self.manifest()
        self.checkpoint()
        self.read_events()
        self.read_leaves()
        self.prove_events()
        of_name: dict[tuple[str, str], list[Event]] = {}
        for event in sorted([*self.events, *self.leaves], key=lambda event: event.position):
            for named in event.names:
                of_name.setdefault(named, []).append(event)
        self.chains = {named: of_name.get(named, []) for named in self.completes}
        self.prove_complete()
        self.what_must_be_complete()
        self.openings()
        self.receipt()
        return self

    def text(self, name: str) -> str:
        """A file as text. Raises Wrong."""
        try:
            return self.files[name].decode()
        except (KeyError, UnicodeDecodeError):
            raise Wrong(f"{name} is missing or is no text") from None

    def lines(self, name: str, form: Any) -> Iterator[tuple[int, Any]]:
        """The lines of a file, with their numbers; no match where one has another form."""
        text = self.files.get(name, b"").decode("utf-8", "replace")
        if text and not text.endswith("\n"):
            self.wrong(f"the last line of {name} has no end")
        for number, line in enumerate(text.removesuffix("\n").split("\n") if text else [], 1):
            match = form(line)
            if match is None:
                self.wrong(f"line {number} of {name} cannot be read")
            yield number, match

    def note(self, name: str) -> list[str]:
        """The lines of a signed text. Raises Wrong where it is not signed by the key."""
        text, between, signatures = self.text(name).rpartition("\n\n")
        text += "\n"
        lines = text.split("\n")[:-1]
        if not self.key:
            found = [line[4:] for line in lines if line.startswith("key ")]
            self.key = self.trusted or (found[0] if found else "")
        ledger, id, public = parts_of(self.key)
        if not between or not signatures.endswith("\n"):
            raise Wrong(f"{name} is no signed text")
        signed = [signature_in(line, name) for line in signatures[:-1].split("\n")]
        ours = [data[4:] for signer, data in signed if (signer, data[:4]) == (ledger, id)]
        if not ours or not all(signed_by(public, text.encode(), signature) for signature in ours):
            raise Wrong(f"{name} is not signed by the key {self.key}")
        return lines

    def manifest(self) -> None:
        """The list of everything, which whoever made the bundle has signed."""
        lines = self.note("bundle.txt")
        if len(lines) < 5 or lines[0] != "placements-bundle-v1":
            raise Wrong("this is no bundle of version 1")
        for line, name in zip(lines[1:5], ("kind", "of", "as-at", "key")):  # noqa: B905 - Python 3.9 has no strict
            word, _, self.told[name] = line.partition(" ")
            if word != name:
                raise Wrong(f"bundle.txt does not tell its {name}")
        if self.told["kind"] not in KINDS or self.told["key"] != self.key:
            raise Wrong("this is no bundle of version 1, or one of another ledger")
        if not re.fullmatch(NUMBER, self.told["as-at"]) or not re.fullmatch(ID, self.told["of"]):
            raise Wrong("bundle.txt does not tell what it is about")
        self.compare_files(lines[5:])

    def compare_files(self, lines: list[str]) -> None:
        """What the list says to be complete, and the files it names."""
        listed = {"bundle.txt"}
        for line in lines:
            complete, file = re.fullmatch(f"complete ([a-z_]+) ({ID})", line), FILE(line)
            if complete:
                self.completes.append((complete[1], complete[2]))
            elif file:
                listed.add(file[3])
                self.compare_file(file[3], file[1], int(file[2]))
            else:
                raise Wrong(f"bundle.txt has a line that means nothing: {line}")
        for extra in sorted(self.files.keys() - listed):
            self.wrong(f"{extra} does not belong to the bundle")

    def compare_file(self, name: str, hash: str, size: int) -> None:
        """One file of the list."""
        self.signed[name] = hash, size
        if name not in self.files:
            self.wrong(f"{name} is missing")
        elif not same_file(self.files[name], hash, size):
            self.wrong(f"{name} is not the file that was signed")

    def checkpoint(self) -> None:
        """What is signed about the whole ledger."""
        lines = self.note("checkpoint.txt")
        roots = [line[8:] for line in lines[3:] if line.startswith("index 1 ")]
        try:
            self.size, self.root, [self.index] = int(lines[1]), bytes_of(lines[2]), map(bytes_of, roots)
        except (ValueError, IndexError):
            raise Wrong("checkpoint.txt is no checkpoint with an index") from None
        if lines[0] != self.key.partition("+")[0] or str(self.size) != lines[1]:
            raise Wrong("the checkpoint is one of another ledger")
        if not 0 < int(self.told["as-at"]) <= self.size:
            raise Wrong("the checkpoint does not reach the position of the bundle")

    def read_events(self) -> None:
        """The events, in their order."""
        last, as_at = 0, int(self.told["as-at"])
        for number, match in self.lines("events.txt", EVENT):
            try:
                event = self.event(match)
            except (TypeError, ValueError):
                self.wrong(
                    f"line {number} of events.txt, the event after position {last}, cannot be read",
                    last + 0.5,
                )
                continue
            self.events.append(event)
            if not last < event.position <= as_at:
                self.bad.add(event.position)
                self.wrong(f"{event}: it stands after {last}, where it does not belong", event.position)
            last = max(last, event.position)

    def read_leaves(self) -> None:
        """Hashes of events that are not in the bundle, and the hashes of the tree."""
        last, as_at = 0, int(self.told["as-at"])
        for number, match in self.lines("leaves.txt", LEAF):
            try:
                leaf = Event(
                    int(match[1]), bytes_of(match[2]), names=((match[3], match[4]),) if match[3] else ()
                )
            except (TypeError, ValueError):
                continue  # `lines` has said so
            self.leaves.append(leaf)
            # What belongs to a name is there to prove that nothing is missing before it; nothing else may hide behind a hash.
            if leaf.position < last or (leaf.position > as_at) != bool(leaf.names):
                self.wrong(f"line {number} of leaves.txt does not belong there", leaf.position)
            last = leaf.position
        for number, match in self.lines("nodes.txt", NODE):
            try:
                self.nodes[int(match[1]), int(match[2])] = bytes_of(match[3])
            except (TypeError, ValueError):
                self.wrong(f"line {number} of nodes.txt is no hash")

    def event(self, match: Any) -> Event:
        """The event in a line. Raises TypeError and ValueError."""
        position, version, topic, state = int(match[1]), int(match[3]), match[4], bytes_of(match[5])
        name = topic.encode()
        entry = (
            struct.pack(">Q16sQH", position, bytes.fromhex(match[2].replace("-", "")), version, len(name))
            + name
        )
        leaf = sha256(b"\x00" + entry + struct.pack(">I", len(state)) + state).digest()
        names = [("record", match[2])]
        try:
            told = json.loads(state)
        except ValueError:
            told = None
        for member in MEMBERS if isinstance(told, dict) else ():
            if isinstance(told.get(member), str) and re.fullmatch(ID, told[member]):
                names.append((member, told[member]))
        return Event(position, leaf, match[2], version, topic, state, tuple(names))

    def prove_events(self) -> None:
        """Each event and leaf is where it says it is."""
        for event in [*self.events, *self.leaves]:
            try:
                good = (
                    0 < event.position <= self.size
                    and root_from(event.leaf, event.position, self.size, self.nodes) == self.root
                )
            except KeyError:
                good = False
            if not good and event.position not in self.bad:
                self.bad.add(event.position)
                self.wrong(f"{event}: it, or its proof, is not what is in the ledger", event.position)

    def prove_complete(self) -> None:
        """No event of what is said to be complete is missing."""
        found = []
        for number, match in self.lines("index.txt", COMPLETE):
            try:
                name, id, bucket, beside = match[1], match[2], bytes_of(match[3]), bytes_of(match[4])
            except (TypeError, ValueError):
                self.wrong(f"line {number} of index.txt cannot be read")
                continue
            found.append((name, id))
            key = key_of(name, id)
            rows = [struct.unpack_from(">32sQ32s", bucket, at) for at in range(0, len(bucket) - 71, 72)]
            keys = [row[0] for row in rows]
            if (
                len(bucket) % 72
                or len(beside) != 512
                or keys != sorted(set(keys))
                or any(k[:2] != key[:2] for k in keys)
            ):
                self.wrong(f"line {number} of index.txt is no part of an index")
            elif index_root(bucket, key, beside) != self.index:
                self.wrong(f"the proof that {name} {id} is complete is not the one that was signed")
            else:
                self.compare_chain(name, id, next((row[1:] for row in rows if row[0] == key), (0, bytes(32))))
        if found != self.completes:
            self.wrong("index.txt does not prove what bundle.txt says to be complete")

    def compare_chain(self, name: str, id: str, signed: tuple[int, bytes]) -> None:
        """The events under a name against what the index signed about them."""
        events, chain = self.chains.get((name, id), []), bytes(32)
        for event in events:
            chain = sha256(b"\x04" + chain + event.leaf).digest()
        if name == "record":
            after = 0
            # An event that is there twice has been named already: it is no reason to miss the next version.
            own_events = {e.position: e for e in events if e.version}.values()
            for version, event in enumerate(own_events, 1):
                if event.version != version:
                    words = f"version {version} of record {id} is missing: it stands between positions {after} and {event.position}"
                    return self.wrong(words, after + 0.5)
                after = event.position
        if len(events) < signed[0] and not self.bad.intersection(e.position for e in events):
            own = [e for e in events if e.position <= int(self.told["as-at"])]
            after, version = (own[-1].position, len(own) + 1) if own else (0, 1)
            what = f"version {version} of record {id}" if name == "record" else f"an event with {name} {id}"
            at = after + 0.5 if name == "record" else float("inf")
            return self.wrong(
                f"{what} is missing: the index has {signed[0]} of them, the bundle {len(events)}", at
            )
        if (len(events), chain) != signed and not self.bad.intersection(e.position for e in events):
            return self.wrong(f"the events with {name} {id} are not those that the index signed, or not all")
        return None

    def what_must_be_complete(self) -> None:
        """The bundle may not claim less than its kind promises."""
        kind, of = self.told["kind"], self.told["of"]
        needed = [(name, of) for name in NEEDED.get(kind, ())]
        for event in self.events if kind != "receipt" else ():
            needed += [("record", event.record)] if event.version == 1 and event.topic in WHOLE else []
            needed += (
                [("about", event.record)]
                if kind == "inspection-pack" and event.topic == "child.registered"
                else []
            )
        have = set(self.completes)
        for name, id in dict.fromkeys(needed):
            if (name, id) not in have:
                self.wrong(f"nothing proves that {name} {id} is complete")

    def openings(self) -> None:
        """The words that belong to sealed texts."""
        seals = {
            (event.position, nth): seal
            for event in self.events
            for nth, seal in enumerate(TOKEN.findall(event.state))
        }
        opened: dict[tuple[int, int], int] = {}
        wrong: dict[int, Any] = {}
        for number, match in self.lines("openings.txt", OPENING):
            place = (int(match[1]), int(match[2])) if match else (0, 0)
            if place in seals and place not in opened and is_opened(seals[place], match[3], match[4]):
                opened[place] = number
            else:
                wrong[number] = place
        for number, place in wrong.items():
            self.wrong_words(number, place, seals, opened)
        if self.altered("openings.txt") and not wrong:
            self.words_gone([place for place in seals if place not in opened])
        for place in opened:
            if place[0] not in self.bad:
                self.words["proved" if seals[place][0] == b"2" else "told"] += 1
        self.words["sealed"] = len(seals) - len(opened)
        self.withheld = [match[0] for _, match in self.lines("withheld.txt", KIND_OF_WORDS) if match]

    def wrong_words(
        self, number: int, place: tuple[int, int], seals: dict[tuple[int, int], Any], opened: dict[Any, int]
    ) -> None:
        """A line with words that do not belong to its seal, or that is no line: the lines around it tell which event it is about."""
        if place not in seals:
            before = max((p for p, line in opened.items() if line < number), default=(0, 0))
            after = min((p for p, line in opened.items() if line > number), default=(int(1e18), 0))
            between = {p[0] for p in seals if before < p < after and p not in opened}
            if len(between) != 1:
                return self.wrong(
                    f"line {number} of openings.txt belongs to no event that is here", before[0] + 0.5
                )
            place = (between.pop(), 0)
        about = next(event for event in self.events if event.position == place[0])
        return self.wrong(f"line {number} of openings.txt does not have the words of {about}", place[0])

    def words_gone(self, places: list[tuple[int, int]]) -> None:
        """Seals without words in a file that was altered. Words that were erased before have none either: both are named."""
        without = {position for position, _ in places}
        for event in self.events:
            if event.position in without:
                self.wrong(
                    f"{event}: sealed words of it are not in openings.txt, from which something was taken",
                    event.position,
                )

    def altered(self, name: str) -> bool:
        """Whether a file is not the one that was signed."""
        return name in self.signed and not same_file(self.files.get(name), *self.signed[name])

    def receipt(self) -> None:
        """What a receipt tells belongs to the one event that it proves."""
        if self.told["kind"] != "receipt":
            return
        try:
            said = json.loads(self.text("receipt.json"))
            proved = [(leaf.position, leaf.leaf) for leaf in self.leaves if not leaf.names]
            good = [(said["position"], bytes_of(said["leaf"]))] == proved
        except (TypeError, KeyError, ValueError):
            good = False
        if good:
            self.decision = said
        else:
            self.wrong("receipt.json tells of another event than the one that is proved")

    def grew_from(self, earlier: Check) -> None:
        """The ledger of this bundle begins with all of that of an earlier one, and neither left out what the other has."""
        if self.size < earlier.size:
            self.apart = "the first one has the longer ledger: give them in the other order"
            return
        if self.size > earlier.size:
            self.compare_growth(earlier)
        elif self.root != earlier.root:
            self.wrong("FORKED: two ledgers of one size have different roots")
        mine = {event.position: event for event in self.events}
        for event in earlier.events:
            other = mine.get(event.position, event)
            if other.leaf != event.leaf:
                self.wrong(f"{event}: it is another event in the later bundle", event.position)
        for name in earlier.chains.keys() & self.chains.keys():
            then = {event.position for event in earlier.chains[name]}
            now = {event.position for event in self.chains[name] if event.position <= earlier.size}
            if then != now:
                self.wrong(
                    f"the earlier bundle left out or made up an event with {name[0]} {name[1]}",
                    min(then ^ now),
                )

    def compare_growth(self, earlier: Check) -> None:
        """The proof that a longer ledger begins with a shorter one."""
        lines = self.files.get("growth.txt", b"").decode("utf-8", "replace").split("\n")
        try:
            proof = [bytes_of(line) for line in lines[1:-1]]
        except ValueError:
            proof = []
        if lines[0] != str(earlier.size):
            self.apart = (
                f"the later one has {self.size} events and brings no proof that the {earlier.size} of the earlier one are its "
                "beginning. Ask whoever made it for one that does: placements export ... --extends EARLIER, or over HTTP "
                f"?extends={earlier.size}"
            )
        elif not extends(earlier.size, earlier.root, self.size, self.root, proof):
            self.wrong("FORKED: the ledger of the later bundle does not begin with that of the earlier one")


# --- What is said


def verify(path: Path, key: str = "", earlier: Path | None = None) -> Check:
    """Check a bundle; all that is wrong is in its faults."""
    check = Check({}, key)
    archive: list[str] = []
    try:
        check.files, archive = files_at(path)
        check.run()
        if earlier is not None:
            check.grew_from(before(earlier, check.key))
    except Wrong as problem:
        check.wrong(str(problem))
    # Where a file was altered, so is the archive: that says nothing more.
    for words in archive if not check.faults else ():
        check.wrong(words)
    check.faults.sort(key=lambda fault: fault[0])
    return check


def before(path: Path, key: str) -> Check:
    """An earlier bundle, or an earlier checkpoint alone. Raises Wrong where it does not hold."""
    if path.is_file() and not path.read_bytes().startswith(b"PK"):
        check = Check({"checkpoint.txt": path.read_bytes()}, key, key=key, told={"as-at": "1"})
        check.checkpoint()
        return check
    check = verify(path, key)
    if check.faults:
        raise Wrong(f"the earlier bundle is not intact: {check.faults[0][1]}")
    return check


def first_wrong(check: Check) -> float | None:
    """Where the first wrong or missing event stands; a half where it stands between two positions."""
    return check.faults[0][0] if check.faults and check.faults[0][0] != float("inf") else None


MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def day(iso: object) -> str:
    """A day as people write it."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", str(iso or ""))
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}" if found else "a day that is not told"


def of_the_decision(check: Check) -> list[str]:
    """What a receipt proves, for a person."""
    said = check.decision
    by = said.get("by") or {}
    roles = " of ".join(
        part for part in (" and ".join(by.get("roles") or ()), by.get("organisation")) if part
    )
    who = ", ".join(part for part in (by.get("name"), roles) if part)
    return [
        f"decided: {said.get('decision')}",
        f"day: {day(said.get('true_on'))}; written down on {day(said.get('written_down'))}",
        f"by: {who or 'not told'}",
        f"proved: at position {said['position']} of the signed ledger, which has {check.size} events, stands the event that this "
        "receipt is about; its maker has signed what is said of it here",
    ]


def of_the_events(check: Check) -> list[str]:
    """What a bundle proves, for a person."""
    words = check.words
    lines = [f"{len(check.events)} events; the signed ledger has {check.size}"]
    lines += [f"complete: {name} {id}" for name, id in check.completes[:20]]
    lines += [f"... and {len(check.completes) - 20} more"] if len(check.completes) > 20 else []
    lines.append(
        f"words: {words['proved']} proved, {words['told']} told without proof, {words['sealed']} sealed"
    )
    if check.withheld:
        lines.append(f"withheld by whoever made it, still sealed: {', '.join(check.withheld)}")
    return lines


def as_words(check: Check, given: str) -> str:
    """What was found, for a person. Where something is wrong, nothing is said to be proved."""
    told, lines = check.told, list[str]()
    if check.size:
        lines.append(
            f"{told['kind']} {told['of']}, as at position {told['as-at']}, from the ledger {check.key.partition('+')[0]}"
        )
        if not check.faults:
            lines += of_the_decision(check) if check.decision else of_the_events(check)
    if not given:
        lines.append(
            f"The key came with the bundle. Compare it with the one that you were given: {check.key}"
        )
    lines += [f"WRONG: {fault}." for _, fault in check.faults]
    if check.faults:
        return "\n".join([*lines, f"NOT INTACT. First: {check.faults[0][1]}."])
    if check.apart:
        return "\n".join([*lines, f"EACH IS INTACT, BUT THE TWO CANNOT BE COMPARED: {check.apart}."])
    return "\n".join([*lines, "INTACT"])


def main(arguments: list[str]) -> int:
    """What is done with the words of the command line."""
    key, as_json, paths = "", False, list[Path]()
    while arguments:
        word = arguments.pop(0)
        if word == "--key" and arguments:
            key = arguments.pop(0).strip()
            if not key:
                # The file that it was to come from may be missing: that must not mean to trust the bundle's own key.
                print(
                    "The key is empty, so nothing was checked. Give the key that you got from whom you trust."
                )
                return 2
        elif word == "--json":
            as_json = True
        elif word.startswith("-") or len(paths) == 2:
            print(__doc__)
            return 2
        else:
            paths.append(Path(word))
    paths = paths or [Path(__file__).parent]
    check = verify(paths[-1], key, paths[0] if len(paths) == 2 else None)
    if as_json:
        faults = [words for _, words in check.faults]
        print(
            json.dumps(
                {
                    "intact": not faults,
                    "first_wrong": first_wrong(check),
                    "faults": faults,
                    "not_compared": check.apart,
                    "words": check.words,
                    "withheld": check.withheld,
                },
                indent=2,
            )
        )
    else:
        print(as_words(check, key))
    return 1 if check.faults else 3 if check.apart else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
