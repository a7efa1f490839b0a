"""A search server that lives in memory: it keeps what it is told by the rules of every backend, and may fail."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from search.backends import ExpertHits, ExpertQuery, Health, Hit, RebuildReport, Refused, Unavailable
from search.documents import ExpertDocument


class Memory:
    """Finds everybody it knows. `is_down`: it raises Unavailable; `refuses`: the ids it takes no document of."""

    name = "memory"

    def __init__(self) -> None:
        self.known: dict[int, ExpertDocument] = {}
        self.versions: dict[int, int] = {}
        self.is_down = False
        self.refuses: set[int] = set()
        self.calls = 0
        self.on_write: Callable[[], None] = lambda: None

    def search(self, query: ExpertQuery) -> ExpertHits:
        """Everybody, by id."""
        self._answer()
        hits = tuple(Hit(pk, (), False, None, None, "") for pk in sorted(self.known))
        return ExpertHits(hits, len(hits))

    def upsert(self, documents: Iterable[ExpertDocument]) -> None:
        """Keep them, but older ones and those that are refused."""
        self._answer()
        self.on_write()
        for one in documents:
            if one.expert_id not in self.refuses and one.revision >= self.versions.get(one.expert_id, 0):
                self.known[one.expert_id], self.versions[one.expert_id] = one, one.revision
        if refused := self.refuses & {one.expert_id for one in documents}:
            raise Refused(dict.fromkeys(refused, "400 mapper_parsing_exception"))

    def delete(self, ids: Iterable[int], *, at: Mapping[int, int] | None = None) -> None:
        """Forget them, but newer ones; remember the revisions."""
        self._answer()
        for pk in ids:
            version = (at or {}).get(pk, self.versions.get(pk, 0))
            if version >= self.versions.get(pk, 0):
                self.known.pop(pk, None)
                self.versions[pk] = version

    def rebuild(
        self, documents: Iterable[ExpertDocument], progress: Callable[[int], None] | None = None
    ) -> RebuildReport:
        """Replace everything."""
        self._answer()
        before = len(self.known)
        self.known = {one.expert_id: one for one in documents}
        return RebuildReport(before, len(self.known))

    def revisions(self) -> Iterator[tuple[int, int]]:
        """All, by id."""
        self._answer()
        return iter(sorted((pk, one.revision) for pk, one in self.known.items()))

    def health(self) -> Health:
        """Whether it is up."""
        return Health(self.name, not self.is_down, len(self.known), "down" if self.is_down else "")

    def _answer(self) -> None:
        self.calls += 1
        if self.is_down:
            raise Unavailable("down")
