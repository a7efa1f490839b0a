"""`manage.py make_picture_sizes`: make what pictures lack, for instance after a change of the sizes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import images
from cms.models import Picture


class Command(BaseCommand):
    """Goes through all pictures, says how far it is, and doesn't stop at one whose file is lost."""

    help = "Fait les tailles qui manquent aux images, dans tous les formats. --all les refait toutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to make them all."""
        parser.add_argument("--all", action="store_true", help="refait toutes les tailles de toutes les images")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, one picture at a time."""
        total, lost = Picture.objects.count(), 0
        for number, picture in enumerate(Picture.objects.order_by("pk"), 1):
            try:
                made = self._make(picture, anew=options["all"])
            except OSError as error:
                lost += 1
                self.stderr.write(f"{number}/{total} {picture.title} : fichier illisible ({error})")
                continue
            if made:
                self.stdout.write(f"{number}/{total} {picture.title} : {made} fichiers")
        self.stdout.write(f"{total - lost} images sur {total} ont toutes leurs tailles.")
        if lost:
            raise CommandError(f"{lost} images n'ont plus de fichier lisible.")

    def _make(self, picture: Picture, *, anew: bool) -> int:
        """Answer how many files were made."""
        before = set() if anew else set(images.paths(picture))
        if anew or images.is_outdated(picture):
            images.make_anew(picture)
        images.complete(picture)
        return len(set(images.paths(picture)) - before)
