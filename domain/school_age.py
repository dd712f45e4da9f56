"""When a child is of compulsory school age."""

from __future__ import annotations

from datetime import date, timedelta

FRIDAY = 4


def compulsory_school_age(born_on: date) -> tuple[date, date]:
    """The first and the last day of compulsory school age (Education Act 1996 s.8 [U]).

    It begins on the 31 August, 31 December or 31 March on or after the fifth birthday. It ends on the last
    Friday of June in the school year, 1 September to 31 August, of the sixteenth birthday.
    """
    return _first_prescribed_day(_birthday(born_on, 5)), _school_leaving_day(_birthday(born_on, 16))


def is_of_compulsory_school_age(born_on: date, day: date) -> bool:
    """Whether a child is of compulsory school age on a day."""
    first, last = compulsory_school_age(born_on)
    return first <= day <= last


def _birthday(born_on: date, age: int) -> date:
    """Someone born on 29 February has a birthday on 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def _first_prescribed_day(birthday: date) -> date:
    year = birthday.year
    days = (date(year, 3, 31), date(year, 8, 31), date(year, 12, 31))
    return next(day for day in days if day >= birthday)


def _school_leaving_day(birthday: date) -> date:
    """The last Friday of June in the school year of a birthday."""
    ends_in = birthday.year if birthday < date(birthday.year, 9, 1) else birthday.year + 1
    last_of_june = date(ends_in, 6, 30)
    return last_of_june - timedelta(days=(last_of_june.weekday() - FRIDAY) % 7)
