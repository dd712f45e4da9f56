"""Compares what a page shows of an answer with the answer, and remembers what the page gives a name to.

`{name}` stands for a value: the first time it is learnt, later it must be the same. An object shows some of its fields. A list shows
all of its items, unless one of those shown is `"..."`: then it shows some, in their order. `"..."` alone stands for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NAME = re.compile(r"\{([a-z][a-z_]*)\}")
ANYTHING = "..."


class Known(dict[str, Any]):
    """What the names of a page stand for."""

    def filled_in(self, told: Any) -> Any:
        """What is told, with the names replaced. Raises KeyError for a name that stands for nothing yet."""
        if isinstance(told, dict):
            return {key: self.filled_in(value) for key, value in told.items()}
        if isinstance(told, list):
            return [self.filled_in(item) for item in told]
        if not isinstance(told, str):
            return told
        alone = NAME.fullmatch(told)
        return self[alone[1]] if alone else NAME.sub(lambda found: str(self[found[1]]), told)


def differences(shown: Any, real: Any, known: Known, path: str = "") -> Iterator[str]:
    """Where the answer is not what the page shows."""
    if shown == ANYTHING:
        return
    if isinstance(shown, dict) and isinstance(real, dict):
        yield from _of_objects(shown, real, known, path)
    elif isinstance(shown, list) and isinstance(real, list):
        yield from _of_lists(shown, real, known, path)
    elif not _same(shown, real, known):
        yield f"{path} is {real!r}, and the page shows {shown!r}"


def _same(shown: Any, real: Any, known: Known) -> bool:
    if not isinstance(shown, str):
        return bool(shown == real)
    name = NAME.fullmatch(shown)
    if name and name[1] not in known:
        known[name[1]] = real
        return True
    told = known.filled_in(shown)
    if isinstance(told, str) and isinstance(real, str) and told.endswith(ANYTHING):
        return real.startswith(told.removesuffix(ANYTHING))
    return bool(told == real)


def _of_objects(shown: dict[str, Any], real: dict[str, Any], known: Known, path: str) -> Iterator[str]:
    for key, value in shown.items():
        if key not in real:
            yield f"{path}.{key} is not there"
        else:
            yield from differences(value, real[key], known, f"{path}.{key}")


def _of_lists(shown: list[Any], real: list[Any], known: Known, path: str) -> Iterator[str]:
    if ANYTHING not in shown:
        if len(shown) != len(real):
            yield f"{path} has {len(real)} items, and the page shows {len(shown)}"
            return
        for i, (one, other) in enumerate(zip(shown, real, strict=True)):
            yield from differences(one, other, known, f"{path}[{i}]")
        return
    rest = iter(real)
    for item in shown:
        if item != ANYTHING and not any(_fits(item, other, known) for other in rest):
            yield f"{path} has nothing like {item!r} where the page shows it"
            return


def _fits(shown: Any, real: Any, known: Known) -> bool:
    tried = Known(known)
    if list(differences(shown, real, tried)):
        return False
    known.update(tried)
    return True
