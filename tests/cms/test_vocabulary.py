"""The words of the search and the texts that pages share: the team alone writes them, and the search is told."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from cms.models import BadgeText, CharterVersion, FaqEntry, FlyerTemplate, Partner, SiteTexts
from loges import queries
from loges.models import AmbiguousTerm, ForeignPhrase, Person, Service, ServiceFamily
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, form_of, soup
from tests.factories import (
    AmbiguousTermFactory,
    ForeignPhraseFactory,
    OfferFactory,
    ServiceFactory,
    ServiceFamilyFactory,
)
from tests.factories.pages import BadgeTextFactory, CharterVersionFactory, FaqEntryFactory, PartnerFactory

pytestmark = pytest.mark.django_db

FACTORIES: dict[type, Any] = {
    Service: ServiceFactory,
    ServiceFamily: ServiceFamilyFactory,
    AmbiguousTerm: AmbiguousTermFactory,
    ForeignPhrase: ForeignPhraseFactory,
}
SHARED: dict[type, Any] = {
    FaqEntry: FaqEntryFactory,
    Partner: PartnerFactory,
    BadgeText: BadgeTextFactory,
    CharterVersion: CharterVersionFactory,
}
NO_PHRASES = {f"phrases-{name}": value for name, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}


def url(model: Any, action: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:{action}", args=args)


def bulk_delete(model: Any, *rows: Any) -> str:
    path = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"])
    return f"{path}?{'&'.join(f'id={row.pk}' for row in rows)}"


def form_id(client: Client, address: str) -> str:
    """The id of the one form that posts to where it is."""
    forms = soup(client.get(address)).find_all("form", id=True)
    return str(next(form["id"] for form in forms if form.get("method", "").lower() == "post"))


def service(family: ServiceFamily, **fields: Any) -> dict[str, Any]:
    return {
        "name": "Affûtage",
        "slug": "affutage",
        "family": family.pk,
        "position": 0,
        "sap": "NO",
        "advised_min_cents": "",
        "advised_max_cents": "",
        "legal_note": "",
        **NO_PHRASES,
        **fields,
    }


def test_added_service_is_in_the_search_at_once(team_editor: Person) -> None:
    family, before = ServiceFamilyFactory(), queries.vocabulary_version()
    phrases = {
        "phrases-TOTAL_FORMS": 1,
        "phrases-0-id": "",
        "phrases-0-text": "mes ciseaux ne coupent plus",
        "phrases-0-kind": "SAID",
        "phrases-0-ORDER": 1,
        "phrases-0-DELETE": "",
    }
    client = at_desk(team_editor)
    unit = Service._meta.get_field("unit").choices[0][0]

    answer = client.post(url(Service, "add"), {**service(family), **phrases, "unit": unit})

    assert answer.status_code == 302, answer.context["form"].formsets["phrases"].errors
    assert [row.text for row in Service.objects.get(slug="affutage").phrases.all()] == ["mes ciseaux ne coupent plus"]
    assert queries.vocabulary_version() > before


@pytest.mark.parametrize(
    ("low", "high", "error"), [("2000", "1000", "plus bas que le premier"), ("2000", "", "les deux prix")]
)
def test_prices_that_make_no_sense_are_refused_in_words(team_editor: Person, low: str, high: str, error: str) -> None:
    fields = {**service(ServiceFamilyFactory()), "advised_min_cents": low, "advised_max_cents": high}

    answer = at_desk(team_editor).post(url(Service, "add"), {**fields, "unit": "HOUR"})

    assert error in " ".join(answer.context["form"].errors["advised_max_cents"])
    assert "contrainte" not in soup(answer).text


def test_changed_word_is_told_to_the_search(team_editor: Person) -> None:
    row = ForeignPhraseFactory(text="billet de train")
    before, client = queries.vocabulary_version(), at_desk(team_editor)

    answer = client.post(url(ForeignPhrase, "edit", row.pk), {"text": "billet de bateau"})

    assert answer.status_code == 302
    assert queries.foreign_phrases() == ["billet de bateau"]
    assert queries.vocabulary_version() > before


@pytest.mark.parametrize("model", FACTORIES)
def test_deleted_words_are_told_to_the_search(team_editor: Person, model: Any) -> None:
    row = FACTORIES[model]()
    before = queries.vocabulary_version()

    answer = at_desk(team_editor).post(url(model, "delete", row.pk))

    assert answer.status_code == 302
    assert not model.objects.filter(pk=row.pk).exists()
    assert queries.vocabulary_version() > before


@pytest.mark.parametrize("model", FACTORIES)
def test_words_deleted_together_are_told_to_the_search(team_editor: Person, model: Any) -> None:
    rows = [FACTORIES[model](), FACTORIES[model]()]
    before = queries.vocabulary_version()

    answer = at_desk(team_editor).post(bulk_delete(model, *rows))

    assert answer.status_code == 302
    assert not model.objects.filter(pk__in=[row.pk for row in rows]).exists()
    assert queries.vocabulary_version() > before


@pytest.mark.parametrize("model", [Service, ServiceFamily])
def test_words_in_use_are_kept_and_the_list_says_so(team_editor: Person, model: Any) -> None:
    service = OfferFactory().service
    row = service if model is Service else service.family
    before, client = queries.vocabulary_version(), at_desk(team_editor)

    answer = client.post(url(model, "delete", row.pk), follow=True)

    assert answer.redirect_chain == [(url(model, "list"), 302)]
    assert f"Encore utilisé, donc gardé : {row}." in soup(answer).text
    assert model.objects.filter(pk=row.pk).exists()
    assert queries.vocabulary_version() == before
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()


@pytest.mark.parametrize("model", [*FACTORIES, *SHARED])
def test_coordinator_may_not_touch_what_is_the_teams(here: Place, model: Any) -> None:
    row = {**FACTORIES, **SHARED}[model]()
    addresses = [url(model, "list"), url(model, "add"), url(model, "edit", row.pk), url(model, "delete", row.pk)]
    addresses += [url(model, "history", row.pk), url(model, "usage", row.pk)]

    read = {here.client.get(address).status_code for address in addresses}
    written = {here.client.post(address, {"text": "x", "name": "x"}).status_code for address in addresses[1:]}

    assert read | written <= {302, 403}
    assert model.objects.filter(pk=row.pk).exists()
    home = reverse("wagtailadmin_home")
    assert all(
        here.client.get(address, follow=True).redirect_chain[-1:] in ([], [(home, 302)]) for address in addresses
    )


@pytest.mark.parametrize("model", SHARED)
def test_team_deletes_shared_texts(team_editor: Person, model: Any) -> None:
    rows = SHARED[model](), None
    client = at_desk(team_editor)

    assert client.get(url(model, "edit", rows[0].pk)).status_code == 200
    assert client.post(url(model, "delete", rows[0].pk)).status_code == 302
    assert not model.objects.exists()


def test_team_writes_a_question_once_for_all_pages(team_editor: Person) -> None:
    client, entry = at_desk(team_editor), FaqEntryFactory()
    address = url(FaqEntry, "edit", entry.pk)
    fields = form_of(client, address, form_id(client, address))

    answer = client.post(address, {**fields, "question": "Faut-il s'abonner ?"})

    assert answer.status_code == 302
    assert FaqEntry.objects.get().question == "Faut-il s'abonner ?"


def test_team_adds_a_flyer(team_editor: Person) -> None:
    fields = {
        "name": "Ouverture",
        "sheet": "A5",
        "headline": "{loge} ouvre",
        "text": "Bonjour {quartier}.",
        "image": "",
    }

    answer = at_desk(team_editor).post(url(FlyerTemplate, "add"), fields)

    assert answer.status_code == 302, answer.context["form"].errors
    assert FlyerTemplate.objects.get().headline == "{loge} ouvre"


def test_same_question_twice_is_refused_in_french(team_editor: Person) -> None:
    FaqEntryFactory(question="Et l'été ?")
    client = at_desk(team_editor)
    address = url(FaqEntry, "add")
    fields = form_of(client, address, form_id(client, address))

    answer = client.post(address, {**fields, "question": "Et l'été ?"})

    assert answer.status_code == 200
    assert "existe déjà" in str(answer.context["form"].errors["question"])


def settings_url() -> str:
    return reverse("wagtailsettings:edit", args=["cms", "sitetexts", Site.objects.get().pk])


def test_team_sets_what_the_site_says(team_editor: Person) -> None:
    client = at_desk(team_editor)
    fields = form_of(client, settings_url(), form_id(client, settings_url()))

    answer = client.post(settings_url(), {**fields, "contact_email": "bonjour@openloge.example"})

    assert answer.status_code == 302
    assert SiteTexts.objects.get().contact_email == "bonjour@openloge.example"


def test_setting_that_makes_no_sense_is_refused(team_editor: Person) -> None:
    client = at_desk(team_editor)
    fields = form_of(client, settings_url(), form_id(client, settings_url()))

    answer = client.post(settings_url(), {**fields, "terms_valid_days": "0", "contact_email": "bonjour"})

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"terms_valid_days", "contact_email"}


def test_coordinator_may_not_set_what_the_site_says(here: Place) -> None:
    SiteTexts.objects.create(site=Site.objects.get(), contact_email="bonjour@openloge.example")

    codes = [here.client.get(settings_url()).status_code, here.client.post(settings_url(), {}).status_code]

    assert set(codes) <= {302, 403}
    assert SiteTexts.objects.get().contact_email == "bonjour@openloge.example"


def test_menu_of_a_coordinator_has_none_of_it(here: Place, team_editor: Person) -> None:
    labels = ("Services et mots", "Textes communs", "Réglages")

    theirs = here.client.get(reverse("wagtailadmin_home")).text
    teams = at_desk(team_editor).get(reverse("wagtailadmin_home")).text

    assert not any(label in theirs for label in labels)
    assert all(label in teams or label == "Réglages" for label in labels)
