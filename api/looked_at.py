"""What somebody looked at, how, and by which right, in plain words: who reads of looks need know no addresses and no names of the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

RECORDS = {
    "placements": "A placement",
    "children": "A child's record",
    "providers": "A provider's record",
    "agreements": "A contract",
    "organisations": "An organisation's record",
    "guidance": "A number that rules count with",
    "messages": "A message",
    "stoppages": "The stopping of a provider's placements",
}
"""What there is one of, by how its address begins."""

PARTS = {
    "": "the file",
    "attendance": "attendance",
    "blast-radius": "what rests on one of its facts",
    "bundle": "everything with its proofs, to take away",
    "candidates": "providers that might suit the child",
    "changes": "what changed between two moments",
    "commands": "what may be done with it",
    "correctable": "what may be put right",
    "decisions": "the list of decisions",
    "decisions/{position}": "one decision",
    "decisions/{position}/receipt": "the receipt of a decision, to take away",
    "events": "the entries as they are stored",
    "inspection-pack": "the inspection pack, to take away",
    "looks": "who looked",
    "subject-access": "the copy for a subject access request",
    "timeline": "what happened",
}
"""Parts of such a record, by how its address goes on."""

LISTS = {
    "/absences": "The absences on which a school has to decide",
    "/agreements": "The list of contracts",
    "/awaiting": "What waits for somebody's approval",
    "/children": "The list of children",
    "/codes": "The codes of official returns",
    "/commands": "What may be begun",
    "/could-see": "Whether a person could see a record",
    "/due": "What is due",
    "/erasures-due": "The words whose time to be kept is over",
    "/events": "What happened, as programs are told of it",
    "/findings": "What is missing in records",
    "/guidance": "The numbers that rules count with",
    "/health/live": "Whether the service answers",
    "/health/ready": "Whether the service can work",
    "/ledger/checkpoint": "The newest seal of the history",
    "/ledger/checkpoints": "The seals of the history",
    "/ledger/consistency": "The proof that the history only grew",
    "/ledger/key": "The key by which proofs are checked",
    "/ledger/proofs/{position}": "The proof that an entry is in the history",
    "/looks": "Who looked",
    "/looks/gaps": "Whether looks are missing",
    "/looks/readers": "How much each person read",
    "/me": "Who is signed in",
    "/me/calendar": "A new address for one's own calendar",
    "/me/calendar.ics": "One's own calendar of what is due",
    "/me/organisations": "The organisations for which a person may act",
    "/messages": "The list of messages",
    "/metrics": "What the service counts of itself",
    "/moves": "The stages of a placement and what leads from one to another",
    "/openapi.json": "The description for programs",
    "/organisations": "The list of organisations",
    "/placements": "The caseload",
    "/placements/changes": "The caseload: what changed between two moments",
    "/problems": "The ways in which the service says no",
    "/providers": "The list of providers",
    "/register": "The register of a day",
    "/reports/late-recording": "The report on what was written down late",
    "/reports/separation-of-duties": "The report on duties in one hand",
    "/schemas/{command}": "What a form asks for",
    "/sources": "The laws and documents that rules stand on",
    "/undone": "What the service could not do by itself",
    "/upkeep": "The nightly checks",
    "/what-if": "What other rules would have come to",
    "/without-education": "School days on which children were nowhere",
    "any": "Many things at once, so that they were counted together",
}
"""Everything else that can be asked for."""

OF_TODAY = frozenset({"/due", "/placements"})
"""What the page Today asks for of everybody, and no other page does together."""
SINCE = {"GET /events": "what happened since they last looked"}
"""What Today asks for in other words than programs do."""

AT_THE_TERMINAL = {
    "changes": "what changed between two moments",
    "corrected-since": "what was corrected since an inspection pack was made",
    "export": "everything about a record with its proofs, to take away",
    "inspection-pack": "the inspection pack, to take away",
    "looks": "who looked",
    "receipt": "the receipt of a decision, to take away",
    "show": "a placement",
    "timeline": "what happened",
}
"""What is asked for at the terminal of the service, by the command that is typed."""

WAYS = {
    "read": "Opened a record",
    "listed": "Saw it in a list",
    "searched": "Found it by a name",
    "exported": "Took a file away",
    "followed": "A program was told of it",
    "asked": "Asked, and was refused",
    "noted": "Cannot be read",
}
"""How somebody looked."""

RIGHTS = {
    "scope": "Among the records that are theirs to know of",
    "in_scope": "Among the records that are theirs to know of",
    "placement": "They may read this placement",
    "child": "They may read this child's record",
    "child_by_a_placement": "They know the child by a placement",
    "provider": "They may read this provider's record",
    "agreement": "They may read this contract",
    "organisation": "They may read this organisation's record",
    "terminal": "They run the service, and no role limits them",
    "none": "None: it was not there for them",
}
"""The questions that let somebody look, by the names under which looks keep them."""

STANDING = {
    "commissioner": "their organisation arranged the placement",
    "authority": "their authority answers for the child",
    "home_school": "the child is at their school",
    "school": "the child is or was at their school",
    "provider": "the child is placed with them",
    "another_provider": "they are another provider",
    "outsider": "they are of another organisation",
}
"""How they stood to the record, where that says more than the right itself."""


def looked_at(route: str) -> str:
    """What is at a route as looks keep it: `GET /placements/{id}/changes` is "A placement: what changed between two moments"."""
    record, part = _of(route)
    return f"{record}: {part}" if record and part else record or part


def parts_looked_at(routes: Iterable[str]) -> str:
    """The parts of one record that are at these routes, and lists beside them, each once, to stand after its name."""
    return _listed(part or _small(record) for record, part in map(_of, routes))


def opening_looked_at(routes: Sequence[str]) -> str:
    """What was looked at by one opening of a page that asked for all of these."""
    paths = {route.partition(" ")[2] for route in routes}
    if paths >= OF_TODAY:
        return f"Today: {_listed(_small(SINCE.get(route) or looked_at(route)) for route in routes)}"
    first, *others = dict.fromkeys(map(looked_at, routes))
    return _listed([first, *map(_small, others)])


def in_which_way(how: str) -> str:
    """How somebody looked."""
    return WAYS.get(how) or _plain(how)


def by_which_right(row: str) -> str:
    """The right; for somebody who was refused, why they had none."""
    return RIGHTS.get(row) or (f"None: {_plain(row)}" if row else "")


def standing_in_words(relations: Iterable[str]) -> str:
    """How they stood to the record; empty where the right says all."""
    return "; ".join(words for relation in relations if (words := STANDING.get(relation)))


def _of(route: str) -> tuple[str, str]:
    method, _, path = route.partition(" ")
    if method == "POST":
        return "", f"Wanted to do something: {_plain(path.rpartition('/')[2])}"
    if path in LISTS:
        return LISTS[path], ""
    plural, _, rest = path.removeprefix("/").partition("/")
    one, _, part = rest.partition("/")
    if one == "{id}" and plural in RECORDS and part in PARTS:
        return RECORDS[plural], PARTS[part]
    if not path:
        # What was typed there has no method.
        return "At the terminal of the service", AT_THE_TERMINAL.get(method, _plain(method)) if method else ""
    return "Something that the service has no more, or never had", ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, words)))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
