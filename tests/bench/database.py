"""A database that is made, used and thrown away, as for tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test.utils import setup_databases, setup_test_environment, teardown_databases


@contextmanager
def throwaway() -> Iterator[None]:
    """The test database of DATABASE_URL, in memory on SQLite."""
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)
