"""What the service counts of itself, for Prometheus. Labels are templates and names, never identifiers."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The meters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "placements_request_seconds",
            "How long answers took, by method, template of the address, and status.",
            ("method", "route", "status"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.commands = Counter(
            "placements_commands",
            "Commands by name and outcome.",
            ("command", "outcome"),
            registry=self.registry,
        )
        self.position = Gauge(
            "placements_history_position", "How far the history reaches.", registry=self.registry
        )
        self.behind = Gauge(
            "placements_read_model_behind", "Events a read model has yet to take in.", ("read_model",),
            registry=self.registry,
        )  # fmt: skip
        self.listeners = Gauge(
            "placements_feed_listeners", "Who listens to the feed now.", registry=self.registry
        )
