"""The copy as one page that any browser shows, without scripts, and that can be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from domain.personal import ERASED
from projections.saying import day, plain
from projections.subject_access.copying import Copy, FactTold, Told
from projections.subject_access.wording import label, lists_of_several, moment, value

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


MARKED = {
    "staff": "about staff",
    "parent_or_carer": "about a parent or carer",
    "social_worker": "about a social worker",
    "someone_else": "about someone else",
    "serious_harm": "may do serious harm",
    "may_name_others": "may name others",
}
RECORDS = {"child": "the child's file", "placement": "a placement", "attendance": "a register of attendance"}
NAME = ("given_names", "family_name")


def page_of(copy: Copy, names: Mapping[str, str], *, draft: bool = False) -> str:
    """The page. `names` are what records are called, by their ids."""
    who = _called(copy)
    names = {str(copy.child_id): who or "This child", **names}
    title = f"What is kept about {who or 'a child'}"
    counts = f"{copy.others} facts about somebody else, {copy.to_weigh} to be weighed, {copy.erased} erased."
    return "\n".join([
        "<!DOCTYPE html>", '<html lang="en-GB">', '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>", f"<style>{STYLE}</style></head>", "<body><main>", f"<h1>{escape(title)}</h1>",
        f"<p>Everything that was written down up to position {copy.position} of the history. {counts} "
        f"Reference of the file: {copy.child_id}.</p>",
        f'<p class="note">{A_DRAFT if draft else TO_BE_READ}</p>',
        *(part for told in copy.told for part in _section(told, names)),
        "</main></body></html>", "",
    ])  # fmt: skip


def _called(copy: Copy) -> str:
    """The child's name as it was told last; nothing where it was erased."""
    last = {
        fact.field: str(fact.value) for told in copy.told for fact in told.facts if told.record == "child"
    }
    name = " ".join(last.get(part, "") for part in NAME).strip()
    return "" if ERASED in name else name


def _section(told: Told, names: Mapping[str, str]) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{escape(told.said or plain(told.event.split('.')[1]).capitalize() + '.')}</h2>"
    source = RECORDS.get(told.record, f"the record of {plain(told.record)}")
    yield (
        f'<p class="from">True on {escape(day(told.true_on))}. Written down on {escape(moment(told.recorded_at))} '
        f"by {escape(told.by.replace('_', ' '))}, in {escape(source)} (position {told.position}).</p>"
    )
    if told.facts:
        several = lists_of_several(told.facts)
        yield "<dl>"
        for fact in told.facts:
            yield f"<dt>{escape(label(fact, several))}</dt><dd>{escape(value(fact, names))}{_marks(fact)}</dd>"
        yield "</dl>"
    yield "</section>"


def _marks(fact: FactTold) -> str:
    return "".join(f" <mark>{escape(MARKED[mark])}</mark>" for mark in (fact.about, fact.weigh) if mark)
