"""Links on the screens of Wagtail's own that lead somewhere: to edit what one may, to add what can be added."""

from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms.models import WagtailAdminDraftStateFormMixin
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.widgets import chooser

from cms.gate import LOOKING


class EditorsURLFinder(AdminURLFinder):
    """Knows who looks."""

    def __init__(self, user: Any = None) -> None:
        super().__init__(user or LOOKING.get())


def ask_who_looks() -> None:
    """Make all choosers offer to edit only what the person may; Wagtail's offer it to everybody."""
    chooser.AdminURLFinder = EditorsURLFinder


def offer_what_can_be_added() -> None:
    """Make the lists of one type offer no new page of a type that nobody makes by hand, such as a loge's."""
    offered = ContentTypeUseView.get_add_url

    def get_add_url(view: Any) -> str | None:
        url: str = offered(view)
        return url if view.model.is_creatable else None

    ContentTypeUseView.get_add_url = get_add_url


def offer_days_that_are_asked() -> None:
    """Make forms offer to schedule a page when they have the fields; Wagtail asks their class, which has them."""
    toggle = property(lambda form: "go_live_at" in form.fields)
    WagtailAdminDraftStateFormMixin.show_schedule_publishing_toggle = toggle
