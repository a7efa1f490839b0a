"""`manage.py search_rebuild`: builds the search index again from the database."""

from typing import Any

from django.core.management.base import BaseCommand

from search import indexing

_STEP = 1_000


class Command(BaseCommand):
    """Needed after a restore, or when `health` tells of a drift; everyday changes index themselves."""

    help = "Build the search index of experts again from the database. Writers wait until it is done."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how far it is every thousand experts."""
        told = 0

        def progress(done: int) -> None:
            nonlocal told
            if done // _STEP > told // _STEP:
                self.stdout.write(f"{done} experts...")
            told = done

        report = indexing.rebuild(progress)
        self.stdout.write(self.style.SUCCESS(f"{report.after} experts indexed ({report.before} before)."))
