"""Loges, their territories and their teams."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from loges import geography, machines, shapes
from loges.models.people import Person

POSTCODE = re.compile(r"(0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3}")
"""How a French postcode is written: the department, then three digits."""

POSTCODES = 50
"""How many postcodes a territory may have."""


class Loge(models.Model):
    """A neighbourhood's team of about ten experts, led by a coordinator."""

    slug = models.SlugField("identifiant", unique=True)
    name = models.CharField("nom", max_length=120)
    city = models.CharField("ville", max_length=80)
    neighbourhood = models.CharField("quartier", max_length=80)
    also_called = models.JSONField("autres noms du quartier", default=list, blank=True)
    state = models.CharField("état", max_length=20, choices=machines.LOGE.choices, default=machines.LOGE.initial)
    state_message = models.CharField("message aux habitants", max_length=300, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    paused_until_on = models.DateField("en pause jusqu'au", null=True, blank=True)
    min_experts = models.PositiveSmallIntegerField("experts pour ouvrir", default=5)
    target_experts = models.PositiveSmallIntegerField("experts visés", default=10)
    created_at = models.DateTimeField("créée le", default=timezone.now)

    class Meta:
        verbose_name = "loge"
        permissions = [
            ("edit_content", "Écrire les pages et événements de la loge"),
            ("publish_content", "Publier les pages et événements de la loge"),
            ("manage_experts", "Tenir l'équipe d'experts de la loge"),
            ("manage_team", "Nommer et retirer des membres de la loge"),
            ("propose_handbook", "Lire le cahier de bonnes pratiques et y proposer"),
            ("keep_handbook", "Relire ce qu'on propose au cahier de bonnes pratiques, et l'y publier"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(machines.LOGE.states)), name="loge_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ACTIVE") | models.Q(opened_at__isnull=False), name="loge_active_was_opened"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        """What is told when another loge has the address: the only thing that loges can't share."""
        return ValidationError("Une autre loge a déjà cette adresse.", code="unique")


class LogeUserPermission(UserObjectPermissionBase):
    """A person's grant on one loge; only `loges.actions.loges` writes it (django-guardian, direct foreign key).

    It holds until an instant (None: until further notice): whoever asks for rights compares it with the time.
    """

    content_object = models.ForeignKey(Loge, on_delete=models.CASCADE)
    until = models.DateTimeField("jusqu'à", null=True, blank=True)

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "droit sur une loge"
        verbose_name_plural = "droits sur les loges"


class Territory(models.Model):
    """Where a loge is at home: a circle, or the polygon that refines it (WGS 84, metres)."""

    loge = models.OneToOneField(Loge, on_delete=models.CASCADE, related_name="territory", verbose_name="loge")
    latitude = models.FloatField("latitude du centre")
    longitude = models.FloatField("longitude du centre")
    radius_meters = models.PositiveIntegerField("rayon (m)")
    polygon = models.JSONField("contour (GeoJSON)", null=True, blank=True)
    postcodes = models.JSONField("codes postaux", default=list, blank=True)
    insee_codes = models.JSONField("codes INSEE", default=list, blank=True)
    south = models.FloatField(editable=False)
    north = models.FloatField(editable=False)
    west = models.FloatField(editable=False)
    east = models.FloatField(editable=False)

    class Meta:
        verbose_name = "territoire"
        constraints = [
            models.CheckConstraint(
                name="territory_is_on_earth",
                violation_error_message="Le centre va de -90 à 90 degrés de latitude, de -180 à 180 de longitude.",
                condition=models.Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
            models.CheckConstraint(
                name="territory_radius_is_sensible",
                violation_error_message="Le rayon va de 50 m à 50 km.",
                condition=models.Q(radius_meters__gte=50, radius_meters__lte=50_000),
            ),
        ]
        indexes = [models.Index(fields=["south", "north"], name="territory_box")]

    def __str__(self) -> str:
        return f"territoire de {self.loge}"

    def clean(self) -> None:
        """Refuse what is no French postcode, and more of them than a neighbourhood has."""
        super().clean()
        wrong = [code for code in self.postcodes if not (isinstance(code, str) and POSTCODE.fullmatch(code))]
        if wrong:
            told = f"« {str(wrong[0])[:20]} » n'est pas un code postal français, de cinq chiffres."
            raise ValidationError({"postcodes": told})
        if len(self.postcodes) > POSTCODES:
            raise ValidationError({"postcodes": f"{POSTCODES} codes postaux au plus."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the bounding box in step with the shape: point look-ups begin with it."""
        self.south, self.north, self.west, self.east = self.shape.box
        super().save(*args, **kwargs)

    @property
    def shape(self) -> shapes.Shape:
        """The circle or polygon as a value that answers `contains`."""
        return shapes.Shape(geography.Point(self.latitude, self.longitude), self.radius_meters, self.polygon)


class LogeMembership(models.Model):
    """A person's role in a loge, from one date to another (None: until further notice)."""

    class Role(models.TextChoices):
        """What a member is to the loge."""

        COORDINATOR = "COORDINATOR", "coordinateur"
        CO_COORDINATOR = "CO_COORDINATOR", "co-coordinateur"
        INTERIM = "INTERIM", "coordinateur par intérim"
        CONTRIBUTOR = "CONTRIBUTOR", "contributeur du cahier"
        EXPERT = "EXPERT", "expert"
        HELPING_EXPERT = "HELPING_EXPERT", "expert en renfort"
        SUPPORTER = "SUPPORTER", "coup de main"

    loge = models.ForeignKey(Loge, on_delete=models.CASCADE, related_name="memberships", verbose_name="loge")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships", verbose_name="personne")
    role = models.CharField("rôle", max_length=20, choices=Role)
    quote = models.CharField("quelques mots", max_length=200, blank=True)
    charter_signed_on = models.DateField("charte signée le", null=True, blank=True)
    starts_at = models.DateTimeField("depuis")
    ends_at = models.DateTimeField("jusqu'à", null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="nommé par"
    )

    class Meta:
        verbose_name = "membre d'une loge"
        verbose_name_plural = "membres d'une loge"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="membership_ends_no_earlier_than_it_starts",
            ),
            models.UniqueConstraint(
                fields=["loge", "person", "role"],
                condition=models.Q(ends_at__isnull=True),
                name="membership_one_open_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} de {self.loge}"

    @property
    def last_on(self) -> date | None:
        """The last local day of the role, where it ends."""
        return timezone.localtime(self.ends_at - timedelta(microseconds=1)).date() if self.ends_at else None


class TransitionLog(models.Model):
    """Who took what from which state to which, when and why; append-only."""

    machine = models.CharField("machine", max_length=30)
    object_id = models.PositiveBigIntegerField("objet")
    transition = models.CharField("transition", max_length=30)
    from_state = models.CharField("de", max_length=30, blank=True)
    to_state = models.CharField("à", max_length=30)
    actor = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    note = models.TextField("note", blank=True)
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "changement d'état"
        verbose_name_plural = "changements d'état"
        indexes = [models.Index(fields=["machine", "object_id", "at"], name="transition_log_of_object")]

    def __str__(self) -> str:
        return f"{self.machine} {self.object_id}: {self.transition} ({self.at:%Y-%m-%d %H:%M})"
