"""What auditors take away: bundles and inspection packs; and receipts, for whoever may know of the decision. docs/bundle-format.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response

from api.asking import Asking
from api.descriptions import OF_RECORDS, problems
from api.desk import AtDesk, Desk
from api.freshness import FURTHEST
from api.looking import NothingThen, look
from api.looking_back import LookingBack, asked_moment
from api.noting import note
from api.problem import BEHIND, MALFORMED, UNAVAILABLE, Problem
from api.wanted import in_form
from domain.child import Child
from domain.people import Asker
from domain.personal import Category
from domain.placement import Placement
from domain.reasons import NotFound, NotPermitted, Reason
from history.ledger.evidence import newest_size
from history.ledger.handing_out import NotSealed
from history.ledger.notes import Signer
from projections.bundles.inspection import make_pack
from projections.bundles.making import make_bundle
from projections.bundles.packing import zipped
from projections.bundles.receipt import make_receipt
from projections.timeline import timeline
from workflows.who_reads import require_right_to_audit, require_right_to_receipts

ZIP = "application/zip"
routes = APIRouter(tags=["bundles"])
AsZip = Annotated[str, Depends(in_form(ZIP))]
AS_AT = "As the history was at a position, such as `1200`, or at a moment with its time zone."


def as_at_of(
    asker: Asking, desk: AtDesk, as_at: Annotated[str | None, Query(max_length=40, description=AS_AT)] = None
) -> LookingBack | None:
    """The moment as at which something is taken away; none for the newest that is sealed. Raises Problem."""
    return None if as_at is None else asked_moment(desk, as_at, None, {"as_of": "as_at"})


AsAt = Annotated[LookingBack | None, Depends(as_at_of)]
Extends = Annotated[
    int | None, Query(ge=1, le=FURTHEST, description="Prove growth since the ledger had so many events.")
]
Without = Annotated[
    list[Category],
    Query(
        max_length=5,
        description="Kinds of words to leave out: they stay sealed in the stored bytes, and what is left is proved as ever.",
    ),
]
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The archive.",
        "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
    },
    **problems(*OF_RECORDS),
}


@routes.get(
    "/placements/{id}/bundle", operation_id="export_placement", response_model=None, responses=ANSWERS
)
def export_placement(
    id: UUID,
    asker: Asking,
    form: AsZip,
    desk: AtDesk,
    as_at: AsAt = None,
    extends: Extends = None,
    without: Without = [],  # noqa: B006
) -> Response:
    """Everything about a placement, with the proof that nothing was altered or left out, and a program that checks it."""
    require_right_to_audit(asker)
    case = look(desk, asker, Placement, id)
    _exported(desk, asker, "placement", id, [case.placement.child_id])
    files = _proved(
        desk,
        lambda signer, at: make_bundle(
            desk.history, signer, "placement", id, as_at=at, extends=extends, without=without
        ),
        as_at,
        extends,
    )
    return _archive(files, f"placement-{id}")


@routes.get("/children/{id}/bundle", operation_id="export_child", response_model=None, responses=ANSWERS)
def export_child(
    id: UUID,
    asker: Asking,
    form: AsZip,
    desk: AtDesk,
    as_at: AsAt = None,
    extends: Extends = None,
    without: Without = [],  # noqa: B006
) -> Response:
    """Everything about a child, all placements among it, for auditors of the authority that answers for the child."""
    require_right_to_audit(asker)
    child = look(desk, asker, Child, id).target
    if not isinstance(child, Child) or child.authority_id != asker.organisation_id:
        raise NotPermitted(
            "Everything about a child is for auditors of the child's own authority: ask for a placement."
        )
    _exported(desk, asker, "child", id, [id])
    files = _proved(
        desk,
        lambda signer, at: make_bundle(
            desk.history, signer, "child", id, as_at=at, extends=extends, without=without
        ),
        as_at,
        extends,
    )
    return _archive(files, f"child-{id}")


@routes.get(
    "/organisations/{id}/bundle", operation_id="export_caseload", response_model=None, responses=ANSWERS
)
def export_caseload(
    id: UUID,
    asker: Asking,
    form: AsZip,
    desk: AtDesk,
    as_at: AsAt = None,
    extends: Extends = None,
    without: Without = [],  # noqa: B006
) -> Response:
    """Every placement and agreement that an organisation commissioned, for its own auditors."""
    _own(asker, id)
    _exported(desk, asker, "organisation", id)
    files = _proved(
        desk,
        lambda signer, at: make_bundle(
            desk.history, signer, "caseload", id, as_at=at, extends=extends, without=without
        ),
        as_at,
        extends,
    )
    return _archive(files, f"caseload-{id}")


@routes.get(
    "/organisations/{id}/inspection-pack",
    operation_id="make_inspection_pack",
    response_model=None,
    responses=ANSWERS,
)
def make_inspection_pack(
    id: UUID,
    asker: Asking,
    form: AsZip,
    desk: AtDesk,
    as_at: AsAt = None,
    sample: Annotated[int, Query(ge=0, le=200, description="Children whose stories are drawn.")] = 3,
    seed: Annotated[str, Query(max_length=200, description="What the draw depends on.")] = "",
    child: Annotated[
        list[UUID] | None, Query(description="Children whose stories are wanted as well.")
    ] = None,
) -> Response:
    """The list that inspectors ask for at the call, and full stories of a sample. The same position and seed give the same bytes."""
    _own(asker, id)
    _exported(desk, asker, "organisation", id, child or ())
    files = _proved(
        desk,
        lambda signer, at: make_pack(
            desk.history, signer, id, as_at=at, sample=sample, seed=seed, chosen=child or ()
        ),
        as_at,
    )
    return _archive(files, f"inspection-pack-{id}")


@routes.get(
    "/placements/{id}/decisions/{position}/receipt",
    operation_id="give_receipt",
    response_model=None,
    responses=ANSWERS,
)
def give_receipt(
    id: UUID,
    position: Annotated[int, Path(ge=1, le=FURTHEST)],
    asker: Asking,
    form: AsZip,
    desk: AtDesk,
    named: Annotated[bool, Query(description="Say who decided by name.")] = False,
) -> Response:
    """A receipt for one decision about a placement, to give to a parent, a school or a provider."""
    require_right_to_receipts(asker)
    case = look(desk, asker, Placement, id)
    shown = timeline(desk.history, [id], provider_id=asker.provider_id)
    entry = next((entry for entry in shown if entry.position == position), None)
    if entry is None:
        raise NotFound("decision")
    _exported(desk, asker, "placement", id, [case.placement.child_id])
    files = _proved(
        desk,
        lambda signer, _: make_receipt(desk.history, signer, position, named=named, entry=entry),
    )
    return _archive(files, f"receipt-{position}")


def _own(asker: Asker, id: UUID) -> None:
    require_right_to_audit(asker)
    if asker.organisation_id != id:
        raise NotFound("organisation")


def _exported(desk: Desk, asker: Asker, row: str, id: UUID, children: Iterable[UUID | None] = ()) -> None:
    """Every export is on record before it is given."""
    about = [child for child in children if child]
    note(desk, asker, "exported", row, record_id=id, children=about, position=desk.history.head())


def _proved(
    desk: Desk,
    make: Callable[[Signer, int | None], Mapping[str, bytes]],
    as_at: LookingBack | None = None,
    extends: int | None = None,
) -> Mapping[str, bytes]:
    """The files, or why there are none. Raises Problem and NotFound."""
    signer: Signer | None = desk.signer
    if signer is None:
        raise Problem(
            UNAVAILABLE, "This process does not hold the key of the ledger, with which bundles are signed."
        )
    if as_at and as_at.position == 0:
        raise NothingThen("record", as_at)
    sealed = newest_size(desk.history)
    if extends is not None and extends > sealed:
        words = f"The ledger is sealed up to {sealed}: an older one with {extends} events is another."
        raise Problem(MALFORMED, words, [Reason(code="no_such_ledger", message=words, field="extends")])
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


def _archive(files: Mapping[str, bytes], name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.zip"',
        "Cache-Control": "no-store",
        "Vary": "Accept, Authorization",
    }
    return Response(zipped(files), 200, headers, ZIP)
