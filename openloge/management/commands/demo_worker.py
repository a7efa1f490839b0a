"""`manage.py demo_worker`: what `manage.py demo` starts beside its server."""

import logging
import os
import threading
import time
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

POLL_SECONDS = 2.0
PUBLISH_SECONDS = 20.0
"""How often what was scheduled is looked for. Its hour is the wall clock's, as Wagtail's form has it."""
SYNC_SECONDS = 2.0
"""How often Elasticsearch, where there is one, is told what it missed."""

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """What a site's services and timers do. It never outlives the process that started it."""

    help = "Fait les formats lents des images, publie ce qui est programmé, tient la recherche à jour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop, or left alone."""
        threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
        threading.Thread(target=_for_ever, args=(publish_due, PUBLISH_SECONDS), daemon=True).start()
        if settings.SEARCH_URL:
            threading.Thread(target=_for_ever, args=(tell_search, SYNC_SECONDS), daemon=True).start()
        call_command("db_worker", "--backend=pictures", f"--interval={POLL_SECONDS}", "--no-reload", verbosity=0)


def _for_ever(work: Callable[[], None], seconds: float) -> None:
    while True:
        work()
        connection.close()
        time.sleep(seconds)


def publish_due() -> None:
    """Publish and withdraw the pages whose hour has come. A failure is logged: the next round tries again."""
    try:
        call_command("publish_scheduled", verbosity=0)
    except Exception:
        logger.exception("What is scheduled couldn't be published")


def tell_search() -> None:
    """Tell Elasticsearch what it missed; while it is away the site itself says so."""
    try:
        call_command("search_sync", stdout=StringIO())
    except CommandError as error:
        logger.info("%s", error)
    except Exception:
        logger.exception("Elasticsearch couldn't be told")


def _leave_with(parent: int) -> None:
    """End this process when its parent ends, whatever ended it: an orphan has another parent."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)
