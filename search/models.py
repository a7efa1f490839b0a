"""The index rows of the database backend: what is public about experts, written in their own transaction.

Foreign keys carry no constraint in the database: an index row must never make its writer wait for a lock on the
row it describes. The full text lives in a table of its own (see `search.fulltext`).
"""

from django.db import models
from django.utils import timezone

from loges.models import ExpertProfile, Loge, PriceUnit, Service


class ExpertRevision(models.Model):
    """How often what is public about an expert was written; its row is the lock that keeps two writers apart."""

    expert = models.OneToOneField(
        ExpertProfile, on_delete=models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    number = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "révision d'un profil"
        verbose_name_plural = "révisions des profils"

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.number}"


class OutboxEntry(models.Model):
    """An expert of whom a search server is still to be told; see `search.outbox`. They may be gone by now."""

    expert_id = models.PositiveBigIntegerField("expert", primary_key=True)
    revision = models.PositiveBigIntegerField("révision")
    since = models.DateTimeField("depuis", default=timezone.now, help_text="when it was first asked for")
    attempts = models.PositiveSmallIntegerField("refus", default=0)
    due_at = models.DateTimeField("pas avant", null=True, help_text="when it is offered again; null: at once")
    refusal = models.CharField("motif", max_length=300, blank=True, help_text="why the server refused it last")
    is_dead = models.BooleanField("abandonné", default=False)

    class Meta:
        verbose_name = "nouvelle à transmettre"
        verbose_name_plural = "nouvelles à transmettre"
        indexes = (models.Index(fields=["is_dead", "since"], name="outbox_turn"),)

    def __str__(self) -> str:
        return f"{self.expert_id}, révision {self.revision}"


class VocabularyToken(models.Model):
    """One row whose random value changes whenever words, loges or territories do.

    Random and not counted: a transaction that is rolled back gives its number back, and another would use it for
    other words.
    """

    value = models.CharField(max_length=32)

    class Meta:
        verbose_name = "jeton du vocabulaire"
        verbose_name_plural = "jetons du vocabulaire"
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="vocabulary_token_is_one_row"),)

    def __str__(self) -> str:
        return self.value


class ExpertEntry(models.Model):
    """An expert who may be found.

    Positions are snapped to the grid of `loges.geography.snap`, in degrees and as a vector on the unit sphere.
    Prices in cents. `rating` is the mean as shown (two digits), `rating_bayes` is always set.
    """

    expert = models.OneToOneField(
        ExpertProfile, on_delete=models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    revision = models.PositiveBigIntegerField()
    loge = models.ForeignKey(Loge, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    first_name = models.CharField(max_length=80, db_index=True, help_text="folded")
    latitude = models.FloatField()
    longitude = models.FloatField()
    x = models.FloatField()
    y = models.FloatField()
    z = models.FloatField()
    has_area = models.BooleanField(default=False, help_text="where they come to is drawn")
    price_min_cents = models.PositiveIntegerField(null=True)
    rating = models.FloatField(null=True)
    rating_bayes = models.FloatField()
    rating_count = models.PositiveIntegerField()
    weekdays = models.PositiveSmallIntegerField(default=0, help_text="one bit for each day, Monday the lowest")
    counted = models.TextField(
        blank=True, help_text="the values that facets count, a letter for each: see CountedValue"
    )
    has_dates = models.BooleanField(default=False, help_text="some days are opened or closed against the week")

    class Meta:
        verbose_name = "entrée d'index"
        verbose_name_plural = "entrées d'index"
        indexes = (
            models.Index(fields=["latitude", "longitude"], name="entry_position"),
            models.Index(fields=["-rating_bayes", "expert"], name="entry_rating"),
        )

    def __str__(self) -> str:
        return f"{self.expert_id}, révision {self.revision}"


class CountedValue(models.Model):
    """A value that facets count, such as a language; a badge with its last day. Entries hold a letter for each.

    Rows are never changed nor deleted, so that a letter always stands for the same value.
    """

    field = models.CharField(max_length=8)
    value = models.CharField(max_length=80)
    until = models.CharField(max_length=10, blank=True, help_text="the last day (ISO 8601), empty for ever")

    class Meta:
        verbose_name = "valeur comptée"
        verbose_name_plural = "valeurs comptées"
        constraints = (models.UniqueConstraint(fields=["value", "field", "until"], name="counted_value_once"),)

    def __str__(self) -> str:
        return f"{self.field} {self.value}"


class ExpertEntryService(models.Model):
    """A service of an expert who may be found, as it was called when it was indexed."""

    entry = models.ForeignKey(ExpertEntry, on_delete=models.CASCADE, related_name="services", db_constraint=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    slug = models.SlugField(db_index=False)
    family = models.SlugField(db_index=False)
    name = models.CharField(max_length=120)
    price_cents = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=10, choices=PriceUnit)

    class Meta:
        verbose_name = "service indexé"
        verbose_name_plural = "services indexés"
        constraints = (models.UniqueConstraint(fields=["entry", "slug"], name="entry_service_once"),)
        indexes = (
            models.Index(fields=["slug", "entry", "name"], name="entry_service_slug"),
            models.Index(fields=["family", "entry"], name="entry_service_family"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.slug}"


class ExpertEntryTerm(models.Model):
    """One value of an expert's field that may hold several; a badge may hold until a last day."""

    class Field(models.TextChoices):
        """What the value is."""

        LANGUAGE = "LANGUAGE", "langue (ISO 639-1)"
        BADGE = "BADGE", "badge"
        POSTCODE = "POSTCODE", "code postal du territoire"
        OPENED = "OPENED", "jour ouvert (ISO 8601)"
        CLOSED = "CLOSED", "jour fermé (ISO 8601)"

    entry = models.ForeignKey(ExpertEntry, on_delete=models.CASCADE, related_name="terms", db_constraint=False)
    field = models.CharField(max_length=8, choices=Field)
    value = models.CharField(max_length=16)
    expires_on = models.DateField(null=True)

    class Meta:
        verbose_name = "valeur indexée"
        verbose_name_plural = "valeurs indexées"
        constraints = (models.UniqueConstraint(fields=["entry", "field", "value"], name="entry_term_once"),)
        indexes = (models.Index(fields=["field", "value", "expires_on", "entry"], name="entry_term_value"),)

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.field} {self.value}"
