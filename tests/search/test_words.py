"""Folding, elision, stop words and stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import MAX_CHARACTERS, MAX_TOKENS, clean, content_words, fold, stem, tokens


def test_fold_of_accents_ligatures_and_apostrophes() -> None:
    text = "Œuvre d’Été, Ærø L‘ÎLE ʼ"

    folded = fold(text)

    assert folded.startswith("oeuvre d'ete, aer")
    assert "l'ile" in folded
    assert folded.endswith("'")


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "`", "´"])
def test_tokens_with_elision_of_any_apostrophe(apostrophe: str) -> None:
    text = f"l{apostrophe}évier d{apostrophe}Hector, lorsqu{apostrophe}il fuit"

    words = tokens(text)

    assert words == ["evier", "hector", "il", "fuit"]


def test_tokens_of_hyphens_and_operators() -> None:
    text = 'baby-sitter:* & "chien" | -chat NOT (vélo)'

    words = tokens(text)

    assert words == ["baby", "sitter", "chien", "chat", "not", "velo"]


def test_content_words_of_a_polite_sentence() -> None:
    words = tokens("Bonjour, je cherche quelqu'un pour le ménage s'il vous plaît")

    meant = content_words(words)

    assert meant == ["menage"]


def test_content_words_when_something_is_refused() -> None:
    words = tokens("garder mon chat mais pas de chien")

    meant = content_words(words)

    assert meant == ["garder", "chat"]


def test_content_words_when_something_is_lacking() -> None:
    words = tokens("la cuisine n'a pas de lumière")

    meant = content_words(words)

    assert meant == ["cuisine", "lumiere"]


def test_content_words_when_something_no_longer_works() -> None:
    words = tokens("internet ne marche plus")

    meant = content_words(words)

    assert meant == ["internet", "panne"]


@pytest.mark.parametrize(
    "family",
    [
        ("bricoleur", "bricoleuse", "bricolage", "bricoler", "bricoleurs"),
        ("plombier", "plomberie"),
        ("repasser", "repassage", "repasseuse"),
        ("jardinier", "jardiniere", "jardinage", "jardins"),
        ("chien", "chienne", "chiens"),
        ("animal", "animaux"),
        ("electricien", "electricite"),
    ],
)
def test_stem_of_a_family(family: tuple[str, ...]) -> None:
    stems = {stem(word) for word in family}

    assert len(stems) == 1


def test_stem_of_words_that_only_look_alike() -> None:
    lookalikes = ["repas", "repasser", "menu", "menage"]

    stems = {stem(word) for word in lookalikes}

    assert len(stems) == len(lookalikes)


@given(st.text(alphabet=st.characters(), max_size=600))
def test_tokens_of_anything(text: str) -> None:
    words = tokens(text)

    assert len(words) <= MAX_TOKENS
    assert all(word and stem(word) for word in words)


def test_clean_of_what_cannot_be_stored() -> None:
    text = "mé\x00nage \ud800 🧹\r\n" + "x" * 1_000_000

    kept = clean(text)

    assert len(kept) <= MAX_CHARACTERS
    assert "\x00" not in kept
    assert kept.encode("utf-8")
