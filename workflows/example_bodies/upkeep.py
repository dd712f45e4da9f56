"""The request by which the service itself records a night's check."""

from __future__ import annotations

from typing import Any

UPKEEP: dict[str, dict[str, Any]] = {
    "record_nightly_check": {
        "night": "2026-11-23",
        "position": 1330,
        "sealed": 1330,
        "root": "0ac5186291863e5a1d90c80801 4aa89bf5da8e3ee1d9f076300fe06b6f1ab162".replace(" ", ""),
        "tables": [{"table": "receipts", "last": 29, "rows": 29, "chain": "5d" * 32}],
        "faults": [{"part": "receipts", "what": "is not what was registered", "where": "receipt 17"}],
        "more": 2,
        "first_wrong": 1200,
        "seconds": 2.5,
    },
}
