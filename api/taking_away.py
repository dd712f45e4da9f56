"""What is taken away as one archive: proved by the ledger, as the history was at a moment, and on record before it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Response

from api.asking import Asking
from api.descriptions import OF_RECORDS, problems
from api.desk import AtDesk, Desk
from api.looking import NothingThen
from api.looking_back import LookingBack, asked_moment
from api.noting import note
from api.problem import BEHIND, UNAVAILABLE, Problem
from api.wanted import in_form
from domain.people import Asker
from domain.reasons import NotFound
from history.ledger.handing_out import NotSealed
from history.ledger.notes import Signer
from projections.bundles.packing import zipped
from workflows.who_reads import require_right_to_audit

ZIP = "application/zip"
AsZip = Annotated[str, Depends(in_form(ZIP))]
AS_AT = "As the history was at a position, such as `1200`, or at a moment with its time zone."


def as_at_of(
    asker: Asking, desk: AtDesk, as_at: Annotated[str | None, Query(max_length=40, description=AS_AT)] = None
) -> LookingBack | None:
    """The moment as at which something is taken away; none for the newest that is sealed. Raises Problem."""
    return None if as_at is None else asked_moment(desk, as_at, None, {"as_of": "as_at"})


AsAt = Annotated[LookingBack | None, Depends(as_at_of)]
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The archive.",
        "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
    },
    **problems(*OF_RECORDS),
}


def require_own_audit(asker: Asker, id: UUID) -> None:
    """Auditors take away what their own organisation answers for. Raises NotPermitted and NotFound."""
    require_right_to_audit(asker)
    if asker.organisation_id != id:
        raise NotFound("organisation")


def note_taken(desk: Desk, asker: Asker, row: str, id: UUID, children: Iterable[UUID | None] = ()) -> None:
    """It is on record before it is given."""
    about = [child for child in children if child]
    note(desk, asker, "exported", row, record_id=id, children=about, position=desk.history.head())


def archive(
    desk: Desk,
    name: str,
    make: Callable[[Signer, int | None], Mapping[str, bytes]],
    as_at: LookingBack | None = None,
) -> Response:
    """The files that are made, by who signs and as at which position, in one archive of that name. Raises Problem and NotFound."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.zip"',
        "Cache-Control": "no-store",
        "Vary": "Accept, Authorization",
    }
    return Response(zipped(_proved(desk, make, as_at)), 200, headers, ZIP)


def _proved(
    desk: Desk, make: Callable[[Signer, int | None], Mapping[str, bytes]], as_at: LookingBack | None
) -> Mapping[str, bytes]:
    signer = desk.signer
    if signer is None:
        raise Problem(
            UNAVAILABLE, "This process does not hold the key of the ledger, with which bundles are signed."
        )
    if as_at and as_at.position == 0:
        raise NothingThen("record", as_at)
    try:
        return make(signer, as_at.position if as_at else None)
    except NotSealed as problem:
        raise Problem(
            BEHIND, f"It cannot be proved yet: {problem}.", headers={"Retry-After": "1"}
        ) from problem
    except NotFound as problem:
        if as_at is None:
            raise
        raise NothingThen(problem.what, as_at) from None
