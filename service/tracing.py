"""Sends traces to a collector, where that is asked for. Off by default, and its packages are an extra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from history.tracing import TRACE_ID
from service.plain_error import PlainError
from service.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter


def set_up_tracing(settings: Settings, part: str) -> None:
    """Record spans from here on, and send them in batches. `part`: "api" or "worker". Raises PlainError where the packages are missing."""
    if settings.traces_to is None:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError:
        raise PlainError(
            "PLACEMENTS_TRACES_TO is set: install the extra that sends traces, placements[otel]."
        ) from None
    record_spans(OTLPSpanExporter(endpoint=settings.traces_to, timeout=5), part)


def record_spans(exporter: SpanExporter, part: str) -> None:
    """Let all spans of this process go to an exporter."""
    from opentelemetry import trace
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class OfTheCorrelation(RandomIdGenerator):
        """A trace has the correlation id of what it tells of."""

        def generate_trace_id(self) -> int:
            return TRACE_ID.get() or super().generate_trace_id()

    resource = Resource.create({"service.name": f"placements-{part}"})
    provider = TracerProvider(resource=resource, id_generator=OfTheCorrelation())
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
