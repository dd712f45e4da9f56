"""The text that an expression of the code makes: constants as they are, what is filled in as `{name}`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

Known = Mapping[str, ast.expr]
"""What the names in a function or module stand for."""


def text_of(node: ast.expr | None, known: Known) -> str:
    """The text with its gaps; `{...}` where the code works it out."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(part, known) for part in node.values)
    if isinstance(node, ast.BinOp) and _is_text(node):
        return text_of(node.left, known) + text_of(node.right, known)
    if isinstance(node, ast.Name) and node.id in known:
        return text_of(known[node.id], {name: value for name, value in known.items() if name != node.id})
    if isinstance(node, ast.IfExp) and _is_text(node):
        return f"{text_of(node.body, known)} / {text_of(node.orelse, known)}"
    return _gap(node) if node is not None else ""


def assigned(tree: ast.AST, before: int | None = None) -> dict[str, ast.expr]:
    """Names and the text that is assigned to them: directly in a module, or in a function above a line."""
    nodes: Iterator[ast.AST] = iter(tree.body) if isinstance(tree, ast.Module) else ast.walk(tree)
    found = [n for n in nodes if isinstance(n, ast.Assign) and (before is None or n.lineno < before)]
    found.sort(key=lambda n: n.lineno)
    return {
        name: text for n in found for target in n.targets for name, text in _pairs(target, n.value).items()
    }


def _pairs(target: ast.expr, value: ast.expr) -> dict[str, ast.expr]:
    if isinstance(target, ast.Name) and _is_text(value):
        return {target.id: value}
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        parts = [_pairs(t, v) for t, v in zip(target.elts, value.elts, strict=False)]
        return {name: part for pair in parts for name, part in pair.items()}
    return {}


def _is_text(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        return _is_text(value.left) and _is_text(value.right)
    if isinstance(value, ast.IfExp):
        return _is_text(value.body) and _is_text(value.orelse)
    return isinstance(value, ast.Constant | ast.JoinedStr)


def _part(part: ast.expr, known: Known) -> str:
    if not isinstance(part, ast.FormattedValue):
        return text_of(part, known)
    inner = part.value
    return text_of(inner, known) if isinstance(inner, ast.Name) and inner.id in known else _gap(inner)


def _gap(node: ast.expr) -> str:
    """A gap, with the name of what fills it where that is a plain one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "in_words":
        return _gap(node.args[0])
    plain = all(isinstance(n, ast.Name | ast.Attribute | ast.expr_context) for n in ast.walk(node))
    name = ast.unparse(node) if plain else "..."
    return "{" + name.removeprefix("case.").removeprefix("self.").replace("_", " ") + "}"
