"""Pictures in the plain pages."""

from typing import Any

from django import template

from cms import images, plain
from cms.models import Picture

register = template.Library()


@register.inclusion_tag("cms/picture.html", takes_context=True)
def picture(
    context: Any, picture: Picture | None, size: str, alt: str = "", css: str = "", sizes: str = "100vw"
) -> dict[str, Any]:
    """A picture in one of the sizes of `cms.images`; nothing where the reader may not see it.

    `sizes` says how wide it is shown, as in HTML. One statement for all pictures of a request.
    """
    if picture is None or picture.collection_id in plain.hidden_collections(context.get("request")):
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
