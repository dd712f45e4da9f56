"""The standing contract between commissioner and provider: everything Appendix A asks for."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Len

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Label, Prose

Money = Annotated[float, Ge(0)]
"""Pounds sterling."""


@fact
class Terms:
    """The terms of Appendix A (items 32-48). Write them as they are agreed; the contract gate lists those still missing."""

    child_protection: Prose | None = None
    """A1 Child-protection procedures."""
    targets: Prose | None = None
    """A2 Targets for attendance, achievement, behaviour where relevant, and life after leaving; a personal plan per pupil."""
    performance_management: Prose | None = None
    """A3 Performance management, with its frequency."""
    pupil_information: Prose | None = None
    """A4 How pupil information is obtained and kept."""
    baseline_assessment: Prose | None = None
    """A5 The passport is received, then the provider makes a baseline assessment."""
    programme: Prose | None = None
    """A6 Programme and timetable in line with the plan, shared with parents and commissioner; full-time for most."""
    changed_circumstances: Prose | None = None
    """A7 How the provider tells the commissioner of changed circumstances."""
    attendance: Prose | None = None
    """A8 Attendance records on agreed dates; parents told of absence the same day."""
    health_and_safety: Prose | None = None
    """A9 Health-and-safety policies and how they are monitored."""
    insurance: Prose | None = None
    """A10 The insurance required."""
    accreditation: Prose | None = None
    """A11 Accreditation entries are shared with the commissioner."""
    behaviour: Prose | None = None
    """A12 The behaviour policy."""
    payment: Prose | None = None
    """A13 Payment."""
    pay_and_conditions: Prose | None = None
    """A14 Staff pay and conditions."""
    staff_development: Prose | None = None
    """A15 Staff development."""
    information_sharing: Prose | None = None
    """A16 Sharing information with agencies; joint work with care, therapy, mental health and youth justice services."""
    monitoring_and_review: Prose | None = None
    """A17 Monitoring and review of the contract."""
    outcomes: Prose | None = None
    """Outcomes and educational progress expected (003 ¶25)."""
    services: Prose | None = None
    """Quick access to support services, and how information is passed on (003 ¶34)."""
    plan_steps: Prose | None = None
    """How each step of a plan and the progress expected is met (003 ¶35)."""
    penalties: Prose | None = None
    """Penalties, such as reduced or withheld pay (003 ¶50)."""
    termination: Prose | None = None
    """Grounds for ending the contract at once, spelled out (003 ¶41)."""


APPENDIX_A: tuple[tuple[str, str, str], ...] = (
    ("child_protection", "child-protection procedures", "003 Appendix A, bullet 1"),
    (
        "targets",
        "targets for attendance, achievement, behaviour and life after leaving",
        "003 Appendix A, bullet 2",
    ),
    ("performance_management", "performance management and its frequency", "003 Appendix A, bullet 3"),
    ("pupil_information", "how pupil information is obtained and kept", "003 Appendix A, bullet 4"),
    ("baseline_assessment", "passport received and baseline assessment", "003 Appendix A, bullet 5"),
    ("programme", "programme and timetable in line with the plan", "003 Appendix A, bullet 6"),
    ("changed_circumstances", "notice of changed circumstances", "003 Appendix A, bullet 7"),
    ("attendance", "attendance records and same-day notice of absence", "003 Appendix A, bullet 8"),
    ("health_and_safety", "health-and-safety policies and monitoring", "003 Appendix A, bullet 9"),
    ("insurance", "required insurance", "003 Appendix A, bullet 10"),
    ("accreditation", "sharing of accreditation entries", "003 Appendix A, bullet 11"),
    ("behaviour", "behaviour policy", "003 Appendix A, bullet 12"),
    ("payment", "payment", "003 Appendix A, bullet 13"),
    ("pay_and_conditions", "staff pay and conditions", "003 Appendix A, bullet 14"),
    ("staff_development", "staff development", "003 Appendix A, bullet 15"),
    ("information_sharing", "sharing information with agencies", "003 Appendix A, bullet 16"),
    ("monitoring_and_review", "monitoring and review", "003 Appendix A, bullet 17"),
    ("outcomes", "outcomes and educational progress", "003 ¶25"),
    ("services", "access to support services", "003 ¶34"),
    ("plan_steps", "how each step of a plan is met", "003 ¶35"),
    ("penalties", "penalties", "003 ¶50"),
    ("termination", "grounds for immediate termination", "003 ¶41"),
)
"""Field, words and source of each term that must be present before a placement (items 32-48)."""


@fact
class Price:
    """What the provider is paid (A13)."""

    amount: Money
    """Pounds for one unit."""
    per: Literal["session", "day", "week", "term", "year", "placement"]
    """The unit."""
    lifetime_value: Money
    """Pounds over the whole life of the contract, VAT included: compared with the procurement thresholds (003 ¶29)."""


@fact
class Tender:
    """How the provider was chosen above the procurement threshold (items 11, 12; 003 ¶29-30)."""

    reference: Label
    """The tender's or framework's reference."""
    requirements: Prose
    """What was asked for, with expected outcomes, monitoring and safeguards."""
    evidence: Prose
    """The provider's evidence: attendance, achievement, value added, life after leaving."""
    awarded_on: Happened
    """The day of the award."""


@fact
class ContractSigned:
    """One side signed (B2: no placement before agreement)."""

    party: Literal["commissioner", "provider"]
    """Who signed."""
    on: Happened
    """The day of the signature."""
    signatory: Annotated[str, Len(1, 200)]
    """Role of the person who signed, not their name."""
