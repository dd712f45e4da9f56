"""Auditors take bundles away over HTTP, and nobody else does; checkpoints are for everybody; each export is on record."""

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.inspection_packs import in_a_name
from domain.looks import LooksNoted
from history.ledger.checking import extends, includes
from history.ledger.checkpoints import open_checkpoint
from history.ledger.sealer import Sealer
from history.moments import moment_of, position_at
from projections.bundles import verify
from tests.api.issuer import Issuer
from tests.api.people import SIGNER, Service, open_desk
from tests.support.postgres import TestPostgres, as_owner
from tests.support.walk import AUTHORITY, CHILD, MONDAY, PLACEMENT, SCHOOL

BUNDLES = {
    "placement": f"/placements/{PLACEMENT}/bundle",
    "child": f"/children/{CHILD}/bundle",
    "caseload": f"/organisations/{AUTHORITY}/bundle",
    "inspection-pack": f"/organisations/{AUTHORITY}/inspection-pack",
}


@pytest.fixture(scope="module")
def sealed(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The service with a placement that has started, sealed in two checkpoints."""
    issuer = Issuer(tmp_path_factory.mktemp("issuer"), MONDAY)
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk)) as client,
        psycopg.connect(as_owner(dsn), autocommit=True) as connection,
    ):
        service = Service(client, desk, issuer)
        sealer = Sealer(connection, desk.history, SIGNER)
        sealer.step()
        service.walk.live_until("start_placement")
        sealer.step()
        assert desk.read_models.wait_for(desk.history.head(), 20)
        yield service


@pytest.mark.parametrize("kind", list(BUNDLES))
def test_an_auditor_takes_away_what_proves_itself(sealed: Service, tmp_path: Path, kind: str) -> None:
    answer = sealed.get(BUNDLES[kind], "auditor")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    path = tmp_path / "bundle.zip"
    path.write_bytes(answer.content)
    check = verify.verify(path, str(SIGNER.public))
    assert (check.faults, check.told["kind"]) == ([], kind)
    assert sealed.get(BUNDLES[kind], "auditor").content == answer.content


@pytest.mark.parametrize("kind", list(BUNDLES))
@pytest.mark.parametrize("who", ["officer", "head", "provider", "stranger", "rival", "admin"])
def test_nobody_else_does(sealed: Service, kind: str, who: str) -> None:
    assert sealed.get(BUNDLES[kind], who).status_code == 403


def test_the_name_of_an_inspection_pack_says_whose_it_is_and_of_which_day(sealed: Service) -> None:
    def called(**asked: Any) -> str:
        return sealed.get(BUNDLES["inspection-pack"], "auditor", **asked).headers["content-disposition"]

    name = sealed.get(f"/organisations/{AUTHORITY}", "auditor").json()["name"]
    whose = name.replace(" ", "-")
    assert re.fullmatch(rf'attachment; filename="inspection-pack-{whose}-2026-11-23\.zip"', called())
    assert called(as_at=10) == called(), "everything was written down on this day"


def test_the_name_of_a_pack_has_letters_that_every_computer_takes() -> None:
    assert in_a_name("Zoë's Council / Llŷn") == "Zoes-Council-Llyn"
    assert in_a_name('"; rm -rf ~ \r\n') == "rm-rf"
    assert in_a_name("東京") == ""


def test_an_auditor_takes_away_what_is_the_own_organisations(sealed: Service) -> None:
    assert sealed.get(f"/organisations/{SCHOOL}/bundle", "auditor").status_code == 404
    assert sealed.get(f"/organisations/{SCHOOL}/inspection-pack", "auditor").status_code == 404
    assert sealed.get(BUNDLES["placement"].replace("7/", "8/"), "auditor").status_code == 404


def test_a_position_that_is_not_sealed_yet_is_said_to_be_so(sealed: Service) -> None:
    sealed.walk.do("log_contact")
    answer = sealed.get(BUNDLES["placement"], "auditor", as_at=sealed.desk.history.head())
    assert answer.status_code == 503
    assert "not sealed" in answer.json()["detail"]


@pytest.mark.parametrize("kind", list(BUNDLES))
@pytest.mark.parametrize(
    ("as_at", "words"),
    [
        (100_000, "has not reached this position: it is at "),
        (2**70, "has not reached this position: it is at "),
        (-1, "Positions begin at 1"),
        ("2126-10-25T01:30:00Z", "lies ahead"),
        ("yesterday", "moment with its time zone"),
    ],
)
def test_a_bundle_of_what_is_no_moment_of_the_past_is_refused_in_words(
    sealed: Service, kind: str, as_at: int | str, words: str
) -> None:
    answer = sealed.get(BUNDLES[kind], "auditor", as_at=as_at)
    assert answer.status_code == 400
    [reason] = answer.json()["reasons"]
    assert (reason["code"], reason["field"]) == ("no_such_moment", "as_at")
    assert words in reason["message"]
    if "it is at" in words:
        assert reason["message"].endswith(f"{sealed.desk.history.head()}.")


@pytest.mark.parametrize("kind", list(BUNDLES))
def test_a_bundle_can_be_asked_for_by_a_moment(sealed: Service, kind: str) -> None:
    for before in (0, "2019-01-01T00:00:00Z"):
        answer = sealed.get(BUNDLES[kind], "auditor", as_at=before)
        assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (404, "nothing_then")
    sealed_up_to = sealed.get("/ledger/checkpoints").json()["checkpoints"][-1]["size"]
    moment = moment_of(sealed.desk.history, sealed_up_to)
    assert moment is not None
    position = position_at(sealed.desk.history, moment)
    by_position = sealed.get(BUNDLES[kind], "auditor", as_at=position)
    assert (
        sealed.get(BUNDLES[kind], "auditor", as_at=moment.isoformat()).status_code == by_position.status_code
    )


def test_an_older_ledger_that_is_longer_than_this_one_is_another(sealed: Service) -> None:
    answer = sealed.get(BUNDLES["placement"], "auditor", extends=100_000)
    assert answer.status_code == 400
    assert [reason["field"] for reason in answer.json()["reasons"]] == ["extends"]


def test_an_export_is_on_record(sealed: Service) -> None:
    sealed.get(BUNDLES["child"], "auditor")
    sealed.desk.looks.write()
    noted = sealed.desk.history.page(0, 50_000, ["looks.noted"])[-1].event
    assert isinstance(noted, LooksNoted)
    exported = [(look.person_id, look.children) for look in noted.looks if look.how == "exported"]
    assert ("auditor@example", (CHILD,)) in exported


def test_a_receipt_tells_each_reader_what_they_may_know(sealed: Service, tmp_path: Path) -> None:
    listed = sealed.get(f"/placements/{PLACEMENT}/decisions").json()["rows"]
    started = next(row["position"] for row in listed if row["event"] == "placement.started")
    for who in ("officer", "provider", "auditor"):
        answer = sealed.get(f"/placements/{PLACEMENT}/decisions/{started}/receipt", who)
        assert answer.status_code == 200, who
        path = tmp_path / f"{who}.zip"
        path.write_bytes(answer.content)
        assert verify.verify(path, str(SIGNER.public)).faults == []
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert json.loads(archive.read("receipt.json"))["event"] == "placement.started"
    assessed = next(row["position"] for row in listed if row["event"] == "placement.needs_assessed")
    assert sealed.get(f"/placements/{PLACEMENT}/decisions/{assessed}/receipt", "provider").status_code == 404
    assert sealed.get(f"/placements/{PLACEMENT}/decisions/{started}/receipt", "stranger").status_code == 404


def test_checkpoints_are_for_everybody_and_can_be_checked(sealed: Service) -> None:
    for who in ("rival", "officer", "auditor"):
        note = sealed.get("/ledger/checkpoint", who).text
        assert (
            open_checkpoint(note, [SIGNER.public]).size
            == sealed.get("/ledger/checkpoints", who).json()["checkpoints"][-1]["size"]
        )
        assert sealed.get("/ledger/key", who).text == f"{SIGNER.public}\n"


def test_proofs_over_http_prove_what_they_say(sealed: Service) -> None:
    proof = sealed.get("/ledger/proofs/7", "auditor").json()
    head = open_checkpoint(proof["checkpoint"], [SIGNER.public])
    hashes = [base64.b64decode(hash) for hash in proof["hashes"]]
    assert includes(head.root, head.size, 6, base64.b64decode(proof["leaf"]), hashes)

    old, new = sealed.get("/ledger/checkpoints", "auditor").json()["checkpoints"]
    growth = sealed.get("/ledger/consistency", "auditor", old=old["size"], new=new["size"]).json()
    first, last = (open_checkpoint(one["note"], [SIGNER.public]) for one in (old, new))
    assert extends(
        first.size, first.root, last.size, last.root, [base64.b64decode(h) for h in growth["hashes"]]
    )

    assert sealed.get("/ledger/proofs/100000", "auditor").status_code == 404
    assert sealed.get("/ledger/consistency", "auditor", old=5, new=4).status_code == 404
    for address in ("/ledger/proofs/7", "/ledger/consistency?old=1&new=2"):
        assert sealed.get(address, "officer").status_code == 403


def test_kinds_of_words_can_be_left_out(sealed: Service, tmp_path: Path) -> None:
    for path in list(BUNDLES.values())[:3]:
        answer = sealed.get(path, "auditor", without=["health", "safeguarding"])
        assert answer.status_code == 200, answer.text
        file = tmp_path / "bundle.zip"
        file.write_bytes(answer.content)
        check = verify.verify(file, str(SIGNER.public))
        assert (check.faults, check.withheld) == ([], ["health", "safeguarding"])
    assert sealed.get(BUNDLES["placement"], "auditor", without="gossip").status_code == 400
