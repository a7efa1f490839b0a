"""Two people's changes of one text are joined; nothing that either of them wrote is lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.merging import Conflict, merge


def block(id: str, value: Any = "texte", kind: str = "rich_text") -> dict[str, Any]:
    return {"type": kind, "value": value, "id": id}


def body(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"body": list(blocks)}


A, B, C = block("a"), block("b"), block("c")


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "merged"),
    [
        ("un", "un", "deux", "deux"),
        ("un", "deux", "un", "deux"),
        ("un", "deux", "deux", "deux"),
        ([A, B], [A, block("b", "leur")], [block("a", "notre"), B], [block("a", "notre"), block("b", "leur")]),
        ([A, B], [A], [A, B, C], [A, C]),
        ([A, B], [A, C, B], [A, B, block("d")], [A, C, B, block("d")]),
        ([A], [C, A], [block("d"), A], [block("d"), C, A]),
        ([A, B], [B, A], [A, block("b", "notre")], [block("b", "notre"), A]),
        ([A, B], [A, B, C], [B, A], [B, C, A]),
        ([A, B], [B], [A, B], [B]),
        (["saluer", "noter"], ["saluer", "noter", "ranger"], ["noter"], ["noter", "ranger"]),
        (["a", "a"], ["a", "a", "b"], ["a", "a"], ["a", "a", "b"]),
        ([], [], [A], [A]),
    ],
)
def test_what_only_one_changed_is_taken(base: Any, theirs: Any, ours: Any, merged: Any) -> None:
    assert merge({"x": base}, {"x": theirs}, {"x": ours}) == {"x": merged}


@pytest.mark.parametrize(
    ("base", "theirs", "ours"),
    [
        ("un", "deux", "trois"),
        ([A], [block("a", "leur")], [block("a", "notre")]),
        ([A, B], [B], [block("a", "notre"), B]),
        ([A, B], [block("a", "leur"), B], [B]),
        ([A, B, C], [C, A, B], [B, A, C]),
    ],
)
def test_same_place_changed_twice_is_a_conflict(base: Any, theirs: Any, ours: Any) -> None:
    with pytest.raises(Conflict) as conflict:
        merge({"titre": "x", "x": base}, {"titre": "y", "x": theirs}, {"titre": "x", "x": ours})

    assert conflict.value.places == ["x"]


def test_keys_that_the_editor_writes_are_no_change() -> None:
    plain, saved = block("a", "<p>Bonjour</p>"), block("a", '<p data-block-key="x1y2z">Bonjour</p>')
    changed = block("a", "<p>Bonsoir</p>")

    assert merge(body(plain), body(changed), body(saved)) == body(changed)
    assert merge(body(plain), body(saved), body(changed)) == body(changed)


ids = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)
texts = st.fixed_dictionaries(
    {"title": st.sampled_from(["un", "deux"]), "body": ids.map(lambda a: [block(i) for i in a])}
)


@given(base=texts, ours=texts)
def test_text_that_only_one_touched_is_theirs(base: dict[str, Any], ours: dict[str, Any]) -> None:
    assert merge(base, base, ours) == ours
    assert merge(base, ours, base) == ours
    assert merge(base, ours, ours) == ours


@given(base=texts, theirs=texts, ours=texts)
def test_what_either_added_is_there_and_what_either_took_away_is_not(base: Any, theirs: Any, ours: Any) -> None:
    try:
        merged = merge(base, theirs, ours)
    except Conflict:
        return
    then, there, here, now = ({part["id"] for part in text["body"]} for text in (base, theirs, ours, merged))
    assert now == ((there | here) - (then - there) - (then - here))
    assert len(merged["body"]) == len(now)
