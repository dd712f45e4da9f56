"""Everything that cites a source: rules, deadlines, routes, thresholds, terms of the contract, sets of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.bibliography import Document, document_of
from domain.codes import CODE_SETS
from domain.deadlines import of_agreed_days, of_children, of_placements, of_plans_and_providers
from domain.facts.terms import APPENDIX_A
from domain.parameters.of_retention import PARAMETERS_OF_RETENTION
from domain.parameters.of_rules import PARAMETERS_OF_RULES
from domain.parameters.of_triggers import PARAMETERS_OF_TRIGGERS
from domain.routes import ROUTES
from domain.thresholds import PROCUREMENT_THRESHOLDS, REGISTRATION_RULES
from domain.time_rules import TIME_RULES
from service.documents.all_rules import all_rules
from service.documents.reasons import ReasonGiven, reasons_given

Cited = tuple[str, str, str, str]
"""What cites, the source as it stands there, its mark, and the file."""
CONTINUES = re.compile(r"(¶|l\.|Appendix|bullet|p\.|\d|the codes|their|no law)")
"""How the second half of a citation begins that goes on in the document of the first."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Something in the code, and one place in one document that it stands on."""

    what: str
    source: str
    mark: str
    path: str


def citations() -> list[Citation]:
    """All of them, one for each place that is cited."""
    return [
        Citation(what, piece, mark, path)
        for what, source, mark, path in _sources()
        for piece in pieces(source)
    ]


def pieces(source: str) -> list[str]:
    """The places in a source: parted by semicolons; a piece that only goes on keeps to the one before."""
    found: list[str] = []
    for piece in (part.strip() for part in source.split(";")):
        if found and document_of(piece) is None and CONTINUES.match(piece):
            found[-1] += f"; {piece}"
        elif piece:
            found.append(piece)
    return found


def by_document() -> dict[Document, list[Citation]]:
    """The citations of each document. Raises KeyError for one of a document that the bibliography does not know."""
    found: dict[Document, list[Citation]] = {}
    for citation in citations():
        document = document_of(citation.source)
        if document is None:
            raise KeyError(f"bibliography.py knows no document for: {citation.source} ({citation.what})")
        found.setdefault(document, []).append(citation)
    return found


def _sources() -> Iterator[Cited]:
    yield from _rules_and_routes()
    yield from _thresholds()
    for field, _, source in APPENDIX_A:
        yield f"term of the contract `{field}`", source, "source", "domain/facts/terms.py"
    for codes in CODE_SETS.values():
        yield f"codes `{codes.name}`", codes.source, codes.mark, "domain/codes.py"
    for reason in reasons_given():
        if _is_cited(reason) and reason.source not in TIME_RULES:
            yield f"reason `{reason.code}`", reason.source, "", reason.path


def _is_cited(reason: ReasonGiven) -> bool:
    """Whether it names a source of its own: not that of its rule, and not that of whatever was published."""
    return bool(reason.source) and not reason.rule and not reason.source.startswith("{")


def _rules_and_routes() -> Iterator[Cited]:
    for asked in all_rules():
        yield f"rule `{asked.rule.name}`", asked.rule.source, asked.rule.mark, asked.path
    for time_rule in TIME_RULES.values():
        yield f"deadline {time_rule.id}", time_rule.source, time_rule.mark, _deadlines(time_rule.id)
    for route in ROUTES.values():
        yield f"route `{route.route}`", route.source, route.mark, "domain/routes.py"


def _thresholds() -> Iterator[Cited]:
    for registration in REGISTRATION_RULES:
        yield (
            f"threshold `{registration.id}`",
            registration.source,
            registration.mark,
            "domain/registration.py",
        )
    for threshold in PROCUREMENT_THRESHOLDS:
        yield f"threshold `{threshold.kind}`", threshold.source, threshold.mark, "domain/procurement.py"
    groups = {
        "rules": PARAMETERS_OF_RULES,
        "triggers": PARAMETERS_OF_TRIGGERS,
        "retention": PARAMETERS_OF_RETENTION,
    }
    for group, parameters in groups.items():
        path = f"domain/parameters/of_{group}.py"
        yield from ((f"parameter `{p.name}`", p.source, p.mark, path) for p in parameters)


def _deadlines(id: str) -> str:
    groups = {
        "domain/deadlines/of_children.py": of_children.RULES_OF_CHILDREN,
        "domain/deadlines/of_placements.py": of_placements.RULES_OF_PLACEMENTS,
        "domain/deadlines/of_plans_and_providers.py": of_plans_and_providers.RULES_OF_PLANS_AND_PROVIDERS,
        "domain/deadlines/of_agreed_days.py": of_agreed_days.RULES_OF_AGREED_DAYS,
    }
    return next(path for path, rules in groups.items() if any(rule.id == id for rule in rules))
