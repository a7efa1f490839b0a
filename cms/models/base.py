"""What every page of the site shares."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from cms.addresses import address_of
from cms.blocks import Body
from cms.page_forms import SitePageCopyForm, SitePageForm
from cms.page_words import without_accents


class SitePage(Page):
    """A page with a summary, a cover and a body of blocks; one plain template renders them all."""

    summary = models.TextField(
        "résumé", max_length=400, blank=True, help_text="Deux phrases pour les listes et les moteurs de recherche."
    )
    cover = models.ForeignKey(
        "cms.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image en tête",
    )
    body = StreamField(Body(), blank=True, verbose_name="contenu")
    share_image = models.ForeignKey(
        "cms.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image de partage",
        help_text="Celle que montrent les réseaux sociaux. Vide : l'image en tête.",
    )
    is_hidden_from_engines = models.BooleanField("cacher aux moteurs de recherche", default=False)

    base_form_class = SitePageForm
    copy_form_class = SitePageCopyForm
    tester: ClassVar[type[PagePermissionTester]] = PagePermissionTester
    show_in_menus_default = False
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("body"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("share_image"),
                FieldPanel("is_hidden_from_engines"),
            ],
            heading="Pour les moteurs de recherche et les partages",
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading="Pour les menus du site"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("plain_words"),
    ]

    class Meta:
        abstract = True

    @property
    def plain_words(self) -> str:
        """What is looked for in the page, without accents, where it has some: not every database finds é by e."""
        fields = [field for field in self.search_fields if isinstance(field, index.SearchField)]
        told = [field.get_value(self) for field in fields if field.field_name != "plain_words"]
        words = " ".join(part if isinstance(part, str) else " ".join(part) for part in told if part)
        plain = without_accents(words)
        return "" if plain == words else plain

    @transaction.atomic
    def publish(self, revision: Any, **kwargs: Any) -> None:
        """Publish together with all that follows from it, or not at all."""
        super().publish(revision, **kwargs)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What a person may do with the page in the admin."""
        return self.tester(user, self)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The one template of all pages."""
        return "cms/page.html"

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Point full links at the frontend where FRONTEND_URL names one, else at this server."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        return parts[0], settings.FRONTEND_URL or settings.BASE_URL, parts[2]

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str | None:
        """The page's address: absolute on a frontend, else the path on this server."""
        return address_of(self)

    url = property(get_url)
