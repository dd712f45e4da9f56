"""A form from the first look to the deed: filled in, checked, sent. Nothing that was typed is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from api.pages.forms.answers import Answered, answers, names_of
from api.pages.forms.choosing import Found, choices
from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import understood
from api.pages.the_api import Answer, ApiRefused, TheApi

Step = Literal["fill", "check", "done"]
OURS = frozenset({"form_token", "action", "key", "version", "known_at"})
"""Boxes that carry what the page itself has to know."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong: by the path of the field, and what belongs to no field."""

    of_fields: dict[str, str] = field(default_factory=dict)
    reasons: tuple[dict[str, Any], ...] = ()
    """Why a rule forbids it: nothing that was typed need be wrong."""
    said: str = ""
    """Anything else."""
    changed: bool = False
    """Somebody changed the record meanwhile."""

    def __bool__(self) -> bool:
        return bool(self.of_fields or self.reasons or self.said)


@dataclass(slots=True)
class Filling:
    """One form with what is in it, ready to be drawn."""

    shape: Shape
    typed: Typed
    step: Step = "fill"
    errors: Errors = field(default_factory=Errors)
    warnings: tuple[dict[str, Any], ...] = ()
    offered: dict[str, Found] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    done: Answer | None = None

    def carried(self) -> list[tuple[str, str]]:
        """What is carried along unseen from the check to the deed."""
        return [(name, text) for name, text in self.typed.hidden() if name not in OURS]


def blank(version: int | None, position: int | None) -> Typed:
    """What a new form knows: a key of its own, so that it is done once, and what its page showed of the record."""
    known = {"key": uuid4().hex, "version": version, "known_at": position}
    return Typed({name: [str(value)] for name, value in known.items() if value is not None})


async def take(api: TheApi, shape: Shape, typed: Typed, address: str) -> Filling:
    """One step on: what the pressed button says. Raises ApiRefused for what no form can mend, as a record that is gone."""
    filling = Filling(shape, typed)
    action = typed.one("action") or "check"
    await _act(api, filling, action, address)
    if filling.step != "done":
        filling.offered = await choices(api, shape, typed)
    if filling.step == "check":
        body = understood(shape, typed).body
        filling.answered = answers(shape, body, names_of(shape, typed, filling.offered))
    return filling


async def _act(api: TheApi, filling: Filling, action: str, address: str) -> None:
    name, _, path = action.partition(":")
    match name:
        case "add":
            filling.typed.add_row(path)
        case "remove":
            rows, _, number = path.rpartition(".")
            if number.isdecimal():
                filling.typed.remove_row(rows, int(number))
        case "check" | "send":
            await _ask(api, filling, address, only_weigh=name == "check")


async def _ask(api: TheApi, filling: Filling, address: str, only_weigh: bool) -> None:
    typed = filling.typed
    told = understood(filling.shape, typed)
    if told.wrong:
        filling.errors = Errors(told.wrong)
        return
    body = dict(told.body)
    if (known := typed.one("known_at")).isdecimal():
        body["decision"] = {**body.get("decision", {}), "known_at": int(known)}
    version = typed.one("version")
    try:
        answer = await api.post(
            address,
            body,
            key=None if only_weigh else typed.one("key") or None,
            version=int(version) if version.isdecimal() else None,
            only_weigh=only_weigh,
        )
    except ApiRefused as refused:
        filling.errors = _errors(refused)
        return
    filling.warnings = tuple(answer.json().get("warnings", ()))
    filling.step, filling.done = ("check", None) if only_weigh else ("done", answer)


def _errors(refused: ApiRefused) -> Errors:
    match refused.kind:
        case "stale" | "changed-meanwhile":
            return Errors(said="Somebody changed this record after you opened the form.", changed=True)
        case "invalid" | "refused":
            fields = {one["field"]: one["message"] for one in refused.reasons if one.get("field")}
            others = tuple(one for one in refused.reasons if not one.get("field"))
            return Errors(fields, others, "" if fields or others else refused.problem.get("detail", ""))
        case "malformed" | "key-reused" | "unavailable" | "not-permitted" | "too-large":
            return Errors(said=refused.problem.get("detail", ""))
    raise refused
