"""What is due, and the findings, as a spreadsheet."""

from __future__ import annotations

from api.sheets.sheet import Sheet, capital, coded, column, label, reference, whole_name
from projections.finding_due import DueRow


def _about(
    child: object, given: str | None, family: str | None, provider: str | None, owner: str | None
) -> str:
    """Whom it is about: a child, else a provider, else an organisation."""
    return whole_name(given, family) if child else provider or owner or "This organisation"


def _owed_by(owner: str, provider: str | None, organisation: str | None) -> str:
    """Who owes it, by name where there is one."""
    return (provider if owner == "provider" else organisation) or label(owner)


def _late(days: int) -> int | str:
    return days if days > 0 else ""


DUE = Sheet(
    DueRow,
    (
        column(
            "About",
            "child_id",
            "given_names",
            "family_name",
            "provider_name",
            "organisation_name",
            say=_about,
        ),
        column("Provider", "provider_name"),
        coded("Stage of the placement", "stage"),
        column("What must be done", "what", say=capital),
        column("Because", "because", say=capital),
        column("Counted from", "anchor_on"),
        column("Due on", "due_on"),
        coded("How it stands", "state"),
        column("Days late", "days_overdue", say=_late),
        column("Missed its day", "missed"),
        column("Done on", "done_on"),
        column("Owed by", "owner", "provider_name", "organisation_name", say=_owed_by),
        coded("Who has to do it", "owner"),
        column("Rule", "rule"),
        column("Source", "source"),
        reference("placement_id", "child_id", "provider_id", "file_id"),
    ),
)
