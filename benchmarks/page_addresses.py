"""Every page there is, who opens it and at which address: what the benchmark of pages asks for, and what it leaves out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from domain.people import Role
from workflows.catalogue import COMMANDS, RECORDS

Who = tuple[str, Role]
"""Where somebody works, as `Around` names it, and what they are there."""
OFFICER: Who = ("authority", Role.COMMISSIONER)
NAMED: Who = ("authority", Role.NAMED_OFFICER)
AUDITOR: Who = ("authority", Role.AUDITOR)
ADMINISTRATOR: Who = ("authority", Role.ADMINISTRATOR)
LEAD: Who = ("school", Role.SCHOOL_LEAD)
PROVIDER: Who = ("office", Role.PROVIDER_STAFF)
EVERYBODY = (OFFICER, NAMED, AUDITOR, ADMINISTRATOR, LEAD, PROVIDER)

A_MONTH_LATER = datetime(2026, 12, 22, 9, 0, tzinfo=UTC)
"""Nothing was done for a month: each placement has four duties that are overdue."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that somebody opens."""

    route: str
    """The page, as `api/pages/` names its address."""
    who: Who = OFFICER
    query: str = ""
    what: str = ""
    """What is different about it, where a page is opened in several ways."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """What stands for a part of the address, where it is not the first that comes to mind."""
    now: datetime | None = None
    """When, if it is not the Monday of the examples."""
    sent: str = ""
    """For a form: `check` its answers, send it with `nothing` in it, or `send` it."""

    @property
    def name(self) -> str:
        """What it is called among the figures."""
        who = f"{self.who[1].replace('_', ' ')}: "
        return f"{who}{'POST ' if self.sent else ''}{self.route}{', ' + self.what if self.what else ''}"

    def address(self, known: Mapping[str, object]) -> str:
        """Where it is, for one record: `known` has the ids by the names of parts of addresses."""
        said = {name: text.format(**known) for name, text in self.ids.items()}
        return (self.route + self.query).format(**{**known, **said})


def _of(plural: str) -> dict[str, str]:
    return {
        "plural": plural,
        "id": {"placements": "{id}", "children": "{child}", "providers": "{provider}"}[plural],
    }


CHILD, ITS_PROVIDER = {"id": "{child}"}, {"id": "{provider}"}
FORM = {"plural": "placements", "dashed": "log-contact"}

PAGES: tuple[Opened, ...] = (
    Opened("/sign-in", OFFICER),
    Opened("/", OFFICER, what="nothing is due"),
    *(Opened("/", who, what="a month later", now=A_MONTH_LATER) for who in EVERYBODY),
    Opened("/due", OFFICER, what="nothing is due"),
    *(Opened("/due", who, what="a month later", now=A_MONTH_LATER) for who in EVERYBODY),
    Opened("/due", OFFICER, "?mine=true&state=overdue", "mine and overdue", now=A_MONTH_LATER),
    Opened("/due", OFFICER, "?state=ahead", "all that is ahead"),
    Opened("/due", OFFICER, "?as_of={head}", "as it was"),
    Opened("/due", OFFICER, "?rule=T16&state=overdue", "one rule", now=A_MONTH_LATER),
    *(Opened("/placements", who) for who in (OFFICER, LEAD, PROVIDER)),
    Opened("/placements", OFFICER, "?name=a", "by name"),
    Opened("/placements", OFFICER, "?stage=active&changed_after=0", "filtered"),
    Opened("/placements", OFFICER, "?view=board", "the board"),
    Opened("/placements", OFFICER, "?as_of={head}", "as they were"),
    Opened("/children", OFFICER),
    Opened("/children", OFFICER, "?name=a", "by name"),
    Opened("/children", OFFICER, "?as_of={head}", "as they were"),
    Opened("/providers", OFFICER),
    Opened("/providers", OFFICER, "?as_of={head}", "as they were"),
    *(Opened("/placements/{id}", who) for who in EVERYBODY),
    Opened("/placements/{id}", OFFICER, "?section=plan", "its plan"),
    Opened("/placements/{id}", OFFICER, "?as_of={head}", "as it was"),
    Opened("/placements/changes", OFFICER, "?from={head}", "both lists whole"),
    Opened("/placements/{id}/timeline"),
    Opened("/placements/{id}/timeline", OFFICER, "?as_of={head}", "as it was"),
    Opened("/placements/{id}/attendance"),
    Opened("/placements/{id}/decisions"),
    Opened("/placements/{id}/changes", OFFICER, "?from=1&to={head}", "over the whole story"),
    Opened("/{plural}/{id}/decisions/{position}", OFFICER, ids=_of("placements")),
    Opened("/children/{id}", OFFICER, ids=CHILD),
    Opened("/children/{id}", LEAD, ids=CHILD),
    Opened("/children/{id}", OFFICER, "?as_of={head}", "as it was", CHILD),
    Opened("/children/{id}/timeline", OFFICER, ids=CHILD),
    Opened("/children/{id}/decisions", OFFICER, ids=CHILD),
    Opened("/children/{id}/changes", OFFICER, "?from=1&to={head}", "over the whole story", CHILD),
    Opened("/children/{id}/looks", AUDITOR, ids=CHILD),
    Opened("/providers/{id}", OFFICER, ids=ITS_PROVIDER),
    Opened("/providers/{id}", PROVIDER, ids=ITS_PROVIDER),
    Opened("/providers/{id}", OFFICER, "?as_of={head}", "as it was", ITS_PROVIDER),
    Opened("/providers/{id}/decisions", OFFICER, ids=ITS_PROVIDER),
    Opened("/providers/{id}/timeline", OFFICER, ids=ITS_PROVIDER),
    Opened("/providers/{id}/changes", OFFICER, "?from=1&to={head}", "over the whole story", ITS_PROVIDER),
    Opened("/organisations/{id}", ADMINISTRATOR, ids={"id": "{authority}"}),
    Opened("/register", PROVIDER),
    Opened("/register", LEAD, what="absences to decide on"),
    Opened("/look-back", OFFICER, "?at=/placements"),
    Opened("/new", OFFICER),
    *(Opened("/{plural}/{id}/commands", OFFICER, what=plural, ids=_of(plural)) for plural in ("placements", "children")),
    Opened("/new/{dashed}", OFFICER, ids={"dashed": "refer-child"}),
    Opened("/{plural}/{id}/{dashed}", OFFICER, ids=FORM),
    Opened("/{plural}/{id}/{dashed}", OFFICER, what="each form the first time it is opened",
           ids={"plural": "placements", "dashed": "{unopened}"}),
    Opened("/oversight", AUDITOR),
    Opened("/oversight", AUDITOR, "?name=a", "a child by name"),
    Opened("/looks", AUDITOR),
    Opened("/looks", AUDITOR, "?child_id={child}", "at a child"),
    Opened("/looks", AUDITOR, "?record_id={id}", "at a record"),
    Opened("/looks", AUDITOR, "?person_id=commissioner@example", "of a person"),
    Opened("/looks", AUDITOR, "?failed=yes", "those who were shown nothing"),
    Opened("/looks", AUDITOR, "?how=exported&from=2026-11-01&to=2026-11-30", "of some days and in one way"),
    Opened("/could-see", AUDITOR),
    Opened("/could-see", AUDITOR, "?record_id={id}&person_id=commissioner@example", "asked of a placement"),
    Opened("/reports/separation-of-duties", AUDITOR),
    Opened("/reports/late-recording", AUDITOR),
    Opened("/reports/late-recording", AUDITOR, "?days_at_least=8&role=commissioner", "filtered"),
    Opened("/reports/late-recording", AUDITOR, "?recorded_from=2026-11-20", "from a day on"),
    Opened("/reports/late-recording", AUDITOR, "?provider_id={provider}", "of one provider"),
    Opened("/sources", OFFICER),
    Opened("/upkeep", AUDITOR),
    Opened("/{plural}/{id}/{dashed}", OFFICER, what="checked", ids=FORM, sent="check"),
    Opened("/new/{dashed}", OFFICER, what="with no answer", ids={"dashed": "refer-child"}, sent="nothing"),
    Opened("/{plural}/{id}/{dashed}", OFFICER, what="sent", ids=FORM, sent="send"),
)  # fmt: skip

A_FILE = "a file to take away, made while it is sent: what its proofs cost is measured by `proving`"
AT_THE_DOOR = "it sends the browser on, or to the organisation's own sign-in service"
NOT_MEASURED: Mapping[tuple[str, str], str] = {
    ("GET", "/live"): "a stream that stays open",
    ("GET", "/sign-in/return"): AT_THE_DOOR,
    ("GET", "/sign-in/organisation"): AT_THE_DOOR,
    ("POST", "/sign-in"): AT_THE_DOOR,
    ("POST", "/sign-in/organisation"): AT_THE_DOOR,
    ("POST", "/sign-out"): AT_THE_DOOR,
    (
        "POST",
        "/register",
    ): "one command for each child, which `writing` measures, and the page on which they stand",
    ("GET", "/placements/{id}/decisions/{position}/receipt"): A_FILE,
    ("GET", "/placements/{id}/bundle"): A_FILE,
    ("GET", "/children/{id}/bundle"): A_FILE,
    ("GET", "/organisations/{id}/bundle"): A_FILE,
    ("GET", "/organisations/{id}/inspection-pack"): A_FILE,
}
"""Addresses that no figure stands for, and why."""


def unopened() -> Iterator[str]:
    """Forms of placements, one after another."""
    for name, command in COMMANDS.items():
        if command.target is RECORDS["placements"] and not command.opens:
            yield name.replace("_", "-")


def known_of(ids: Mapping[str, UUID], head: int, position: int, form: str) -> dict[str, object]:
    """What stands for the parts of addresses."""
    return {**ids, "id": ids["placement"], "head": head, "position": position, "unopened": form}
