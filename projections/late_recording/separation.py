"""Separation of duties over time: who assessed the need, chose the provider, approved the money and signed the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

import msgspec

from domain import agreement_events as a
from domain import placement_events as e
from domain import placement_life_events as life
from domain.events import Event, stored_name
from domain.organisation import Organisation
from domain.people import Scope
from history.reading import STREAMS_AS_AT
from history.store import History
from projections.asking import Asking
from projections.decisions.case_file import KINDS, LATEST
from projections.late_recording.scope import streams_in
from projections.telling import Happened, Teller

DUTIES: dict[type[Event], str] = {
    e.NeedsAssessed: "assessed_need",
    e.NeedsAssessmentCompleted: "assessed_need",
    e.ProviderProposed: "chose_provider",
    e.SuitabilityAssessed: "chose_provider",
    e.SuitabilityConfirmed: "chose_provider",
    e.IndividualAgreementMade: "approved_money",
    e.IndividualAgreementSigned: "approved_money",
    e.ContractCompleted: "approved_money",
    a.PriceAgreed: "approved_money",
    a.ValueJudged: "approved_money",
    a.AgreementSigned: "approved_money",
    life.ReviewRecorded: "signed_review",
    life.Continued: "signed_review",
}
"""Which decision is which duty. A signature counts for the side that pays."""
A_PAGE = 500


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One decision by which a person held a duty."""

    duty: str
    position: int
    event: str
    on: date
    roles: tuple[str, ...]
    """The roles held when it was done, as the event keeps them."""
    on_behalf_of: UUID | None


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """Duties that lay in one person's hands in one placement."""

    placement_id: UUID
    child_id: UUID | None
    provider_id: UUID | None
    person_id: str
    person: str
    organisation_id: UUID | None
    duties: tuple[str, ...]
    acts: tuple[Act, ...]
    roles_lost_since: tuple[str, ...]
    """Roles in which the person acted, and which they do not hold any more."""


def duties_together(
    history: History, asking: Asking, scope: Scope, on: date, at_least: int
) -> list[Together]:
    """Every placement and person with at least so many duties, the most first. `on` is the day whose roles count as held.

    Raises Unavailable.
    """
    streams = streams_in(asking, scope)
    placements = {stream.id: stream for stream in streams if stream.kind == "placement"}
    agreements = [stream.id for stream in streams if stream.kind == "agreement"]
    money = dict(_by_record(history, agreements))
    found: list[Together] = []
    for id, happened in _by_record(history, list(placements)):
        chosen = {one.event.agreement_id for one in happened if isinstance(one.event, e.AgreementChosen)}
        acts = [*happened, *(one for agreement in chosen for one in money.get(agreement, ()))]
        for (person_id, organisation_id), own in _by_person(acts).items():
            duties = tuple(sorted({act.duty for _, act in own}))
            if len(duties) >= at_least:
                found.append(
                    Together(
                        placement_id=id,
                        child_id=placements[id].child_id,
                        provider_id=placements[id].provider_id,
                        person_id=person_id,
                        person=own[-1][0],
                        organisation_id=organisation_id,
                        duties=duties,
                        acts=tuple(act for _, act in own),
                        roles_lost_since=(),
                    )
                )
    held = _roles_held(history, found, on)
    return sorted(
        (_with_lost(one, held) for one in found),
        key=lambda one: (-len(one.duties), one.acts[0].position, one.person_id),
    )


def _by_record(history: History, ids: list[UUID]) -> Iterator[tuple[UUID, list[Happened]]]:
    teller = Teller(history, KINDS, sealed=KINDS)
    for at in range(0, len(ids), A_PAGE):
        found: dict[UUID, list[Happened]] = {}
        for one in teller.read_each(
            history.rows(STREAMS_AS_AT, {"ids": ids[at : at + A_PAGE], "as_at": LATEST})
        ):
            found.setdefault(one.id, []).append(one)
        yield from found.items()


def _by_person(happened: Iterable[Happened]) -> dict[tuple[str, UUID | None], list[tuple[str, Act]]]:
    found: dict[tuple[str, UUID | None], list[tuple[str, Act]]] = {}
    for one in sorted(happened, key=lambda one: one.position):
        event = one.event
        if not isinstance(event, Event) or event.decision.by.kind == "machine":
            continue
        duty = DUTIES.get(type(event))
        if duty is None or _signed_by_the_provider(event):
            continue
        by = event.decision.by
        act = Act(
            duty=duty,
            position=one.position,
            event=stored_name(type(event)),
            on=event.occurred_on,
            roles=tuple(by.role.split(", ")) if by.role else (),
            on_behalf_of=event.decision.on_behalf_of,
        )
        found.setdefault((by.id, by.organisation_id), []).append((by.name, act))
    return found


def _signed_by_the_provider(event: Event) -> bool:
    return (
        isinstance(event, e.IndividualAgreementSigned | a.AgreementSigned)
        and event.signature.party == "provider"
    )


def _roles_held(
    history: History, found: Iterable[Together], on: date
) -> dict[tuple[UUID, str], frozenset[str]]:
    ids = {one.organisation_id for one in found if one.organisation_id is not None}
    organisations = history.get_many(dict.fromkeys(ids, Organisation))
    return {
        (id, one.person_id): frozenset(organisation.roles_of(one.person_id, on))
        for one in found
        for id, organisation in organisations.items()
        if id == one.organisation_id and isinstance(organisation, Organisation)
    }


def _with_lost(one: Together, held: dict[tuple[UUID, str], frozenset[str]]) -> Together:
    now = held.get((one.organisation_id, one.person_id), frozenset()) if one.organisation_id else frozenset()
    acted_as = {role for act in one.acts for role in act.roles}
    return msgspec.structs.replace(one, roles_lost_since=tuple(sorted(acted_as - now)))
