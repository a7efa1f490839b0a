"""Finds experts on a server, and on the database while the server fails: never empty-handed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from search.backends import ExpertHits, ExpertQuery, ExpertSearchBackend, Health, RebuildReport, Unavailable
from search.breaker import Breaker
from search.documents import ExpertDocument


class Fallback:
    """Asks `first`; while that is Unavailable or behind, `second` answers instead and says so (`is_degraded`).

    Without a `second`, Unavailable is raised, and what is behind is told. A breaker spares everybody the waiting for
    a server that fails.
    """

    def __init__(
        self,
        first: ExpertSearchBackend,
        second: ExpertSearchBackend | None,
        breaker: Breaker,
        *,
        is_behind: Callable[[], bool],
    ) -> None:
        self.first, self.second, self.breaker, self._is_behind = first, second, breaker, is_behind
        self.name = first.name

    def search(self, query: ExpertQuery) -> ExpertHits:
        """Find a page of experts. Raises ForeignCursor, and Unavailable when nobody stands in."""
        if self.second is not None and self._is_behind():
            return replace(self.second.search(query), is_degraded=True)
        try:
            with self.breaker.asking():
                return self.first.search(query)
        except Unavailable:
            if self.second is None:
                raise
            return replace(self.second.search(query), is_degraded=True)

    def upsert(self, documents: Iterable[ExpertDocument]) -> None:
        """Write to the first; the second is written with what it describes. Raises Unavailable, Refused."""
        with self.breaker.asking():
            self.first.upsert(documents)

    def delete(self, ids: Iterable[int], *, at: Mapping[int, int] | None = None) -> None:
        """Forget in the first. Raises Unavailable."""
        with self.breaker.asking():
            self.first.delete(ids, at=at)

    def rebuild(
        self, documents: Iterable[ExpertDocument], progress: Callable[[int], None] | None = None
    ) -> RebuildReport:
        """Rebuild the first; whoever does so waits for it. Raises Unavailable."""
        return self.first.rebuild(documents, progress)

    def revisions(self) -> Iterator[tuple[int, int]]:
        """All that the first knows. Raises Unavailable."""
        return self.first.revisions()

    def health(self) -> Health:
        """How the first is; while nobody asks it, that is all there is to tell."""
        try:
            with self.breaker.asking():
                state = self.first.health()
                if not state.is_up:
                    raise Unavailable(state.detail)
        except Unavailable as error:
            return Health(self.name, is_up=False, documents=0, detail=str(error))
        return state
