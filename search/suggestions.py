"""What to offer while someone types: services, phrases people say, places. Experts join in `search.queries`."""

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

from loges.geography import Point, distance_m
from search.lexicon import Vocabulary
from search.places import PlaceName, place_tokens
from search.words import STOP_WORDS, clean, content_words, fold, singular, stem, tokens, words_of

_ROWS_PER_SERVICE = 2
_SHORTEST_PLACE = 2  # letters of a place that is begun after other words: one would be any


class SuggestionKind(StrEnum):
    """What a suggestion leads to."""

    SERVICE = "SERVICE"  # a service, by its name
    PHRASE = "PHRASE"  # a service, by words people say
    PLACE = "PLACE"  # a place and its loges
    EXPERT = "EXPERT"  # an expert, by first name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row to offer: its label in French, the slug of its service, those of its loges, or an expert's and loge's."""

    kind: SuggestionKind
    label: str
    service: str | None = None
    loges: tuple[str, ...] = ()
    expert: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A phrase that may be offered, and its place in the ranking: names first, then in the editor's order."""

    rank: tuple[int, int]
    suggestion: Suggestion
    words: tuple[str, ...]


class Suggester:
    """A vocabulary arranged by the beginnings of its words. Building it takes a while: keep it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Arrange the vocabulary; a phrase that several services share is offered for each of them."""
        self._rows = [row for row in _rows(vocabulary) if row.words]
        self._beginnings = sorted({(word, i) for i, row in enumerate(self._rows) for word in row.words})
        self._places = [(place_tokens(place.name), place) for place in vocabulary.places]

    def suggest(self, typed: str, limit: int = 8, near: Point | None = None) -> tuple[Suggestion, ...]:
        """Return at most `limit` suggestions, best first, for what is typed so far; none for an empty text.

        The last word is a beginning, the words before it must be said by the row. Service names come first,
        then places (the nearest to `near` first), then phrases in the order editors gave them.
        """
        words = _typed(typed)
        if not words or limit <= 0:
            return ()
        names, phrases = self._services(words)
        places = self._placed(words, near)
        return tuple((names + places + phrases)[:limit])

    def _services(self, words: list[str]) -> tuple[list[Suggestion], list[Suggestion]]:
        """Return the services offered by name, and those offered by a phrase."""
        before, beginning = content_words(words[:-1]), words[-1]
        if before and beginning in STOP_WORDS:
            before, beginning = before[:-1], before[-1]
        found = sorted(
            (not _starts(row, [*before, beginning]), row.rank, row.suggestion.label, i)
            for i, row in self._beginning_with(beginning)
            if all(_says(row, word) for word in before)
        )
        return self._distinct([self._rows[i] for *_, i in found], beginning)

    def _beginning_with(self, beginning: str) -> list[tuple[int, _Row]]:
        """Return the rows of which some word begins so, each once."""
        rows: dict[int, _Row] = {}
        start = bisect_left(self._beginnings, (beginning, -1))
        for word, i in self._beginnings[start:]:
            if not word.startswith(beginning):
                break
            rows[i] = self._rows[i]
        return list(rows.items())

    def _distinct(self, rows: list[_Row], beginning: str) -> tuple[list[Suggestion], list[Suggestion]]:
        """Return the rows worth offering: a second one of a service only when another word answers."""
        names: list[Suggestion] = []
        phrases: list[Suggestion] = []
        answered: dict[str | None, set[str]] = {}
        for row in sorted(rows, key=lambda row: row.suggestion.kind is not SuggestionKind.SERVICE):
            words = {stem(word) for word in row.words if word.startswith(beginning)}
            known = answered.setdefault(row.suggestion.service, set())
            is_name = row.suggestion.kind is SuggestionKind.SERVICE
            if known & words or len(known) >= _ROWS_PER_SERVICE:
                continue
            known |= words
            (names if is_name else phrases).append(row.suggestion)
        return names, phrases

    def _placed(self, words: list[str], near: Point | None) -> list[Suggestion]:
        """Return the places whose name begins with the most of the last words typed."""
        for start in range(len(words)):
            said = place_tokens(" ".join(words[start:]))
            if start and len("".join(said)) < _SHORTEST_PLACE:
                break
            places = [place for name, place in self._places if _begins(name, said)]
            if places:
                nearest_first = sorted(places, key=lambda p: (_distance(p, near), p.label, p.kind, p.loges))
                offered = [_offer(place) for place in nearest_first]
                return list(dict.fromkeys(offered))
        return []


def _typed(text: str) -> list[str]:
    """Return the tokens typed; a lone last letter is a beginning, not an elided article."""
    words, last = tokens(text), fold(clean(text)).split(" ")[-1]
    return [*words, last] if len(last) == 1 and last.isalpha() and words[-1:] != [last] else words


def _rows(vocabulary: Vocabulary) -> list[_Row]:
    """Return every phrase of every service, names included, as rows."""
    rows: list[_Row] = []
    for service in vocabulary.services:
        name = Suggestion(SuggestionKind.SERVICE, service.name, service.slug)
        rows.append(_Row((0, 0), name, words_of(service.name)))
        for order, phrase in enumerate(service.phrases):
            said = Suggestion(SuggestionKind.PHRASE, phrase, service.slug)
            if phrase != service.name:
                rows.append(_Row((1, order), said, words_of(phrase)))
    return rows


def _starts(row: _Row, words: list[str]) -> bool:
    """Whether a row begins with the words typed, the last of them a beginning."""
    start = row.words[: len(words)]
    return len(start) == len(words) and start[:-1] == tuple(words[:-1]) and start[-1].startswith(words[-1])


def _says(row: _Row, word: str) -> bool:
    """Whether a row says a word, in the singular or the plural."""
    return any(singular(word) == singular(said) for said in row.words)


def _begins(name: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether the tokens of a place begin with those said, the last of them a beginning."""
    if not said or len(said) > len(name):
        return False
    return name[: len(said) - 1] == said[:-1] and name[len(said) - 1].startswith(said[-1])


def _distance(place: PlaceName, near: Point | None) -> float:
    """Return how far a place is, in metres; everything is as far from nowhere."""
    return distance_m(near, Point(place.latitude, place.longitude)) if near else 0.0


def _offer(place: PlaceName) -> Suggestion:
    """Return the suggestion of a place."""
    return Suggestion(SuggestionKind.PLACE, place.label, loges=place.loges)
