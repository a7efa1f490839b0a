"""Events of a loge and their dates."""

from datetime import date

from django.db import models

from loges import machines
from loges.models.experts import ExpertProfile
from loges.models.places import Loge


class Event(models.Model):
    """An event as published: what, where, and the rule of its dates (local time, Europe/Paris).

    Written by `loges.actions.events.plan` when the coordinator publishes the event's page.
    """

    class VenueKind(models.TextChoices):
        """Where neighbours meet."""

        CAFE = "CAFE", "café"
        SHOP = "SHOP", "commerce"
        HOME = "HOME", "chez un habitant"
        ASSOCIATION = "ASSOCIATION", "association"
        PUBLIC_PLACE = "PUBLIC_PLACE", "lieu public"
        ONLINE = "ONLINE", "en ligne"

    loge = models.ForeignKey(Loge, on_delete=models.CASCADE, related_name="events", verbose_name="loge")
    slug = models.SlugField("identifiant", max_length=120)
    title = models.CharField("titre", max_length=255)
    summary = models.TextField("résumé", blank=True)
    theme = models.CharField("thème", max_length=80, blank=True)
    starts_on = models.DateField("première date")
    starts_at_time = models.TimeField("heure de début")
    duration_minutes = models.PositiveIntegerField("durée (minutes)")
    recurrence = models.CharField("règle de répétition (RFC 5545)", max_length=200, blank=True)
    until_on = models.DateField("jusqu'au", null=True, blank=True)
    exceptions = models.JSONField("jours sans (AAAA-MM-JJ)", default=list, blank=True)
    venue_name = models.CharField("lieu", max_length=120)
    venue_kind = models.CharField("sorte de lieu", max_length=16, choices=VenueKind)
    address = models.CharField("adresse", max_length=200, blank=True)
    capacity = models.PositiveIntegerField("places", null=True, blank=True)
    accessibility = models.JSONField("accessibilité", default=list, blank=True)
    is_published = models.BooleanField("en ligne", default=True)
    sequence = models.PositiveIntegerField("version (iCalendar SEQUENCE)", default=0)

    class Meta:
        verbose_name = "événement"
        constraints = [
            models.UniqueConstraint(fields=["loge", "slug"], name="event_slug_unique_in_loge"),
            models.CheckConstraint(
                condition=models.Q(duration_minutes__gte=1, duration_minutes__lte=60 * 24 * 14),
                name="event_duration_is_sensible",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days_without(self) -> set[date]:
        """The days that the rule gives and on which nothing takes place."""
        return {date.fromisoformat(day) for day in self.exceptions}


class EventOccurrence(models.Model):
    """One date of an event. `planned_on` is the local day that the rule gives it: it stays when the date is moved."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="occurrences", verbose_name="événement")
    planned_on = models.DateField("jour selon la règle")
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    state = models.CharField(
        "état",
        max_length=12,
        choices=machines.EVENT_OCCURRENCE.choices,
        default=machines.EVENT_OCCURRENCE.initial,
    )
    is_moved = models.BooleanField("déplacée à la main", default=False)
    note = models.CharField("note aux participants", max_length=200, blank=True)
    sequence = models.PositiveIntegerField("version (iCalendar SEQUENCE)", default=0)

    class Meta:
        verbose_name = "date d'événement"
        verbose_name_plural = "dates d'événement"
        constraints = [
            models.UniqueConstraint(fields=["event", "planned_on"], name="occurrence_once_per_planned_day"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="occurrence_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(machines.EVENT_OCCURRENCE.states)), name="occurrence_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "id"], name="occurrence_calendar")]

    def __str__(self) -> str:
        return f"{self.event}, {self.starts_at:%Y-%m-%d %H:%M}"


class EventSpeaker(models.Model):
    """Somebody who speaks at an event: one of the experts, or a resident by first name."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="speakers", verbose_name="événement")
    expert = models.ForeignKey(
        ExpertProfile, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="expert"
    )
    resident_first_name = models.CharField("prénom de l'habitant", max_length=80, blank=True)
    topic = models.CharField("sujet", max_length=160, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "intervenant"
        constraints = [
            models.CheckConstraint(
                name="speaker_is_an_expert_or_a_resident",
                condition=(models.Q(expert__isnull=False) & models.Q(resident_first_name=""))
                | (models.Q(expert__isnull=True) & ~models.Q(resident_first_name="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert.person if self.expert else self.resident_first_name} : {self.topic}"
