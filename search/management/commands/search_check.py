"""`manage.py search_check`: whether the search indexes know what the database says."""

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import drift, outbox
from search.backends import Unavailable
from search.engine import elastic

_NAMED = 10
"""So many experts of a kind are told by their ids."""


class Command(BaseCommand):
    """Ends with an error when an index is wrong about somebody and wasn't told to repair it."""

    help = "Compare the search indexes with the database, expert by expert."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to write what is wrong again."""
        parser.add_argument("--repair", action="store_true", help="write again what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, tell, repair."""
        try:
            found = drift.check()
            self._tell(found)
            wrong = sum(len(one.revisions) for one in found.values())
            if wrong and options["repair"]:
                drift.repair(found.values())
                if server := elastic():
                    outbox.flush_all(server, now=timezone.now())
                found = drift.check()
                self.stdout.write("Repaired:")
                self._tell(found)
                wrong = sum(len(one.revisions) for one in found.values())
        except Unavailable as error:
            raise CommandError(f"Elasticsearch doesn't answer: {error}") from error
        if wrong:
            hint = "search_rebuild builds it anew" if options["repair"] else "--repair writes them again"
            raise CommandError(f"An index is wrong about {wrong} experts: {hint}.")

    def _tell(self, found: dict[str, drift.Drift]) -> None:
        waiting = len(outbox.waiting())
        for name, one in found.items():
            words = f"{name}: {one.checked} experts may be found"
            for kind in ("missing", "stale", "extra"):
                ids = getattr(one, kind)
                named = ", ".join(map(str, islice(sorted(ids), _NAMED)))
                words += f"; {len(ids)} {kind}" + (f" ({named}{', ...' if len(ids) > _NAMED else ''})" if ids else "")
            self.stdout.write(words)
        if elastic():
            self.stdout.write(f"{waiting} experts wait to be told.")
