"""Dates of recurring events: a small part of RFC 5545 rules, in local days (Europe/Paris).

Only what a coordinator says is accepted: every day, week, month or year, by weekday ("first Thursday") or day of
the month. Each day is asked in turn, up to an end: no rule, however strange, keeps the site busy. Instants are made
last, so that 18:30 stays 18:30 across a clock change.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MAX_DATES = 500
"""How many dates one rule may give: a daily event for more than a year is a mistake."""
LOOKED_AT = 10_000
"""Within how many days a rule must give its first date: some 27 years, for a 29 February that is rare already."""

_DAY = r"(MO|TU|WE|TH|FR|SA|SU)"
_RANKED_DAY = rf"(\+?[1-5]|-1)?{_DAY}"
_MONTH_DAY = r"-?([1-9]|[12]\d|3[01])"
_MONTH = r"([1-9]|1[0-2])"
_VALUES = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}(T([01]\d|2[0-3])[0-5]\d[0-5]\d)?",
    "BYDAY": rf"{_RANKED_DAY}(,{_RANKED_DAY})*",
    "BYMONTHDAY": rf"{_MONTH_DAY}(,{_MONTH_DAY})*",
    "BYMONTH": rf"{_MONTH}(,{_MONTH})*",
    "WKST": _DAY,
}
"""The parts that are offered, and what they may say."""
DAYS = {"MO": "lundi", "TU": "mardi", "WE": "mercredi", "TH": "jeudi", "FR": "vendredi", "SA": "samedi"} | {
    "SU": "dimanche"
}
_ORDER = tuple(DAYS)
RANKS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", -1: "dernier"}


class NotARule(ValueError):
    """A recurrence rule that is not understood or not offered."""


def parts_of(rule: str) -> dict[str, str]:
    """The rule's parts by name. Raises NotARule."""
    parts: dict[str, str] = {}
    for text in rule.upper().removeprefix("RRULE:").split(";"):
        name, _, value = text.strip().partition("=")
        if name in parts or not re.fullmatch(_VALUES.get(name, "(?!)"), value, re.ASCII):
            raise NotARule(rule)
        parts[name] = value
    is_ranked = any(character.isdigit() for character in parts.get("BYDAY", ""))
    if "FREQ" not in parts or (is_ranked and parts["FREQ"] not in {"MONTHLY", "YEARLY"}):
        raise NotARule(rule)
    try:
        _said_end(parts)
    except ValueError as error:
        raise NotARule(rule) from error
    return parts


def days(rule: str, first: date, *, until: date, without: Set[date] = frozenset()) -> list[date]:
    """The days of an event that begins on `first`, `until` included; without a rule, `first` alone.

    `without` are exceptions to the rule. Raises NotARule, also when it gives no day within LOOKED_AT days or more
    than MAX_DATES.
    """
    if not rule:
        return [first]
    parts = parts_of(rule)
    if next(_given(parts, first, _later(first, LOOKED_AT)), None) is None:
        raise NotARule(f"{rule}: never")
    found = list(islice(_given(parts, first, until), MAX_DATES + 1))
    if len(found) > MAX_DATES:
        raise NotARule(f"{rule}: more than {MAX_DATES} dates")
    return [day for day in found if day not in without]


def _given(parts: dict[str, str], first: date, last: date) -> Iterator[date]:
    """The days that a rule gives from `first` to `last`: each day is asked, so that no rule takes longer than others.

    RFC 5545, 3.3.10: what the rule leaves open is said by the first day.
    """
    frequency, every = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    months = {int(month) for month in _listed(parts, "BYMONTH")}
    numbers = {int(number) for number in _listed(parts, "BYMONTHDAY")}
    weekdays = {(int(day[:-2] or 0), _ORDER.index(day[-2:])) for day in _listed(parts, "BYDAY")}
    is_ranked_in_month = frequency == "MONTHLY" or bool(months)
    if not numbers and not weekdays:
        if frequency == "YEARLY" and not months:
            months = {first.month}
        if frequency == "WEEKLY":
            weekdays = {(0, first.weekday())}
        elif frequency != "DAILY":
            numbers = {first.day}
    week_begins = _ORDER.index(parts.get("WKST", "MO"))
    last = min(last, _said_end(parts) or last)

    def is_given(day: date) -> bool:
        if months and day.month not in months:
            return False
        if (_period(day, frequency, week_begins) - begins) % every:
            return False
        if numbers and numbers.isdisjoint((day.day, day.day - 1 - monthrange(day.year, day.month)[1])):
            return False
        return not weekdays or not weekdays.isdisjoint(_ranks(day, in_month=is_ranked_in_month))

    begins = _period(first, frequency, week_begins)
    asked = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    return islice(filter(is_given, asked), int(parts["COUNT"]) if "COUNT" in parts else None)


def _period(day: date, frequency: str, week_begins: int) -> int:
    """The number of the day, week, month or year that a day is in."""
    if frequency == "DAILY":
        return day.toordinal()
    if frequency == "WEEKLY":
        return (day.toordinal() - 1 - week_begins) // 7
    return day.year * 12 + day.month if frequency == "MONTHLY" else day.year


def _ranks(day: date, *, in_month: bool) -> Iterator[tuple[int, int]]:
    """How a rule may name a weekday: as each of its kind, as the third of its month or year, as the last."""
    weekday, number = day.weekday(), day.day if in_month else day.timetuple().tm_yday
    length = monthrange(day.year, day.month)[1] if in_month else 365 + isleap(day.year)
    yield 0, weekday
    yield (number - 1) // 7 + 1, weekday
    if number > length - 7:
        yield -1, weekday


def _later(day: date, by: int) -> date:
    return date.fromordinal(min(day.toordinal() + by, date.max.toordinal()))


def _said_end(parts: dict[str, str]) -> date | None:
    """The last day that the rule itself says. Raises ValueError for one that isn't in the calendar."""
    return date.fromisoformat(parts["UNTIL"][:8]) if "UNTIL" in parts else None


def bounded(rule: str, first: date, until_on: date | None) -> str:
    """The rule as calendars of others want it (RFC 5545): it ends by COUNT or at an instant in UTC, never by both.

    `until_on` is a last day that stands beside the rule. Raises NotARule.
    """
    parts = parts_of(rule)
    ends = [end for end in (until_on, _said_end(parts)) if end]
    parts.pop("UNTIL", None)
    if ends and not ("COUNT" in parts and _gives_all(rule, first, int(parts["COUNT"]), min(ends))):
        parts.pop("COUNT", None)
        parts["UNTIL"] = f"{instant(min(ends), time(23, 59, 59)):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _gives_all(rule: str, first: date, wanted: int, last: date) -> bool:
    return sum(1 for _ in _given(parts_of(rule), first, last)) == wanted


def instant(day: date, at: time) -> datetime:
    """That local day and time as an instant, in UTC."""
    return datetime.combine(day, at, tzinfo=PARIS).astimezone(UTC)


def exists(day: date, at: time) -> bool:
    """Whether that local time is told by clocks on that day: in spring an hour is left out."""
    return instant(day, at).astimezone(PARIS).replace(tzinfo=None) == datetime.combine(day, at)


def local_day(at: datetime) -> date:
    """The local day of an instant."""
    return at.astimezone(PARIS).date()


def horizon(now: datetime) -> date:
    """How far ahead dates are planned: about six months."""
    return local_day(now) + timedelta(days=183)


def in_words(rule: str) -> str:
    """The rule in French words, e.g. "chaque premier jeudi du mois"; the empty rule is "une seule fois".

    Everything that the rule says is told: which months, how often, until when. Raises NotARule.
    """
    if not rule:
        return "une seule fois"
    parts = parts_of(rule)
    days = [_day_in_words(day) for day in _listed(parts, "BYDAY")]
    numbers = [_number_in_words(int(number)) for number in _listed(parts, "BYMONTHDAY")]
    months = [_MONTHS[int(month) - 1] for month in _listed(parts, "BYMONTH")]
    words = _when(parts["FREQ"], int(parts.get("INTERVAL", "1")), days, numbers, months)
    if "COUNT" in parts:
        words += f", {parts['COUNT']} fois"
    if end := _said_end(parts):
        words += f", jusqu'au {date_in_words(end)}"
    return words


def _listed(parts: dict[str, str], name: str) -> list[str]:
    """The values of a part, each once."""
    return list(dict.fromkeys(value for value in parts.get(name, "").split(",") if value))


def _when(frequency: str, every: int, days: list[str], numbers: list[str], months: list[str]) -> str:
    """How often, on which days and in which months."""
    is_ranked = any(" " in day for day in days)
    if frequency == "WEEKLY" and every == 2 and days and not numbers:
        words = " et ".join(f"un {day} sur deux" for day in days)
    elif every > 1:
        words = f"{'toutes' if frequency == 'WEEKLY' else 'tous'} les {every} {_UNITS[frequency]}"
        on = [f"le {day}" for day in (numbers or days)]
        words = f"{words}, {' et '.join(on)}" if on else words
    elif numbers:
        each_month = "" if months else " de chaque mois"
        words = f"le {' et le '.join(numbers)}{each_month}"
    elif days:
        within = {"MONTHLY": " du mois", "YEARLY": "" if months else " de l'année"}.get(frequency, "")
        words = f"chaque {' et chaque '.join(days)}{within if is_ranked else ''}"
    else:
        words = f"chaque {_UNIT[frequency]}"
    if numbers and days:
        words += f", si c'est un {' ou un '.join(days)}"
    return f"{words} en {' et en '.join(months)}" if months else words


_UNIT = {"DAILY": "jour", "WEEKLY": "semaine", "MONTHLY": "mois", "YEARLY": "année"}
_UNITS = {"DAILY": "jours", "WEEKLY": "semaines", "MONTHLY": "mois", "YEARLY": "ans"}
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def _day_in_words(day: str) -> str:
    found = re.fullmatch(r"([+-]?\d)?([A-Z]{2})", day)
    if not found or found[2] not in DAYS:
        raise NotARule(day)
    rank = RANKS.get(int(found[1])) if found[1] else None
    return f"{rank} {DAYS[found[2]]}" if rank else DAYS[found[2]]


def _number_in_words(number: int) -> str:
    """A day of the month, counted from its end where it is negative."""
    if number < 0:
        return "dernier jour" if number == -1 else f"{-number}e jour avant la fin"
    return "1er" if number == 1 else str(number)


def date_in_words(day: date) -> str:
    """A day in French words, e.g. "1er mai 2026"."""
    return f"{_number_in_words(day.day)} {_MONTHS[day.month - 1]} {day.year}"
