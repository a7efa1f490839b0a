"""`manage.py demo_worker`: what `manage.py demo` starts beside its server."""

import os
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

POLL_SECONDS = 2.0


class Command(BaseCommand):
    """The worker of the pictures' tasks, which never outlives the process that started it."""

    help = "Fait les formats lents des images tant que vit le processus qui l'a lancé."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop, or left alone."""
        threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
        call_command("db_worker", "--backend=pictures", f"--interval={POLL_SECONDS}", "--no-reload", verbosity=0)


def _leave_with(parent: int) -> None:
    """End this process when its parent ends, whatever ended it: an orphan has another parent."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)
