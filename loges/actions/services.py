"""The taxonomy of services, and the words that residents use."""

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.db import transaction
from django.db.models import F

from loges import permissions, signals
from loges.models import (
    AmbiguousChoice,
    AmbiguousTerm,
    ForeignPhrase,
    Service,
    ServiceFamily,
    ServicePhrase,
    VocabularyVersion,
)
from loges.permissions import Viewer

Words = TypeVar("Words", ServiceFamily, Service, AmbiguousTerm, ForeignPhrase)

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "taxonomy.yaml"
"""The taxonomy that every installation starts with."""


@transaction.atomic
def load(reference: dict[str, Any] | None = None) -> int:
    """Bring the database up to the reference taxonomy; answers how many services there are.

    Idempotent, and it never takes away: words and services added by the team stay.
    """
    data = reference if reference is not None else _reference()
    families = {}
    for position, row in enumerate(data["families"]):
        families[row["slug"]], _ = ServiceFamily.objects.update_or_create(
            slug=row["slug"], defaults={"name": row["name"], "icon": row.get("icon", ""), "position": position}
        )
    services = {}
    for position, row in enumerate(data["services"]):
        low, high = row.get("advised_price_cents") or (None, None)
        services[row["slug"]], _ = Service.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "family": families[row["family"]],
                "name": row["name"],
                "unit": row["unit"],
                "sap": row["sap"],
                "legal_note": row.get("legal_note", ""),
                "advised_min_cents": low,
                "advised_max_cents": high,
                "is_often_by_coordinator": row.get("often_coordinator", False),
                "position": position,
            },
        )
    _load_words(data, services)
    _told()
    return len(services)


@cache
def _reference() -> dict[str, Any]:
    """The file, read once; in C where there is a compiled reader."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(REFERENCE.read_text(encoding="utf-8"), Loader=loader)
    return found


def _load_words(data: dict[str, Any], services: dict[str, Service]) -> None:
    rows = [
        ServicePhrase(service=services[row["slug"]], kind=kind, text=text)
        for row in data["services"]
        for kind, texts in (("SYNONYM", row["synonyms"]), ("SAID", row["phrases"]))
        for text in texts
    ]
    ServicePhrase.objects.bulk_create(rows, ignore_conflicts=True)
    ForeignPhrase.objects.bulk_create([ForeignPhrase(text=text) for text in data["not_us"]], ignore_conflicts=True)
    for row in data["ambiguous_terms"]:
        term, _ = AmbiguousTerm.objects.update_or_create(term=row["term"], defaults={"question": row["question"]})
        for position, slug in enumerate(row["services"]):
            AmbiguousChoice.objects.update_or_create(
                term=term, service=services[slug], defaults={"position": position}
            )


@transaction.atomic
def write(*, by: Viewer, words: Words) -> Words:
    """Save a family, a service with its phrases, an ambiguous term with its choices, or a foreign phrase.

    Raises ValidationError, NotAllowed.
    """
    permissions.check(by, "write", words)
    words.full_clean()
    words.save()
    _told()
    return words


@transaction.atomic
def remove(*, by: Viewer, words: Words) -> None:
    """Take one of them away. Raises ProtectedError while experts offer the service, NotAllowed."""
    permissions.check(by, "write", words)
    words.delete()
    _told()


@transaction.atomic
def add_phrase(*, service: Service, text: str, kind: str = ServicePhrase.Kind.SAID) -> ServicePhrase:
    """Add words that call for a service. Raises ValidationError when they are there already."""
    phrase = ServicePhrase(service=service, kind=kind, text=text.strip())
    phrase.full_clean()
    phrase.save()
    _told()
    return phrase


@transaction.atomic
def remove_phrase(*, phrase: ServicePhrase) -> None:
    """Take words away from a service."""
    phrase.delete()
    _told()


def _told() -> None:
    version, _ = VocabularyVersion.objects.get_or_create(pk=1)
    VocabularyVersion.objects.filter(pk=version.pk).update(number=F("number") + 1)
    signals.vocabulary_changed.send(Service)
