"""Links on the screens of Wagtail's own that lead somewhere: to edit what one may, to add what can be added."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms.models import WagtailAdminDraftStateFormMixin
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.widgets import chooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.gate import LOOKING


class EditorsURLFinder(AdminURLFinder):
    """Knows who looks."""

    def __init__(self, user: Any = None) -> None:
        super().__init__(user or LOOKING.get())


def ask_who_looks() -> None:
    """Make all choosers offer to edit only what the person may; Wagtail's offer it to everybody."""
    chooser.AdminURLFinder = EditorsURLFinder


def offer_what_can_be_added() -> None:
    """Make the lists of one type offer a new page only where one can be added: there is one home, a loge is made."""

    def asking(offered: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
        def get_add_url(view: Any) -> str | None:
            url = offered(view)
            return url if url and _can_be_added(view.model, view.request.user) else None

        return get_add_url

    for listing in (ContentTypeUseView, IndexView):
        listing.get_add_url = asking(listing.get_add_url)


def _can_be_added(model: Any, person: Any) -> bool:
    """Whether there is a page below which a person may add one of that kind. Asked until one is found."""
    allowed = Page.objects.exact_type(*model.allowed_parent_page_models())
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(person, "add")
    places = (allowed & own).specific(defer=True).iterator() if model.is_creatable else ()
    return any(model.can_create_at(at) and at.permissions_for_user(person).can_add_subpage() for at in places)


def offer_days_that_are_asked() -> None:
    """Make forms offer to schedule a page when they have the fields; Wagtail asks their class, which has them."""
    toggle = property(lambda form: "go_live_at" in form.fields)
    WagtailAdminDraftStateFormMixin.show_schedule_publishing_toggle = toggle
