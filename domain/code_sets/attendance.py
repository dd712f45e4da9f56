"""The codes of the attendance register, one for each of the two sessions of a school day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from domain.code_sets.code_set import Code, CodeSet
from domain.confidence import Mark

AttendanceMark = Literal[
    "/", "\\", "L", "K", "B", "V", "P", "W", "D", "C", "C1", "C2", "E", "I", "M", "J1", "R", "S", "T",
    "G", "N", "O", "U", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "X", "Z", "#",
]  # fmt: skip
"""A mark that may be written in the register today."""

REGISTERS_SINCE = date(2024, 8, 19)
"""The first day of the School Attendance (Pupil Registration) (England) Regulations 2024."""


class AttendanceClass(StrEnum):
    """How a session counts."""

    PRESENT = "present"
    APPROVED_OFF_SITE = "approved_off_site"
    NOT_COUNTED = "not_counted"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    UNABLE = "unable"
    ADMINISTRATIVE = "administrative"

    @property
    def counts_as_attending(self) -> bool:
        """Whether the statistics count the session as attended (`K B V P W` and presence [U])."""
        return self in (AttendanceClass.PRESENT, AttendanceClass.APPROVED_OFF_SITE)

    @property
    def in_denominator(self) -> bool:
        """Whether the child was due at the session (not at `D X Q Z #` [U], nor at `Y` [S])."""
        return self.counts_as_attending or self in (AttendanceClass.AUTHORISED, AttendanceClass.UNAUTHORISED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceCode(Code):
    """A code of the register with the way its session counts."""

    kind: AttendanceClass

    @property
    def counts_as_attending(self) -> bool:
        return self.kind.counts_as_attending

    @property
    def in_denominator(self) -> bool:
        return self.kind.in_denominator


def _codes(kind: AttendanceClass, labels: dict[str, str]) -> tuple[AttendanceCode, ...]:
    return tuple(AttendanceCode(code=code, label=label, kind=kind) for code, label in labels.items())


def _retired(
    code: str, label: str, kind: AttendanceClass, note: str, on: date | None = None, becomes: str = ""
) -> AttendanceCode:
    return AttendanceCode(
        code=code,
        label=label,
        kind=kind,
        note=note,
        retired=True,
        retired_on=on,
        becomes=becomes,
        mark=Mark.UNVERIFIED,
    )


_PRESENT = {
    "/": "Present in the morning",
    "\\": "Present in the afternoon",
    "L": "Late, before the register closed",
}
_OFF_SITE = {
    "K": "At provision arranged by the local authority",
    "B": "At another approved educational activity off-site",
    "V": "On an educational visit",
    "P": "At a sporting activity",
    "W": "On work experience",
}
_AUTHORISED = {
    "C": "Leave in exceptional circumstances",
    "C1": "Leave for a regulated performance or employment abroad",
    "C2": "Leave under an agreed part-time timetable",
    "E": "Suspended or excluded, no provision made",
    "I": "Illness",
    "M": "Medical or dental appointment",
    "J1": "Interview for a job or a place",
    "R": "Religious observance",
    "S": "Study leave",
    "T": "Parent travelling for work, mobile occupation",
}
_UNAUTHORISED = {
    "G": "Holiday not agreed by the school",
    "N": "Reason not yet established",
    "O": "Absent without authority",
    "U": "Arrived after the register closed",
}
_UNABLE = {
    "Q": "Access arrangements the authority owes are missing",
    "Y1": "Transport normally provided is missing",
    "Y2": "Widespread travel disruption",
    "Y3": "Part of the school closed",
    "Y4": "Whole school site closed",
    "Y5": "Held in the criminal justice system",
    "Y6": "Public health guidance or law",
    "Y7": "Another unavoidable cause",
}
_ADMINISTRATIVE = {
    "X": "Not required: not of compulsory school age",
    "Z": "Not yet on roll",
    "#": "Planned closure",
}

ATTENDANCE = CodeSet(
    name="attendance",
    mark=Mark.SECONDARY,
    source="SI 2024/208 reg 10; Working together to improve school attendance, DfE, July 2026",
    version="SI 2024/208",
    codes=(
        *_codes(AttendanceClass.PRESENT, _PRESENT),
        *_codes(AttendanceClass.APPROVED_OFF_SITE, _OFF_SITE),
        *_codes(AttendanceClass.NOT_COUNTED, {"D": "Dual registered, due at the other school"}),
        *_codes(AttendanceClass.AUTHORISED, _AUTHORISED),
        *_codes(AttendanceClass.UNAUTHORISED, _UNAUTHORISED),
        *_codes(AttendanceClass.UNABLE, _UNABLE),
        *_codes(AttendanceClass.ADMINISTRATIVE, _ADMINISTRATIVE),
        _retired("J", "Interview", AttendanceClass.AUTHORISED, "Now J1.", REGISTERS_SINCE, becomes="J1"),
        _retired("H", "Family holiday agreed by the school", AttendanceClass.AUTHORISED,
                 "Ended in 2013. C or G, as the school decided: it cannot be told from the code."),
        _retired("F", "Extended family holiday agreed by the school", AttendanceClass.AUTHORISED,
                 "Ended in 2013. C or G, as the school decided: it cannot be told from the code."),
        _retired("Y", "Unable to attend", AttendanceClass.UNABLE,
                 "Split into Y1 to Y7 and Q: which one cannot be told from the code.", REGISTERS_SINCE),
    ),
)  # fmt: skip
