"""Pages of a bundle: one file each, without scripts, that any browser shows for as long as there are browsers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from projections.entries import Entry
from projections.saying import day, plain

LONDON = ZoneInfo("Europe/London")
STYLE = """
body { font-family: Arial, Helvetica, sans-serif; color: #0b0c0c; background: #fff; margin: 2rem auto; max-width: 75rem;
  padding: 0 1rem; line-height: 1.5; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #b1b4b6; }
p.note { border-left: 5px solid #1d70b8; padding-left: 1rem; }
dt { font-weight: bold; } dd { margin: 0 0 .75rem 0; }
td p { margin: 0 0 .25rem 0; } .was { color: #505a5f; }
@media print { body { margin: 0; max-width: none; } }
"""
NOT_PROVED = "This page was made from the events in this bundle, to be read. What is proved, and how to check it, is in README.txt."


def page(title: str, subtitle: str, parts: Iterable[str], *, style: str = "") -> bytes:
    """A whole page. The parts are HTML already; `style` adds to what every page has."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}{style}</style></head>",
        "<body><main>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(subtitle)}</p>",
        *parts,
        "</main></body></html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def page_of_entries(title: str, subtitle: str, entries: Sequence[Entry]) -> bytes:
    """A timeline."""
    table_rows = (
        (
            str(entry.position),
            escape(day(entry.true_on)) if entry.true_on else "",
            escape(moment(entry.recorded_at)),
            _what(entry),
            _why(entry),
        )
        for entry in entries
    )
    heads = ("Position", "True on", "Written down", "What happened", "Why, and on what")
    parts = [
        f'<p class="note">{NOT_PROVED}</p>',
        table("What happened, in the order in which it was written down", heads, table_rows),
    ]
    return page(title, subtitle, parts)


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column names the row. The cells are HTML already."""
    lines = [f"<table><caption>{escape(caption)}</caption>", "<thead><tr>"]
    lines += [f'<th scope="col">{escape(head)}</th>' for head in heads]
    lines.append("</tr></thead><tbody>")
    for first, *rest in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody></table>"])


def facts(named: Iterable[tuple[str, str]]) -> str:
    """Things that are so, each under its name."""
    said = "\n".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in named if value)
    return f"<dl>\n{said}\n</dl>"


def moment(when: datetime | None) -> str:
    """An instant as people in London write it."""
    return f"{day(when.astimezone(LONDON).date())} at {when.astimezone(LONDON):%H:%M}" if when else ""


def day_or_nothing(when: date | None) -> str:
    """A day as people write it, where there is one."""
    return day(when) if when else ""


def _what(entry: Entry) -> str:
    said = f"<p>{escape(entry.sentence)}</p>"
    if entry.said_first:
        said += f'<p class="was">It said first: {escape(entry.said_first)}</p>'
    if entry.corrected_by:
        versions = ", ".join(map(str, entry.corrected_by))
        said += f'<p class="was">Corrected by version {versions} of the same record.</p>'
    who = entry.who
    if who and who.organisation:
        said += f'<p class="was">{escape(who.organisation)}</p>'
    return said


def _why(entry: Entry) -> str:
    said = [escape(entry.words)] if entry.words else []
    said += [f"Relied on: {escape(e.title)} ({escape(e.id)})" for e in entry.evidence]
    said += [
        f"{escape(plain(r.rule))}, version {r.version}: {r.verdict}"
        for r in entry.rules
        if r.verdict != "met"
    ]
    met = sum(1 for rule in entry.rules if rule.verdict == "met")
    said += [f"{met} rules met"] if met else []
    return "".join(f"<p>{line}</p>" for line in said)
