"""A command at the terminal loads what it needs and not the API; but whatever is stored, it knows what it is."""

from __future__ import annotations

import subprocess
import sys

KNOWN = "import service.desk; from domain.record import EVENT_KINDS; before = set(EVENT_KINDS); "
ALL = (
    "import importlib, pkgutil, domain; "
    "[importlib.import_module(m.name) for m in pkgutil.walk_packages(domain.__path__, 'domain.')]; "
    "print(*sorted(set(EVENT_KINDS) - before))"
)


def test_no_stored_event_is_unknown_at_the_terminal() -> None:
    found = subprocess.run([sys.executable, "-c", KNOWN + ALL], capture_output=True, text=True, check=True)

    assert found.stdout.split() == []
