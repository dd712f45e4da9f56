"""How often something can be done, by one or many at a time, and how the results are shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

ROUNDS = 3
"""Rivals are measured in turns, so that all of them meet the same good and bad moments of the machine."""
Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, and what it is of the barest way to do the same."""

    group: str
    what: str
    value: float
    unit: str
    of_bare: float | None = None

    def line(self) -> str:
        """The figure as a row of a table."""
        share = "" if self.of_bare is None else f"{self.of_bare:8.2f}"
        return f"{self.what:<78}{self.value:>12,.1f} {self.unit:<10}{share}"


def per_second(acts: Sequence[Act], seconds: float) -> float:
    """How often a second these can be done together, each by a thread of its own, again and again."""
    barrier, counts = threading.Barrier(len(acts) + 1), [0] * len(acts)
    problems: list[BaseException] = []
    stop = threading.Event()

    def work(number: int, act: Act) -> None:
        try:
            act()
            barrier.wait()
            while not stop.is_set():
                act()
                counts[number] += 1
        except BaseException as problem:
            problems.append(problem)
            barrier.abort()

    threads = [threading.Thread(target=work, args=(n, act), daemon=True) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    try:
        barrier.wait()
        began = time.perf_counter()
        time.sleep(seconds)
        took = time.perf_counter() - began
        done = sum(counts)
    except threading.BrokenBarrierError:
        done, took = 0, 1.0
    stop.set()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return done / took


def rivals(ways: Mapping[str, Sequence[Act]], seconds: float) -> dict[str, float]:
    """The rates of several ways to do the same, measured in turns; the middle one of each."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, acts in ways.items():
            found[name].append(per_second(acts, seconds))
    return {name: median(rates) for name, rates in found.items()}


def processor(ways: Mapping[str, Act], seconds: float) -> dict[str, float]:
    """Seconds of this process's processor time that each act takes, the least of several turns: what others do does not count."""
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, act in ways.items():
            act()
            end, tries = time.perf_counter() + seconds / 2, 0
            while time.perf_counter() < end or tries < ROUNDS:
                began = time.process_time()
                act()
                least[name] = min(least[name], time.process_time() - began)
                tries += 1
    return least


def compared(group: str, rates: Mapping[str, float], bare: str, unit: str = "a second") -> list[Figure]:
    """Rates as figures, each with its share of the barest one."""
    return [Figure(group, name, rate, unit, rate / rates[bare]) for name, rate in rates.items()]


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """The middle and the 95th of 100, in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * median(ordered), 1000 * ordered[int(0.95 * (len(ordered) - 1))]


def show(figures: Sequence[Figure]) -> str:
    """All figures as a table for a person."""
    lines, group = [], ""
    for figure in figures:
        if figure.group != group:
            group = figure.group
            lines += ["", f"{group:<101}{'of bare':>8}", "-" * 109]
        lines.append(figure.line())
    return "\n".join(lines)


def as_data(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """All figures for a program."""
    return [asdict(figure) for figure in figures]
