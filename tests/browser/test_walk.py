"""From referral to exit in a browser: by mouse on a wide screen, and on a narrow one by keys alone, without scripts."""

from __future__ import annotations

from copy import deepcopy
from urllib.parse import urlsplit

import pytest

from tests.browser.hands import Hands, Keys, Mouse
from tests.browser.office import PHONE, Office
from tests.support.walk import CHILD, LIFE
from workflows.examples import EXAMPLES


def walk(hands: Hands) -> None:
    """Somebody refers a child and goes all the way; a senior officer accepts the risk."""
    hands.sign_in("officer")
    (first, _), *rest = LIFE
    hands.page.goto(f"/new/refer-child?child_id={CHILD}")
    hands.do(first, deepcopy(EXAMPLES[first]))
    placement = urlsplit(hands.page.url).path
    for name, changes in rest:
        if name == "accept_risk":
            _as(hands, "senior", placement)
        hands.follow(f"{placement}/{name.replace('_', '-')}")
        hands.do(name, {**deepcopy(EXAMPLES[name]), **changes})
        if name == "accept_risk":
            _as(hands, "officer", placement)
    assert "exit" in hands.page.locator("[aria-current=step]").inner_text().lower()


def _as(hands: Hands, person: str, placement: str) -> None:
    hands.press("Sign out")
    hands.sign_in(person)
    hands.page.goto(placement)


def test_from_referral_to_exit_by_mouse(office: Office) -> None:
    with office.sits_down() as page:
        walk(Mouse(office, page))


@pytest.mark.long
def test_from_referral_to_exit_by_keys_alone_without_scripts_on_a_narrow_screen(office: Office) -> None:
    with office.sits_down(scripts=False, size=PHONE) as page:
        walk(Keys(office, page))
