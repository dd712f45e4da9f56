"""Whatever is typed into the address of a page, the page says what is wrong with it, and never that the service failed."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.pages.test_pages_of_the_past import started as started
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER

NO_MOMENTS = (
    "T",
    "2026-13-45T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-10:00",
    "2026-11-20T10:00:00",
    "0001-01-01",
    "9999-12-31",
    "2026-W47-5",
    "-",
)


@pytest.fixture
def auditor(started: Service) -> Browser:
    """Somebody whom every report is open to."""
    browser = Browser(started.client)
    browser.sign_in("auditor@example")
    return browser


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize("typed", ["T", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-10:00", "2026-W47-5"])
def test_what_is_no_moment_is_said_at_its_box(auditor: Browser, name: str, typed: str) -> None:
    answer = auditor.get(f"/placements/changes?{urlencode({'from': '1', name: typed})}")
    assert answer.status_code == 200
    assert f'id="{name}-error"' in answer.text


def test_a_moment_is_told_in_words_however_it_is_written(auditor: Browser) -> None:
    for typed in ("2026-11-20T10:00:00+00:00", "2026-11-20 10:00:00Z", "2026-11-20t10:00:00 00:00"):
        page = auditor.get(f"/placements/changes?{urlencode({'from': typed})}")
        assert "From 20 November 2026, 10:00am to now." in text_of(page.text), typed


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (f"/placements/{PLACEMENT}/changes", ("from", "to", "from_true_on", "to_true_on")),
        (f"/children/{CHILD}/changes", ("from", "to")),
        (f"/providers/{PROVIDER}/changes", ("from", "to")),
        ("/placements/changes", ("from_true_on", "to_true_on")),
        *((path, ("as_of", "true_on")) for path in ("/placements", "/children", "/providers", "/due")),
        (f"/placements/{PLACEMENT}", ("as_of", "true_on")),
        (f"/children/{CHILD}/timeline", ("as_of", "true_on")),
        (f"/organisations/{AUTHORITY}", ("as_of", "true_on")),
        ("/looks", ("from", "to")),
        ("/could-see", ("day",)),
        ("/reports/late-recording", ("recorded_from", "recorded_to")),
        ("/look-back", ("day", "year", "time")),
        ("/register", ("on", "day")),
        ("/absences", ("from", "to")),
    ],
)
def test_no_page_fails_by_what_is_no_moment(auditor: Browser, path: str, names: tuple[str, ...]) -> None:
    for name in names:
        for typed in NO_MOMENTS:
            answer = auditor.get(f"{path}?{urlencode({name: typed})}")
            assert answer.status_code < 500, (name, typed)
