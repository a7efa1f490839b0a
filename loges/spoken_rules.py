"""A recurrence as somebody says it in French, made a rule: « un samedi sur deux », « tous les quinze jours »."""

import re
import unicodedata
from collections.abc import Callable

from loges.recurrence import DAYS, RANKS

_BY_DAY = {name: code for code, name in DAYS.items()}
_BY_RANK = {"premier": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "dernier": -1} | {
    f"{rank}{'er' if rank == 1 else 'e'}": rank for rank in RANKS if rank > 0
}
_NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "huit": 8, "dix": 10, "quinze": 15}
_UNITS = {"jour": "DAILY", "semaine": "WEEKLY", "mois": "MONTHLY", "an": "YEARLY", "annee": "YEARLY"}
_WEEKS_IN_DAYS = {8: 1, 15: 2}
"""What the French call eight and fifteen days: a week and two."""

_DAY = rf"(?:{'|'.join(_BY_DAY)})s?"
_RANK = rf"(?:{'|'.join(_BY_RANK)})s?"
_NUMBER = rf"(?:[1-9]\d?|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:jour|semaine|mois|annee|an)"
_EACH = r"(?:chaque|tous les|toutes les|le)"
_OF_MONTH = r"(?:du mois|de chaque mois|de tous les mois)"


def rule_of(words: str) -> str | None:
    """The rule that these words say (as `loges.recurrence` reads it); None where they aren't understood."""
    text = _plain(words)
    return next((make(found) for said, make in _SAID if (found := re.fullmatch(said, text))), None)


def _plain(words: str) -> str:
    """Small letters without accents, single spaces, no commas."""
    letters = unicodedata.normalize("NFD", words.lower())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).replace(",", " ").split())


def _number(text: str | None) -> int:
    return 1 if not text else _NUMBERS.get(text) or int(text)


def _code(day: str) -> str:
    return _BY_DAY[day.removesuffix("s")]


def _ranked(rank: str | None, day: str) -> str:
    return f"{_BY_RANK[rank.removesuffix('s')]}{_code(day)}" if rank else _code(day)


def _rule(frequency: str, every: int = 1, **parts: str) -> str:
    found = {"FREQ": frequency, **({"INTERVAL": str(every)} if every > 1 else {}), **parts}
    return ";".join(f"{name}={value}" for name, value in found.items())


def _every(found: "re.Match[str]") -> str:
    """Every so many days, weeks, months or years, perhaps on a day of them."""
    unit, number = found["unit"], _number(found["number"])
    frequency = _UNITS[unit]
    if unit == "jour" and number in _WEEKS_IN_DAYS:
        frequency, number = "WEEKLY", _WEEKS_IN_DAYS[number]
    return _rule(frequency, number, **({"BYDAY": _ranked(found["rank"], found["day"])} if found["day"] else {}))


_SAID: list[tuple[str, Callable[["re.Match[str]"], str]]] = [
    (
        rf"un ({_DAY}) sur ({_NUMBER})",
        lambda found: _rule("WEEKLY", _number(found[2]), BYDAY=_code(found[1])),
    ),
    (rf"une semaine sur ({_NUMBER})", lambda found: _rule("WEEKLY", _number(found[1]))),
    (
        r"(?:chaque|tous les|toutes les) "
        rf"(?:(?P<number>{_NUMBER}) )?(?P<unit>{_UNIT})s?(?: le (?:(?P<rank>{_RANK}) )?(?P<day>{_DAY}))?",
        _every,
    ),
    (
        rf"{_EACH} ({_RANK}) ({_DAY})(?: {_OF_MONTH})?",
        lambda found: _rule("MONTHLY", BYDAY=_ranked(found[1], found[2])),
    ),
    (
        rf"{_EACH} {_DAY}(?: et (?:{_EACH} )?{_DAY})*",
        lambda found: _rule("WEEKLY", BYDAY=",".join(_code(day) for day in re.findall(_DAY, found[0]))),
    ),
    (
        rf"le (\d\d?|1er|premier) {_OF_MONTH}",
        lambda found: _rule("MONTHLY", BYMONTHDAY=found[1] if found[1].isdigit() else "1"),
    ),
]
"""How it is said, and the rule that this makes; the first that fits counts."""
