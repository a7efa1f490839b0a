"""The sentences of a presentation in which the words of a query occur, for people to see why somebody was found."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from search.words import STOP_WORDS, fold, stem

MOST = 2
"""How many sentences are shown."""
LONGEST = 200
"""How many characters of one are shown."""

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_WORD = re.compile(r"[^\W_]+")


def marked(text: str, stems: Iterable[str]) -> list[str]:
    """Return the first sentences that hold a word of these families, as HTML: words in <mark>, the rest escaped."""
    wanted = frozenset(stems)
    return [] if not wanted else list(_first(text, wanted))


def _first(text: str, wanted: frozenset[str]) -> Iterator[str]:
    found = 0
    for sentence in _SENTENCE.finditer(text):
        shown = sentence[0].strip()
        hits = [word.span() for word in _WORD.finditer(shown) if _family(word[0]) in wanted]
        if hits and found < MOST:
            found += 1
            yield _cut(shown, hits)


@lru_cache(maxsize=2**14)
def _family(word: str) -> str:
    """The family of a word, none of a stop word. The same words come again and again."""
    plain = fold(word)
    return "" if plain in STOP_WORDS else stem(plain)


def _cut(sentence: str, hits: list[tuple[int, int]]) -> str:
    """The part of a sentence that begins shortly before its first hit."""
    start = max(0, hits[0][0] - LONGEST // 2) if len(sentence) > LONGEST else 0
    start = sentence.rfind(" ", 0, start) + 1
    end = min(len(sentence), start + LONGEST)
    parts, position = ["…" if start else ""], start
    for begins, ends in hits:
        if ends <= end:
            parts += [escape(sentence[position:begins]), f"<mark>{escape(sentence[begins:ends])}</mark>"]
            position = ends
    return "".join([*parts, escape(sentence[position:end]), "…" if end < len(sentence) else ""])
