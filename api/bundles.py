"""Bundles, which auditors take away: everything about a placement, a child or a caseload, with its proof. docs/bundle-format.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from api.asking import Asking
from api.desk import AtDesk, Desk
from api.freshness import FURTHEST
from api.looking import look
from api.looking_back import LookingBack
from api.problem import MALFORMED, Problem
from api.taking_away import ANSWERS, AsAt, AsZip, archive, note_taken, require_own_audit
from domain.child import Child
from domain.personal import Category
from domain.placement import Placement
from domain.reasons import NotPermitted, Reason
from history.ledger.evidence import newest_size
from history.ledger.notes import Signer
from projections.bundles.contents import Kind
from projections.bundles.making import make_bundle
from workflows.who_reads import require_right_to_audit

routes = APIRouter(tags=["bundles"])


@dataclass(frozen=True)
class AsAsked:
    """How a bundle is wanted."""

    as_at: LookingBack | None
    extends: int | None
    without: list[Category]


def as_asked(
    as_at: AsAt = None,
    extends: Annotated[
        int | None,
        Query(ge=1, le=FURTHEST, description="Prove growth since the ledger had so many events."),
    ] = None,
    without: Annotated[
        list[Category],
        Query(
            max_length=5,
            description="Kinds of words to leave out: they stay sealed in the stored bytes, and what is left is proved as ever.",
        ),
    ] = [],  # noqa: B006 - nobody changes it
) -> AsAsked:
    """How the caller wants it."""
    return AsAsked(as_at, extends, without)


Wanted = Annotated[AsAsked, Depends(as_asked)]


@routes.get(
    "/placements/{id}/bundle", operation_id="export_placement", response_model=None, responses=ANSWERS
)
def export_placement(id: UUID, asker: Asking, form: AsZip, desk: AtDesk, wanted: Wanted) -> Response:
    """Everything about a placement, with the proof that nothing was altered or left out, and a program that checks it."""
    require_right_to_audit(asker)
    case = look(desk, asker, Placement, id)
    note_taken(desk, asker, "placement", id, [case.placement.child_id])
    return _bundle(desk, "placement", id, wanted)


@routes.get("/children/{id}/bundle", operation_id="export_child", response_model=None, responses=ANSWERS)
def export_child(id: UUID, asker: Asking, form: AsZip, desk: AtDesk, wanted: Wanted) -> Response:
    """Everything about a child, all placements among it, for auditors of the authority that answers for the child."""
    require_right_to_audit(asker)
    child = look(desk, asker, Child, id).target
    if not isinstance(child, Child) or child.authority_id != asker.organisation_id:
        raise NotPermitted(
            "Everything about a child is for auditors of the child's own authority: ask for a placement."
        )
    note_taken(desk, asker, "child", id, [id])
    return _bundle(desk, "child", id, wanted)


@routes.get(
    "/organisations/{id}/bundle", operation_id="export_caseload", response_model=None, responses=ANSWERS
)
def export_caseload(id: UUID, asker: Asking, form: AsZip, desk: AtDesk, wanted: Wanted) -> Response:
    """Every placement and agreement that an organisation commissioned, for its own auditors."""
    require_own_audit(asker, id)
    note_taken(desk, asker, "organisation", id)
    return _bundle(desk, "caseload", id, wanted)


def _bundle(desk: Desk, kind: Kind, id: UUID, wanted: AsAsked) -> Response:
    """Raises Problem and NotFound."""

    def make(signer: Signer, at: int | None) -> Mapping[str, bytes]:
        _require_known_ledger(desk, wanted.extends)
        return make_bundle(
            desk.history, signer, kind, id, as_at=at, extends=wanted.extends, without=wanted.without
        )

    return archive(desk, f"{kind}-{id}", make, wanted.as_at)


def _require_known_ledger(desk: Desk, extends: int | None) -> None:
    """Raises Problem."""
    sealed = newest_size(desk.history)
    if extends is not None and extends > sealed:
        words = f"The ledger is sealed up to {sealed}: an older one with {extends} events is another."
        raise Problem(MALFORMED, words, [Reason(code="no_such_ledger", message=words, field="extends")])
