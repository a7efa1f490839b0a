"""Pictures and documents that somebody may see: those in no restricted collection, at whatever depth."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from cms.models import Picture
from loges.permissions import Viewer


def visible(rows: QuerySet[Any], person: Viewer) -> QuerySet[Any]:
    """Those of these pictures or documents that the person may see."""
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    above = CollectionViewRestriction.objects.annotate(below=path).filter(below__startswith=F("collection__path"))
    return rows.filter(~Exists(above))


def visible_pictures(ids: Iterable[int], person: Viewer) -> dict[int, Picture]:
    """Those of these pictures that the person may see, by id. One statement, none for no ids."""
    wanted = list(ids)
    rows = visible(Picture.objects.filter(pk__in=wanted), person) if wanted else []
    return {row.pk: row for row in rows}


def visible_documents(ids: Iterable[int], person: Viewer) -> dict[int, Any]:
    """Those of these documents that the person may see, by id. One statement, none for no ids."""
    wanted = list(ids)
    rows = visible(get_document_model().objects.filter(pk__in=wanted), person) if wanted else []
    return {row.pk: row for row in rows}
