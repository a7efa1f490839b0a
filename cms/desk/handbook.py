"""The handbook in the admin, for those who may read it: its chapters in order, a search in their whole text, and
what is proposed to it.

Wagtail's own lists and its page search show only what one may edit; a coordinator reads the handbook, and edits none
of it but what they propose.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms import page_words, queries
from cms.desk.proposals import LABEL, ProposalsView, ProposalView, ProposeView, may_propose
from cms.models import HandbookChapterPage


class _Chapter(TitleColumn):
    """The chapter, read on its own page."""

    def get_link_url(self, instance: HandbookChapterPage, parent_context: Any) -> str:
        address: str = instance.get_url(request=parent_context.get("request")) or ""
        return address


class _ProposeColumn(Column):
    """The way to change a chapter: to propose it."""

    cell_template_name = "cms/desk/propose_cell.html"

    def get_value(self, instance: HandbookChapterPage) -> str:
        return f"{reverse('handbook:propose')}?chapitre={instance.pk}"


class HandbookView(BaseListingView):
    """The chapters that the person may read, or those of them that hold all the words looked for."""

    page_title = LABEL
    header_icon = "help"
    index_url_name = "handbook:index"
    index_results_url_name = "handbook:results"
    results_template_name = "wagtailadmin/generic/index_results.html"
    verbose_name_plural = HandbookChapterPage._meta.verbose_name_plural
    is_searchable = True
    show_other_searches = True
    paginate_by = 50
    columns: ClassVar[list[Column]] = [
        _Chapter("title", label="Chapitre"),
        Column("part", label="Partie"),
        Column("summary", label="De quoi il parle"),
        _ProposeColumn("propose", label="Faire"),
    ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """What one may do here besides reading."""
        if not may_propose(self.request.user):
            return []
        return [
            HeaderButton("Proposer", reverse("handbook:propose"), icon_name="plus"),
            HeaderButton("Propositions", reverse("handbook:proposals"), icon_name="list-ul"),
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those to whom the handbook isn't open."""
        if queries.handbook(request.user) is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[HandbookChapterPage]:
        """The chapters in the order of the handbook, each told its part."""
        part = Page.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen))
        chapters = HandbookChapterPage.objects.filter(
            pk__in=queries.readable(HandbookChapterPage.objects.all(), self.request.user).values("pk")
        )
        return chapters.annotate(part=Subquery(part.values("title")[:1])).order_by("path")

    def search_queryset(self, queryset: QuerySet[HandbookChapterPage]) -> Any:
        """Those that hold every word, or its beginning, in title, body or checklist."""
        if not self.is_searching:
            return queryset
        words = page_words.asked(self.search_query)
        return get_search_backend().autocomplete(words, queryset, operator="and") if words else queryset.none()


class _ForReaders:
    """Shown to those to whom the handbook is open."""

    def is_shown(self, request: HttpRequest) -> bool:
        return queries.handbook(request.user) is not None


class HandbookMenuItem(_ForReaders, MenuItem):
    """Its place in the menu."""


class HandbookSearchArea(_ForReaders, SearchArea):
    """Its place beside the results of the admin's other searches."""


class HandbookViewSet(ViewSet):
    """Its addresses; each list alone, too, for a search that is being typed."""

    name = "handbook"
    url_prefix = "cahier"
    icon = "help"
    add_to_admin_menu = True
    menu_label = LABEL
    menu_order = 350
    menu_item_class = HandbookMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The chapters, a proposal begun, all proposals."""
        return [
            path("", HandbookView.as_view(), name="index"),
            path("results/", HandbookView.as_view(results_only=True), name="results"),
            path("proposer/", ProposeView.as_view(), name="propose"),
            path("propositions/", ProposalsView.as_view(), name="proposals"),
            path("propositions/<int:pk>/", ProposalView.as_view(), name="proposal"),
            path("propositions/results/", ProposalsView.as_view(results_only=True), name="proposals_results"),
        ]


def search_area() -> SearchArea:
    """The handbook among the places where the admin searches."""
    return HandbookSearchArea(LABEL, reverse("handbook:index"), name="handbook", icon_name="help", order=150)
