"""Links on the screens of Wagtail's own that lead somewhere: to edit what one may, to add what can be added."""

from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.widgets import AdminTagWidget, chooser

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


def ask_no_keywords() -> None:
    """Make the field of keywords a plain one outside the team: it would look them up where it may not."""
    drawn = AdminTagWidget.get_context

    def get_context(widget: Any, *args: Any) -> dict[str, Any]:
        context: dict[str, Any] = drawn(widget, *args)
        person = LOOKING.get()
        if person is not None and not person.is_staff:
            del context["widget"]["attrs"]["data-controller"]
        return context

    AdminTagWidget.get_context = get_context
