"""The words and places of the database, compiled once per process and kept until somebody changes them."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from loges import queries
from loges.geography import Point, distance_m
from loges.models import Loge, ServicePhrase
from search import vectors
from search.lexicon import AmbiguousWords, ServiceWords, Vocabulary
from search.models import VocabularyToken
from search.places import PlaceKind, PlaceName
from search.suggestions import Suggester
from search.understanding import Understander
from search.words import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """A vocabulary made ready: to understand queries and to suggest."""

    understander: Understander
    suggester: Suggester


_kept: tuple[str, Reading] | None = None


def reading() -> Reading:
    """The vocabulary as it is now. One statement; some eight more, and tens of milliseconds, after a change.

    As long as no change was ever told, nothing is kept: everything is read each time.
    """
    global _kept
    token = VocabularyToken.objects.filter(pk=1).values_list("value", flat=True).first()
    kept = _kept
    if kept is not None and token == kept[0]:
        return kept[1]
    words = vocabulary()
    fresh = Reading(Understander(words, vectors.installed()), Suggester(words))
    if token is not None:
        _kept = token, fresh
    return fresh


def renew() -> None:
    """Make every process read the vocabulary again, once the transaction is over."""
    VocabularyToken.objects.update_or_create(pk=1, defaults={"value": secrets.token_hex(16)})


def vocabulary() -> Vocabulary:
    """The vocabulary read from the database: other names of a service come before what people say of it."""
    return Vocabulary(
        version=queries.vocabulary_version(),
        services=tuple(
            ServiceWords(service.slug, service.name, _said(service.phrases.all())) for service in queries.services()
        ),
        ambiguous=tuple(
            AmbiguousWords(
                term.term,
                term.question,
                tuple(
                    choice.service.slug
                    for choice in sorted(term.choices.all(), key=lambda choice: (choice.position, choice.pk))
                ),
            )
            for term in queries.ambiguous_terms()
        ),
        not_us=tuple(queries.foreign_phrases()),
        places=places(queries.loges(None)),
    )


def _said(phrases: Iterable[ServicePhrase]) -> tuple[str, ...]:
    """The words of a service, synonyms first, in the order in which they were added."""
    ranked = sorted(phrases, key=lambda phrase: (phrase.kind != ServicePhrase.Kind.SYNONYM, phrase.pk))
    return tuple(phrase.text for phrase in ranked)


def places(loges: Iterable[Loge]) -> tuple[PlaceName, ...]:
    """The names of places that loges give: their own, their neighbourhood's, their postcodes' and their city's."""
    grouped: dict[tuple[PlaceKind, str, str], tuple[str, str, list[Loge]]] = {}
    for loge in loges:
        for kind, name, label in _names(loge):
            _, _, served = grouped.setdefault((kind, fold(name), fold(label)), (name, label, []))
            served.append(loge)
    return tuple(_place(kind, name, label, served) for (kind, *_), (name, label, served) in grouped.items())


def _names(loge: Loge) -> Iterable[tuple[PlaceKind, str, str]]:
    """What a loge gives names to: (kind, name, French label)."""
    yield PlaceKind.LOGE, loge.name, f"{loge.name}, {loge.city}"
    for name in (loge.neighbourhood, *map(str, loge.also_called)):
        yield PlaceKind.NEIGHBOURHOOD, name, f"{name}, {loge.city}"
    for postcode in map(str, loge.territory.postcodes):
        yield PlaceKind.POSTCODE, postcode, f"{postcode} {loge.city}"
    yield PlaceKind.CITY, loge.city, loge.city


def _place(kind: PlaceKind, name: str, label: str, loges: list[Loge]) -> PlaceName:
    """A place that some loges serve: their common centre, and a radius that holds all their circles."""
    shapes = [loge.territory.shape for loge in loges]
    center = Point(
        sum(shape.center.latitude for shape in shapes) / len(shapes),
        sum(shape.center.longitude for shape in shapes) / len(shapes),
    )
    radius = max(distance_m(center, shape.center) + shape.radius_meters for shape in shapes)
    slugs = tuple(dict.fromkeys(loge.slug for loge in loges))
    return PlaceName(kind, name, label, slugs, round(center.latitude, 6), round(center.longitude, 6), round(radius))
