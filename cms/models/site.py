"""What the team sets for the whole site, without a developer."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField

from cms.blocks.text import FEW_FEATURES


def _number(label: str, default: int, unit: str, most: int) -> Any:
    return models.PositiveSmallIntegerField(
        f"{label} ({unit})", default=default, validators=[MinValueValidator(1), MaxValueValidator(most)]
    )


@register_setting(icon="cog")
class SiteTexts(BaseSiteSetting):
    """Contact, words about the commission, delays that are promised, and what a loge aims at.

    Numbers here are told to people; none of them moves money.
    """

    commission_text = RichTextField(
        "ce que paie la commission",
        features=FEW_FEATURES,
        blank=True,
        help_text="Montré à côté des exemples chiffrés.",
    )
    contact_email = models.EmailField("adresse e-mail", blank=True)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    contact_address = models.CharField("adresse postale", max_length=200, blank=True)
    instagram_url = models.URLField("Instagram", blank=True)
    facebook_url = models.URLField("Facebook", blank=True)
    linkedin_url = models.URLField("LinkedIn", blank=True)
    mastodon_url = models.URLField("Mastodon", blank=True)
    share_image = models.ForeignKey(
        "cms.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image de partage",
        help_text="Pour les pages qui n'en ont pas.",
    )
    first_answer_hours = _number("première réponse promise", 24, "heures", 240)
    terms_valid_days = _number("une proposition reste valable", 14, "jours", 90)
    confirmation_hours = _number("délai pour confirmer une mission rendue", 48, "heures", 240)
    review_days = _number("délai pour laisser un avis", 14, "jours", 90)
    min_experts = _number("pour ouvrir une loge", 5, "experts", 50)
    target_experts = _number("une loge vise", 10, "experts", 50)

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("contact_address")],
            heading="Contact",
        ),
        MultiFieldPanel(
            [
                FieldPanel("instagram_url"),
                FieldPanel("facebook_url"),
                FieldPanel("linkedin_url"),
                FieldPanel("mastodon_url"),
                FieldPanel("share_image"),
            ],
            heading="Réseaux sociaux",
        ),
        FieldPanel("commission_text"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("first_answer_hours"), FieldPanel("terms_valid_days")]),
                FieldRowPanel([FieldPanel("confirmation_hours"), FieldPanel("review_days")]),
            ],
            heading="Délais",
        ),
        FieldRowPanel([FieldPanel("min_experts"), FieldPanel("target_experts")], heading="Objectifs"),
    ]

    class Meta:
        verbose_name = "réglages du site"
        verbose_name_plural = "réglages du site"
