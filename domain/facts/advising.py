"""Help that one commissioner gives another."""

from __future__ import annotations

from typing import Literal

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Label, Prose


@fact
class Advice:
    """Procedural or legal help for schools that are new to commissioning, and the roles agreed (item 82; 003 ¶10, ¶27-28)."""

    on: Happened
    """The day it was given."""
    asked_by: Label
    """The school or partnership that asked."""
    about: Literal["procedure", "law", "contract", "safeguarding", "roles", "other"]
    """What it was about; `roles` for an agreement on who commissions and answers for what."""
    question: Prose
    """What was asked, without naming a child."""
    advice: Prose
    """What was advised or agreed."""
