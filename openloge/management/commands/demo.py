"""`manage.py demo`: prepare the demonstration and serve it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.demo.cast import cast
from cms.demo.load import is_loaded, load
from cms.demo.login import PASSWORD
from graphql_api.context import Context
from graphql_api.schema import schema
from loges import clock

READY_MADE = """{
  searchExperts(input: {text: "mon robinet goutte à Aligre"}, first: 1) {
    understanding { services { name } places { label } }
    edges { node { whyHere expert { firstName headline loge { name } } } }
  }
}"""


class Command(BaseCommand):
    """Migrates, loads the demo loges if they aren't there yet, says where to look, and serves until Ctrl-C."""

    help = "Prépare la démonstration (base, contenus) et la sert. Demande OPENLOGE_DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The instant, the address, and whether to serve at all."""
        parser.add_argument("--now", type=datetime.fromisoformat, help="l'instant de la démonstration (ISO 8601)")
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="l'adresse d'écoute")
        parser.add_argument("--port", type=int, default=settings.PORT, help="le port")
        parser.add_argument("--no-serve", action="store_true", help="prépare sans servir")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps."""
        if not settings.DEMO:
            raise CommandError("La démonstration demande son drapeau : OPENLOGE_DEMO=1 (make demo le met).")
        if options["now"]:
            if options["now"].tzinfo is None:
                raise CommandError("--now demande un fuseau, par exemple 2026-11-24T09:00:00+01:00.")
            settings.CLOCK_STANDS_AT = options["now"]
            os.environ["OPENLOGE_DEMO_NOW"] = options["now"].isoformat()
        host, port = options["host"], options["port"]
        if not options["no_serve"]:
            self._check_port(host, port)
        self._prepare()
        if options["no_serve"]:
            return
        self._tell(host, port)
        self.stdout.flush()
        # Makes slow formats of pictures, publishes what is due, tells Elasticsearch; it ends with the server.
        subprocess.Popen([sys.executable, "manage.py", "demo_worker"], cwd=settings.BASE_DIR)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        command += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        # The server takes this process's place, so that Ctrl-C reaches it.
        os.execv(sys.executable, [*command, "openloge.wsgi:application"])

    def _check_port(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Le port {port} est déjà pris sur {host} ({error.strerror}). "
                    f"Arrêtez ce qui l'occupe, ou choisissez-en un autre : PORT={port + 1} make demo"
                ) from error

    def _prepare(self) -> None:
        began = time.monotonic()
        self.stdout.write("Base de données : mise à jour du schéma…")
        call_command("migrate", verbosity=0, interactive=False)
        if is_loaded():
            self.stdout.write(
                "Démonstration : déjà chargée, vos modifications sont gardées (make demo-reset repart à neuf)."
            )
            return
        # An interrupted load leaves files without rows: they would shift the names of the new ones.
        for left in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH):
            shutil.rmtree(left, ignore_errors=True)
        load(now=clock.now(), progress=self._progress)
        call_command("update_index", verbosity=0)
        self.stdout.write(f"Démonstration chargée en {time.monotonic() - began:.0f} s.")

    def _progress(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()

    def _tell(self, host: str, port: int) -> None:
        base = f"http://{host}:{port}"
        width = max(len(person.email) for person in cast())
        say = self.stdout.write
        say(f"\nOpenLoge, démonstration au {clock.now():%d/%m/%Y %H:%M} (l'horloge est arrêtée)\n")
        say(f"  À voir d'abord   {base}/")
        say(f"  Administration   {base}/admin/")
        say(f"  GraphQL          {base}/graphql/")
        say(f"  Courriels        {base}/courriels/")
        say(f"  État             {base}/healthz\n")
        say(f"Mot de passe de toutes les personnes de la démonstration : {PASSWORD}\n")
        for person in cast():
            say(f"  {person.email:<{width}}  {person.name}, {person.role}")
        debug = "allumé, parce que la variable DEBUG le demande" if settings.DEBUG else "éteint, comme en production"
        say(f"\nDEBUG est {debug}.")
        say("\nUne requête toute prête :\n")
        say(READY_MADE)
        say("\net sa réponse :\n")
        say(json.dumps(self._answer(), ensure_ascii=False, indent=2))
        say("\nLe serveur démarre. Ctrl-C l'arrête.")

    def _answer(self) -> Any:
        from django.http import HttpRequest

        answer = schema.execute_sync(READY_MADE, context_value=Context(request=HttpRequest()))
        if answer.errors:
            raise CommandError(f"La requête d'exemple a échoué : {answer.errors}")
        return answer.data
