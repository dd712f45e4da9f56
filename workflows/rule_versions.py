"""Every rule in every version that a decision may be bound to."""

from __future__ import annotations

from collections.abc import Iterable

from domain.earlier_rules import EARLIER
from domain.rules.rule import Rule
from workflows.moves import Lifecycle
from workflows.placement_moves import PLACEMENT


def rule_versions(table: Lifecycle, earlier: Iterable[Rule] = ()) -> dict[tuple[str, int], Rule]:
    """The rules that a table asks now, with those that were asked before them, by name and version.

    Raises TypeError where two rules claim the same name and version: a changed rule is a new version.
    """
    found: dict[tuple[str, int], Rule] = {}
    for rule in (*(rule for row in table.rows.values() for rule in row.needs), *earlier):
        if found.setdefault((rule.name, rule.version), rule) is not rule:
            raise TypeError(f"two rules are version {rule.version} of {rule.name}")
    return found


RULE_VERSIONS = rule_versions(PLACEMENT, EARLIER)
"""What the rules of the past are looked up in."""
