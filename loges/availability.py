"""When an expert is free: weekly windows, against which dated ones open or close. Local days and times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

Window = tuple[time, time]
"""From, until: the end is outside."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A window of one day that opens or closes."""

    on: date
    starts: time
    ends: time
    is_open: bool


def free(weekly: Iterable[tuple[int, Window]], dated: Iterable[Dated], on: date) -> list[Window]:
    """The windows in which somebody is free that day, in order; weekdays count from Monday, 0.

    What is opened joins the week's windows, what is closed is taken out of both.
    """
    here = [exception for exception in dated if exception.on == on]
    windows = [window for weekday, window in weekly if weekday == on.weekday()]
    windows += [(exception.starts, exception.ends) for exception in here if exception.is_open]
    for exception in here:
        if not exception.is_open:
            windows = [part for window in windows for part in _without(window, exception.starts, exception.ends)]
    return sorted(windows)


def _without(window: Window, starts: time, ends: time) -> list[Window]:
    """What is left of a window outside another."""
    before, after = (window[0], min(window[1], starts)), (max(window[0], ends), window[1])
    return [part for part in (before, after) if part[0] < part[1]]
