"""The vocabulary residents are understood with, and the index compiled from it once.

A vocabulary is plain, frozen data that the database gives; a lexicon tells how well each service explains the
words of a query. What a loge does not do ("not us") competes as if it were one more service.
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass

from search.places import PlaceName
from search.words import fold, is_faint, singular, stem, words_of

_LETTERS = re.compile(r"[^\W_]+")

NOT_US = ""  # the slug under which everything a loge does not do competes

SAME_FAMILY = 0.78  # how much a word of the same family is worth beside the very word
UNKNOWN_WEIGHT = 0.4  # weight of a word that the vocabulary never uses
ENTIRE = 0.75  # share of a phrase from which it counts as said entirely: every word, or words of their families
FAINT_WEIGHT = 0.45  # share of its weight that a word of time or number keeps


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """A service, what it is called, and every phrase that people ask for it with (its name is one too)."""

    slug: str
    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmbiguousWords:
    """A term that calls for a question instead of a guess, and the slugs of the services it may mean."""

    term: str
    question: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything a query is understood with; `version` grows whenever an editor changes a word of it."""

    version: int
    services: tuple[ServiceWords, ...]
    ambiguous: tuple[AmbiguousWords, ...] = ()
    not_us: tuple[str, ...] = ()
    places: tuple[PlaceName, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of one service: its words as (stem, singular form, weight), and the sum of the weights."""

    service: str
    words: tuple[tuple[str, str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """How well a service explains a query, each between 0 and 1.

    `phrase`: harmonic mean of how much of the query its best phrase covers and how much of it was said.
    `evidence`: how much of the query its words speak for, all phrases together.
    `whole`: the share of the query that one entire phrase covers.
    """

    phrase: float
    evidence: float
    whole: float


class Lexicon:
    """The phrases of a vocabulary, indexed by stem; nothing in it hangs on the order of hashes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile the index. Phrases made of stop words alone say nothing and are left out."""
        self.said = said = _said(vocabulary)
        users: dict[str, set[str]] = defaultdict(set)
        for service, words in said:
            for word in words:
                users[stem(word)].add(service)
        self._candidates = len(vocabulary.services) + 1
        self._of_services = {root for root, services in users.items() if services != {NOT_US}}
        self._users = {root: len(services) for root, services in users.items()}
        self.words = frozenset(word for _, words in said for word in words)
        self._written = _written(vocabulary)
        self._phrases: list[Phrase] = []
        self._by_stem: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for service, words in said:
            self._add(service, words)

    def _add(self, service: str, words: tuple[str, ...]) -> None:
        """Index one phrase of a service."""
        weighed = {stem(word): (stem(word), singular(word), self.weight(word)) for word in words}
        position = len(self._phrases)
        self._phrases.append(Phrase(service, tuple(weighed.values()), sum(w for _, _, w in weighed.values())))
        for root, form, _ in weighed.values():
            self._by_stem[root].append((position, form))

    def knows(self, word: str) -> bool:
        """Whether the vocabulary uses a folded word or one of its family."""
        return stem(word) in self._by_stem

    def is_of_services(self, word: str) -> bool:
        """Whether something a service is called by uses a folded word or one of its family; "not us" aside."""
        return stem(word) in self._of_services

    def weight(self, word: str) -> float:
        """Return how much a folded word tells, from 0 to 1: the fewer services use its family, the more."""
        users = self._users.get(stem(word))
        if users is None:
            return UNKNOWN_WEIGHT
        rarity = math.log(1 + self._candidates / users) / math.log(1 + self._candidates)
        return rarity * (FAINT_WEIGHT if is_faint(word) else 1.0)

    def written(self, word: str) -> str:
        """Return a folded word as the vocabulary writes it, accents included."""
        return self._written.get(word, word)

    def matches(self, words: list[str]) -> dict[str, Match]:
        """Return how well each service (and NOT_US) explains the folded words; the untouched are left out."""
        asked = {stem(word): (singular(word), self.weight(word)) for word in words}
        total = sum(weight for _, weight in asked.values())
        if not total:
            return {}
        covered: dict[int, float] = defaultdict(float)
        spoken: dict[tuple[str, str], float] = defaultdict(float)
        for root, (form, weight) in asked.items():
            for position, known_form in self._by_stem.get(root, ()):
                found = weight * (1.0 if form == known_form else SAME_FAMILY)
                covered[position] += found
                phrase = self._phrases[position]
                key = (phrase.service, root)
                spoken[key] = max(spoken[key], found * math.sqrt(found / phrase.weight))
        return self._summed(covered, spoken, total)

    def _summed(
        self, covered: dict[int, float], spoken: dict[tuple[str, str], float], total: float
    ) -> dict[str, Match]:
        """Return the matches from the weight found per phrase and the evidence per service and stem."""
        best: dict[str, tuple[float, float]] = {}
        for position, found in covered.items():
            phrase = self._phrases[position]
            of_query, of_phrase = found / total, found / phrase.weight
            mean = 2 * of_query * of_phrase / (of_query + of_phrase)
            whole = of_query if of_phrase >= ENTIRE else 0.0
            known = best.get(phrase.service, (0.0, 0.0))
            best[phrase.service] = (max(known[0], mean), max(known[1], whole))
        evidence: dict[str, float] = defaultdict(float)
        for (service, _), found in spoken.items():
            evidence[service] += found
        return {
            service: Match(mean, min(evidence[service] / total, 1.0), whole)
            for service, (mean, whole) in best.items()
        }


def _phrases(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return (slug, phrase) of everything said, in the order of the vocabulary."""
    phrases = [
        (service.slug, phrase) for service in vocabulary.services for phrase in (service.name, *service.phrases)
    ]
    return phrases + [(NOT_US, phrase) for phrase in vocabulary.not_us]


def _said(vocabulary: Vocabulary) -> list[tuple[str, tuple[str, ...]]]:
    """Return (slug, words that carry meaning) of every distinct phrase that has any."""
    said = [(slug, tuple(dict.fromkeys(words_of(phrase)))) for slug, phrase in _phrases(vocabulary)]
    return [(slug, words) for slug, words in dict.fromkeys(said) if words]


def _written(vocabulary: Vocabulary) -> dict[str, str]:
    """Return how each folded word is written where it first occurs."""
    written: dict[str, str] = {}
    for _, phrase in _phrases(vocabulary):
        for word in _LETTERS.findall(phrase):
            written.setdefault(fold(word), word.lower())
    return written
