"""The taxonomy of services: loaded without losing what the team added, and words that every process hears of."""

from copy import deepcopy
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError

from loges import queries, signals
from loges.actions import services
from loges.models import (
    AmbiguousChoice,
    AmbiguousTerm,
    ForeignPhrase,
    Service,
    ServiceFamily,
    ServicePhrase,
    VocabularyVersion,
)
from tests.factories import ServiceFactory, ServicePhraseFactory

pytestmark = pytest.mark.django_db

REFERENCE: dict[str, Any] = {
    "families": [{"slug": "couture", "name": "Couture", "icon": "scissors"}, {"slug": "jardin", "name": "Jardin"}],
    "services": [
        {
            "slug": "ourlets",
            "family": "couture",
            "name": "Ourlets",
            "unit": "ITEM",
            "sap": "NO",
            "advised_price_cents": [800, 2500],
            "synonyms": ["couturière", "retouches"],
            "phrases": ["mon pantalon est trop long"],
        },
        {
            "slug": "arrosage",
            "family": "jardin",
            "name": "Arrosage",
            "unit": "VISIT",
            "sap": "YES",
            "often_coordinator": True,
            "synonyms": ["arroser les plantes"],
            "phrases": [],
        },
    ],
    "ambiguous_terms": [{"term": "garde", "question": "Garde de quoi ?", "services": ["arrosage", "ourlets"]}],
    "not_us": ["plombier de nuit"],
}
TABLES = (ServiceFamily, Service, ServicePhrase, AmbiguousTerm, AmbiguousChoice, ForeignPhrase)


def picture() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def test_load_brings_the_reference() -> None:
    count = services.load(REFERENCE)

    assert count == 2
    hems, watering = Service.objects.order_by("position")
    assert (hems.slug, hems.family.slug, hems.unit, hems.sap) == ("ourlets", "couture", "ITEM", "NO")
    assert (hems.advised_min_cents, hems.advised_max_cents, hems.is_often_by_coordinator) == (800, 2500, False)
    assert (watering.advised_min_cents, watering.is_often_by_coordinator) == (None, True)
    assert set(hems.phrases.values_list("kind", "text")) == {
        ("SYNONYM", "couturière"),
        ("SYNONYM", "retouches"),
        ("SAID", "mon pantalon est trop long"),
    }
    choices = AmbiguousChoice.objects.filter(term__term="garde").order_by("position")
    assert [row.service for row in choices] == [watering, hems]
    assert queries.foreign_phrases() == ["plombier de nuit"]


def test_load_twice_changes_nothing() -> None:
    services.load(REFERENCE)
    before = picture()

    services.load(REFERENCE)

    assert picture() == before


def test_load_of_the_real_reference_twice_changes_nothing() -> None:
    count = services.load()
    before = picture()
    services.load()

    assert picture() == before
    reference = yaml.safe_load(services.REFERENCE.read_text(encoding="utf-8"))
    assert count == len(reference["services"]) == Service.objects.count()
    assert all(rows for rows in before)
    for service in Service.objects.all():
        service.full_clean()


def test_load_keeps_what_the_team_added() -> None:
    services.load(REFERENCE)
    own = ServiceFactory(slug="tricot")
    added = services.add_phrase(service=Service.objects.get(slug="ourlets"), text="raccourcir une jupe")
    kept_word = ServicePhraseFactory(service=own, text="pull")

    services.load(REFERENCE)

    assert set(ServicePhrase.objects.filter(pk__in=[added.pk, kept_word.pk])) == {added, kept_word}
    assert Service.objects.filter(slug="tricot").exists()


def test_load_of_a_newer_reference_renames_in_place() -> None:
    services.load(REFERENCE)
    before = Service.objects.get(slug="ourlets").pk
    newer = deepcopy(REFERENCE)
    newer["services"][0]["name"] = "Ourlets et retouches"
    newer["services"][0]["synonyms"] = ["couturier"]

    services.load(newer)

    service = Service.objects.get(slug="ourlets")
    assert (service.pk, service.name) == (before, "Ourlets et retouches")
    assert set(queries.synonyms([service.pk])[service.pk]) == {"couturière", "retouches", "couturier"}


def test_load_of_a_broken_reference_leaves_nothing() -> None:
    broken = deepcopy(REFERENCE)
    broken["ambiguous_terms"][0]["services"] = ["inconnu"]

    with pytest.raises(KeyError):
        services.load(broken)

    assert picture() == [[] for _ in TABLES]


@pytest.mark.parametrize("change", ["load", "add", "remove"])
def test_change_of_words_bumps_the_version_and_is_told(change: str) -> None:
    services.load(REFERENCE)
    phrase = ServicePhrase.objects.get(text="retouches")
    before = queries.vocabulary_version()
    heard: list[int] = []

    def hear(**kwargs: Any) -> None:
        heard.append(queries.vocabulary_version())

    signals.vocabulary_changed.connect(hear)
    try:
        match change:
            case "load":
                services.load(REFERENCE)
            case "add":
                services.add_phrase(service=phrase.service, text="reprise")
            case "remove":
                services.remove_phrase(phrase=phrase)
    finally:
        signals.vocabulary_changed.disconnect(hear)

    assert queries.vocabulary_version() == before + 1
    assert heard == [before + 1]
    assert VocabularyVersion.objects.count() == 1


def test_vocabulary_version_of_an_empty_database_is_nought() -> None:
    assert queries.vocabulary_version() == 0


def test_add_phrase_keeps_the_words_without_their_margins() -> None:
    service = ServiceFactory()

    services.add_phrase(service=service, text="  monter un lit ", kind="SYNONYM")

    assert queries.synonyms([service.pk]) == {service.pk: ["monter un lit"]}


@pytest.mark.parametrize(("text", "kind"), [("", "SAID"), ("   ", "SAID"), ("x" * 121, "SAID"), ("lit", "SHOUTED")])
def test_add_phrase_of_nonsense_is_refused_and_bumps_nothing(text: str, kind: str) -> None:
    service = ServiceFactory()

    with pytest.raises(ValidationError):
        services.add_phrase(service=service, text=text, kind=kind)

    assert not ServicePhrase.objects.exists()
    assert queries.vocabulary_version() == 0


def test_add_phrase_that_is_there_is_refused() -> None:
    phrase = ServicePhraseFactory(text="monter un lit")

    with pytest.raises(ValidationError):
        services.add_phrase(service=phrase.service, text="monter un lit")

    assert services.add_phrase(service=ServiceFactory(), text="monter un lit").pk


def test_remove_phrase_takes_only_that_one() -> None:
    phrase, other = ServicePhraseFactory(), ServicePhraseFactory()

    services.remove_phrase(phrase=phrase)

    assert list(ServicePhrase.objects.all()) == [other]
