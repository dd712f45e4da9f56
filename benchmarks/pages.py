"""How long the server takes for each page when ten thousand placements are stored, and what a page weighs."""

from __future__ import annotations

import gzip
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.desk import Desk
from api.pages.session import Sessions
from api.pages.signing_in import DemoPerson, WaysIn
from api.pages.site import PagesWanted
from api.pages.static_files import BUILT
from api.sign_in import SignIn
from api.signing_keys import KeyFile
from api.tokens import Tokens
from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Figure, percentiles
from domain.people import Role
from history.store import History
from projections.reading import ReadModels
from projections.rebuilding import rebuild
from tests.api.issuer import AUDIENCE, ISSUER, Issuer
from tests.api.people import SIGNER
from tests.pages.browser import Browser
from tests.support.walk import MONDAY, THE_SERVICE
from tests.whole.town import Around
from workflows.access import Access
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.noting_looks import Noting

LIVES, TIMES = 10_000, 20
LONGEST = 15.0
"""Seconds for one page: a report over everything is asked less often."""
GROUP = "Pages at {lives:,} placements"
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORTED = frozenset(file.name for file in BUILT.glob("*.js"))
"""Scripts that other scripts load: counted on every page, whether it needs them or not."""
ROLES = (Role.COMMISSIONER, Role.AUDITOR)


def measure(seconds: float, lives: int = LIVES) -> Iterator[Figure]:
    """Every page that an officer or an auditor opens, asked in-process: the time is the server's alone."""
    with (
        durable_database() as dsn,
        history_in(dsn, 4) as history,
        tempfile.TemporaryDirectory(prefix="placements-bench-") as home,
    ):
        stored = store_lives(history, lives)
        casework = Casework(history, lambda: MONDAY)
        for role in ROLES:
            grant = {**EXAMPLES["grant_role"], "person_id": f"{role}@example", "role": role}
            casework.perform(COMMANDS["grant_role"].model_validate(grant), THE_SERVICE, stored[0].authority)
        rebuild(history, dsn)
        with closing(ReadModels(dsn, 2)) as read_models:
            desk = desk_of(casework, history, read_models, Path(home), lambda: MONDAY)
            people = [DemoPerson(f"{role}@example", role, role, "", stored[0].authority) for role in ROLES]
            pages = PagesWanted(Sessions(b"s" * 32), WaysIn(lambda: people))
            with TestClient(create_app(desk, pages=pages), base_url="https://placements.example") as client:
                yield from every_page(client, stored, history.head())


def desk_of(
    casework: Casework, history: History, read_models: ReadModels, home: Path, clock: Callable[[], datetime]
) -> Desk:
    """All that the application is made of."""
    tokens = Tokens(KeyFile(Issuer(home, MONDAY).path), ISSUER, AUDIENCE, clock)
    sign_in = SignIn(tokens, history, read_models.grants, clock)
    return Desk(casework, history, read_models, sign_in, Access(casework), clock, Noting(casework), SIGNER)


def pages_of(lives: list[Around], head: int) -> dict[str, tuple[Role, Callable[[int], str]]]:
    """What is opened, by whom, and the address of the nth time: another record each time."""

    def at(text: str) -> Callable[[int], str]:
        return lambda n: text.format(
            id=lives[n].placement, child=lives[n].child, provider=lives[n].provider, head=head
        )

    officer, auditor = ROLES
    return {
        "today": (officer, at("/")),
        "placements, list": (officer, at("/placements")),
        "placements, by name": (officer, at("/placements?name=a")),
        "placements, board": (officer, at("/placements?view=board")),
        "children": (officer, at("/children")),
        "providers": (officer, at("/providers")),
        "due": (officer, at("/due")),
        "placement": (officer, at("/placements/{id}")),
        "placement, plan": (officer, at("/placements/{id}?section=plan")),
        "placement, timeline": (officer, at("/placements/{id}/timeline")),
        "placement, decisions": (officer, at("/placements/{id}/decisions")),
        "placement, a form": (officer, at("/placements/{id}/log-contact")),
        "child": (officer, at("/children/{child}")),
        "provider": (officer, at("/providers/{provider}")),
        "placement, as it was": (officer, at("/placements/{id}?as_of={head}")),
        "two moments side by side": (officer, at("/placements/{id}/changes?from=1&to={head}")),
        "the late recording report": (auditor, at("/reports/late-recording")),
        "who looked": (auditor, at("/looks")),
    }


def every_page(client: TestClient, lives: list[Around], head: int) -> Iterator[Figure]:
    """The time and the weight of each."""
    group, heaviest = GROUP.format(lives=len(lives)), 0.0
    browser = Browser(client)
    browser.sign_in(f"{ROLES[0]}@example")
    signed_in_as = ROLES[0]
    for what, (role, address) in pages_of(lives, head).items():
        if role != signed_in_as:
            client.cookies.clear()
            browser.sign_in(f"{role}@example")
            signed_in_as = role
        spent: list[float] = []
        busy = 0.0
        for n in range(TIMES + 3):
            at = address(n)
            began, worked = time.perf_counter(), time.process_time()
            page = browser.get(at)
            spent.append(time.perf_counter() - began)
            busy += time.process_time() - worked
            assert page.status_code == 200, (at, page.status_code)
            if sum(spent) > LONGEST:
                break
        half, most = percentiles(spent[3:] or spent)
        yield Figure(group, f"{what}: half within", half, "ms")
        yield Figure(group, f"{what}: 95 of 100 within", most, "ms")
        # What is left of it on a machine with nothing else to do, but for the database's own work.
        yield Figure(group, f"{what}: processor of this process", 1000 * busy / len(spent), "ms")
        heaviest = max(heaviest, weight(page))
    yield Figure(group, "the heaviest page with all that it links, compressed", heaviest, "KB")


def weight(page: Response) -> float:
    """KB of a page with its styles and scripts, as gzip makes them."""
    linked = {name.removeprefix("/static/") for name in LINKED.findall(page.text)}
    sizes = [len(gzip.compress((BUILT / name).read_bytes())) for name in linked | IMPORTED]
    return (len(gzip.compress(page.content)) + sum(sizes)) / 1000
