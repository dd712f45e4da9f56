"""What people are told of their own work: what falls due, what a provider has to send, whom we could not reach, the digest."""

from __future__ import annotations

from domain.templates.template import Template, Words

ABOUT_THE_WORK = (
    Template(
        "due_soon",
        "Something falls due soon",
        {
            "officers": Words("This is due on {due_day}. {what}.", "Do it, and record it.", "{due}"),
            "provider": Words("This is due on {due_day}. {what}.", "Send it to the commissioner.", "{due}"),
        },
        "digest",
    ),
    Template(
        "overdue",
        "Something is overdue",
        {
            "officers": Words("This was due on {due_day} and is not recorded. {what}.", "Do it today, or record it if it was done."),
            "provider": Words("This was due on {due_day} and is not recorded. {what}.", "Send it to the commissioner today."),
        },
    ),
    Template(
        "provider_changed",
        "A provider can no longer be used as before",
        {
            "officers": Words(
                "{provider}: {what}, since {day}.",
                "See which of your placements lean on it, and what has to stop.",
                "{due}",
            ),
            "provider": Words("{what}, since {day}.", "Send what is missing, or ask what would put it right.", "{due}"),
        },
    ),
    Template(
        "could_not_be_told",
        "Someone could not be told",
        {
            "officers": Words(
                "A message ({message}) to {whom} could not be delivered: {why}.",
                "Tell them yourself, put their contact details right, and send it again if it still matters.",
                "Today.",
            ),
        },
    ),
    Template(
        "digest",
        "Your list for today",
        {
            "officers": Words("{number} things are for you to know. None of them was urgent.", "{list}"),
            "provider": Words("{number} things are for you to know. None of them was urgent.", "{list}"),
        },
    ),
    Template(
        "please_look",
        "Please look at a record",
        {
            "officers": Words("{officer} at {organisation} asks you to look at a record.", "Open it, and see what is asked of you."),
            "provider": Words("{organisation} asks you to look at a record.", "Open it, and see what is asked of you."),
        },
    ),
)  # fmt: skip
