"""What is missing leads to the form that writes it down, or says whose act it is."""

from __future__ import annotations

from api.pages.cures import BY, OTHERWISE
from tests.api.people import Service
from tests.pages.browser import Browser, text_of
from tests.support.walk import PLACEMENT, PROVIDER
from workflows.catalogue import COMMANDS
from workflows.placement_moves import PLACEMENT as TABLE

HERE = f"/placements/{PLACEMENT}"


def test_every_rule_of_the_table_of_moves_has_a_cure() -> None:
    rules = {rule.name for row in TABLE.rows.values() for rule in row.needs}
    assert set(BY) | set(OTHERWISE) == rules
    assert set(BY) & set(OTHERWISE) == set()
    assert set(BY.values()) <= set(COMMANDS)


def test_what_is_missing_leads_to_its_form(service: Service, browser: Browser) -> None:
    service.walk.live_until("complete_contract")
    browser.sign_in("officer@example")
    move = next(m for m in service.get(HERE).json()["moves"] if m["name"] == "start_placement")
    missing = {reason["rule"] for reason in move["reasons"]}
    page = browser.get(HERE).text
    listed = page.split("Start placement: ")[1].split("</ul>")[0]
    assert "reporting_is_set_up" in missing
    for rule in missing & {
        "reporting_is_set_up",
        "a_contingency_plan_exists",
        "the_childs_risks_are_assessed",
    }:
        href = f"{HERE}/{BY[rule].replace('_', '-')}"
        assert f'href="{href}"' in listed
        assert browser.get(href).status_code == 200


def test_what_belongs_on_the_providers_record_leads_there(service: Service, browser: Browser) -> None:
    service.walk.live_until("propose_provider")
    browser.sign_in("officer@example")
    page = browser.get(HERE)
    listed = page.text.split("Confirm suitability: ")[1].split("</ul>")[0]
    assert f"{HERE}/assess-suitability" in listed or f"/providers/{PROVIDER}" in listed
    assert "missing" in text_of(page.text)
