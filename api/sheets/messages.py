"""Messages as a spreadsheet: that they were sent, and never what they say."""

from __future__ import annotations

from api.sheets.sheet import Sheet, coded, column, reference
from projections.outbox import OutboxColumns

MESSAGES = Sheet(
    OutboxColumns,
    (
        coded("Message", "template"),
        column("To (sign-in name)", "person_id"),
        coded("Why to them", "relation"),
        coded("How it stands", "state"),
        column("Since (UK time)", "at"),
        coded("Why it was not sent", "code"),
        coded("By", "channel"),
        coded("Urgency", "urgency"),
        column("Attempts", "attempts"),
        column("Asked for (UK time)", "asked_at"),
        column("To be told by (UK time)", "tell_by"),
        column("Rule", "rule"),
        coded("About a", "record_kind"),
        reference("message_id"),
    ),
)
