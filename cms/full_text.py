"""The full text in which the admin and the handbook look for pages, pictures and documents."""

from functools import cache
from typing import Any

from modelsearch.backends import database


class WithoutQuotes:
    """Leaves double quotes out of what is looked for: unescaped, one ends a word for SQLite, which then fails."""

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = query.replace('"', " ").strip()
        search: Any = super()._search  # type: ignore[misc]
        return search(query_compiler_class, query, model_or_queryset, **kwargs)


@cache
def _without_quotes(kind: type) -> type:
    return type(kind.__name__, (WithoutQuotes, kind), {})


def SearchBackend(params: Any) -> Any:
    """That of the database in use; each can be imported only where its own table is."""
    kind: Any = type(database.SearchBackend(params))
    return _without_quotes(kind)(params)
