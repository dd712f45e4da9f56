"""Every rule that the service knows, by its name: for whoever reads of one in a decision and wants its words."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from domain import rules
from domain.rules.rule import Rule


@cache
def known_rules() -> dict[str, Rule]:
    """The rules of all gates."""
    modules = [import_module(f"{rules.__name__}.{found.name}") for found in iter_modules(rules.__path__)]
    return {
        thing.name: thing for module in modules for thing in vars(module).values() if isinstance(thing, Rule)
    }
