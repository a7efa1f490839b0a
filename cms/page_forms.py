"""The form of every page: pictures come from where the editor may choose them."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry


class SitePageForm(WagtailAdminPageForm):
    """Refuses pictures of other loges, whichever way their number came into the form; those that stood there stay."""

    def clean(self) -> dict[str, Any]:
        """Ask of each new picture whether this person may choose it."""
        cleaned: dict[str, Any] = super().clean()
        before = {self.instance.cover_id, *_pictures(self.instance.body)}
        cover, body = cleaned.get("cover"), cleaned.get("body")
        if cover is not None and not self._may_use({cover.pk} - before):
            self.add_error("cover", "Cette image appartient à une autre loge.")
        if body is not None and not self._may_use(_pictures(body) - before):
            self.add_error("body", "Une de ces images appartient à une autre loge.")
        return cleaned

    def _may_use(self, ids: set[int]) -> bool:
        if not ids:
            return True
        model = get_image_model()
        policy = policy_registry.get_by_type(model)
        rows = policy.instances_user_has_any_permission_for(self.for_user, ["choose", "change"])
        return ids <= set(rows.filter(pk__in=ids).values_list("pk", flat=True))


def _pictures(body: Any) -> set[int]:
    raw = body.get_prep_value() if body else []
    return {int(block["value"]["picture"]) for block in raw if block["type"] == "image" and block["value"]["picture"]}
