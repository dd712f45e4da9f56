"""Every alert asks for meters that exist, and has a page that says what it means, what to look at and what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from api.metrics import Metrics

DOCS = Path(__file__).resolve().parents[2] / "docs"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((DOCS / "alerts.yaml").read_text())["groups"] for rule in group["rules"]
]
RUNBOOK = DOCS / "how-to" / "answer-an-alert.md"
SECTIONS: dict[str, str] = dict(
    re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", RUNBOOK.read_text(), re.MULTILINE | re.DOTALL)
)
METERS = {
    metric.name + suffix: metric
    for metric in Metrics().registry.collect()
    for suffix in {"gauge": ("",), "counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}[
        metric.type
    ]
}


def labels_of(metric: str) -> set[str]:
    """The labels that a meter has, from how it is made."""
    registry = Metrics().registry
    for collector, names in registry._collector_to_names.items():
        if re.sub(r"_(bucket|count|sum|total)$", "", metric) in {
            re.sub("_total$", "", name) for name in names
        }:
            return {*getattr(collector, "_labelnames", ()), "le"}
    return set()


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_an_alert_asks_for_what_is_counted(rule: dict[str, Any]) -> None:
    asked = re.findall(r"(placements_\w+)(?:\{([^}]*)\})?", rule["expr"])
    assert asked
    for metric, selected in asked:
        assert metric in METERS, f"{metric} is not counted"
        for label in re.findall(r"(\w+)\s*!?=", selected):
            assert label in labels_of(metric), f"{metric} has no label {label}"
    for label in re.findall(r"by \(([^)]*)\)", rule["expr"]):
        assert label in labels_of(asked[0][0]), f"{asked[0][0]} has no label {label}"


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_an_alert_has_its_page(rule: dict[str, Any]) -> None:
    page, _, section = rule["annotations"]["runbook"].partition("#")
    assert page == "docs/how-to/answer-an-alert.md"
    assert section == rule["alert"].lower()
    said = SECTIONS[rule["alert"]]
    assert [
        word for word in ("**Means**", "**Look at**", "**Do**") if word not in " ".join(said.split())
    ] == []
    assert rule["labels"]["severity"] in ("page", "ticket")


def test_no_page_is_left_without_its_alert() -> None:
    assert SECTIONS.keys() - {rule["alert"] for rule in RULES} == {"Traces"}


def test_what_a_page_names_is_there() -> None:
    text = RUNBOOK.read_text()
    for metric in re.findall(r"`(placements_\w+)`", text):
        assert metric in METERS or f"{metric}_bucket" in METERS, metric
