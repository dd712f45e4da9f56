"""Every address of the site, as everybody and as nobody: a page shows what the API would, and nothing to who may not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.pages.session import COOKIE, Sessions
from api.pages.signing_in import WaysIn
from api.pages.site import create_site
from api.tokens import SignedIn
from tests.api.people import PEOPLE, Service
from tests.pages.browser import ACCEPT, text_of
from tests.pages.conftest import KEY, running, until
from tests.support.postgres import TestPostgres
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, PLACEMENT, PROVIDER
from workflows.catalogue import COMMANDS, RECORDS

NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
IDS = {
    "placements": PLACEMENT,
    "children": CHILD,
    "providers": PROVIDER,
    "agreements": AGREEMENT,
    "organisations": AUTHORITY,
}
DECIDED = ("placements", "children", "providers")
"""Records whose decisions have pages."""
FOR_EVERYBODY = ("/sign-in", "/sign-in/return", "/sign-in/organisation", "/sign-out")
NARROWER = ("/register",)
"""The page is for a provider's people; what the API tells others there is nothing to fill in."""
ASKS_FIRST = ("/could-see",)
"""The page asks for what the API has to be told; who may not ask hears so before."""
HELD_OPEN = ("/live",)
"""A stream that ends when the browser goes: it has tests of its own."""


@pytest.fixture(scope="module")
def standing_site(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The pages on a placement that has started; these tests change nothing."""
    home, as_sent = (
        tmp_path_factory.mktemp("issuer"),
        {"follow_redirects": False, "raise_server_exceptions": False},
    )
    with prepared_postgres.database(furnished) as dsn, running(dsn, home, **as_sent) as service:
        until(service, "start_placement")
        yield service


def site_routes(found: Any) -> Iterator[tuple[str, str]]:
    """Every method and address of the pages, also of routers inside routers."""
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from site_routes(inner.routes)
        elif getattr(route, "methods", None):
            yield from ((method, route.path) for method in sorted(route.methods - {"HEAD"}))


ROUTES = sorted(set(site_routes(create_site(FastAPI(), Sessions(KEY), WaysIn()).router.routes)))


def addresses(method: str) -> list[tuple[str, str]]:
    """Every address with something that is there, and its template: of commands one for each kind of record."""
    found: list[str] = []
    for kind, path in ROUTES:
        if kind != method or path in HELD_OPEN:
            continue
        plurals = [plural for plural in IDS if "decisions" not in path or plural in DECIDED]
        found += [path.replace("{plural}", plural) for plural in plurals] if "{plural}" in path else [path]
    return [(_filled(path), path) for path in found]


def _filled(path: str) -> str:
    plural = path.split("/")[1]
    of = [
        name
        for name, one in COMMANDS.items()
        if one.opens == (plural == "new") and (plural == "new" or RECORDS.get(plural) is one.target)
    ]
    path = path.replace("{id}", str(IDS.get(plural, PLACEMENT))).replace("{position}", "1")
    return path.replace("{dashed}", of[0].replace("_", "-") if of else "")


def as_browser(service: Service, who: str | None) -> TestClient:
    """A browser in which this person is signed in, or nobody."""
    service.client.cookies.clear()
    if who is not None:
        person = SignedIn(f"{who}@example", PEOPLE[who][0])
        said = Sessions(KEY)._signer().dumps([person.person_id, str(person.organisation_id)])
        service.client.cookies.set(COOKIE, said)
    return service.client


def test_the_walk_finds_the_pages() -> None:
    assert len(addresses("GET")) > 20
    assert len(addresses("POST")) > 5


@pytest.mark.parametrize("who", ["officer", "auditor", "provider", "head"])
def test_no_page_shows_anybody_the_number_of_a_record(standing_site: Service, who: str) -> None:
    moment = f"from=1&to={standing_site.desk.history.head()}"
    sections = ["plan", "people", "provider", "risk", "reviews", "breakdown", "leaving"]
    more = [f"/placements/{PLACEMENT}?section={section}" for section in sections]
    more += [f"/{plural}/{IDS[plural]}/changes?{moment}" for plural in DECIDED]
    more += [f"/{plural}/{IDS[plural]}?as_of=30" for plural in DECIDED]
    seen = {}
    for address in [address for address, _ in addresses("GET")] + more:
        page = as_browser(standing_site, who).get(address, headers=ACCEPT)
        if page.status_code == 200 and "text/html" in page.headers["content-type"]:
            numbers = re.findall(f".{{,30}}{NUMBER.pattern}.{{,5}}", text_of(page.text))
            if numbers:
                seen[address] = numbers
    assert seen == {}


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_page_answers_as_the_api_answers_the_same_person(standing_site: Service, who: str) -> None:
    wrong = []
    of_the_api = {path for method, path in site_routes(standing_site.app.routes) if method == "GET"}
    for address, template in addresses("GET"):
        page = as_browser(standing_site, who).get(address, headers=ACCEPT)
        said = (
            _api_says(standing_site, who, address)
            if template in of_the_api and template not in ASKS_FIRST
            else None
        )
        # No key seals this history, so that nothing can be proved with it: that the API says, too.
        if page.status_code >= 500 and page.status_code != said:
            wrong.append((address, page.status_code, "fails"))
        if said is not None and page.status_code != said and address not in NARROWER:
            wrong.append((address, page.status_code, f"the API says {said}"))
        if page.status_code == 200 and said not in (None, 200):
            wrong.append((address, page.status_code, "shows what the API does not"))
        if "no-store" not in page.headers["cache-control"]:
            wrong.append((address, page.status_code, "may be cached"))
        policy = page.headers["content-security-policy"]
        if "default-src 'none'" not in policy or "unsafe-" in policy:
            wrong.append((address, page.status_code, "has no strict policy"))
        if page.status_code >= 400 and _names_the_child(standing_site, page.text):
            wrong.append((address, page.status_code, "names the child"))
    assert wrong == []


@pytest.mark.parametrize("who", ["stranger", "rival"])
def test_who_may_not_know_of_a_child_reads_its_name_nowhere(standing_site: Service, who: str) -> None:
    told = [
        address
        for address, _ in addresses("GET")
        if _names_the_child(standing_site, as_browser(standing_site, who).get(address, headers=ACCEPT).text)
    ]
    assert told == []


def test_nobody_sees_anything_but_the_sign_in(standing_site: Service) -> None:
    for address, _ in addresses("GET"):
        page = as_browser(standing_site, None).get(address, headers=ACCEPT)
        if address in FOR_EVERYBODY:
            assert page.status_code < 500
        else:
            assert page.status_code == 303, address
            assert page.headers["location"].startswith("/sign-in"), address
        assert not _names_the_child(standing_site, page.text), address


@pytest.mark.parametrize("who", [*sorted(PEOPLE), None])
def test_a_form_without_its_token_does_nothing(standing_site: Service, who: str | None) -> None:
    before = _versions(standing_site)
    for address, _ in addresses("POST"):
        answer = as_browser(standing_site, who).post(address, data={"action": "send"}, headers=ACCEPT)
        assert answer.status_code < 500, address
        # Either it is refused, or the form is shown again with all that was typed; it is never gone on with.
        assert answer.status_code in (200, 401, 403, 404, 405) or (
            answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
        ), (address, answer.status_code)
    assert _versions(standing_site) == before


def test_a_page_shows_the_past_or_says_that_it_cannot_and_never_today_instead(standing_site: Service) -> None:
    shown, refused, wrong = 0, 0, []
    for address, _ in addresses("GET"):
        if address in FOR_EVERYBODY:
            continue
        for moment in ("as_of=3", "true_on=2026-11-23"):
            page = as_browser(standing_site, "auditor").get(f"{address}?{moment}", headers=ACCEPT)
            shown += "You are looking at the past" in page.text
            refused += "This page cannot show the past" in page.text
            if page.status_code == 200 and "You are looking at the past" not in page.text:
                wrong.append(f"{address}?{moment}")
    assert wrong == []
    assert shown >= 4
    assert refused > 20


def test_a_page_without_a_past_shows_the_way_on(standing_site: Service) -> None:
    page = as_browser(standing_site, "officer").get(
        f"/placements/{PLACEMENT}/call-review?reason=x&as_of=3", headers=ACCEPT
    )
    assert page.status_code == 400
    assert f'href="/placements/{PLACEMENT}/call-review?reason=x"' in page.text
    assert f'href="/placements/{PLACEMENT}?as_of=3"' in page.text


def _api_says(service: Service, who: str, address: str) -> int:
    service.client.cookies.clear()
    return service.get(address, who, {"Accept": "*/*"}).status_code


def _versions(service: Service) -> dict[str, int]:
    return {plural: service.desk.history.get(RECORDS[plural], id).version for plural, id in IDS.items()}


def _names_the_child(service: Service, text: str) -> bool:
    child = service.desk.history.get(RECORDS["children"], CHILD)
    return any(name and name in text for name in (child.given_names, child.family_name))  # type: ignore[attr-defined]
