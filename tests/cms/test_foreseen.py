"""The dates that an event will have, told while its form is filled in, before anything is saved."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.models import EventPage
from loges.actions import events, loges
from loges.models import Event, EventOccurrence
from tests.cms.conftest import Place
from tests.cms.desk import EVENT, Fields, add_event_url, at_desk, edit_url, exceptions, send, soup
from tests.factories import NOW, PersonFactory

pytestmark = pytest.mark.django_db

URL = "dates:foreseen"
MONTHLY = {"recurrence": "FREQ=MONTHLY;BYDAY=2TH"}
DAYS = [
    "jeudi 12 mars 2026 à 19 h 00",
    "jeudi 9 avril 2026 à 19 h 00",
    "jeudi 14 mai 2026 à 19 h 00",
    "jeudi 11 juin 2026 à 19 h 00",
    "jeudi 9 juillet 2026 à 19 h 00",
    "jeudi 13 août 2026 à 19 h 00",
]
"""The second Thursdays of the six months after NOW."""


def ask(client: Client, **changes: Any) -> Any:
    return client.post(reverse(URL), {**EVENT, **changes})


def listed(client: Client, **changes: Any) -> list[str]:
    """The dates as they are told."""
    answer = ask(client, **changes)
    assert answer.status_code == 200
    return [" ".join(row.text.split()) for row in soup(answer).find_all("li")]


def refused(client: Client, **changes: Any) -> str:
    """Why there are none."""
    document = soup(ask(client, **changes))
    assert not document.find_all("li")
    return " ".join(document.text.split())


def test_single_date_is_told(here: Place) -> None:
    assert listed(here.client) == [DAYS[0]]


def test_repetition_is_understood_as_it_is_said(here: Place) -> None:
    assert listed(here.client, rule="Un jeudi sur deux", until_on="30/04/2026") == [
        f"jeudi {day} 2026 à 19 h 00" for day in ("12 mars", "26 mars", "9 avril", "23 avril")
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("18h30", "18 h 30"), ("18h", "18 h 00"), ("9 h 5", "9 h 05"), ("18:30", "18 h 30"), ("00:00", "0 h 00")],
)
def test_hour_is_understood_as_it_is_written(here: Place, typed: str, told: str) -> None:
    assert listed(here.client, starts_at_time=typed) == [f"jeudi 12 mars 2026 à {told}"]


def test_monthly_dates_keep_their_hour_across_the_change_of_clocks(here: Place) -> None:
    assert listed(here.client, **MONTHLY) == DAYS
    assert "prévues jusqu'au 1er septembre 2026" in ask(here.client, **MONTHLY).text


def test_rule_that_was_written_is_understood(here: Place) -> None:
    assert listed(here.client, rule="rrule:freq=monthly;interval=2;byday=2TH") == DAYS[::2]


def test_end_and_days_without_are_left_out(here: Place) -> None:
    days = exceptions("09/04/2026")

    assert listed(here.client, **MONTHLY, until_on="11/06/2026", **days) == [DAYS[0], DAYS[2], DAYS[3]]


def test_row_that_was_taken_away_again_counts_no_more(here: Place) -> None:
    days = {**exceptions("09/04/2026", "demain"), "exceptions-0-DELETE": "1", "exceptions-1-DELETE": "1"}

    assert listed(here.client, **MONTHLY, **days) == DAYS


def test_row_that_is_still_empty_is_no_fault(here: Place) -> None:
    assert listed(here.client, **MONTHLY, **exceptions("")) == DAYS


def test_many_dates_are_summed_up(here: Place) -> None:
    told = listed(here.client, recurrence="FREQ=WEEKLY;BYDAY=TH")

    assert len(told) == 13
    assert told[11:] == ["jeudi 28 mai 2026 à 19 h 00", "et 13 autres"]


def test_dates_that_are_past_are_told_so_the_older_ones_by_number(here: Place) -> None:
    told = listed(here.client, starts_on="01/01/2026", recurrence="FREQ=WEEKLY;BYDAY=TH")

    assert told[:4] == [
        "7 dates plus anciennes, déjà passées",
        "jeudi 19 février 2026 à 19 h 00 (passée)",
        "jeudi 26 février 2026 à 19 h 00 (passée)",
        "jeudi 5 mars 2026 à 19 h 00",
    ]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"starts_on": ""}, "Dites le jour : les dates"),
        ({"starts_on": "", "starts_at_time": ""}, "Dites le jour et l'heure : les dates"),
        ({"starts_at_time": ""}, "Dites l'heure"),
        ({"starts_on": "mardi"}, "Date : Saisissez une date valide"),
        ({"starts_on": "01/01/1900"}, "Date : Choisissez une date du 1er janvier 2000"),
        ({"starts_at_time": "25h"}, "Heure : Saisissez une heure valide"),
        ({"duration_minutes": "0"}, "Durée : "),
        ({"duration_minutes": "99999"}, "Durée : Un événement dure au plus deux semaines"),
        ({**MONTHLY, "until_on": "01/03/2026"}, "Jusqu'au : La fin vient avant la première date."),
        (
            {**MONTHLY, "until_on": "13/03/2026", "starts_on": "13/03/2026"},
            "Jusqu'au : La répétition ne donne aucune",
        ),
        ({"rule": "quand on veut"}, "Revient : Cette répétition n'est pas comprise"),
        ({"rule": "FREQ=DAILY", "starts_on": "01/01/2001"}, "ou elle donne trop de dates"),
        (
            {**MONTHLY, "rule": "FREQ=WEEKLY"},
            "Autre répétition : Choisissez dans la liste ou écrivez une autre répétition",
        ),
        ({**MONTHLY, **exceptions("10/04/2026")}, "Sauf le : L'événement n'a pas lieu ce jour-là"),
        ({**MONTHLY, **exceptions("demain")}, "Sauf le : Saisissez une date valide"),
        (exceptions("12/03/2026"), "Sauf le : L'événement n'a pas lieu ce jour-là"),
        (
            {**MONTHLY, "until_on": "09/04/2026", **exceptions("12/03/2026", "09/04/2026")},
            "Sauf le : Sans ce jour-là, il ne reste aucune date.",
        ),
        ({"exceptions-TOTAL_FORMS": "x"}, "Les dates ne se lisent pas encore"),
    ],
)
def test_why_there_are_no_dates_is_told(here: Place, typed: Fields, why: str) -> None:
    assert why in refused(here.client, **typed).replace("\u00a0", " ")


def test_what_is_told_is_what_publication_makes(here: Place) -> None:
    typed = {**EVENT, **MONTHLY, **exceptions("14/05/2026")}
    told = listed(here.client, **typed)

    send(here.client, add_event_url(here.page), "publish", **typed)

    assert told == [DAYS[0], DAYS[1], *DAYS[3:]]
    assert [date.planned_on.day for date in EventOccurrence.objects.order_by("starts_at")] == [12, 9, 11, 9, 13]


def test_dates_moved_or_cancelled_by_hand_are_told_and_nothing_is_written(here: Place, settings: Any) -> None:
    send(here.client, add_event_url(here.page), "publish", **{**EVENT, **MONTHLY})
    event, dates = Event.objects.get(), list(EventOccurrence.objects.order_by("starts_at"))
    moved = dates[1].starts_at + timedelta(days=1, hours=1)
    events.move(by=here.person, occurrence=dates[1], starts_at=moved, now=NOW)
    events.cancel(by=here.person, occurrence=dates[2], note="Férié", now=NOW)
    before = list(EventOccurrence.objects.order_by("pk").values())

    told = listed(here.client, **MONTHLY, starts_at_time="20h", event=event.pk)

    assert told[:4] == [
        "jeudi 12 mars 2026 à 20 h 00 Déplacer ou annuler",
        "vendredi 10 avril 2026 à 20 h 00 (déplacée à la main, elle le reste) Déplacer ou annuler",
        "jeudi 14 mai 2026 à 19 h 00 (annulée, elle le reste)",
        "jeudi 11 juin 2026 à 20 h 00 Déplacer ou annuler",
    ]
    assert list(EventOccurrence.objects.order_by("pk").values()) == before
    assert Event.objects.get().starts_at_time.hour == 19


def test_form_of_an_event_says_where_its_dates_are_asked(here: Place) -> None:
    adding = soup(here.client.get(add_event_url(here.page))).find(attrs={"data-foreseen": reverse(URL)})
    send(here.client, add_event_url(here.page), "publish", **EVENT)
    editing = soup(here.client.get(edit_url(EventPage.objects.get()))).find(attrs={"data-foreseen": reverse(URL)})

    assert (adding["data-event"], adding["aria-live"]) == ("", "polite")
    assert editing["data-event"] == str(Event.objects.get().pk)


def test_dates_of_another_loges_event_are_not_told(here: Place, elsewhere: Place) -> None:
    send(elsewhere.client, add_event_url(elsewhere.page), "publish", **EVENT)
    event = Event.objects.get()

    assert ask(here.client, event=event.pk).status_code == 404
    assert ask(here.client, event="x").status_code == 404
    assert ask(elsewhere.client, event=event.pk).status_code == 200


@pytest.mark.parametrize("role", ["CO_COORDINATOR", "COORDINATOR"])
def test_who_writes_events_may_ask(here: Place, role: str) -> None:
    person = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=person, role=role, now=NOW)

    assert listed(at_desk(person)) == [DAYS[0]]


@pytest.mark.parametrize("role", ["CONTRIBUTOR", "EXPERT", None])
def test_others_may_not_ask(here: Place, role: str | None) -> None:
    person = PersonFactory()
    if role:
        loges.appoint(by=None, loge=here.loge, person=person, role=role, now=NOW)

    for client in (at_desk(person), at_desk(None)):
        answer = ask(client)
        assert answer.status_code == 302
        assert "mars" not in answer.text


def test_question_is_sent_with_a_token_and_never_by_address(here: Place) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(here.person, backend="django.contrib.auth.backends.ModelBackend")

    assert strict.post(reverse(URL), EVENT).status_code == 403
    assert here.client.get(reverse(URL)).status_code == 405
