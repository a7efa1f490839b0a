"""Words as they are looked for in pages: the same ones in what is indexed and in what is asked."""

import re
from unicodedata import combining, normalize

WORDS_AT_MOST = 20
"""How many words of a text are looked for."""
_WORD = re.compile(r"\w{1,60}")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def without_accents(text: str) -> str:
    """The text with plain letters: « Cœur d'été » is "Coeur d'ete"."""
    opened = normalize("NFD", text.translate(_LIGATURES))
    return "".join(letter for letter in opened if not combining(letter))


def asked(text: str) -> str:
    """The words that somebody looks for, plain, without the signs that some full texts read as operators."""
    return " ".join(_WORD.findall(without_accents(text))[:WORDS_AT_MOST])
