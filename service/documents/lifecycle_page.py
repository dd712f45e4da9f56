"""docs/lifecycle.md and the diagram of the README: drawn from the machine that decides, and its table in words."""

from __future__ import annotations

from domain.stages import BEFORE_START, EVERY, LIVE, Stage
from service.documents.all_rules import Asked, all_rules, sentence
from service.documents.markdown import cell, code, link, page, table, words
from service.documents.who_may import OFFICERS, who_may
from workflows.catalogue import COMMANDS
from workflows.moves import Move
from workflows.placement_moves import PLACEMENT

INTRODUCTION = """
The life of a placement is a table: `workflows/placement_moves.py`. A move leads from one stage to another. A fact is recorded
without leaving the stage. Every row names the rules that are asked first. A refusal gives every reason at once.

The stages are the eight that people speak of. A move that starts where the placement does not stand is refused with
`wrong_stage`. Who may make a move is in `workflows/permissions.py`.
"""
RULES = """
`refuses, always`: no emergency sets the rule aside. `an override can set it aside`: a senior officer may approve an emergency
override, which names the rules, the reasons and a last day. `warns`: it is said and never refuses. `only where an organisation
chose it`: it is silent until an organisation asks to be warned. Marks are explained in [guidance.md](guidance.md).
"""


def lifecycle_page() -> str:
    """The whole page."""
    return page(
        "The life of a placement",
        INTRODUCTION,
        diagram(),
        "## Moves",
        f"Officers are: {', '.join(OFFICERS)}. The service itself may make any move under its own name.",
        table(("move", "from", "to", "who may", "rules asked"), [_row(r) for r in _rows(True)]),
        "## Facts recorded on the way",
        table(("fact", "recorded in", "who may", "rules asked"), [_fact(r) for r in _rows(False)]),
        "## Rules",
        RULES,
        table(
            ("rule", "in a sentence", "source", "mark", "version", "when it is not met", "asked by"),
            [_rule(asked) for asked in all_rules()],
        ),
    )


def diagram() -> str:
    """The stages and the moves between them, as Mermaid."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{words(stage)}" as {stage.value}' for stage in Stage]
    lines += [f"  [*] --> {row.to}: {words(row.name)}" for row in PLACEMENT.rows.values() if row.opens]
    arrows: dict[tuple[str, str], list[str]] = {}
    for name, event in PLACEMENT.machine.events.items():
        for source, transitions in event.transitions.items():
            for transition in transitions:
                if transition.dest is not None:
                    arrows.setdefault((source, transition.dest), []).append(words(name))
    lines += [f"  {source} --> {to}: {', '.join(names)}" for (source, to), names in arrows.items()]
    return "\n".join([*lines, "```"])


def _rows(moving: bool) -> list[Move]:
    return [row for row in PLACEMENT.rows.values() if (row.to is not None) == moving]


def _row(row: Move) -> tuple[str, ...]:
    return (_command(row), _stages(row), words(row.to or ""), who_may(COMMANDS[row.name]), _rules(row))


def _fact(row: Move) -> tuple[str, ...]:
    return (_command(row), _stages(row), who_may(COMMANDS[row.name]), _rules(row))


def _command(row: Move) -> str:
    return link(code(row.name), f"commands.md#{row.name}")


def _stages(row: Move) -> str:
    groups = {
        EVERY: "any stage",
        BEFORE_START: "any stage before the start",
        LIVE: "any stage after the start",
    }
    groups[(*BEFORE_START, *LIVE)] = "any stage but exit"
    return "(begins it)" if row.opens else groups.get(row.source) or ", ".join(map(words, row.source))


def _rules(row: Move) -> str:
    return ", ".join(link(words(rule.name), f"#{rule.name}") for rule in row.needs) or "none"


def _rule(asked: Asked) -> tuple[str, ...]:
    rule = asked.rule
    named = f'<a id="{rule.name}"></a>{link(code(rule.name), "../" + asked.path)}'
    asked_by = ", ".join(map(words, asked.moves))
    return (
        named,
        cell(sentence(rule)),
        rule.source,
        f"[{rule.mark}]",
        str(rule.version),
        asked.force,
        asked_by,
    )
