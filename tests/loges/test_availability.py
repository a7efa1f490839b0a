"""When somebody is free: the week, and what opens or closes against it."""

from datetime import date, time

import pytest

from loges.availability import Dated, free

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
MORNING, EVENING = (time(9), time(12)), (time(18), time(20))
WEEK = [(0, MORNING), (0, EVENING)]


def closed(starts: int, ends: int, on: date = MONDAY) -> Dated:
    return Dated(on, time(starts), time(ends), is_open=False)


def opened(starts: int, ends: int, on: date = MONDAY) -> Dated:
    return Dated(on, time(starts), time(ends), is_open=True)


@pytest.mark.parametrize(
    ("dated", "on", "expected"),
    [
        ([], MONDAY, [MORNING, EVENING]),
        ([], TUESDAY, []),
        ([closed(0, 23)], MONDAY, []),
        ([closed(0, 23, TUESDAY)], MONDAY, [MORNING, EVENING]),
        ([closed(8, 12)], MONDAY, [EVENING]),
        ([closed(10, 11)], MONDAY, [(time(9), time(10)), (time(11), time(12)), EVENING]),
        ([closed(12, 18)], MONDAY, [MORNING, EVENING]),
        ([opened(14, 16, TUESDAY)], TUESDAY, [(time(14), time(16))]),
        ([opened(14, 16), closed(15, 19)], MONDAY, [MORNING, (time(14), time(15)), (time(19), time(20))]),
    ],
)
def test_free_windows(dated: list[Dated], on: date, expected: list[tuple[time, time]]) -> None:
    assert free(WEEK, dated, on) == expected
