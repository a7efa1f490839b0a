"""The handbook of good practices, read by coordinators and the team only."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import JSONField, Value
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.models.base import SitePage
from cms.page_forms import SitePageForm
from cms.page_rights import SkeletonPageTester
from loges.machines import LOGE


class HandbookIndexPage(SitePage):
    """The cover of the handbook; its view restriction keeps the whole subtree private."""

    max_count = 1
    tester = SkeletonPageTester
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.HandbookPartPage"]

    class Meta:
        verbose_name = "cahier de bonnes pratiques"
        verbose_name_plural = "cahiers de bonnes pratiques"


class HandbookPartForm(SitePageForm):
    """Offers the states of a loge in which a part is of use."""

    stages = forms.MultipleChoiceField(
        label="Quand la lire",
        required=False,
        choices=[choice for choice in LOGE.choices if choice[0] not in LOGE.final],
        widget=forms.CheckboxSelectMultiple,
        help_text="Où en est la loge à qui elle sert\u00a0: son coordinateur la trouve sur son tableau de bord. "
        "Rien de coché\u00a0: toujours.",
    )


class HandbookPartPage(SitePage):
    """A part of the handbook, made of chapters. `stages` are the states of the loges it is for; none means all."""

    stages = JSONField("quand la lire", default=list, db_default=Value([], JSONField()), blank=True)

    base_form_class = HandbookPartForm
    parent_page_types: ClassVar[list[str]] = ["cms.HandbookIndexPage"]
    subpage_types: ClassVar[list[str]] = ["cms.HandbookChapterPage"]
    content_panels: ClassVar[list[Any]] = [
        *SitePage.content_panels[:1],
        FieldPanel("stages"),
        *SitePage.content_panels[1:],
    ]

    class Meta:
        verbose_name = "partie du cahier"
        verbose_name_plural = "parties du cahier"


class HandbookText(SitePage):
    """What a chapter says, and whoever would change it: what to know, and a checklist."""

    checklist = models.TextField("liste à cocher", blank=True, help_text="Une ligne par point.")

    class Meta:
        abstract = True

    @property
    def checklist_lines(self) -> list[str]:
        """The points of the checklist."""
        return [line.strip() for line in self.checklist.splitlines() if line.strip()]

    @property
    def text(self) -> dict[str, Any]:
        """All it says, as it is compared and merged: the body by blocks, the checklist by lines."""
        blocks = json.loads(json.dumps([block.get_prep_value() for block in self.body], cls=DjangoJSONEncoder))
        return {"title": self.title, "summary": self.summary, "body": blocks, "checklist": self.checklist_lines}

    def say(self, text: Mapping[str, Any]) -> None:
        """Take over what another `text` says, without saving it."""
        self.title, self.summary = text["title"], text["summary"]
        self.body, self.checklist = json.dumps(text["body"]), "\n".join(text["checklist"])


class HandbookChapterPage(HandbookText):
    """A chapter of the handbook."""

    legal_review_on = models.DateField(
        "relu par un juriste le", null=True, blank=True, help_text="Vide : ce chapitre ne dit rien du droit."
    )

    parent_page_types: ClassVar[list[str]] = ["cms.HandbookPartPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *SitePage.content_panels,
        FieldPanel("checklist"),
        FieldPanel("legal_review_on"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *SitePage.search_fields,
        index.SearchField("checklist"),
        # Looked into while somebody types, in the admin.
        index.AutocompleteField("checklist"),
        index.AutocompleteField("body"),
        index.AutocompleteField("plain_words"),
    ]

    class Meta:
        verbose_name = "chapitre du cahier"
        verbose_name_plural = "chapitres du cahier"
