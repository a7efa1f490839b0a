"""A loge made at the team's desk, and its members: what the commands do, by hand."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from math import cos, sin
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.models import LogeCollection, LogePage
from loges import permissions
from loges.actions import loges
from loges.models import Loge, LogeMembership, Person, Territory
from tests.cms.conftest import OUTLINE, Place
from tests.cms.desk import Fields, at_desk, errors_at, soup
from tests.factories import NOW, PersonFactory

pytestmark = pytest.mark.django_db

CREATE = "loges:create"
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[2.37, 48.84], [2.39, 48.84], [2.39, 48.86], [2.37, 48.86], [2.37, 48.84]]],
}
HOURGLASS = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
NESTED = '{"type": "Polygon", "coordinates": %s%s}'
EUROPE = {"type": "Polygon", "coordinates": [[[0, 40], [9, 40], [9, 50], [0, 50], [0, 40]]]}
TYPED: Fields = {
    "name": "La loge d'Aligre",
    "slug": "paris-aligre",
    "city": "Paris",
    "neighbourhood": "Aligre",
    "also_called": "Faubourg Saint-Antoine, Bastille ,",
    "min_experts": "4",
    "latitude": "48,849",
    "longitude": "2.378",
    "radius_meters": "900",
    "postcodes": "75012, 75011",
    "polygon": "",
}
RING = [[2.38 + cos(angle / 100) / 100, 48.85 + sin(angle / 100) / 100] for angle in range(600)]
WHEEL = json.dumps({"type": "Polygon", "coordinates": [[*RING, RING[0]]]})
NO_CIRCLE = {"latitude": "", "longitude": ""}
CANDIDATE: Fields = {
    "email": "Zoe@Example.org",
    "first_name": "Zoé",
    "last_name": "Durand",
    "role": "COORDINATOR",
    "until_on": "",
}


@pytest.fixture
def client(team_editor: Person) -> Client:
    """The browser of somebody of the team."""
    return at_desk(team_editor)


def create(client: Client, **changes: Any) -> Any:
    return client.post(reverse(CREATE), {**TYPED, **changes})


def members_url(loge: Loge) -> str:
    return reverse("loges:members", args=[loge.pk])


def dismiss_url(member: LogeMembership) -> str:
    return reverse("loges:dismiss", args=[member.loge_id, member.pk])


# --- A loge is made ----------------------------------------------------------------------------------------------


def test_loge_is_made_with_all_that_was_typed(client: Client) -> None:
    assert reverse(CREATE) in client.get(reverse("wagtailadmin_home")).text

    answer = create(client)

    loge = Loge.objects.get()
    assert answer["Location"] == members_url(loge)
    assert (loge.name, loge.slug, loge.city, loge.neighbourhood) == (
        "La loge d'Aligre",
        "paris-aligre",
        "Paris",
        "Aligre",
    )
    assert (loge.state, loge.also_called, loge.min_experts) == (
        "PREPARING",
        ["Faubourg Saint-Antoine", "Bastille"],
        4,
    )
    where = loge.territory
    assert (where.latitude, where.longitude, where.radius_meters) == (48.849, 2.378, 900)
    assert (where.polygon, where.postcodes) == (None, ["75012", "75011"])
    assert LogePage.objects.filter(loge=loge, live=False).exists()
    assert LogeCollection.objects.filter(loge=loge).exists()


def test_address_is_made_of_the_name(client: Client) -> None:
    create(client, slug="")

    assert Loge.objects.get().slug == "la-loge-daligre"


@pytest.mark.parametrize(
    "pasted",
    [
        SQUARE,
        {"type": "Feature", "properties": {}, "geometry": SQUARE},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]},
    ],
)
def test_outline_is_taken_as_tools_write_it_and_gives_its_own_centre(client: Client, pasted: Any) -> None:
    create(client, **NO_CIRCLE, polygon=json.dumps(pasted))

    where = Loge.objects.get().territory
    assert where.polygon == SQUARE
    assert (round(where.latitude, 6), round(where.longitude, 6)) == (48.85, 2.38)
    assert 1_300 < where.radius_meters < 1_400


def test_new_loge_that_shares_too_much_is_made_and_the_team_is_told(here: Place, client: Client) -> None:
    home = here.loge.territory
    answer = create(client, latitude=str(home.latitude), longitude=str(home.longitude))

    shown = client.get(answer["Location"])

    assert "À redessiner avant d&#x27;ouvrir. Le territoire de «\u00a0Loge de Aligre\u00a0»" in shown.text
    assert Loge.objects.get(slug="paris-aligre").state == "PREPARING"


def test_outline_beside_a_circle_keeps_both(client: Client) -> None:
    create(client, polygon=json.dumps(SQUARE))

    where = Loge.objects.get().territory
    assert (where.polygon, where.latitude, where.radius_meters) == (SQUARE, 48.849, 900)


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"name": ""}, "name", "Champ requis"),
        ({"city": "x" * 81}, "city", "au plus 80"),
        ({"slug": "pas un slug"}, "slug", "lettres"),
        ({"slug": "aligre"}, "slug", "Une autre loge a déjà cette adresse."),
        ({"name": "!!!", "slug": ""}, "slug", "Le nom ne donne pas d'adresse"),
        ({"min_experts": "-1"}, "min_experts", "supérieure ou égale à 0"),
        ({"latitude": "123"}, "latitude", "inférieure ou égale à 90"),
        ({"longitude": "-181"}, "longitude", "supérieure ou égale à -180"),
        ({"latitude": "nan"}, "latitude", "Saisissez un nombre"),
        ({"radius_meters": "3"}, "radius_meters", "supérieure ou égale à 50"),
        ({"radius_meters": "90000"}, "radius_meters", "inférieure ou égale à 50000"),
        ({"latitude": ""}, "latitude", "Dites-le, ou dessinez un contour."),
        ({"polygon": "{'type': 1"}, "polygon", "JSON"),
        ({"polygon": "[]"}, "polygon", "Ce n'est pas un contour"),
        ({"polygon": '{"type": "FeatureCollection", "features": []}'}, "polygon", "Ce n'est pas un contour"),
        (
            {"polygon": '{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 1], [NaN, 1]]]}'},
            "polygon",
            "pas un contour",
        ),
        ({"polygon": json.dumps(HOURGLASS)}, "polygon", "qui ne se croise pas"),
        ({"polygon": '{"type": "Feature", "geometry": null}'}, "polygon", "Ce n'est pas un contour"),
        ({"polygon": NESTED % ("[" * 300, "]" * 300)}, "polygon", "Ce n'est pas un contour"),
        ({"polygon": NESTED % ("[" * 90_000, "]" * 90_000)}, "polygon", "JSON"),
        ({"polygon": NESTED % ("[[[", f"[{'9' * 5_000}, 1]]]]")}, "polygon", "JSON"),
        ({"latitude": "43,2", "polygon": json.dumps(SQUARE)}, "latitude", "trop loin du contour"),
        ({**NO_CIRCLE, "polygon": json.dumps(EUROPE)}, "polygon", "Le rayon va de 50 m à 50 km."),
    ],
)
def test_what_is_refused_is_told_at_its_field_and_nothing_is_lost(
    here: Place, client: Client, change: Fields, field: str, told: str
) -> None:
    before = (Loge.objects.count(), LogePage.objects.count(), LogeCollection.objects.count())

    answer = create(client, **change)

    assert answer.status_code == 200
    assert told in errors_at(answer, field)
    kept = soup(answer)
    for name in ("also_called", "postcodes"):
        assert kept.find(attrs={"name": name})["value"] == TYPED[name]
    assert (Loge.objects.count(), LogePage.objects.count(), LogeCollection.objects.count()) == before


# --- Its territory is drawn anew ---------------------------------------------------------------------------------


def draw_url(loge: Loge) -> str:
    return reverse("loges:draw", args=[loge.pk])


def test_territory_is_shown_and_drawn_anew_and_keeps_what_is_not_asked(
    here: Place, elsewhere: Place, client: Client
) -> None:
    Territory.objects.filter(loge=here.loge).update(insee_codes=["69384"])
    beside = here.loge.territory.latitude + 0.015
    Territory.objects.filter(loge=elsewhere.loge).update(latitude=beside)
    assert draw_url(here.loge) in client.get(reverse("wagtailadmin_home")).text
    shown = client.get(draw_url(here.loge))
    page = soup(shown)
    picture = page.select_one(".outline-map svg")
    assert picture["aria-label"] == "Carte du territoire de Loge de Aligre, avec ses voisines"
    assert [name.text for name in picture.select(".outline-map__name")] == ["Loge de Wazemmes"]
    assert "1 km" in picture.text
    known = json.loads(page.select_one(".outline-map script").text)
    assert [other["name"] for other in known["others"]] == ["Loge de Wazemmes"]
    assert (page.find("textarea", {"name": "polygon"}).text.strip(), page.find(id="id_radius_meters")["value"]) == (
        "",
        "900",
    )

    corners = [[4.82, 45.77], [4.84, 45.77], [4.84, 45.78], [4.82, 45.78], [4.82, 45.77]]
    square = {"type": "Polygon", "coordinates": [corners]}

    answer = client.post(draw_url(here.loge), {**NO_CIRCLE, "postcodes": "75012", "polygon": json.dumps(square)})

    assert answer["Location"] == draw_url(here.loge)
    where = Territory.objects.get(loge=here.loge)
    assert (where.polygon, where.postcodes, where.insee_codes) == (square, ["75012"], ["69384"])
    again = soup(client.get(draw_url(here.loge)))
    assert json.loads(again.find("textarea", {"name": "polygon"}).text) == square
    assert again.select_one("svg .outline-map__outline") is not None


def test_open_loge_drawn_far_away_is_told_and_nothing_is_lost(here: Place, client: Client) -> None:
    before = here.loge.territory.latitude

    answer = client.post(draw_url(here.loge), {**NO_CIRCLE, "postcodes": "", "polygon": json.dumps(SQUARE)})

    assert "km du territoire d'aujourd'hui, 30 au plus" in errors_at(answer, "polygon")
    assert json.loads(soup(answer).find("textarea", {"name": "polygon"}).text) == SQUARE
    assert Territory.objects.get(loge=here.loge).latitude == before


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"postcodes": "75012, ABC"}, "postcodes", "« ABC » n'est pas un code postal français"),
        ({"polygon": WHEEL}, "polygon", "500 coins au plus"),
    ],
)
def test_territory_that_is_refused_is_told_at_its_field(
    make_place: Any, client: Client, changes: Fields, field: str, told: str
) -> None:
    loge = make_place("panier", is_open=False).loge

    answer = client.post(draw_url(loge), {**TYPED, **changes})

    assert told in errors_at(answer, field)
    assert Territory.objects.get(loge=loge).postcodes == OUTLINE.postcodes


def test_open_loge_drawn_onto_another_is_told_and_nothing_is_lost(
    here: Place, elsewhere: Place, client: Client
) -> None:
    there = elsewhere.loge.territory
    typed = {"latitude": str(there.latitude), "longitude": str(there.longitude), "radius_meters": "700"}

    answer = client.post(draw_url(here.loge), {**typed, "postcodes": "69001", "polygon": ""})

    told = soup(answer).select_one("[role=alert].help-critical").text.replace("\u00a0", " ")
    assert "Le territoire de « Loge de Wazemmes » est en partie le même : 100 %" in told
    assert soup(answer).find(id="id_radius_meters")["value"] == "700"
    assert Territory.objects.get(loge=here.loge).radius_meters == 900


def test_loge_in_preparation_drawn_onto_another_is_warned_of(
    here: Place, make_place: Callable[..., Place], client: Client
) -> None:
    loge, there = make_place("zola", is_open=False).loge, here.loge.territory
    typed = {"latitude": str(there.latitude), "longitude": str(there.longitude), "radius_meters": "900"}

    answer = client.post(draw_url(loge), {**typed, "postcodes": "", "polygon": ""}, follow=True)

    assert "À redessiner avant d&#x27;ouvrir." in answer.text
    assert Territory.objects.get(loge=loge).latitude == there.latitude


def test_coordinator_sees_the_map_of_their_loge_and_may_not_draw(here: Place) -> None:
    desk = soup(here.client.get(reverse("wagtailadmin_home")))

    assert desk.select_one(".desk svg")["aria-label"] == "Carte du territoire de Loge de Aligre"
    assert here.client.get(draw_url(here.loge)).status_code == 302
    assert here.client.post(draw_url(here.loge), TYPED).status_code == 302
    assert Territory.objects.get(loge=here.loge).postcodes == ["69004"]


# --- Its members -------------------------------------------------------------------------------------------------


def appoint(client: Client, loge: Loge, **changes: Any) -> Any:
    return client.post(members_url(loge), {**CANDIDATE, **changes})


def test_new_loge_says_what_to_do_and_its_coordinator_gets_the_way_in(
    client: Client, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any, team_editor: Person
) -> None:
    create(client)
    loge = Loge.objects.get()
    assert "Nommez d'abord son coordinateur" in client.get(members_url(loge)).text

    with django_capture_on_commit_callbacks(execute=True):
        appoint(client, loge)

    member = loge.memberships.get()
    assert (member.person.email, member.granted_by) == ("zoe@example.org", team_editor)
    assert permissions.may(member.person, "edit_content", loge)
    (mail,) = mailoutbox
    assert mail.to == ["zoe@example.org"]
    assert re.search(r"/admin/password_reset/confirm/\S+", mail.body)
    shown = " ".join(soup(client.get(members_url(loge))).select_one("table.listing").text.split())
    assert "Zoé Durandzoe@example.org coordinateur 2 mars 2026 sans fin" in shown
    assert str(team_editor) in shown


def test_known_person_is_found_by_their_address(here: Place, client: Client) -> None:
    person = PersonFactory(email="zoe@example.org", first_name="Zoé")

    appoint(client, here.loge, first_name="", role="CO_COORDINATOR")

    assert here.loge.memberships.get(role="CO_COORDINATOR").person == person
    assert Person.objects.filter(email="zoe@example.org").count() == 1


def test_dated_role_ends_with_its_last_day(here: Place, client: Client) -> None:
    appoint(client, here.loge, role="INTERIM", until_on="15/03/2026")

    assert here.loge.memberships.get(role="INTERIM").ends_at.isoformat() == "2026-03-15T23:00:00+00:00"
    assert "15 mars 2026" in client.get(members_url(here.loge)).text


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"email": "zoe"}, "email", "adresse de courriel valide"),
        ({"first_name": ""}, "first_name", "Personne n'a cette adresse"),
        ({"role": "INTERIM"}, "until_on", "demande une date à venir"),
        ({"role": "INTERIM", "until_on": "01/03/2026"}, "until_on", "demande une date à venir"),
        ({"role": "INTERIM", "until_on": "31/12/9999"}, "until_on", "du 1er janvier 2000 au 31 décembre 2100"),
        ({"until_on": "15/03/2026"}, "until_on", "n'a pas de fin"),
        ({"role": "KING"}, "role", "KING"),
    ],
)
def test_refused_appointment_is_told_at_its_field(
    here: Place, client: Client, change: Fields, field: str, told: str
) -> None:
    answer = appoint(client, here.loge, **change)

    assert answer.status_code == 200
    assert told in errors_at(answer, field)
    assert soup(answer).find(attrs={"name": "last_name"})["value"] == "Durand"
    assert here.loge.memberships.count() == 1
    assert not Person.objects.filter(email="zoe@example.org").exists(), "no account is left behind"


def test_role_that_somebody_has_is_not_given_twice(here: Place, client: Client) -> None:
    answer = appoint(client, here.loge, email=here.person.email)

    assert "Cette personne a déjà ce rôle" in errors_at(answer, "role")


def test_closed_account_is_not_appointed(here: Place, client: Client) -> None:
    PersonFactory(email="zoe@example.org", is_active=False)

    answer = appoint(client, here.loge)

    assert "Ce compte est désactivé" in errors_at(answer, "email")
    assert here.loge.memberships.count() == 1


def test_end_of_the_last_coordinator_is_warned_of(here: Place, client: Client) -> None:
    alone, warning = here.loge.memberships.get(), "n'aura plus personne pour la coordonner"
    assert warning in client.get(dismiss_url(alone)).text

    appoint(client, here.loge)
    helper = loges.appoint(by=None, loge=here.loge, person=PersonFactory(), role="CONTRIBUTOR", now=NOW)

    assert warning not in client.get(dismiss_url(alone)).text
    assert warning not in client.get(dismiss_url(helper)).text


def test_role_is_ended_after_a_question(here: Place, client: Client) -> None:
    member = here.loge.memberships.get()
    assert "n'aura plus le rôle" in client.get(dismiss_url(member)).text
    assert permissions.may(here.person, "edit_content", here.loge), "asking changes nothing"

    answer = client.post(dismiss_url(member))

    assert answer["Location"] == members_url(here.loge)
    assert not permissions.may(Person.objects.get(pk=here.person.pk), "edit_content", here.loge)
    assert "/login/" in here.client.get(reverse("wagtailadmin_home"))["Location"]
    assert client.post(dismiss_url(member)).status_code == 404, "it ended"


def test_member_of_another_loge_is_not_ended_by_this_ones_address(
    here: Place, elsewhere: Place, client: Client
) -> None:
    member = elsewhere.loge.memberships.get()

    answer = client.post(reverse("loges:dismiss", args=[here.loge.pk, member.pk]))

    assert answer.status_code == 404
    assert permissions.may(elsewhere.person, "edit_content", elsewhere.loge)


# --- Only for the team -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["COORDINATOR", "CONTRIBUTOR", None, "nobody"])
def test_others_are_refused(here: Place, role: str | None) -> None:
    person = None if role == "nobody" else PersonFactory(last_name="Demandeur")
    if role == "COORDINATOR" or role == "CONTRIBUTOR":
        loges.appoint(by=None, loge=here.loge, person=person, role=role, now=NOW)
    asking, before = at_desk(person), list(LogeMembership.objects.values_list("pk", "ends_at"))
    member = here.loge.memberships.first()

    for url, typed in (
        (reverse(CREATE), TYPED),
        (members_url(here.loge), CANDIDATE),
        (draw_url(here.loge), TYPED),
        (dismiss_url(member), {}),
    ):
        assert asking.get(url).status_code == 302
        assert asking.post(url, typed).status_code == 302

    assert Loge.objects.count() == 1
    assert list(LogeMembership.objects.values_list("pk", "ends_at")) == before


def test_views_refuse_by_themselves_those_whom_the_gate_lets_pass(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cms import gate

    monkeypatch.setattr(
        gate, "FOR_EDITORS", gate.FOR_EDITORS | {CREATE, "loges:members", "loges:dismiss", "loges:draw"}
    )
    member = here.loge.memberships.get()

    for url in (reverse(CREATE), members_url(here.loge), draw_url(here.loge), dismiss_url(member)):
        assert here.client.get(url)["Location"] == reverse("wagtailadmin_home")
        assert here.client.post(url, {**TYPED, **CANDIDATE})["Location"] == reverse("wagtailadmin_home")
    assert (Loge.objects.count(), LogeMembership.objects.get().ends_at) == (1, None)


def test_past_members_are_no_longer_told(here: Place, client: Client, settings: Any) -> None:
    appoint(client, here.loge, role="INTERIM", until_on="15/03/2026")
    assert "Zoé" in client.get(members_url(here.loge)).text

    settings.CLOCK_STANDS_AT = NOW + timedelta(days=20)

    assert "Zoé" not in client.get(members_url(here.loge)).text
