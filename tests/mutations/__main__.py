"""Runs mutmut over a copy of the checkout: `python -m tests.mutations`. It takes most of an hour; run it with `nice`.

What is changed and which tests judge is set in `[tool.mutmut]` of pyproject.toml; what came of it is told in docs/quality.md.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.mutations.bare_rules import bare

COMMANDS = ("workflows/moves.py", "workflows/overriding.py", "workflows/holding_places.py")
CHECKOUT = Path(__file__).resolve().parents[2]


def main(folder: Path) -> int:
    """Copy what is under version control, make the rules bare, and let mutmut run; 0 when it ran to its end."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True).stdout
    for name in filter(None, tracked.decode().split("\0")):
        if (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((CHECKOUT / name).read_bytes())
    for path in [*(folder / "domain" / "rules").glob("*.py"), *map(folder.joinpath, COMMANDS)]:
        path.write_text(bare(path.read_text()))
    status = subprocess.call([sys.executable, "-m", "mutmut", "run", "--max-children", "2"], cwd=folder)
    subprocess.call([sys.executable, "-m", "mutmut", "results"], cwd=folder)
    return status


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name an empty folder to work in: python -m tests.mutations <folder>")
    sys.exit(main(Path(sys.argv[1]).absolute()))
