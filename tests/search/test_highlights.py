"""Sentences shown with the words that were looked for: safe HTML, whatever somebody wrote."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from search.highlights import LONGEST, MOST, marked
from search.words import stem


def stems(*words: str) -> list[str]:
    return [stem(word) for word in words]


def test_marks_words_of_the_family_and_nothing_else() -> None:
    text = "Je répare les vélos. J'aime la mer. Réparation d'un Vélo : sur place !"

    assert marked(text, stems("velo", "reparer")) == [
        "Je <mark>répare</mark> les <mark>vélos</mark>.",
        "<mark>Réparation</mark> d&#x27;un <mark>Vélo</mark> : sur place !",
    ]


@pytest.mark.parametrize("text", ["", "Rien de tout cela.", "de le la"])
def test_nothing_is_marked_without_the_words(text: str) -> None:
    assert marked(text, stems("velo")) == []
    assert marked(text, []) == []


def test_long_sentence_is_cut_around_its_first_hit() -> None:
    text = "mot " * 200 + "vélo " + "fin " * 200

    (shown,) = marked(text, stems("velo"))

    assert shown.startswith("…mot")
    assert shown.endswith("…")
    assert "<mark>vélo</mark>" in shown
    assert len(BeautifulSoup(shown, "html.parser").text) <= LONGEST + 2


def test_what_looks_like_html_is_escaped() -> None:
    (shown,) = marked('<script>alert("vélo")</script>', stems("velo"))

    assert [tag.name for tag in BeautifulSoup(shown, "html.parser").find_all()] == ["mark"]


@given(st.text(max_size=400))
def test_whatever_is_written_only_marks_are_tags(text: str) -> None:
    shown = marked(f"{text} vélo {text}", stems("velo"))

    assert len(shown) <= MOST
    for sentence in shown:
        assert {tag.name for tag in BeautifulSoup(sentence, "html.parser").find_all()} <= {"mark"}
