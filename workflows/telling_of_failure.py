"""A message that reaches nobody must not be silence: the named officer hears whom nobody could reach, and why."""

from __future__ import annotations

from domain.facts.telling import About, Cause, Recipient, Relation, Slot
from domain.message import Message
from workflows.addressees import Around
from workflows.case import Case
from workflows.telling import Tell, ask_to_tell

FAILURES = "could_not_be_told"
NOBODY = "the_named_officer_hears_whom_nobody_could_reach"
"""The rule by which a failure is told."""
IN_WORDS: dict[str, str] = {
    "nobody_found": "nobody is recorded who stands in that relation",
    "no_address": "no address or number is recorded",
    "unreachable": "the message system could not be reached",
    "refused": "the address does not accept messages",
}


def tell_of_failure(case: Case, message: Message, code: str, to: str = "") -> None:
    """Ask that the named officer hear of it. `to`: the key of an addressee, where one was found.

    That this message in turn reaches nobody is told to nobody: it stands in the list of messages, and in the service's condition.
    """
    if message.template == FAILURES or message.to is None:
        return
    around = Around(case, message, ())
    hears: Relation = "senior_officer" if message.to.relation == "named_officer" else "named_officer"
    why = IN_WORDS.get(code, code.replace("_", " "))
    whom = _whom(to) if to else f"the {message.to.relation}".replace("_", " ")
    ask_to_tell(
        case,
        Tell(
            template=FAILURES,
            to=Recipient(relation=hears, organisation_id=around.answers_id),
            record=About(kind="message", id=message.id),
            cause=Cause(rule=NOBODY, what=f"{message.id}/{message.version}"),
            slots=(
                Slot(name="message", value=message.template.replace("_", " ")),
                Slot(name="whom", value=whom),
                Slot(name="why", value=why),
            ),
        ),
    )


def _whom(to: str) -> str:
    """What kind of addressee a key names, without saying who."""
    kinds = {
        "officer": "a person who signs in",
        "carer": "a parent or carer",
        "social_worker": "the social worker",
        "virtual_school": "the virtual school",
        "contact": "a post at the provider",
        "endpoint": "another system",
    }
    return kinds.get(to.partition(":")[0], "someone")
