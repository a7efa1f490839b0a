"""The form of every page: what it names, its editor may choose."""

from typing import Any

from django.core.validators import MaxLengthValidator
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.blocks import PageChooserBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.block_tree import references
from cms.page_rights import EditorsPageTester, choosable
from loges import clock
from loges.recurrence import local_day


class SitePageCopyForm(CopyForm):
    """Copies a page as a new one. No alias: two pages can't speak for one event, and few may make others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        for name in ("new_title", "new_slug"):
            limit = self.page._meta.get_field(name.removeprefix("new_")).max_length
            self.fields[name].validators.append(MaxLengthValidator(limit))
            self.fields[name].widget.attrs["maxlength"] = limit


class SitePageForm(WagtailAdminPageForm):
    """Refuses files and drafts of other loges, whichever way their number came into the form; what stood there stays.

    A draft that is named is told by its title whenever the form is opened. A day to publish it, or to take it off
    again, is asked only of those who may do so.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None and not self._may_schedule():
            for name in ("go_live_at", "expire_at"):
                self.fields.pop(name, None)

    def _may_schedule(self) -> bool:
        if self.instance.pk is None:
            return bool(self.parent_page.permissions_for_user(self.for_user).can_publish_subpage())
        tester = self.instance.permissions_for_user(self.for_user)
        return bool(tester.can_schedule() if isinstance(tester, EditorsPageTester) else tester.can_publish())

    def clean(self) -> dict[str, Any]:
        """Ask of each new picture, document and page whether this person may choose it."""
        cleaned: dict[str, Any] = super().clean()
        page, stood, named = self.instance, references(self.instance.body), references(cleaned.get("body"))
        stood[ImageChooserBlock] |= {page.cover_id, page.share_image_id}
        new = {kind: named[kind] - stood[kind] for kind in named}
        for name in ("cover", "share_image"):
            picture = cleaned.get(name)
            if picture is not None and not self._may_use(get_image_model(), {picture.pk} - stood[ImageChooserBlock]):
                self.add_error(name, "Cette image appartient à une autre loge.")
        if not self._may_use(get_image_model(), new[ImageChooserBlock]):
            self.add_error("body", "Une de ces images appartient à une autre loge.")
        if not self._may_use(get_document_model(), new[DocumentChooserBlock]):
            self.add_error("body", "Un de ces documents appartient à une autre loge.")
        linked = Page.objects.filter(pk__in=new[PageChooserBlock])
        if new[PageChooserBlock] and choosable(linked, self.for_user).count() < len(new[PageChooserBlock]):
            self.add_error("body", "Un lien mène à une page qui n'est pas publiée.")
        return cleaned

    def _may_use(self, model: Any, ids: set[int]) -> bool:
        if not ids:
            return True
        policy = policy_registry.get_by_type(model)
        rows = policy.instances_user_has_any_permission_for(self.for_user, ["choose", "change"])
        return ids <= set(rows.filter(pk__in=ids).values_list("pk", flat=True))


class DatedPageForm(SitePageForm):
    """Dates what is new today, until somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.initial.get("published_on"):
            self.initial["published_on"] = local_day(clock.now())
