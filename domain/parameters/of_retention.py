"""How many years records are kept, as parameters: published versions, which an organisation may lengthen for itself and not shorten."""

from __future__ import annotations

from domain.confidence import Mark
from domain.parameter import Parameter

_IRMS = "IRMS toolkit for schools and academies, retention schedule"


def _years(name: str, meaning: str, value: int, source: str, mark: Mark) -> Parameter:
    return Parameter(
        name=name, meaning=meaning, unit="years", value=value, least=1, most=100, tighter="higher",
        source=source, mark=mark, hard=mark is not Mark.UNVERIFIED,
    )  # fmt: skip


PARAMETERS_OF_RETENTION = (
    _years(
        "retention_register_years", "Entries of attendance and admission registers are kept so long after they were made",
        6, "SI 2024/208", Mark.SECONDARY,
    ),
    _years(
        "retention_pupil_record_years", "The record of a pupil, with placements and exclusions, is kept so long after birth",
        25, _IRMS, Mark.UNVERIFIED,
    ),
    _years(
        "retention_sen_years", "Records of special educational needs and EHC plans are kept so long after birth",
        31, _IRMS, Mark.SECONDARY,
    ),
    _years(
        "retention_child_protection_years", "Child protection records are kept so long after birth, and then looked at again",
        25, _IRMS, Mark.UNVERIFIED,
    ),
    _years(
        "retention_abuse_years", "Records that tell of abuse are often kept so long after birth",
        75, "Independent Inquiry into Child Sexual Abuse, retention of records", Mark.UNVERIFIED,
    ),
    _years(
        "retention_looked_after_years", "The record of a child who was looked after is kept so long after birth",
        75, "Care planning regulations, case records of looked-after children", Mark.UNVERIFIED,
    ),
)  # fmt: skip
