"""How a return describes a placement: setting, reason, attendance pattern, and where the child went next."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from domain.code_sets.code_set import Code, CodeSet
from domain.confidence import Mark

SettingType = Literal["NFE", "OOT", "OTH", "WBP"]
"""What kind of place it is, for a provider that has neither URN nor UKPRN."""

PlacementReason = Literal["BHS", "SUS", "EXR", "MHN", "PHN", "OTH"]
"""Why the placement was commissioned: one main reason, not the need. An exclusion outranks a health need."""

AttendancePattern = Literal["FT", "PT"]
"""Full time or part time."""

_TRANSCRIBED = "School census layout 2022 to 2026, alternative provision module, as publicly transcribed"

SETTING_TYPE = CodeSet(
    name="setting_type",
    mark=Mark.SECONDARY,
    source=_TRANSCRIBED,
    version="2026",
    codes=(
        Code("NFE", "Non-maintained further education"),
        Code("OOT", "One-to-one tuition"),
        Code("OTH", "Other unregistered setting"),
        Code("WBP", "Work-based placement"),
    ),
)

PLACEMENT_REASON = CodeSet(
    name="placement_reason",
    mark=Mark.UNVERIFIED,
    source=_TRANSCRIBED + "; the codes [S], their labels [U]",
    version="2026",
    codes=(
        Code("BHS", "Behaviour support"),
        Code("SUS", "Suspension"),
        Code("EXR", "Permanent exclusion"),
        Code("MHN", "Mental health need"),
        Code("PHN", "Physical health need"),
        Code("OTH", "Other"),
    ),
)

ATTENDANCE_PATTERN = CodeSet(
    name="attendance_pattern",
    mark=Mark.SECONDARY,
    source=_TRANSCRIBED,
    version="2026",
    codes=(Code("FT", "Full time"), Code("PT", "Part time")),
)

AP_REASON = CodeSet(
    name="ap_reason",
    mark=Mark.UNVERIFIED,
    source="School census layout 2022 to 2026, AP schools and PRUs; the codes [S], their labels [U]",
    version="2026",
    codes=(
        Code("ASP", "ASP", note="Label not confirmed."),
        Code("EHC", "Education, health and care plan"),
        Code("MHN", "Mental health need"),
        Code("NEW", "New arrival without a school place", note="Label not confirmed."),
        Code("OTH", "Other"),
        Code("PEX", "Permanent exclusion"),
        Code("PHN", "Physical health need"),
        Code("RHE", "RHE", note="Label not confirmed."),
    ),
)


class Destination(StrEnum):
    """Where a child went after the placement. Our own list: no official set was found (003; 002 l.35, 37)."""

    REINTEGRATION = "reintegration"
    OTHER_MAINSTREAM_SCHOOL = "other_mainstream_school"
    SPECIAL_SCHOOL = "special_school"
    OTHER_ALTERNATIVE_PROVISION = "other_alternative_provision"
    EOTAS = "eotas"
    FURTHER_EDUCATION = "further_education"
    APPRENTICESHIP = "apprenticeship"
    TRAINING = "training"
    EMPLOYMENT = "employment"
    ELECTIVE_HOME_EDUCATION = "elective_home_education"
    HOSPITAL_OR_HEALTH_SETTING = "hospital_or_health_setting"
    CUSTODY = "custody"
    MOVED_AWAY = "moved_away"
    NOT_IN_EDUCATION = "not_in_education"
    DIED = "died"
    OTHER = "other"
    NOT_KNOWN = "not_known"


DESTINATION = CodeSet(
    name="destination",
    mark=Mark.SOURCE,
    source="002 l.35, 37; list of our own",
    version="1",
    codes=(
        Code(Destination.REINTEGRATION, "Back at the home school"),
        Code(Destination.OTHER_MAINSTREAM_SCHOOL, "Another mainstream school"),
        Code(Destination.SPECIAL_SCHOOL, "Special school"),
        Code(Destination.OTHER_ALTERNATIVE_PROVISION, "Another alternative provision"),
        Code(Destination.EOTAS, "Provision arranged otherwise than at school (s.61)"),
        Code(Destination.FURTHER_EDUCATION, "Further education"),
        Code(Destination.APPRENTICESHIP, "Apprenticeship"),
        Code(Destination.TRAINING, "Training"),
        Code(Destination.EMPLOYMENT, "Employment"),
        Code(Destination.ELECTIVE_HOME_EDUCATION, "Elective home education"),
        Code(Destination.HOSPITAL_OR_HEALTH_SETTING, "Hospital or health setting"),
        Code(Destination.CUSTODY, "Custody or secure accommodation"),
        Code(Destination.MOVED_AWAY, "Moved away"),
        Code(Destination.NOT_IN_EDUCATION, "Not in education, employment or training"),
        Code(Destination.DIED, "Died"),
        Code(Destination.OTHER, "Other"),
        Code(Destination.NOT_KNOWN, "Not known"),
    ),
)
