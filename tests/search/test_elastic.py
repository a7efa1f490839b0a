"""What Elasticsearch does beyond what every backend does: its privacy, the life of its indexes, and its failures."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from loges.actions import experts
from loges.geography import Point, snap
from search import outbox
from search.backends import ExpertQuery, NothingKept, Order, Unavailable, cursor
from search.database import DatabaseSearch
from search.documents import ExpertDocument, every_document
from search.elastic import MAPPING, ElasticSearch
from search.queries import ExpertSearch, search_experts
from tests.elastic import PATIENCE_S, URLS, in_use
from tests.factories import NOW, ExpertProfileFactory, OfferFactory, VerificationFactory, tell
from tests.search.population import CENTER, DAY, World, document, population, world

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

NOBODY = "http://127.0.0.1:9"
"""Where nothing listens."""


@pytest.fixture
def here(db: None) -> World:
    return world()


EVERYBODY = ExpertQuery(first=100)


def ids(backend: ElasticSearch | DatabaseSearch, query: ExpertQuery = EVERYBODY) -> list[int]:
    return [hit.expert_id for hit in backend.search(query).hits]


def sources(elastic: ElasticSearch) -> list[dict[str, Any]]:
    """Every document as the server holds it."""
    found = elastic._asking.search(index=elastic.live, query={"match_all": {}}, size=100)["hits"]["hits"]
    return [row["_source"] for row in found]


def indexes(elastic: ElasticSearch) -> int:
    """How many there are whose name begins with the test's own prefix, however they came to be."""
    return len(elastic._writing.indices.get(index=f"{elastic.live}*"))


def test_index_holds_nothing_private(elastic: ElasticSearch) -> None:
    home = Point(45.771234, 4.832345)
    expert = ExpertProfileFactory(
        published=True,
        papers=True,
        slug="ines-vanderbilt",
        person__first_name="Inès",
        person__last_name="Vanderbilt",
        person__email="ines.secret@poste.example",
        person__phone="0612345678",
        headline="Inès Vanderbilt, tél. 06.12.34.56.78",
        presentation="Écrivez à ines.secret@poste.example ou +33 (0)6 12 34 56 78, 06 12 34 56 78.",
        latitude=home.latitude,
        longitude=home.longitude,
    )
    OfferFactory(expert=expert)
    VerificationFactory(expert=expert, insured=True)
    for state in ("submitted", "paused", "suspended"):
        ExpertProfileFactory(**{state: True}, headline="Cachée")

    elastic.rebuild(every_document())

    (held,) = sources(elastic)
    assert set(held) <= set(MAPPING["properties"])
    assert "ine" in held["strong"].split()
    written = repr(held).lower()
    for private in ("vanderbilt", "secret", "poste", "06123", "612345", "45.771234", "4.832345", "cache"):
        assert private not in written, private
    assert Point(held["position"]["lat"], held["position"]["lon"]) == snap(home)


def test_field_that_is_not_listed_is_refused(elastic: ElasticSearch, here: World) -> None:
    elastic.upsert([document(1, here)])

    refused = elastic._write(
        elastic._writing, [{"_index": elastic.live, "_id": "1", "_source": {"phone": "0612345678"}}]
    )

    assert "strict_dynamic_mapping" in refused[1]


# --- The life of an index ---
def test_revision_that_comes_late_brings_nobody_back(elastic: ElasticSearch, here: World) -> None:
    elastic.upsert([document(1, here, revision=1)])
    elastic.delete([1], at={1: 3})

    elastic.upsert([document(1, here, revision=2)])

    assert ids(elastic) == []


def test_writing_makes_no_index(elastic: ElasticSearch, here: World) -> None:
    elastic.upsert([document(1, here)])
    elastic.delete([1, 2], at={1: 2, 2: 1})

    assert indexes(elastic) == 1
    elastic.rebuild([document(3, here)])
    assert ids(elastic) == [3]


def test_writing_before_the_first_rebuild_is_refused(elastic: ElasticSearch, here: World) -> None:
    elastic.forget()

    with pytest.raises(Unavailable):
        elastic.upsert([document(1, here)])
    elastic.delete([1], at={1: 1})

    assert indexes(elastic) == 0


def test_rebuild_loses_nothing_written_meanwhile(elastic: ElasticSearch, here: World) -> None:
    elastic.upsert([document(pk, here) for pk in (1, 2, 3)])

    def read() -> Iterator[ExpertDocument]:
        yield document(1, here)
        elastic.upsert([document(2, here, revision=2, strong=("rose",)), document(4, here)])
        elastic.delete([3], at={3: 2})
        assert ids(elastic) == [1, 2, 4]
        yield document(2, here)
        yield document(3, here)

    report = elastic.rebuild(read())

    assert report.after == 3
    assert list(elastic.revisions()) == [(1, 1), (2, 2), (4, 1)]
    assert ids(elastic, ExpertQuery(has_text=True, words=("rose",))) == [2]


def test_rebuild_that_fails_leaves_the_old_index_answering(elastic: ElasticSearch, here: World) -> None:
    elastic.rebuild([document(1, here)])

    def broken() -> Iterator[ExpertDocument]:
        yield document(2, here)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        elastic.rebuild(broken())
    after_failure = (ids(elastic), indexes(elastic))
    elastic.rebuild([document(pk, here) for pk in (1, 2)])

    assert after_failure == ([1], 3)
    assert ids(elastic) == [1, 2]
    assert indexes(elastic) == 2


def test_rollback_goes_back_to_the_index_before(elastic: ElasticSearch, here: World) -> None:
    for pk in (1, 2, 3):
        elastic.rebuild([document(pk, here)])

    elastic.rollback()

    assert (ids(elastic), indexes(elastic)) == ([2], 2)
    elastic.rollback()
    assert ids(elastic) == [3]


def test_rollback_without_an_earlier_index_is_refused(elastic: ElasticSearch) -> None:
    with pytest.raises(NothingKept):
        elastic.rollback()


def test_revisions_of_many_are_told_by_id(elastic: ElasticSearch, here: World) -> None:
    elastic.rebuild(document(pk, here, revision=pk % 7) for pk in range(1_200, 0, -1))

    assert list(elastic.revisions()) == [(pk, pk % 7) for pk in range(1, 1_201)]


def test_total_is_capped_and_says_so(elastic: ElasticSearch, here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.elastic_query.TOTAL_CAP", 3)
    elastic.upsert(document(pk, here) for pk in (1, 2, 3))

    exactly = elastic.search(ExpertQuery())
    elastic.upsert([document(4, here)])
    more = elastic.search(ExpertQuery())

    assert (exactly.total, exactly.is_total_capped) == (3, False)
    assert (more.total, more.is_total_capped) == (3, True)


@pytest.mark.parametrize("order", [Order.RATING, Order.PRICE, Order.SOONEST])
def test_list_begun_on_one_engine_goes_on_on_the_other(
    elastic: ElasticSearch, empty_index: None, here: World, order: Order
) -> None:
    people = population(here, 7)
    database = DatabaseSearch()
    for backend in (elastic, database):
        backend.upsert(people)
    query = ExpertQuery(near=CENTER, radius_meters=100_000, order=order, on=DAY, first=20)

    for begun, other in ((elastic, database), (database, elastic)):
        after = begun.search(query).hits[-1].cursor

        assert ids(begun, query) + ids(other, replace(query, first=100, after=after)) == ids(
            other, replace(query, first=100)
        )


def test_made_up_cursor_of_this_query_is_no_failure(elastic: ElasticSearch, here: World) -> None:
    elastic.upsert([document(1, here)])

    for order in Order:
        query = ExpertQuery(near=CENTER, order=order, on=DAY)
        for key in (-1e15, -0.5, 0.5, 1e15):
            elastic.search(replace(query, after=cursor(query, key, 2**62)))


@pytest.mark.parametrize("text", ["\ud800", "\x00", "a" * 100, ""])
def test_strange_values_find_nobody(elastic: ElasticSearch, here: World, text: str) -> None:
    elastic.upsert([document(1, here)])

    for query in (ExpertQuery(postcode=text), ExpertQuery(services=(text,)), ExpertQuery(languages=(text,))):
        assert elastic.search(query).total == 0


# --- An index that is behind ---
def test_withdrawn_profile_is_not_shown_by_an_index_that_holds_it_yet(empty_index: None) -> None:
    """Nobody is shown whom the database withdrew. The counts may still tell, until the index hears of it, that there
    was one more: no name, no id, no more than a number among those of the same service, loge, language or badge.
    """
    stays, goes = (ExpertProfileFactory(published=True, headline="Horlogère") for _ in range(2))
    tell(stays, goes)
    with in_use() as server:
        experts.pause(by=goes.person, expert=goes, until_on=None, now=NOW)  # its news wait: nobody flushes them

        answer = search_experts(ExpertSearch(text="horlogère"))

        assert ids(server) == [stays.pk, goes.pk]
        assert outbox.waiting() == {goes.pk}
        assert ([hit.expert for hit in answer.hits], answer.is_degraded) == ([stays], False)
        assert answer.total_count == 2
        assert {facet.count for facet in answer.facets} == {1, 2}  # each loge has one, both speak French
        outbox.flush_all(server, now=NOW)
        assert search_experts(ExpertSearch(text="horlogère")).total_count == 1


# --- Failures ---
def test_index_that_is_missing_is_no_empty_answer(elastic: ElasticSearch) -> None:
    elastic.forget()

    with pytest.raises(Unavailable, match="search_rebuild"):
        elastic.search(ExpertQuery())
    assert not elastic.health().is_up


def test_address_that_is_down_makes_room_for_the_next(elastic: ElasticSearch, here: World) -> None:
    elastic.upsert([document(1, here)])
    other = ElasticSearch([NOBODY, *URLS], prefix=elastic.live.removesuffix("-experts"), timeout_s=PATIENCE_S)

    assert [ids(other) for _ in range(6)] == [[1]] * 6
    other.close()


def test_index_that_refuses_writes_still_answers(elastic: ElasticSearch, here: World) -> None:
    elastic.upsert([document(1, here)])
    elastic._writing.indices.put_settings(index=elastic.live, settings={"index.blocks.read_only_allow_delete": True})

    with pytest.raises(Unavailable, match="cluster_block"):
        elastic.upsert([document(1, here, revision=2), document(2, here)])

    assert ids(elastic) == [1]
    assert elastic.health().is_up
