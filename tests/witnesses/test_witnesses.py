"""Who holds database and key can make another history that is right in itself, and every witness gives it away."""

from __future__ import annotations

import base64
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import httpx2 as httpx
import psycopg
import pytest
from aiosmtpd.controller import Controller
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from history.ledger.cosigning import Cosigner, cosigned_at
from history.ledger.notes import NotSigned, Signer
from history.store import History
from service.soundness.checking import Promised, check
from service.witnesses.folder import Folder
from service.witnesses.mail import Mailbox
from service.witnesses.remote import Remote
from service.witnesses.serving import Watching, witness_app
from service.witnesses.stamping import StampingAuthority
from service.witnesses.witness import ForkRefused, NotTaken, Witness
from service.witnesses.witnessing import Witnessing, held_by
from tests.soundness.conftest import SIGNER
from tests.support.running_service import a_taken_port
from tests.witnesses.conftest import Insider

COSIGNER = Cosigner("county.example/witness", bytes(range(64, 96)))
REWRITTEN = "UPDATE history.events SET state = replace(encode(state, 'escape'), '2026', '2027')::bytea WHERE notification_id = 7"
Served = Callable[[ASGIApp], AbstractContextManager[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A share that those who run the database cannot write to."""
    (tmp_path / "share").mkdir()
    return Folder(tmp_path / "share")


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    """Another organisation's witness."""
    return Watching(tmp_path / "state", [SIGNER.public], COSIGNER)


def give(dsn: str, history: History, *witnesses: Witness) -> int:
    """What a worker does now and then."""
    return Witnessing(dsn, history, witnesses, 0).step()


def faults(dsn: str, history: History, witnesses: Sequence[Witness] = ()) -> set[tuple[str, str]]:
    """What a check finds."""
    notes, silent = held_by(witnesses)
    found = check(history, dsn, [SIGNER.public], promised=Promised(notes, {}, silent))
    return {(fault.part, fault.where) for fault in found.faults}


def test_a_rewritten_history_under_the_same_key_is_given_away_by_the_folder(
    insider: Insider, history: History, database_url: str, folder: Folder
) -> None:
    assert give(database_url, history, folder) == 1
    insider.go_on()
    assert give(database_url, history, folder) == 1
    assert give(database_url, history, folder) == 0
    assert faults(database_url, history, [folder]) == set()

    insider.rewrite(REWRITTEN)
    assert faults(database_url, history) == set()
    [(part, where)] = faults(database_url, history, [folder])
    assert (part, where) == ("ledger", "position 1")
    # The folder takes no other checkpoint of a size that it has.
    assert give(database_url, history, folder) == 0
    with pytest.raises(ForkRefused):
        folder.take(insider.seal())


def test_a_restored_older_backup_is_noticed(
    insider: Insider, history: History, database_url: str, folder: Folder
) -> None:
    insider.go_on()
    assert give(database_url, history, folder) == 1
    insider.rewrite("DELETE FROM history.events WHERE notification_id > 20")
    assert faults(database_url, history) == set()
    assert faults(database_url, history, [folder]) == {("ledger", "position 21")}


def test_a_witness_that_cannot_be_asked_is_said(
    insider: Insider, history: History, database_url: str, tmp_path: Path
) -> None:
    gone = Folder(tmp_path / "gone")
    assert give(database_url, history, gone) == 0
    assert faults(database_url, history, [gone]) == {("witnesses", "folder gone: the folder is not there")}


def test_another_organisation_signs_what_grew_and_refuses_what_was_rewritten(
    insider: Insider, history: History, database_url: str, watching: Watching, served: Served
) -> None:
    with served(witness_app(watching)) as address:
        remote = Remote(address, COSIGNER.public, history)
        assert give(database_url, history, remote) == 1
        newest = insider.go_on()
        # Another worker, which does not know yet what the witness has seen.
        line = Remote(address, COSIGNER.public, history).take(newest)
        assert time.time() - cosigned_at(newest.note, line, COSIGNER.public) < 60
        with pytest.raises(NotSigned):
            cosigned_at(newest.note.replace("25", "26"), line, COSIGNER.public)
        # The same once more is signed once more: its answer may have been lost.
        assert remote.take(newest)

        insider.rewrite(REWRITTEN)
        with pytest.raises(ForkRefused, match="does not extend"):
            remote.take(insider.go_on())
        insider.rewrite("DELETE FROM history.events WHERE notification_id > 10")
        with pytest.raises(ForkRefused, match="it has seen 25 events, and this history has 10"):
            remote.take(insider.seal())


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda note: "nonsense", 400),
        (lambda note: "old x\n\n" + note, 400),
        (lambda note: "old 0\n" + "A" * 43 + "=\n\n" + note, 400),
        (lambda note: "old 7\n\n" + note, 409),
        (lambda note: "old 99\n\n" + note, 400),
        (lambda note: "old 0\n\n" + note.replace("council", "another"), 404),
        (lambda note: "old 0\n\n" + note.replace("\n20\n", "\n19\n"), 403),
        (
            lambda note: (
                "old 0\n\n" + Signer(SIGNER.public.name, bytes(32)).sign(note.split("\n\n")[0] + "\n")
            ),
            403,
        ),
        (lambda note: "old 0\n\n" + "x" * 200_000, 413),
        (lambda note: b"\xff", 400),
    ],
)
def test_a_witness_says_no_in_a_word(
    insider: Insider, watching: Watching, served: Served, change: Callable[[str], Any], status: int
) -> None:
    body = change(insider.seal().note)
    with served(witness_app(watching)) as address:
        content = body if isinstance(body, bytes) else body.encode()
        answer = httpx.post(f"{address}/add-checkpoint", content=content)
    assert answer.status_code == status
    assert len(answer.text) < 200


def test_an_answer_that_is_no_cosignature_of_the_witness_counts_for_nothing(
    insider: Insider, history: History, tmp_path: Path, served: Served
) -> None:
    other = Watching(tmp_path / "other", [SIGNER.public], Cosigner(COSIGNER.public.name, bytes(32)))
    with served(witness_app(other)) as address, pytest.raises(NotTaken, match="no cosignature"):
        Remote(address, COSIGNER.public, history).take(insider.seal())


@pytest.fixture
def letters() -> Iterator[tuple[int, list[bytes]]]:
    """A server that takes letters: its port, and what came."""
    came: list[bytes] = []

    class Keeping:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - named by the library
            came.append(envelope.content)
            return "250 OK"

    with a_taken_port() as taken:
        port = taken.getsockname()[1]
    controller = Controller(Keeping(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port, came
    controller.stop()


def test_a_mailbox_is_sent_the_checkpoint_whole(
    insider: Insider, history: History, database_url: str, letters: tuple[int, list[bytes]]
) -> None:
    port, came = letters
    box = Mailbox("clerk@committee.example", "placements@council.example", "127.0.0.1", port, tls=False)
    assert give(database_url, history, box) == 1
    [letter] = [message_from_bytes(raw, policy=default) for raw in came]
    assert letter["Subject"] == "Checkpoint 20 of council.example/placements"
    words = letter.get_content().replace("\r\n", "\n")
    assert insider.seal().note.strip() in words
    with pytest.raises(NotTaken, match="could not be sent"):
        Mailbox("a@b.example", "c@d.example", "127.0.0.1", 1, tls=False).take(insider.seal())


@pytest.fixture
def stamping(tmp_path: Path, served: Served) -> Iterator[tuple[str, Path]]:
    """A time-stamping authority made with openssl: its address, and its certificate."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "tsa.cnf").write_text(
        "[req]\ndistinguished_name=dn\n[dn]\n[ext]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
        "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\n"
        "default_policy=1.2.3.4\ndigests=sha256,sha512\naccuracy=secs:1\ness_cert_id_alg=sha256\n"
    )
    (tmp_path / "serial").write_text("01\n")
    openssl(
        *(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "tsa.key",
            "-out",
            "tsa.pem",
            "-days",
            "30",
        ),
        *("-subj", "/CN=Time of Example", "-config", "tsa.cnf", "-extensions", "ext"),
    )

    async def stamp(request: Request) -> Response:
        (tmp_path / "q.tsq").write_bytes(await request.body())
        openssl(
            "ts", "-reply", "-config", "tsa.cnf", "-section", "one", "-queryfile", "q.tsq", "-out", "r.tsr"
        )
        return Response((tmp_path / "r.tsr").read_bytes(), media_type="application/timestamp-reply")

    with served(Starlette(routes=[Route("/", stamp, methods=["POST"])])) as address:
        yield address, tmp_path / "tsa.pem"


def test_a_time_stamp_is_kept_and_openssl_believes_it(
    insider: Insider, history: History, database_url: str, stamping: tuple[str, Path], tmp_path: Path
) -> None:
    address, certificate = stamping
    authority = StampingAuthority(address)
    assert give(database_url, history, authority) == 1
    with psycopg.connect(database_url) as database:
        [(answer,)] = database.execute("SELECT answer FROM history.witnessed").fetchall()
    (tmp_path / "kept.tsr").write_bytes(base64.b64decode(answer))
    (tmp_path / "note").write_text(insider.seal().note, encoding="utf-8")
    verify = ["openssl", "ts", "-verify", "-data", "note", "-in", "kept.tsr", "-CAfile", str(certificate)]
    done = subprocess.run(verify, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
    with pytest.raises(NotTaken):
        StampingAuthority("http://127.0.0.1:1/").take(insider.seal())
