"""What search may know of an expert, and what must never get into it."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from loges.geography import Point, distance_m
from search.backends import ExpertSearchBackend
from search.documents import documents, every_document, without_contacts
from search.models import ExpertEntry, ExpertRevision
from tests.factories import (
    ExpertProfileFactory,
    LogeFactory,
    OfferFactory,
    ServiceFactory,
    VerificationFactory,
    tell,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]

TABLES = (
    "search_expertentry",
    "search_expertentryservice",
    "search_expertentryterm",
    "search_expertrevision",
    "search_fulltext",
)


def everything_written() -> str:
    """Every cell of every table of the index."""
    cells: list[str] = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells).lower()


def test_document_says_what_is_public() -> None:
    expert = ExpertProfileFactory(
        published=True,
        person__first_name="Amélie",
        headline="Répare les vélos",
        presentation="L'atelier d'à côté",
        slug="amelie",
    )
    OfferFactory(expert=expert, price_cents=3_000)
    offer = OfferFactory(expert=expert, price_cents=1_500, service=ServiceFactory(name="Réparation de vélo"))
    VerificationFactory(expert=expert, insured=True)

    document = documents([expert.pk])[0]

    assert document.first_name == "amelie"
    assert document.price_min_cents == 1_500
    assert [one.service_id for one in document.offers][1] == offer.service_id
    assert document.badges[0].expires_on == date(2026, 12, 31)
    assert document.strong == ("ameli", "repar", "velo")
    assert {"atel", "cot", "repar"} <= set(document.weak)
    assert document.rating_bayes == 4.0
    assert 0 < distance_m(document.position, Point(expert.latitude, expert.longitude)) < 200


@pytest.mark.parametrize("trait", ["submitted", "paused", "suspended"])
def test_document_of_an_unpublished_expert_is_none(trait: str) -> None:
    expert = ExpertProfileFactory(**{trait: True})

    assert documents([expert.pk]) == []


@pytest.mark.parametrize("state", ["pending", "paused", "closed"])
def test_document_of_an_expert_of_a_loge_that_is_not_active_is_none(state: str) -> None:
    expert = ExpertProfileFactory(published=True, loge=LogeFactory(**{state: True}))

    assert documents([expert.pk]) == []


@pytest.mark.parametrize("count", [1, 20])
def test_documents_cost_six_statements(count: int, django_assert_num_queries: object) -> None:
    loge = LogeFactory(active=True)
    ids = [ExpertProfileFactory(published=True, papers=True, loge=loge).pk for _ in range(count)]

    with django_assert_num_queries(6):  # type: ignore[operator]
        made = documents(ids)

    assert len(made) == count


def test_index_holds_nothing_private() -> None:
    expert = ExpertProfileFactory(
        published=True,
        papers=True,
        slug="ines-vanderbilt",
        person__first_name="Inès",
        person__last_name="Vanderbilt",
        person__email="ines.secret@poste.example",
        person__phone="0612345678",
        headline="Inès Vanderbilt, tél. 06.12.34.56.78",
        presentation="Écrivez à ines.secret@poste.example ou +33 (0)6 12 34 56 78, 06 12 34 56 78, 0612345678.",
        latitude=45.771234,
        longitude=4.832345,
    )
    tell(expert)

    written = everything_written()

    assert "ines" in written
    for private in ("vanderbilt", "secret", "poste", "0612345678", "06123", "45.771234", "4.832345"):
        assert private not in written, private
    document = documents([expert.pk])[0]
    assert document.strong == ("ine", "tel")
    assert document.weak[:2] == ("ine", "ecriv")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Appelez le 06 12 34 56 78 !", "Appelez le   !"),
        ("06.12.34.56.78", " "),
        ("+33 6-12-34-56-78", " "),
        ("zoe@voisins.fr, à Lyon", "  à Lyon"),
        ("Depuis 2019, 3 chats, 69004 Lyon", "Depuis 2019, 3 chats, 69004 Lyon"),
    ],
)
def test_without_contacts(text: str, left: str) -> None:
    assert without_contacts(text) == left


def test_long_presentation_is_read_to_its_end(backend: ExpertSearchBackend) -> None:
    expert = ExpertProfileFactory(published=True, presentation="mot " * 400 + "xylophone")

    document = documents([expert.pk])[0]

    assert any(word.startswith("xylophon") for word in document.weak)


def test_revision_grows_with_every_news() -> None:
    expert = ExpertProfileFactory(published=True)

    tell(expert)
    tell(expert)

    assert ExpertRevision.objects.get().number == 2
    assert ExpertEntry.objects.get().revision == 2


def test_every_document_comes_in_order_of_ids() -> None:
    ids = [ExpertProfileFactory(published=True).pk for _ in range(3)]
    ExpertProfileFactory(paused=True)

    assert [document.expert_id for document in every_document()] == ids


def test_search_rebuild_puts_right_what_drifted(capsys: pytest.CaptureFixture[str]) -> None:
    shown, gone = ExpertProfileFactory(published=True), ExpertProfileFactory(published=True)
    tell(gone)
    type(gone).objects.filter(pk=gone.pk).update(state="SUSPENDED")

    call_command("search_rebuild")

    assert list(ExpertEntry.objects.values_list("pk", flat=True)) == [shown.pk]
    assert "1 experts indexed (1 before)" in capsys.readouterr().out
