"""Recurrences as people say them."""

import pytest

from loges.recurrence import in_words, parts_of
from loges.spoken_rules import rule_of
from tests.loges.test_recurrence import OFFERED


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("un samedi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        ("Un Samedi sur 3", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA"),
        ("une semaine sur deux", "FREQ=WEEKLY;INTERVAL=2"),
        ("toutes les deux semaines", "FREQ=WEEKLY;INTERVAL=2"),
        ("Toutes les 2 semaines, le jeudi", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("tous les quinze jours", "FREQ=WEEKLY;INTERVAL=2"),
        ("tous les 15 jours, le mardi", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("tous les huit jours", "FREQ=WEEKLY"),
        ("tous les 10 jours", "FREQ=DAILY;INTERVAL=10"),
        ("tous les jours", "FREQ=DAILY"),
        ("chaque semaine", "FREQ=WEEKLY"),
        ("tous les mois", "FREQ=MONTHLY"),
        ("tous les deux mois, le premier samedi", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SA"),
        ("chaque année", "FREQ=YEARLY"),
        ("tous les ans", "FREQ=YEARLY"),
        ("le samedi", "FREQ=WEEKLY;BYDAY=SA"),
        ("tous les  samedis ", "FREQ=WEEKLY;BYDAY=SA"),
        ("le lundi et le jeudi", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("chaque lundi et chaque mercredi", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("le deuxième jeudi du mois", "FREQ=MONTHLY;BYDAY=2TH"),
        ("tous les premiers jeudis du mois", "FREQ=MONTHLY;BYDAY=1TH"),
        ("le 1er dimanche de chaque mois", "FREQ=MONTHLY;BYDAY=1SU"),
        ("chaque dernier vendredi", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("le 15 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("le 1er du mois", "FREQ=MONTHLY;BYMONTHDAY=1"),
    ],
)
def test_words_make_a_rule(said: str, rule: str) -> None:
    assert rule_of(said) == rule
    assert parts_of(rule)


@pytest.mark.parametrize(
    "said",
    ["", "souvent", "quand on veut", "un samedi", "tous les samedis et mardi prochain", "FREQ=WEEKLY", "le 15"],
)
def test_other_words_make_none(said: str) -> None:
    assert rule_of(said) is None


def test_what_the_list_says_may_be_written() -> None:
    offered = {rule: in_words(rule) for rule in OFFERED if rule}

    assert {rule: rule_of(words) for rule, words in offered.items()} == {rule: rule for rule in offered}
