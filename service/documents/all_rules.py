"""Every rule of the table of moves and of erasure, with what asks it and the file in which it is written."""

from __future__ import annotations

from dataclasses import dataclass

from domain.rules.erasing import ERASURE
from domain.rules.rule import Rule
from service.documents.docstrings import path_of
from workflows.placement_moves import PLACEMENT


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule and the moves that ask it."""

    rule: Rule
    moves: tuple[str, ...]

    @property
    def path(self) -> str:
        """The file in which it is written."""
        return path_of(self.rule.ask)

    @property
    def force(self) -> str:
        """What happens when it is not met."""
        if self.rule.chosen:
            return "warns, only where an organisation chose it"
        if self.rule.warning:
            return "warns"
        return "refuses; an override can set it aside" if self.rule.may_be_overridden else "refuses, always"


def all_rules() -> list[Asked]:
    """The rules in the order in which a placement meets them, and then those of erasure."""
    found: dict[str, tuple[Rule, list[str]]] = {}
    for row in PLACEMENT.rows.values():
        for rule in row.needs:
            found.setdefault(rule.name, (rule, []))[1].append(row.name)
    of_erasure = [Asked(rule, ("request_erasure", "approve_erasure")) for rule in ERASURE]
    return [Asked(rule, tuple(moves)) for rule, moves in found.values()] + of_erasure


def sentence(rule: Rule) -> str:
    """The rule in one sentence."""
    return " ".join(rule.sentence.split("\n\n")[0].split())
