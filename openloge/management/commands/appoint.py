"""`manage.py appoint`: give somebody a role in a loge, and an account if they have none."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from loges import clock, permissions
from loges.actions import loges, members
from loges.models import Loge


class Command(BaseCommand):
    """One call of `loges.actions.members.take_in`; those who may work in the admin get a message with the way in."""

    help = "Donne à quelqu'un un rôle dans une loge ; son invitation part par courriel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, where, as what, how long."""
        parser.add_argument("email", help="son adresse")
        parser.add_argument("loge", help="l'identifiant de la loge")
        parser.add_argument("role", choices=sorted(permissions.ROLES), help="le rôle")
        parser.add_argument("--first-name", help="son prénom, pour créer son compte")
        parser.add_argument("--last-name", default="", help="son nom, pour créer son compte")
        parser.add_argument("--until", type=date.fromisoformat, help="le dernier jour (2026-12-31), pour un intérim")

    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint them."""
        loge, email = found_loge(options["loge"]), options["email"]
        try:
            member = members.take_in(
                by=None,
                loge=loge,
                email=email,
                role=options["role"],
                first_name=options["first_name"] or "",
                last_name=options["last_name"],
                until_on=options["until"],
                now=clock.now(),
            )
        except members.NoAccount as error:
            raise CommandError(f"Aucun compte pour {email} : donnez --first-name pour le créer.") from error
        except loges.AlreadyMember as error:
            raise CommandError(f"{email} a déjà ce rôle dans {loge.name}.") from error
        except loges.AccountClosed as error:
            raise CommandError(f"Le compte de {email} est désactivé.") from error
        except loges.EndNeeded as error:
            is_dated = permissions.ROLES[options["role"]].is_dated
            wanted = "demande une date à venir : --until" if is_dated else "n'a pas de fin : retirez --until"
            raise CommandError(f"Ce rôle {wanted}.") from error
        self.stdout.write(f"{member}.")


def found_loge(slug: str) -> Loge:
    """The loge with that slug. Raises CommandError."""
    loge = Loge.objects.filter(slug=slug).first()
    if loge is None:
        known = ", ".join(Loge.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "aucune"
        raise CommandError(f"Aucune loge « {slug} ». Celles qu'il y a : {known}.")
    return loge
