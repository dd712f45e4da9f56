"""Every reason that the service can give for saying no or for warning: read from the code that gives it."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from domain.guidance import SHIPPED
from domain.rules.checks import WORDS
from domain.rules.rule import Rule
from domain.thresholds import proposed_limits
from service.documents.docstrings import CHECKOUT
from service.documents.reason_calls import Given, reasons_in

ROOMS = ("domain", "workflows", "api")
WORKED_OUT = re.compile(r"|\{[^}]*\}")
"""A code that a place only passes on: it is read where it is made."""
CHECKS = "domain/rules/checks.py"
LIMITS = "domain/rules/review.py"


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """One reason, and where it comes from."""

    code: str
    message: str
    source: str
    mark: str
    rule: str
    warning: bool
    path: str


@cache
def reasons_given() -> tuple[ReasonGiven, ...]:
    """All of them, by code."""
    found = [reason for path in _files() for reason in _of_file(path)]
    return tuple(dict.fromkeys(sorted(found, key=lambda r: (r.code, r.path, r.message))))


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((CHECKOUT / room).rglob("*.py"))


def _of_file(path: Path) -> Iterator[ReasonGiven]:
    relative = str(path.relative_to(CHECKOUT))
    rules = _rules_of(relative)
    for one in reasons_in(ast.parse(path.read_text())):
        for made in _spelt_out(one, relative):
            if not WORKED_OUT.fullmatch(made.code):
                yield _reason(made, rules.get(made.function), relative)
    if relative == LIMITS:
        yield from _limits(rules["it_keeps_to_the_proposed_limits"])


def _rules_of(path: str) -> dict[str, Rule]:
    if not path.startswith("domain/rules/"):
        return {}
    module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    return {name: value for name, value in vars(module).items() if isinstance(value, Rule)}


def _reason(given: Given, rule: Rule | None, path: str) -> ReasonGiven:
    if rule is None:
        return ReasonGiven(given.code, given.message, given.source, "", "", given.warning, path)
    return ReasonGiven(given.code, given.message, rule.source, rule.mark, rule.name, rule.warning, path)


def _spelt_out(given: Given, path: str) -> Iterator[Given]:
    """A reason of the checks stands for one of each kind of check, by the rule that asks for it."""
    if path != CHECKS:
        yield given
        return
    for function, kinds in _kinds_asked().items():
        for kind in kinds:
            message = given.message.replace("{words}", WORDS[kind]).replace(
                "{...}{...}", WORDS[kind].capitalize()
            )
            yield Given(given.code.replace("{kind}", kind), message, "", given.warning, function)


def _kinds_asked() -> dict[str, list[str]]:
    """The kinds of check that each rule asks for."""
    found: dict[str, list[str]] = {}
    for function in ast.parse((CHECKOUT / CHECKS).read_text()).body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
            kinds = [n.value for n in ast.walk(function) if isinstance(n, ast.Constant) and n.value in WORDS]
            if kinds:
                found[function.name] = kinds
    return found


def _limits(rule: Rule) -> Iterator[ReasonGiven]:
    for limit in proposed_limits(SHIPPED, date.max):
        message = f"Proposed, not law: {limit.sentence}"
        yield ReasonGiven(limit.id, message, rule.source, rule.mark, rule.name, True, LIMITS)
