"""Conditional requests: the entity tag of a record is its version."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import msgspec

from api.problem import MALFORMED, Problem

TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')
LIST = re.compile(r'\s*(?:W/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W/)?"[\x21\x23-\x7e]*")*\s*')
NEVER = -1
"""A version that no record has."""


def tag_of(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def version_wanted(if_match: str | None) -> int | None:
    """The version that `If-Match` asks for; none where any will do. Raises Problem where it cannot be read."""
    if if_match is None or if_match.strip() == "*":
        return None
    tags = _tags(if_match, "If-Match")
    if len(tags) > 1:
        raise Problem(MALFORMED, "Give one version in If-Match: the one that you saw.")
    # A weak tag never matches here (RFC 9110, 13.1.1), nor does a tag that is no version of ours.
    weak, version = tags[0]
    return int(version) if not weak and version.isdecimal() and len(version) < 19 else NEVER


def tag_of_past(version: int, shown: Any) -> str:
    """What tells one answer about the past from others: it is the same for as long as the same is shown."""
    return f"{version}-{sha256(msgspec.json.encode(shown)).hexdigest()[:20]}"


def is_unchanged(if_none_match: str | None, tag: str) -> bool:
    """Whether the caller holds this already. Raises Problem where the header cannot be read."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return any(held == tag for _, held in _tags(if_none_match, "If-None-Match"))


def _tags(header: str, name: str) -> list[tuple[str, str]]:
    if not LIST.fullmatch(header):
        raise Problem(MALFORMED, f'{name} must hold an entity tag in quotes, such as "7".')
    return TAG.findall(header)
