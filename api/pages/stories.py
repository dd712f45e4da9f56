"""A long story, a page at a time: newest first, and only what was asked for. Filters stand in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query

from api.pages.the_api import ApiRefused, TheApi
from api.pages.words import label

ENTRIES = 50
"""Entries of a page."""

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OnePage:
    """Some entries, the newest first. `next` is the mark of the page after; none on the last."""

    entries: Sequence[Entry]
    next: int | None


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Which entries: of a kind, by a person, and true from one day to another (ISO dates)."""

    kind: str = ""
    person: str = ""
    since: str = ""
    until: str = ""

    def of(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those that are meant."""
        return [entry for entry in entries if self._means(entry)]

    def _means(self, entry: Entry) -> bool:
        on = entry.get("true_on") or ""
        return (
            (not self.kind or entry["name"] == self.kind)
            and (not self.person or (entry.get("who") or {}).get("id") == self.person)
            and (not self.since or on >= self.since)
            and (not self.until or on <= self.until)
        )

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in the address."""
        asked = {"kind": self.kind, "person": self.person, "from": self.since, "to": self.until}
        return {name: value for name, value in asked.items() if value}


def story_wanted(
    kind: str = "",
    person: str = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
) -> StoryFilter:
    """What an address asks for."""
    return StoryFilter(kind, person, since, until)


StoryWanted = Annotated[StoryFilter, Depends(story_wanted)]


def page_of(entries: Sequence[Entry], after: int | None) -> OnePage:
    """The page after a mark, of entries that come oldest first. A mark is a position in the history: new entries do not move it."""
    older = [entry for entry in entries if after is None or entry["position"] < after]
    found = older[: -ENTRIES - 1 : -1]
    return OnePage(found, found[-1]["position"] if len(older) > len(found) else None)


def further(address: str, page: OnePage, **asked: str) -> str:
    """The address of the page after; empty on the last."""
    return address_of(address, **asked, after=str(page.next)) if page.next else ""


def address_of(address: str, **asked: str) -> str:
    """An address with what is asked in it."""
    return f"{address}?{urlencode(asked)}" if asked else address


def from_when_concerned(entries: Sequence[Entry]) -> Sequence[Entry]:
    """A story, oldest first, from the first entry that this person may see the record after."""
    first = next((index for index, entry in enumerate(entries) if entry["decision"]), 0)
    return entries[first:]


async def own_story(api: TheApi, of: str) -> list[Entry]:
    """The entries of the record at an address, oldest first, without those of other records that its timeline tells as well; none where
    the record has no timeline, or this person is not told it."""
    try:
        rows: list[Entry] = (await api.get(f"{of}/timeline"))["rows"]
    except ApiRefused as refused:
        if refused.status not in (403, 404):
            raise
        return []
    return [row for row in rows if of.endswith(row["record_id"])]


def kinds_in(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Kinds of events that a story has, with their words."""
    names = {entry["name"] for entry in entries if entry["name"]}
    return sorted(((name, label(name.partition(".")[2])) for name in names), key=lambda kind: kind[1])


def people_in(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Who decided anything in a story."""
    found = {entry["who"]["id"]: entry["who"]["name"] for entry in entries if entry.get("who")}
    return sorted(found.items(), key=lambda person: person[1])
