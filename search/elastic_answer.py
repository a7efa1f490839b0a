"""What Elasticsearch answered, as the hits and facets of every backend. Pure but for the names of facets."""

from collections.abc import Mapping

from loges.geography import Point, distance_band_m, distance_m
from search import facets
from search.backends import ExpertHits, ExpertQuery, Facet, FacetField, Hit, cursor, free_on
from search.elastic_query import SAID, Json, sort_key


def told(query: ExpertQuery, answer: Json) -> ExpertHits:
    """The page that the answer to `elastic_query.body` tells. One statement, for the names of facets."""
    found, total = answer["hits"]["hits"], answer["hits"]["total"]
    return ExpertHits(
        hits=tuple(_hit(query, row) for row in found[: query.first]),
        total=total["value"],
        is_total_capped=total["relation"] == "gte",
        facets=_facets(answer["aggregations"]),
        has_next_page=len(found) > query.first,
    )


def _hit(query: ExpertQuery, row: Json) -> Hit:
    """A row as a hit; how far is told in bands, from the snapped position."""
    expert_id, key, source = int(row["_id"]), sort_key(query, row["sort"][0]), row["_source"]
    band = None
    if query.near is not None:
        band = distance_band_m(distance_m(query.near, Point(source["position"]["lat"], source["position"]["lon"])))
    return Hit(
        expert_id,
        _matched(query, source.get("offers", [])),
        SAID in row.get("matched_queries", ()),
        band,
        free_on(query, key),
        cursor(query, key, expert_id),
    )


def _matched(query: ExpertQuery, offers: list[dict[str, str]]) -> tuple[str, ...]:
    """The services for which an expert was found, best first."""
    is_chosen = bool(query.services or query.families)
    slugs = [
        offer["slug"]
        for offer in offers
        if offer["slug"] in query.asked
        or (
            is_chosen
            and (not query.services or offer["slug"] in query.services)
            and (not query.families or offer["family"] in query.families)
        )
    ]
    ranks = {slug: rank for rank, slug in enumerate((*query.asked, *query.services))}
    return tuple(sorted(slugs, key=lambda slug: ranks.get(slug, len(ranks))))


def _facets(answer: Mapping[str, Json]) -> tuple[Facet, ...]:
    """What the aggregations counted, with French labels."""
    counts: dict[tuple[FacetField, str], int] = {}
    for field in FacetField:
        inside = answer[field]
        values = inside["inside"]["fitting"]["values"] if "inside" in inside else inside["values"]
        for bucket in values["buckets"]:
            count = bucket["experts"]["doc_count"] if "experts" in bucket else bucket["doc_count"]
            counts[field, str(bucket["key"])] = count
    return facets.labelled(counts)
