"""Children as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from api.sheets.sheet import Column, Sheet, coded, column, reference, whole_name
from domain.stages import Stage
from projections.children import IdentifierShown
from projections.finding_children import ChildRow, PlacementOfChild


def _numbers(heading: str, *kinds: str) -> Column:
    def of_kind(known: Sequence[IdentifierShown]) -> list[str]:
        return [one.value for one in known if one.kind in kinds]

    return column(heading, "identifiers", say=of_kind)


def _now_at(placements: Sequence[PlacementOfChild]) -> list[str]:
    """Where the child is, or is to be: each provider once."""
    open_ones = (one for one in placements if one.stage is not Stage.EXIT)
    return list(dict.fromkeys(one.provider_name or "Not chosen yet" for one in open_ones))


CHILDREN = Sheet(
    ChildRow,
    (
        column("Child", "given_names", "family_name", say=whole_name),
        column("Born on", "born_on"),
        column("School year", "year_group"),
        coded("Sex", "sex"),
        column("Local authority", "authority_name"),
        _numbers("Unique pupil number (UPN)", "UPN"),
        _numbers("Unique learner number (ULN)", "ULN"),
        _numbers("Other numbers", "LA", "OTHER"),
        coded("SEN provision", "sen_provision"),
        coded("Needs, the main one first", "sen_needs", "needs"),
        column("EHC plan", "ehc_plan"),
        column("EHC plan: review by", "ehc_review_by"),
        column("In care", "looked_after"),
        coded("Plan with a social worker", "social_worker_plan"),
        column("Sessions a week set for the school", "school_sessions"),
        column(
            "Sessions a week agreed: in placements, a broken-down one included, and set for the school",
            "weekly_sessions",
        ),
        column("Open placements", "open_placements"),
        column("Placed at", "placements", say=_now_at),
        coded("Waits for a decision on", "awaits"),
        column("Last written down (UK time)", "recorded_at"),
        reference("child_id"),
    ),
)
