"""Keywords of pictures and documents: how they are typed, and which ones somebody is offered."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from taggit.models import Tag, TaggedItem
from wagtail.admin import filters
from wagtail.admin.widgets import AdminTagWidget
from wagtail.images.views import chooser
from wagtail.permissions import policy_registry

from cms.gate import LOOKING


def read(text: str) -> list[str]:
    """Keywords with commas between, each of one word or more; quotes around them, as Wagtail writes them, go."""
    return sorted({word for part in text.split(",") if (word := part.strip().strip('"').strip())})


def ask_none() -> None:
    """Make the field of keywords a plain one outside the team: it would look them up where it may not."""
    drawn = AdminTagWidget.get_context

    def get_context(widget: Any, *args: Any) -> dict[str, Any]:
        context: dict[str, Any] = drawn(widget, *args)
        person = LOOKING.get()
        if person is not None and not person.is_staff:
            del context["widget"]["attrs"]["data-controller"]
        context["widget"]["help_text"] = "Séparés par des virgules."
        return context

    AdminTagWidget.get_context = get_context


def offer_ones_own() -> None:
    """Make lists and choosers offer the commonest keywords of what a person may choose, not those of other loges."""
    known = filters.popular_tags_for_model

    def popular(model: Any, count: int = 10) -> Any:
        person = LOOKING.get()
        if person is None or person.is_staff:
            return known(model, count)
        own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(person, ["choose", "change"])
        tagged = TaggedItem.objects.filter(
            content_type=ContentType.objects.get_for_model(model), object_id__in=own.values("pk")
        )
        times = Count("taggit_taggeditem_items")
        return (
            Tag.objects.filter(taggit_taggeditem_items__in=tagged).annotate(times=times).order_by("-times", "name")
        )[:count]

    filters.popular_tags_for_model = chooser.popular_tags_for_model = popular
