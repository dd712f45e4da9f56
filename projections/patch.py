"""What lies between two versions of the same facts, as a JSON Patch (RFC 6902), and how it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, Literal

import msgspec

NOTHING = object()
PLAIN = (str, int, float, bool)
"""What has no parts."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One step from the earlier facts to the later. `before` and `by` are ours; who applies the patch passes them over."""

    op: Literal["add", "replace", "remove"]
    path: str
    """Where, as a JSON Pointer (RFC 6901) of the facts' own names, such as `/commission/starts_on`."""
    value: Any = None
    """What is there afterwards; nothing where it is removed."""
    before: Any = None
    """What was there; nothing where it is added."""
    by: tuple[int, ...] = ()
    """The positions of the events that changed it."""


def patch(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    """Every step that leads from the one to the other, in the order in which they can be taken."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from _step(before.get(name, NOTHING), after.get(name, NOTHING), path, name)
    elif isinstance(before, list) and isinstance(after, list):
        for n, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from patch(one, other, f"{path}/{n}")
        for n in range(len(before), len(after)):
            yield Change(op="add", path=f"{path}/{n}", value=after[n])
        # From the end, so that the places of the others stay what they are.
        for n in reversed(range(len(after), len(before))):
            yield Change(op="remove", path=f"{path}/{n}", before=before[n])
    elif not _same(before, after):
        yield Change(op="replace", path=path, value=after, before=before)


def _step(before: Any, after: Any, path: str, name: str) -> Iterator[Change]:
    # Most of a record stays as it was, and is looked at no closer.
    if before is after or (type(before) in PLAIN and _same(before, after)):
        return
    path = f"{path}/{_escaped(name)}"
    if before is NOTHING:
        yield Change(op="add", path=path, value=after)
    elif after is NOTHING:
        yield Change(op="remove", path=path, before=before)
    else:
        yield from patch(before, after, path)


def _same(before: Any, after: Any) -> bool:
    # To Python, 1 is 1.0 and True; to whoever reads JSON it is not.
    return type(before) is type(after) and bool(before == after)


def applied(facts: Any, changes: Iterable[Change]) -> Any:
    """The facts after these steps; what is given stays as it was. Raises LookupError for a path that leads nowhere."""
    whole = {"": deepcopy(facts)}
    for change in changes:
        *way, last = ["", *(_unescaped(name) for name in change.path.split("/")[1:])]
        place: Any = whole
        for name in way:
            place = place[_key(place, name)]
        key = _key(place, last)
        if change.op == "remove":
            del place[key]
        elif isinstance(place, list) and change.op == "add":
            place.insert(key, deepcopy(change.value))
        else:
            place[key] = deepcopy(change.value)
    return whole[""]


def _key(place: Any, name: str) -> Any:
    return int(name) if isinstance(place, list) else name


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _unescaped(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")
