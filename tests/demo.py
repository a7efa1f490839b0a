"""The demo in the test database: loaded once for a module, gone after it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings
from django.urls import get_resolver

from cms.demo.load import load

NOW = datetime.fromisoformat(settings.DEMO_NOW)


@contextmanager
def loaded_demo(*, with_pictures: bool = False, is_kept: bool = False) -> Iterator[None]:
    """The demo at its instant, inside a transaction that is rolled back at the end.

    `is_kept`: for good, so that other processes see it, in a database that is thrown away.
    """
    media = tempfile.mkdtemp()
    assert get_resolver().url_patterns  # read before: the demo has addresses of its own, which would stay
    with (
        override_settings(DEMO=True, CLOCK_STANDS_AT=NOW, MEDIA_ROOT=media),
        nullcontext() if is_kept else transaction.atomic(),
    ):
        restart_ids()
        load(now=NOW, with_pictures=with_pictures)
        yield
        if not is_kept:
            transaction.set_rollback(True)
    shutil.rmtree(media, ignore_errors=True)


def restart_ids() -> None:
    """Begin ids where a new database would: sequences don't roll back with the rows of earlier tests."""
    models: list[Any] = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
