"""Pictures that editors upload, and the portraits of experts."""

from typing import Any

from django.core.files.base import File
from django.db import models
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.utils.file import hash_filelike

from cms import uploads
from cms.models.collections import loge_id_at
from loges.models import ExpertProfile


class CleanImageFile(WagtailImageFieldFile):
    """The one way into the storage: whichever door a picture comes by, it is checked and cleaned here."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store the cleaned picture. Raises ValidationError for what isn't an acceptable one."""
        clean = uploads.clean_picture(content, name)
        self.instance.file_size, self.instance.file_hash = clean.size, hash_filelike(clean)
        super().save(str(clean.name), clean, save)


class CleanImageField(WagtailImageField):
    """Wagtail's own, with clean files."""

    attr_class = CleanImageFile


class Picture(AbstractImage):
    """An uploaded picture. `description` is for people who don't see it.

    `sizes` says where its files are: preset, then media type, then `path`, `width` and `height` of each, smallest
    first. `cms.images` alone reads and writes it.
    """

    file = CleanImageField("fichier", upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(
        "crédit", max_length=120, blank=True, help_text="Qui nommer à côté de l'image : l'auteur, la source."
    )
    sizes = models.JSONField("tailles faites", default=dict, blank=True, editable=False)
    sizes_number = models.PositiveIntegerField(
        "combien de fois elles furent faites", default=0, db_default=0, editable=False
    )
    sizes_made_for = models.CharField(
        "pour quel fichier et quel point focal", max_length=160, blank=True, default="", db_default="", editable=False
    )
    placeholder = models.TextField("image d'attente", blank=True, default="", db_default="", editable=False)
    dominant_colour = models.CharField(
        "couleur dominante", max_length=7, blank=True, default="", db_default="", editable=False
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Peut choisir une image")]
        # The file's picture is looked up for each file that this server hands out.
        indexes = [models.Index(fields=["file"], name="picture_by_file")]

    @property
    def loge_id(self) -> int | None:
        """The loge whose picture this is. One statement, and one for the collection."""
        return loge_id_at(self.collection)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new file first: the row tells the size and the weight of the cleaned one."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
        super().save(*args, **kwargs)


class PictureRendition(AbstractRendition):
    """A picture as Wagtail's admin shows it. Readers get the sizes of `cms.images` instead."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_size"
            )
        ]
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]


class ExpertPortrait(models.Model):
    """The picture of an expert; without one, initials are shown."""

    expert = models.OneToOneField(
        ExpertProfile, on_delete=models.CASCADE, related_name="portrait", verbose_name="expert"
    )
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+", verbose_name="image")

    class Meta:
        verbose_name = "portrait"

    def __str__(self) -> str:
        return f"Portrait de {self.expert.person}"
