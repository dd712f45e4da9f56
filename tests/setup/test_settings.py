"""Settings come from the environment, and a wrong one is named."""

from pathlib import Path

import pytest

from service.configuration.group import PREFIX
from service.plain_error import PlainError
from service.settings import Settings, read_settings


def test_without_any_the_service_is_private_to_this_computer() -> None:
    settings = read_settings()
    assert (settings.database_url, settings.host, settings.port) == (None, "127.0.0.1", 8000)


def test_the_command_line_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEMENTS_PORT", "8001")
    assert read_settings(port=None).port == 8001
    assert read_settings(port=8002).port == 8002


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEMENTS_DATABASE_URL", "")
    assert read_settings().database_url is None


def test_a_relative_path_means_the_folder_where_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(data=Path("here")).data == tmp_path / "here"


def test_another_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = read_settings(port=8002, demo=True, data=tmp_path, master_key="c2VjcmV0").changed(
        database_url="host='/a b' dbname=placements", private_database=True
    )
    for name, value in settings.as_environment().items():
        monkeypatch.setenv(name, value)
    assert read_settings() == settings


def test_secrets_do_not_show() -> None:
    shown = repr(read_settings(database_url="postgresql://me:hidden@host/db", master_key="hidden"))
    assert "hidden" not in shown


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"port": "many"}, "PLACEMENTS_PORT: "),
        ({"jwks_url": "http://keys.example/jwks"}, "PLACEMENTS_JWKS_URL: it must be an https address"),
        (
            {"jwks_url": "https://keys.example/jwks", "jwks_file": "keys.json"},
            "set PLACEMENTS_JWKS_FILE or PLACEMENTS_JWKS_URL, not both",
        ),
        ({"log_level": "loud"}, "PLACEMENTS_LOG_LEVEL: "),
    ],
)
def test_a_wrong_setting_is_named_without_what_it_held(given: dict[str, str], words: str) -> None:
    with pytest.raises(PlainError) as refused:
        read_settings(**given)
    assert words in str(refused.value)
    assert "loud" not in str(refused.value)


def test_every_setting_says_what_it_is_for() -> None:
    undescribed = [name for name, field in Settings.model_fields.items() if not field.description]
    assert undescribed == []
    assert PREFIX == "PLACEMENTS_"


def test_a_setting_that_is_called_otherwise_now_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEMENTS_PUBLIC_URL", "https://placements.council.example")
    with pytest.raises(
        PlainError, match="PLACEMENTS_PUBLIC_URL is not read any more.*PLACEMENTS_PUBLIC_ADDRESS"
    ):
        read_settings()
