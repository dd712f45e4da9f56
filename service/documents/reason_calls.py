"""Finds, in the source of one file, every place that makes a reason, with its code, words and source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.documents.text_of import Known, assigned, text_of

PARAMETERS = {
    "No": ["code", "message", "field"],
    "Reason": ["code", "message", "source"],
    "NotPermitted": ["message", "code"],
}
"""What makes a reason, and the names of what it is given in order."""
IS_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Given:
    """A reason as a place in the code gives it."""

    code: str
    message: str
    source: str
    warning: bool
    function: str


@dataclass(frozen=True, slots=True)
class Maker:
    """A function of the file that makes a reason of what it is given."""

    parameters: list[str]
    source: str = ""
    warning: bool = False


def reasons_in(tree: ast.Module) -> Iterator[Given]:
    """Every reason that the file makes."""
    known = assigned(tree)
    makers = {name: Maker(names) for name, names in PARAMETERS.items()} | dict(_makers(tree, known))
    for function in _functions(tree):
        own = {id(node) for inner in _functions(function) for node in ast.walk(inner)}
        for node in ast.walk(function):
            if id(node) in own or function.name in makers:
                continue
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
                here = known | assigned(function, node.lineno)
                yield _given(node, makers[node.func.id], here, function.name)
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
                yield from _pair(node, known | assigned(function, node.lineno), function.name)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node is not tree:
            yield node


def _makers(tree: ast.Module, known: Known) -> Iterator[tuple[str, Maker]]:
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        names = [argument.arg for argument in function.args.args]
        if names[:2] != ["code", "message"]:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                given = {k.arg: k.value for k in node.keywords}
                source = "" if "source" in names else text_of(given.get("source"), known)
                yield function.name, Maker(names, source, _is_true(given.get("warning")))


def _given(call: ast.Call, maker: Maker, known: Known, function: str) -> Given:
    values = dict(zip(maker.parameters, call.args, strict=False))
    values |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    made_by_name = isinstance(call.func, ast.Name) and call.func.id == "NotPermitted"
    return Given(
        text_of(values.get("code"), known) or ("not_permitted" if made_by_name else ""),
        text_of(values.get("message"), known),
        text_of(values.get("source"), known) or maker.source,
        maker.warning or _is_true(values.get("warning")),
        function,
    )


def _pair(node: ast.Tuple, known: Known, function: str) -> Iterator[Given]:
    """A code and its words, handed on to the place that makes the reason."""
    if not isinstance(node.elts[0], ast.Constant):
        return
    code, message = (text_of(element, known) for element in node.elts)
    if IS_CODE.fullmatch(code) and message.endswith(".") and " " in message:
        yield Given(code, message, "", False, function)


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True
