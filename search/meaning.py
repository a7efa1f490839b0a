"""How near the words of a query are in meaning to what people say of each service, by word vectors."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from search.vectors import Matrix, WordVectors, cosines, units
from search.words import singular, stem

LOWEST = 0.35
"""Words less alike than this say nothing of each other: any two French words are a little alike."""
COVERAGE = 0.3
"""How much it counts that query and phrase cover each other word by word; the rest is how alike their middles are."""

_NONE = -1


class Meanings:
    """The phrases of a vocabulary, arranged by the vectors of their words."""

    def __init__(
        self, vectors: WordVectors, phrases: Iterable[tuple[str, tuple[str, ...]]], weight: Callable[[str], float]
    ) -> None:
        """Arrange phrases: (service, folded words). `weight` tells how much a word says, from 0 to 1."""
        self._vectors, self._weight = vectors, weight
        said = list(phrases)
        words = list(dict.fromkeys(word for _, phrase in said for word in phrase))
        place = {word: index for index, word in enumerate(words)}
        # One row more than there are words: what pads short phrases is like nothing and weighs nothing.
        self._table = np.vstack([self._read(words), self._read([""])])
        self._stems = {root: index for index, root in enumerate(dict.fromkeys(map(stem, words)))}
        self._roots = np.array([*(self._stems[stem(word)] for word in words), _NONE])
        self._phrases = np.full((len(said), max((len(phrase) for _, phrase in said), default=1)), len(words))
        for row, (_, phrase) in enumerate(said):
            self._phrases[row, : len(phrase)] = [place[word] for word in phrase]
        self._weights = np.array([*map(weight, words), 0.0], np.float32)[self._phrases]
        self._totals = np.maximum(self._weights.sum(axis=1), 1e-9)
        self._middles = units(np.einsum("pw,pwd->pd", self._weights, self._table[self._phrases]))
        self._services = list(dict.fromkeys(service for service, _ in said))
        number = {service: index for index, service in enumerate(self._services)}
        self._service_of = np.array([number[service] for service, _ in said], np.int64)

    def knows(self, word: str) -> bool:
        """Whether a folded word is French, as far as the vectors go."""
        return bool(self._read([word]).any())

    def nearest(self, words: list[str]) -> dict[str, float]:
        """Return how near each service is to the folded words, from 0 to 1, by the best of its phrases."""
        with np.errstate(all="ignore"):  # some processors' matrix code raises flags that mean nothing
            return self._nearest(words)

    def _nearest(self, words: list[str]) -> dict[str, float]:
        weights, table = np.array([self._weight(word) for word in words], np.float32), self._read(words)
        alike = self._alike(words, table)[:, self._phrases]  # words asked x phrases x words of a phrase
        of_query = weights @ alike.max(axis=2) / max(float(weights.sum()), 1e-9)
        of_phrase = (alike.max(axis=0) * self._weights).sum(axis=1) / self._totals
        covered = 2 * of_query * of_phrase / np.maximum(of_query + of_phrase, 1e-9)
        middles = np.maximum(self._middles @ units((weights @ table)[None])[0], 0)
        best = np.zeros(len(self._services))
        np.maximum.at(best, self._service_of, COVERAGE * covered + (1 - COVERAGE) * middles)
        return dict(zip(self._services, best.tolist(), strict=True))

    def _alike(self, words: list[str], table: Matrix) -> Matrix:
        """How alike the words asked are to those of the vocabulary: wholly where they are of one family."""
        alike = cosines(table, self._table)
        alike[alike < LOWEST] = 0
        roots: Any = np.array([self._stems.get(stem(word), _NONE - 1) for word in words])
        alike[roots[:, None] == self._roots[None, :]] = 1
        return alike

    def _read(self, words: list[str]) -> Matrix:
        """The vectors of folded words, in the singular where the word itself has none."""
        table = self._vectors.of(words)
        without = np.flatnonzero(~table.any(axis=1))
        table[without] = self._vectors.of([singular(words[index]) for index in without])
        return table
