"""The events in the admin: those of the loges in which a person writes, drafts included, with their next date."""

from typing import Any, ClassVar

from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from cms.models import EventPage
from cms.templatetags.pages import in_french
from loges import clock, queries


class NextDateColumn(Column):
    """When an event takes place next."""

    def get_value(self, instance: Any) -> str:
        """Its day and hour, in French; nothing to come says so."""
        if instance.next_at is None:
            return "aucune" if instance.live else "à publier d'abord"
        return in_french(timezone.localtime(instance.next_at), "l j F Y, G \\h i")


class EventsView(IndexView):
    """The list: one statement more for the next dates."""

    results_template_name = "cms/desk/events.html"
    base_columns: ClassVar[list[Column]] = [
        *IndexView.base_columns[:2],
        NextDateColumn("next", label="Prochaine date"),
        *IndexView.base_columns[2:],
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        dates = queries.next_dates((page.event_id for page in pages), since=clock.now())
        for page in context["object_list"]:
            page.next_at = dates.get(page.event_id)
        return context


class EventsViewSet(PageListingViewSet):
    """Its addresses."""

    name = "events"
    url_prefix = "evenements"
    model = EventPage
    index_view_class = EventsView
    icon = "calendar-alt"
    menu_label = "Événements"
    menu_order = 200
    add_to_admin_menu = True
