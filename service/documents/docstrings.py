"""What the code says of itself: the sentence of a class, and the sentence below each of its fields."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]


def said_of(thing: object) -> str:
    """The docstring on one line; empty where there is none of its own."""
    said = getattr(thing, "__doc__", None)
    return " ".join(inspect.cleandoc(said).split()) if isinstance(said, str) else ""


def first_sentence(thing: object) -> str:
    """Its first paragraph, on one line."""
    said = getattr(thing, "__doc__", None)
    return " ".join(inspect.cleandoc(said).split("\n\n")[0].split()) if isinstance(said, str) else ""


@cache
def fields_said(kind: type) -> dict[str, str]:
    """The sentence below each field of a class, inherited ones included."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.split(".")[0] in ("domain", "workflows"):
            found |= _own_fields(base)
    return found


def path_of(thing: object) -> str:
    """The file in which it is written, as a path from the top of the checkout."""
    module = getattr(thing, "__module__", "")
    return f"{re.sub(r'[.]', '/', str(module))}.py"


def written(thing: Any) -> ast.stmt | None:
    """The statement that makes a class or function at the top of its module."""
    return _statements(path_of(thing)).get(thing.__name__)


@cache
def _statements(path: str) -> dict[str, ast.stmt]:
    made = (ast.ClassDef, ast.FunctionDef)
    return {s.name: s for s in ast.parse((CHECKOUT / path).read_text()).body if isinstance(s, made)}


def _own_fields(kind: type) -> dict[str, str]:
    body = written(kind)
    if not isinstance(body, ast.ClassDef):
        return {}
    found: dict[str, str] = {}
    for one, following in zip(body.body, body.body[1:], strict=False):
        name = _name_of(one)
        value = following.value if isinstance(following, ast.Expr) else None
        if name and isinstance(value, ast.Constant) and isinstance(value.value, str):
            found[name] = " ".join(inspect.cleandoc(value.value).split())
    return found


def _name_of(statement: ast.stmt) -> str:
    """The field that a statement declares; empty where it declares none."""
    target: ast.expr | None = None
    if isinstance(statement, ast.AnnAssign):
        target = statement.target
    elif isinstance(statement, ast.Assign):
        target = statement.targets[0]
    return target.id if isinstance(target, ast.Name) else ""
