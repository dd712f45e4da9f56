"""From a duty to the form that meets it: what the due list offers to whoever has to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from api.moves_on_offer import address_of, title_of
from api.pages.may_take import COLUMNS, may_take
from domain.time_rules import TIME_RULES
from projections.due_days import ENDED_STATES
from projections.falling_to import ROLES
from workflows.catalogue import COMMANDS, RECORDS

PLURALS = {kind: plural for plural, kind in RECORDS.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """A form, and what the duty already says of what goes into it."""

    command: str
    said: Mapping[str, str] | None = None
    anchor_in: str = ""
    """The field that holds the day from which the duty is counted: what the form is about, and never when somebody did it."""


TAUGHT = (Step("record_back_in_education"),)
REVIEW = (Step("call_review"), Step("record_review"))
ANNUAL = "record_annual_review_step"
ANSWER = (Step("answer_information_request"),)
CHECK = (Step("record_check"),)

STEPS: dict[str, tuple[Step, ...]] = {
    "T1": TAUGHT,
    "T2": TAUGHT,
    "T3": TAUGHT,
    "T4": TAUGHT,
    "T5": (Step("record_return_sent", {"sent.kind": "sickness"}),),
    "T6": (Step("record_return_sent", {"sent.kind": "attendance"}, "sent.about_on"),),
    "T8": (Step("log_contact", {"contact.with_whom": "parent"}),),
    "T9": (Step("log_contact", {"contact.with_whom": "social_worker"}),),
    "T10": (Step("code_session", anchor_in="day"),),
    "T11": (Step("record_return_sent", {"sent.kind": "new_pupil"}, "sent.about_on"),),
    "T12": (Step("record_return_sent", {"sent.kind": "deletion"}, "sent.about_on"),),
    "T13": (Step("serve_notice"),),
    "T14": REVIEW,
    "T15_invite": (Step("call_review"),),
    "T15_outcome": (Step("notify_review_outcome"),),
    "T16": REVIEW,
    "T16_first": REVIEW,
    "T17": (Step("resolve_safeguarding"),),
    "T19": (Step("answer_tomorrow"), Step("recover_placement")),
    "T20": (Step("inform_local_authority"),),
    "T21": (Step("report_change"),),
    "T22": (Step(ANNUAL),),
    "T23_report": (Step(ANNUAL),),
    "T23_decision": (Step(ANNUAL),),
    "T23_final": (Step("record_ehc_plan"),),
    "T24": (Step(ANNUAL),),
    "T25": (Step("record_ehc_plan"),),
    "T25_post_16": (Step("record_ehc_plan"),),
    "T26": (Step(ANNUAL),),
    "T27": (Step("record_pep_meeting"),),
    "T28": (Step("record_pep_meeting"),),
    "T29": (Step("change_roll"),),
    "T30": (Step("notify_exclusion", anchor_in="told.excluded_on"),),
    "T31": (Step("record_governors_meeting"),),
    "T33": (Step("record_protection_file_sent"),),
    "T34_dbs": CHECK,
    "T34_insurance": CHECK,
    "T34_policies": CHECK,
    "T34_expiry": CHECK,
    "T35": (Step("record_visit"),),
    "T36": (Step("record_needs_audit"),),
    "T37": (Step("change_hours"),),
    "T38_access": ANSWER,
    "T38_breach": ANSWER,
    "T38_complaint": ANSWER,
    "T39": ANSWER,
    "T40": (Step("plan_exit"),),
    "T41": REVIEW,
    "T42": (Step("settle_concern"),),
    "T43": (Step("report_progress"),),
    "T44": (Step("assess_risk"),),
    "T46": (Step("set_calendar"),),
}
"""By its rule, the forms that lead to what meets a duty: the last of them meets it."""

REGISTER: dict[str, str] = {"T7": "anchor_on", "T47": "due_on"}
"""Rules that the provider's register meets, and the column that says of which day."""

NO_FORM: dict[str, str] = {
    "T14_pause": "No duty.",
    "T18": "A right and no duty.",
    "T32": "A sum of days that must not grow; nothing that is written down makes it less.",
    "T34_agreement": "The agreement is renewed or ended, which is for those who hold it to choose.",
    "T45": "What was missing is done where it belongs, or the placement ends: the placement says which.",
}
"""Rules that lead to no form, and why."""


def next_steps(row: Mapping[str, Any], me: Mapping[str, Any]) -> list[dict[str, str]]:
    """The forms for whoever a duty of the list falls to, with their words and addresses: those that would be taken from them now.

    None for others, who only know of it, and none where it is done or lapsed, or will be by what is written down already.
    """
    if row["state"] in ENDED_STATES or row["done_on"] or not falls_to(row, me):
        return []
    if (column := REGISTER.get(row["rule"])) is not None:
        return [
            {"text": "To the register of that day", "href": f"/register?{urlencode({'on': row[column]})}"}
        ]
    return [_link(step, row) for step in STEPS.get(row["rule"], ()) if may_take(step.command, row, me)]


def falls_to(row: Mapping[str, Any], me: Mapping[str, Any]) -> bool:
    """Whether a duty is one person's to see to, by the organisation that owes it and by their roles there."""
    roles = {str(role) for role in ROLES[TIME_RULES[row["rule"]].owner]}
    if row["owner"] == "provider":
        return row["provider_id"] == me["provider_id"] and not roles.isdisjoint(me["roles"])
    return row["organisation_id"] == me["organisation_id"] and not roles.isdisjoint(me["roles"])


def _link(step: Step, row: Mapping[str, Any]) -> dict[str, str]:
    target = COMMANDS[step.command].target
    said = dict(step.said or {})
    if step.anchor_in:
        anchor = date.fromisoformat(row["anchor_on"])
        said |= {f"{step.anchor_in}.{part}": str(getattr(anchor, part)) for part in ("day", "month", "year")}
    asked = f"?{urlencode(said)}" if said else ""
    return {
        "text": title_of(step.command),
        "href": f"/{PLURALS[target]}/{row[COLUMNS[target]]}/{address_of(step.command)}{asked}",
    }
