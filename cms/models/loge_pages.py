"""The pages that coordinators write: their loge and its events."""

import re
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import date_format
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.event_forms import MOST_PLACES, TOO_MANY_PLACES, EventPageForm
from cms.models.base import SitePage
from cms.page_forms import DatedPageForm
from cms.page_rights import LogeContentTester, LogePageTester, SkeletonPageTester
from loges import clock, permissions, recurrence
from loges.actions.events import SLUG_LENGTH
from loges.models import Event, ExpertProfile, Loge

LONGEST_MINUTES = 60 * 24 * 14
"""How long an event may be: two weeks, as the domain says."""


class LogeIndexPage(SitePage):
    """The list of the loges."""

    max_count = 1
    tester = SkeletonPageTester
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.LogePage"]

    class Meta:
        verbose_name = "liste des loges"
        verbose_name_plural = "listes des loges"


class LogePage(SitePage):
    """What a loge says of itself. Made together with its loge, never by hand."""

    loge = models.OneToOneField(
        Loge, on_delete=models.PROTECT, related_name="page", verbose_name="loge", editable=False
    )
    tagline = models.CharField("en une phrase", max_length=160, blank=True)
    adapted_services_note = models.TextField(
        "ce que le quartier a de particulier", blank=True, help_text="Quels services sont mis en avant, et pourquoi."
    )

    is_creatable = False
    tester = LogePageTester
    parent_page_types: ClassVar[list[str]] = ["cms.LogeIndexPage"]
    subpage_types: ClassVar[list[str]] = ["cms.EventPage", "cms.LogeNewsPage"]
    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title"),  # Wagtail's own panel would follow the slug, which isn't in this form
        FieldPanel("tagline"),
        *SitePage.content_panels[1:],
        FieldPanel("adapted_services_note"),
    ]

    # No slug: the page's address is the loge's own.
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        FieldPanel("share_image"),
    ]

    class Meta:
        verbose_name = "page de loge"
        verbose_name_plural = "pages de loge"


class LogeContentPage(SitePage):
    """What a loge writes below its page."""

    tester = LogeContentTester
    parent_page_types: ClassVar[list[str]] = ["cms.LogePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @property
    def loge_id(self) -> int | None:
        """The loge whose page is above this one. One statement."""
        above = LogePage.objects.filter(path=self.path[: -self.steplen])
        return above.values_list("loge_id", flat=True).first() if self.path else None


class LogeNewsPage(LogeContentPage):
    """Something new in a loge: an opening, a thank-you, a call for a hand."""

    published_on = models.DateField("date affichée", null=True)

    base_form_class = DatedPageForm
    content_panels: ClassVar[list[Any]] = [*SitePage.content_panels, FieldPanel("published_on")]

    class Meta:
        verbose_name = "nouvelle de la loge"
        verbose_name_plural = "nouvelles de la loge"


class EventPage(LogeContentPage):
    """An event as its coordinator writes it. Publishing plans its dates in the domain."""

    event = models.OneToOneField(
        Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="page", editable=False
    )
    theme = models.CharField("thème", max_length=80, blank=True)
    starts_on = models.DateField("date (la première, si l'événement revient)", null=True)
    starts_at_time = models.TimeField("heure", null=True)
    duration_minutes = models.PositiveIntegerField(
        "durée en minutes", null=True, default=120, validators=[MinValueValidator(1)]
    )
    recurrence = models.CharField("revient", max_length=200, blank=True)
    until_on = models.DateField("jusqu'au", null=True, blank=True, help_text="Vide : sans fin prévue.")
    venue_name = models.CharField("lieu", max_length=120)
    venue_kind = models.CharField(
        "sorte de lieu", max_length=16, choices=Event.VenueKind, default=Event.VenueKind.CAFE
    )
    address = models.CharField("adresse", max_length=200, blank=True)
    capacity = models.PositiveIntegerField("nombre de places", null=True, blank=True, help_text="Vide : sans limite.")
    accessibility = models.TextField("accessibilité", blank=True, help_text="Une indication par ligne.")

    base_form_class = EventPageForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["event"]
    content_panels: ClassVar[list[Any]] = [
        SitePage.content_panels[0],
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("starts_on"), FieldPanel("starts_at_time"), FieldPanel("duration_minutes")]
                ),
                FieldRowPanel([FieldPanel("recurrence"), FieldPanel("until_on")]),
                FieldPanel("rule"),
                InlinePanel("exceptions", heading="Sauf le", label="jour sans événement"),
                HelpPanel(template="cms/desk/foreseen_panel.html"),
            ],
            heading="Quand",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("venue_name"), FieldPanel("venue_kind")]),
                FieldRowPanel([FieldPanel("address"), FieldPanel("capacity")]),
                FieldPanel("accessibility"),
            ],
            heading="Où",
        ),
        FieldPanel("theme"),
        *SitePage.content_panels[1:],
        InlinePanel("speakers", heading="Qui parle", label="intervenant"),
    ]

    class Meta:
        verbose_name = "événement"
        verbose_name_plural = "événements"

    def with_content_json(self, content: dict[str, Any]) -> "EventPage":
        """A revision as a page. The event is the page's own: a revision may be older than it."""
        page: EventPage = super().with_content_json(content)
        page.event_id = self.event_id
        return page

    @property
    def recurrence_label(self) -> str:
        """The rule of its dates in French words; as it stands where it isn't understood (a draft)."""
        try:
            return recurrence.in_words(self.recurrence)
        except recurrence.NotARule:
            return self.recurrence

    @property
    def public_address(self) -> str:
        """The address that everybody may read, drafts' too, by the rule of events; empty for somebody's home."""
        return "" if permissions.FIELDS[Event]["address"].is_kept(self) else self.address

    def clean(self) -> None:
        """Refuse what the domain couldn't plan: a rule that gives no date, too long a name. Errors name the field."""
        super().clean()
        if not re.fullmatch(r"[-\w]*", self.slug, re.ASCII):
            raise ValidationError({"slug": "Seulement des lettres sans accent, des chiffres et des tirets."})
        if len(self.slug) > SLUG_LENGTH:
            raise ValidationError({"slug": f"Au plus {SLUG_LENGTH} caractères."})
        if (self.capacity or 0) > MOST_PLACES:
            raise ValidationError({"capacity": TOO_MANY_PLACES})
        self.check_dates()

    def check_dates(self) -> None:
        """Refuse days and a rule that give no date. Raises ValidationError, which names the field."""
        for name in ("starts_on", "until_on"):
            clock.check_day(name, getattr(self, name))
        if (self.duration_minutes or 0) > LONGEST_MINUTES:
            raise ValidationError({"duration_minutes": "Un événement dure au plus deux semaines (20160 minutes)."})
        if self.until_on and self.starts_on and self.until_on < self.starts_on:
            raise ValidationError({"until_on": "La fin vient avant la première date."})
        if self.recurrence and self.starts_on:
            self._check_rule(self.starts_on)

    def _check_rule(self, first: date) -> None:
        last = max(recurrence.horizon(clock.now()), first)
        try:
            days = recurrence.days(self.recurrence, first, until=min(self.until_on or last, last))
        except recurrence.NotARule as error:
            message = (
                "Cette répétition n'est pas comprise, ou elle donne trop de dates. Écrivez par exemple "
                "« un samedi sur deux » ou « le 15 de chaque mois »."
            )
            raise ValidationError({"recurrence": message}) from error
        if not days and self.until_on and self.until_on <= last:
            raise ValidationError({"until_on": "La répétition ne donne aucune date d'ici là."})
        if not days:
            message = f"Aucune date d'ici au {date_format(last)} : commencez par une date que la répétition prévoit."
            raise ValidationError({"recurrence": message})


class EventPageException(models.Model):
    """A day on which an event that comes back doesn't take place."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="exceptions")
    on = models.DateField("jour")

    panels: ClassVar[list[Any]] = [FieldPanel("on")]

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        verbose_name = "jour sans"
        verbose_name_plural = "jours sans"

    def __str__(self) -> str:
        return self.on.isoformat()


class EventPageSpeaker(Orderable):
    """Somebody announced on an event's page."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="speakers")
    expert = models.ForeignKey(
        ExpertProfile, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="expert"
    )
    resident_first_name = models.CharField("ou prénom d'un habitant", max_length=80, blank=True)
    topic = models.CharField("sujet", max_length=160, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("expert"),
        FieldPanel("resident_first_name"),
        FieldPanel("topic"),
    ]

    def clean(self) -> None:
        """Refuse both or neither of expert and resident."""
        super().clean()
        if bool(self.expert_id) == bool(self.resident_first_name):
            raise ValidationError("Choisissez un expert, ou donnez le prénom d'un habitant.")
