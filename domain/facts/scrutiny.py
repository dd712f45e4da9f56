"""When others begin to look: an inspection is announced, a complaint arrives."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Label


@fact
class InspectionNotice:
    """An inspection was announced. What is written down after that about the time before it can be seen as such."""

    notified_on: Happened
    """The day on which it was announced."""
    inspectorate: Literal["ofsted", "ofsted_and_cqc", "local_authority", "other"]
    """Who inspects; `ofsted_and_cqc` for the inspection of an area."""
    provider_id: UUID | None = None
    """The provider that is inspected; empty where it is the organisation itself."""
    reference: Label | None = None
    """The inspectorate's number for it."""


@fact
class Complaint:
    """A complaint arrived. Its words stay in the complaints system: here stand its day, its number and what it is about."""

    received_on: Happened
    """The day on which it arrived."""
    reference: Label
    """Its number in the complaints system, without a name."""
    from_whom: Literal["child", "parent", "school", "provider", "ombudsman", "court", "other"]
    """Who complains, or asks on someone's behalf."""
    placement_id: UUID | None = None
    """The placement it is about, where it is about one."""
    provider_id: UUID | None = None
    """The provider it is about, where it is about one."""
