"""The papers of a placement in Inventshire: passport, assessments, plan, agreement and risk, filled in from a profile."""

from __future__ import annotations

from datetime import date
from typing import Any

from service.demo.days import Days
from service.demo.profiles import Profile
from service.demo.providers import Setting

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
FULL_WEEK = 10


def passport(profile: Profile) -> dict[str, Any]:
    """The information passport."""
    return {
        "prior_attainment": profile.attainment, "behaviour": profile.behaviour, "support_needs": profile.support,
        "mental_health": profile.mental_health, "physical_health": profile.physical_health,
        "strengths": "Kind to younger children.", "attendance": "Between 60 and 80 per cent last year.",
    }  # fmt: skip


def assessment_of_needs(profile: Profile, on: date) -> dict[str, Any]:
    """The needs assessment."""
    return {
        "assessed_on": on.isoformat(), "assessed_by": "Inclusion officer", "summary": profile.support,
        "underlying_causes": profile.causes, "outcomes": [profile.goal, "Return to a school"],
        "needs": [{"sen_type": need, "rank": rank} for rank, need in enumerate(profile.needs, start=1)],
        "services": ["Educational psychology"],
    }  # fmt: skip


def suitability(setting: Setting, hours: float, on: date) -> dict[str, Any]:
    """The assessment of a provider for one child."""
    registered = setting.status == "registered_school"
    return {
        "assessed_on": on.isoformat(), "assessed_by": "Inclusion officer", "suitable": True,
        "needs_met": f"{setting.aim} A key adult from the first day.",
        "registration": "A registered school." if registered else f"Not a school; {hours:g} hours is part-time.",
        "curriculum": "English and maths every day, and a practical subject.", "english_and_maths": True,
        "staff": "Qualified teacher on site; clearances seen.", "equality": "Policies seen; the site is accessible.",
        "alternatives": ["Tuition at home: no company of the same age"],
        "value_for_money": "In the middle of the price range, with good attendance.",
    }  # fmt: skip


def plan(profile: Profile, setting: Setting, sessions: int, first_day: date, days: Days) -> dict[str, Any]:
    """The personal learning plan."""
    by = days.later(first_day, 30).isoformat()
    return {
        "objectives": [
            {"what": profile.goal, "area": "attainment", "by": by, "measured_by": "A short test each half-term"},
            {"what": "Attend nine sessions of ten", "area": "attendance", "by": by, "measured_by": "The register"},
        ],
        "baseline": profile.attainment, "monitoring": "A weekly note; a test each half-term.", "review_every_weeks": 4,
        "review_criteria": "Attendance, progress towards the goals, incidents.",
        "provider_contribution": setting.aim, "next_steps": "Return to school, part-time at first.",
        "ready_to_return_when": "Attendance of 90 per cent and no serious incident for six weeks.",
        "timetable": timetable(sessions),
    }  # fmt: skip


def timetable(sessions: int) -> list[dict[str, str]]:
    """The whole week: the first half-days at the provider, the others at school."""
    halves = [(day, half) for day in WEEKDAYS for half in ("am", "pm")]
    return [
        {"day": day, "half": half, "where": "provider" if n < sessions else "home_school"}
        for n, (day, half) in enumerate(halves)
    ]


def agreement(
    profile: Profile, setting: Setting, sessions: int, hours: float, first_day: date, days: Days
) -> dict[str, Any]:
    """The child's own commissioning agreement."""
    return {
        "targets": {
            "attendance_percent": 90, "achievement": profile.goal,
            "after_leaving": "Back at school, or on a course from 16.",
        },
        "hours_per_week": hours, "sessions_per_week": sessions, "starts_on": first_day.isoformat(),
        "ends_by": days.later(first_day, 60).isoformat(), "delivery": "A key adult, English and maths every day.",
        "reporting": "Attendance every day, progress every four weeks.", "price_per_week": setting.price * sessions,
    }  # fmt: skip


def risk(setting: Setting, on: date, days: Days) -> dict[str, Any]:
    """The child's risk assessment at one provider."""
    return {
        "assessed_on": on.isoformat(), "assessed_by": "Inclusion officer", "journey": "Taxi for a month, then the bus.",
        "hazards": [
            {"what": f"Injury in the rooms of {setting.name}", "likelihood": 2, "severity": 4,
             "control": "Induction first, one adult to three children", "residual": "low"},
            {"what": "Leaving the site", "likelihood": 3, "severity": 3,
             "control": "Reception is staffed; the parent is called at once", "residual": "medium"},
        ],
        "review_on": days.later(on, 30).isoformat(),
    }  # fmt: skip
