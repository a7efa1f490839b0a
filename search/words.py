"""French text turned into plain words: folding, elision, stop words, tokens and a light stem.

Everything here takes whatever a stranger types: text is cut before any work, every step is linear, no
character (null byte, emoji, lone surrogate, search operator) can make it fail.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

MAX_CHARACTERS = 300
MAX_TOKENS = 40


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text, folded already, as a set."""
    return frozenset(words.split())


_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼ`´′＇‹›ʹ", "'"))
_ELISIONS = word_set("l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu quelqu")
_MARKS = '.,;:!?«»"()[]…\u00a0'
_PIECE = re.compile(r"([^\W_]+)('?)")

STOP_WORDS = word_set(
    """
    a ai aie ait as au aux avec avez avoir avait avons ayant ou est es et etes etre etait ete eu eux
    soit sont suis ce cet cette ces ceci cela ca c ci celui celle ceux dans de des du en entre pour par
    sur sous sans vers chez il ils elle elles je tu nous vous on me te se moi toi lui leur leurs mon ma
    mes ton ta tes son sa ses notre nos votre vos le la les un une l d j m t s n qu que qui quoi quel
    quelle quels quelles dont ne ni pas plus moins tres trop peu beaucoup bien mal si oui non mais donc
    or car alors aussi ainsi quand lorsque jusque puisque pendant depuis avant apres comme comment
    pourquoi combien deja encore toujours jamais souvent tout toute tous toutes meme memes autre autres
    certains chaque plusieurs quelque quelques y ici voici voila aujourd hui bonjour bonsoir salut
    coucou merci svp stp plait please cordialement madame monsieur cherche cherchons chercherais
    recherche recherchons voudrais voudrait voudrions veux veut voulons souhaite souhaiterais souhaitons
    aimerais aimerait aimerions besoin faut faudrait peut peux peuvent pourrait pourrais pouvez pouvoir
    pourriez doit dois doivent devrait va vais vont aller viens vient venir sais sait savoir connaissez
    trouver trouve dispo disponible possible urgent urgente vite bon bonne bons bonnes gens personne
    quelqu ya via etc fait fais font faire parce pourtant lequel laquelle lesquels lesquelles ensuite puis plutot
    parfois vraiment super
    """
)

# Words that say when, how many or how dear. They count only where the vocabulary uses them ("mercredi").
FAINT_WORDS = word_set(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche matin matinee midi soir soiree nuit demain hier
    week end weekend jour jours journee journees heure heures minute minutes semaine semaines mois an
    ans annee janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre noel
    ete hiver printemps automne fois debut fin prochain prochaine dernier derniere tard tot bientot
    maintenant deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent demi
    demie cher chers chere cheres pas prix tarif tarifs devis euro euros gratuit gratuite petit petite
    petits petites grand grande grands grandes gros grosse vieux vieil vieille nouveau nouvelle
    """
)

_WORKING = word_set("marche marchent marchait fonctionne fonctionnent fonctionnait")
_NOT = word_set("plus pas mal")
_AROUND, _OWN = "quartier", word_set("mon notre votre ce")  # "dans mon quartier" says nothing of a service
_BROKEN = "panne"
_REFUSALS = frozenset(
    {("pas", "de"), ("pas", "du"), ("pas", "des"), ("mais", "pas"), ("et", "pas"), ("plutot", "que")}
)
_WITHOUT = "sans"
_HAVING = word_set("a ai as avons avez ont avait")

# Ending, what replaces it, and how many letters must be left for it to be an ending at all.
_ENDINGS: tuple[tuple[str, str, int], ...] = (
    ("issement", "", 4),
    ("ement", "", 4),
    ("ation", "", 4),
    ("ienne", "", 4),
    ("trice", "t", 4),
    ("erie", "", 4),
    ("euse", "", 4),
    ("iere", "", 4),
    ("eur", "", 4),
    ("ier", "", 4),
    ("ien", "", 4),
    ("age", "", 4),
    ("ite", "", 5),
    ("er", "", 3),
    ("ez", "", 3),
    ("ee", "", 3),
    ("e", "", 3),
)


def clean(text: str) -> str:
    """Return the text cut to MAX_CHARACTERS, its control characters and lone surrogates made spaces.

    What comes out can be encoded, stored and shown.
    """
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text[:MAX_CHARACTERS])
    return kept.strip()


def fold(text: str) -> str:
    """Return the text in lower case without accents, ligatures opened, every apostrophe made a plain one.

    Compatibility forms (full-width letters, "ﬁ") become their plain letters.
    """
    opened = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).translate(_LIGATURES))
    return "".join(c for c in opened if not unicodedata.combining(c)).lower()


def tokens(text: str) -> list[str]:
    """Return the folded words of a text in order, elided articles and pronouns left out; at most MAX_TOKENS.

    "L'évier d'Hector, vite !" gives ["evier", "hector", "vite"].
    """
    return list(islice(all_tokens(clean(text)), MAX_TOKENS))


def all_tokens(text: str) -> Iterator[str]:
    """Yield the folded words of a text of our own, however long, elided articles and pronouns left out."""
    for match in _PIECE.finditer(fold(text)):
        word, apostrophe = match.groups()
        elided = word in _ELISIONS and (apostrophe or len(word) == 1)
        if not elided:
            yield word


def capitalised(text: str) -> frozenset[str]:
    """Return the folded words written with a capital, the first word aside; none when all is in capitals."""
    cut = clean(text)
    written = [] if cut.isupper() else [word for word in cut.split()[1:] if word[:1].isupper()]
    return frozenset(word for one in written for word in tokens(one))


def as_typed(text: str) -> dict[str, str]:
    """Return how each folded word of a text was typed, without the marks around it."""
    return {word: written.strip(_MARKS) for written in reversed(clean(text).split()) for word in tokens(written)}


def content_words(words: list[str]) -> list[str]:
    """Return the words that carry meaning: no stop words, nothing refused ("mais pas de chien").

    What "ne marche plus" becomes "panne", because the verb alone would speak of walking; "mon quartier" goes.
    """
    kept = _without_refused(words)
    meant: list[str] = []
    for position, word in enumerate(kept):
        following = kept[position + 1] if position + 1 < len(kept) else ""
        if word in _WORKING and following in _NOT:
            meant.append(_BROKEN)
        elif word == _AROUND and kept[position - 1 : position] and kept[position - 1] in _OWN:
            continue
        elif word not in STOP_WORDS:
            meant.append(word)
    return meant


@lru_cache(maxsize=16_384)
def words_of(phrase: str) -> tuple[str, ...]:
    """Return the words that carry meaning in a phrase of the vocabulary, kept: the same phrases are read often."""
    return tuple(content_words(tokens(phrase)))


def _without_refused(words: list[str]) -> list[str]:
    """Return the words without those a speaker refuses, as long as something else is asked for.

    "pas de" refuses only after what is asked for, and never after the verb to have, which tells a lack.
    """
    kept: list[str] = []
    position = 0
    while position < len(words):
        pair = tuple(words[position : position + 2])
        lacks = bool(kept) and kept[-1] in _HAVING
        length = 1 if words[position] == _WITHOUT else 2 if pair in _REFUSALS and not lacks else 0
        if not length or not any(word not in STOP_WORDS for word in kept):
            kept.append(words[position])
            position += 1
            continue
        position += length
        while position < len(words) and words[position] in STOP_WORDS:
            position += 1
        position += 1
    return kept


def is_faint(word: str) -> bool:
    """Whether a folded word only says when, how many or how dear ("demain", "deux", "18h")."""
    return word in FAINT_WORDS or word[0].isdigit()


def singular(word: str) -> str:
    """Return a folded word without the mark of the plural; "os" and other short words stay whole."""
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    if len(word) > 5 and word.endswith("aux") and word[-4] != "y":
        return word[:-2] + "l"
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the part that a folded word shares with its family: "bricoleuse", "bricolage" give "bricol".

    Light on purpose: one ending goes, then a doubled last consonant. Short words keep theirs ("menage").
    """
    root = singular(word)
    for ending, instead, left in _ENDINGS:
        if root.endswith(ending) and len(root) - len(ending) >= left:
            root = root[: len(root) - len(ending)] + instead
            break
    if len(root) > 4 and root[-1] == root[-2]:
        root = root[:-1]
    return root
