"""The legal route of a placement: who owes the duty and which code the register takes. Never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from domain.confidence import Mark

DutyHolder = Literal["school", "local_authority"]
"""Who must arrange the education and answers for it."""


class Route(StrEnum):
    """The legal route. Duty holder, register code and deadlines follow from it, so a person states it."""

    OFF_SITE_DIRECTION = "off_site_direction"
    SCHOOL_ARRANGED = "school_arranged"
    SUSPENSION = "suspension"
    HEALTH_REFERRAL_BY_SCHOOL = "health_referral_by_school"
    SECTION_19_EXCLUSION = "section_19_exclusion"
    SECTION_19_HEALTH = "section_19_health"
    SECTION_19_OTHER = "section_19_other"
    EOTAS_S61 = "eotas_s61"


@dataclass(frozen=True, slots=True)
class RouteTerms:
    """What follows from a route."""

    route: Route
    label: str
    duty_holder: DutyHolder
    attendance_code: Literal["B", "K"]
    """The register code of a session attended: `B` if the school arranged it, `K` if the authority did."""
    section_29a_notice: bool
    """Whether notice must be served two school days before the first day (SI 2010/1156 as amended [P])."""
    begins_by: str
    """The time rule that says by when education must begin, such as `T1`; empty where none does."""
    source: str
    mark: Mark
    alternative_provision: bool = True
    """Whether the 2025 guidance calls it alternative provision. EOTAS is not [S]."""


_ROUTES = (
    RouteTerms(
        route=Route.OFF_SITE_DIRECTION,
        label="Off-site direction by a governing body",
        duty_holder="school",
        attendance_code="B",
        section_29a_notice=True,
        begins_by="",
        source="Education Act 2002 s.29A; SI 2010/1156 as amended by SI 2012/2532; 004",
        mark=Mark.SECONDARY,
    ),
    RouteTerms(
        route=Route.SCHOOL_ARRANGED,
        label="Arranged by an academy or other school under its general powers",
        duty_holder="school",
        attendance_code="B",
        section_29a_notice=False,
        begins_by="",
        source="Arranging Alternative Provision, DfE, 2025; SI 2010/1156 is good practice for academies",
        mark=Mark.SECONDARY,
    ),
    RouteTerms(
        route=Route.SUSPENSION,
        label="Suspension of more than five school days",
        duty_holder="school",
        attendance_code="B",
        section_29a_notice=False,
        begins_by="T2",
        source="Education and Inspections Act 2006 s.100",
        mark=Mark.SECONDARY,
    ),
    RouteTerms(
        route=Route.HEALTH_REFERRAL_BY_SCHOOL,
        label="Health need, arranged by the school",
        duty_holder="school",
        attendance_code="B",
        section_29a_notice=False,
        begins_by="",
        source="Arranging education for children with health needs, DfE, 2023",
        mark=Mark.SECONDARY,
    ),
    RouteTerms(
        route=Route.SECTION_19_EXCLUSION,
        label="Permanent exclusion, arranged by the local authority",
        duty_holder="local_authority",
        attendance_code="K",
        section_29a_notice=False,
        begins_by="T1",
        source="Education Act 1996 s.19; SI 2007/1870",
        mark=Mark.SECONDARY,
    ),
    RouteTerms(
        route=Route.SECTION_19_HEALTH,
        label="Health need, arranged by the local authority",
        duty_holder="local_authority",
        attendance_code="K",
        section_29a_notice=False,
        begins_by="T4",
        source="Education Act 1996 s.19; Arranging education for children with health needs, DfE, 2023",
        mark=Mark.SECONDARY,
    ),
    RouteTerms(
        route=Route.SECTION_19_OTHER,
        label="Other need, arranged by the local authority",
        duty_holder="local_authority",
        attendance_code="K",
        section_29a_notice=False,
        begins_by="T3",
        source="Education Act 1996 s.19; Arranging Alternative Provision, DfE, February 2025, p.12",
        mark=Mark.SECONDARY,
    ),
    RouteTerms(
        route=Route.EOTAS_S61,
        label="Special educational provision otherwise than at school",
        duty_holder="local_authority",
        attendance_code="K",
        section_29a_notice=False,
        begins_by="",
        source="Children and Families Act 2014 s.61",
        mark=Mark.SECONDARY,
        alternative_provision=False,
    ),
)

ROUTES: dict[Route, RouteTerms] = {terms.route: terms for terms in _ROUTES}
"""What follows from every route."""


def terms_of(route: Route) -> RouteTerms:
    """What follows from a route: duty holder, register code, notice, and when education must begin."""
    return ROUTES[route]
