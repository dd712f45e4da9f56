"""The copy as one page that any browser shows, without scripts, and that can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from projections.saying import day, plain
from projections.subject_access.copying import Copy, FactTold, Told

STYLE = """
body { font-family: Arial, Helvetica, sans-serif; color: #0b0c0c; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; line-height: 1.5; }
section { border-top: 1px solid #b1b4b6; padding: .75rem 0; } h2 { font-size: 1.1rem; margin: 0 0 .25rem 0; }
dl { display: grid; grid-template-columns: minmax(10rem, 1fr) 3fr; gap: .25rem 1rem; margin: .5rem 0 0 0; } dd { margin: 0; }
mark { background: #fff7bf; font-weight: bold; } .from { color: #505a5f; margin: 0; } p.note { border-left: 5px solid #d4351c;
  padding-left: 1rem; }
"""
TO_BE_READ = (
    "Before any of this is given out, a person has to read it. What is marked is about somebody else, or may do serious harm, or "
    "may name others. Whether it is told is that person's decision; nothing was left out."
)
A_DRAFT = "A draft: what is marked was taken out. Whoever decides may put it back, and must still read what was left in."


def page_of(copy: Copy, *, draft: bool = False) -> str:
    """The page."""
    title = "What is kept about a child"
    counts = f"{copy.others} facts about somebody else, {copy.to_weigh} to be weighed, {copy.erased} erased."
    return "\n".join([
        "<!DOCTYPE html>", '<html lang="en-GB">', '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>", f"<style>{STYLE}</style></head>", "<body><main>", f"<h1>{title}</h1>",
        f"<p>Child {copy.child_id}, as recorded up to position {copy.position} of the history. {counts}</p>",
        f'<p class="note">{A_DRAFT if draft else TO_BE_READ}</p>',
        *(part for told in copy.told for part in _section(told)),
        "</main></body></html>", "",
    ])  # fmt: skip


def _section(told: Told) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{escape(told.said or plain(told.event.split('.')[1]).capitalize() + '.')}</h2>"
    recorded = f"{told.recorded_at:%d %B %Y, %H:%M} UTC" if told.recorded_at else "at a moment not known"
    yield (
        f'<p class="from">True on {escape(day(told.true_on))}. Written down {recorded} by {escape(told.by)}. '
        f"{escape(told.record.capitalize())} {told.record_id}, event {told.version}.</p>"
    )
    if told.facts:
        yield "<dl>"
        for fact in told.facts:
            yield f"<dt>{escape(plain(fact.field).replace('.', ': '))}</dt><dd>{escape(str(fact.value))}{_marks(fact)}</dd>"
        yield "</dl>"
    yield "</section>"


def _marks(fact: FactTold) -> str:
    return "".join(f" <mark>{escape(plain(mark))}</mark>" for mark in (fact.about, fact.weigh) if mark)
