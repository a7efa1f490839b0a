"""The form of every page: pictures and documents come from where the editor may choose them."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.permissions import policy_registry

from cms.block_tree import chosen_ids


class SitePageForm(WagtailAdminPageForm):
    """Refuses files of other loges, whichever way their number came into the form; those that stood there stay."""

    def clean(self) -> dict[str, Any]:
        """Ask of each new picture and document whether this person may choose it."""
        cleaned: dict[str, Any] = super().clean()
        page, body = self.instance, cleaned.get("body")
        before = {page.cover_id, page.share_image_id, *chosen_ids(page.body, ImageChooserBlock)}
        for name in ("cover", "share_image"):
            picture = cleaned.get(name)
            if picture is not None and not self._may_use(get_image_model(), {picture.pk} - before):
                self.add_error(name, "Cette image appartient à une autre loge.")
        if not self._may_use(get_image_model(), chosen_ids(body, ImageChooserBlock) - before):
            self.add_error("body", "Une de ces images appartient à une autre loge.")
        documents = chosen_ids(body, DocumentChooserBlock) - chosen_ids(page.body, DocumentChooserBlock)
        if not self._may_use(get_document_model(), documents):
            self.add_error("body", "Un de ces documents appartient à une autre loge.")
        return cleaned

    def _may_use(self, model: Any, ids: set[int]) -> bool:
        if not ids:
            return True
        policy = policy_registry.get_by_type(model)
        rows = policy.instances_user_has_any_permission_for(self.for_user, ["choose", "change"])
        return ids <= set(rows.filter(pk__in=ids).values_list("pk", flat=True))
