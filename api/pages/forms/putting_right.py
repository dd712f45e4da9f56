"""The form of a correction: the event that is wrong as it reads now; only what was changed in it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from api.pages.forms.beginning import typed_from
from api.pages.forms.filling import Body, NothingToSend
from api.pages.forms.shape import Shape, shape_from
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import understood

CORRECTIONS = frozenset({"correct_record", "correct_child", "correct_provider"})
NOTHING_CHANGED = "Change at least one answer. Everything reads as it did."


class PuttingRight:
    """One event that is wrong. `event` is what the API says of it: its number, what it says now, and the shape of that."""

    def __init__(self, form: Shape, event: dict[str, Any]) -> None:
        facts = replace(shape_from(event["schema"], "changes"), label="What it should say", hint="")
        parts = (facts if part.name == "changes" else part for part in form.parts if part.name != "version")
        self.shape = replace(form, parts=tuple(parts))
        self._version, self._facts, self._values = event["version"], facts, event["values"]

    def begin(self, typed: Typed) -> None:
        """Put what the event says now into the boxes."""
        only_facts = replace(self.shape, parts=(self._facts,))
        typed.texts |= typed_from(only_facts, {"changes": self._values}).texts
        typed.texts["version"] = [str(self._version)]

    def body_of(self, body: Body) -> Body:
        """The request: the number of the event, and the fields that read otherwise now. Raises NothingToSend."""
        before = understood(self._facts, _typed(self._facts, self._values)).body
        now = body.get("changes", {})
        changes = {
            name: now.get(name) for name in before.keys() | now.keys() if before.get(name) != now.get(name)
        }
        if not changes:
            raise NothingToSend(NOTHING_CHANGED)
        return {**body, "version": self._version, "changes": changes}


def _typed(facts: Shape, values: dict[str, Any]) -> Typed:
    return typed_from(replace(facts, name=""), values)
