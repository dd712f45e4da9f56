"""Which words are about a person. They are stored sealed under that person's key, and can be forgotten with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_type_hints

from annotated_types import Len

Category = Literal["identity", "contact", "health", "safeguarding", "narrative"]
"""Kinds of personal data that are kept, shown and forgotten apart."""

ERASED = "[erased]"
"""What is read in place of words whose key was destroyed."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Marks a text field as personal data of a category: `Annotated[str, Personal("health")]`.

    Only text can be sealed. A date of birth is kept as its ISO text for that reason.
    `category` may also be `"."` followed by the name of a sibling field that holds the category.
    """

    category: Category | str


Name = Annotated[str, Len(1, 200), Personal("identity")]
"""A person's name."""
Identity = Annotated[str, Len(1, 200), Personal("identity")]
"""Something that says who a person is: an identifier, a date of birth."""
Contact = Annotated[str, Len(1, 400), Personal("contact")]
"""How to reach a person, or where they live."""
Words = Annotated[str, Len(1, 8000), Personal("narrative")]
"""What someone wrote about a child or a decision."""
HealthWords = Annotated[str, Len(1, 8000), Personal("health")]
"""What someone wrote about a child's health."""
SafeguardingWords = Annotated[str, Len(1, 8000), Personal("safeguarding")]
"""What someone wrote about a child's safety."""
Remark = Annotated[str, Len(1, 300), Personal("narrative")]
"""A short text that someone wrote about a child or those around them: who answers for something, with whom it was agreed."""
HealthRemark = Annotated[str, Len(1, 300), Personal("health")]
"""A short text that tells of a child's needs: a plan, a service, the kind of school that is named for them."""
Label = Annotated[str, Len(1, 300)]
"""A short text that is about no one: a title, a place, a service. Not sealed."""
Prose = Annotated[str, Len(1, 8000)]
"""A longer text that is about no one: terms, a policy, a menu of subjects. Not sealed."""


ORDER: tuple[Category, ...] = ("safeguarding", "health", "identity", "contact", "narrative")
"""The categories, the most closely kept first."""


def category_of(kind: type, field: str) -> Category:
    """The most closely kept category of personal data anywhere in a field; `narrative` where there is none."""
    found = _categories(get_type_hints(kind, include_extras=True)[field])
    return next((category for category in ORDER if category in found), "narrative")


def _categories(hint: Any) -> set[str]:
    found = {m.category for m in getattr(hint, "__metadata__", ()) if isinstance(m, Personal)}
    for inner in get_args(hint):
        found |= _categories(inner)
    if isinstance(hint, type) and getattr(hint, "__dataclass_fields__", None):
        for inner in get_type_hints(hint, include_extras=True).values():
            found |= _categories(inner)
    return found
