"""The network's own pages: home, editorial pages, blog."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel

from cms.models.base import SitePage
from cms.page_forms import DatedPageForm
from cms.page_rights import SkeletonPageTester
from loges.models import Loge


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


class HomePage(SitePage):
    """The front page of the network."""

    max_count = 1
    tester = SkeletonPageTester
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "cms.LogeIndexPage",
        "cms.EditorialPage",
        "cms.BlogIndexPage",
        "cms.HandbookIndexPage",
    ]

    class Meta:
        verbose_name = "accueil"


class EditorialPage(SitePage):
    """A page of the network: how it works, where the money goes, charter, legal notice..."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "page du réseau"
        verbose_name_plural = "pages du réseau"


class BlogIndexPage(SitePage):
    """The blog's list of posts."""

    max_count = 1
    tester = SkeletonPageTester
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.BlogPostPage"]

    class Meta:
        verbose_name = "blog"


class BlogPostPage(SitePage):
    """A post; several people may sign it."""

    published_on = models.DateField("date affichée", null=True)
    loge = models.ForeignKey(
        Loge,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="loge dont parle l'article",
    )
    authors = models.CharField(
        "signé par", max_length=200, blank=True, help_text="Prénoms, séparés par des virgules."
    )
    tags = models.CharField("thèmes", max_length=200, blank=True, help_text="Séparés par des virgules.")

    base_form_class = DatedPageForm
    parent_page_types: ClassVar[list[str]] = ["cms.BlogIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *SitePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("authors"),
        FieldPanel("tags"),
        FieldPanel("loge"),
    ]

    @property
    def author_names(self) -> list[str]:
        """Who signs, by first name."""
        return _listed(self.authors)

    @property
    def tag_names(self) -> list[str]:
        """The themes."""
        return _listed(self.tags)

    class Meta:
        verbose_name = "article du blog"
        verbose_name_plural = "articles du blog"
