"""docs/triggers.md: everything that happens by itself, one sentence a trigger."""

from __future__ import annotations

from domain.events import stored_name
from domain.templates.catalogue import TEMPLATES
from service.documents.markdown import code, page, table
from workflows.triggers.all_triggers import ALL
from workflows.triggers.trigger import Trigger

INTRODUCTION = """
A *trigger* is a sentence: when this happens, or when that did not happen in time, the service does something by itself. It has a name,
a source, a mark and a version, and its code is one function in `workflows/triggers/`.

- **Once for each cause.** The cause is an event, by its position in the history, or a duty, by its id in the due list. What follows is
  stored together with a receipt for that cause, so no crash and no second worker does it twice.
- **On what was known then.** A trigger looks at the records as they were right after its cause. The same history gives the same answer.
- **Under its own name.** The decision names the trigger and its version, the positions of the events that led to it, and the numbers
  that it was counted with. It is weighed by the same rules as a person's.
- **From its start.** A trigger acts from the moment it is put on record, which is when a worker first runs with it. What happened
  before is not its business.
- **Refused is not lost.** `GET /undone` lists what a trigger could not do, and `attend_to_undone` says how a person saw to it.
- **What is unverified is silent.** A trigger marked [U] acts only for an organisation that switched it on: `choose_warnings` with its name.
- **It can be tried on the past**: `placements what-if --trigger NAME` and `GET /what-if`. Nothing is written.

Marks: [guidance.md](guidance.md). The numbers: [parameters.md](parameters.md). The duties: [time-rules.md](time-rules.md). The
decisions behind it: [0034](decisions/0034-a-trigger-acts-once-for-a-cause.md), [0035](decisions/0035-what-if-asks-the-same-functions.md).
"""


def triggers_page() -> str:
    """The whole page."""
    return page("Triggers", INTRODUCTION, *(part for one in ALL for part in _section(one)))


def _section(one: Trigger) -> tuple[str, str, str]:
    rows = [
        ("source", f"{one.source} [{one.mark}], version {one.version}"),
        ("watches", _watched(one)),
        ("counts with", ", ".join(code(name) for name in one.uses) or "no number"),
        ("does", ", ".join(code(name) for name in one.does) or "nothing but tell"),
        ("tells", "; ".join(f"{code(name)} ({TEMPLATES[name].subject})" for name in one.tells) or "nobody"),
        ("acts", "where an organisation switched it on" if one.chosen else "from its start on"),
    ]
    return f"## {one.name.replace('_', ' ')}", f"{code(one.name)}: {one.sentence}", table(("", ""), rows)


def _watched(one: Trigger) -> str:
    events = [code(stored_name(kind)) for kind in one.watches]
    became = " or ".join(word.replace("_", " ") for word in one.became)
    waits = f", {code(one.waits)} working days later" if one.waits else ""
    duties = [f"{', '.join(one.duties)} when {became}{waits}"] if one.duties else []
    return "; ".join((", ".join(events), *duties) if events else duties)
