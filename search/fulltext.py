"""The full text of experts: FTS5 on SQLite, tsvector on PostgreSQL, both made of the tokens of `search.words`.

A word is a run of ASCII letters and digits by the time it gets here (`lexeme`), so neither engine splits, stems or
reads it as an operator. The table has two columns: strong words (name, headline) and all the others.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

TABLE = "search_fulltext"
_LONGEST = 60  # letters of a lexeme: tsvector refuses very long ones


class Clause(NamedTuple):
    """A piece of SQL and its parameters, in order."""

    sql: str
    params: tuple[Any, ...] = ()


class Text(NamedTuple):
    """The words of an expert, as lexemes."""

    expert_id: int
    strong: tuple[str, ...]
    weak: tuple[str, ...]


def lexeme(word: str) -> str:
    """A folded word in ASCII letters and digits: anything else is spelt by its bytes."""
    is_plain = word.isascii() and word.isalnum()
    return (word if is_plain else "x" + word.encode("utf-8", "replace").hex())[:_LONGEST]


def matching(words: Sequence[str], *, strongly: bool = False) -> Clause:
    """A SELECT of `expert_id` of those whose text holds all the words; `strongly`: in name or headline."""
    lexemes = dict.fromkeys(map(lexeme, words))
    if connection.vendor == "sqlite":
        wanted = " AND ".join(f'"{word}"' for word in lexemes)
        match = f"strong : ({wanted})" if strongly else wanted
        return Clause(f"SELECT rowid AS expert_id FROM {TABLE} WHERE {TABLE} MATCH %s", (match,))
    weight = ":A" if strongly else ""
    wanted = " & ".join(f"'{word}'{weight}" for word in lexemes)
    return Clause(f"SELECT expert_id FROM {TABLE} WHERE words @@ %s::tsquery", (wanted,))


def put(texts: Sequence[Text]) -> None:
    """Write the words of experts in place of those known before. Two statements."""
    remove([text.expert_id for text in texts])
    if not texts:
        return
    if connection.vendor == "sqlite":
        row, columns = "(%s, %s, %s)", "rowid, strong, weak"
        values = [(text.expert_id, " ".join(text.strong), " ".join(text.weak)) for text in texts]
    else:
        row, columns = "(%s, %s::tsvector)", "expert_id, words"
        values = [(text.expert_id, _vector(text)) for text in texts]  # type: ignore[misc]
    rows = ", ".join([row] * len(texts))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({columns}) VALUES {rows}", [cell for value in values for cell in value])


def _vector(text: Text) -> str:
    """The words as a tsvector; the strong ones weigh A. Positions play no part: they are all 1."""
    weights = dict.fromkeys(text.weak, "") | dict.fromkeys(text.strong, "A")
    return " ".join(f"'{word}':1{weight}" for word, weight in weights.items())


def remove(expert_ids: Iterable[int]) -> None:
    """Forget the words of experts. One statement."""
    ids = list(expert_ids)
    if ids:
        key = "rowid" if connection.vendor == "sqlite" else "expert_id"
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE {key} IN ({', '.join(['%s'] * len(ids))})", ids)


def clear() -> None:
    """Forget all words."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
