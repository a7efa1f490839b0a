"""Pictures that editors upload, and the portraits of experts."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from loges.models import ExpertProfile


class Picture(AbstractImage):
    """An uploaded picture. `description` is for people who don't see it; `sizes` says where each named size is."""

    credit = models.CharField("crédit", max_length=120, blank=True)
    sizes = models.JSONField("tailles faites", default=dict, blank=True, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Peut choisir une image")]


class PictureRendition(AbstractRendition):
    """A picture in one of the named sizes of `cms.images`."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_size"
            )
        ]


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
