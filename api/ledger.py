"""The ledger over HTTP: checkpoints to keep, for whoever is signed in; and for auditors, proofs that tell nothing of what they prove."""

from __future__ import annotations

import base64
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict

from api.asking import Asking
from api.descriptions import OF_RECORDS, problems
from api.desk import AtDesk
from api.freshness import FURTHEST
from api.problem import UNAVAILABLE, Problem
from api.wanted import JSON, in_form
from domain.reasons import NotFound
from history.ledger.handing_out import NotSealed, proof_of
from history.ledger.hashing import leaf_hash
from history.ledger.proving import Proving
from history.ledger.stored import Checkpoint, Stored
from workflows.who_reads import require_right_to_audit

TEXT = "text/plain"
MOST = 1_000
routes = APIRouter(tags=["ledger"])
AsText = Annotated[str, Depends(in_form(TEXT))]
AsJson = Annotated[str, Depends(in_form(JSON))]
Place = Annotated[int, Path(ge=1, le=FURTHEST, description="A position in the history.")]
Size = Annotated[int, Query(ge=1, le=FURTHEST, description="How many events the ledger had.")]


class CheckpointsShown(BaseModel):
    """Checkpoints, the oldest first."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    checkpoints: list[dict[str, Any]]
    """Of each: `size`, the size that it `extends`, the signed `note`, and when it was `sealed_at`."""


class ProofShown(BaseModel):
    """That an event is in a checkpoint."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    position: int
    leaf: str
    """The hash of the event, in base64."""
    hashes: list[str]
    """From the leaf's neighbour to the root's child, in base64 (RFC 9162, section 2.1.3)."""
    checkpoint: str
    """The signed text."""


class GrowthShown(BaseModel):
    """That a ledger begins with an older one."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    old: int
    new: int
    hashes: list[str]
    """The consistency proof, in base64."""


A_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"description": "Found.", "content": {TEXT: {"schema": {"type": "string"}}}},
    **problems(*OF_RECORDS),
}


@routes.get(
    "/ledger/checkpoint", operation_id="read_newest_checkpoint", response_model=None, responses=A_TEXT
)
def read_newest_checkpoint(asker: Asking, form: AsText, desk: AtDesk) -> Response:
    """The newest checkpoint, as C2SP tlog-checkpoint has it. Keep one from time to time: all before it can be proved with it."""
    newest = Stored(desk.history).newest()
    if newest is None:
        raise NotFound("checkpoint")
    return Response(newest.note, media_type=f"{TEXT}; charset=utf-8")


@routes.get("/ledger/key", operation_id="read_ledger_key", response_model=None, responses=A_TEXT)
def read_ledger_key(asker: Asking, form: AsText, desk: AtDesk) -> Response:
    """The public key that checkpoints and bundles are checked with, as `name+id+key`."""
    if desk.signer is None:
        raise Problem(
            UNAVAILABLE,
            "This process does not hold the key of the ledger: `placements ledger key` prints it where it is.",
        )
    return Response(f"{desk.signer.public}\n", media_type=f"{TEXT}; charset=utf-8")


@routes.get(
    "/ledger/checkpoints",
    operation_id="list_checkpoints",
    response_model=CheckpointsShown,
    responses=problems(*OF_RECORDS),
)
def list_checkpoints(
    asker: Asking,
    form: AsJson,
    desk: AtDesk,
    after: Annotated[int, Query(ge=0, le=FURTHEST, description="Only those of larger ledgers.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Response:
    """Checkpoints, the oldest first: how many events each covers, the one it extends, when it was made, and its text."""
    listed = Stored(desk.history).checkpoints_after(after, limit)
    return _json({"checkpoints": list(map(_shown, listed))}, desk.history.head())


@routes.get(
    "/ledger/proofs/{position}",
    operation_id="prove_event",
    response_model=ProofShown,
    responses=problems(*OF_RECORDS),
)
def prove_event(position: Place, asker: Asking, form: AsJson, desk: AtDesk) -> Response:
    """That the event at a position is in the newest checkpoint: its leaf, and the hashes from there to the root. Not the event."""
    require_right_to_audit(asker)
    try:
        proof = proof_of(desk.history, position)
    except NotSealed as problem:
        raise NotFound("sealed event") from problem
    told = {
        "position": position,
        "leaf": _base64(leaf_hash(proof.entry)),
        "hashes": list(map(_base64, proof.hashes)),
        "checkpoint": proof.note,
    }
    return _json(told, desk.history.head())


@routes.get(
    "/ledger/consistency",
    operation_id="prove_growth",
    response_model=GrowthShown,
    responses=problems(*OF_RECORDS),
)
def prove_growth(asker: Asking, form: AsJson, desk: AtDesk, old: Size, new: Size) -> Response:
    """That the ledger with `new` events begins with the one of `old` events (RFC 9162, section 2.1.4)."""
    require_right_to_audit(asker)
    newest = Stored(desk.history).newest()
    if newest is None or not old <= new <= newest.size:
        raise NotFound("ledger of that size")
    hashes = Proving(desk.history).consistency(old, new)
    return _json({"old": old, "new": new, "hashes": list(map(_base64, hashes))}, desk.history.head())


def _shown(checkpoint: Checkpoint) -> dict[str, Any]:
    return checkpoint._asdict()


def _json(body: dict[str, Any], position: int) -> Response:
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
