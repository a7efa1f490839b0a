"""`manage.py search_rebuild`: builds the search index again from the database."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import drift, indexing, outbox
from search.backends import NothingKept, Unavailable
from search.documents import findable
from search.engine import elastic

_STEP = 1_000


class Command(BaseCommand):
    """Needed after a restore, or when `search_check` tells of a drift; everyday changes index themselves."""

    help = "Build the search index of experts again from the database; writers wait for the database's own part."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to go back instead."""
        parser.add_argument(
            "--rollback", action="store_true", help="let Elasticsearch's index before the last rebuild answer again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild or go back, and say how far it is."""
        try:
            self._go_back() if options["rollback"] else self._rebuild()
        except NothingKept as error:
            raise CommandError("There is no earlier index to go back to.") from error
        except Unavailable as error:
            raise CommandError(
                f"Elasticsearch can't be built: {error}. The index before answers on; run it again."
            ) from error

    def _rebuild(self) -> None:
        everybody, told, began = findable().count(), 0, time.monotonic()

        def progress(done: int) -> None:
            nonlocal told
            if done < told:
                told = 0  # the second index begins
            if done // _STEP > told // _STEP:
                share = 100 * done // max(everybody, done)
                self.stdout.write(f"{done} of {everybody} experts ({share} %), {time.monotonic() - began:.0f} s")
            told = done

        report = indexing.rebuild(progress)
        if server := elastic():
            outbox.flush_all(server, now=timezone.now())  # who waited is in the new index already
        self.stdout.write(self.style.SUCCESS(f"{report.after} experts indexed ({report.before} before)."))
        if report.refused:
            named = "; ".join(f"{pk}: {why}" for pk, why in list(report.refused.items())[:10])
            raise CommandError(f"{len(report.refused)} experts were refused: {named}")

    def _go_back(self) -> None:
        drift.rollback()
        left = outbox.backlog()
        self.stdout.write(self.style.SUCCESS(f"The index before answers, and is up to date; {left.waiting} wait."))
