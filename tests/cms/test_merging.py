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
        (["a"], ["a", "leur"], ["a", "notre"], ["a", "leur", "notre"]),
        (["a", "b"], ["leur", "b"], ["a", "notre"], ["leur", "notre"]),
        (["a", "b", "c"], ["a", "c"], ["a", "b", "c", "d"], ["a", "c", "d"]),
        (["a"], ["a", "même"], ["a", "même"], ["a", "même"]),
        ("<p>a</p><p>b</p>", "<p>leur</p><p>b</p>", "<p>a</p><p>notre</p>", "<p>leur</p><p>notre</p>"),
        (
            "<h2>a</h2><ul><li>b</li><li>c</li></ul><p>d</p>",
            "<h2>a</h2><ul><li>b</li><li>leur</li></ul><p>d</p>",
            "<h2>notre</h2><ul><li>b</li><li>c</li><li>e</li></ul><p>d</p>",
            "<h2>notre</h2><ul><li>b</li><li>leur</li><li>e</li></ul><p>d</p>",
        ),
        ("<p>a</p>", "<p>a</p><p>leur</p>", "<p>notre</p>", "<p>notre</p><p>leur</p>"),
        (
            [block("a", {"heading": "un", "text": "<p>x</p>"})],
            [block("a", {"heading": "leur", "text": "<p>x</p>"})],
            [block("a", {"heading": "un", "text": "<p>notre</p>"})],
            [block("a", {"heading": "leur", "text": "<p>notre</p>"})],
        ),
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
        (["a", "b"], ["leur", "b"], ["notre", "b"]),
        (["a", "b"], ["b"], ["notre", "b"]),
        ("<p>a</p><p>b</p>", "<p>leur</p><p>b</p>", "<p>notre</p><p>b</p>"),
        ("<p>a</p>", "leur, sans paragraphe", "<p>notre</p>"),
        ("<p>a</p><ul><li>b</li></ul>", "<p>a</p>", "<p>a</p><ul><li>b</li><li>notre</li></ul>"),
    ],
)
def test_same_place_changed_twice_is_a_conflict(base: Any, theirs: Any, ours: Any) -> None:
    with pytest.raises(Conflict) as conflict:
        merge({"titre": "x", "x": base}, {"titre": "y", "x": theirs}, {"titre": "x", "x": ours})

    assert conflict.value.places == ["x"]


def test_who_insists_has_theirs_where_they_do_not_collide() -> None:
    base = {"title": "un", "summary": "s", "checklist": ["a", "b"], "body": [block("a", "<p>x</p><p>y</p>"), B]}
    theirs = {
        "title": "leur titre",
        "summary": "leur résumé",
        "checklist": ["a", "b", "leur point"],
        "body": [block("a", "<p>leur x</p><p>leur y</p>"), B, C],
    }
    ours = {
        "title": "notre titre",
        "summary": "s",
        "checklist": ["notre a", "b"],
        "body": [block("a", "<p>notre x</p><p>y</p>"), B],
    }

    assert merge(base, theirs, ours, insist=True) == {
        "title": "notre titre",
        "summary": "leur résumé",
        "checklist": ["notre a", "b", "leur point"],
        "body": [block("a", "<p>notre x</p><p>leur y</p>"), B, C],
    }


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


lines = st.lists(st.sampled_from("abcde"), max_size=6)


@given(base=lines, ours=lines)
def test_lines_that_only_one_touched_are_theirs(base: list[str], ours: list[str]) -> None:
    assert merge({"x": base}, {"x": base}, {"x": ours}) == {"x": ours}
    assert merge({"x": base}, {"x": ours}, {"x": base}) == {"x": ours}


@given(base=lines, theirs=lines, ours=lines)
def test_who_insists_never_meets_a_conflict(base: list[str], theirs: list[str], ours: list[str]) -> None:
    merged = merge({"x": base}, {"x": theirs}, {"x": ours}, insist=True)["x"]

    assert set(merged) <= {*base, *theirs, *ours}
    assert {line for line in ours if line not in base} <= set(merged)
