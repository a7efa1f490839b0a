"""Pictures in their named sizes."""

from typing import Annotated

import strawberry

from cms import images
from cms.models import Picture as PictureModel
from graphql_api.enums import ImageSize

Size = Annotated[ImageSize, strawberry.argument(description="In which size.")]


@strawberry.type
class FocalPoint:
    """What a picture is about: keep it in view when you cut, as CSS does by `object-position: {x}% {y}%`."""

    x: float
    """From the left, in percent of the width."""
    y: float
    """From the top, in percent of the height."""


@strawberry.type
class ImageSource:
    """A `<source>`: one format of a picture."""

    mime_type: str
    """For its `type`, e.g. `image/avif`."""
    srcset: str
    """For its `srcset`: addresses with their widths; never wider than the original."""


@strawberry.type
class ImageSources:
    """What a `<picture>` is made of: its `<source>` elements in order, then its `<img>`."""

    formats: list[ImageSource]
    """The formats beside JPEG, the smallest files first; none in the minute after an upload."""
    srcset: str
    """For the `srcset` of the `<img>`: JPEG, which every browser shows; empty where there is the original alone."""
    src: str
    """For the `src` of the `<img>`: the widest JPEG."""
    width: int
    """Width of `src`, in pixels."""
    height: int
    """Height of `src`, in pixels."""


@strawberry.type
class Image:
    """A picture. Addresses begin at the root of this server; nothing under them ever changes."""

    alt: str
    """What it shows, in French, for people who don't see it."""
    width: int
    """Width of the original, in pixels."""
    height: int
    """Height of the original, in pixels."""
    credit: str
    """Whom to name beside it; may be empty."""
    focal_point: FocalPoint | None
    """What the picture is about, where an editor said so."""
    placeholder: str | None
    """Twenty blurred pixels as a `data:` address of less than a kilobyte, to show while the picture loads."""
    dominant_color: str | None
    """Its commonest colour, as `#rrggbb`."""
    picture: strawberry.Private[PictureModel]

    @strawberry.field
    def url(self, size: Size) -> str:
        """The address of the widest JPEG in that size."""
        return images.widest(self.picture, size.value).url

    @strawberry.field
    def sources(self, size: Size) -> ImageSources:
        """All there is for a `<picture>` in that size."""
        found = images.files(self.picture, size.value)
        widest = images.widest(self.picture, size.value)
        jpegs = found.pop("image/jpeg", [])
        return ImageSources(
            formats=[
                ImageSource(mime_type=mime_type, srcset=images.srcset(files)) for mime_type, files in found.items()
            ],
            srcset=images.srcset(jpegs),
            src=widest.url,
            width=widest.width,
            height=widest.height,
        )


def image(picture: PictureModel, alt: str | None = None) -> Image:
    """A picture of the site in the schema's shape, with its own or another description.

    Whoever calls this has asked whether the person may see it: `cms.restrictions` knows.
    """
    return Image(
        alt=alt or picture.description or picture.title,
        width=picture.width,
        height=picture.height,
        credit=picture.credit,
        focal_point=_focal_point(picture),
        placeholder=picture.placeholder or None,
        dominant_color=picture.dominant_colour or None,
        picture=picture,
    )


def _focal_point(picture: PictureModel) -> FocalPoint | None:
    if picture.focal_point_x is None or picture.focal_point_y is None:
        return None
    x, y = picture.focal_point_x / picture.width, picture.focal_point_y / picture.height
    return FocalPoint(x=round(100 * x, 1), y=round(100 * y, 1))
