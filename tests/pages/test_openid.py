"""People sign in through a real OpenID provider, which runs on this computer; whoever tries another way in stays outside."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from itsdangerous import URLSafeTimedSerializer

from api.app import create_app
from api.conversation import Conversation
from api.pages.openid import OpenId
from api.pages.session import COOKIE, Sessions
from api.pages.signing_in import WaysIn
from api.pages.site import create_site
from api.pages.way_in import COOKIE as WAY_IN
from api.strangers import Strangers
from service.plain_error import PlainError
from service.settings import read_settings
from service.sign_in_to_pages import through_a_service
from tests.api.issuer import Issuer
from tests.api.people import Service, open_desk
from tests.pages.browser import Browser, text_of
from tests.pages.checking_provider import CheckingProvider, challenge_of, checking
from tests.pages.conftest import KEY
from tests.support.postgres import TestPostgres
from tests.support.walk import AUTHORITY, MONDAY, SCHOOL, THE_SERVICE

OURS = "https://placements.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The issuer: a provider in a process of its own."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://localhost:{port}"
    try:
        for _ in range(300):
            try:
                httpx2.get(f"{issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
                break
            except httpx2.HTTPError:
                assert process.poll() is None, "the provider did not start"
                time.sleep(0.1)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def checked(provider: str) -> Iterator[CheckingProvider]:
    """The same provider behind one that checks the verifier."""
    with checking(provider) as found:
        yield found


@pytest.fixture(scope="module")
def inside(
    prepared_postgres: TestPostgres, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The service behind the pages; what these tests do to it harms no other of them."""
    issuer = Issuer(tmp_path_factory.mktemp("issuer"), MONDAY)
    with (
        prepared_postgres.database(furnished) as dsn,
        open_desk(dsn, issuer) as desk,
        TestClient(create_app(desk), base_url=OURS) as client,
    ):
        service = Service(client, desk, issuer)
        both = {"person_id": "both@example", "person_name": "Both"}
        for organisation, role in ((AUTHORITY, "commissioner"), (SCHOOL, "school_lead")):
            service.walk.do("grant_role", organisation, THE_SERVICE, role=role, **both)
        assert desk.read_models.wait_for(desk.history.head(), 20)
        yield service


@pytest.fixture
def ways(inside: Service, provider: str) -> Callable[..., Browser]:
    """Browsers in front of pages with a sign-in service."""

    def open_one(strangers: Strangers | None = None, **changes: Any) -> Browser:
        given = {"issuer": provider, "client_id": "placements", "client_secret": "shared", **changes}
        service = OpenId(back_at=f"{OURS}/sign-in/return", **given)
        ways = WaysIn(service=service, address=OURS, strangers=strangers or Strangers(1000))
        app = Conversation(create_site(inside.app, Sessions(KEY), ways), inside.desk.metrics)
        return Browser(TestClient(app, base_url=OURS, follow_redirects=False))

    return open_one


def leave(browser: Browser, wanted: str = "") -> str:
    """Where the sign-in page sends the browser."""
    page = browser.get(f"/sign-in?{urlencode({'next': wanted})}" if wanted else "/sign-in")
    answer = browser.send("/sign-in", page)
    assert answer.status_code == 303, text_of(answer.text)
    return str(answer.headers["location"])


def allow(address: str, person: str) -> str:
    """Somebody signs in at the provider: the address to which it sends them back."""
    answer = httpx2.post(address, data={"sub": person}, timeout=10)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def changed(address: str, **changes: str) -> str:
    """The address with other parameters."""
    parts = urlsplit(address)
    asked = {**{name: values[0] for name, values in parse_qs(parts.query).items()}, **changes}
    return urlunsplit(parts._replace(query=urlencode(asked)))


def session_of(browser: Browser) -> Any:
    """What the session's cookie holds, or none."""
    said = browser.client.cookies.get(COOKIE)
    return URLSafeTimedSerializer(KEY, salt="placements.session").loads(said) if said else None


def refused(browser: Browser, answer: Response, words: str) -> None:
    """Nobody is signed in, and is told why in words."""
    assert answer.status_code == 403
    assert words in text_of(answer.text)
    assert answer.headers["cache-control"] == "no-store"
    assert session_of(browser) is None


def test_who_signs_in_arrives_at_the_page_they_wanted_and_the_session_holds_only_them(
    ways: Callable[..., Browser],
) -> None:
    browser = ways()
    answer = browser.get(allow(leave(browser, "/placements?stage=active"), "officer@example"))
    assert answer.headers["location"] == "/placements?stage=active"
    assert session_of(browser) == ["officer@example", str(AUTHORITY)]
    assert browser.get("/placements").status_code == 200


def test_the_code_is_bound_to_the_browser_by_pkce_state_and_nonce(ways: Callable[..., Browser]) -> None:
    browser = ways()
    asked = parse_qs(urlsplit(leave(browser)).query)
    state, nonce, verifier, _ = _way_in(browser)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge"] == [challenge_of(verifier)]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"] == [state]
    assert asked["nonce"] == [nonce]
    assert asked["redirect_uri"] == [f"{OURS}/sign-in/return"]
    assert min(map(len, (state, nonce, verifier))) >= 43


def test_a_code_is_redeemed_with_the_verifier_of_the_browser_that_asked(
    ways: Callable[..., Browser], checked: CheckingProvider
) -> None:
    browser = ways(issuer=checked.issuer)
    back = allow(leave(browser), "officer@example")
    verifier = _way_in(browser)[2]
    assert browser.get(back).status_code == 303
    assert session_of(browser) == ["officer@example", str(AUTHORITY)]
    assert checked.verifiers == [verifier]


def test_a_code_that_was_stolen_is_worth_nothing_without_its_verifier(
    ways: Callable[..., Browser], checked: CheckingProvider
) -> None:
    browser = ways(issuer=checked.issuer)
    back = allow(leave(browser), "officer@example")
    state, nonce, _, wanted = _way_in(browser)
    # The thief knows state and nonce, too; only the verifier never left the browser.
    thief = ways(issuer=checked.issuer)
    other = URLSafeTimedSerializer(KEY, salt="placements.way_in").dumps((state, nonce, "x" * 64, wanted))
    thief.client.cookies.set(WAY_IN, other)
    refused(thief, thief.get(back), "did not accept this sign-in")
    assert checked.verifiers == ["x" * 64]


def _way_in(browser: Browser) -> list[str]:
    said: list[str] = URLSafeTimedSerializer(KEY, salt="placements.way_in").loads(
        browser.client.cookies[WAY_IN]
    )
    return said


def test_an_answer_to_another_state_is_refused(ways: Callable[..., Browser]) -> None:
    browser = ways()
    back = allow(leave(browser), "officer@example")
    refused(browser, browser.get(changed(back, state="x" * 43)), "did not begin in this browser")
    # What the browser brought is used up: the right answer comes too late now.
    refused(browser, browser.get(back), "took too long, or was done already")


def test_an_answer_in_a_browser_that_never_asked_is_refused(ways: Callable[..., Browser]) -> None:
    back, other = allow(leave(ways()), "officer@example"), ways()
    refused(other, other.get(back), "took too long, or was done already")


def test_a_code_is_good_once(ways: Callable[..., Browser]) -> None:
    browser = ways()
    address = leave(browser)
    way = browser.client.cookies[WAY_IN]
    back = allow(address, "officer@example")
    assert browser.get(back).status_code == 303
    thief = ways()
    thief.client.cookies.set(WAY_IN, way)
    refused(thief, thief.get(back), "did not accept this sign-in")


def test_a_token_for_another_nonce_is_refused(ways: Callable[..., Browser]) -> None:
    browser = ways()
    back = allow(changed(leave(browser), nonce="another"), "officer@example")
    refused(browser, browser.get(back), "cannot be trusted")


def test_a_token_that_has_expired_is_refused(ways: Callable[..., Browser]) -> None:
    browser = ways(now=lambda: time.time() + 7200)
    refused(browser, browser.get(allow(leave(browser), "officer@example")), "cannot be trusted")


def test_an_answer_of_another_issuer_is_refused(ways: Callable[..., Browser]) -> None:
    browser = ways()
    back = changed(allow(leave(browser), "officer@example"), iss="https://other.example")
    refused(browser, browser.get(back), "Another sign-in service answered")


def test_a_service_that_calls_itself_otherwise_is_not_believed(
    ways: Callable[..., Browser], provider: str
) -> None:
    page = ways(issuer=f"{provider}/").get("/sign-in")
    assert page.status_code == 503
    assert "Another sign-in service answered" in text_of(page.text)


def test_who_declines_is_told_so(ways: Callable[..., Browser]) -> None:
    browser = ways()
    state = parse_qs(urlsplit(leave(browser)).query)["state"][0]
    answer = browser.get(f"/sign-in/return?error=access_denied&error_description=secret&state={state}")
    refused(browser, answer, "You did not allow the sign-in")
    assert "secret" not in answer.text


def test_signing_in_leads_to_no_other_site(ways: Callable[..., Browser]) -> None:
    for wanted in ("https://evil.example", "//evil.example", "/\\evil.example"):
        browser = ways()
        answer = browser.get(allow(leave(browser, wanted), "officer@example"))
        assert answer.headers["location"] == "/"


def test_who_holds_no_role_is_signed_in_nowhere(ways: Callable[..., Browser]) -> None:
    browser = ways()
    refused(browser, browser.get(allow(leave(browser), "nobody@example")), "hold no role here yet")


def test_who_belongs_to_several_chooses_for_whom_they_act(ways: Callable[..., Browser]) -> None:
    browser = ways()
    answer = browser.get(allow(leave(browser, "/placements"), "both@example"))
    page = browser.get(answer.headers["location"])
    assert "For whom do you act now?" in text_of(page.text)
    wrong = browser.send("/sign-in/organisation", page, organisation="5b0f6a52-6f0e-4d8e-9d54-0000000000e1")
    assert "Choose an organisation" in text_of(wrong.text)
    chosen = browser.send("/sign-in/organisation", page, organisation=str(SCHOOL))
    assert chosen.headers["location"] == "/placements"
    assert session_of(browser) == ["both@example", str(SCHOOL)]


def test_signing_out_signs_out_there_as_well(ways: Callable[..., Browser], provider: str) -> None:
    browser = ways()
    browser.get(allow(leave(browser), "officer@example"))
    page = browser.get("/placements")
    assert provider in page.headers["content-security-policy"]
    answer = browser.send("/sign-out", page)
    assert answer.headers["location"].startswith(f"{provider}/")
    assert parse_qs(urlsplit(answer.headers["location"]).query)["post_logout_redirect_uri"] == [
        f"{OURS}/sign-in"
    ]
    assert session_of(browser) is None


def test_a_service_that_is_away_is_said_in_words(ways: Callable[..., Browser]) -> None:
    page = ways(issuer="http://localhost:9").get("/sign-in")
    assert page.status_code == 503
    assert "does not answer just now" in text_of(page.text)


def test_attempts_are_slowed_down(ways: Callable[..., Browser]) -> None:
    browser = ways(strangers=Strangers(2))
    page = browser.get("/sign-in")
    answers = [browser.send("/sign-in", page).status_code for _ in range(3)]
    assert answers == [303, 303, 429]


def test_nobody_is_chosen_where_there_is_a_sign_in_service(ways: Callable[..., Browser]) -> None:
    browser = ways()
    page = browser.get("/sign-in")
    assert 'name="person"' not in page.text
    answer = browser.send("/sign-in", page, person="officer@example")
    assert session_of(browser) is None
    assert answer.headers["location"].startswith("http://localhost:")


def test_the_settings_say_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlainError, match="PLACEMENTS_OIDC_CLIENT_ID and PLACEMENTS_PUBLIC_ADDRESS"):
        read_settings(oidc_issuer="https://sign-in.example")
    with pytest.raises(PlainError, match="PLACEMENTS_OIDC_ISSUER: it must be an https address"):
        read_settings(oidc_issuer="http://sign-in.example", oidc_client_id="x", public_address=OURS)
    known = {"oidc_issuer": "https://sign-in.example", "oidc_client_id": "x", "public_address": OURS}
    with pytest.raises(PlainError, match="cannot be read"):
        through_a_service(read_settings(**known, oidc_client_secret_file=tmp_path / "none"))
    (tmp_path / "secret").write_text("shared\n")
    ways = through_a_service(read_settings(**known, oidc_client_secret_file=tmp_path / "secret"))
    assert isinstance(ways.service, OpenId)
    assert ways.service.back_at == f"{OURS}/sign-in/return"
    assert ways.demo_people() == ()
