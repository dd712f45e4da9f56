"""What the service counts of itself, for Prometheus. Labels are templates and names, never identifiers."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The meters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._labelled: list[Gauge] = []
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
        self.undone = self._gauge(
            "placements_triggers_refused", "What a trigger wanted, a rule refused, and no person has seen to."
        )
        self.checked_at = self._gauge(
            "placements_checked_timestamp_seconds", "When the last nightly check was."
        )
        self.faults = self._gauge("placements_check_faults", "What it found wrong.")
        self.answers = self._gauge("placements_database_answers", "Whether the database answered just now.")
        self.workers = self._gauge("placements_workers", "Workers that run, on whatever machine.")
        self.job_well = self._gauge(
            "placements_job_well", "Whether some worker does the job, and it goes on.", "job"
        )
        self.job_workers = self._gauge("placements_job_workers", "Workers that do it or stand by.", "job")
        self.job_faults = self._gauge("placements_job_faults", "Faults since those workers began.", "job")
        self.job_did = self._gauge(
            "placements_job_did",
            "What the job did since its workers began: for triggers each by its name, and what was refused or failed.",
            "job",
            "what",
        )
        self.parked_by = self._gauge(
            "placements_parked", "What waits for a mend or a person: `placements parked` names it.", "where"
        )
        self.job_quiet = self._gauge(
            "placements_job_quiet_seconds", "Since whoever does it last said that it goes on.", "job"
        )
        self.duties = self._gauge(
            "placements_duties", "Open duties that are due soon, due or overdue.", "state"
        )
        self.messages = self._gauge("placements_messages", "Messages that wait, or did not arrive.", "state")
        self.messages_late = self._gauge(
            "placements_messages_late_seconds", "How long the first that could be sent now has been waiting."
        )
        self.unsealed = self._gauge("placements_ledger_unsealed_events", "Events that are not sealed yet.")
        self.unsealed_seconds = self._gauge(
            "placements_ledger_unsealed_seconds", "How long the first of them has been waiting."
        )
        self.witnessed = self._gauge(
            "placements_witness_age_seconds", "Since the witness took its newest checkpoint.", "witness"
        )
        self.pool = self._gauge(
            "placements_pool_connections", "Connections to the database.", "pool", "state"
        )
        self.pool_waiting = self._gauge(
            "placements_pool_waiting", "Who waits for a connection to become free.", "pool"
        )
        self.listeners = self._gauge("placements_feed_listeners", "Who listens to the feed now.")

    def unknown(self, *names: str) -> None:
        """What these gauges show cannot be known now: NaN, or no sample at all where there are labels."""
        for name in names:
            gauge: Gauge = getattr(self, name)
            if gauge in self._labelled:
                gauge.clear()
            else:
                gauge.set(float("nan"))

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        gauge = Gauge(name, words, labels, registry=self.registry)
        if labels:
            self._labelled.append(gauge)
        return gauge
