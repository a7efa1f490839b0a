"""`manage.py search_sync`: tells the search server what the database has changed."""

import signal
import time
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from search import outbox
from search.backends import ExpertSearchBackend, Unavailable
from search.engine import elastic

_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0


class Command(BaseCommand):
    """Most changes reach the server at once; this brings what it missed, and with --follow goes on doing so."""

    help = "Tell Elasticsearch what has changed since it was last told. Nothing is lost while it is down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to go on."""
        parser.add_argument("--follow", action="store_true", help="go on until it is stopped, as a service does")
        parser.add_argument("--again", action="store_true", help="offer documents once more that were given up")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell all that waits, once or for ever."""
        server = elastic()
        if server is None:
            self.stdout.write("SEARCH_URL is empty: the database's own index is written with what it describes.")
            return
        if options["again"]:
            self.stdout.write(f"{outbox.revive()} documents that were given up are offered once more.")
        if options["follow"]:
            self._follow(server)
            return
        try:
            self._sync(server)
        except Unavailable as error:
            left = outbox.backlog()
            raise CommandError(f"Elasticsearch can't be told: {error}. {left.waiting} experts wait.") from error
        left = outbox.backlog()
        self.stdout.write(self.style.SUCCESS(f"{left.waiting} experts wait, {left.dead} are given up."))

    def _sync(self, server: ExpertSearchBackend) -> None:
        began = time.monotonic()
        if done := outbox.flush_all(server, now=timezone.now()):
            self.stdout.write(
                f"{timezone.now():%Y-%m-%d %H:%M:%S} {done.written} experts written, {done.forgotten} forgotten, "
                f"{done.refused} refused in {time.monotonic() - began:.1f} s"
            )

    def _follow(self, server: ExpertSearchBackend) -> None:
        """Every second; less often while the server doesn't answer."""
        ended, pause = Event(), _PAUSE_S
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        self.stdout.write("Following the changes; Ctrl+C ends it.")
        while not ended.wait(pause):
            close_old_connections()
            try:
                self._sync(server)
                pause = _PAUSE_S
            except Unavailable as error:
                pause = min(2 * pause, _LONGEST_PAUSE_S)
                self.stderr.write(f"Elasticsearch can't be told: {error}. Again in {pause:.0f} s.")
