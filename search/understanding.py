"""What a French query asks for: services, places, corrections, or a question back.

One entry point, `Understander.understand`. The score of a service is worked out in one place, `score`.
A corrected word counts as known only when the query, so read, is wholly something that people say; a query of
guesses alone is asked back, never answered.
"""

from dataclasses import dataclass, replace

from search.lexicon import ENTIRE, NOT_US, AmbiguousWords, Lexicon, Match, ServiceWords, Vocabulary
from search.places import Gazetteer, PlaceKind, PlaceName
from search.spelling import Correction, Speller
from search.words import clean, content_words, is_faint, stem, tokens

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
    """The numbers that decide between answering, asking back and silence; tuned on a vocabulary, for it."""

    answer: float = 0.25  # confidence from which services are answered
    ask: float = 0.15  # confidence from which a question is asked back
    not_us: float = 0.7  # how much of the score of "not us" is held against the best service
    near: float = 0.6  # share of the best score from which another service is answered beside it
    most: int = 5  # services answered at most
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
    places, `services` ranked slugs: empty when nothing was understood or when `question` asks back.
    """

    text: str
    words: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    places: tuple[PlaceName, ...] = ()
    corrections: tuple[Correction, ...] = ()
    question: Question | None = None


def score(match: Match) -> float:
    """Return how well a service explains a query, from 0 to 1; word vectors will join the sum here."""
    return 0.4 * match.phrase + 0.4 * match.evidence + 0.2 * match.whole


class Understander:
    """A vocabulary made ready to understand queries. Building it costs tens of milliseconds: keep it."""

    def __init__(self, vocabulary: Vocabulary, thresholds: Thresholds | None = None) -> None:
        """Compile the vocabulary. Ambiguous terms whose services it lacks lose those choices."""
        self.vocabulary = vocabulary
        self.thresholds = thresholds or Thresholds()
        self._names = {service.slug: service.name for service in vocabulary.services}
        self._lexicon = Lexicon(vocabulary)
        self._speller = Speller(self._lexicon.words)
        self._gazetteer = Gazetteer(vocabulary.places, self._lexicon.knows)
        self._questions = {
            _meaning(content_words(tokens(term.term))): Question(
                term.question, tuple(slug for slug in term.services if slug in self._names)
            )
            for term in vocabulary.ambiguous
        }

    def understand(self, text: str) -> Understanding:
        """Return what a query asks for. Any string will do; the work is bounded whatever its length."""
        cut = clean(text)
        placed = self._gazetteer.take_out(tokens(cut))
        said = content_words(list(placed.words))
        known = {word for word in said if self._lexicon.knows(word) or is_faint(word)}
        read, corrections = self._speller.read(said, known)
        words = [word for word in read if self._lexicon.knows(word) or not is_faint(word)]
        told = Understanding(cut, tuple(said), places=placed.places, corrections=self._shown(corrections))
        if not words:
            return told
        question = self._questions.get(_meaning(words))
        if question is not None:
            return replace(told, question=question)
        return self._decided(told, words, corrections)

    def _decided(self, told: Understanding, words: list[str], corrections: list[Correction]) -> Understanding:
        """Return the understanding with its services, its question, or neither."""
        matches = self._lexicon.matches(words)
        scores = {slug: score(match) for slug, match in matches.items()}
        against = scores.pop(NOT_US, 0.0)
        if not scores:
            return told
        ranked = sorted(scores, key=lambda slug: (-round(scores[slug], 9), slug))
        best = scores[ranked[0]]
        near = tuple(slug for slug in ranked if scores[slug] >= self.thresholds.near * best)
        is_entire = matches[ranked[0]].whole >= ENTIRE
        guessed = {word for c in corrections if not (c.sure and is_entire) for word in c.read.split()}
        known = self._share_known(words, guessed)
        confidence = self.confidence(best, against, known)
        if known and confidence >= self.thresholds.answer:
            return replace(told, services=near[: self.thresholds.most])
        if confidence >= self.thresholds.ask:
            return replace(told, question=self._asking(near[: self.thresholds.choices]))
        return told

    def confidence(self, best: float, against: float, known: float) -> float:
        """Return how sure the best service is: its score, against that of "not us", by the words known."""
        return (best - self.thresholds.not_us * max(against, 0.0)) * (0.5 + 0.5 * known)

    def _share_known(self, words: list[str], guessed: set[str]) -> float:
        """Return the share of the words that the vocabulary uses, those that were guessed left out."""
        return sum(self._lexicon.knows(word) and word not in guessed for word in words) / len(words)

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
