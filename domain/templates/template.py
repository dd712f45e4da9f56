"""What a template is: plain words with places to fill. Nothing personal may stand in its subject line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from domain.facts.telling import Relation, Urgency

Audience = Literal["officers", "provider", "parents"]
"""For whom it is written: those who sign in for an authority or school, those who do for a provider, and who does not sign in."""

PLACE = re.compile(r"\{([a-z_]+)\}")
ALWAYS = ("child", "provider", "organisation", "officer", "school", "today")
"""Places that are filled from the records when it is sent: who asks for a message does not name them."""

READ_AS: dict[Relation, Audience] = {
    "provider": "provider",
    "parent": "parents",
    "social_worker": "parents",
}
"""Who reads which words; everyone else reads those for officers. A social worker is no user of the service, as a parent is not."""


@dataclass(frozen=True, slots=True)
class Words:
    """For one audience: what changed, what to do, and by when."""

    changed: str
    to_do: str
    by_when: str = ""

    @property
    def places(self) -> frozenset[str]:
        """The places that have to be filled."""
        return frozenset(PLACE.findall(f"{self.changed} {self.to_do} {self.by_when}"))


@dataclass(frozen=True, slots=True)
class Template:
    """One thing that people are told."""

    name: str
    subject: str
    """Stands on a locked screen and in other people's systems: it has no places, so nothing about a child can get into it."""
    words: dict[Audience, Words]
    urgency: Urgency = "soon"
    """How it is sent where who asks for it does not say."""

    def words_for(self, relation: Relation) -> Words | None:
        """The words for who stands so to the record; none where it was not written for them."""
        return self.words.get(READ_AS.get(relation, "officers"))

    def slots_for(self, relation: Relation) -> frozenset[str]:
        """What who asks for it must say. Empty where it is not written for them."""
        words = self.words_for(relation)
        return words.places - frozenset(ALWAYS) if words else frozenset()
