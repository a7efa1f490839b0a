"""An expert is taken into the team: a profile begins, whoever they are, and goes all the way to the site."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loges.actions import loges, members
from loges.models import BusinessIdentity, ExpertProfile, Loge, LogeMembership, Person
from loges.permissions import NotAllowed
from tests.cms.conftest import Place
from tests.cms.desk import Fields, at_desk, errors_at, form_of, soup
from tests.factories import NOW, ExpertProfileFactory, PersonFactory, ServiceFactory
from tests.factories.pages import CharterVersionFactory

pytestmark = pytest.mark.django_db

ADD = "team:add"
ZOE: Fields = {"email": "Zoe@Example.org", "first_name": "Zoé", "last_name": "Durand", "headline": "Couture"}


def take_in(place: Place, **changes: Any) -> Any:
    return place.client.post(reverse(ADD), {"loge": place.loge.pk, **ZOE, **changes})


def test_expert_without_an_account_gets_one_and_a_profile_that_begins(here: Place) -> None:
    answer = take_in(here)

    expert = ExpertProfile.objects.get()
    assert answer["Location"] == reverse("team:profile", args=[expert.pk])
    assert (expert.person.email, str(expert.person)) == ("zoe@example.org", "Zoé Durand")
    assert (expert.loge, expert.state, expert.headline, expert.slug) == (here.loge, "DRAFT", "Couture", "zoe")
    assert (expert.latitude, expert.longitude) == (here.loge.territory.latitude, here.loge.territory.longitude)
    assert LogeMembership.objects.filter(person=expert.person, loge=here.loge, role="EXPERT").exists()
    assert "Zoé Durand" in soup(here.client.get(reverse("team:index"))).text


def test_expert_with_an_account_is_recognised(here: Place) -> None:
    person = PersonFactory(email="zoe@example.org", first_name="Zoé")

    take_in(here, first_name="", last_name="")

    assert ExpertProfile.objects.get().person == person


def test_experts_of_one_first_name_have_addresses_of_their_own(here: Place) -> None:
    for number in range(3):
        take_in(here, email=f"zoe{number}@example.org")

    assert list(ExpertProfile.objects.order_by("pk").values_list("slug", flat=True)) == ["zoe", "zoe-2", "zoe-3"]


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"email": "zoe"}, "email", "Saisissez une adresse"),
        ({"first_name": " "}, "first_name", "dites son prénom"),
        ({"headline": ""}, "headline", "requis"),
        ({"headline": "x" * 121}, "headline", "120"),
        ({"email": "closed@example.org"}, "email", "désactivé"),
    ],
)
def test_what_is_refused_is_told_at_its_field_and_begins_nothing(
    here: Place, changes: Fields, field: str, told: str
) -> None:
    PersonFactory(email="closed@example.org", is_active=False)
    people = Person.objects.count()

    answer = take_in(here, **changes)

    assert told in errors_at(answer, field)
    assert soup(answer).find("input", {"name": "last_name"})["value"] == "Durand"
    assert (Person.objects.count(), ExpertProfile.objects.count()) == (people, 0)


def test_expert_of_another_loge_is_left_there(here: Place, elsewhere: Place) -> None:
    theirs = ExpertProfileFactory(loge=elsewhere.loge, published=True)

    answer = take_in(here, email=theirs.person.email)

    assert "a déjà un profil dans une loge" in soup(answer).text
    assert ExpertProfile.objects.get() == theirs


def test_loge_of_others_cannot_be_chosen(here: Place, elsewhere: Place) -> None:
    answer = take_in(here, loge=elsewhere.loge.pk)

    assert answer.status_code == 200
    assert not ExpertProfile.objects.exists()
    with pytest.raises(NotAllowed):
        members.take_in_expert(by=here.person, loge=elsewhere.loge, now=NOW, **ZOE)


def test_who_keeps_no_team_takes_nobody_in(here: Place, administrator: Person) -> None:
    second = PersonFactory()
    loges.appoint(by=administrator, loge=here.loge, person=second, role="CO_COORDINATOR", now=NOW)

    answer = at_desk(second).post(reverse(ADD), {"loge": here.loge.pk, **ZOE})

    assert answer["Location"] == reverse("wagtailadmin_home")
    assert not ExpertProfile.objects.exists()


def test_closed_loge_takes_nobody_in(here: Place, administrator: Person) -> None:
    loges.close(by=administrator, loge=here.loge, message="Merci.", now=NOW)

    listed = here.client.get(reverse("team:index"))

    assert reverse(ADD) not in listed.text
    assert take_in(here).status_code == 302
    with pytest.raises(NotAllowed):
        members.take_in_expert(by=here.person, loge=here.loge, now=NOW, **ZOE)


def test_empty_team_says_how_to_begin(here: Place) -> None:
    page = soup(here.client.get(reverse("team:index")))

    assert page.find("a", href=reverse(ADD), string="Ajoutez un premier expert")
    assert page.find("header").find("a", href=reverse(ADD))


def test_legal_status_is_said_with_the_profile_and_kept(here: Place) -> None:
    take_in(here)
    url = reverse("team:profile", args=[ExpertProfile.objects.get().pk])
    shown = form_of(here.client, url, "profile-form")

    here.client.post(url, shown)
    assert not BusinessIdentity.objects.exists()
    here.client.post(url, {**shown, "legal_status": "COMPANY", "vat_basis_points": "550"})

    known = BusinessIdentity.objects.get()
    assert (known.legal_status, known.vat_regime, known.vat_basis_points) == ("COMPANY", "LIABLE", 550)
    again = form_of(here.client, url, "profile-form")
    assert (again["legal_status"], again["vat_basis_points"]) == ("COMPANY", "550")
    here.client.post(url, {**again, "vat_basis_points": "0"})
    known.refresh_from_db()
    assert (known.vat_regime, known.vat_basis_points) == ("FRANCHISE", 0)


def test_rate_that_the_form_does_not_offer_is_kept(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge)
    BusinessIdentity.objects.create(
        person=expert.person, legal_status="COMPANY", vat_regime="LIABLE", vat_basis_points=850
    )
    url = reverse("team:profile", args=[expert.pk])

    here.client.post(url, form_of(here.client, url, "profile-form"))

    assert BusinessIdentity.objects.get().vat_basis_points == 850


def test_loge_goes_from_nothing_to_open_by_what_the_screens_offer(
    make_place: Any, team_editor: Person, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    here, team = make_place("panier", is_open=False), at_desk(team_editor)
    Loge.objects.update(min_experts=1)
    service = ServiceFactory(slug="couture")
    CharterVersionFactory()
    home = soup(here.client.get(reverse("wagtailadmin_home")))
    wanted = home.find("a", string=re.compile("profils publiés au moins"))
    begin = soup(here.client.get(wanted["href"])).find("a", string="Ajoutez un premier expert")

    profile = here.client.post(begin["href"], {"loge": here.loge.pk, **ZOE})["Location"]
    filled = form_of(here.client, profile, "profile-form")
    filled |= {
        "presentation": "Quarante ans de soie.",
        "languages": "fr",
        "legal_status": "MICRO_ENTREPRENEUR",
        "offers-0-service": str(service.pk),
        "offers-0-unit": "HOUR",
        "offers-0-price": "22,50",
        "kind": "CHARTER",
        "checked_on": f"{NOW:%d/%m/%Y}",
        "check": "1",
    }
    here.client.post(profile, filled)
    expert = ExpertProfile.objects.get()
    words = {"headline": expert.headline, "presentation": expert.presentation}
    with django_capture_on_commit_callbacks(execute=True):
        here.client.post(_button(here.client, profile, "Proposer à l'expert"), words)
    link = re.search(r"/profils/\S+", mailoutbox[-1].body)
    assert link
    Client().post(link[0], {**words, "agree": "1"})
    here.client.post(_button(here.client, profile, "Publier"))
    here.client.post(_button(here.client, reverse("wagtailadmin_home"), "Lire et signer la charte"))
    here.client.post(_button(here.client, reverse("wagtailadmin_home"), "Demander l'ouverture"))
    team.post(_button(team, reverse("wagtailadmin_home"), "Ouvrir la loge"))

    expert.refresh_from_db()
    here.loge.refresh_from_db()
    assert (expert.state, here.loge.state, here.page.live) == ("PUBLISHED", "ACTIVE", True)


def _button(client: Client, url: str, label: str) -> str:
    """Where a button that a screen shows leads."""
    found = soup(client.get(url)).find("a", string=label)
    assert found is not None, (url, label)
    return str(found["href"])
