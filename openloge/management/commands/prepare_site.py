"""`manage.py prepare_site`: what a new installation begins with."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import first_day, invitations, tree
from loges import clock
from loges.actions import loges, people


class Command(BaseCommand):
    """Loads the taxonomy, the first rules of sharing and the skeleton of the site; may be run again."""

    help = "Prépare un site neuf : services, règles de partage, arborescence des pages, groupes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who administers the site."""
        parser.add_argument("--admin-email", help="crée cette administration, avec un lien pour son mot de passe")
        parser.add_argument("--admin-name", default="Équipe", help="son prénom")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps."""
        first_day.prepare()
        loges.renew_grants(now=clock.now())
        self.stdout.write("Le site est prêt : services, règles de partage, pages et groupes.")
        if email := options["admin_email"]:
            try:
                person = people.register(
                    by=None,
                    email=email,
                    first_name=options["admin_name"],
                    password=secrets.token_urlsafe(30),  # nobody knows it: the link below replaces it
                    is_staff=True,
                    now=clock.now(),
                )
            except people.EmailTaken as error:
                raise CommandError(f"Un compte existe déjà pour {email}.") from error
            tree.welcome_to_team(person, is_administrator=True)
            self.stdout.write(
                f"{email} administre le site. Son mot de passe se choisit ici, une seule fois :\n"
                f"{invitations.password_link(person)}"
            )
