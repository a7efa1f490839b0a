"""What OpenLoge changes in Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy

from cms.models import Picture
from cms.page_rights import LogeCollectionPolicy, LogePagePolicy

# Before anything asks for a policy: Wagtail keeps the first answer.
register_permission_policy(AbstractPage, LogePagePolicy())
register_permission_policy(
    Picture, LogeCollectionPolicy(Picture, auth_model=Image, owner_field_name="uploaded_by_user"), exact_class=True
)
register_permission_policy(
    Document,
    LogeCollectionPolicy(Document, auth_model=Document, owner_field_name="uploaded_by_user"),
    exact_class=True,
)


def colours() -> SafeString:
    """The project's colours and small corrections."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


hooks.register("insert_global_admin_css", colours)
