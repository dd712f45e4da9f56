"""Every page in every state: nothing keeps anybody out, the HTML is valid, and the browser has nothing to complain of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Error, Page

from api.commands import NOT_OVER_HTTP
from api.pages.site import ROUTES
from tests.browser.hands import Mouse
from tests.browser.judges import Judges
from tests.browser.office import PHONE, Office
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, MONDAY, PLACEMENT, PROVIDER, Walk
from workflows.catalogue import COMMANDS, RECORDS
from workflows.examples import EXAMPLES

IDS: dict[str, UUID] = {
    "placements": PLACEMENT,
    "children": CHILD,
    "providers": PROVIDER,
    "agreements": AGREEMENT,
    "organisations": AUTHORITY,
}
STATES = (
    "/placements?view=board",
    "/placements?name=nobody",
    f"/placements/{PLACEMENT}/correct-record",
    "/nothing-here",
)
"""Pages in further states: another view, nothing found, a choice before a form, and no page at all."""
NO_PAGES = ("/live", "/new/", "/sign-in/", "/calendar")
"""Beginnings of addresses of the site that answer with no page of their own."""


BEYOND_THE_SCREEN = """[...document.querySelectorAll("main *")]
    .filter(one => !one.closest("thead") && one.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(one => `${one.className} ${one.textContent}`)"""
"""What nobody sees without scrolling sideways. The heads of a table are hidden on a phone, where each cell has its own."""

FILES = ("/bundle", "/inspection-pack")
"""Ends of addresses that give a file to be kept."""


def addresses() -> list[str]:
    """Every page of the site that is about nothing, or about one of the records of the examples."""
    paths = {
        route.path
        for router in ROUTES
        for route in router.routes
        if isinstance(route, APIRoute)
        and "GET" in (route.methods or ())
        and not route.path.startswith(NO_PAGES)
        and not route.path.endswith(FILES)
    }
    filled = {path.replace("{id}", str(IDS.get(path.split("/")[1], ""))) for path in paths}
    return sorted(path for path in filled if "{" not in path and "//" not in path)


class Inspection:
    """Goes through pages and keeps what is wrong with them."""

    def __init__(self, judges: Judges, page: Page) -> None:
        self.judges, self.page = judges, page
        self.barriers: list[str] = []
        self.html: dict[str, str] = {}

    def open(self, address: str) -> bool:
        """Go there and look; tells whether there was a page."""
        try:
            answer = self.page.goto(address)
        except Error as problem:
            if "Download is starting" in problem.message:
                return False
            raise
        assert answer is not None
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return False
        self.html[f"{len(self.html)} {address}"] = answer.text()
        self.barriers += self.judges.barriers(self.page)
        return True

    def look(self, what: str) -> None:
        """Judge the page as it stands."""
        self.html[f"{len(self.html)} {what}"] = "<!DOCTYPE html>\n" + self.page.content().partition(">")[2]
        self.barriers += self.judges.barriers(self.page)


@pytest.fixture
def judged(judges: Judges) -> Iterator[list[Inspection]]:
    """Inspections of one test, whose findings together have to be none."""
    found: list[Inspection] = []
    yield found
    assert [one for inspection in found for one in inspection.barriers] == []
    pages = {f"{n} {name}": html for n, one in enumerate(found) for name, html in one.html.items()}
    assert judges.flaws(pages) == []


def past(office: Office) -> tuple[str, ...]:
    """Pages with a moment in their address."""
    now = office.desk.history.head()
    return (
        f"/placements/{PLACEMENT}?as_of={now}",
        f"/placements/{PLACEMENT}?true_on={MONDAY:%Y-%m-%d}",
        f"/placements?as_of={now}",
        f"/placements/{PLACEMENT}/changes?from={now - 5}&to={now}",
        f"/children?as_of={now}",
        f"/children/{CHILD}?as_of={now}",
        f"/children/{CHILD}/timeline?as_of={now}",
        f"/children/{CHILD}/changes?from={now - 5}&to={now}",
        f"/providers/{PROVIDER}?as_of={now}",
        f"/providers/{PROVIDER}/decisions?as_of={now}",
        f"/placements/{PLACEMENT}/timeline?as_of={now}",
        f"/placements/{PLACEMENT}/attendance?as_of={now}",
        f"/due?state=ahead&as_of={now}",
        f"/due?true_on={MONDAY:%Y-%m-%d}",
        f"/organisations/{AUTHORITY}?as_of={now}",
        f"/placements/{PLACEMENT}/decisions/{now}",
    )


OWN = {
    "auditor": (
        "/",
        "/looks?child=sample&person=officer",
        "/looks?person=e",
        f"/children/{CHILD}/looks",
        "/reports/late-recording",
        "/upkeep",
        f"/placements/{PLACEMENT}/decisions",
    ),
    "provider": ("/", "/register", f"/placements/{PLACEMENT}", f"/providers/{PROVIDER}"),
    "head": ("/", "/register", f"/placements/{PLACEMENT}", f"/children/{CHILD}"),
}
"""What looks otherwise to others than to an officer."""


def inspect(office: Office, judges: Judges, person: str, pages: Iterable[str]) -> Inspection:
    """Somebody opens these pages."""
    with office.sits_down(person, expected=("404", "403")) as page:
        inspection = Inspection(judges, page)
        assert sum(inspection.open(address) for address in pages) > 0
    return inspection


def test_every_page_can_be_used_by_everybody(
    standing_office: Office, judges: Judges, judged: list[Inspection]
) -> None:
    everything = (*addresses(), *STATES, *past(standing_office))
    judged.append(inspect(standing_office, judges, "officer", everything))
    judged.append(inspect(standing_office, judges, "", ["/sign-in"]))


@pytest.mark.parametrize("person", OWN)
def test_what_looks_otherwise_to_others_can_be_used_as_well(
    standing_office: Office, judges: Judges, judged: list[Inspection], person: str
) -> None:
    judged.append(inspect(standing_office, judges, person, OWN[person]))


@pytest.mark.long
@pytest.mark.parametrize("person", [*OWN, "admin"])
def test_every_page_can_be_used_in_every_role(
    standing_office: Office, judges: Judges, judged: list[Inspection], person: str
) -> None:
    everything = (*addresses(), *STATES, *past(standing_office))
    judged.append(inspect(standing_office, judges, person, everything))


@pytest.mark.parametrize("width", [1280, 1024, 700, 320])
def test_the_board_and_the_sources_fit_the_screen(standing_office: Office, width: int) -> None:
    with standing_office.sits_down("officer", size={"width": width, "height": 800}) as page:
        for address in ("/placements?view=board", "/sources"):
            page.goto(address)
            assert page.evaluate(BEYOND_THE_SCREEN) == [], address


def test_a_form_can_be_used_in_every_state_also_on_a_narrow_screen(
    office: Office, judges: Judges, judged: list[Inspection]
) -> None:
    walk = Walk(office.desk.casework)
    walk.live_until("refer_child")
    with office.sits_down("officer", size=PHONE) as page:
        hands, inspection = Mouse(office, page), Inspection(judges, page)
        judged.append(inspection)
        address = f"/placements/{PLACEMENT}/assess-needs"
        inspection.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        hands.press("Continue")
        inspection.look("mistakes")
        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        page.locator(".govuk-error-summary__list a").first.click()
        assert page.evaluate("document.activeElement.id") == "assessment.assessed_on.day"
        hands.write("assess_needs", deepcopy(EXAMPLES["assess_needs"]))
        walk.do("change_home_school", home_school_id=None)
        hands.press("Continue")
        inspection.look("changed meanwhile")
        assert "When you opened the form" in page.inner_text("main")
        hands.press("Continue")
        inspection.look("check")
        page.context.clear_cookies()
        page.locator('button[value="send"]').click()
        inspection.look("signed out")
        inspection.open(f"/new/refer-child?child_id={CHILD}")
        hands.sign_in("officer")
        page.goto(f"/placements/{PLACEMENT}/complete-needs-assessment")
        hands.press("Continue")
        inspection.look("refused by rules")
        assert "This cannot be done yet" in page.inner_text("main")
        page.goto(f"/placements/{PLACEMENT}/correct-record")
        page.locator("main li a").first.click()
        inspection.look("a correction")


@pytest.mark.long
def test_the_form_of_every_command_can_be_used_by_everybody(
    standing_office: Office, judges: Judges, judged: list[Inspection]
) -> None:
    office = standing_office
    # An administrator may not put a placement right, and is told so by a page.
    with office.sits_down("admin", expected=("403",)) as page:
        inspection = Inspection(judges, page)
        judged.append(inspection)
        for plural, kind in RECORDS.items():
            for name, command in COMMANDS.items():
                if (
                    command.target is not kind
                    or name in NOT_OVER_HTTP
                    or (plural not in IDS and not command.opens)
                ):
                    continue
                at = "/new" if command.opens else f"/{plural}/{IDS[plural]}"
                assert inspection.open(f"{at}/{name.replace('_', '-')}"), name
                if page.get_by_role("button", name="Continue", exact=True).count():
                    Mouse(office, page).press("Continue")
                    inspection.look(name)
