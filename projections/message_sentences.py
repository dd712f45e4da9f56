"""What is said of messages, and of how people are reached. Nobody's address is in it."""

from __future__ import annotations

from domain import message_events as m
from domain import reach_events as r
from domain.facts.telling import Recipient
from projections.saying import Namer, amount, clock, day, listed, plain, says

CARRIED = {
    "email": "by e-mail",
    "notify_email": "by e-mail, with GOV.UK Notify",
    "notify_sms": "by text message, with GOV.UK Notify",
    "webhook": "to another system",
    "file": "as a file, because no way to send is set up",
}
NOT_SENT = {
    "stale": "it was no longer worth telling",
    "nobody_found": "nobody stands in that relation",
    "no_address": "there is no address or number",
    "erased": "the child's words were erased",
    "told_already": "the same cause had told them already",
    "must_not_be_told": "it is on record that they must not be told",
}


def _whom(to: Recipient) -> str:
    return f"the {plain(to.relation)}" if to.relation != "person" else "a person"


def _to(key: str, name: Namer) -> str:
    """An addressee in words: those who sign in are named by the organisation alone."""
    kind = key.partition(":")[0]
    return {
        "carer": "a parent or carer",
        "endpoint": "another system",
        "officer": "a person who signs in",
    }.get(kind, f"the {plain(kind)}")


def _asked(event: m.MessageAskedFor, name: Namer) -> str:
    if event.covers:
        return f"put together a digest of {amount(len(event.covers), 'message')} for a person"
    return f"asked that {_whom(event.to)} be told: {plain(event.template)} (because of {plain(event.cause.rule)})"


says(m.MessageAskedFor, _asked)
says(
    m.MessageAddressed,
    lambda v, n: f"addressed the message to {listed(_to(one.key, n) for one in v.to)}",
)
says(
    m.MessageHeld,
    lambda v, n: (
        f"held the message to {_to(v.to, n)} until {clock(v.until)} UTC on {day(v.until.date())}: quiet hours"
    ),
)
says(m.MessagePutInDigest, lambda v, n: f"put the message to {_to(v.to, n)} into the day's digest")
says(
    m.MessageHandedOver,
    lambda v, n: (
        f"handed over the message to {_to(v.to, n)} {CARRIED[v.channel]}"
        + ("; it had arrived by an earlier try" if v.found else "")
    ),
)
says(
    m.MessageNotHandedOver,
    lambda v, n: f"could not hand over the message to {_to(v.to, n)} (try {v.attempt}: {plain(v.code)})",
)
says(
    m.MessageGivenUp,
    lambda v, n: f"gave up the message to {_to(v.to, n)} after try {v.attempt}: {plain(v.code)}",
)
says(
    m.MessageSentAgain,
    lambda v, n: f"had the message {'to ' + _to(v.to, n) + ' ' if v.to else ''}sent again",
)
says(
    m.MessageNotSent,
    lambda v, n: f"did not send the message{' to ' + _to(v.to, n) if v.to else ''}: {NOT_SENT[v.because]}",
)
says(r.PersonContactSet, lambda v, n: "recorded how a person is reached")
says(r.OfficeContactSet, lambda v, n: "recorded the organisation's mailbox and telephone number")
says(r.EndpointAdded, lambda v, n: f"let another system hear of messages: {v.endpoint.name}")
says(r.EndpointRemoved, lambda v, n: f"let another system hear of no more messages: {v.name}")
says(r.CalendarAddressOpened, lambda v, n: "opened a private address for a person's calendar")
says(r.CalendarAddressClosed, lambda v, n: "closed the private address of a person's calendar")
