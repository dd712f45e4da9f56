"""A day and a moment have one way of being written each: RFC 3339."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.written_times import NotWritten, day_written, moment_written

HALF_PAST = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-25T01:30:00+01:00",
        "2026-10-25T01:30:00 01:00",
        "2026-10-25 00:30:00Z",
        "2026-10-25t00:30:00.000z",
        "2026-10-24T23:30:00.000000000-01:00",
    ],
)
def test_a_moment_is_read_whatever_its_zone(text: str) -> None:
    assert moment_written(text) == HALF_PAST


@pytest.mark.parametrize(
    "text",
    [
        "2026-W43-7T00:30:00Z",
        "2026W437T003000Z",
        "20261025T003000Z",
        "20261025",
        "2026-298T00:30:00Z",
        "2026-10-25",
        "2026-10-25T00:30Z",
        "2026-10-25T00:30:00+0100",
        "2026-10-25T00:30:00+01",
        "2026-10-25T24:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-10-25T00:30:00,5Z",
        "\uff12026-10-25T00:30:00Z",
        "2026-10-25T00:30:00Z\n",
        "0001-01-01T00:00:00+14:00",
        "1761352200",
        "",
    ],
)
def test_what_is_written_otherwise_is_no_moment(text: str) -> None:
    with pytest.raises(NotWritten, match="with its time zone"):
        moment_written(text)


def test_a_moment_without_its_zone_is_two_moments_in_october() -> None:
    with pytest.raises(NotWritten, match="has no time zone"):
        moment_written("2026-10-25T01:30:00")


def test_a_day_is_written_in_one_way() -> None:
    assert day_written("2026-10-25") == date(2026, 10, 25)
    for text in (
        "20261025",
        "2026-W43-7",
        "2026-298",
        "1761350400",
        "2026-10-25T00:00:00",
        "2026-1-5",
        "2026-02-30",
        "",
    ):
        with pytest.raises(NotWritten, match="as 2026-10-25"):
            day_written(text)
