"""Duties when a child is away from school or changes it: education, returns, files (T3-T5, T11, T12, T29, T33)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.attendance_events import SessionCoded
from domain.child_events import LookedAfterEnded, LookedAfterRecorded, RollChanged, SocialWorkerRecorded
from domain.child_step_events import (
    BackInEducation,
    ChildProtectionFileSent,
    FellOutOfEducation,
    SchoolReturnSent,
)
from domain.duties.child_file import ChildFile
from domain.duties.dated import day_after, first_on_or_after
from domain.duties.duty import Duty
from domain.duties.of_exclusions import school_year
from domain.duties.way import counts
from domain.events import Event
from domain.placement_events import Started
from domain.placement_life_events import SafeguardingConcernReported

LONG_ILLNESS = 15
"""School days, in a row or not (T4, T5)."""
INTAKE = timedelta(days=14)
"""Registrations in the first two weeks of September are the normal intake: a design choice."""


@counts("T3", "T4", started_by=(FellOutOfEducation,), completed_by=(Started, BackInEducation))
def education_is_arranged(file: ChildFile) -> Iterator[Duty]:
    """For a need under section 19 that is no exclusion. A child who is back before the day was never owed it."""
    for event in file.story.of(FellOutOfEducation):
        rule = "T4" if event.absence.cause == "health" else "T3"
        since = event.absence.since_on
        yield from file.owed(rule, since, event, done=file.taught_from(since))


@counts("T5", started_by=(FellOutOfEducation, SessionCoded), completed_by=(SchoolReturnSent,))
def a_long_illness_is_reported(file: ChildFile) -> Iterator[Duty]:
    """Foreseen when 15 school days are expected; reached on the fifteenth day coded I in a school year."""
    sent = [(r.sent.sent_on, r) for r in file.story.of(SchoolReturnSent) if r.sent.kind == "sickness"]
    for event in file.story.of(FellOutOfEducation):
        if event.absence.cause == "health" and (event.absence.expected_school_days or 0) >= LONG_ILLNESS:
            known_on = max(event.occurred_on, event.absence.since_on)
            yield from file.owed("T5", known_on, event, done=first_on_or_after(event.absence.since_on, sent))
    ill: dict[int, dict[date, Event]] = {}
    for register in file.registers:
        for coded in register.story.of(SessionCoded):
            if register.record.code(coded.day, coded.half) == "I":
                ill.setdefault(school_year(coded.day), {}).setdefault(coded.day, coded)
    for year, days in sorted(ill.items()):
        if len(days) >= LONG_ILLNESS:
            day = sorted(days)[LONG_ILLNESS - 1]
            # A return that was sent when it was foreseen may be older than the first day coded.
            done = first_on_or_after(date(year, 9, 1), sent)
            yield from file.owed("T5", day, days[day], about=str(year), done=done)


@counts("T11", started_by=(RollChanged,), completed_by=(SchoolReturnSent,))
def a_new_pupil_is_reported(file: ChildFile) -> Iterator[Duty]:
    """For registrations after the school came to the service, outside the first two weeks of September."""
    seen = set()
    for event in file.story.of(RollChanged):
        key = (event.school_id, event.from_on)
        if event.school_id is None or event.enrolment not in ("C", "M") or key in seen:
            continue
        seen.add(key)
        if _is_normal_intake(event.from_on) or event.from_on < file.used_since(event.school_id):
            continue
        done = _return_about(file, "new_pupil", event.from_on)
        yield from file.owed("T11", event.from_on, event, done=done, owes=event.school_id)


@counts("T12", started_by=(RollChanged,), completed_by=(SchoolReturnSent,))
def a_deletion_is_reported(file: ChildFile) -> Iterator[Duty]:
    """Before or with the deletion."""
    # What is typed again of a stay takes the place of what was said before.
    stays = {(x.school_id, x.from_on): x for x in file.story.of(RollChanged)}
    for event in stays.values():
        if event.school_id is None or event.until_on is None:
            continue
        if event.until_on >= file.used_since(event.school_id):
            done = _return_about(file, "deletion", event.until_on)
            yield from file.owed("T12", event.until_on, event, done=done, owes=event.school_id)


@counts("T29", started_by=(LookedAfterRecorded, RollChanged), completed_by=(RollChanged,))
def a_looked_after_child_has_a_school(file: ChildFile) -> Iterator[Duty]:
    """From the day after the last roll. A child of whom no roll was ever recorded is not counted: nobody said so."""
    on_roll = sorted(
        {(x.school_id, x.from_on): x for x in file.story.of(RollChanged)}.values(), key=lambda x: x.from_on
    )
    for care in _care(file):
        since, until, known = care
        for event in on_roll:
            if event.until_on is None:
                continue
            gap = max(day_after(event.until_on), since)
            nxt = first_on_or_after(gap, ((x.from_on, x) for x in on_roll if x is not event))
            covered = any(
                x is not event and x.from_on <= gap and (x.until_on is None or x.until_on >= gap)
                for x in on_roll
            )
            if covered or (until is not None and until < gap):
                continue
            later = event if event.occurred_on >= known.occurred_on else known
            yield from file.owed("T29", gap, later, done=nxt, lapsed=until)


@counts(
    "T33",
    started_by=(RollChanged, SocialWorkerRecorded, SafeguardingConcernReported),
    completed_by=(ChildProtectionFileSent,),
)
def the_protection_file_follows(file: ChildFile) -> Iterator[Duty]:
    """When a child with a social worker, or of whom a concern was reported, comes on another school's roll. Done with the receipt."""
    worried = bool(file.story.of(SocialWorkerRecorded)) or any(
        life.story.of(SafeguardingConcernReported) for life in file.placements
    )
    rolls = sorted(file.story.of(RollChanged), key=lambda x: (x.from_on, x.originator_version))
    receipts = [
        (sent.file.receipt_on, sent)
        for sent in file.story.of(ChildProtectionFileSent)
        if sent.file.receipt_on is not None
    ]
    seen = set()
    for event in rolls:
        before = [x for x in rolls if x.from_on < event.from_on and x.school_id != event.school_id]
        key = (event.school_id, event.from_on)
        if not worried or not before or event.school_id is None or key in seen:
            continue
        seen.add(key)
        if event.from_on >= file.used_since(event.school_id):
            done = first_on_or_after(event.from_on, receipts)
            yield from file.owed("T33", event.from_on, event, done=done, owes=before[-1].school_id)


def _is_normal_intake(day: date) -> bool:
    return day.month == 9 and day < date(day.year, 9, 1) + INTAKE


def _return_about(file: ChildFile, kind: str, day: date) -> tuple[date, Event] | None:
    sent = (
        (r.sent.sent_on, r)
        for r in file.story.of(SchoolReturnSent)
        if r.sent.kind == kind and r.sent.about_on == day
    )
    return first_on_or_after(date.min, sent)


def _care(file: ChildFile) -> list[tuple[date, date | None, Event]]:
    """The times in care: since when, until when, and by which event it is known."""
    found: list[tuple[date, date | None, Event]] = []
    for event in file.story.of(LookedAfterRecorded, LookedAfterEnded):
        if isinstance(event, LookedAfterRecorded):
            if not found or found[-1][1] is not None or found[-1][0] != event.looked_after.since_on:
                found.append((event.looked_after.since_on, None, event))
        elif found and found[-1][1] is None:
            found[-1] = (found[-1][0], event.on, found[-1][2])
    return found


times_in_care = _care
