"""What every test stands on: fast passwords, a throw-away media folder, a demo clock that is off unless asked."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from search import vocabulary
from tests import elastic

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs an event loop beside us


def pytest_report_header() -> str | None:
    """Whether the tests of Elasticsearch are left out."""
    return None if elastic.answers() else f"SKIPPED on Elasticsearch: {elastic.WHY_NOT}."


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
