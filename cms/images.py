"""Pictures in a few named sizes, made when a picture is uploaded and never by a reader's query.

JPEG files stand there as soon as the picture does; a task makes the other formats, which take longer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images.models import Filter
from wagtail.images.rect import Rect

from cms import renders
from cms.models import Picture
from cms.renders import ENCODINGS, Cut


@dataclass(frozen=True, slots=True)
class Preset:
    """A named size: its widths in pixels, its shape (width, height) or None for the picture's own, its formats."""

    widths: tuple[int, ...]
    shape: tuple[int, int] | None
    description: str
    mime_types: tuple[str, ...] = tuple(ENCODINGS)

    def filter(self, width: int) -> Filter:
        """Wagtail's words for it: the geometry, which keeps the focal point in view, is Wagtail's."""
        if self.shape is None:
            return Filter(f"width-{width}")
        return Filter(f"fill-{width}x{round(width * self.shape[1] / self.shape[0])}")


PRESETS = {
    "SQUARE": Preset((200, 400), (1, 1), "A square, 200 and 400 pixels wide: portraits."),
    "CARD": Preset((480, 800), (16, 9), "16:9, 480 and 800 pixels wide: cards and lists."),
    "WIDE": Preset((800, 1600), None, "Uncut, 800 and 1600 pixels wide: the full width of a page."),
    "SHARE": Preset((1200,), (40, 21), "1200 by 630 pixels, JPEG alone: what social networks show.", ("image/jpeg",)),
}
AT_ONCE = ("image/jpeg",)
"""The formats that are made while the editor waits."""


@dataclass(frozen=True, slots=True)
class SizedFile:
    """One file of a picture: its address, and its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Order:
    """The files that a picture lacks: for each its preset and its cut."""

    presets: list[str]
    cuts: list[Cut]


def wanted(picture: Picture) -> dict[str, dict[tuple[int, int], tuple[int, int, int, int]]]:
    """What a picture should have: preset -> size -> the part of the original. Nothing larger than the original."""
    found = {}
    for name, preset in PRESETS.items():
        transforms = [preset.filter(width).get_transform(picture) for width in preset.widths]
        found[name] = {tuple(round(side) for side in t.size): _within(picture, t.get_rect()) for t in transforms}
    return found


def _within(picture: Picture, part: Rect) -> tuple[int, int, int, int]:
    """A part of a picture in whole pixels: rounding would put some a pixel outside."""
    left, top, right, bottom = part.round()
    return max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)


def order(picture: Picture, mime_types: Sequence[str] = tuple(ENCODINGS)) -> Order:
    """The files that a picture should have in these formats and hasn't."""
    names, cuts = [], []
    for name, boxes in wanted(picture).items():
        for mime_type in (kind for kind in mime_types if kind in PRESETS[name].mime_types):
            there = {(file["width"], file["height"]) for file in _files(picture, name, mime_type)}
            missing = [Cut(box, size, mime_type) for size, box in boxes.items() if size not in there]
            names += [name] * len(missing)
            cuts += missing
    return Order(names, cuts)


def is_outdated(picture: Picture) -> bool:
    """Whether its sizes are of another file, of another focal point or of presets that have changed since."""
    there = {
        name: [(file["width"], file["height"]) for file in formats.get("image/jpeg", [])]
        for name, formats in picture.sizes.items()
    }
    return picture.sizes_made_for != made_for(picture) or there != {
        name: list(boxes) for name, boxes in wanted(picture).items()
    }


def original(picture: Picture) -> bytes:
    """The picture's own file."""
    with picture.file.storage.open(picture.file.name) as file:
        content: bytes = file.read()
    return content


def follow(picture: Picture) -> bool:
    """Make the sizes of a new picture, of a new file or of a new focal point; answer whether there was a need."""
    if picture.sizes_made_for == made_for(picture):
        return False  # not asked of the presets: they change with a release, and `make_picture_sizes` follows
    make_anew(picture)
    return True


def made_for(picture: Picture) -> str:
    """What the sizes of a picture depend on: its file and its focal point."""
    focus = (picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height)
    return " ".join(str(part) for part in (picture.file.name, *focus) if part is not None)


def make_anew(picture: Picture) -> None:
    """Make what is shown at once, and write it on the picture's row. The files of before go after the commit."""
    stale, content = paths(picture), original(picture)
    picture.sizes, picture.sizes_number = {}, picture.sizes_number + 1
    picture.sizes_made_for = made_for(picture)
    picture.placeholder, picture.dominant_colour = renders.impression(content)
    wanted = order(picture, AT_ONCE)
    keep(picture, wanted, renders.render(content, wanted.cuts))
    Picture.objects.filter(pk=picture.pk).update(
        sizes=picture.sizes,
        sizes_number=picture.sizes_number,
        sizes_made_for=picture.sizes_made_for,
        placeholder=picture.placeholder,
        dominant_colour=picture.dominant_colour,
    )
    transaction.on_commit(lambda: forget(picture, stale))


def complete(picture: Picture) -> None:
    """Make all that is still missing, unless the picture changed meanwhile: then another call does."""
    wanted = order(picture)
    if wanted.cuts:
        deliver(picture, wanted, renders.render(original(picture), wanted.cuts))


def deliver(picture: Picture, wanted: Order, contents: Iterable[bytes]) -> None:
    """Store what was ordered and write it on the picture's row. One statement."""
    made = keep(picture, wanted, contents)
    same = Picture.objects.filter(pk=picture.pk, sizes_number=picture.sizes_number)
    if not same.update(sizes=picture.sizes):
        forget(picture, made)


def keep(picture: Picture, wanted: Order, contents: Iterable[bytes]) -> list[str]:
    """Store the files, add them to `picture.sizes` and answer their paths.

    A path holds the picture's id and a number that grows with every change: no address ever shows another picture.
    """
    made = []
    for name, cut, content in zip(wanted.presets, wanted.cuts, contents, strict=True):
        width, height = cut.size
        folder, ending = f"pictures/{picture.pk}/{picture.sizes_number}", ENCODINGS[cut.mime_type].ending
        path = f"{folder}/{name.lower()}-{width}.{ending}"
        picture.file.storage.delete(path)  # of a run that was interrupted
        path = picture.file.storage.save(path, ContentFile(content))
        formats = picture.sizes.setdefault(name, {})
        formats.setdefault(cut.mime_type, []).append({"path": path, "width": width, "height": height})
        made.append(path)
    return made


def _files(picture: Picture, size: str, mime_type: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = picture.sizes.get(size, {}).get(mime_type, [])
    return found


def paths(picture: Picture) -> list[str]:
    """Where the sizes of a picture are stored."""
    return [file["path"] for formats in picture.sizes.values() for files in formats.values() for file in files]


def forget(picture: Picture, stale: Iterable[str]) -> None:
    """Delete files of a picture that nothing names any more."""
    for path in stale:
        picture.file.storage.delete(path)


def files(picture: Picture, size: str) -> dict[str, list[SizedFile]]:
    """The files of a picture in one size, by media type, smallest first. No statement: they stand on its row."""
    url = picture.file.storage.url
    found = {
        mime_type: [
            SizedFile(url(file["path"]), file["width"], file["height"]) for file in _files(picture, size, mime_type)
        ]
        for mime_type in ENCODINGS
    }
    return {mime_type: listed for mime_type, listed in found.items() if listed}


def widest(picture: Picture, size: str) -> SizedFile:
    """The widest JPEG of a picture in one size; the original where it was never made. No statement."""
    jpegs = files(picture, size).get("image/jpeg")
    return jpegs[-1] if jpegs else SizedFile(picture.file.url, picture.width, picture.height)


def srcset(listed: Iterable[SizedFile]) -> str:
    """The files as HTML's `srcset` names them: each address with its width."""
    return ", ".join(f"{file.url} {file.width}w" for file in listed)
