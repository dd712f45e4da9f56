"""Reads a page that tells a story in requests: when it is, what is sent, and what is answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

MOMENT = re.compile(r"^\*On (\w+ \d{1,2} \w+ \d{4}), (\d\d:\d\d)\*$")
REQUEST = re.compile(r"^(GET|POST) (/\S*)$")
STATUS = re.compile(r"^(\d{3}) [A-Z]")
LONDON = ZoneInfo("Europe/London")


@dataclass
class Exchange:
    """One request of the page, and the answer that the page shows."""

    line: int
    at: datetime
    method: str
    path: str
    headers: dict[str, str]
    body: Any
    status: int = 0
    shown_headers: dict[str, str] = field(default_factory=dict)
    shown: Any = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.method} {self.path}"


class PageError(ValueError):
    """The page is not written in the way that can be performed."""


def exchanges(path: Path) -> list[Exchange]:
    """The requests of a page in their order, each with its answer."""
    at: datetime | None = None
    found: list[Exchange] = []
    for number, kind, text in _parts(path.read_text()):
        if kind == "moment":
            at = _moment(text)
        elif REQUEST.match(text.partition("\n")[0]):
            if at is None:
                raise PageError(f"line {number}: a request before it was said when it is")
            if found and not found[-1].status:
                raise PageError(f"{found[-1]}: it has no answer")
            found.append(_request(number, at, text))
        elif not found or found[-1].status:
            raise PageError(f"line {number}: an answer without a request")
        else:
            _answer(found[-1], text)
    return found


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """Moments and blocks of HTTP, with the number of the line on which each begins."""
    block: list[str] | None = None
    began = 0
    for number, line in enumerate(text.splitlines(), 1):
        if block is not None and line == "```":
            yield began, "http", "\n".join(block)
            block = None
        elif block is not None:
            block.append(line)
        elif line == "```http":
            block, began = [], number + 1
        elif moment := MOMENT.match(line):
            yield number, "moment", f"{moment[1]} {moment[2]}"


def _moment(text: str) -> datetime:
    said = datetime.strptime(text, "%A %d %B %Y %H:%M").replace(tzinfo=LONDON)
    if f"{said:%A}" != text.split()[0]:
        raise PageError(f"{text}: that day is a {said:%A}")
    return said


def _request(line: int, at: datetime, text: str) -> Exchange:
    head, _, body = text.partition("\n\n")
    first, *rest = head.splitlines()
    matched = REQUEST.match(first)
    if matched is None:
        raise PageError(f"line {line}: {first}")
    return Exchange(line, at, matched[1], matched[2], _headers(rest), _json(body, line))


def _answer(exchange: Exchange, text: str) -> None:
    head, _, body = text.partition("\n\n")
    first, *rest = head.splitlines()
    matched = STATUS.match(first)
    if matched is None:
        raise PageError(f"{exchange}: its answer begins with {first}")
    exchange.status = int(matched[1])
    exchange.shown_headers = _headers(rest)
    exchange.shown = _json(body, exchange.line)


def _headers(lines: list[str]) -> dict[str, str]:
    return {name: value for name, _, value in (line.partition(": ") for line in lines)}


def _json(text: str, line: int) -> Any:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise PageError(f"line {line}: the body is not JSON: {problem}") from None
