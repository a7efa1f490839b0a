"""Which backend finds experts: the database's own."""

from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch


def engine() -> ExpertSearchBackend:
    """The backend in use."""
    return DatabaseSearch()
