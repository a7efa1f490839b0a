"""`manage.py keep_calendar`: what a calendar needs once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from loges import clock
from loges.actions import events


class Command(BaseCommand):
    """Marks past dates as held and plans the next six months of what comes back; may be run at any time, again."""

    help = "Tient l'agenda à jour : ferme les dates passées, prévoit les six mois à venir. À lancer chaque jour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run both."""
        now = clock.now()
        closed, planned = events.close_past(now=now), events.plan_ahead(now=now)
        self.stdout.write(f"{closed} dates passées fermées, {planned} événements prévus pour six mois.")
