"""The lock files name every package once, with its hashes, and no address."""

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: str) -> dict[str, str]:
    """Package and version, for each in a lock file."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (CHECKOUT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash_and_none_an_address(lock: str) -> None:
    text = (CHECKOUT / lock).read_text()
    entries = re.findall(r"^\S.*(?:\n +.*)*", text, re.MULTILINE)
    assert len(entries) == len(pins(lock))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?:|--index|--find-links|@", text) == []


def test_what_the_tests_run_on_is_what_the_service_runs_on() -> None:
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for wanted, lock in (
        (project["dependencies"] + extras["local"], "requirements.lock"),
        (extras["dev"], "requirements-dev.lock"),
    ):
        names = {re.split(r"[\[<>=]", line)[0] for line in wanted}
        assert names - pins(lock).keys() == set()
