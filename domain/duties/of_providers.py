"""Duties about a provider: checks that run out or grow old, self-assessment, the standing agreement (T34, T35)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import agreement_events as a
from domain import provider_events as p
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.provider_file import ProviderFile
from domain.duties.story import Story
from domain.duties.way import counts
from domain.events import Event

BY_KIND = {
    "safer_recruitment": "T34_dbs",
    "insurance": "T34_insurance",
    "safeguarding_policy": "T34_policies",
    "health_and_safety_policy": "T34_policies",
    "equality_policy": "T34_policies",
    "behaviour_policy": "T34_policies",
    "first_aid": "T34_policies",
    "fire_safety": "T34_policies",
    "food_hygiene": "T34_policies",
    "site_risk": "T34_policies",
    "data_protection": "T34_policies",
}
"""Which habit of re-checking concerns which kind of check. Of the others no habit is known."""


@counts("T34_expiry", "T34_dbs", "T34_insurance", "T34_policies",
        started_by=(p.CheckRecorded,), completed_by=(p.CheckRecorded,))  # fmt: skip
def checks_are_seen_again(file: ProviderFile) -> Iterator[Duty]:
    """The last day on the paper; or, where the paper has none and the habit was chosen, so many months after it was seen."""
    by_kind: dict[str, list[p.CheckRecorded]] = {}
    for event in file.story.of(p.CheckRecorded):
        by_kind.setdefault(event.check.kind, []).append(event)
    for kind, recorded in sorted(by_kind.items()):
        for event in recorded:
            check = event.check
            if not check.passed:
                continue
            after = (
                (later.check.checked_on, later)
                for later in recorded
                if later.originator_version > event.originator_version
                and later.check.passed
                and (
                    later.check.expires_on is None or later.check.expires_on > (check.expires_on or date.min)
                )
            )
            done = first_on_or_after(check.checked_on, after)
            if check.expires_on is not None:
                yield from file.owed(
                    "T34_expiry", check.expires_on, event, about=kind, due=check.expires_on, done=done,
                    lapsed=_gone(file),
                )  # fmt: skip
            elif kind in BY_KIND:
                yield from file.owed(
                    BY_KIND[kind], check.checked_on, event, about=kind, done=done, lapsed=_gone(file)
                )


@counts(
    "T35", started_by=(a.AgreementSigned, p.ApprovalMoved, p.VisitRecorded), completed_by=(p.VisitRecorded,)
)
def the_provider_assesses_itself_each_year(file: ProviderFile) -> Iterator[Duty]:
    """A year after the last self-assessment or annual review; at first, a year after it was approved or an agreement signed."""
    visits = sorted(
        (
            (v.visit.on, v)
            for v in file.story.of(p.VisitRecorded)
            if v.visit.kind in ("self_assessment", "annual_review")
        ),
        key=lambda pair: (pair[0], pair[1].originator_version),
    )
    begun: list[tuple[date, Event]] = [
        (s.signature.on, s) for agreement in file.agreements for s in Story(agreement).of(a.AgreementSigned)
    ]
    begun += [(m.occurred_on, m) for m in file.story.of(p.ApprovalMoved) if m.stage == "approved"]
    first = min(begun, key=lambda pair: pair[0], default=None)
    since = [*([first] if first and not (visits and visits[0][0] < first[0]) else []), *visits]
    # One a day: a visit on the day of the approval, or two visits on one day, begin one year and do not end it.
    since = list({day: (day, event) for day, event in reversed(since)}.values())[::-1]
    for number, (day, event) in enumerate(since):
        done = since[number + 1] if number + 1 < len(since) else None
        yield from file.owed("T35", day, event, done=done, lapsed=_gone(file))


@counts(
    "T34_agreement",
    started_by=(a.AgreementDrafted, a.AgreementSigned),
    completed_by=(a.AgreementSigned, a.AgreementEnded),
)
def an_agreement_does_not_run_out(file: ProviderFile) -> Iterator[Duty]:
    """Done by another signed agreement of the same two that lasts longer, or by its end."""
    for agreement in file.agreements:
        story = Story(agreement)
        signed = story.last(a.AgreementSigned)
        if agreement.ends_on is None or signed is None or len(agreement.signatures) < 2:
            continue
        after: list[tuple[date, Event]] = [
            max(((s.signature.on, s) for s in Story(other).of(a.AgreementSigned)), key=lambda pair: pair[0])
            for other in file.agreements
            if other is not agreement and other.commissioner_id == agreement.commissioner_id
            and len(other.signatures) == 2 and (other.ends_on is None or other.ends_on > agreement.ends_on)
        ]  # fmt: skip
        after += [(x.on, x) for x in story.of(a.AgreementEnded)]
        yield from file.owed(
            "T34_agreement", agreement.ends_on, signed, agreement=agreement, due=agreement.ends_on,
            done=min(after, key=lambda pair: pair[0], default=None), lapsed=_gone(file),
        )  # fmt: skip


def _gone(file: ProviderFile) -> date | None:
    removed = file.story.last(p.ProviderRemoved)
    return removed.occurred_on if removed else None
