"""Reads the body of a request, and takes nothing that two readers could understand in two ways."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from api.problem import INVALID, MALFORMED, NOT_JSON, TOO_LARGE, Problem
from domain.reasons import Reason
from workflows.typed_text import place_of

M = TypeVar("M", bound=BaseModel)

LARGEST = 1_048_576
"""Bytes of a request: 1 MiB."""
DEEPEST = 40
"""Levels of lists and objects inside each other; our deepest request has seven."""
FURTHEST = 2**63
"""Whole numbers beyond this cannot be kept."""
MOST_REASONS = 50
"""Reasons told at once: a list of a million wrong items needs no million answers."""
DOES_NOT_FIT = "Some fields do not fit. See the reasons."
NAME = re.compile(r"\w{1,60}", re.ASCII)
CODES = {"missing": "field_missing", "extra_forbidden": "field_unknown"}
WORDS = {
    "missing": "This field is needed.",
    "extra_forbidden": "There is no such field here. Leave it out.",
    "uuid_parsing": "It should be an id such as 5b0f6a52-6f0e-4d8e-9d54-0123456789ab.",
    "model_type": "It should be an object with the fields of this request.",
}
"""Where the library's own words would repeat what was sent, or would be no help."""
JSON = re.compile(r"application/(?:[\w.-]+\+)?json\s*(?:;.*)?", re.IGNORECASE)


async def read_body(request: Request) -> bytes:
    """The bytes of the body. Raises Problem: 413 where it is too large, 415 where it is not said to be JSON."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > LARGEST:
        raise _too_large()
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise _too_large()
    if not JSON.fullmatch(request.headers.get("content-type", "")):
        raise Problem(NOT_JSON, "Send the body as JSON, with Content-Type: application/json.")
    return b"".join(parts)


def _too_large() -> Problem:
    return Problem(TOO_LARGE, f"The body may have {LARGEST} bytes at most. Send less at a time.")


def parse(raw: bytes) -> Any:
    """The JSON value. Raises Problem: 400 for bad UTF-8, duplicate keys, NaN, numbers and depths beyond reason."""
    if not raw.strip():
        raise _malformed("The body is empty. Send a JSON object, {} where there is nothing to say.")
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once_each,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_finite,
        )
    except UnicodeDecodeError:
        raise _malformed("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise _malformed(f"The body is not JSON: see line {error.lineno}, character {error.colno}.") from None
    except RecursionError:
        raise _too_deep() from None
    if _is_too_deep(value):
        raise _too_deep()
    return value


def _malformed(detail: str) -> Problem:
    return Problem(MALFORMED, detail)


def _too_deep() -> Problem:
    return _malformed(f"The body is nested more than {DEEPEST} levels deep.")


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _malformed("An object names the same field twice. Name each field once.")
    return found


def _no_constant(name: str) -> Any:
    raise _malformed(f"{name} is no number in JSON.")


def _whole(digits: str) -> int:
    if len(digits) > 20 or not -FURTHEST <= int(digits) < FURTHEST:
        raise _malformed("A number has too many digits.")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _malformed("A number is too large.")
    return number


def read_as(kind: type[M], raw: bytes) -> M:
    """The body as this kind of request. Raises Problem with a reason for every field that does not fit."""
    value = parse(raw)
    try:
        request = kind.model_validate(value)
    except ValidationError as error:
        raise Problem(INVALID, DOES_NOT_FIT, reasons_of(error)) from None
    other = list(islice(_understood_as_other(value, request.model_dump(mode="json"), ()), MOST_REASONS))
    if other:
        raise Problem(INVALID, DOES_NOT_FIT, other)
    return request


def _understood_as_other(sent: Any, understood: Any, path: tuple[Any, ...]) -> Iterator[Reason]:
    """Where the text "5" was taken for the number 5, or 1 for true: what is on record must be what was sent."""
    if isinstance(sent, dict) and isinstance(understood, dict):
        for name in sent.keys() & understood.keys():
            yield from _understood_as_other(sent[name], understood[name], (*path, name))
    elif isinstance(sent, list) and isinstance(understood, list):
        for i, (one, other) in enumerate(zip(sent, understood, strict=False)):
            yield from _understood_as_other(one, other, (*path, i))
    elif _json_type(sent) != _json_type(understood):
        message = f"Give {_json_type(understood)} here, not {_json_type(sent)}."
        yield Reason(code="field_type", message=message, field=_path(path))


def _json_type(value: Any) -> str:
    for kind, name in (
        (bool, "true or false"),
        (int | float, "a number"),
        (str, "text"),
        (dict, "an object"),
    ):
        if isinstance(value, kind):
            return name
    return "nothing (null)" if value is None else "a list"


def reasons_of(error: ValidationError) -> list[Reason]:
    """What is wrong field by field. What was sent is not repeated: it may be about a child."""
    problems = error.errors(include_url=False, include_input=False)
    return [
        Reason(code=_code(problem["type"]), message=_words(problem), field=_path(place_of(problem)))
        for problem in problems[:MOST_REASONS]
    ]


def _path(steps: Iterable[Any]) -> str:
    # A name that is none of ours is the caller's own word, and their words are not repeated.
    return ".".join(str(step) if NAME.fullmatch(str(step)) else "?" for step in steps)


def _code(kind: str) -> str:
    return CODES.get(kind, f"field_{kind}")


def _words(problem: Any) -> str:
    if problem["type"] in WORDS:
        return WORDS[problem["type"]]
    said = str(problem["msg"]).removeprefix("Value error, ").replace("Input should be", "It should be")
    return said if said.endswith(".") else f"{said}."
