"""Joins what belongs together into one trace: a request, its commands, what triggers did because of it, the messages that came of that.

The id of a trace is the correlation id, which every event carries; so no process need hand anything to another. Nothing is recorded
unless `service/tracing.py` was asked to. Attributes are names from the code, ids, positions and numbers: never what somebody wrote,
and of an error its class, for its words might quote a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import NonRecordingSpan, Span, SpanContext, SpanKind, Status, StatusCode, TraceFlags

TRACER = trace.get_tracer("placements")
TRACE_ID: ContextVar[int | None] = ContextVar("trace_id", default=None)
"""The id that a trace which begins now is to have."""


@contextmanager
def span(
    name: str,
    correlation_id: UUID,
    *,
    caller: str = "",
    kind: SpanKind = SpanKind.INTERNAL,
    **attributes: str | int | float,
) -> Iterator[Span]:
    """A piece of work in the trace of its correlation id. `caller`: the `traceparent` that came with a request."""
    named = {f"placements.{key}": value for key, value in attributes.items()}
    token = TRACE_ID.set(correlation_id.int)
    try:
        with TRACER.start_as_current_span(
            name,
            context=_within(correlation_id, caller),
            kind=kind,
            attributes=named,
            record_exception=False,
            set_status_on_exception=False,
        ) as begun:
            try:
                yield begun
            except BaseException as problem:
                begun.set_attribute("error.type", type(problem).__name__)
                begun.set_status(Status(StatusCode.ERROR))
                raise
    finally:
        TRACE_ID.reset(token)


def correlation_now() -> UUID:
    """The correlation id of the span that is open; outside of any, a new one."""
    id = TRACE_ID.get()
    return uuid4() if id is None else UUID(int=id)


def _within(correlation_id: UUID, caller: str) -> Context | None:
    """Under the span that is open where it is of the same trace, else under the caller's, else at the root."""
    if trace.get_current_span().get_span_context().trace_id == correlation_id.int:
        return None
    parts = caller.split("-")
    if len(parts) >= 4 and parts[1] == correlation_id.hex and int(parts[2], 16):
        flags = TraceFlags(int(parts[3], 16))
        theirs = SpanContext(correlation_id.int, int(parts[2], 16), is_remote=True, trace_flags=flags)
        return trace.set_span_in_context(NonRecordingSpan(theirs), Context())
    return Context()
