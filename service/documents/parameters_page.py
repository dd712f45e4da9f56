"""docs/parameters.md: every number that rules, deadlines and triggers count with."""

from __future__ import annotations

from collections.abc import Iterable

from domain.parameter import Parameter
from domain.parameters.of_deadlines import PARAMETERS_OF_DEADLINES
from domain.parameters.of_retention import PARAMETERS_OF_RETENTION
from domain.parameters.of_rules import PARAMETERS_OF_RULES
from domain.parameters.of_triggers import PARAMETERS_OF_TRIGGERS
from service.documents.markdown import code, page, table

INTRODUCTION = """
A number that a rule counts with is a *parameter*: it has a name, a source, a mark, and versions, each with the day from which it holds.
This page shows version 1 of each, which the service came with. `placements guidance` and `GET /guidance` show the versions that were
published since, and which holds today.

- **A version is never edited.** It is published as an event and stays. A later version takes its place from its own first day.
- **No version reaches back.** It holds from the day after it was published at the earliest, so each day has one version. A duty that
  has begun keeps the count of the day on which it began.
- **Every decision keeps what it was counted with**: the name, version and value of each parameter stand beside the rules in the event.
  `placements reweigh` weighs all decisions of the past again with them.
- **An organisation may ask more of itself, never less**: `tighten_parameter`, from a day to come. It is then held to the tighter of
  its own value and the published one.
- **Who publishes**: whoever runs the service, at the terminal, with source, mark, reason and on whose behalf: `publish_version`.
- **What is unverified never refuses.** A number by which a rule refuses cannot be published with the mark [U].

*Tighter* says which way asks more. *Refuses* says whether a rule stands on the number, or whether it only tells, warns or opens
something. Marks: [guidance.md](guidance.md). How to change one: [publish-a-number.md](how-to/publish-a-number.md).
"""
GROUPS = {
    "Rules": PARAMETERS_OF_RULES,
    "Triggers": PARAMETERS_OF_TRIGGERS,
    "Keeping": PARAMETERS_OF_RETENTION,
    "Deadlines": PARAMETERS_OF_DEADLINES,
}
HEAD = (
    "name",
    "what it means",
    "version 1",
    "unit",
    "may be",
    "tighter",
    "refuses",
    "holds from",
    "mark",
    "source",
)


def parameters_page() -> str:
    """The whole page."""
    return page(
        "Parameters",
        INTRODUCTION,
        *(part for title, group in GROUPS.items() for part in (f"## {title}", _table(group))),
    )


def _table(group: Iterable[Parameter]) -> str:
    return table(HEAD, map(_row, group))


def _row(parameter: Parameter) -> tuple[str, ...]:
    return (
        code(parameter.name),
        parameter.meaning,
        f"{parameter.value:,}",
        parameter.unit,
        f"{parameter.least:,} to {parameter.most:,}",
        parameter.tighter,
        "yes" if parameter.hard else "no",
        str(parameter.in_force_from or "always"),
        f"[{parameter.mark}]",
        parameter.source,
    )
