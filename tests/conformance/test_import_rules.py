"""Imports run one way, and nothing installed stands in front of our own packages."""

import importlib.metadata
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
PACKAGES = PROJECT["tool"]["importlinter"]["root_packages"]


def test_the_import_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    status = lint_imports(config_filename=str(CHECKOUT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_package_of_ours_is_under_the_contracts_and_in_the_wheel() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == PACKAGES
    assert [name for name in PACKAGES if not (CHECKOUT / name / "__init__.py").exists()] == []


def test_no_installed_package_has_a_name_of_ours() -> None:
    taken = dict(importlib.metadata.packages_distributions())
    # It ships its own tests by mistake. Ours are found first, because a checkout stands in front of what is installed.
    assert taken.pop("tests", ["govuk-frontend-jinja"]) == ["govuk-frontend-jinja"]
    assert {name: taken[name] for name in [*PACKAGES, "tests", "benchmarks", "manage"] if name in taken} == {}


def test_a_package_hands_nothing_on_so_an_import_names_the_file_to_open() -> None:
    opened = [page for name in PACKAGES for page in (CHECKOUT / name).rglob("__init__.py")]
    assert len(opened) > 20
    assert [page for page in opened if "import" in page.read_text()] == []
