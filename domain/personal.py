"""Which words are about a person. They are stored sealed under that person's key, and can be forgotten with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Len

Category = Literal["identity", "contact", "health", "safeguarding", "narrative"]
"""Kinds of personal data that are kept, shown and forgotten apart (domain.md 5.1, 5.2)."""

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
Label = Annotated[str, Len(1, 300)]
"""A short text that is about no one: a title, a place, a service. Not sealed."""
Prose = Annotated[str, Len(1, 8000)]
"""A longer text that is about no one: terms, a policy, a menu of subjects. Not sealed."""
