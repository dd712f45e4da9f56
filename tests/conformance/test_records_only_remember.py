"""A record never refuses: whatever was stored, its fold assigns, so that history always loads."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from tests.conformance.event_kinds import RECORDS

FOLDS = [
    pytest.param(method, id=f"{record.__name__}.{method.__name__}")
    for record in RECORDS
    for method in [record.begin, *record.folds.values()]
]


@pytest.mark.parametrize("method", FOLDS)
def test_a_fold_raises_nothing_and_asserts_nothing(method: Callable[..., Any]) -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    assert [node for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Assert)] == []


@pytest.mark.parametrize("method", FOLDS)
def test_a_fold_asks_no_clock_no_chance_and_no_one_else(method: Callable[..., Any]) -> None:
    names = {node.attr for node in ast.walk(_tree(method)) if isinstance(node, ast.Attribute)} | {
        node.id for node in ast.walk(_tree(method)) if isinstance(node, ast.Name)
    }
    assert names.isdisjoint({"now", "today", "utcnow", "uuid4", "random", "perform", "find", "get_many"})


def _tree(method: Callable[..., Any]) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(method)))
