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
        self.position = self._gauge("placements_history_position", "How far the history reaches.")
        self.behind = self._gauge(
            "placements_read_models_behind_events", "Events the read models have yet to take in."
        )
        self.seconds_behind = self._gauge(
            "placements_read_models_behind_seconds", "How long the first of these has been waiting."
        )
        self.parked = self._gauge("placements_parked_records", "Records that a read model could not take in.")
        self.checked_at = self._gauge(
            "placements_checked_timestamp_seconds", "When the last nightly check was."
        )
        self.faults = self._gauge("placements_check_faults", "What it found wrong.")
        self.listeners = self._gauge("placements_feed_listeners", "Who listens to the feed now.")

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(name, words, registry=self.registry)
