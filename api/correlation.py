"""Ties what belongs together: the id of a request goes into its answer, its log lines and the events it causes."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from fastapi.datastructures import Headers

TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?")
"""W3C Trace Context: version, trace id, parent id, flags."""
PLAIN = re.compile(r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")


def correlation_of(headers: Headers) -> UUID:
    """The id that the caller gave, or else the trace it is part of, or a new one. What is no id is passed over."""
    given = headers.get("x-correlation-id", "").strip()
    if PLAIN.fullmatch(given):
        return UUID(given)
    trace = TRACEPARENT.fullmatch(headers.get("traceparent", "").strip())
    if trace and trace.group(1) != "0" * 32:
        return UUID(trace.group(1))
    return uuid4()
