"""Misspelt words and what they are read as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spelling import Correction, Speller, distance, sound

WORDS = {
    "airbnb",
    "air",
    "plombier",
    "menage",
    "informatique",
    "couturiere",
    "home",
    "sitter",
    "baby",
    "papi",
}


def test_read_when_neighbours_are_one_word() -> None:
    speller = Speller(WORDS)

    read, corrections = speller.read(["air", "bnb"], WORDS)

    assert read == ["airbnb"]
    assert corrections == [Correction("air bnb", "airbnb", sure=True)]


def test_read_when_one_word_is_two() -> None:
    speller = Speller(WORDS)

    read, corrections = speller.read(["homesitter"], WORDS)

    assert read == ["home", "sitter"]
    assert corrections == [Correction("homesitter", "home sitter", sure=True)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("plonbier", "plombier"),
        ("plmobier", "plombier"),
        ("informatik", "informatique"),
        ("coutturiaire", "couturiere"),
        ("menagge", "menage"),
        ("babi", "baby"),
    ],
)
def test_read_of_a_slip(typed: str, expected: str) -> None:
    speller = Speller(WORDS)

    read, corrections = speller.read([typed], WORDS)

    assert read == [expected]
    assert [correction.typed for correction in corrections] == [typed]


def test_read_of_a_short_word_is_only_a_guess() -> None:
    speller = Speller(WORDS)

    _, corrections = speller.read(["papa"], WORDS)

    assert corrections == [Correction("papa", "papi", sure=False)]


@pytest.mark.parametrize("typed", ["bab", "xylophage", "plombirette", "75012", "🧹🧹🧹🧹🧹"])
def test_read_of_words_too_far_from_any(typed: str) -> None:
    speller = Speller(WORDS)

    read, corrections = speller.read([typed], WORDS)

    assert read == [typed]
    assert corrections == []


def test_nearest_when_two_are_as_near() -> None:
    forwards, backwards = Speller(["lampe", "rampe"]), Speller(["rampe", "lampe"])

    found = {speller.nearest("campe") for speller in (forwards, backwards)}

    assert found == {("lampe", 1)}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("chat", "chat", 0), ("chat", "caht", 1), ("chat", "chats", 1), ("chat", "rat", 2), ("ca", "abc", 3)],
)
def test_distance_of_known_pairs(left: str, right: str, expected: int) -> None:
    slips = distance(left, right, most=3)

    assert slips == expected


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_distance_either_way(left: str, right: str) -> None:
    there, back = distance(left, right, most=8), distance(right, left, most=8)

    assert there == back
    assert abs(len(left) - len(right)) <= there <= max(len(left), len(right))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fotografe", "photographe"), ("jardinier", "jardinie"), ("elektricien", "electricien")],
)
def test_sound_of_words_written_as_heard(typed: str, meant: str) -> None:
    sounds = {sound(typed), sound(meant)}

    assert len(sounds) == 1


@given(st.lists(st.text(min_size=1, max_size=30), max_size=40))
def test_read_of_anything(words: list[str]) -> None:
    speller = Speller(WORDS)

    read, corrections = speller.read(words, WORDS)

    assert len(read) <= 2 * len(words)
    assert len(corrections) <= len(words)
