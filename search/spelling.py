"""Misspelt words read as words of the vocabulary, and nothing more clever than that.

Three readings are tried, in this order: two neighbours that are one word ("air bnb"), one word that is two
("homesitter"), a known word that sounds the same ("informatik") or lies one or two slips away ("plonbier").
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

MAX_CORRECTED = 8
_LONG = 8
_SHORTEST = 4
_SHORTEST_SOUND = 2
_SURE = 5  # letters from which one slip can be believed: shorter words have too many neighbours

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"),
        ("qu?|ck|c(?=[aoukrlt]|$)", "k"),
        ("c(?=[eiy])", "s"),
        ("ge(?=[aou])", "j"),
        ("g(?=[ei])", "j"),
        ("e?au", "o"),
        ("y", "i"),
        ("(?:ai|ei)", "e"),
        ("m(?=[bp])", "n"),
        ("h", ""),
        ("z", "s"),
        (r"(.)\1+", r"\1"),
        ("(?:er|ez|ee?|es)$", "e"),
        ("(?<=.{3})[estdx]+$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as it was typed and as it was read; `sure` when the slip is small enough not to be a guess."""

    typed: str
    read: str
    sure: bool = False


def sound(word: str) -> str:
    """Return how a folded French word sounds, roughly: "fotografe" and "photographe" give the same key."""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


def distance(left: str, right: str, most: int) -> int:
    """Return how many slips (letter added, lost, changed, or two neighbours swapped) lie between two words.

    The optimal string alignment distance; any number above `most` means "too far" and is not exact.
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _letters(word: str) -> int:
    """Return the set of a word's letters as bits: one slip changes at most two of them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


class Speller:
    """The known words, so arranged that the nearest to a misspelt one is found in less than a millisecond."""

    def __init__(self, words: Collection[str], common: Mapping[str, int] | None = None) -> None:
        """Arrange the known words (folded). The same words in any order give the same speller.

        `common` are other French words, each with its rank by frequency: what no known word is near to is read as
        the commonest of those that lie one slip away.
        """
        self._known, self._common = frozenset(words), common or {}
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        self._by_sound: dict[str, str] = {}
        for word in sorted(self._known):
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                self._by_length.setdefault(len(word), []).append((word, _letters(word)))
                self._by_sound.setdefault(sound(word), word)

    def joined(self, left: str, right: str) -> str | None:
        """Return the known word that two neighbours make, unless both are known by themselves."""
        both = left + right
        if both in self._known and not (left in self._known and right in self._known):
            return both
        return None

    def split(self, word: str) -> tuple[str, str] | None:
        """Return the two known words, of three letters or more, that an unknown word glues together."""
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if left in self._known and right in self._known and max(cut, len(right)) > 3:
                return left, right
        return None

    def nearest(self, word: str) -> tuple[str, int] | None:
        """Return the nearest known word and its distance, or None when none is near enough.

        One slip for 4 to 7 letters, two from 8 on. What sounds the same counts as one slip away,
        after what is. Ties: same first letter, then same length, then alphabetical order.
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        most = 2 if len(word) >= _LONG else 1
        letters, best = _letters(word), None
        for length in range(len(word) - most, len(word) + most + 1):
            for known, known_letters in self._by_length.get(length, ()):
                if (letters ^ known_letters).bit_count() > 2 * most:
                    continue
                slips = distance(word, known, most)
                if slips <= most:
                    rank = (slips, known[0] != word[0], length != len(word), known)
                    best = rank if best is None else min(best, rank)
        heard = sound(word)
        same_sound = self._by_sound.get(heard) if len(heard) >= _SHORTEST_SOUND else None
        if same_sound is not None and (best is None or best[0] > 1 or distance(word, same_sound, 1) <= 1):
            return same_sound, 1
        return (best[3], best[0]) if best else None

    def read(self, words: list[str], known: Collection[str]) -> tuple[list[str], list[Correction]]:
        """Return the words as they should be read and what was corrected; words in `known` stay as typed.

        At most MAX_CORRECTED words are looked up, which bounds the work whatever is typed.
        """
        read: list[str] = []
        corrections: list[Correction] = []
        position, tried = 0, 0
        while position < len(words):
            word = words[position]
            following = words[position + 1] if position + 1 < len(words) else ""
            both = self.joined(word, following) if following else None
            if both is not None:
                corrections.append(Correction(f"{word} {following}", both, sure=True))
                read.append(both)
                position += 2
                continue
            position += 1
            if word in known or tried == MAX_CORRECTED:
                read.append(word)
                continue
            tried += 1
            read.extend(self._corrected(word, corrections))
        return read, corrections

    def _corrected(self, word: str, corrections: list[Correction]) -> list[str]:
        """Return what one unknown word is read as, noting the correction when there is one."""
        pair = self.split(word)
        if pair is not None:
            corrections.append(Correction(word, " ".join(pair), sure=True))
            return list(pair)
        near = self.nearest(word)
        if near is None or near[1] > 1:
            near = self._nearest_common(word) or near
        if near is None:
            return [word]
        corrections.append(Correction(word, near[0], sure=_is_sure(word, *near)))
        return [near[0]]

    def _nearest_common(self, word: str) -> tuple[str, int] | None:
        """Return the commonest French word one slip away from a word that isn't short, and that distance."""
        if len(word) < _SURE or not word.isalpha():
            return None
        found = [other for other in _one_slip_away(word) if other in self._common]
        return (min(found, key=self._common.__getitem__), 1) if found else None


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield what a word is with one letter less, changed or more, or two neighbours swapped."""
    for cut in range(len(word) + 1):
        left, right = word[:cut], word[cut:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in ascii_lowercase:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def _is_sure(typed: str, read: str, slips: int) -> bool:
    """Whether a correction is more than a guess: one slip in a word that is not short, its start as typed."""
    return slips == 1 and len(typed) >= _SURE and (typed[0] == read[0] or sound(typed) == sound(read))
