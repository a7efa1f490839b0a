"""`manage.py create_loge`: a loge in preparation, with its territory, its page and its collection, or nothing."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from loges import clock, queries
from loges.actions import loges
from loges.actions.loges import TerritoryOutline


class Command(BaseCommand):
    """One call of `loges.actions.loges.create`; what it refuses is told by field."""

    help = "Crée une loge en préparation : son territoire, sa page en brouillon, sa collection d'images."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the action needs."""
        parser.add_argument("name", help="son nom : « La loge de la Croix-Rousse »")
        parser.add_argument("--city", required=True, help="sa ville")
        parser.add_argument("--neighbourhood", required=True, help="son quartier")
        parser.add_argument("--latitude", type=float, required=True, help="du centre, en degrés")
        parser.add_argument("--longitude", type=float, required=True, help="du centre, en degrés")
        parser.add_argument("--radius", type=int, default=900, help="en mètres (900)")
        parser.add_argument("--postcode", action="append", default=[], help="un code postal ; peut être répété")
        parser.add_argument("--slug", help="son identifiant (fait de la ville et du quartier)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create it."""
        outline = TerritoryOutline(
            options["latitude"], options["longitude"], options["radius"], postcodes=options["postcode"]
        )
        try:
            loge = loges.create(
                by=None,
                slug=options["slug"] or slugify(f"{options['city']}-{options['neighbourhood']}"),
                name=options["name"],
                city=options["city"],
                neighbourhood=options["neighbourhood"],
                territory=outline,
                now=clock.now(),
            )
        except ValidationError as error:
            raise CommandError("\n".join(_told(error))) from error
        self.stdout.write(f"{loge.name} est créée ({loge.slug}), en préparation.")
        for overlap in queries.overlaps(loge.territory):
            self.stdout.write(f"À redessiner avant d'ouvrir. {overlap}")


def _told(error: ValidationError) -> Iterator[str]:
    """What is refused, a line for each field."""
    for field, messages in error.message_dict.items():
        yield " ".join(messages) if field == NON_FIELD_ERRORS else f"{field} : {' '.join(messages)}"
