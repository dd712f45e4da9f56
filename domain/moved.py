"""The kind of event by which a placement comes to another stage."""

from __future__ import annotations

from domain.events import Event
from domain.stages import Stage


class Moved(Event, frozen=True, kw_only=True):
    """The placement moves to a stage. The stage is stored, so that a later change of the move table changes no history."""

    stage: Stage
