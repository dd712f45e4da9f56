"""Local sign-in: who may, with what, and where never."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey, KeySet

from service.local_issuer import ISSUER, JWKS_FILE, KEY_FILE, with_local_issuer
from service.settings import Settings
from tests.commands.terminal import Terminal
from tests.demo.filled import SHOWN_AT

CORA = "cora.sample@inventshire.example"


def test_people_lists_who_may_act_and_as_what(inventshire: Terminal) -> None:
    answer = inventshire.type("people")
    assert "Inventshire Council (local authority, " in answer.out
    assert f"  {CORA}  Cora Sample: commissioner\n" in answer.out


def test_people_are_listed_for_programs_too(inventshire: Terminal) -> None:
    cora = next(person for person in inventshire.type("people", "--json").facts if person["person"] == CORA)
    assert (cora["roles"], cora["organisation"]["name"]) == (["commissioner"], "Inventshire Council")


def test_an_empty_service_says_how_to_get_people(empty: Terminal) -> None:
    assert "Nobody holds a role here yet" in empty.type("people").out


def test_a_token_says_who_for_whom_and_for_how_long(inventshire: Terminal, tmp_path: Path) -> None:
    answer = inventshire.type("token", "--person", CORA, "--hours", "2")
    keys = KeySet.import_key_set(json.loads((tmp_path / JWKS_FILE).read_text()))
    claims = jwt.decode(answer.out.strip(), keys, algorithms=["ES256"]).claims
    assert (claims["iss"], claims["aud"], claims["sub"]) == (ISSUER, "placements", CORA)
    assert claims["nbf"] == claims["iat"]
    assert claims["exp"] - claims["iat"] == 2 * 3600
    assert 0 <= claims["iat"] - SHOWN_AT.timestamp() < 600
    council = next(p for p in inventshire.type("people", "--json").facts if p["person"] == CORA)[
        "organisation"
    ]["id"]
    assert claims["org"] == council
    assert claims["jti"]


def test_another_computers_keys_do_not_accept_it(inventshire: Terminal) -> None:
    token = inventshire.type("token", "--person", CORA).out.strip()
    with pytest.raises(BadSignatureError):
        jwt.decode(token, ECKey.generate_key("P-256"), algorithms=["ES256"])


def test_the_signing_key_is_its_owners_alone_and_stays_the_same(
    inventshire: Terminal, tmp_path: Path
) -> None:
    inventshire.type("token", "--person", CORA)
    key = tmp_path / KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    inventshire.type("token", "--person", CORA)
    assert key.read_bytes() == before
    assert "d" not in json.loads((tmp_path / JWKS_FILE).read_text())["keys"][0]


def test_no_token_is_issued_for_a_database_that_is_not_this_computers_own(
    elsewhere: Terminal, tmp_path: Path
) -> None:
    answer = elsewhere.type("token", "--person", CORA)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("Tokens are issued only for the private database of this computer")
    assert not (tmp_path / KEY_FILE).exists()


def test_somebody_without_a_role_gets_none(inventshire: Terminal) -> None:
    answer = inventshire.type("token", "--person", "nobody@example")
    assert answer.status == 1
    assert (
        answer.err
        == "Nobody with the id nobody@example holds a role here: `placements people` lists who does.\n"
    )


def test_the_api_of_a_private_database_trusts_the_local_issuer(tmp_path: Path) -> None:
    settings = with_local_issuer(Settings(private_database=True, data=tmp_path))
    assert (settings.jwks_file, settings.token_issuer) == (tmp_path / JWKS_FILE, ISSUER)
    assert (tmp_path / JWKS_FILE).exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"private_database": False},
        {"private_database": True, "token_issuer": "https://sign-in.example"},
        {"private_database": True, "jwks_url": "https://sign-in.example/keys"},
    ],
)
def test_whoever_named_a_sign_in_keeps_it(tmp_path: Path, settings: dict[str, object]) -> None:
    given = Settings(data=tmp_path, **settings)  # type: ignore[arg-type]
    assert with_local_issuer(given) == given
    assert not (tmp_path / KEY_FILE).exists()
