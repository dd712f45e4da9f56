"""A program of a test: every personal field says a canary, and the whole service works on it with logs and traces on."""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.app import create_app
from history.ledger.sealing import Sealing
from history.waking import Waking
from projections.following import Following
from service.logging_setup import set_up_logging
from service.sending.by_webhook import ByWebhook
from service.sending.carriers import Carriers
from service.sending.sending import Sending
from service.tracing import record_spans
from service.triggering.triggering import Triggering
from service.working.worker import Worker
from tests.api.issuer import Issuer
from tests.api.people import SIGNER, Service, furnish, open_desk
from tests.conformance.canaries import Canaries
from tests.support.walk import MONDAY, PLACEMENT, PROVIDER
from workflows.examples import EXAMPLES

CORRELATION = UUID("0af7651916cd43dd8448eb211c80319c")
CALLER = f"00-{CORRELATION.hex}-00f067aa0ba902b7-01"
QUIET = timedelta(hours=9)


def live(service: Service) -> None:
    """A placement runs; someone searches, someone is refused, a request is nonsense; then the provider reports an absence."""
    service.walk.live_until("start_placement")
    service.get("/children", search="canary-1-sings")
    service.do("call_review", who="provider")
    service.post(f"/placements/{PLACEMENT}/log-contact", {"contact": {"by": "canary-2-sings"}})


def report(service: Service) -> int:
    """How the provider's report was answered."""
    session = {"day": MONDAY.date().isoformat(), "half": "am", "seen": "absent"}
    sessions = [{"placement_id": str(PLACEMENT), "session": session}]
    return service.do(
        "report_day", PROVIDER, "provider", {"traceparent": CALLER}, sessions=sessions
    ).status_code


def facts(span: ReadableSpan) -> dict[str, object]:
    """All that an exporter would send of a span."""
    return {
        "name": span.name,
        "trace": span.context.trace_id if span.context else 0,
        "id": f"{span.context.span_id:016x}" if span.context else "",
        "parent": f"{span.parent.span_id:016x}" if span.parent else "",
        "attributes": dict(span.attributes or {}),
        "events": [str(event.attributes) for event in span.events],
        "status": span.status.description or "",
    }


def main(dsn: str) -> None:
    """Do it all, and print what the traces said."""
    canaries = Canaries()
    for name, example in list(EXAMPLES.items()):
        EXAMPLES[name] = canaries.request(name, example)
    set_up_logging("debug", for_people=False)
    exporter = InMemorySpanExporter()
    record_spans(exporter, "test")
    furnish(dsn)
    with tempfile.TemporaryDirectory() as folder:
        issuer = Issuer(Path(folder), MONDAY)
        with open_desk(dsn, issuer) as desk, TestClient(create_app(desk)) as client:
            service = Service(client, desk, issuer)
            live(service)
            waking, stop = Waking(dsn), threading.Event()
            carriers = Carriers(webhook=ByWebhook(desk.clock))
            jobs = [
                Following(dsn, desk.history, waking=waking),
                Triggering(dsn, desk.history, desk.clock, waking=waking),
                Sending(dsn, desk.history, desk.clock, carriers),
                Sealing(dsn, desk.history, SIGNER),
            ]
            worker = threading.Thread(target=Worker(dsn, jobs).run, args=[stop])
            worker.start()
            while not jobs[1].leads.is_set() or desk.read_models.lag():
                time.sleep(0.05)
            time.sleep(1)
            assert report(service) == 200
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and not said(exporter):
                time.sleep(0.2)
            stop.set()
            worker.join()
            waking.close()
    spans = [facts(span) for span in exporter.get_finished_spans()]
    told = {"correlation": CORRELATION.int, "spans": spans, "canaries": sorted(canaries.words)}
    print(json.dumps(told))  # noqa: T201 - for the test


def said(exporter: InMemorySpanExporter) -> bool:
    """Whether somebody was found to tell."""
    from opentelemetry import trace

    trace.get_tracer_provider().force_flush()  # type: ignore[attr-defined]
    return any(span.name == "command address_message" for span in exporter.get_finished_spans())


if __name__ == "__main__":
    main(sys.argv[1])
