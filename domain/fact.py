"""A fact: something written down once and never changed, with the same fields in a request, an event and a record."""

from __future__ import annotations

import dataclasses
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(kind: type[T]) -> type[T]:
    """Make a class a fact: frozen, made by keyword, comparable.

    The docstring below each field is its meaning; it reaches the API's schema and the forms, because requests are
    checked against these very classes. The configuration is read by pydantic in `workflows/`; nothing is imported.
    """
    kind.__pydantic_config__ = {  # type: ignore[attr-defined]
        "use_attribute_docstrings": True,
        "extra": "forbid",
        "str_strip_whitespace": True,
        "allow_inf_nan": False,
    }
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(kind)
