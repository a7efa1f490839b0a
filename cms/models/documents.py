"""Documents that editors upload."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.utils.file import hash_filelike

from cms import uploads
from cms.models.collections import loge_id_at
from loges import clock


class CheckedFile(FieldFile):
    """The one way into the storage: whichever door a document comes by, it is checked here."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store the document under a plain name. Raises ValidationError for what isn't an acceptable one."""
        uploads.check_document(content, name)
        document: Any = self.instance
        document.file_size, document.file_hash = content.size, hash_filelike(content)
        document.updated_at = clock.now()
        super().save(uploads.plain_name(name), content, save)


class CheckedFileField(models.FileField):
    """Django's own, with checked files."""

    attr_class = CheckedFile


class Document(AbstractDocument):
    """An uploaded document. `updated_at` is when its file came."""

    file = CheckedFileField("fichier", upload_to="documents")
    tags = TaggableManager("mots-clés", blank=True, help_text=None, related_name="site_documents")
    updated_at = models.DateTimeField("fichier reçu", editable=False)

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        default_related_name = "site_documents"  # Wagtail's own Document, which stays unused, has taken the usual one
        permissions = [("choose_document", "Peut choisir un document")]

    @property
    def loge_id(self) -> int | None:
        """The loge whose document this is. One statement, and one for the collection."""
        return loge_id_at(self.collection)

    def clean(self) -> None:
        """Check a new file while the form can still say what is wrong with it; of no file, its field says enough."""
        file: Any = self.file
        if not file:
            return
        super().clean()
        if not file._committed:
            try:
                uploads.check_document(file.file, file.name)
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new file first: the row tells its weight and when it came."""
        file: Any = self.file
        if file and not file._committed:
            file.save(file.name, file.file, save=False)
        super().save(*args, **kwargs)
