"""Dates of recurring events: which days a rule gives, at which instants, and what it is called in French."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import process_time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from cms.event_forms import recurrence_choices
from loges.recurrence import (
    MAX_DATES,
    PARIS,
    NotARule,
    _given,
    days,
    exists,
    horizon,
    in_words,
    instant,
    local_day,
    parts_of,
)

THURSDAY = date(2026, 11, 5)
SIX_MONTHS_ON = date(2027, 5, 6)


def on(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=1TH", on("2026-11-05", "2026-12-03", "2027-01-07", "2027-02-04")),
        ("FREQ=MONTHLY;BYDAY=2TH", on("2026-11-12", "2026-12-10", "2027-01-14", "2027-02-11")),
        ("FREQ=MONTHLY;BYDAY=-1SU", on("2026-11-29", "2026-12-27", "2027-01-31", "2027-02-28")),
        ("FREQ=MONTHLY;BYDAY=5MO", on("2026-11-30", "2027-03-29", "2027-05-31")),
        ("FREQ=MONTHLY;BYMONTHDAY=31", on("2026-12-31", "2027-01-31", "2027-03-31")),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", on("2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28")),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TH", on("2026-11-05", "2027-01-07", "2027-03-04")),
        ("FREQ=WEEKLY;BYDAY=MO,FR", on("2026-11-06", "2026-11-09", "2026-11-13")),
        ("FREQ=WEEKLY;INTERVAL=2", on("2026-11-05", "2026-11-19", "2026-12-03")),
        ("FREQ=DAILY;COUNT=3", on("2026-11-05", "2026-11-06", "2026-11-07")),
        ("FREQ=MONTHLY;UNTIL=20270105", on("2026-11-05", "2026-12-05", "2027-01-05")),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=21", on("2027-06-21", "2028-06-21")),
        ("RRULE:FREQ=MONTHLY;BYDAY=+1TH", on("2026-11-05", "2026-12-03")),
        ("freq=monthly; byday=1th", on("2026-11-05", "2026-12-03")),
    ],
)
def test_days_of_a_rule(rule: str, expected: list[date]) -> None:
    found = days(rule, THURSDAY, until=date(2029, 1, 1))

    assert found[: len(expected)] == expected


def test_days_without_a_rule_are_the_first_alone() -> None:
    assert days("", THURSDAY, until=SIX_MONTHS_ON) == [THURSDAY]


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2026-12-02", 1), ("2026-12-03", 2), ("2026-12-04", 2), ("2027-01-06", 2), ("2026-11-04", 0)],
)
def test_days_end_with_the_last_day_included(until: str, expected: int) -> None:
    found = days("FREQ=MONTHLY;BYDAY=1TH", THURSDAY, until=date.fromisoformat(until))

    assert len(found) == expected


def test_days_begin_on_the_rule_not_on_the_first_day_given() -> None:
    a_tuesday = date(2026, 11, 10)

    found = days("FREQ=MONTHLY;BYDAY=1TH", a_tuesday, until=date(2027, 1, 31))

    assert found == on("2026-12-03", "2027-01-07")


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]))
def test_first_weekday_of_the_month_comes_once_a_month_in_its_first_week(first: date, weekday: str) -> None:
    found = days(f"FREQ=MONTHLY;BYDAY=1{weekday}", first, until=first + timedelta(days=400))

    assert {day.day for day in found} <= set(range(1, 8))
    assert len({day.weekday() for day in found}) == 1
    assert all(28 <= (after - before).days <= 35 for before, after in pairwise(found))
    assert len(found) >= 12
    assert found[0] >= first


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY;COUNT=2",
        "chaque jeudi",
        ";",
        "FREQ",
        "FREQ=",
        "=MONTHLY",
        "BYDAY=1TH",
        "FREQ=MONTHLY;",
        "FREQ=MONTHLY;;BYDAY=1TH",
        "FREQ=MONTHLY;BYDAY=",
        "FREQ=MONTHLY;BYDAY=1TH,",
        "FREQ=MONTHLY;FREQ=WEEKLY",
        "FREQ=MONTHLY;BYDAY=1TH;BYDAY=2TH",
        "FREQ=MONTHLY;BYHOUR=3",
        "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=0TH",
        "FREQ=MONTHLY;BYDAY=6TH",
        "FREQ=WEEKLY;BYDAY=1TH",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=1-2",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=0;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;INTERVAL=1,2",
        "FREQ=WEEKLY;INTERVAL=²",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=many",
        "FREQ=WEEKLY;UNTIL=tomorrow",
        "FREQ=WEEKLY;UNTIL=20270230",
        "FREQ=WEEKLY;UNTIL=20270228T996000",
        "FREQ=WEEKLY;WKST=ZZ",
        "DTSTART:20200101T000000",
        "DTSTART:20200101T000000\nRRULE:FREQ=DAILY",
        "FREQ=MONTHLY\nDTSTART:20200101T000000",
        "FREQ=MONTHLY\nRDATE:20270101T000000",
        "RDATE:20270101T000000",
        "FREQ=MONTHLY\nEXRULE:FREQ=DAILY",
        "RRULE:RRULE:FREQ=DAILY",
    ],
)
def test_rule_that_is_not_offered_is_refused(rule: str) -> None:
    with pytest.raises(NotARule):
        days(rule, THURSDAY, until=SIX_MONTHS_ON)


@pytest.mark.parametrize("first", [THURSDAY, date(2000, 1, 1), date.max])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
        "FREQ=WEEKLY;BYMONTHDAY=31;BYMONTH=2;WKST=SU",
        "FREQ=MONTHLY;BYMONTHDAY=30;BYDAY=5MO;BYMONTH=2",
        "FREQ=YEARLY;BYDAY=5MO,4TU,3WE,-1SU;BYMONTHDAY=-31;BYMONTH=2",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYHOUR=25",
        "FREQ=YEARLY;BYYEARDAY=366;INTERVAL=3",
        "FREQ=YEARLY;BYEASTER=1",
    ],
)
def test_rule_that_gives_no_date_is_refused_at_once(rule: str, first: date) -> None:
    began = process_time()

    with pytest.raises(NotARule):
        days(rule, first, until=SIX_MONTHS_ON)

    assert process_time() - began < 0.2  # some 5 ms


_SOME_DAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True)
_NUMBERS = st.lists(st.sampled_from([1, 2, 15, 29, 30, 31, -1, -2, -31]), min_size=1, unique=True)


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    rank=st.sampled_from(["", "1", "2", "5", "-1"]),
    weekdays=st.none() | _SOME_DAYS,
    rest=st.fixed_dictionaries(
        {},
        optional={
            "INTERVAL": st.integers(1, 5),
            "BYMONTHDAY": _NUMBERS,
            "BYMONTH": st.lists(st.integers(1, 12), min_size=1, unique=True),
            "COUNT": st.integers(1, 20),
            "WKST": st.sampled_from(["MO", "SU"]),
        },
    ),
)
def test_days_are_those_that_dateutil_gives(
    first: date, frequency: str, rank: str, weekdays: list[str] | None, rest: dict[str, object]
) -> None:
    if weekdays:
        rank = rank if frequency in {"MONTHLY", "YEARLY"} else ""
        rest["BYDAY"] = [rank + day for day in weekdays]
    parts = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in rest.items()}
    rule = ";".join(f"{name}={value}" for name, value in {"FREQ": frequency, **parts}.items())
    last = first + timedelta(days=400)

    found = list(_given(parts_of(rule), first, last))

    begin, end = (datetime.combine(day, time()) for day in (first, last))
    if found or "BYMONTHDAY" not in parts:  # dateutil looks for a day that never comes to the end of time
        theirs = rrulestr(rule, dtstart=begin).between(begin, end, inc=True)
        assert found == [at.date() for at in theirs]


@given(st.text(st.sampled_from("FREQ=MONTHLYWEKDAI;BYDAYCOUNTINTERVALUNTIL0123456789+-,:\n THRULE"), max_size=60))
def test_rule_is_understood_or_refused_whatever_is_typed(typed: str) -> None:
    try:
        found = days(typed, THURSDAY, until=THURSDAY + timedelta(days=90))
    except NotARule:
        return

    assert found == sorted(set(found))
    assert all(THURSDAY <= day <= THURSDAY + timedelta(days=90) for day in found)


def test_rule_with_too_many_dates_is_refused() -> None:
    just_enough = THURSDAY + timedelta(days=MAX_DATES - 1)

    assert len(days("FREQ=DAILY", THURSDAY, until=just_enough)) == MAX_DATES
    with pytest.raises(NotARule, match="more than 500"):
        days("FREQ=DAILY", THURSDAY, until=just_enough + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-24", "2026-10-24T16:30"),
        ("2026-10-25", "2026-10-25T17:30"),
        ("2027-03-27", "2027-03-27T17:30"),
        ("2027-03-28", "2027-03-28T16:30"),
    ],
    ids=["before winter time", "on the day it begins", "before summer time", "on the day it begins again"],
)
def test_half_past_six_stays_half_past_six_across_a_clock_change(day: str, expected: str) -> None:
    found = instant(date.fromisoformat(day), time(18, 30))

    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert found.astimezone(PARIS).time() == time(18, 30)


def test_monthly_dates_across_the_winter_keep_their_hour() -> None:
    found = [
        instant(day, time(18, 30))
        for day in days("FREQ=MONTHLY;BYDAY=1TH", date(2026, 9, 3), until=date(2027, 6, 30))
    ]

    assert {at.astimezone(PARIS).time() for at in found} == {time(18, 30)}
    assert [at.hour for at in found] == [16, 16, 17, 17, 17, 17, 17, 16, 16, 16]


def test_instant_in_the_hour_that_does_not_exist_comes_an_hour_later() -> None:
    found = instant(date(2027, 3, 28), time(2, 30))

    assert found == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert found.astimezone(PARIS).time() == time(3, 30)
    assert local_day(found) == date(2027, 3, 28)


def test_hour_that_does_not_exist_is_known() -> None:
    told = {at: exists(date(2027, 3, 28), at) for at in (time(1, 59), time(2), time(2, 59), time(3))}

    assert list(told.values()) == [True, False, False, True]
    assert exists(date(2026, 10, 25), time(2, 30)), "told twice"


def test_instant_in_the_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    found = instant(date(2026, 10, 25), time(2, 30))

    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert found.astimezone(PARIS).time() == time(2, 30)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.times().filter(lambda at: at.hour != 2))
def test_instant_falls_on_its_own_day_and_hour_in_paris(day: date, at: time) -> None:
    found = instant(day, at)

    assert found.tzinfo is UTC
    assert local_day(found) == day
    assert found.astimezone(PARIS).time() == at


def test_local_day_after_midnight_in_paris_is_already_tomorrow() -> None:
    assert local_day(datetime(2026, 7, 14, 21, 59, tzinfo=UTC)) == date(2026, 7, 14)
    assert local_day(datetime(2026, 7, 14, 22, 0, tzinfo=UTC)) == date(2026, 7, 15)
    assert local_day(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert local_day(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_horizon_is_about_six_months_from_the_local_day() -> None:
    assert horizon(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == date(2026, 11, 24) + timedelta(days=183)


WEEKDAYS = {"MO": "lundi", "TU": "mardi", "WE": "mercredi", "TH": "jeudi", "FR": "vendredi", "SA": "samedi"} | {
    "SU": "dimanche"
}
RANKS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"}
OFFERED = (
    {"": "une seule fois"}
    | {
        f"FREQ=MONTHLY;BYDAY={rank}{day}": f"chaque {ordinal} {name} du mois"
        for day, name in WEEKDAYS.items()
        for rank, ordinal in RANKS.items()
    }
    | {f"FREQ=WEEKLY;BYDAY={day}": f"chaque {name}" for day, name in WEEKDAYS.items()}
    | {f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}": f"un {name} sur deux" for day, name in WEEKDAYS.items()}
)


def flat(choices: list) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        found |= dict(label) if isinstance(label, list) else {value: label}
    return found


def test_in_words_of_every_choice_that_editors_are_offered() -> None:
    offered = flat(recurrence_choices())

    assert offered == OFFERED
    assert {rule: in_words(rule) for rule in offered} == OFFERED


def test_choices_give_dates_each() -> None:
    for rule in OFFERED:
        assert days(rule, THURSDAY, until=SIX_MONTHS_ON)


def test_choices_keep_a_rule_that_came_from_elsewhere() -> None:
    offered = flat(recurrence_choices("FREQ=MONTHLY;BYMONTHDAY=15"))

    assert offered == OFFERED | {"FREQ=MONTHLY;BYMONTHDAY=15": "le 15 de chaque mois"}
    assert flat(recurrence_choices("FREQ=WEEKLY;BYDAY=MO")) == OFFERED


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", "chaque jour"),
        ("FREQ=WEEKLY", "chaque semaine"),
        ("FREQ=MONTHLY", "chaque mois"),
        ("FREQ=YEARLY", "chaque année"),
        ("FREQ=YEARLY;INTERVAL=2", "tous les 2 ans"),
        ("FREQ=DAILY;INTERVAL=10", "tous les 10 jours"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "un jeudi sur deux"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "un lundi sur deux et un jeudi sur deux"),
        ("FREQ=WEEKLY;INTERVAL=2", "toutes les 2 semaines"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TH", "toutes les 3 semaines, le jeudi"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TH", "tous les 2 mois, le premier jeudi"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "chaque lundi et chaque mercredi"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "chaque premier lundi et chaque troisième lundi du mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,15", "le 2 et le 15 de chaque mois"),
        ("FREQ=MONTHLY;BYDAY=5FR", "chaque cinquième vendredi du mois"),
        ("FREQ=MONTHLY;BYDAY=MO", "chaque lundi"),
        ("FREQ=WEEKLY;BYDAY=SA;BYMONTH=2", "chaque samedi en février"),
        ("FREQ=WEEKLY;BYDAY=SA;BYMONTH=2,12", "chaque samedi en février et en décembre"),
        ("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=13", "le 13 de chaque mois, si c'est un lundi"),
        ("FREQ=YEARLY;BYDAY=5MO", "chaque cinquième lundi de l'année"),
        ("FREQ=YEARLY;BYDAY=1SU;BYMONTH=5", "chaque premier dimanche en mai"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "le dernier jour de chaque mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-2", "le 1er et le 2e jour avant la fin de chaque mois"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "le 29 en février"),
        ("FREQ=WEEKLY;BYDAY=MO,MO,MO", "chaque lundi"),
        ("FREQ=DAILY;COUNT=5", "chaque jour, 5 fois"),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261201", "chaque jeudi, jusqu'au 1er décembre 2026"),
    ],
)
def test_in_words_of_a_rule(rule: str, expected: str) -> None:
    assert in_words(rule) == expected


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=WEEKLY;UNTIL=20270230", "FREQ=MONTHLY;INTERVAL=A", "FREQ=MONTHLY;BYDAY=0TH", "bonjour"],
)
def test_in_words_of_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(NotARule):
        in_words(rule)
