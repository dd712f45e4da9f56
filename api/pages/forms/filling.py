"""A form from the first look to the deed: filled in, checked, sent. Nothing that was typed is lost on the way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal
from uuid import uuid4

from api.pages.forms.answers import Answered, answers, names_of
from api.pages.forms.beginning import typed_anew
from api.pages.forms.carried import key_carried, number_carried
from api.pages.forms.choosing import Found
from api.pages.forms.complaints import Errors, errors_of, errors_of_typing
from api.pages.forms.shape import Shape
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import understood
from api.pages.the_api import Answer, ApiRefused, TheApi

Step = Literal["fill", "check", "done"]
KNOWN = ("form_key", "seen_version", "seen_position")
"""Boxes that carry what the page itself has to know: a key, so that it is done once, and what the page showed of the record."""
OURS = frozenset({"form_token", "action", *KNOWN})

Body = dict[str, Any]


class NothingToSend(Exception):
    """Nothing was said that a request could be made of; the words are for whoever filled in the form."""


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

    def sections(self) -> list[tuple[str, list[Answered]]]:
        """The answers under their headings, in the order of the form."""
        return [(under, list(group)) for under, group in groupby(self.answered, key=lambda one: one.under)]

    def carried(self) -> list[tuple[str, str]]:
        """What is carried along unseen from the check to the deed."""
        return [(name, text) for name, text in self.typed.hidden() if name not in OURS]


def blank(shape: Shape, version: int | None, position: int | None) -> Typed:
    """A new form: what is taken where nothing is said, and what the page knows."""
    typed = typed_anew(shape)
    known = dict(zip(KNOWN, (uuid4().hex, version, position), strict=True))
    typed.texts |= {name: [str(value)] for name, value in known.items() if value is not None}
    return typed


async def take(
    api: TheApi,
    shape: Shape,
    typed: Typed,
    address: str,
    offer: Callable[[], Awaitable[dict[str, Found]]],
    body_of: Callable[[Body], Body] = dict,
) -> Filling:
    """One step on: what the pressed button says.

    `offer` finds what may be chosen, once the rows are known; `body_of` makes the request's body of what was understood.
    Raises ApiRefused for what no form can mend, as a record that is gone, and ChangedOnItsWay.
    """
    filling = Filling(shape, typed)
    name, _, path = (typed.one("action") or "check").partition(":")
    match name:
        case "add":
            typed.add_row(path)
        case "remove":
            rows, _, number = path.rpartition(".")
            row = number_carried(number)
            if row is not None:
                typed.remove_row(rows, row)
        case "check" | "send":
            await _ask(api, filling, address, body_of, only_weigh=name == "check")
    if filling.step != "done":
        filling.offered = await offer()
    if filling.step == "check":
        body = body_of(understood(shape, typed).body)
        filling.answered = answers(shape, body, names_of(shape, typed, filling.offered))
    return filling


async def _ask(
    api: TheApi, filling: Filling, address: str, body_of: Callable[[Body], Body], only_weigh: bool
) -> None:
    typed = filling.typed
    told = understood(filling.shape, typed)
    if told.wrong:
        filling.errors = errors_of_typing(filling.shape, typed, told.wrong)
        return
    key, version = key_carried(typed.one("form_key")), number_carried(typed.one("seen_version"))
    try:
        answer = await api.post(
            address,
            _with_position(body_of(told.body), typed),
            key=None if only_weigh else key,
            version=version,
            only_weigh=only_weigh,
        )
    except ApiRefused as refused:
        filling.errors = errors_of(filling.shape, typed, refused)
        return
    except NothingToSend as nothing:
        filling.errors = Errors(said=str(nothing))
        return
    filling.warnings = tuple(answer.json().get("warnings", ()))
    filling.step, filling.done = ("check", None) if only_weigh else ("done", answer)


def _with_position(body: Body, typed: Typed) -> Body:
    known = number_carried(typed.one("seen_position"))
    return body if known is None else {**body, "decision": {**body.get("decision", {}), "known_at": known}}
