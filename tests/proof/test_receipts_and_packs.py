"""A receipt says what was decided and proves it, and an inspection pack is frozen at the call."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import uuid4

import pytest

from domain.reasons import NotFound
from projections.bundles import verify
from projections.bundles.cohort import COLUMNS
from projections.bundles.inspection import corrected_since, make_pack
from projections.bundles.list_page import GROUPS
from projections.bundles.making import make_bundle
from projections.bundles.packing import zipped
from projections.bundles.receipt import make_receipt
from tests.history.diary import numbered
from tests.proof.conftest import KEY, SIGNER, Sealed
from tests.proof.test_bundles import python
from tests.proof.test_growth import both_say
from tests.proof.test_verifiers import signed_again
from tests.support.destroying import destroy_keys
from tests.support.walk import AUTHORITY, CHILD, OFFICER, PLACEMENT


def position_of(sealed: Sealed, topic: str) -> int:
    """Where an event of a kind stands."""
    return max(one.position for one in sealed.history.scan() if one.topic == topic)


def intact(path: Path) -> bool:
    """Whether both verifiers say so."""
    return all(found == [] for found in both_say(path, path))


def test_a_receipt_says_what_was_decided_by_whom_and_when_it_is_looked_at_again(
    lived: Sealed, written: Callable[..., Path]
) -> None:
    position = position_of(lived, "placement.started")
    files = make_receipt(lived.history, SIGNER, position)
    said = json.loads(files["receipt.json"])
    assert said["event"] == "placement.started"
    assert said["by"] == {"roles": ["commissioner"], "organisation": "Inventshire Council"}
    assert said["true_on"] == "2026-11-23"
    assert said["review_on"] is not None
    assert OFFICER.name not in files["receipt.json"].decode() + files["receipt.html"].decode()
    assert intact(written(files))
    assert sum(map(len, files.values())) < 60_000

    named = make_receipt(lived.history, SIGNER, position, named=True)
    assert json.loads(named["receipt.json"])["by"]["name"] == OFFICER.name


def test_a_receipt_tells_nothing_of_the_stored_event_but_that_it_is_there(lived: Sealed) -> None:
    files = make_receipt(lived.history, SIGNER, position_of(lived, "placement.risk_assessed"))
    assert "events.txt" not in files
    assert b"enc:" not in b"".join(data for name, data in files.items() if name != "verify.py")


def test_what_a_receipt_proves_is_said_and_not_how_few_events_are_in_it(
    lived: Sealed, written: Callable[..., Path]
) -> None:
    position = position_of(lived, "placement.started")
    status, said = python("--key", KEY, written(make_receipt(lived.history, SIGNER, position)))
    assert (status, said.splitlines()[-1]) == (0, "INTACT")
    assert "decided: The commissioner" in said
    assert "day: 23 November 2026; written down on 23 November 2026" in said
    assert "by: commissioner of Inventshire Council" in said
    assert f"proved: at position {position} of the signed ledger" in said
    assert "0 events" not in said
    assert "words:" not in said
    named = make_receipt(lived.history, SIGNER, position, named=True)
    assert f"by: {OFFICER.name}, commissioner of" in python("--key", KEY, written(named))[1]


def test_a_receipt_may_not_tell_of_another_event_than_the_one_it_proves(
    lived: Sealed, written: Callable[..., Path]
) -> None:
    one = dict(make_receipt(lived.history, SIGNER, position_of(lived, "placement.started")))
    other = make_receipt(lived.history, SIGNER, position_of(lived, "placement.risk_assessed"))
    mixed = signed_again(one, receipt_json=other["receipt.json"])
    found = both_say(written(mixed), written(mixed))
    assert all(found)


def test_an_altered_receipt_fails(lived: Sealed, written: Callable[..., Path]) -> None:
    files = dict(make_receipt(lived.history, SIGNER, position_of(lived, "placement.started")))
    for name in ("receipt.json", "receipt.html", "leaves.txt"):
        altered = {**files, name: files[name].replace(b"2026", b"2027").replace(b"6", b"7", 1)}
        assert verify.verify(written(altered), KEY).faults


def test_a_receipt_is_proved_after_the_words_were_erased(empty: Sealed, written: Callable[..., Path]) -> None:
    empty.walk.set_up()
    empty.walk.do("refer_child", decision={"words": "Because of a word that is forgotten."})
    empty.seal()
    position = position_of(empty, "placement.referred")
    given = make_receipt(empty.history, SIGNER, position)
    assert "a word that is forgotten" in given["receipt.json"].decode()
    destroy_keys(empty.history, CHILD)
    assert intact(written(given))
    after = make_receipt(empty.history, SIGNER, position)
    assert "a word that is forgotten" not in after["receipt.json"].decode()
    assert intact(written(after))


def test_there_is_no_receipt_of_what_did_not_happen(lived: Sealed) -> None:
    for position in (0, 10_000):
        with pytest.raises(NotFound):
            make_receipt(lived.history, SIGNER, position)


@pytest.fixture
def running(empty: Sealed) -> Sealed:
    """A placement that is running, sealed."""
    empty.walk.set_up()
    empty.walk.live_until("start_placement")
    empty.seal()
    return empty


def pack(sealed: Sealed, as_at: int | None = None, **more: object) -> Mapping[str, bytes]:
    """A pack of the authority."""
    return make_pack(sealed.history, SIGNER, AUTHORITY, as_at=as_at, **more)  # type: ignore[arg-type]


def test_the_list_has_what_an_inspector_asks_for(running: Sealed, written: Callable[..., Path]) -> None:
    files = pack(running)
    [row] = csv.DictReader(io.StringIO(files["list.csv"].decode("utf-8-sig")))
    assert row["placement_id"] == str(PLACEMENT)
    assert row["stage"] == "active"
    assert (row["started_on"], row["hours_per_week"] != "") == ("2026-11-23", True)
    assert row["registration"] != ""
    assert row["provider"] != ""
    assert f"story {CHILD}" in files["sample.txt"].decode()
    assert b"enc:" not in files["list.csv"]
    assert intact(written(files))


def test_the_list_reads_as_words_and_fits_a_screen_and_a_sheet(running: Sealed) -> None:
    said = pack(running)["list.html"].decode()
    shown = re.sub("<[^>]*>", " ", said.partition("<tbody>")[2])
    assert not re.search(r"[a-z]_[a-z]", shown)
    assert not re.search(r"\d{4}-\d\d-\d\d", shown)
    assert " 23 November 2026 " in shown
    assert re.search(r"Route: +[A-Z]", shown)
    assert re.search(r"EHC plan: +(yes|no) ", shown)
    assert not re.search(r": +(</p>|[A-Z][a-z ]+: )", shown), "something is told by a blank"
    assert "size: A4 landscape" in said
    assert said.count('<th scope="col">') == 5
    assert {name for group in GROUPS.values() for name in group} == set(COLUMNS[2:])


def test_made_again_after_ten_thousand_events_it_has_the_same_bytes(running: Sealed) -> None:
    position = running.history.head()
    first = zipped(pack(running, position, seed="call of 23 November", chosen=[CHILD]))

    running.walk.do("correct_record", PLACEMENT)
    running.walk.do("change_details", CHILD, given_names="Another", family_name="Name")
    running.walk.do("call_review")
    running.history.save(numbered(*range(10_000)))
    running.seal()
    assert running.history.head() > position + 10_000
    assert zipped(pack(running, position, seed="call of 23 November", chosen=[CHILD])) == first
    assert zipped(pack(running, seed="call of 23 November", chosen=[CHILD])) != first


def test_the_draw_depends_on_the_seed_alone_and_a_child_can_be_chosen(running: Sealed) -> None:
    assert f"story {CHILD}" not in pack(running, sample=0)["sample.txt"].decode()
    assert f"story {CHILD}" in pack(running, sample=0, chosen=[CHILD])["sample.txt"].decode()
    with pytest.raises(NotFound):
        pack(running, chosen=[uuid4()])


def test_what_was_corrected_since_is_a_page_of_its_own(running: Sealed) -> None:
    position = running.history.head()
    nothing = corrected_since(running.history, [PLACEMENT, CHILD], position).decode()
    assert "Nothing was corrected." in nothing
    running.walk.do("correct_record", PLACEMENT)
    said = corrected_since(running.history, [PLACEMENT, CHILD], position).decode()
    assert "Corrections of what the pack shows" in said
    assert said.count('<th scope="row">') == 1


def test_what_is_read_first_names_every_file_to_read_that_is_there_and_no_other(
    running: Sealed, written: Callable[..., Path]
) -> None:
    position = position_of(running, "placement.started")
    bundles = [
        pack(running),
        make_receipt(running.history, SIGNER, position),
        make_bundle(running.history, SIGNER, "placement", PLACEMENT),
    ]
    for files in bundles:
        said = files["README.txt"].decode()
        named = set(re.findall(r"^  ([a-z]+\.[a-z]+)  ", said, re.MULTILINE))
        to_read = {"list.html", "list.csv", "sample.txt", "timeline.html", "events.csv"}
        to_read |= {"receipt.html", "receipt.json", "opened.jsonl", "schema.json"}
        assert named == to_read & files.keys()
        assert all(name in said for name in files if name.endswith((".html", ".csv", ".json", ".jsonl")))
        assert intact(written(files))


def test_a_pack_without_a_seed_says_that_its_sample_could_be_known_beforehand(running: Sealed) -> None:
    without, drawn = pack(running), pack(running, seed="3 1 6")
    for name in ("README.txt", "list.html"):
        assert "No seed was given." in without[name].decode()
        assert "No seed was given." not in drawn[name].decode()
    chosen = pack(running, sample=0, chosen=[CHILD])
    assert "No seed was given." not in chosen["README.txt"].decode()
