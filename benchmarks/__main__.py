"""Runs the benchmarks and prints what they found: `python3 manage.py bench [--only writing,loading] [--seconds 1]`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    appending,
    checking,
    following,
    loading,
    looking,
    pages,
    past,
    proving,
    serving,
    stopping,
    ticking,
    triggering,
    writing,
)
from benchmarks.measuring import Figure, as_data, show

PARTS: dict[str, Callable[[float], Iterator[Figure]]] = {
    "writing": writing.measure,
    "appending": appending.measure,
    "loading": loading.measure,
    "following": following.measure,
    "serving": serving.measure,
    "looking": looking.measure,
    "pages": pages.measure,
    "past": past.measure,
    "proving": proving.measure,
    "checking": checking.measure,
    "stopping": stopping.measure,
    "ticking": ticking.measure,
    "triggering": triggering.measure,
}


def main(arguments: list[str]) -> None:
    """Measure, print, and keep the figures where asked."""
    parser = argparse.ArgumentParser(prog="manage.py bench", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, with commas: {', '.join(PARTS)}")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each single measurement takes")
    parser.add_argument("--json", type=Path, help="a file for the figures, for a program to read")
    asked = parser.parse_args(arguments)
    # As the service does once it is there: else Python goes through all of its code again and again in search of cycles.
    gc.collect()
    gc.freeze()
    figures: list[Figure] = []
    for name in asked.only.split(","):
        for figure in PARTS[name](asked.seconds):
            figures.append(figure)
            print(f"  {figure.what}: {figure.value:,.1f} {figure.unit}", file=sys.stderr, flush=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"\n{machine}; load {os.getloadavg()[0]:.1f}")
    print(show(figures))
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine, "figures": as_data(figures)}, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
