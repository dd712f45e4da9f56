"""Commands of a failing provider: mark a placement at risk, start its contingency, and stop all placements in one operation."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from annotated_types import Len

from domain import placement_life_events as life
from domain import stoppage_events as e
from domain.contingency import answer_for_tomorrow, next_school_day
from domain.days_in_words import in_words
from domain.events import Event
from domain.facts.breaking_down import Breakdown, BreakdownCause, Tomorrow
from domain.facts.provider_failing import CAUSES, ProviderFailure, Turned, WhichStop
from domain.happened import Happened
from domain.personal import Words
from domain.provider import Places, Provider
from domain.reasons import Invalid, Reason, Refused
from domain.record import Record
from domain.stages import Stage
from domain.stoppage import Stoppage
from workflows.answering_tomorrow import T19, require_an_answer
from workflows.case import Case
from workflows.command import Command
from workflows.moves import Weighed, ask, override_in_force
from workflows.placement_command import PlacementCommand
from workflows.placement_moves import PLACEMENT, STILL_RIGHT


class StartContingency(PlacementCommand):
    """Record that a placement broke down and start its contingency: without an answer of yours, its plan says where the child is."""

    event: ClassVar[type[Event] | None] = life.BrokenDown
    cause: BreakdownCause
    """The main cause."""
    on: Happened
    """The day it broke down."""
    what_happened: Words
    """What happened."""
    tomorrow: Tomorrow | None = None
    """Where the child is; if left out, at the home school, or else a counted day without education that the plan's owner owns."""

    def before(self, case: Case) -> None:
        if self.tomorrow is not None:
            require_an_answer(case, self.tomorrow, self.on)
        else:
            case.warnings = (*case.warnings, _answered_for_you(case))

    def happened(self, case: Case) -> dict[str, Any]:
        breakdown = Breakdown(cause=self.cause, on=self.on, what_happened=self.what_happened)
        return {"breakdown": breakdown, "tomorrow": self.tomorrow or answered(case)}


class MarkAtRisk(PlacementCommand):
    """Mark a placement at risk because its provider fails; where a rule no longer lets it go on, it stops in the same decision."""

    event: ClassVar[type[Event] | None] = life.PutAtRisk
    provider_id: UUID
    """The provider that fails. A placement that has left it meanwhile is left alone."""
    failure: ProviderFailure
    """What is wrong with it."""
    stop: WhichStop = "those_that_must"
    """Whether the placement stops: only if a rule says so, in any case, or not at all."""

    def decide(self, case: Case) -> None:
        PLACEMENT.require("mark_at_risk", case)
        if case.placement.provider_id != self.provider_id:
            message = "The placement is not with this provider, or no longer."
            raise Refused([Reason(code="not_with_this_provider", message=message)])
        still_right = weigh_whether_it_may_go_on(case)
        case.weigh(still_right)
        must = bool(still_right.refusals)
        case.placement.remember(
            life.PutAtRisk, provider_id=self.provider_id, failure=self.failure, must_stop=must
        )
        stops = self.stop == "all" or (must and self.stop == "those_that_must")
        if stops and case.placement.stage in (Stage.ACTIVE, Stage.REVIEW):
            self._stop(case)

    def _stop(self, case: Case) -> None:
        failure = self.failure
        cause = CAUSES.get(failure.kind, "other")
        breakdown = Breakdown(cause=cause, on=failure.since_on, what_happened=failure.why)
        case.placement.remember(
            life.BrokenDown, stage=Stage.BREAKDOWN, breakdown=breakdown, tomorrow=answered(case)
        )


class ClearRisk(PlacementCommand):
    """Decide that the placement is no longer at risk because of its provider, and why."""

    event: ClassVar[type[Event] | None] = life.RiskCleared
    why: Words
    """What changed."""


class StopPlacements(Command):
    """Begin one operation over all your placements at a failing provider: each is marked at risk, and those that must stop do.

    The service goes through them one by one, under your name and your permission, and goes on where it was broken off.
    """

    target: ClassVar[type[Record]] = Provider
    failure: ProviderFailure
    """What is wrong with the provider."""
    stop: WhichStop = "those_that_must"
    """Which placements stop."""
    also: Annotated[tuple[UUID, ...], Len(0, 500)] = ()
    """Placements that hold no place there yet and are to be marked too, such as those for which the provider is proposed."""

    def decide(self, case: Case) -> None:
        mine = None if case.asker.machine else case.asker.organisation_id
        places = case.begin(Places, Places.id_for(case.target.id))
        held = [id for id, place in places.taken.items() if mine is None or place.commissioner_id == mine]
        placements = tuple(sorted({*held, *self.also}))
        if not placements:
            message = "You have no placement there: there is nothing to stop."
            raise Refused([Reason(code="no_placements_there", message=message)])
        stoppage = case.begin(Stoppage, Stoppage.id_for(case.target.id, mine))
        if (running := stoppage.running) is not None:
            message = (
                f"{running.begun.decision.by.name} began this already: {len(running.waiting)} of {len(running.placements)} "
                "placements are still to be seen to. It goes on by itself."
            )
            raise Refused([Reason(code="already_being_stopped", message=message)])
        self._warn_of_what_is_not_on_record(case)
        stoppage.remember(
            e.StoppageBegun,
            provider_id=case.target.id,
            commissioner_id=mine,
            failure=self.failure,
            stop=self.stop,
            placements=placements,
        )

    def _warn_of_what_is_not_on_record(self, case: Case) -> None:
        """The rules weigh what is on record, and not what is said here."""
        provider = case.get(Provider, case.target.id)
        said, known = self.failure.kind, bool(provider.suspended or provider.removed)
        if self.stop == "those_that_must" and said in ("suspended", "removed", "closed") and not known:
            message = (
                f"Nothing on record says that {provider.name} is {said}, so no rule stops a placement because of it. Record it, "
                "or stop all placements."
            )
            case.warnings = (*case.warnings, Reason(code="not_on_record", message=message, warning=True))


class NoteStoppage(Command):
    """Write down how far the operation has come. Only the service itself does so."""

    target: ClassVar[type[Record]] = Stoppage
    round: int
    """The version of the event that began it."""
    stopped: tuple[UUID, ...] = ()
    """Placements that stopped."""
    marked: tuple[UUID, ...] = ()
    """Placements that were marked and go on."""
    refused: tuple[Turned, ...] = ()
    """Placements that could not be marked."""

    def decide(self, case: Case) -> None:
        running = case.get(Stoppage, case.target.id).running
        if running is None or running.number != self.round:
            raise Invalid([Reason(code="not_running", message="This operation is finished.")])
        new = set(running.waiting)
        stopped, marked = (tuple(id for id in ids if id in new) for ids in (self.stopped, self.marked))
        refused = tuple(turned for turned in self.refused if turned.placement_id in new)
        if stopped or marked or refused:
            case.target.remember(e.StoppageWentOn, stopped=stopped, marked=marked, refused=refused)
        if not running.waiting:
            case.target.remember(e.StoppageFinished)


def answered(case: Case) -> Tomorrow:
    """Where the child is from the next school day on, as the plan and the roll allow to say."""
    from_on = next_school_day(case.days, case.today)
    return answer_for_tomorrow(case.placement, case.child, case.commissioner, from_on)


def _answered_for_you(case: Case) -> Reason:
    """Who leaves the question open reads the answer before it is given. The plan's own words stand in the file, and not in here."""
    tomorrow = answered(case)
    day = in_words(tomorrow.from_on)
    plan = case.placement.contingency
    if tomorrow.where == "home_school":
        message = f"You do not say where the child is: back at the home school from {day} on."
    elif plan is not None and plan.tomorrow == "interim_provision":
        message = (
            f"You do not say where the child is: without education from {day} on, and its days are counted. The plan names interim "
            "provision, and nobody has arranged it for that day yet."
        )
    else:
        message = (
            f"You do not say where the child is: without education from {day} on, and its days are counted."
        )
    message = f"{message} Say where the child is if you know better."
    return Reason(code="answered_by_the_plan", message=message, field="tomorrow", source=T19, warning=True)


def weigh_whether_it_may_go_on(case: Case) -> Weighed:
    """What the rules say that must hold whenever a child is, or goes on being, with a provider."""
    override = override_in_force(case.placement, case.today)
    rules = [rule for rule in STILL_RIGHT if not rule.chosen or rule.name in case.commissioner.warnings]
    said = [ask(rule, case, override) for rule in rules]
    refusals = tuple(
        reason for reasons, verdict in said if verdict.verdict == "refused" for reason in reasons
    )
    warnings = tuple(reason for reasons, verdict in said if verdict.verdict == "warned" for reason in reasons)
    return Weighed(None, refusals, warnings, tuple(verdict for _, verdict in said), None)
