"""How long the words about a child are kept, category by category: what may be erased, what must be, and what must not be yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from domain.confidence import Mark
from domain.guidance import Parameters
from domain.personal import Category

Status = Literal["keep", "keep_proposed", "may_be_erased", "must_be_erased", "unknown"]
"""`keep`: a checked period runs. `keep_proposed`: only an unverified one runs. `may_be_erased`: the last period to end was an
unverified one, so a person looks first. `must_be_erased`: it was a checked one. `unknown`: the day from which to count is not known."""


@dataclass(frozen=True, slots=True)
class KeptAbout:
    """What has to be known of a child to say how long what is kept."""

    born_on: date | None
    special_needs: bool
    """Whether there ever were special educational needs or an EHC plan."""
    looked_after: bool
    """Whether the child ever was looked after."""
    child_protection: bool
    """Whether there ever was a child protection plan or a safeguarding concern."""
    last_register_on: date | None
    """The last day of which a register may tell; none where no placement ever began."""


@dataclass(frozen=True, slots=True)
class Period:
    """A row of the schedule: a kind of record, of which categories it has words, and the parameter with its years."""

    id: str
    record: str
    years: str
    categories: tuple[Category, ...]
    applies: Callable[[KeptAbout], bool]
    anchor: Literal["born_on", "last_register_on"] = "born_on"


EVERY: tuple[Category, ...] = get_args(Category)

SCHEDULE: tuple[Period, ...] = (
    Period("register", "attendance register entries", "retention_register_years", ("identity", "narrative"),
           lambda kept: kept.last_register_on is not None, "last_register_on"),
    Period("pupil_record", "pupil record with placements and exclusions", "retention_pupil_record_years", EVERY,
           lambda kept: True),
    Period("sen", "special educational needs and EHC plan", "retention_sen_years",
           ("identity", "contact", "health", "narrative"), lambda kept: kept.special_needs),
    Period("child_protection", "child protection record", "retention_child_protection_years",
           ("identity", "safeguarding"), lambda kept: kept.child_protection),
    Period("abuse", "record that may tell of abuse", "retention_abuse_years",
           ("identity", "safeguarding"), lambda kept: kept.child_protection),
    Period("looked_after", "record of a looked-after child", "retention_looked_after_years", EVERY,
           lambda kept: kept.looked_after),
)  # fmt: skip
"""The schedule (domain pack 5.1). The years are parameters: published versions, with their source and how sure of it we are."""


@dataclass(frozen=True, slots=True)
class Running:
    """A period that applies, with its last day and where the years come from."""

    period: Period
    until: date | None
    years: int
    version: int
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it stands with one category of a child's words on a day."""

    category: Category
    status: Status
    until: date | None
    """The last day of the longest period that applies."""
    because: Running
    """The period that decides."""


def running(kept: KeptAbout, category: Category, parameters: Parameters, today: date) -> list[Running]:
    """Every period that applies to a category, the one that ends last at the end."""
    found = []
    for period in SCHEDULE:
        version = parameters.version(period.years, today) if category in period.categories else None
        if version is None or not period.applies(kept):
            continue
        years, anchor = int(version.value), getattr(kept, period.anchor)
        until = _years_after(anchor, years) if anchor else None
        found.append(Running(period, until, years, version.number, version.source, version.mark))
    return sorted(found, key=lambda one: one.until or date.max)


def verdict(kept: KeptAbout, category: Category, parameters: Parameters, today: date) -> Verdict:
    """How it stands with a category. An unverified period never says that something must be kept or must be erased."""
    periods = running(kept, category, parameters, today)
    last = periods[-1]
    if last.until is None:
        return Verdict(category, "unknown", None, last)
    checked = [one for one in periods if one.mark is not Mark.UNVERIFIED and one.until and one.until >= today]
    if checked:
        return Verdict(category, "keep", checked[-1].until, checked[-1])
    if last.until >= today:
        return Verdict(category, "keep_proposed", last.until, last)
    due: Status = "may_be_erased" if last.mark is Mark.UNVERIFIED else "must_be_erased"
    return Verdict(category, due, last.until, last)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
