"""What a loge's experts do, and the words that people use for it."""

from django.core.exceptions import ValidationError
from django.db import models

from loges.models.clusters import ClusterableModel, ParentalKey


class PriceUnit(models.TextChoices):
    """What a price is for."""

    HOUR = "HOUR", "de l'heure"
    HALF_HOUR = "HALF_HOUR", "la demi-heure"
    VISIT = "VISIT", "la visite"
    FLAT = "FLAT", "forfait"
    DAY = "DAY", "la journée"
    NIGHT = "NIGHT", "la nuit"
    ITEM = "ITEM", "la pièce"
    QUOTE = "QUOTE", "sur proposition"


class ServiceFamily(models.Model):
    """A group of services, as shown in menus."""

    slug = models.SlugField("identifiant", unique=True)
    name = models.CharField("nom", max_length=80)
    icon = models.SlugField("icône", max_length=30, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "famille de services"
        verbose_name_plural = "familles de services"

    def __str__(self) -> str:
        return self.name


class Service(ClusterableModel):
    """One kind of help, e.g. "Ourlets et retouches"."""

    class Sap(models.TextChoices):
        """Whether it counts as "service à la personne" (art. D7231-1 of the code du travail)."""

        YES = "YES", "oui"
        CONDITIONAL = "CONDITIONAL", "sous conditions"
        NO = "NO", "non"

    slug = models.SlugField("identifiant", unique=True)
    family = models.ForeignKey(
        ServiceFamily, on_delete=models.PROTECT, related_name="services", verbose_name="famille"
    )
    name = models.CharField("nom", max_length=120)
    unit = models.CharField("unité habituelle", max_length=10, choices=PriceUnit)
    sap = models.CharField("service à la personne", max_length=12, choices=Sap, default=Sap.NO)
    legal_note = models.CharField("note légale", max_length=300, blank=True)
    advised_min_cents = models.PositiveIntegerField("prix conseillé, de (centimes)", null=True, blank=True)
    advised_max_cents = models.PositiveIntegerField("prix conseillé, à (centimes)", null=True, blank=True)
    is_often_by_coordinator = models.BooleanField("souvent rendu par le coordinateur", default=False)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "service"
        constraints = [
            models.CheckConstraint(
                name="service_advised_prices_in_order",
                condition=models.Q(advised_min_cents__isnull=True, advised_max_cents__isnull=True)
                | models.Q(
                    advised_min_cents__isnull=False,
                    advised_max_cents__isnull=False,
                    advised_min_cents__lte=models.F("advised_max_cents"),
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse half a range of prices, or one upside down, in words; the constraint has none."""
        super().clean()
        low, high = self.advised_min_cents, self.advised_max_cents
        if (low is None) != (high is None):
            raise ValidationError({"advised_max_cents": "Donnez les deux prix, ou aucun."})
        if low is not None and high is not None and low > high:
            raise ValidationError({"advised_max_cents": "Ce prix est plus bas que le premier."})


class ServicePhrase(models.Model):
    """Words that call for a service."""

    class Kind(models.TextChoices):
        """Where the words come from."""

        SYNONYM = "SYNONYM", "autre nom du service"
        SAID = "SAID", "ce que disent les habitants"

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="phrases", verbose_name="service")
    kind = models.CharField("sorte", max_length=10, choices=Kind, default=Kind.SAID)
    text = models.CharField("mots", max_length=120)

    class Meta:
        verbose_name = "expression"
        constraints = [
            models.UniqueConstraint(fields=["service", "text"], name="phrase_once_per_service"),
            models.CheckConstraint(condition=~models.Q(text=""), name="phrase_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text


class AmbiguousTerm(ClusterableModel):
    """Words that may mean several services: the search asks back instead of guessing."""

    term = models.CharField("mots", max_length=80, unique=True)
    question = models.CharField("question à poser", max_length=200)

    class Meta:
        verbose_name = "mot à double sens"
        verbose_name_plural = "mots à double sens"

    def __str__(self) -> str:
        return self.term


class AmbiguousChoice(models.Model):
    """One of the services that an ambiguous term may mean, in the order they are offered."""

    term = ParentalKey(AmbiguousTerm, on_delete=models.CASCADE, related_name="choices", verbose_name="mots")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", verbose_name="service")
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "sens possible"
        verbose_name_plural = "sens possibles"
        constraints = [models.UniqueConstraint(fields=["term", "service"], name="ambiguous_choice_once")]

    def __str__(self) -> str:
        return f"{self.term} : {self.service}"


class ForeignPhrase(models.Model):
    """Words for what a loge does not do; they compete with the services, so that a search can say "not us"."""

    text = models.CharField("mots", max_length=120, unique=True)

    class Meta:
        verbose_name = "ce que la loge ne fait pas"
        verbose_name_plural = "ce que la loge ne fait pas"

    def __str__(self) -> str:
        return self.text


class VocabularyVersion(models.Model):
    """One row whose number grows with every change of words, so that each process knows when to read again."""

    number = models.PositiveBigIntegerField("numéro", default=1)

    class Meta:
        verbose_name = "version du vocabulaire"
        verbose_name_plural = "version du vocabulaire"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="vocabulary_version_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
