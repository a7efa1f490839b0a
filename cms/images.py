"""Pictures in a few named sizes, made when a picture is uploaded and never by a reader's query."""

from cms.models import Picture

PRESETS = {
    "SQUARE": "fill-400x400|format-jpeg",
    "CARD": "fill-800x450|format-jpeg",
    "WIDE": "width-1600|format-jpeg",
}
"""Size name -> Wagtail filter: a square for portraits, a 16:9 card, the full width of a page."""


def presets_for(picture: Picture) -> list[str]:
    """The sizes that make sense for a picture: a square one is a portrait, any other an illustration."""
    return ["SQUARE"] if picture.width == picture.height else ["CARD", "WIDE"]


def make_sizes(picture: Picture) -> None:
    """Make the sizes of a picture and write down, on its own row, where they are."""
    made = {name: picture.get_rendition(PRESETS[name]).file for name in presets_for(picture)}
    picture.sizes = {name: file.name for name, file in made.items()}
    Picture.objects.filter(pk=picture.pk).update(sizes=picture.sizes)
    for file in (picture.file, *made.values()):
        file.close()


def urls(picture: Picture) -> dict[str, str]:
    """The addresses of the sizes there are, by name. No statement: they stand on the picture's row."""
    return {name: picture.file.storage.url(path) for name, path in picture.sizes.items()}
