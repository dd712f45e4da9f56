"""A bundle has every event of what it is about, and proves it to whoever has nothing but Python."""

import base64
import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4

import pytest

from domain.reasons import NotFound
from history.ledger.handing_out import NotSealed
from history.marks import shape_of
from projections.bundles.packing import write, zipped
from tests.proof.conftest import KEY, Sealed
from tests.support.destroying import destroy_keys
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, SENIOR

HERE = Path(__file__).resolve().parents[2]
VERIFY = HERE / "projections" / "bundles" / "verify.py"


def python(*words: object) -> tuple[int, str]:
    """What verify.py says, in a Python that has nothing else: no packages, no settings, not even our folder."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFY), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_verify_says_that_a_bundle_is_intact(
    of_the_placement: dict[str, bytes], written: Callable[..., Path]
) -> None:
    status, said = python("--key", KEY, written(of_the_placement))
    assert (status, said.splitlines()[-1]) == (0, "INTACT")
    assert f"complete: record {PLACEMENT}" in said
    assert "0 told without proof, 0 sealed" in said


def test_a_folder_is_checked_where_it_lies_with_the_program_in_it(
    of_the_child: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "bundle"
    write(of_the_child, folder)
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "INTACT"
    assert f"Compare it with the one that you were given: {KEY}" in done.stdout
    (folder / "timeline.html").unlink()
    (folder / "more.txt").write_text("x", encoding="utf-8")
    status, said = python("--key", KEY, folder)
    assert status == 1
    assert "timeline.html is missing" in said
    assert "more.txt does not belong to the bundle" in said


def test_the_archive_is_one_that_every_tool_opens(of_the_placement: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    write(of_the_placement, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == of_the_placement
    with pytest.raises(FileExistsError):
        write(of_the_placement, path)


def test_it_is_checked_with_the_key_that_is_named(
    of_the_placement: dict[str, bytes], written: Callable[..., Path]
) -> None:
    other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    status, said = python("--key", other, written(of_the_placement))
    assert status == 1
    assert "is not signed by the key PeterNeumann" in said
    assert python("--key", "nonsense", written(of_the_placement))[0] == 1
    assert python("--strange")[0] == 2


def test_the_events_are_the_stored_bytes_and_all_of_them(
    lived: Sealed, of_the_child: dict[str, bytes]
) -> None:
    lines = [line.split(" ") for line in of_the_child["events.txt"].decode().splitlines()]
    positions = {int(line[0]) for line in lines}
    wanted = {
        stored.position
        for stored in lived.history.scan()
        if CHILD in (stored.event.about, stored.event.originator_id)
    }
    assert positions == wanted
    opened = [json.loads(line) for line in of_the_child["opened.jsonl"].splitlines()]
    assert {line["position"] for line in opened} == wanted
    assert "enc:" not in of_the_child["opened.jsonl"].decode()


def test_the_same_position_gives_the_same_bytes_whatever_came_later(empty: Sealed) -> None:
    empty.walk.set_up()
    empty.walk.live_until("assess_risk")
    position = empty.seal() - 3
    first = zipped(empty.bundle(as_at=position))
    empty.walk.do("accept_risk", PLACEMENT, SENIOR)
    empty.seal()
    assert zipped(empty.bundle(as_at=position)) == first
    assert zipped(empty.bundle()) != first


def test_a_bundle_as_at_a_position_within_a_checkpoint_hides_no_event_before_it(
    empty: Sealed, written: Callable[..., Path]
) -> None:
    empty.walk.set_up()
    empty.walk.live_until("assess_risk")
    head = empty.seal()
    for position in (head - 1, head - 5, head - 12):
        files = empty.bundle("child", CHILD, as_at=position)
        assert max(int(line.split(b" ")[0]) for line in files["events.txt"].splitlines()) <= position
        assert files["leaves.txt"]
        assert python("--key", KEY, written(files))[0] == 0


def test_what_another_child_is_about_is_not_in_it(empty: Sealed) -> None:
    """A provider's places are one record for all children: only what names this placement is told."""
    empty.walk.set_up()
    empty.walk.live_until("start_placement")
    other_child, other = uuid4(), uuid4()
    empty.walk.do("register_child", other_child, given_names="Otto", family_name="Another")
    empty.walk.do("refer_child", other, child_id=str(other_child))
    empty.seal()
    for kind, of in (("placement", PLACEMENT), ("child", CHILD)):
        told = b"".join(empty.bundle(kind, of).values())
        assert str(other_child).encode() not in told
        assert str(other).encode() not in told


def test_a_caseload_has_every_placement_of_its_commissioner(
    lived: Sealed, written: Callable[..., Path]
) -> None:
    files = lived.bundle("caseload", AUTHORITY)
    assert f"complete record {PLACEMENT}\n".encode() in files["bundle.txt"]
    assert python("--key", KEY, written(files))[0] == 0


def test_erased_words_stay_sealed_and_everything_else_is_proved(
    empty: Sealed, written: Callable[..., Path]
) -> None:
    empty.walk.set_up()
    empty.walk.live_until("assess_needs")
    empty.seal()
    before = empty.bundle("child", CHILD)
    assert destroy_keys(empty.history, CHILD, "identity") == 1
    after = empty.bundle("child", CHILD)
    assert after["events.txt"] == before["events.txt"]
    assert b"Sparrow" not in after["opened.jsonl"]
    status, said = python("--key", KEY, written(after))
    assert status == 0
    assert "told without proof, 0 sealed" not in said
    # What was given away before stays provable, and the service can say no more.
    assert python("--key", KEY, written(before))[0] == 0


def test_there_is_no_bundle_of_nothing_nor_of_what_is_not_sealed(empty: Sealed) -> None:
    with pytest.raises(NotSealed):
        empty.bundle()
    empty.walk.set_up()
    empty.seal()
    with pytest.raises(NotFound):
        empty.bundle()
    with pytest.raises(NotSealed):
        empty.bundle(as_at=10_000)


class Page(HTMLParser):
    """Reads a page, and complains about tags that are not closed in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what has to be closed."""
        self.seen.add(tag)
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        assert self.open.pop() == tag


def test_the_timeline_is_a_page_of_its_own_without_scripts(of_the_placement: dict[str, bytes]) -> None:
    text = of_the_placement["timeline.html"].decode()
    page = Page()
    page.feed(text)
    assert page.open == []
    assert {"html", "h1", "main", "caption", "th", "title"} <= page.seen
    assert not {"script", "link", "img", "iframe"} & page.seen
    assert '<html lang="en-GB">' in text
    assert "http" not in text


def test_words_of_people_are_words_and_no_markup_or_formula(empty: Sealed) -> None:
    hostile = "=cmd|'/c calc'!A1 <script>alert(1)</script>"
    empty.walk.set_up()
    empty.walk.do("refer_child", decision={"words": hostile})
    empty.seal()
    files = empty.bundle()
    assert b"<script" not in files["timeline.html"]
    assert b"&lt;script&gt;" in files["timeline.html"]
    rows = list(csv.reader(io.StringIO(files["events.csv"].decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def said_in(files: Mapping[str, bytes], category: str, sealed: Sealed) -> set[str]:
    """The words of a category that whoever made the bundle could have put in, and that are in one of its files."""
    words: set[str] = set()

    def note(text: str, of: str, path: bytes) -> str:
        if of == category and len(text) > 8:
            words.add(text)
        return text

    for one in sealed.history.page(0, 10_000):
        shape = shape_of(type(one.event))
        if shape is not None:
            shape.turn(one.event, None, b"", note, True)
    whole = b"\n".join(
        data for name, data in files.items() if name not in ("README.txt", "verify.py")
    ).decode()
    opened = {bytes_of(line.split(" ")[3]) for line in files["openings.txt"].decode().splitlines()}
    return {word for word in words if word in whole or word in opened}


def bytes_of(text: str) -> str:
    return base64.b64decode(text).decode()


@pytest.mark.parametrize("kind", ["placement", "child"])
def test_words_that_are_left_out_stay_sealed_and_all_is_proved_as_before(
    lived: Sealed, written: Callable[..., Path], kind: str
) -> None:
    of = PLACEMENT if kind == "placement" else CHILD
    whole, less = lived.bundle(kind, of), lived.bundle(kind, of, without=["health", "safeguarding"])
    for category in ("health", "safeguarding"):
        assert said_in(whole, category, lived), "there was nothing to leave out"
        assert said_in(less, category, lived) == set()
    assert said_in(less, "narrative", lived) == said_in(whole, "narrative", lived)
    same = ("events.txt", "leaves.txt", "nodes.txt", "index.txt", "checkpoint.txt", "schema.json")
    assert [less[name] for name in same] == [whole[name] for name in same]
    assert set(less["openings.txt"].splitlines()) < set(whole["openings.txt"].splitlines())
    assert less["withheld.txt"] == b"health\nsafeguarding\n"
    assert b"[withheld]" in less["opened.jsonl"]
    status, said = python("--key", KEY, written(less))
    assert (status, said.splitlines()[-1]) == (0, "INTACT")
    assert "withheld by whoever made it, still sealed: health, safeguarding" in said
    assert zipped(lived.bundle(kind, of, without=["safeguarding", "health"])) == zipped(less)


def test_a_bundle_that_leaves_nothing_out_says_nothing_of_it(
    of_the_placement: dict[str, bytes], written: Callable[..., Path]
) -> None:
    assert "withheld.txt" not in of_the_placement
    assert "withheld" not in python("--key", KEY, written(of_the_placement))[1]


def test_nobody_takes_the_note_of_what_was_left_out_away(lived: Sealed, written: Callable[..., Path]) -> None:
    files = dict(lived.bundle(without=["health"]))
    del files["withheld.txt"]
    status, said = python("--key", KEY, written(files))
    assert status == 1
    assert "withheld.txt is missing" in said


WITHOUT_A_NETWORK = """
import runpy, sys

def refuse(what, given):
    if what.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.remove", "os.rename", "urllib.")):
        raise SystemExit(f"it wants {what}")
    if what == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+"):
        raise SystemExit(f"it writes {given[0]}")

sys.addaudithook(refuse)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_it_is_checked_without_a_network_and_without_writing_anything(
    of_the_child: dict[str, bytes], written: Callable[..., Path]
) -> None:
    words = [
        sys.executable,
        "-I",
        "-S",
        "-B",
        "-c",
        WITHOUT_A_NETWORK,
        str(VERIFY),
        "--key",
        KEY,
        str(written(of_the_child)),
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.splitlines()[-1]) == (0, "", "INTACT")
