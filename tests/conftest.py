"""What every test stands on: fast passwords, a throw-away media folder, a demo clock that is off unless asked."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from cms import tree
from search import vocabulary
from tests import elastic

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs an event loop beside us


def pytest_report_header() -> str | None:
    """Whether the tests of Elasticsearch are left out."""
    return None if elastic.answers() else f"SKIPPED on Elasticsearch: {elastic.WHY_NOT}."


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks no database: it is passed once, not on each."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if not item.get_closest_marker("django_db") and not {"db", "transactional_db", "live_server"} & set(asked):
            item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A database as every installation has it: migrated, with the skeleton of the site."""
    with django_db_blocker.unblock():
        tree.plant()


@pytest.fixture(autouse=True)
def _house_rules(settings: Any, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No rendition of an earlier test's picture: Wagtail keeps them by id, and ids come again."""
    cache.clear()


@pytest.fixture(autouse=True)
def _words_forgotten() -> Iterator[None]:
    """No vocabulary kept from an earlier test's database."""
    vocabulary._kept = None
    yield
    vocabulary._kept = None
