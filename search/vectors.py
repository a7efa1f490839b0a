"""French word vectors: which words mean nearly the same, for understanding words that no vocabulary lists.

The file is distilled at set-up (`manage.py search_vectors`, see `search.distilling`) and read once per process. The
site works without it: understanding then knows the vocabulary's own words alone, and says so in its health.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

Matrix = np.ndarray[Any, np.dtype[np.float32]]

COMMON = 60_000
"""So many words, the most frequent ones, are taken to be written right by whoever writes them."""


def key(word: str) -> int:
    """The number under which a folded word is kept."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


class WordVectors:
    """Unit vectors of folded words, kept as whole numbers from -127 to 127; words that mean alike may share one."""

    def __init__(self, keys: Any, rows: Any, table: Any, common: str) -> None:
        """`keys` (uint64, ascending) and `rows` (uint16) tell each word's row in `table` (int8, rows x dimensions).

        `common` are the most frequent words, in that order, between spaces.
        """
        self._keys, self._rows, self._table, self._common = keys, rows, table, common
        self.common = {word: rank for rank, word in enumerate(common.split())}

    @property
    def words(self) -> int:
        """How many words have a vector."""
        return len(self._keys)

    def of(self, words: Sequence[str]) -> Matrix:
        """The unit vectors of folded words, one row each; zeros for a word without."""
        found = np.zeros((len(words), self._table.shape[1]), np.float32)
        rows = self._rows_of(words)
        known = rows >= 0
        found[known] = self._table[rows[known]]
        return units(found)

    def _rows_of(self, words: Sequence[str]) -> Any:
        """The row of each word, -1 for a word without."""
        wanted: Any = np.array([key(word) for word in words], np.uint64)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[places] == wanted, self._rows[places].astype(np.int64), -1)

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(file, keys=self._keys, rows=self._rows, table=self._table, common=self._common)
        unfinished.replace(path)


def read(path: Path) -> WordVectors:
    """The vectors in a file. Raises OSError or ValueError when there are none."""
    with np.load(path, allow_pickle=False) as arrays:
        return WordVectors(arrays["keys"], arrays["rows"], arrays["table"], str(arrays["common"]))


@cache
def installed() -> WordVectors | None:
    """The vectors of this installation, read once per process; None where nobody distilled them."""
    path = Path(settings.SEARCH_VECTORS) if settings.SEARCH_VECTORS else None
    return read(path) if path is not None and path.is_file() else None


def cosines(left: Matrix, right: Matrix) -> Matrix:
    """How alike words are, from -1 to 1: rows of `left` by rows of `right`, unit vectors all."""
    return left @ right.T


def units(vectors: Matrix) -> Matrix:
    """Rows stretched to length 1; rows of zeros stay."""
    lengths: Any = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32, copy=False)
