"""Pictures in their named sizes."""

from typing import Annotated

import strawberry

from cms import images
from cms.models import Picture as PictureModel
from graphql_api.enums import ImageSize


@strawberry.type
class Image:
    """A picture."""

    alt: str
    """What it shows, in French, for people who don't see it."""
    width: int
    """Width of the original, in pixels."""
    height: int
    """Height of the original, in pixels."""
    credit: str
    """Whom to name beside it; may be empty."""
    urls: strawberry.Private[dict[str, str]]
    original: strawberry.Private[str]

    @strawberry.field
    def url(self, size: Annotated[ImageSize, strawberry.argument(description="In which size.")]) -> str:
        """The address of the picture in that size, or of the original where the size doesn't suit the picture."""
        return self.urls.get(size.value, self.original)


def image(picture: PictureModel, alt: str | None = None) -> Image:
    """A picture of the site in the schema's shape, with its own or another description."""
    return Image(
        alt=alt or picture.description or picture.title,
        width=picture.width,
        height=picture.height,
        credit=picture.credit,
        urls=images.urls(picture),
        original=picture.file.url,
    )
