"""Pages that show now and every moment of the past alike: what they ask of the API, they ask as at the moment in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from api.pages.moments import Past, moment_asked, past_of


class AtAnyMoment(APIRoute):
    """A route of such a page: without a moment in its address it shows now."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment that an address names; now, where it names none."""

    asked: Mapping[str, str]
    """As the API is asked for it, and as every link that stays at this moment says it."""

    def at(self, address: str) -> str:
        """Another address at this moment."""
        return f"{address}?{urlencode(self.asked)}" if self.asked else address

    def past(self, address: str, found: Mapping[str, Any]) -> Past | None:
        """What a page of the past says of itself; none for now. `address`: the page as it is now; `found`: what the API answered."""
        return past_of(address, self.asked, found) if self.asked else None


def moment_of(request: Request) -> Moment:
    """The moment in the address."""
    return Moment(moment_asked(request.scope))


NOW = Moment({})
AtMoment = Annotated[Moment, Depends(moment_of)]
