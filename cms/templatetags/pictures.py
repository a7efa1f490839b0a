"""Pictures in the plain pages."""

from typing import Any

from django import template

from cms import images, restrictions
from cms.models import Picture

register = template.Library()


@register.inclusion_tag("cms/picture.html", takes_context=True)
def picture(
    context: Any, picture: Picture | None, size: str, alt: str = "", css: str = "", sizes: str = "100vw"
) -> dict[str, Any]:
    """A picture in one of the sizes of `cms.images`; nothing where the reader may not see it.

    `sizes` says how wide it is shown, as in HTML. One statement for all pictures of a request.
    """
    if picture is None or picture.collection_id in _hidden(context.get("request")):
        return {}
    found = images.files(picture, size)
    jpegs = found.pop("image/jpeg", [])
    return {
        "formats": [(mime_type, images.srcset(files)) for mime_type, files in found.items()],
        "srcset": images.srcset(jpegs),
        "shown": images.widest(picture, size),
        "alt": alt,
        "css": css,
        "sizes": sizes,
    }


def _hidden(request: Any) -> frozenset[int]:
    """The collections that the reader may not look into, read once for a request."""
    kept: frozenset[int] | None = getattr(request, "hidden_collections", None)
    if kept is None:
        passed = restrictions.passed(request) if request else frozenset()
        hidden = restrictions.hidden_collections(getattr(request, "user", None), passed)
        kept = frozenset(hidden.values_list("pk", flat=True))
        if request is not None:
            request.hidden_collections = kept
    return kept
