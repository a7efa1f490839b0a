"""The team at the desk: whose profiles are kept, saved whole or not at all, and followed by the search at once."""

import json
from datetime import time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from loges import permissions
from loges.actions import loges
from loges.models import ExpertProfile, Offer, Person, Verification
from search.models import ExpertEntry
from tests.bench.rights import guarded_page, network, statements
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, form_of, soup
from tests.factories import (
    NOW,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    OfferFactory,
    PersonFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db


def url(expert: ExpertProfile) -> str:
    return reverse("team:profile", args=[expert.pk])


def rows(prefix: str, *filled: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(filled):
        found |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return found


def sent(**changes: Any) -> dict[str, Any]:
    profile = {"headline": "Couture et retouches", "presentation": "Quarante ans de soie.", "languages": ["fr", "pt"]}
    return {**profile, **rows("offers"), **rows("windows"), **changes}


def test_list_is_of_the_own_loge(here: Place, elsewhere: Place) -> None:
    ExpertProfileFactory(loge=here.loge, person__first_name="Yvonne")
    ExpertProfileFactory(loge=elsewhere.loge, person__first_name="Samir")

    listed = soup(here.client.get(reverse("team:index"))).text

    assert "Yvonne" in listed
    assert "Samir" not in listed


def test_profile_is_saved_whole_and_search_follows(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, published=True)
    service = ServiceFactory()
    offers = rows("offers", {"service": service.pk, "unit": "HOUR", "price": "22,50"})
    windows = rows("windows", {"weekday": 0, "starts": "09:00", "ends": "12:00"})

    answer = here.client.post(url(expert), sent(**offers, **windows))

    expert.refresh_from_db()
    assert answer["Location"] == url(expert)
    assert (expert.headline, expert.languages) == ("Couture et retouches", ["fr", "pt"])
    assert Offer.objects.get(expert=expert).price_cents == 2_250
    assert expert.availability_rules.count() == 1
    assert ExpertEntry.objects.get(expert=expert).price_min_cents == 2_250
    page = soup(here.client.get(url(expert)))
    assert page.find("input", {"name": "offers-0-price"})["value"] == "22,50"


AREA = {"type": "Polygon", "coordinates": [[[4.82, 45.7], [4.84, 45.7], [4.84, 45.8], [4.82, 45.8], [4.82, 45.7]]]}


def test_area_is_pasted_shown_again_and_taken_back(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, published=True)
    pasted = {"type": "Feature", "properties": {"stroke": "red"}, "geometry": {**AREA, "bbox": [1, 2, 3, 4]}}

    here.client.post(url(expert), sent(area=json.dumps(pasted)))
    expert.refresh_from_db()
    assert expert.area == AREA

    shown = form_of(here.client, url(expert), "profile-form")
    assert json.loads(shown["area"]) == AREA
    here.client.post(url(expert), {**shown, "area": " "})
    expert.refresh_from_db()
    assert expert.area is None


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("{", "JSON"),
        ('{"type": "Polygon", "coordinates": []}', "Ce n'est pas un contour"),
        (json.dumps(AREA).replace("45.", "48."), "à plus de 30 km"),
    ],
)
def test_area_that_is_refused_is_told_at_its_field_and_nothing_is_lost(here: Place, area: str, told: str) -> None:
    expert = ExpertProfileFactory(loge=here.loge, published=True, headline="Avant")

    answer = here.client.post(url(expert), sent(area=area))

    field = soup(answer).find("textarea", {"name": "area"})
    assert field.text.strip() == area
    assert told in field.find_parent(class_="w-field__wrapper").text
    expert.refresh_from_db()
    assert (expert.headline, expert.area) == ("Avant", None)


def test_profile_sent_as_the_browser_shows_it_is_saved_with_its_empty_rows(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, published=True)
    here.client.post(url(expert), sent(**rows("windows", {"weekday": 0, "starts": "09:00", "ends": "12:00"})))
    for number in range(2):
        OfferFactory(expert=expert, position=number)
    shown = form_of(here.client, url(expert), "profile-form")
    assert (shown["offers-2-unit"], shown["windows-1-weekday"]) == ("HOUR", "0"), "browsers choose by themselves"

    answer = here.client.post(url(expert), shown)

    assert answer["Location"] == url(expert)
    assert (Offer.objects.filter(expert=expert).count(), expert.availability_rules.count()) == (2, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"headline": ""},
        {"headline": "x" * 121},
        {"languages": []},
        rows("offers", {"service": "999999", "unit": "HOUR", "price": "10"}),
        rows("offers", {"service": "", "unit": "HOUR", "price": "10"}),
        rows("windows", {"weekday": 0, "starts": "12:00", "ends": "09:00"}),
        rows("offers", {"service": "", "unit": "DAY", "price": ""}),
        rows("windows", {"weekday": 1, "starts": "", "ends": ""}),
        rows("windows", {"weekday": 9, "starts": "09:00", "ends": "12:00"}),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved_by_halves(here: Place, wrong: dict[str, Any]) -> None:
    expert = ExpertProfileFactory(loge=here.loge, headline="Avant")
    OfferFactory(expert=expert)

    answer = here.client.post(url(expert), sent(**wrong))

    expert.refresh_from_db()
    assert answer.status_code == 200
    assert expert.headline == "Avant"
    assert Offer.objects.filter(expert=expert).count() == 1
    assert "Quarante ans de soie." in answer.text, "what was typed is kept"


def told_at(answer: Any, name: str) -> str:
    """What the screen says at a field."""
    return str(soup(answer).find(["input", "select"], {"name": name}).find_parent(class_="w-field__wrapper").text)


@pytest.mark.parametrize(
    ("starts", "ends"), [("12:00", "09:00"), ("9h", "9h"), ("22:00", "21:59")], ids=["before", "equal", "just before"]
)
def test_time_that_ends_before_it_begins_is_told_at_its_row(here: Place, starts: str, ends: str) -> None:
    expert = ExpertProfileFactory(loge=here.loge)
    right = {"weekday": 0, "starts": "09:00", "ends": "12:00"}

    answer = here.client.post(
        url(expert), sent(**rows("windows", right, {"weekday": 1, "starts": starts, "ends": ends}))
    )

    assert "La fin vient après le début" in told_at(answer, "windows-1-ends")
    assert "La fin vient" not in told_at(answer, "windows-0-ends")
    assert "availability_ends_later" not in answer.text


def test_times_are_typed_as_one_says_them_and_shown_without_seconds(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge)
    said = rows(
        "windows",
        {"weekday": 0, "starts": "9h", "ends": "12h30"},
        {"weekday": 0, "starts": "22:00", "ends": "00:00"},
    )

    here.client.post(url(expert), sent(**said))

    shown = form_of(here.client, url(expert), "profile-form")
    assert [shown[f"windows-{row}-{end}"] for row in (0, 1) for end in ("starts", "ends")] == [
        "09:00",
        "12:30",
        "22:00",
        "00:00",
    ]
    assert [rule.ends for rule in expert.availability_rules.order_by("starts")] == [time(12, 30), time(23, 59)]
    here.client.post(url(expert), shown)
    assert expert.availability_rules.filter(ends=time(23, 59)).exists()


@pytest.mark.parametrize(
    "second", [("09:00", "12:00"), ("11:30", "14:00"), ("09:30", "10:00")], ids=["same", "overlap", "within"]
)
def test_time_that_overlaps_another_is_told_at_its_row(here: Place, second: tuple[str, str]) -> None:
    expert = ExpertProfileFactory(loge=here.loge)
    first = {"weekday": 0, "starts": "09:00", "ends": "12:00"}
    next_day = {"weekday": 1, "starts": "09:00", "ends": "12:00"}

    answer = here.client.post(
        url(expert),
        sent(**rows("windows", first, next_day, {"weekday": 0, "starts": second[0], "ends": second[1]})),
    )

    assert "en chevauche une autre" in told_at(answer, "windows-2-starts")
    assert not expert.availability_rules.exists()


def test_overlapping_time_that_is_taken_away_is_no_fault(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge)
    one = {"weekday": 0, "starts": "09:00", "ends": "12:00"}

    answer = here.client.post(url(expert), sent(**rows("windows", one, {**one, "DELETE": "on"})))

    assert answer["Location"] == url(expert)
    assert expert.availability_rules.count() == 1


@pytest.mark.parametrize("name", ["team", "life", "members", "date"])
def test_screens_with_days_bring_the_script_of_the_picker(here: Place, administrator: Person, name: str) -> None:
    expert = ExpertProfileFactory(loge=here.loge, published=True)
    date = EventOccurrenceFactory(event__loge=here.loge, starts_at=NOW + timedelta(days=9))
    where = {
        "team": url(expert),
        "life": reverse("life:change", args=["loge", here.loge.pk, "pause"]),
        "members": reverse("loges:members", args=[here.loge.pk]),
        "date": reverse("dates:change", args=[date.pk]),
    }

    shown = at_desk(administrator).get(where[name])

    assert "date-time-chooser" in shown.text


def test_same_service_twice_is_refused(here: Place) -> None:
    expert, service = ExpertProfileFactory(loge=here.loge), ServiceFactory()
    row = {"service": service.pk, "unit": "HOUR", "price": "10"}

    answer = here.client.post(url(expert), sent(**rows("offers", row, row)))

    shown = soup(answer).find_all(class_="desk__row")
    assert ["ne se propose qu" in row.text for row in shown[:2]] == [False, True]
    assert not Offer.objects.filter(expert=expert).exists()


def test_check_is_noted_with_who_made_it(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge)

    here.client.post(url(expert), sent(check="1", kind="CHARTER", checked_on="01/03/2026"))

    noted = Verification.objects.get(expert=expert)
    assert (noted.kind, noted.checker_role, noted.checked_by) == ("CHARTER", "COORDINATOR", here.person)


def test_check_keeps_what_was_typed_in_the_profile(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, headline="Avant")

    here.client.post(url(expert), sent(check="1", kind="CHARTER", checked_on="01/03/2026"))

    expert.refresh_from_db()
    assert expert.headline == "Couture et retouches"
    assert Verification.objects.filter(expert=expert).exists()


def test_day_of_a_check_is_not_lost_when_the_profile_is_saved(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge)

    here.client.post(url(expert), sent(kind="CHARTER", checked_on="01/03/2026"))

    assert Verification.objects.filter(expert=expert, kind="CHARTER").exists()


def test_profile_and_check_are_saved_together_or_not_at_all(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, headline="Avant")

    answer = here.client.post(url(expert), sent(check="1", kind="CHARTER", checked_on=""))

    expert.refresh_from_db()
    assert told_at(answer, "checked_on").strip()
    assert expert.headline == "Avant"
    assert "Couture et retouches" in answer.text


def test_browser_warns_before_typed_words_are_left(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge)

    form = soup(here.client.get(url(expert))).find("form", id="profile-form")

    assert "beforeunload@window->w-unsaved#confirm" in form["data-action"]
    assert form.find("button", {"name": "check"}) is not None


@pytest.mark.parametrize("day", ["01/01/2099", "01/01/0001", "31/12/1999", "03/03/2026"])
def test_check_of_a_day_that_makes_no_sense_is_told_at_its_field(here: Place, day: str) -> None:
    expert = ExpertProfileFactory(loge=here.loge)

    answer = here.client.post(url(expert), sent(check="1", kind="CHARTER", checked_on=day))

    field = soup(answer).find("input", {"name": "checked_on"}).find_parent(class_="w-field__wrapper")
    assert "du 1er janvier 2000 au 2 mars 2026" in field.text
    assert not Verification.objects.exists()


@pytest.mark.parametrize("day", ["01/03/2026", "01/01/2101", "31/12/9999"])
def test_pause_until_a_day_that_makes_no_sense_is_told_at_its_field(here: Place, day: str) -> None:
    pause = reverse("life:change", args=["loge", here.loge.pk, "pause"])

    answer = here.client.post(pause, {"message": "Congés", "until_on": day})

    field = soup(answer).find("input", {"name": "until_on"}).find_parent(class_="w-field__wrapper")
    assert "du 2 mars 2026 au 31 décembre 2100" in field.text
    here.loge.refresh_from_db()
    assert here.loge.state == "ACTIVE"


def test_profile_is_published_by_its_button_once_it_is_complete(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, submitted=True)
    button = reverse("life:change", args=["profil", expert.pk, "publish"])

    refused = here.client.post(button)
    assert "La charte n" in refused.text
    ready = ExpertProfileFactory(loge=here.loge, submitted=True, papers=True)
    OfferFactory(expert=ready)
    answer = here.client.post(reverse("life:change", args=["profil", ready.pk, "publish"]))

    ready.refresh_from_db()
    assert answer["Location"] == url(ready)
    assert ready.state == "PUBLISHED"
    assert ExpertEntry.objects.filter(expert=ready).exists()


@pytest.mark.parametrize("name", ["publish", "pause", "suspend", "resume", "reinstate", "suggest", "leave", "submit"])
def test_buttons_of_another_loges_profile_are_not_there(here: Place, elsewhere: Place, name: str) -> None:
    expert = ExpertProfileFactory(loge=elsewhere.loge, published=True)

    answer = here.client.post(reverse("life:change", args=["profil", expert.pk, name]), {"reason": "x"})

    expert.refresh_from_db()
    assert answer.status_code == 404
    assert expert.state == "PUBLISHED"


def test_profile_of_another_loge_is_not_there(here: Place, elsewhere: Place) -> None:
    expert = ExpertProfileFactory(loge=elsewhere.loge, headline="Avant")

    assert here.client.get(url(expert)).status_code == 404
    assert here.client.post(url(expert), sent()).status_code == 404
    expert.refresh_from_db()
    assert expert.headline == "Avant"


@pytest.mark.parametrize("role", ["CONTRIBUTOR", "EXPERT"])
def test_team_is_closed_to_who_keeps_none(here: Place, role: str) -> None:
    person: Person = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=person, role=role, now=NOW)

    answer = at_desk(person).get(reverse("team:index"))

    assert answer.status_code == 302


def test_team_of_openloge_keeps_every_profile(here: Place, team_editor: Person) -> None:
    expert = ExpertProfileFactory(loge=here.loge)

    assert at_desk(team_editor).get(url(expert)).status_code == 200


def test_list_costs_the_same_whatever_the_number_of_experts_and_grants(here: Place) -> None:
    def cost() -> tuple[int, int]:
        screen = statements(lambda: here.client.get(reverse("team:index")))
        return screen, statements(lambda: guarded_page(here.person))

    first, *others = network(50, 20, NOW)
    loges.appoint(by=None, loge=first, person=here.person, role="COORDINATOR", now=NOW)
    cost()  # what is kept is kept by then
    with_20_experts = cost()
    for loge in others:
        loges.appoint(by=None, loge=loge, person=here.person, role="COORDINATOR", now=NOW)
    network(1, 1_000, NOW)

    assert len(guarded_page(here.person)) == 20
    assert permissions.scope(ExpertProfile.objects.all(), here.person, "edit").count() == 1_000
    assert cost() == with_20_experts
