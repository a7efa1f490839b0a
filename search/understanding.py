"""What a French query asks for: services, places, corrections, or a question back.

One entry point, `Understander.understand`. The score of a service is worked out in one place, `score`.
A corrected word counts as known only when the query, so read, is wholly something that people say; a query of
guesses alone is asked back, never answered.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from search import towns
from search.lexicon import ENTIRE, NOT_US, AmbiguousWords, Lexicon, Match, ServiceWords, Vocabulary
from search.meaning import LOWEST, Meanings
from search.places import Gazetteer, PlaceKind, PlaceName
from search.spelling import Correction, Speller
from search.vectors import WordVectors
from search.words import (
    MAX_CHARACTERS,
    STOP_WORDS,
    as_typed,
    capitalised,
    clean,
    content_words,
    is_faint,
    stem,
    tokens,
)

__all__ = [
    "AmbiguousWords",
    "Correction",
    "PlaceKind",
    "PlaceName",
    "Question",
    "ServiceWords",
    "Thresholds",
    "Understander",
    "Understanding",
    "Vocabulary",
]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers that decide between answering, asking back and silence; tuned on a vocabulary, for it.

    `make search-tune` finds and prints them.
    """

    answer: float  # confidence from which services are answered
    ask: float  # confidence from which a question is asked back
    not_us: float  # how much of the score of "not us" is held against the best service
    near: float = 0.6  # share of the best score from which another service is answered beside it
    most: int = 3  # services answered at most
    choices: int = 3  # services a question lets choose between at most


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask back, in French, and the slugs of the services it lets choose between, best first."""

    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of a query.

    `text` is the query as typed (cut, unprintable characters out), `words` what is left of it beside the
    places, `services` ranked slugs: empty when nothing was understood or when `question` asks back. `ignored` are
    words, as typed, that say nothing of the best service.
    """

    text: str
    words: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    places: tuple[PlaceName, ...] = ()
    corrections: tuple[Correction, ...] = ()
    question: Question | None = None
    ignored: tuple[str, ...] = ()


BY_WORDS = Thresholds(answer=0.23, ask=0.07, not_us=0.65)
"""For the vocabulary's own words alone."""
BY_MEANING = Thresholds(answer=0.22, ask=0.13, not_us=0.6, near=0.65)
"""For words and their vectors."""

KEPT = 1_024
"""So many texts whose meaning is kept: pages turned and filters tried come with the same words."""

_UNSAID = Match(0.0, 0.0, 0.0)
_SHORT = 3  # words of a query that tell a service, a place, and little else
_FRENCH = 0.5  # how much a French word that the vocabulary doesn't use counts among the known


@dataclass(frozen=True, slots=True)
class Weighed:
    """A query before the decision: services with their scores, best first; none where the words decide already.

    `against` is the score of "not us", `known` the share of the words known without guessing.
    """

    told: Understanding
    ranked: tuple[tuple[str, float], ...] = ()
    against: float = 0.0
    known: float = 0.0

    def confidence(self, thresholds: Thresholds) -> float:
        """Return how sure the best service is: its score, against that of "not us", by the words known."""
        return (self.ranked[0][1] - thresholds.not_us * self.against) * (0.5 + 0.5 * self.known)


def score(match: Match, nearness: float | None) -> float:
    """Return how well a service explains a query, from 0 to 1: what was said, and how near it is in meaning."""
    said = 0.4 * match.phrase + 0.4 * match.evidence + 0.2 * match.whole
    return said if nearness is None else (2 * said + nearness) / 3


class Understander:
    """A vocabulary made ready to understand queries. Building it costs tens of milliseconds: keep it."""

    def __init__(
        self, vocabulary: Vocabulary, vectors: WordVectors | None = None, thresholds: Thresholds | None = None
    ) -> None:
        """Compile the vocabulary. Ambiguous terms whose services it lacks lose those choices."""
        self.vocabulary = vocabulary
        self.thresholds = thresholds or (BY_MEANING if vectors else BY_WORDS)
        self._understood = lru_cache(KEPT)(self._decided)
        self._names = {service.slug: service.name for service in vocabulary.services}
        self._lexicon = Lexicon(vocabulary)
        self._meanings = Meanings(vectors, self._lexicon.said, self._lexicon.weight) if vectors else None
        self._common = vectors.common if vectors else {}
        self._speller = Speller(self._lexicon.words, self._common)
        self._gazetteer = Gazetteer(
            vocabulary.places, self._lexicon.is_of_services, *towns.of_france(), is_word=self._is_word
        )
        self._questions = {
            _meaning(content_words(tokens(term.term))): Question(
                term.question, tuple(slug for slug in term.services if slug in self._names)
            )
            for term in vocabulary.ambiguous
        }

    def places(self, name: str) -> tuple[PlaceName, ...]:
        """Return the places of that very name, the most precise first."""
        return self._gazetteer.find(name)

    def understand(self, text: str) -> Understanding:
        """Return what a query asks for. Any string will do; the work is bounded whatever its length."""
        return self._understood(text[:MAX_CHARACTERS])

    def _decided(self, text: str) -> Understanding:
        return self.decide(self.weigh(text), self.thresholds)

    def weigh(self, text: str) -> Weighed:
        """Return all that can be said of a query before anything is decided."""
        cut = clean(text)
        placed = self._gazetteer.take_out(tokens(cut), capitalised(cut))
        said = content_words(list(placed.words))
        known = set(filter(self._is_word, said))
        read, corrections = self._speller.read(said, known)
        words = [word for word in read if self._lexicon.knows(word) or not is_faint(word)]
        told = Understanding(
            cut, tuple(said), places=placed.places, corrections=placed.corrections + self._shown(corrections)
        )
        question = self._questions.get(_meaning(words)) if words else None
        if question is not None or not words:
            return Weighed(replace(told, question=question))
        return self._weighed(told, words, corrections)

    def _is_word(self, word: str) -> bool:
        """Whether a folded word is written right, as far as this vocabulary and the commonest words tell."""
        return self._lexicon.knows(word) or is_faint(word) or word in STOP_WORDS or word in self._common

    def _weighed(self, told: Understanding, words: list[str], corrections: list[Correction]) -> Weighed:
        """Return how well each service explains the words, and how sure the words themselves are."""
        matches = self._lexicon.matches(words)
        nearest = self._meanings.nearest(words) if self._meanings else {}
        scores = {
            slug: score(matches.get(slug, _UNSAID), nearest.get(slug) if self._meanings else None)
            for slug in (nearest or matches)
        }
        against = max(scores.pop(NOT_US, 0.0), 0.0)
        ranked = tuple(sorted(scores.items(), key=lambda pair: (-round(pair[1], 9), pair[0])))
        told = replace(told, ignored=self._ignored(told.text, words, ranked[0][0])) if ranked else told
        is_entire = bool(ranked) and matches.get(ranked[0][0], _UNSAID).whole >= ENTIRE
        guessed = {word for c in corrections if not (c.sure and is_entire) for word in c.read.split()}
        return Weighed(told, ranked, against, self._share_known(words, guessed))

    def decide(self, weighed: Weighed, thresholds: Thresholds) -> Understanding:
        """Return the understanding with its services, its question, or neither."""
        if not weighed.ranked:
            return weighed.told
        best = weighed.ranked[0][1]
        near = tuple(slug for slug, value in weighed.ranked if value >= thresholds.near * best)
        confidence = weighed.confidence(thresholds)
        if weighed.known and confidence >= thresholds.answer:
            return replace(weighed.told, services=near[: thresholds.most])
        if confidence >= thresholds.ask:
            return replace(weighed.told, question=self._asking(near[: thresholds.choices]))
        return weighed.told

    def _ignored(self, text: str, words: list[str], best: str) -> tuple[str, ...]:
        """Return the words, as typed, that neither the vocabulary uses nor the best service is near to.

        Only of short queries: sentences are full of words that needn't play a part.
        """
        unknown = [word for word in words if not self._lexicon.knows(word)] if len(words) <= _SHORT else []
        if self._meanings:
            unknown = [word for word in unknown if self._meanings.nearest([word]).get(best, 0.0) < LOWEST]
        written = as_typed(text) if unknown else {}
        return tuple(written[word] for word in unknown if word in written)

    def _share_known(self, words: list[str], guessed: set[str]) -> float:
        """Return the share of the words that the vocabulary uses, those that were guessed left out.

        Other French words count half.
        """
        sure = [word for word in words if word not in guessed]
        others = [word for word in sure if not self._lexicon.knows(word)]
        french = sum(map(self._meanings.knows, others)) if self._meanings else 0
        return (len(sure) - len(others) + _FRENCH * french) / len(words)

    def _shown(self, corrections: list[Correction]) -> tuple[Correction, ...]:
        """Return the corrections with what was read written as people write it, accents included."""
        return tuple(
            replace(correction, read=" ".join(map(self._lexicon.written, correction.read.split())))
            for correction in corrections
        )

    def _asking(self, choices: tuple[str, ...]) -> Question:
        """Return the question that lets choose between services, best first."""
        return Question(asking_back([self._names[slug] for slug in choices]), choices)


def asking_back(names: list[str]) -> str:
    """Return the French question that offers services by name: "Que cherchez-vous : « A » ou « B » ?"."""
    quoted = [f"«\u00a0{name}\u00a0»" for name in names]
    if len(quoted) == 1:
        return f"Cherchez-vous {quoted[0]}\u00a0?"
    return f"Que cherchez-vous\u00a0: {', '.join(quoted[:-1])} ou {quoted[-1]}\u00a0?"


def _meaning(words: list[str]) -> frozenset[str]:
    """Return what some words mean whatever their order and number."""
    return frozenset(stem(word) for word in words)
