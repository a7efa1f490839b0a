"""The form of a document in the admin."""

from wagtail.documents.forms import BaseDocumentForm

from cms.image_forms import show_what_is_stored


class DocumentForm(BaseDocumentForm):
    """Wagtail's own, which goes on showing the stored file while a new one is refused."""

    def _post_clean(self) -> None:
        super()._post_clean()
        show_what_is_stored(self)
