"""Around every request: its correlation id, its time, one log line, and an answer even when our own code fails."""

from __future__ import annotations

import time
from traceback import extract_tb
from uuid import UUID

import structlog
from opentelemetry.trace import Span, SpanKind
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.correlation import correlation_of
from api.metrics import Metrics
from api.noting import ANSWERED
from api.problem import FAILED, Problem, answer
from history.tracing import span

log = structlog.get_logger("api")

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Headers of every answer, unless the route sets its own."""


class Conversation:
    """The outermost of our layers. Routes are named by their templates, so nothing of a child gets into a log or a meter."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        correlation_id = correlation_of(headers)
        state = scope.setdefault("state", {})
        state["correlation_id"], state["began"] = correlation_id, time.perf_counter()
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(MutableHeaders(scope=message), correlation_id)
            await send(message)

        ANSWERED.set(scope)
        with (
            structlog.contextvars.bound_contextvars(correlation_id=str(correlation_id)),
            span(
                "request", correlation_id, caller=headers.get("traceparent", ""), kind=SpanKind.SERVER
            ) as told,
        ):
            try:
                await self.app(scope, receive, send_on)
            except Exception as error:
                # The kind of the error and where, and nothing that it says: its words may quote a child's record.
                log.error("a request failed", kind=type(error).__name__, where=_where(error))
                if status == 0:
                    problem = Problem(
                        FAILED, "Nothing more is known here. Quote the instance when you report it."
                    )
                    await answer(problem, correlation_id)(scope, receive, send_on)
            finally:
                self._tell(scope, status, time.perf_counter() - state["began"], told)

    def _tell(self, scope: Scope, status: int, seconds: float, told: Span) -> None:
        route = getattr(scope.get("route"), "path", "none")
        # The template of the address, and not the address, which may hold what somebody searched for.
        told.update_name(f"{scope['method']} {route}")
        told.set_attributes({"http.route": route, "http.response.status_code": status})
        self.metrics.requests.labels(scope["method"], route, str(status)).observe(seconds)
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


def _where(error: Exception) -> list[str]:
    """Where it failed, innermost last."""
    return [f"{step.filename}:{step.lineno} in {step.name}" for step in extract_tb(error.__traceback__)[-5:]]


def _complete(headers: MutableHeaders, correlation_id: UUID) -> None:
    headers["X-Correlation-ID"] = str(correlation_id)
    # What is answered here is about children: no cache keeps it.
    headers.setdefault("Cache-Control", "no-store")
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
