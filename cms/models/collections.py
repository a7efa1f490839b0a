"""Where the pictures and documents of a loge lie."""

from django.db import models
from django.db.models import CharField, F, Value
from wagtail.models import Collection

from loges.models import Loge


class LogeCollection(models.Model):
    """The folder of a loge's own images and documents."""

    loge = models.OneToOneField(Loge, on_delete=models.CASCADE, related_name="collection", verbose_name="loge")
    collection = models.OneToOneField(
        Collection, on_delete=models.PROTECT, related_name="+", verbose_name="collection"
    )

    class Meta:
        verbose_name = "collection de loge"
        verbose_name_plural = "collections de loge"

    def __str__(self) -> str:
        return self.collection.name


def loge_id_at(collection: Collection) -> int | None:
    """The loge whose collection this is, or lies above it. One statement."""
    at = Value(collection.path, output_field=CharField())
    above = LogeCollection.objects.alias(at=at).filter(at__startswith=F("collection__path"))
    return above.values_list("loge_id", flat=True).first()
