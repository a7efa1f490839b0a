"""Pictures in a few named sizes, made when a picture is uploaded and never by a reader's query."""

from collections.abc import Iterable

from cms.models import Picture, PictureRendition

PRESETS = {
    "SQUARE": "fill-400x400|format-jpeg",
    "CARD": "fill-800x450|format-jpeg",
    "WIDE": "width-1600|format-jpeg",
}
"""Size name -> Wagtail filter: a square for portraits, a 16:9 card, the full width of a page."""


def presets_for(picture: Picture) -> list[str]:
    """The sizes that make sense for a picture: a square one is a portrait, any other an illustration."""
    return ["SQUARE"] if picture.width == picture.height else ["CARD", "WIDE"]


def make_renditions(picture: Picture) -> None:
    """Make the sizes of one picture."""
    picture.get_renditions(*(PRESETS[name] for name in presets_for(picture)))


def renditions(picture_ids: Iterable[int]) -> dict[int, dict[str, PictureRendition]]:
    """The sizes that exist, by picture and size name. One statement, none without pictures."""
    names = {spec: name for name, spec in PRESETS.items()}
    found: dict[int, dict[str, PictureRendition]] = {pk: {} for pk in picture_ids}
    if found:
        for rendition in PictureRendition.objects.filter(image_id__in=found, filter_spec__in=names):
            found[rendition.image_id][names[rendition.filter_spec]] = rendition
    return found
