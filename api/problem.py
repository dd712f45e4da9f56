"""Every way in which the service says no: one table, one shape (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from fastapi import Response
from pydantic import BaseModel, ConfigDict

from domain.reasons import Reason

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. Its address never changes, so that programs may rely on it."""

    name: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """The stable address of the kind; there it is explained."""
        return f"/problems#{self.name}"


MALFORMED = Kind("malformed", 400, "The request cannot be read")
NOT_SIGNED_IN = Kind("not-signed-in", 401, "Nobody is signed in")
NOT_PERMITTED = Kind("not-permitted", 403, "Your roles do not allow this")
NOT_FOUND = Kind("not-found", 404, "There is no such thing here")
METHOD_NOT_ALLOWED = Kind("method-not-allowed", 405, "This address does not know that method")
NOT_ACCEPTABLE = Kind("not-acceptable", 406, "The answer cannot be given in the form you accept")
REFUSED = Kind("refused", 409, "A rule forbids it")
CHANGED_MEANWHILE = Kind("changed-meanwhile", 409, "Someone else changed the record meanwhile")
STALE = Kind("stale", 412, "The record is not at the version that you saw")
TOO_LARGE = Kind("too-large", 413, "The request is too large")
NOT_JSON = Kind("not-json", 415, "The body must be JSON")
INVALID = Kind("invalid", 422, "Something in the request does not fit")
KEY_REUSED = Kind("key-reused", 422, "This idempotency key was used for another request")
TOO_MANY = Kind("too-many", 429, "Too many requests without a sign-in")
FAILED = Kind("failed", 500, "The service failed")
UNAVAILABLE = Kind("unavailable", 503, "The service cannot answer now")
BEHIND = Kind("behind", 503, "What you ask to see has not arrived yet")

KINDS = (
    MALFORMED,
    NOT_SIGNED_IN,
    NOT_PERMITTED,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    REFUSED,
    CHANGED_MEANWHILE,
    STALE,
    TOO_LARGE,
    NOT_JSON,
    INVALID,
    KEY_REUSED,
    TOO_MANY,
    FAILED,
    UNAVAILABLE,
    BEHIND,
)
"""All of them, in the order of their status."""


class ReasonShown(BaseModel):
    """One reason why something may not happen, or ought not to."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    code: str
    """What is wrong, as a fact in snake case. Stable, for programs."""
    message: str
    """What is wrong and what to do, for the person who asked."""
    source: str
    """Document and paragraph that the rule comes from; empty where it is not a rule of law or guidance."""
    rule: str
    """The name of the rule; empty where none was asked."""
    field: str
    """The path of the field at fault, such as `review.meeting_on`; empty where no one field is."""
    may_be_overridden: bool
    """Whether an approved override may set the rule aside."""


class ProblemShown(BaseModel):
    """Why the request was not carried out (RFC 9457)."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    type: str
    """The kind of problem: stable, for programs. The list is at `/problems`."""
    title: str
    """The kind in words."""
    status: int
    """The HTTP status."""
    detail: str
    """What is wrong this time, and what to do."""
    instance: str
    """This one request: quote it when you ask for help."""
    reasons: list[ReasonShown]
    """Every reason there is, not only the first."""


class Problem(Exception):
    """The request cannot be carried out, and this is the answer."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        reasons: Iterable[Reason] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        self.kind, self.detail, self.reasons = kind, detail, tuple(reasons)
        self.headers, self.more = dict(headers or {}), more
        super().__init__(kind.name)


def shown(reason: Reason) -> dict[str, Any]:
    """A reason as it stands in an answer."""
    return {
        "code": reason.code,
        "message": reason.message,
        "source": reason.source,
        "rule": reason.rule,
        "field": reason.field,
        "may_be_overridden": reason.may_be_overridden,
    }


def answer(problem: Problem, correlation_id: UUID) -> Response:
    """The problem as a response."""
    body = {
        "type": problem.kind.type,
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
        "instance": correlation_id.urn,
        "reasons": [shown(reason) for reason in problem.reasons],
        **problem.more,
    }
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(msgspec.json.encode(body), problem.kind.status, headers, MEDIA_TYPE)
