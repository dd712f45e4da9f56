"""From what value on a contract must be put out to competition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from domain.confidence import Mark

ServiceKind = Literal["light_touch", "other_sub_central"]
"""Education and social services; other services bought by councils and academies."""


@dataclass(frozen=True, slots=True)
class ProcurementThreshold:
    """A threshold in pounds, VAT included, for the value of a contract over its whole life."""

    kind: ServiceKind
    pounds: Decimal
    in_force_from: date
    in_force_to: date | None
    """The last day, where it is known. The next revision is due after two years."""
    source: str
    mark: Mark


_SOURCE = "Procurement Act 2023 Sch. 1 as amended by SI 2025/1200"

PROCUREMENT_THRESHOLDS = (
    ProcurementThreshold("light_touch", Decimal(663_540), date(2026, 1, 1), None, _SOURCE, Mark.SECONDARY),
    ProcurementThreshold(
        "other_sub_central", Decimal(207_720), date(2026, 1, 1), None, _SOURCE, Mark.SECONDARY
    ),
)
"""The thresholds that are known. Those before 2026 are not; £139,893 in 003 ¶29 is obsolete."""
