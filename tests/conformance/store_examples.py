"""Stores a real example of every kind of event that has none yet: `python -m tests.conformance.store_examples`.

Run it by hand when a kind of event is new. It never changes an example: what was stored once must load for ever.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from domain.events import Event, stored_name
from history.setup import set_up
from history.store import History
from service.private_postgres import PrivatePostgres
from tests.conformance.event_kinds import KINDS
from tests.conformance.every_command import every_event

FOLDER = Path(__file__).parent / "stored_events"
NAMES = Path(__file__).parent / "stored_names.txt"


def file_of(name: str) -> Path:
    """Where the example of a kind is kept."""
    return FOLDER / f"{name}.v1.json"


def store_missing() -> list[str]:
    """Write the examples that are missing, the fullest of each kind, and say which."""
    missing = [name for name in KINDS if not file_of(name).exists()]
    if not missing:
        return []
    fullest: dict[str, Event] = {}
    with tempfile.TemporaryDirectory() as home:
        server = PrivatePostgres(Path(home) / "postgres", durable=False)
        with server.running() as dsn:
            set_up(dsn)
            history = History(dsn, master_key=bytes(range(32)))
            size = dict.fromkeys(missing, 0)
            for event in every_event():
                name = stored_name(type(event))
                if name in size and len(state := history.mapper.seal(event, set()).state) > size[name]:
                    size[name], fullest[name] = len(state), event
            for name, event in sorted(fullest.items()):
                file_of(name).write_bytes(history.mapper.seal(event, set()).state + b"\n")
            history.close()
    NAMES.write_text("".join(f"{name}\n" for name in sorted({*_names(), *fullest})))
    return sorted(fullest)


def _names() -> list[str]:
    return NAMES.read_text().split() if NAMES.exists() else []


if __name__ == "__main__":
    stored = store_missing()
    print(f"Stored: {', '.join(stored) or 'nothing, every kind has an example'}.")  # noqa: T201 - told to a person
