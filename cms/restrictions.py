"""Pictures and documents of collections that aren't open to everybody. One rule, in SQL, for every door."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Collection, CollectionViewRestriction

from cms.models import Document, Picture
from cms.page_restrictions import groups_of


def passed(request: HttpRequest) -> frozenset[int]:
    """The restrictions whose password was given in this session. A request without a session has none."""
    session: Any = getattr(request, "session", {})
    return frozenset(session.get(CollectionViewRestriction.passed_view_restrictions_session_key, ()))


def hidden_collections(person: Any = None, passed: frozenset[int] = frozenset()) -> QuerySet[Any]:
    """The collections that this person may not look into: some restriction on them or above isn't satisfied.

    A subquery wherever it is used: it costs no statement of its own.
    """
    kinds, met = CollectionViewRestriction, Q(pk__in=passed, restriction_type=CollectionViewRestriction.PASSWORD)
    if person is not None and person.is_authenticated:
        groups = Q() if person.is_superuser else Q(groups__in=groups_of(person))
        met |= Q(restriction_type=kinds.LOGIN) | Q(Q(restriction_type=kinds.GROUPS) & groups)
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    unmet = kinds.objects.exclude(restriction_type=kinds.NONE).exclude(pk__in=kinds.objects.filter(met).values("pk"))
    above = unmet.annotate(below=path).filter(below__startswith=F("collection__path"))
    return Collection.objects.filter(Exists(above))


def visible(things: QuerySet[Any], person: Any = None, passed: frozenset[int] = frozenset()) -> QuerySet[Any]:
    """The pictures or documents among these that this person may see; nobody in particular by default."""
    return things.exclude(collection__in=hidden_collections(person, passed))


def visible_pictures(
    ids: Iterable[int], person: Any = None, passed: frozenset[int] = frozenset()
) -> dict[int, Picture]:
    """The pictures with these ids that this person may see, by id. One statement, none without ids."""
    wanted = set(ids)
    return {row.pk: row for row in visible(Picture.objects.filter(pk__in=wanted), person, passed)} if wanted else {}


def visible_documents(
    ids: Iterable[int], person: Any = None, passed: frozenset[int] = frozenset()
) -> dict[int, Document]:
    """The documents with these ids that this person may see, by id. One statement, none without ids.

    Each says as `is_private` whether a stranger may not see it: its address must then be signed.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    hidden = Exists(hidden_collections().filter(pk=OuterRef("collection_id")))
    rows = Document.objects.filter(pk__in=wanted).annotate(is_private=hidden)
    return {row.pk: row for row in visible(rows, person, passed)}
