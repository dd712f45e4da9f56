"""docs/reasons.md: every code that an answer can give, its words, its rule and its source."""

from __future__ import annotations

from api.problem import KINDS
from service.documents.markdown import code, link, page, table, words
from service.documents.reasons import ReasonGiven, reasons_given

INTRODUCTION = """
When something may not be done, the answer is `application/problem+json` with a list of reasons: all of them, not the first. A
program should look at `code`, which does not change. A person should read `message`, which says what to do.

Words in braces are filled in. A reason with a rule comes from that rule: its source and mark are in
[lifecycle.md](lifecycle.md#rules). A reason without one is about the form of the request, or about something that it names.
"""
MADE_UP = """
Three kinds of code are put together when they are needed: `field_…` for a field that does not fit its form (`field_missing`,
`field_unknown`, `field_type`, and others named by the checking library), `parameter_…` for a part of the address or a header, and the
codes of a sign-in that does not hold, which are recorded and not told.
"""


def reasons_page() -> str:
    """The whole page."""
    return page(
        "Reasons",
        INTRODUCTION,
        "## Kinds of answer",
        table(("type", "status", "title"), [(code(k.type), str(k.status), k.title) for k in KINDS]),
        "## Codes",
        MADE_UP,
        table(("code", "message", "rule", "source", "where"), map(_row, reasons_given())),
    )


def _row(reason: ReasonGiven) -> tuple[str, ...]:
    warns = " (warns)" if reason.warning else ""
    rule = link(words(reason.rule), f"lifecycle.md#{reason.rule}") if reason.rule else ""
    mark = f" [{reason.mark}]" if reason.mark else ""
    where = link(code(reason.path), f"../{reason.path}")
    return code(reason.code) + warns, reason.message, rule, reason.source + mark, where
