"""The sets of codes that official returns use: what may be written today, and what old rows still say."""

from __future__ import annotations

from domain.code_sets.attendance import ATTENDANCE
from domain.code_sets.code_set import Code, CodeSet
from domain.code_sets.exclusions import (
    EXCLUSION_REASON,
    EXCLUSION_REASONS_AT_MOST,
    EXCLUSION_TYPE,
    ExclusionReason,
    ExclusionType,
)
from domain.code_sets.needs import SEN_PROVISION, SEN_TYPE, SEN_TYPES_AT_MOST, SenProvision, SenType
from domain.code_sets.placing import (
    AP_REASON,
    ATTENDANCE_PATTERN,
    DESTINATION,
    PLACEMENT_REASON,
    SETTING_TYPE,
    AttendancePattern,
    Destination,
    PlacementReason,
    SettingType,
)
from domain.code_sets.pupils import (
    ENROLMENT,
    SEX,
    YEAR_GROUP,
    Enrolment,
    KeyStage,
    Sex,
    YearGroup,
    key_stage_of,
)

CODE_SETS: dict[str, CodeSet[Code]] = {
    codes.name: codes
    for codes in (
        SEN_TYPE,
        SEN_PROVISION,
        SETTING_TYPE,
        PLACEMENT_REASON,
        ATTENDANCE_PATTERN,
        AP_REASON,
        DESTINATION,
        EXCLUSION_TYPE,
        EXCLUSION_REASON,
        ENROLMENT,
        SEX,
        YEAR_GROUP,
        ATTENDANCE,
    )
}
"""Every set by its name. How the register's codes count is in `domain.attendance_codes`."""

__all__ = [
    "AP_REASON",
    "ATTENDANCE",
    "ATTENDANCE_PATTERN",
    "CODE_SETS",
    "DESTINATION",
    "ENROLMENT",
    "EXCLUSION_REASON",
    "EXCLUSION_REASONS_AT_MOST",
    "EXCLUSION_TYPE",
    "PLACEMENT_REASON",
    "SEN_PROVISION",
    "SEN_TYPE",
    "SEN_TYPES_AT_MOST",
    "SETTING_TYPE",
    "SEX",
    "YEAR_GROUP",
    "AttendancePattern",
    "Code",
    "CodeSet",
    "Destination",
    "Enrolment",
    "ExclusionReason",
    "ExclusionType",
    "KeyStage",
    "PlacementReason",
    "SenProvision",
    "SenType",
    "SettingType",
    "Sex",
    "YearGroup",
    "key_stage_of",
]
