"""Experts: their profile, what they offer, what was checked about them, when they are free, what is said of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from loges import machines, outlines, shapes
from loges.models.clusters import ClusterableModel, ParentalKey
from loges.models.people import Person
from loges.models.places import Loge
from loges.models.services import PriceUnit, Service

PRESENTATION_LENGTH = 5_000
"""How long a presentation may be, in characters: two pages."""

MAX_PRICE_CENTS = 1_000_000
"""The dearest offer, 10,000 euros: a bound against mistyped prices."""


class ExpertProfile(ClusterableModel):
    """What a loge's page says of one of its experts. An expert has ONE home loge."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="expert_profiles", verbose_name="personne"
    )
    loge = models.ForeignKey(Loge, on_delete=models.PROTECT, related_name="experts", verbose_name="loge")
    slug = models.SlugField("identifiant", max_length=60)
    state = models.CharField(
        "état", max_length=24, choices=machines.EXPERT_PROFILE.choices, default=machines.EXPERT_PROFILE.initial
    )
    headline = models.CharField("en une ligne", max_length=120)
    presentation = models.TextField("présentation", blank=True)
    languages = models.JSONField("langues (codes ISO 639-1)", default=list, blank=True)
    latitude = models.FloatField("latitude (jamais montrée)")
    longitude = models.FloatField("longitude (jamais montrée)")
    area = models.JSONField("là où il ou elle vient (GeoJSON)", null=True, blank=True)
    area_south = models.FloatField(null=True, editable=False)
    area_north = models.FloatField(null=True, editable=False)
    area_west = models.FloatField(null=True, editable=False)
    area_east = models.FloatField(null=True, editable=False)
    vacation_until_on = models.DateField("en congé jusqu'au", null=True, blank=True)
    rating_count = models.PositiveIntegerField("nombre d'évaluations", default=0, editable=False)
    rating_sum = models.PositiveIntegerField("somme des notes", default=0, editable=False)
    published_at = models.DateTimeField("publié le", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "profil d'expert"
        verbose_name_plural = "profils d'experts"
        constraints = [
            models.UniqueConstraint(fields=["loge", "slug"], name="expert_slug_unique_in_loge"),
            models.UniqueConstraint(
                fields=["person"],
                condition=~models.Q(state="LEFT"),
                name="expert_has_one_home_loge_at_a_time",
                violation_error_message="Cette personne a déjà un profil dans une loge.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(machines.EXPERT_PROFILE.states)), name="expert_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rating_sum__gte=models.F("rating_count"))
                & models.Q(rating_sum__lte=models.F("rating_count") * 5),
                name="expert_rating_adds_up",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="PUBLISHED") | models.Q(published_at__isnull=False),
                name="expert_published_has_a_date",
            ),
            models.CheckConstraint(
                name="expert_is_on_earth",
                condition=models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
        ]
        indexes = [
            models.Index(fields=["loge", "state", "id"], name="expert_of_loge"),
            models.Index(
                fields=["area_south", "area_north"],
                name="expert_area_box",
                condition=models.Q(area_south__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.headline})"

    def clean(self) -> None:
        """Refuse a presentation that nobody would read."""
        super().clean()
        if len(self.presentation) > PRESENTATION_LENGTH:
            told = f"{PRESENTATION_LENGTH} caractères au plus ; il y en a {len(self.presentation)}."
            raise ValidationError({"presentation": told})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the bounding box in step with the area: point look-ups begin with it."""
        fields = kwargs.get("update_fields")
        if fields is None or "area" in fields:
            box = self.reach.box if self.area else (None,) * 4
            self.area_south, self.area_north, self.area_west, self.area_east = box
            if fields is not None:
                kwargs["update_fields"] = {*fields, "area_south", "area_north", "area_west", "area_east"}
        super().save(*args, **kwargs)

    @property
    def reach(self) -> shapes.Shape:
        """Where the expert comes to: the outline drawn for them, else their loge's territory."""
        if not self.area:
            return self.loge.territory.shape
        center, radius_meters = outlines.circle_around(self.area)
        return shapes.Shape(center, radius_meters, self.area)

    @property
    def rating(self) -> float | None:
        """The mean of the published ratings (1 to 5), None before the first."""
        return round(self.rating_sum / self.rating_count, 2) if self.rating_count else None


class Offer(models.Model):
    """A service that an expert offers, at a price in cents or on proposal (no price)."""

    expert = ParentalKey(ExpertProfile, on_delete=models.CASCADE, related_name="offers", verbose_name="expert")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="offers", verbose_name="service")
    title = models.CharField("intitulé", max_length=120, blank=True)
    description = models.TextField("détails", blank=True)
    unit = models.CharField("unité", max_length=10, choices=PriceUnit)
    price_cents = models.PositiveIntegerField("prix (centimes, TTC)", null=True, blank=True)
    minimum_minutes = models.PositiveIntegerField("durée minimale (minutes)", null=True, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "offre"
        constraints = [
            models.UniqueConstraint(fields=["expert", "service"], name="offer_once_per_service"),
            models.CheckConstraint(
                name="offer_price_fits_unit",
                condition=models.Q(unit="QUOTE", price_cents__isnull=True)
                | (
                    ~models.Q(unit="QUOTE")
                    & models.Q(price_cents__isnull=False, price_cents__gte=1, price_cents__lte=MAX_PRICE_CENTS)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} par {self.expert.person}"


class Verification(models.Model):
    """A check that stands behind a badge: what was seen, by whom, when, and until when it holds."""

    class Kind(models.TextChoices):
        """What was checked."""

        IDENTITY = "IDENTITY", "Identité vérifiée"
        MET = "MET", "Rencontré en personne"
        CHARTER = "CHARTER", "Charte signée"
        INSURED = "INSURED", "Assurance à jour"
        SAP = "SAP", "Déclaré services à la personne"
        DIPLOMA = "DIPLOMA", "Qualification vérifiée"
        NEIGHBOUR = "NEIGHBOUR", "Habite le quartier"

    class CheckerRole(models.TextChoices):
        """As what the checker checked."""

        PSP = "PSP", "prestataire de paiement"
        COORDINATOR = "COORDINATOR", "coordinateur de la loge"
        EXPERT = "EXPERT", "l'expert lui-même"
        TEAM = "TEAM", "équipe OpenLoge"

    MEANINGS = {
        Kind.IDENTITY: "Pièce d'identité contrôlée par le prestataire de paiement.",
        Kind.MET: "La loge a rencontré cette personne.",
        Kind.CHARTER: "A signé la charte de la loge.",
        Kind.INSURED: "Attestation de responsabilité civile en cours de validité.",
        Kind.SAP: "Numéro de déclaration contrôlé ; avantage fiscal pour les services concernés.",
        Kind.DIPLOMA: "Diplôme ou attestation présenté à la loge.",
        Kind.NEIGHBOUR: "Justificatif de domicile vu : l'adresse est dans le territoire.",
    }
    """What each badge proves, in French, shown beside it."""

    expert = ParentalKey(ExpertProfile, on_delete=models.CASCADE, related_name="verifications", verbose_name="expert")
    kind = models.CharField("badge", max_length=12, choices=Kind)
    checker_role = models.CharField("vérifié par", max_length=12, choices=CheckerRole)
    checked_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="personne"
    )
    checked_on = models.DateField("vérifié le")
    expires_on = models.DateField("valable jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "vérification"
        constraints = [
            models.UniqueConstraint(fields=["expert", "kind"], name="verification_once_per_kind"),
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("checked_on")),
                name="verification_expires_after_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.expert.person}"

    def clean(self) -> None:
        """Refuse an insurance without its last day: a badge that never ends would outlive it."""
        super().clean()
        if self.kind == self.Kind.INSURED and self.expires_on is None:
            raise ValidationError({"expires_on": "Jusqu'à quel jour ? L'attestation d'assurance le dit."})


class Weekday(models.IntegerChoices):
    """Days of the week as Python counts them."""

    MONDAY = 0, "lundi"
    TUESDAY = 1, "mardi"
    WEDNESDAY = 2, "mercredi"
    THURSDAY = 3, "jeudi"
    FRIDAY = 4, "vendredi"
    SATURDAY = 5, "samedi"
    SUNDAY = 6, "dimanche"


class AvailabilityRule(models.Model):
    """A weekly window when an expert is free, in local time (Europe/Paris)."""

    expert = ParentalKey(
        ExpertProfile, on_delete=models.CASCADE, related_name="availability_rules", verbose_name="expert"
    )
    weekday = models.PositiveSmallIntegerField("jour", choices=Weekday)
    starts = models.TimeField("de")
    ends = models.TimeField("à")

    class Meta:
        verbose_name = "disponibilité"
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="availability_ends_later"),
            models.CheckConstraint(
                condition=models.Q(weekday__gte=0, weekday__lte=6), name="availability_weekday_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"

    def clean(self) -> None:
        """Refuse an end that isn't later, in words; the constraint has none."""
        super().clean()
        if self.starts is not None and self.ends is not None and self.ends <= self.starts:
            raise ValidationError({"ends": "La fin vient après le début, le même jour."})


class AvailabilityException(models.Model):
    """A dated window that opens or closes against the weekly rules, in local time (Europe/Paris)."""

    expert = ParentalKey(
        ExpertProfile, on_delete=models.CASCADE, related_name="availability_exceptions", verbose_name="expert"
    )
    on = models.DateField("le")
    starts = models.TimeField("de")
    ends = models.TimeField("à")
    is_open = models.BooleanField("disponible", default=False)

    class Meta:
        verbose_name = "exception de disponibilité"
        verbose_name_plural = "exceptions de disponibilité"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="availability_exception_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.starts:%H:%M}-{self.ends:%H:%M}"


class Review(models.Model):
    """What a resident says of an expert after a service."""

    expert = models.ForeignKey(ExpertProfile, on_delete=models.PROTECT, related_name="reviews", verbose_name="expert")
    author = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="auteur"
    )
    author_first_name = models.CharField("prénom de l'auteur", max_length=80)
    rating = models.PositiveSmallIntegerField("note", validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField("texte", blank=True)
    state = models.CharField("état", max_length=12, choices=machines.REVIEW.choices, default=machines.REVIEW.initial)
    experience_on = models.DateField("date du service")
    left_at = models.DateTimeField("déposée le")
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    reply = models.TextField("réponse de l'expert", blank=True)
    replied_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "évaluation"
        constraints = [
            models.CheckConstraint(condition=models.Q(rating__gte=1, rating__lte=5), name="review_rating_1_to_5"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(machines.REVIEW.states)), name="review_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["PUBLISHED", "REPORTED"]) | models.Q(published_at__isnull=False),
                name="review_published_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["expert", "state", "-published_at", "-id"], name="review_newest_of_expert")]

    def __str__(self) -> str:
        return f"{self.rating}/5 pour {self.expert.person}"
