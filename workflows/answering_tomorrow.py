"""Where the child is tomorrow, while a placement is broken down or stopped: what can be an answer, and what is no answer."""

from __future__ import annotations

from datetime import date

from domain.contingency import next_school_day, school_to_go_back_to
from domain.days_in_words import in_words
from domain.facts.breaking_down import Tomorrow
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from workflows.case import Case

T19 = "003 ¶51 (T19)"


def require_an_answer(case: Case, tomorrow: Tomorrow, fell: date | None) -> None:
    """Tomorrow is answered, and by something that can be: no child is left without an answer (003 ¶51-52; T19).

    `fell` is the day of the breakdown or worry that is answered. Interim provision need not be with a provider on record: a commissioner
    may send a tutor of its own, and then `what` says who teaches (the source asks for no more than that it is put in place, 003 ¶51).
    Raises Invalid with every reason.
    """
    questions = (_begins_tomorrow, _begins_on_a_school_day, _has_a_school, _may_be_used)
    found = [problem for ask in questions if (problem := ask(case, tomorrow)) is not None]
    if fell is not None and tomorrow.from_on < fell:
        found.insert(0, _before_the_fall(tomorrow.from_on, fell))
    if found:
        raise Invalid(found)
    if doubt := _taught_on_a_day_without_school(case, tomorrow):
        case.warnings = (*case.warnings, doubt)


def _before_the_fall(from_on: date, fell: date) -> Reason:
    """Mostly a slip in the year. Taken at its word, it would say that the child was never without education."""
    message = (
        f"This answer begins on {in_words(from_on)}, before the day of what it answers, {in_words(fell)}. Say from which day on "
        f"the child is there, {in_words(fell)} or later; look at the year."
    )
    return Reason(code="before_the_breakdown", message=message, field="tomorrow.from_on", source=T19)


def _begins_tomorrow(case: Case, tomorrow: Tomorrow) -> Reason | None:
    """An answer that begins later leaves tomorrow open. One that began before today is a late entry, and is taken."""
    next_day = next_school_day(case.days, case.today)
    if tomorrow.from_on <= next_day:
        return None
    message = (
        f"This answer begins on {in_words(tomorrow.from_on)}, and nobody has said where the child is until then. Say where the child is "
        f"from {in_words(next_day)} on, the next school day; change the answer when the other begins."
    )
    return Reason(code="tomorrow_not_answered", message=message, field="tomorrow.from_on", source=T19)


def _begins_on_a_school_day(case: Case, tomorrow: Tomorrow) -> Reason | None:
    """Nobody goes back to a school on a day on which it does not meet; the first day of a placement is refused for the same (design)."""
    if tomorrow.where != "home_school" or not _no_school_day(case, tomorrow.from_on):
        return None
    return Reason(
        code="not_a_school_day", message=_choose_a_school_day(case, tomorrow), field="tomorrow.from_on"
    )


def _taught_on_a_day_without_school(case: Case, tomorrow: Tomorrow) -> Reason | None:
    """A tutor may come in the holidays, so this warns only."""
    if tomorrow.where == "home_school" or not _no_school_day(case, tomorrow.from_on):
        return None
    message = f"{_choose_a_school_day(case, tomorrow)} Leave it if that day is meant."
    return Reason(code="not_a_school_day", message=message, field="tomorrow.from_on", warning=True)


def _no_school_day(case: Case, day: date) -> bool:
    return case.days is not None and case.days.covers(day) and not case.days.is_school_day(day)


def _choose_a_school_day(case: Case, tomorrow: Tomorrow) -> str:
    first = next_school_day(case.days, tomorrow.from_on)
    return (
        f"{in_words(tomorrow.from_on)} is not a school day in the calendar; the next is {in_words(first)}. "
        "Say the first school day of this answer."
    )


def _has_a_school(case: Case, tomorrow: Tomorrow) -> Reason | None:
    if tomorrow.where != "home_school":
        return None
    if school_to_go_back_to(case.placement, case.child, tomorrow.from_on):
        return None
    message = "The child is on no school's roll, so cannot go back to one. Answer with interim provision or no education."
    return Reason(code="no_home_school", message=message, field="tomorrow.where", source="003 ¶51")


def _may_be_used(case: Case, tomorrow: Tomorrow) -> Reason | None:
    """Interim provision is with a provider that may be used. The one at which it broke down is not interim provision."""
    field = "tomorrow.interim_provider_id"
    if tomorrow.interim_provider_id is None:
        return None
    if tomorrow.where != "interim_provision":
        message = (
            "A provider belongs to interim provision only. Leave it out, or answer with interim provision."
        )
        return Reason(code="not_interim_provision", message=message, field=field)
    provider = case.named(Provider, tomorrow.interim_provider_id, field)
    if provider.id == case.placement.provider_id:
        message = f"The placement broke down at {provider.name}; this cannot be the interim provision."
        return Reason(code="broke_down_there", message=message, field=field, source="003 ¶51")
    if provider.removed or provider.suspended:
        message = f"{provider.name} is suspended or no longer used. Choose another provider."
        return Reason(code="provider_may_not_be_used", message=message, field=field, source="003 ¶41")
    return None
