"""Where everything that a placement's file holds stands on its pages. A test proves that nothing is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the file under its heading. `empty` says what will stand there, and who puts it there."""

    field: str
    heading: str
    empty: str = ""
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a placement."""

    name: str
    title: str
    parts: tuple[Part, ...] = ()
    lines: tuple[str, ...] = field(default=())
    """Fields that are one answer each, listed together on top."""
    path: str = ""
    """Where the API has an address for it; the others are parts of the file."""

    def address(self, id: str) -> str:
        """Where the page is."""
        if self.path:
            return f"/placements/{id}/{self.path}"
        return f"/placements/{id}?section={self.name}" if self.name else f"/placements/{id}"


SECTIONS = (
    Section(
        "",
        "Now",
        (Part("derived", "What follows from this", skip=("on", "route", "closed")),),
        (
            "route",
            "reason",
            "why",
            "referral_path",
            "referred_on",
            "commissioner",
            "home_school",
            "started_on",
            "next_review_on",
            "ends_by",
            "hours_per_week",
            "sessions_per_week",
            "place_held",
            "ended_on",
            "outcome",
            "predecessor_id",
            "successor_id",
        ),
    ),
    Section(
        "plan",
        "Plan and needs",
        (
            Part(
                "passport",
                "Information passport",
                "What travels with the child from the first day: attainment, behaviour, support, health.",
            ),
            Part(
                "needs",
                "Needs assessment",
                "What the child needs, what lies behind it, and what the placement should achieve.",
            ),
            Part(
                "earlier_support",
                "What was tried before",
                "What school and services did before alternative provision was considered.",
            ),
            Part(
                "plan",
                "Learning plan",
                "Objectives with their measures, the timetable, and the test for readiness to return.",
            ),
            Part(
                "plan_agreed",
                "Who agreed to the plan",
                "Commissioner, child, parent and provider, with the day each agreed.",
            ),
            Part("carried", "Carried over from the former placement"),
        ),
    ),
    Section(
        "people",
        "People and contacts",
        (
            Part(
                "views",
                "What the child and the parents say",
                "They are asked before, during and at the end; asked and not answered counts as well.",
            ),
            Part(
                "consultations",
                "Who was consulted",
                "The parent, social worker, virtual school or others who had to be asked.",
            ),
            Part(
                "meeting",
                "Meeting of professionals",
                "Held before a provider is chosen for a child in care or with a social worker.",
            ),
            Part(
                "la_informed",
                "The local authority was told",
                "A school tells the authority's named officer of the placement.",
            ),
            Part(
                "contacts",
                "Visits, calls and other contacts",
                "Each contact during the placement, and whether the child was seen.",
            ),
        ),
    ),
    Section(
        "provider",
        "Provider and agreement",
        (
            Part(
                "proposal", "The place proposed", "The provider, its sites, and the hours that are proposed."
            ),
            Part(
                "suitability",
                "Suitability for this child",
                "The assessment of the provider against this child's needs.",
            ),
            Part(
                "agreement",
                "Contract with the provider",
                "The standing contract under which the place is bought.",
                skip=("id",),
            ),
            Part("commission", "This child's agreement", "Targets, hours, price and the maximum period."),
            Part("signatures", "Signatures", "Commissioner and provider sign the child's agreement."),
            Part(
                "notice",
                "Notice of the direction off site",
                "Served on the parent before the first day, where a school directs.",
            ),
            Part("transport", "Transport and meals", "How the child travels and eats."),
            Part(
                "reporting",
                "What the provider reports",
                "How attendance and progress are reported, and who hears of an absence.",
            ),
        ),
    ),
    Section(
        "risk",
        "Risk",
        (
            Part(
                "risk",
                "Risk assessment",
                "Hazards, what is done about each, and the journey. One person prepares it, another accepts it.",
            ),
            Part(
                "safeguarding",
                "Safeguarding concerns",
                "A worry about the child's safety, and who was told of it.",
            ),
            Part("own_safeguarding", "Safeguarding concerns that your organisation reported"),
            Part(
                "at_risk",
                "Trouble at the provider",
                "What happened at the provider that puts the placement at risk.",
            ),
        ),
        ("risk_prepared_by", "risk_accepted_by", "safeguarding_open"),
    ),
    Section("attendance", "Attendance", path="attendance"),
    Section(
        "reviews",
        "Reviews",
        (
            Part(
                "reviews", "Reviews", "Each review with who was invited, what was found and what was decided."
            ),
            Part(
                "review_requests",
                "Requests for a review",
                "Where a parent, the school or the authority asks for one.",
            ),
            Part(
                "outcomes_notified",
                "Who was told of the outcome",
                "After each review, those concerned are told.",
            ),
            Part(
                "progress",
                "Progress reports",
                "What the provider reports: academic and social progress, attendance, new needs.",
            ),
            Part(
                "changes",
                "Changes at the provider",
                "What the provider must tell at once: staff, site, hours, insurance, registration.",
            ),
            Part(
                "concerns",
                "Concerns",
                "A problem during the placement, what is done about it, and when it is looked at again.",
            ),
            Part("escalations", "Escalations", "What was passed on to somebody higher up."),
        ),
    ),
    Section(
        "breakdown",
        "Contingency and breakdown",
        (
            Part(
                "contingency",
                "If it breaks down",
                "Where the child would be the next school day, thought out beforehand.",
            ),
            Part(
                "tomorrow",
                "Where the child is tomorrow",
                "During a breakdown: the answer for the next school day.",
            ),
            Part("breakdowns", "Breakdowns", "What happened, why, and what was tried to hold it together."),
            Part(
                "without_education",
                "Days without education",
                "School days on which the child was taught nowhere, and who answers for them.",
                skip=("running",),
            ),
            Part(
                "withdrawal",
                "Withdrawal",
                "Where a parent or another party says that the child will not go on.",
            ),
        ),
    ),
    Section(
        "leaving",
        "Leaving",
        (
            Part(
                "exit_plan",
                "Exit plan",
                "How the placement ends and what comes next; begun a half-term before.",
            ),
            Part(
                "end_report",
                "The provider's end report",
                "Attendance, achievement and progress over the whole placement.",
            ),
            Part("destination", "Where the child went", "School, college, training or work."),
            Part("reintegration", "Support for the return", "What the school does so that the return lasts."),
        ),
    ),
    Section(
        "decisions",
        "Decisions",
        (
            Part(
                "overrides",
                "Rules set aside",
                "Where a rule was set aside: who asked, who authorised it, why and until when.",
            ),
        ),
        path="decisions",
    ),
    Section("timeline", "Timeline", path="timeline"),
)
BY_NAME = {section.name: section for section in SECTIONS}
IN_THE_HEAD = frozenset(
    {"id", "version", "position", "as_of", "true_on", "stage", "child", "provider", "moves", "child_id", "commissioner_id",
     "home_school_id", "agreement_id"}
)  # fmt: skip
"""What every page of a placement tells on top, or says by a name instead of by an id."""


def filled(file: dict[str, Any], section: Section) -> int:
    """How many parts of a section hold something."""
    return sum(bool(file.get(part.field)) for part in section.parts)
