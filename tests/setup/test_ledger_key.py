"""The key that signs the ledger is given, or made once for a private database."""

import stat
from pathlib import Path

import pytest

from service.ledger_key import read_signer, trusted_keys
from service.plain_error import PlainError
from service.settings import read_settings


def test_a_private_database_makes_its_own_key_once(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path, private_database=True)
    one, again = read_signer(settings), read_signer(settings)
    assert one
    assert again
    assert one.public == again.public
    assert stat.S_IMODE((tmp_path / "ledger.key").stat().st_mode) == 0o600


def test_every_ledger_has_a_name_of_its_own_until_one_is_chosen(tmp_path: Path, master_key: str) -> None:
    names = set()
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        signer = read_signer(read_settings(data=tmp_path / folder, private_database=True))
        assert signer
        names.add(signer.public.name)
    chosen = read_signer(read_settings(ledger_key=master_key, ledger_name="council.example/placements"))
    assert chosen
    assert len(names) == 2
    assert chosen.public.name == "council.example/placements"


def test_a_name_that_cannot_be_used_is_refused(master_key: str) -> None:
    with pytest.raises(PlainError, match="^PLACEMENTS_LEDGER_NAME cannot be used: "):
        read_signer(read_settings(ledger_key=master_key, ledger_name="two words"))


def test_a_database_of_ones_own_without_a_key_is_not_sealed() -> None:
    settings = read_settings(database_url="postgresql://host/db")
    assert read_signer(settings) is None
    with pytest.raises(PlainError, match="^No key is trusted: "):
        trusted_keys(settings, [])


def test_a_key_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(
        PlainError, match="^The ledger key in PLACEMENTS_LEDGER_KEY is not 32 bytes in base64.$"
    ):
        read_signer(read_settings(ledger_key="?"))
    with pytest.raises(PlainError, match="The ledger key file .*nowhere cannot be read"):
        read_signer(read_settings(ledger_key_file=tmp_path / "nowhere"))
    with pytest.raises(PlainError, match="looks like name"):
        trusted_keys(read_settings(), ["name"])
