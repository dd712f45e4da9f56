"""What is said of the keeping of a child's words. Nothing in it is sealed, so it is said when all else is erased."""

from __future__ import annotations

from collections.abc import Iterable

from domain import forgetting_events as e
from projections.saying import Namer, amount, day, listed, plain, says

GROUNDS = {
    "retention_ended": "the time for keeping them was over",
    "no_longer_needed": "they were no longer needed",
    "objection": "the person they are about objected",
    "unlawful": "they should never have been kept",
    "legal_duty": "a law or a court had them erased",
}

WHO = {
    "the_child": "the child",
    "parent": "a parent",
    "representative": "a representative",
    "controller": "the controller",
    "court_or_regulator": "a court or regulator",
}


def _words(categories: Iterable[str]) -> str:
    return f"the words about the child's {listed(map(plain, categories))}"


def _held(event: e.HoldPlaced, name: Namer) -> str:
    until = f", to be looked at again on {day(event.review_on)}" if event.review_on else ""
    return f"placed a hold on {_words(event.categories)}: {plain(event.because)}{until}"


def _answered(event: e.RectificationAnswered, name: Namer) -> str:
    made = f" by event {event.correction}" if event.correction else ""
    kept = f"; it stays as it is because: {listed(map(plain, event.refused))}" if event.refused else ""
    return f"answered the request (number {event.request}) to put the record right: {plain(event.outcome)}{made}{kept}"


says(
    e.ErasureRequested,
    lambda v, n: (
        f"asked that {_words(v.categories)} be erased, as {WHO[v.asked_by]} wanted on {day(v.asked_on)}: "
        f"{GROUNDS[v.ground]}"
    ),
)
says(
    e.ErasureApproved,
    lambda v, n: (
        f"erased {_words(v.categories)} on {day(v.occurred_on)}: {GROUNDS[v.ground]} (request number {v.request})"
    ),
)
says(
    e.ErasureRefused,
    lambda v, n: (
        f"refused to erase what request number {v.request} asks for: {listed(map(plain, v.grounds))}"
    ),
)
says(
    e.WordsErased,
    lambda v, n: (
        f"destroyed {amount(v.keys, 'key')}, as event {v.approval} says: nobody can read those words any more"
    ),
)
says(e.HoldPlaced, _held)
says(e.HoldLifted, lambda v, n: f"lifted the hold number {v.hold}")
says(
    e.RectificationRequested,
    lambda v, n: (
        f"recorded that {WHO[v.asked_by]} says event {v.version} is wrong: {listed(map(plain, v.fields))}"
    ),
)
says(e.RectificationAnswered, _answered)
says(
    e.SubjectAccessPrepared,
    lambda v, n: (
        f"prepared a copy of the record for {WHO[v.asked_by]}, who asked for it on {day(v.asked_on)}"
        + ("" if v.identity_checked else "; their identity was not checked")
    ),
)
