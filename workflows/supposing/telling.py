"""The answer to "what if" as plain facts and as sentences: the same for the terminal and for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.supposing.firing import Firing
from workflows.supposing.scoring import Scored
from workflows.supposing.what_if import WhatIf

MOST = 500
"""Firings, decisions and duties that are listed one by one; the figures are of all of them."""


def as_facts(told: WhatIf) -> dict[str, Any]:
    """For a program."""
    now = {(one.trigger, one.key) for one in told.fired}
    then = {(one.trigger, one.key) for one in told.would_fire}
    return {
        "position": told.position,
        "supposed": told.supposed,
        "triggers": list(told.triggers),
        "horizon_days": told.horizon,
        "fired": len(now),
        "would_fire": len(then),
        "more": [_firing(one) for one in told.would_fire if (one.trigger, one.key) not in now][:MOST],
        "fewer": [_firing(one) for one in told.fired if (one.trigger, one.key) not in then][:MOST],
        "firings": [_firing(one) for one in told.would_fire][:MOST],
        "as_it_was": _score(told.score),
        "as_it_would_be": _score(told.would_score),
        "by_provider": {name: _score(line) for name, line in told.by_provider.items()},
        "by_need": {name: _score(line) for name, line in told.by_need.items()},
        "decisions": [
            {
                "position": one.position, "placement_id": str(one.placement_id), "command": one.command,
                "on": str(one.on), "rule": one.rule, "said": one.said, "would_say": one.would_say, "reason": one.reason,
            }
            for one in told.decisions[:MOST]
        ],
        "stopped": len({one.position for one in told.decisions if one.would_say == "refused"}),
        "duties": [
            {
                "rule": one.rule, "duty_id": str(one.duty_id),
                "placement_id": str(one.placement_id) if one.placement_id else None, "due_on": one.due_on,
                "would_be_due_on": one.would_be_due_on, "missed": one.missed, "would_be_missed": one.would_be_missed,
            }
            for one in told.late[:MOST]
        ],
        "would_be_late": sum(one.would_be_missed and not one.missed for one in told.late),
        "differs_from_life": [
            {"trigger": trigger, "cause": cause, "what": what} for trigger, cause, what in told.differs_from_life[:MOST]
        ],
    }  # fmt: skip


def _firing(one: Firing) -> dict[str, Any]:
    return {
        "trigger": one.trigger,
        "cause": one.key,
        "position": one.position,
        "at": one.at.isoformat(),
        "placement_ids": [str(id) for id in one.placement_ids],
        "follows": list(one.parts),
        "counted_with": dict(one.counted_with),
    }


def _score(line: Scored) -> dict[str, Any]:
    return {
        "breakdowns": line.breakdowns,
        "warned": line.warned,
        "median_lead_days": line.median_lead,
        "firings": line.firings,
        "false_alarms": line.false_alarms,
    }


def in_sentences(told: WhatIf) -> Iterator[str]:
    """For a person at the terminal."""
    numbers = ", ".join(f"{name} = {value:g}" for name, value in told.supposed.items())
    yield f"The history up to position {told.position}" + (f", supposed that {numbers}." if numbers else ".")
    if told.triggers:
        yield from _scores(told)
    yield from _one_by_one(as_facts(told))
    if told.triggers:
        unlike = len(told.differs_from_life)
        yield (
            f"With the rules as they are, {unlike} things did not come out as they did in life."
            if unlike
            else "With the rules as they are, all fired as they did in life."
        )
    yield "Nothing was written."


def _scores(told: WhatIf) -> Iterator[str]:
    for title, line in (("As it was", told.score), ("As it would be", told.would_score)):
        lead = f", {line.median_lead:g} days before (the middle one)" if line.median_lead is not None else ""
        yield (
            f"{title}: {line.firings} firings; of {line.breakdowns} breakdowns {line.warned} were warned of within "
            f"{told.horizon} days{lead}; {line.false_alarms} firings with no breakdown after them."
        )
    for what, groups in (("provider", told.by_provider), ("need", told.by_need)):
        for name, line in groups.items():
            if line.firings or line.breakdowns:
                yield (
                    f"  {what} {name or 'not known'}: {line.firings} firings, {line.warned} of {line.breakdowns} breakdowns, "
                    f"{line.false_alarms} false alarms"
                )


def _one_by_one(facts: dict[str, Any]) -> Iterator[str]:
    for sign, some in (("+", facts["more"]), ("-", facts["fewer"])):
        for one in some:
            yield f"{sign} {one['at'][:16]} {one['trigger']} {', '.join(one['placement_ids'])}"
    for one in facts["decisions"]:
        yield f"! {one['on']} {one['command']} {one['placement_id']}: {one['rule']} would say {one['would_say']} ({one['reason']})"
    for one in facts["duties"]:
        yield f"~ {one['rule']} {one['placement_id']}: due {one['due_on']}, would be due {one['would_be_due_on']}"
    if facts["supposed"]:
        yield f"{facts['stopped']} decisions would have been refused; {facts['would_be_late']} duties more would have been late."
