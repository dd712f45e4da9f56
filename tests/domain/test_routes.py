"""The legal route decides who owes the duty, which code the register takes, and whether notice is served."""

from __future__ import annotations

import pytest

from domain.routes import ROUTES, Route, terms_of


def test_every_route_says_what_follows_from_it() -> None:
    assert set(ROUTES) == set(Route)
    assert all(terms.label and terms.source for terms in ROUTES.values())


@pytest.mark.parametrize(
    ("route", "duty_holder", "code"),
    [
        (Route.OFF_SITE_DIRECTION, "school", "B"),
        (Route.SCHOOL_ARRANGED, "school", "B"),
        (Route.SUSPENSION, "school", "B"),
        (Route.HEALTH_REFERRAL_BY_SCHOOL, "school", "B"),
        (Route.SECTION_19_EXCLUSION, "local_authority", "K"),
        (Route.SECTION_19_HEALTH, "local_authority", "K"),
        (Route.SECTION_19_OTHER, "local_authority", "K"),
        (Route.EOTAS_S61, "local_authority", "K"),
    ],
)
def test_who_arranged_it_decides_duty_holder_and_register_code(
    route: Route, duty_holder: str, code: str
) -> None:
    assert (terms_of(route).duty_holder, terms_of(route).attendance_code) == (duty_holder, code)


def test_only_an_off_site_direction_needs_notice_under_section_29a() -> None:
    assert [route for route in Route if terms_of(route).section_29a_notice] == [Route.OFF_SITE_DIRECTION]


def test_education_otherwise_than_at_school_is_not_called_alternative_provision() -> None:
    assert [route for route in Route if not terms_of(route).alternative_provision] == [Route.EOTAS_S61]


def test_a_route_is_written_as_its_plain_name() -> None:
    assert Route("section_19_health") is Route.SECTION_19_HEALTH
    assert str(Route.EOTAS_S61) == "eotas_s61"
