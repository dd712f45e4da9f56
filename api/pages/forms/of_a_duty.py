"""A form about a duty that was missed: the duty is chosen, and its rule and its day follow from it instead of being asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from api.pages.forms.filling import Body, NothingToSend
from api.pages.forms.shape import Shape
from api.pages.the_api import TheApi
from domain.duties.duty import State

ABOUT_A_DUTY = {"escalate": "escalation"}
"""Forms of this kind, and the group that holds the duty's id and what follows from it."""
FOLLOWS = ("rule", "due_on")
MOST = 200
GONE = "This duty is not on the due list any more. Choose another."


class OfADuty:
    """The form without what follows, and the request with it."""

    def __init__(self, form: Shape, group: str, duties: list[dict[str, Any]]) -> None:
        self.shape = replace(
            form, parts=tuple(_asked(part) if part.name == group else part for part in form.parts)
        )
        self._group, self._duties = group, {row["duty_id"]: row for row in duties}

    def body_of(self, body: Body) -> Body:
        """The request, with what the due list says of the duty. Raises NothingToSend where it is not there any more."""
        said = body.get(self._group, {})
        duty = self._duties.get(said.get("duty_id", ""))
        if duty is None:
            raise NothingToSend(GONE)
        return {**body, self._group: {**said, **{name: duty[name] for name in FOLLOWS}}}


async def of_a_duty(api: TheApi, command: str, about: str, form: Shape) -> OfADuty:
    """The form of one of these commands. A duty that was done meanwhile is still told apart from one that never was. Raises ApiRefused."""
    rows = (await api.get("/due", placement_id=about.rpartition("/")[2], state=list(State), limit=MOST))[
        "rows"
    ]
    return OfADuty(form, ABOUT_A_DUTY[command], rows)


def _asked(group: Shape) -> Shape:
    return replace(group, parts=tuple(part for part in group.parts if part.name not in FOLLOWS))
