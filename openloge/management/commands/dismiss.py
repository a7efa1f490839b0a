"""`manage.py dismiss`: end somebody's role in a loge."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from loges import clock, permissions
from loges.actions import loges
from loges.models import Person
from openloge.management.commands.appoint import found_loge


class Command(BaseCommand):
    """One call of `loges.actions.loges.dismiss`: the rights end at once."""

    help = "Retire à quelqu'un un rôle dans une loge ; ses droits cessent aussitôt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, where, from what."""
        parser.add_argument("email", help="son adresse")
        parser.add_argument("loge", help="l'identifiant de la loge")
        parser.add_argument("role", choices=sorted(permissions.ROLES), help="le rôle")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dismiss them."""
        loge = found_loge(options["loge"])
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError(f"Aucun compte pour {options['email']}.")
        try:
            member = loges.dismiss(by=None, loge=loge, person=person, role=options["role"], now=clock.now())
        except loges.NotAMember as error:
            raise CommandError(f"{person} n'a pas ce rôle dans {loge.name}.") from error
        self.stdout.write(f"{member}, jusqu'à maintenant.")
