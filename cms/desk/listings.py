"""The lists of Wagtail's own: what they let somebody filter by, and which buttons they offer below."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import classproperty
from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.views.pages.search import SearchView

from cms.gate import LOOKING
from cms.models import LogePage
from cms.page_rights import WritersPolicy
from loges import permissions

OF_THE_NETWORK = ("owner", "edited_by", "site", "has_child_pages")
"""What pages are filtered by that only the team needs; the first two name everybody who ever wrote."""


FOR_PUBLISHERS = (PublishBulkAction, UnpublishBulkAction, DeleteBulkAction)
"""The buttons for many pages that need the right to publish them."""


def hide_the_network() -> None:
    """Keep the filters that tell names from those who aren't of the team."""
    made = PageFilterSet.__init__

    def init(filters: Any, *args: Any, **kwargs: Any) -> None:
        made(filters, *args, **kwargs)
        if not filters.request.user.is_staff:
            for name in OF_THE_NETWORK:
                filters.filters.pop(name, None)

    PageFilterSet.__init__ = init


def offer_what_is_allowed() -> None:
    """Offer to publish, unpublish and delete chosen pages to those who publish somewhere; Wagtail asks afterwards.

    Others may delete drafts alone, one by one: a button for many would refuse most of them.
    """
    known = bulk_action_registry.get_bulk_actions_for_model

    def offered(app_label: str, model_name: str) -> Iterable[Any]:
        actions: Iterable[Any] = known(app_label, model_name)
        if _publishes(LOOKING.get()):
            return actions
        return [action for action in actions if not issubclass(action, FOR_PUBLISHERS)]

    bulk_action_registry.get_bulk_actions_for_model = offered


def search_what_one_writes() -> None:
    """Look for pages among those that a person may edit, and offer no button for many: each kind has its own list."""
    everything = SearchView.columns

    def columns(view: type[SearchView]) -> list[Any]:
        person = LOOKING.get()
        is_team = person is None or person.is_staff
        return [column for column in everything if is_team or not isinstance(column, BulkActionsColumn)]

    SearchView.permission_policy = WritersPolicy()
    SearchView.columns = classproperty(columns)


def _publishes(person: Any) -> bool:
    """Whether the person may publish the pages of some loge as it stands now."""
    return person is None or person.is_staff or permissions.scope(LogePage.objects.all(), person, "publish").exists()
