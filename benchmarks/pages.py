"""How long the server takes for each page when ten thousand placements are stored, and what a page weighs."""

from __future__ import annotations

import gzip
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.pages.forms.beginning import typed_from
from api.pages.forms.shape import shape_of
from api.pages.getting_ready import get_ready
from api.pages.session import Sessions
from api.pages.signing_in import WaysIn
from api.pages.site import PagesWanted
from api.pages.static_files import BUILT
from benchmarks.furnishing import Clock, desk_of, furnish
from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Figure, percentiles
from benchmarks.page_addresses import PAGES, Opened, known_of, unopened
from history.store import History
from projections.reading import ReadModels
from projections.rebuilding import rebuild
from tests.pages.browser import ACCEPT, Browser, fields_of
from tests.support.walk import MONDAY
from tests.whole.town import Around
from workflows.casework import Casework
from workflows.examples import EXAMPLES

LIVES, TIMES = 10_000, 20
FIRST = 3
"""Of each page so many are opened before any is counted, but for those that are about the first time."""
LONGEST = 10.0
"""Seconds for one page: a report over everything is asked less often."""
GROUP = "Pages at {lives:,} placements"
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORTED = frozenset(file.name for file in BUILT.glob("*.js"))
"""Scripts that other scripts load: counted on every page, whether it needs them or not."""


def measure(seconds: float, lives: int = LIVES) -> Iterator[Figure]:
    """Every page, as somebody opens it, asked in-process: the time is the server's alone."""
    with (
        durable_database() as dsn,
        history_in(dsn, 4) as history,
        tempfile.TemporaryDirectory(prefix="placements-bench-") as home,
    ):
        stored = store_lives(history, lives)
        people = furnish(history, stored)
        rebuild(history, dsn)
        with closing(ReadModels(dsn, 2)) as read_models:
            clock = Clock()
            desk = desk_of(Casework(history, clock), history, read_models, Path(home), clock)
            pages = PagesWanted(Sessions(b"s" * 32), WaysIn(lambda: people))
            get_ready()
            with TestClient(create_app(desk, pages=pages), base_url="https://placements.example") as client:
                yield from every_page(Visitor(client, stored, history, clock))


@dataclass
class Visitor:
    """Opens pages, as whoever it has to be."""

    client: TestClient
    lives: Sequence[Around]
    history: History
    clock: Clock
    signed_in_as: str = ""
    _forms: Iterator[str] = field(default_factory=unopened)

    def __post_init__(self) -> None:
        self.browser, self.head = Browser(self.client), self.history.head()

    def be(self, opened: Opened) -> None:
        """Sign in as the person who opens it, at the moment at which they do."""
        self.clock.now = opened.now or MONDAY
        person = f"{opened.who[1]}@example"
        if person != self.signed_in_as:
            self.client.cookies.clear()
            self.browser.sign_in(person)
            self.signed_in_as = person

    def address(self, opened: Opened, n: int) -> str:
        """Where it is for the nth time: another record each time."""
        around = self.lives[n]
        position = max(stored.position for stored in self.history.stream(around.placement))
        known = known_of(
            asdict(around),
            self.head,
            position,
            next(self._forms, "log-contact") if "{unopened}" in str(opened.ids) else "",
        )
        return opened.address(known)

    def open(self, opened: Opened, n: int) -> tuple[Response, float, float]:
        """The page, and how long it took: by the clock, and of this process's processor. Seconds."""
        address = self.address(opened, n)
        typed = self.typed(opened, address) if opened.sent else {}
        began, worked = time.perf_counter(), time.process_time()
        page = self.sent(address, typed) if opened.sent else self.browser.get(address)
        took, spent = time.perf_counter() - began, time.process_time() - worked
        assert page.status_code == (303 if opened.sent == "send" else 200), (address, page.status_code)
        return page, took, spent

    def sent(self, address: str, typed: dict[str, Any]) -> Response:
        """What a form answers, before the browser goes on."""
        return self.client.post(address, data=typed, headers=ACCEPT, follow_redirects=False)

    def typed(self, opened: Opened, address: str) -> dict[str, Any]:
        """What is sent with a form: the example's answers over what stands in it, or nothing; or what stands on the page to check."""
        page = self.browser.get(address)
        name = opened.ids["dashed"].replace("-", "_")
        answers = {} if opened.sent == "nothing" else typed_from(shape_of(name), EXAMPLES[name]).texts
        typed = {**fields_of(page.text, address), **answers, "action": "check"}
        if opened.sent != "send":
            return typed
        checked = self.browser.client.post(address, data=typed, headers=ACCEPT)
        return {**fields_of(checked.text, address), "action": "send"}


def every_page(visitor: Visitor) -> Iterator[Figure]:
    """The time and the weight of each."""
    group, heaviest = GROUP.format(lives=len(visitor.lives)), 0.0
    for opened in PAGES:
        visitor.be(opened)
        first_time = "{unopened}" in str(opened.ids)
        took: list[float] = []
        worked: list[float] = []
        while len(took) < TIMES + FIRST and sum(took) < LONGEST:
            page, seconds, spent = visitor.open(opened, len(took))
            took.append(seconds)
            worked.append(spent)
        counted = slice(0 if first_time or len(took) <= FIRST else FIRST, None)
        half, most = percentiles(took[counted])
        yield Figure(group, f"{opened.name}: half within", half, "ms")
        yield Figure(group, f"{opened.name}: 95 of 100 within", most, "ms")
        # What is left of it on a machine with nothing else to do, but for the database's own work.
        processor = worked[counted]
        yield Figure(
            group, f"{opened.name}: processor of this process", 1000 * sum(processor) / len(processor), "ms"
        )
        if page.status_code == 200:
            heaviest = max(heaviest, weight(page))
    yield Figure(group, "the heaviest page with all that it links, compressed", heaviest, "KB")


def weight(page: Response) -> float:
    """KB of a page with its styles and scripts, as gzip makes them."""
    linked = {name.removeprefix("/static/") for name in LINKED.findall(page.text)}
    sizes = [len(gzip.compress((BUILT / name).read_bytes())) for name in linked | IMPORTED]
    return (len(gzip.compress(page.content)) + sum(sizes)) / 1000
