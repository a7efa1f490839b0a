"""What OpenLoge changes in Wagtail's admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy

from cms.models import Picture
from cms.page_rights import LogeCollectionPolicy, LogePagePolicy

# Before anything asks for a policy: Wagtail keeps the first answer.
register_permission_policy(AbstractPage, LogePagePolicy())
register_permission_policy(Picture, LogeCollectionPolicy(Picture, Image), exact_class=True)
register_permission_policy(
    Document,
    LogeCollectionPolicy(Document, Document),
    exact_class=True,
)


def colours() -> SafeString:
    """The project's colours and small corrections."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


hooks.register("insert_global_admin_css", colours)


def shorten_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what is for administrators: reports, and help about Wagtail itself."""
    if not request.user.is_staff:
        menu_items[:] = [item for item in menu_items if item.name not in {"reports", "help"}]


hooks.register("construct_main_menu", shorten_menu)
