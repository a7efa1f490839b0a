"""Small texts that several pages share, kept by the team."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.blocks.text import FEW_FEATURES
from loges.models import Verification


class BadgeText(models.Model):
    """What a badge is called and what it proves, in words that residents understand."""

    kind = models.CharField("badge", max_length=20, choices=Verification.Kind, unique=True)
    label = models.CharField("nom du badge", max_length=80)
    meaning = models.CharField(
        "ce qu'il prouve", max_length=300, help_text="Qui a vérifié quoi, et comment. Jamais une promesse."
    )

    panels: ClassVar[list[Any]] = [FieldPanel("kind"), FieldPanel("label"), FieldPanel("meaning")]

    class Meta:
        verbose_name = "badge"
        ordering: ClassVar[list[str]] = ["kind"]

    def __str__(self) -> str:
        return self.label


class CharterVersion(models.Model):
    """The charter that coordinators and experts sign, as it was at one time."""

    version = models.CharField("version", max_length=20, unique=True)
    valid_from_on = models.DateField("en vigueur à partir du", unique=True)
    text = RichTextField("texte", features=["h2", "h3", *FEW_FEATURES])

    panels: ClassVar[list[Any]] = [FieldPanel("version"), FieldPanel("valid_from_on"), FieldPanel("text")]

    class Meta:
        verbose_name = "version de la charte"
        verbose_name_plural = "versions de la charte"
        ordering: ClassVar[list[str]] = ["-valid_from_on"]

    def __str__(self) -> str:
        return f"Charte {self.version}"


class FaqEntry(models.Model):
    """A question that the whole network answers in the same words."""

    question = models.CharField("question", max_length=200, unique=True)
    answer = RichTextField("réponse", features=FEW_FEATURES)

    panels: ClassVar[list[Any]] = [FieldPanel("question"), FieldPanel("answer")]

    class Meta:
        verbose_name = "question fréquente"
        verbose_name_plural = "questions fréquentes"
        ordering: ClassVar[list[str]] = ["question"]

    def __str__(self) -> str:
        return self.question


class Partner(models.Model):
    """Somebody the network works with."""

    name = models.CharField("nom", max_length=120, unique=True)
    kind = models.CharField("qui c'est", max_length=80, blank=True)
    url = models.URLField("adresse web", blank=True)
    image = models.ForeignKey(
        "cms.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="logo"
    )

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("kind"), FieldPanel("url"), FieldPanel("image")]

    class Meta:
        verbose_name = "partenaire"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class FlyerTemplate(models.Model):
    """What a loge's flyer says: words with places for the loge's own, a picture, and the sheet it is printed on."""

    class Sheet(models.TextChoices):
        """The size of the paper."""

        A4 = "A4", "A4 (affiche)"
        A5 = "A5", "A5 (tract)"
        A6 = "A6", "A6 (carte)"

    name = models.CharField("nom", max_length=80, unique=True)
    sheet = models.CharField("format", max_length=2, choices=Sheet, default=Sheet.A5)
    headline = models.CharField("accroche", max_length=120, help_text="{loge}, {quartier}, {prénom} sont remplacés.")
    text = models.TextField("texte", max_length=600, help_text="{loge}, {quartier}, {prénom} sont remplacés.")
    image = models.ForeignKey(
        "cms.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="image"
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("sheet"),
        FieldPanel("headline"),
        FieldPanel("text"),
        FieldPanel("image"),
    ]

    class Meta:
        verbose_name = "modèle de tract"
        verbose_name_plural = "modèles de tract"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
