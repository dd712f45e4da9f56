"""What is said when personal words are to be erased, kept, given out or put right."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Len

from domain.personal import Category

Categories = Annotated[tuple[Category, ...], Len(1, 5)]
"""Kinds of personal words, each sealed under a key of its own."""

ErasureGround = Literal["retention_ended", "no_longer_needed", "objection", "unlawful", "legal_duty"]
"""Why words are to be erased: the time for keeping them is over, or UK GDPR Art. 17(1)(a), (c), (d), (e)."""

RefusalGround = Literal[
    "still_needed",
    "legal_obligation",
    "public_task",
    "archiving",
    "legal_claims",
    "safeguarding",
    "not_entitled",
]
"""Why they are kept: the purpose still stands, UK GDPR Art. 17(3)(b), (d) and (e), a child's safety, or who asked may not ask."""

AskedBy = Literal["the_child", "parent", "representative", "controller", "court_or_regulator"]
"""Who asked. No name: whoever it was may be forgotten too."""

HoldReason = Literal[
    "court_proceedings",
    "public_inquiry",
    "police_investigation",
    "ombudsman_or_regulator",
    "safeguarding_review",
    "complaint",
]
"""Why nothing may be erased for the time being."""

RectificationOutcome = Literal["corrected", "partly_corrected", "refused"]
"""What came of a request to put something right (UK GDPR Art. 16)."""

RectificationRefusal = Literal[
    "accurate", "opinion_recorded_as_such", "not_shown_to_be_wrong", "not_entitled"
]
"""Why it stays as it is; the person's own statement can stand beside it."""
