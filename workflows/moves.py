"""What a move is, and how it is allowed or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from transitions import Machine

from domain.events import OverrideUsed, RuleWeighed
from domain.placement import Placement
from domain.reasons import Reason, Refused
from domain.rules.rule import CaseFacts, Rule
from domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Move:
    """One row: what is done, from which stages, to which stage (none: it stays), and what must be true."""

    name: str
    source: tuple[Stage, ...]
    to: Stage | None = None
    needs: tuple[Rule, ...] = ()
    opens: bool = False
    """The move that begins a placement."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rules of a move said."""

    to: Stage | None
    refusals: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    rules: tuple[RuleWeighed, ...]
    override: OverrideUsed | None

    @property
    def open(self) -> bool:
        """Whether the move may be made now."""
        return not self.refusals


class Lifecycle:
    """The rows as one shared `transitions` machine, and the questions asked of it.

    The machine keeps the structure; it holds no state and no conditions, because a caseworker needs every reason and not the
    first `False`. Look-ups of one shared machine cost under a microsecond.
    """

    def __init__(self, rows: Sequence[Move]) -> None:
        self.rows = {row.name: row for row in rows}
        self.machine = Machine(
            model=None,
            states=[s.value for s in Stage],
            initial=None,
            auto_transitions=False,
            send_event=False,
        )
        for row in rows:
            for source in row.source:
                dest = row.to.value if row.to else None
                self.machine.add_transition(row.name, source.value, dest)

    def destination(self, name: str, stage: Stage) -> tuple[bool, Stage | None]:
        """Whether a move leaves from a stage, and where it goes; none where it stays."""
        found = self.machine.events[name].transitions.get(stage.value)
        if not found:
            return False, None
        return True, Stage(found[0].dest) if found[0].dest else None

    def weigh(self, name: str, case: CaseFacts) -> Weighed:
        """Ask every rule of a move, and the table whether it leaves from this stage."""
        row = self.rows[name]
        if row.opens:
            to, refusals = row.to, []
        else:
            may, to = self.destination(name, case.placement.stage)
            refusals = [] if may else [_wrong_stage(row, case.placement)]
        warnings: list[Reason] = []
        weighed: list[RuleWeighed] = []
        used: list[str] = []
        override = override_in_force(case.placement, case.today)
        for rule in row.needs:
            if rule.chosen and rule.name not in case.commissioner.warnings:
                continue
            reasons, said = ask(rule, case, override)
            weighed.append(said)
            if said.verdict == "warned":
                warnings += reasons
            elif said.verdict == "overridden":
                used.append(rule.name)
            elif said.verdict == "refused":
                refusals += reasons
        spent = (
            OverrideUsed(
                rules=tuple(used),
                requested_by=override.requested_by,
                authorised_by=override.authorised_by,
                until=override.until,
                why=override.why,
            )
            if override is not None and used
            else None
        )
        return Weighed(to, tuple(refusals), tuple(warnings), tuple(weighed), spent)

    def require(self, name: str, case: CaseFacts) -> Weighed:
        """As `weigh`, but raises `Refused` with every reason where there is one."""
        weighed = self.weigh(name, case)
        if weighed.refusals:
            raise Refused(weighed.refusals)
        return weighed


def ask(rule: Rule, case: CaseFacts, override: InForce | None) -> tuple[tuple[Reason, ...], RuleWeighed]:
    """What a rule answers, and how that counts: as a warning, as set aside by an override in force, or as a refusal."""
    reasons = rule.weigh(case)
    if not reasons:
        return (), RuleWeighed(rule=rule.name, version=rule.version, verdict="met")
    verdict: Literal["warned", "overridden", "refused"] = "refused"
    if rule.warning:
        verdict = "warned"
    elif override is not None and rule.may_be_overridden and rule.name in override.rules:
        verdict = "overridden"
    return reasons, RuleWeighed(rule=rule.name, version=rule.version, verdict=verdict, reason=reasons[0].code)


def _wrong_stage(row: Move, placement: Placement) -> Reason:
    stages = " or ".join(s.value.replace("_", " ") for s in row.source)
    at = placement.stage.value.replace("_", " ")
    return Reason(
        code="wrong_stage",
        message=f"The placement is in the stage '{at}'; '{row.name.replace('_', ' ')}' is possible in: {stages}.",
        source="the life of a placement",
        rule="the_move_leaves_from_this_stage",
    )


@dataclass(frozen=True, slots=True)
class InForce:
    """Approved overrides, as one."""

    rules: tuple[str, ...]
    requested_by: str
    authorised_by: str
    until: date
    why: str


def override_in_force(placement: Placement, today: date) -> InForce | None:
    """Approved overrides that have not run out, as one."""
    found = [o for o in placement.overrides if o.state == "approved" and o.until >= today]
    if not found:
        return None
    last = found[-1]
    rules = tuple(dict.fromkeys(rule for o in found for rule in o.rules))
    return InForce(rules, last.requested_by, last.authorised_by, min(o.until for o in found), last.why)
