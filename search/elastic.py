"""The search engine for large networks: Elasticsearch, one node or several. The only module that speaks it.

Filters, facets and totals are those of the database backend, to the expert, and so is the order, with these
differences, all of them below what a resident could tell:

- Positions are stored in 32 bits: distances are a centimetre off, and what is 2 cm beyond a border may be inside.
  At the border of an outline (`within`) that is a hundredth of what counts as on it (`outlines.BORDER_DEGREES`).
- RELEVANCE: scores are 32-bit numbers and the slope of nearness is a sum of bell curves (`NEAR_WAVES`), so experts
  whose relevance differs by less than some millionths may change places. The database compares nine digits.
- DISTANCE: the way along the earth, to the millimetre; the database compares square metres. Two places as far from
  the point are equals there, here only experts in the same cell of the grid are.
- PRICE: offers of 167,772.16 EUR and more stand among those on proposal.

Sort keys, and thus cursors, are on the database's scale: a list begun on one engine goes on on the other. By
RELEVANCE and DISTANCE, equals at the seam may come twice or not at all. Scores are never told, and never compared.

A write is visible when it is over. It is no part of the database's transaction: whoever writes keeps a record of what
is to be written until it is. Revisions are Elasticsearch's own versions, so whoever comes late never overwrites.

Two aliases lead to the index that answers (`…-experts`) and, during a rebuild, to the one that is being filled
(`…-experts-next`); writes go to both. A third, `…-experts-last`, keeps the index before the last rebuild for
`rollback`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from secrets import token_hex

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import (
    Boolean,
    Byte,
    Date,
    Document,
    Double,
    GeoPoint,
    InnerDoc,
    Integer,
    Keyword,
    Long,
    MetaField,
    Nested,
    Search,
    Text,
)
from elasticsearch.helpers import streaming_bulk

from loges.models import Loge
from search.backends import (
    TURN_STEP,
    TURNS,
    ExpertHits,
    ExpertQuery,
    Health,
    NothingKept,
    ReadOnly,
    RebuildReport,
    Refused,
    Unavailable,
    position,
)
from search.documents import ExpertDocument
from search.elastic_answer import told
from search.elastic_query import FOR_EVER, Json, body, turns

WRITE_S = 5.0
"""How long news of some experts may take to be written, in seconds: somebody may be waiting."""

BUILD_S = 30.0
"""How long a batch of a rebuild, or a change of indexes, may take, in seconds."""

CHUNK = 500
"""How many documents are written or read at a time."""

SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1", "gc_deletes": "1h"}
"""Of each index. A copy on a second node where there is one; deletions are remembered for an hour, so that an older
revision that comes late doesn't bring anybody back."""


def _tokens() -> Text:
    """Tokens that Python made, joined by blanks: there is no second analysis in here."""
    return Text(analyzer="whitespace", norms=False, index_options="docs")


class _Offer(InnerDoc):
    slug = Keyword()
    family = Keyword()
    unit = Keyword()
    price_cents = Integer()


class _Badge(InnerDoc):
    kind = Keyword()
    expires_on = Date(format="strict_date")


class _Turn(InnerDoc):
    at = Integer()


class _Entry(Document):
    """What the index knows of an expert: the fields of ExpertDocument that a query can ask for."""

    expert_id = Long()
    revision = Long()
    loge_id = Long()
    postcodes = Keyword()
    position = GeoPoint()
    has_area = Boolean()
    rating = Double()
    rating_bayes = Double()
    languages = Keyword()
    weekdays = Byte()
    opened_on = Keyword()
    closed_on = Keyword()
    strong = _tokens()
    words = _tokens()
    services = Keyword()
    families = Keyword()
    offers = Nested(_Offer)
    badges = Nested(_Badge)
    turns = Nested(_Turn)

    class Meta:
        dynamic = MetaField("strict")


MAPPING: Json = _Entry._doc_type.mapping.to_dict()
"""The mapping of the index: strict, so that nothing that isn't listed can get in."""


def entry(document: ExpertDocument) -> Json:
    """A document as the index holds it."""
    return {
        "expert_id": document.expert_id,
        "revision": document.revision,
        "loge_id": document.loge_id,
        "postcodes": document.postcodes,
        "position": {"lat": document.position.latitude, "lon": document.position.longitude},
        "has_area": document.has_area,
        "rating": document.rating,
        "rating_bayes": document.rating_bayes,
        "languages": document.languages,
        "weekdays": document.weekdays,
        "opened_on": [day.isoformat() for day in document.opened_on],
        "closed_on": [day.isoformat() for day in document.closed_on],
        "strong": " ".join(document.strong),
        "words": " ".join((*document.strong, *document.weak)),
        "services": [offer.slug for offer in document.offers],
        "families": sorted({offer.family for offer in document.offers}),
        "offers": [
            {"slug": offer.slug, "family": offer.family, "unit": offer.unit, "price_cents": offer.price_cents}
            for offer in document.offers
        ],
        "badges": [
            {"kind": badge.kind, "expires_on": badge.expires_on.isoformat() if badge.expires_on else FOR_EVER}
            for badge in document.badges
        ],
        "turns": [{"at": at} for at in turns(document.expert_id * TURN_STEP % TURNS)],
    }


class ElasticSearch:
    """Finds experts with Elasticsearch. Everything raises Unavailable where it doesn't answer, or refuses."""

    name = "elasticsearch"

    def __init__(
        self, urls: Sequence[str], *, prefix: str, timeout_s: float = 0.8, api_key: str = "", ca_certs: str = ""
    ) -> None:
        """Open no connection yet.

        `timeout_s`: how long a search may take, in seconds. `ca_certs`: a file of the authorities that are trusted in
        place of the system's.
        """
        trusted: Json = {"ca_certs": ca_certs} if ca_certs else {}
        # A slow answer is never waited for twice; an address that is down makes room for the next one.
        self._client = Elasticsearch(
            list(urls), api_key=api_key or None, max_retries=len(urls) - 1, retry_on_timeout=False, **trusted
        )
        self._asking = self._client.options(request_timeout=timeout_s)
        self._writing = self._client.options(request_timeout=max(WRITE_S, timeout_s))
        self._building = self._client.options(request_timeout=BUILD_S)
        self.live = f"{prefix}-experts"
        self.next = f"{self.live}-next"
        self.last = f"{self.live}-last"

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def search(self, query: ExpertQuery) -> ExpertHits:
        """Find a page of experts: one request, a statement for the names of facets and one more for chosen loges.

        A text that gave neither services nor words costs none. Raises ForeignCursor, Unavailable.
        """
        begin = position(query)
        if query.has_text and not (query.asked or query.words):
            return ExpertHits()
        named = {*(query.loges or ()), *(query.places or ())}
        loge_ids = dict(Loge.objects.filter(slug__in=named).values_list("slug", "pk")) if named else {}
        asked = Search.from_dict(body(query, loge_ids=loge_ids, begin=begin))
        asked = asked.using(self._asking).index(self.live).params(allow_partial_search_results=False)
        with _answering():
            answer = asked.execute().to_dict()
        return told(query, answer)

    def upsert(self, documents: Iterable[ExpertDocument]) -> None:
        """Write documents in place of those known; one with an older revision is left out.

        Before the first rebuild there is no index, and none is made: one with a few experts would pass for the whole.
        """
        with _answering():
            refused = self._write(
                self._writing,
                (_written(alias, one) for one in documents for alias in (self.live, self.next)),
                refresh=True,
            )
        if refused:
            raise Refused(refused)

    def delete(self, ids: Iterable[int], *, at: Mapping[int, int] | None = None) -> None:
        """Forget experts; unknown ones are no error. `at`: the revisions at which they were gone; newer ones stay."""
        gone = [_versioned(expert_id, (at or {}).get(expert_id)) for expert_id in ids]
        with _answering():
            # By the indexes' own names: deleting a version under a name that leads nowhere would make an index of it.
            known = sorted(self._named(self.live) | self._named(self.next)) if gone else []
            self._write(
                self._writing,
                ({"_op_type": "delete", "_index": index, **one} for one in gone for index in known),
                refresh=True,
            )

    def rebuild(
        self, documents: Iterable[ExpertDocument], progress: Callable[[int], None] | None = None
    ) -> RebuildReport:
        """Fill a new index with these documents, read lazily, then let it answer; the old one answers meanwhile.

        Whoever writes meanwhile writes to both. Whatever fails leaves the old one in place. A rebuild that was cut
        short is cleared away by the next one; so is one that still runs.
        """
        with _answering():
            live, last = self._named(self.live), self._named(self.last)
            before = self._count() if live else 0
            for abandoned in sorted(self._named() - live - last):
                self._building.indices.delete(index=abandoned)
            new, done, rest = self._make(self.next), 0, iter(documents)
            refused: dict[int, str] = {}
            while batch := list(islice(rest, CHUNK)):
                refused |= self._write(self._building, (_written(self.next, one) for one in batch))
                done += len(batch)
                if progress:
                    progress(done)
            self._building.indices.refresh(index=new)
            self._building.indices.update_aliases(
                actions=[
                    *({"remove_index": {"index": index}} for index in sorted(last)),
                    *({"remove": {"index": index, "alias": self.live}} for index in sorted(live)),
                    *({"add": {"index": index, "alias": self.last}} for index in sorted(live)),
                    {"remove": {"index": new, "alias": self.next}},
                    {"add": {"index": new, "alias": self.live}},
                ]
            )
            return RebuildReport(before=before, after=self._count(), refused=refused)

    def rollback(self) -> None:
        """Let the index before the last rebuild answer again, as it was then. Raises NothingKept."""
        with _answering():
            live, last = self._named(self.live), self._named(self.last)
            if not last:
                raise NothingKept
            swap = (
                ("remove", live, self.live),
                ("remove", last, self.last),
                ("add", live, self.last),
                ("add", last, self.live),
            )
            self._building.indices.update_aliases(
                actions=[
                    {verb: {"index": index, "alias": alias}} for verb, indexes, alias in swap for index in indexes
                ]
            )

    def revisions(self) -> Iterator[tuple[int, int]]:
        """All (expert id, revision) known, by id, as of when it was asked."""
        with _answering():
            point = self._building.open_point_in_time(index=self.live, keep_alive="5m")["id"]
            try:
                after: Json = {}
                while rows := self._building.search(
                    pit={"id": point, "keep_alive": "5m"},
                    sort=[{"expert_id": "asc"}],
                    size=CHUNK,
                    source_includes=["revision"],
                    track_total_hits=False,
                    **after,
                )["hits"]["hits"]:
                    for row in rows:
                        yield int(row["_id"]), row["_source"]["revision"]
                    after = {"search_after": rows[-1]["sort"][:1]}
            finally:
                self._building.close_point_in_time(id=point)

    def health(self) -> Health:
        """Whether the index answers, and how the cluster is where it isn't wholly well."""
        try:
            with _answering():
                documents = self._count()
                state = self._asking.cluster.health(index=self.live)
        except Unavailable as error:
            return Health(backend=self.name, is_up=False, documents=0, detail=str(error))
        well = state["status"] == "green"
        return Health(
            backend=self.name,
            is_up=state["status"] != "red",
            documents=documents,
            detail="" if well else f"{state['status']}, {state['unassigned_shards']} shards without a node",
        )

    def forget(self) -> None:
        """Delete every index of this prefix."""
        with _answering():
            for index in sorted(self._named()):
                self._building.indices.delete(index=index)

    def _make(self, alias: str) -> str:
        """Make an empty index that the alias leads to; its name."""
        index = f"{self.live}.{token_hex(6)}"
        self._building.indices.create(index=index, mappings=MAPPING, settings=SETTINGS, aliases={alias: {}})
        return index

    def _named(self, alias: str = "") -> set[str]:
        """The indexes of this prefix, or those that an alias leads to."""
        known = self._writing.indices.get_alias(index=f"{self.live}.*")
        return {index for index, state in known.items() if not alias or alias in state["aliases"]}

    def _count(self) -> int:
        return int(self._asking.count(index=self.live)["count"])

    def _write(self, client: Elasticsearch, actions: Iterable[Json], *, refresh: bool = False) -> dict[int, str]:
        """Write documents by alias only: a name that leads nowhere must never make an index of its own.

        Whom the server refuses whatever happens, and why.
        """
        answers = streaming_bulk(
            client, actions, chunk_size=CHUNK, raise_on_error=False, refresh=refresh, require_alias=True
        )
        failed = [told for is_done, answer in answers if not is_done for told in answer.values()]
        return {int(told["_id"]): _reason(told) for told in failed if self._is_refusal(told)}

    def _is_refusal(self, failed: Json) -> bool:
        """Whether a document itself is at fault. Nothing is, where a newer revision is known, nobody is there to be
        deleted, or no rebuild goes on. Raises Unavailable for all else.
        """
        status = failed["status"]
        if status == 409 or (status == 404 and ("error" not in failed or failed["_index"] == self.next)):
            return False
        if status != 400:
            raise (ReadOnly if status < 500 else Unavailable)(_reason(failed))
        return True


@contextmanager
def _answering() -> Iterator[None]:
    """Tell whatever Elasticsearch fails with as Unavailable."""
    try:
        yield
    except NotFoundError as error:
        raise Unavailable("no index: manage.py search_rebuild makes it") from error
    except (ApiError, TransportError) as error:
        raise Unavailable(f"{type(error).__name__}: {error}"[:200]) from error


def _reason(failed: Json) -> str:
    """Why a write failed."""
    error = failed.get("error", {})
    return f"{failed['status']} {error.get('type')}: {error.get('reason')}"


def _written(alias: str, document: ExpertDocument) -> Json:
    """To write a document."""
    return {"_index": alias, "_source": entry(document), **_versioned(document.expert_id, document.revision)}


def _versioned(expert_id: int, revision: int | None) -> Json:
    """Whom a write is about, and the revision that may not be older than the one known."""
    version: Json = {} if revision is None else {"version": revision, "version_type": "external_gte"}
    return {"_id": str(expert_id), **version}
