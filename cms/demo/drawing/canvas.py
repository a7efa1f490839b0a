"""A drawing surface in final pixels, drawn larger and reduced for smooth edges, and the palette of the project."""

import hashlib
import io
import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias, TypeVar

from PIL import Image, ImageColor, ImageDraw, ImageFilter

Colour: TypeAlias = tuple[int, int, int] | tuple[int, int, int, int]
Point: TypeAlias = tuple[float, float]
Choice = TypeVar("Choice")

TEAL, TERRACOTTA, CREAM, MUSTARD, SAGE = "#17494D", "#C8553D", "#FBF3E4", "#E3A72F", "#8FB09A"
INK, NIGHT, BLUE, PLUM, BRICK = "#12302F", "#0F3336", "#3B6E8C", "#7A4459", "#A8452F"
SAND, PEACH, SKY, STONE, WOOD = "#EAD9B5", "#F2C6A0", "#CFE3DF", "#D9CBB0", "#8A5A3C"


def rgb(colour: str | Colour) -> tuple[int, int, int]:
    """The red, green and blue of a colour written as "#RRGGBB" or already a tuple."""
    if isinstance(colour, str):
        return ImageColor.getrgb(colour)[:3]
    return colour[:3]


def mix(first: str | Colour, second: str | Colour, share: float) -> tuple[int, int, int]:
    """The colour at `share` (0 to 1) of the way from the first to the second."""
    a, b = rgb(first), rgb(second)
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def dark(colour: str | Colour, share: float = 0.25) -> tuple[int, int, int]:
    """The colour in shade."""
    return mix(colour, NIGHT, share)


def light(colour: str | Colour, share: float = 0.25) -> tuple[int, int, int]:
    """The colour in the sun."""
    return mix(colour, "#FFFAF0", share)


def veil(colour: str | Colour, opacity: float) -> tuple[int, int, int, int]:
    """The colour made translucent; opacity from 0 to 1."""
    red, green, blue = rgb(colour)
    return (red, green, blue, round(opacity * 255))


class Chance:
    """Choices that depend on a name only: the same name always gives the same picture."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = 0

    def number(self, low: float, high: float) -> float:
        """The next number between low and high."""
        self._drawn += 1
        digest = hashlib.sha256(f"{self._name}/{self._drawn}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:4], "big") / 0xFFFFFFFF

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """The next choice among several."""
        return choices[min(int(self.number(0, len(choices))), len(choices) - 1)]


def bezier(start: Point, first: Point, second: Point, end: Point, steps: int = 24) -> list[Point]:
    """Points along a cubic curve."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x = a * start[0] + b * first[0] + c * second[0] + d * end[0]
        y = a * start[1] + b * first[1] + c * second[1] + d * end[1]
        points.append((x, y))
    return points


def smooth(points: Sequence[Point], steps: int = 14) -> list[Point]:
    """A closed curve that passes through the points, in order."""
    count, curve = len(points), []
    for i in range(count):
        before, here, there, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        curve += bezier(here, first, second, there, steps)[:-1]
    return curve


def _trace(draw: ImageDraw.ImageDraw, points: list[Point], fill: str | Colour | int, radius: float) -> None:
    draw.line(points, fill=fill, width=max(1, round(radius * 2)), joint="curve")
    if radius > 1.5:
        for x, y in points if radius > 6 else (points[0], points[-1]):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


class Canvas:
    """A picture under construction; every coordinate is in pixels of the finished picture."""

    def __init__(self, width: int, height: int, background: str | Colour, scale: int = 2) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new("RGB", (width * scale, height * scale), rgb(background))
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def sky(self, top: str | Colour, bottom: str | Colour, until: float | None = None) -> None:
        """A vertical gradient from the top edge down to `until` (the whole picture by default)."""
        end = round((self.height if until is None else until) * self.scale)
        column = Image.new("RGB", (1, end))
        column.putdata([mix(top, bottom, y / max(end - 1, 1)) for y in range(end)])
        self.image.paste(column.resize((self.image.width, end)), (0, 0))

    def sky_box(self, x: float, y: float, w: float, h: float, top: str | Colour, bottom: str | Colour) -> None:
        """A vertical gradient inside a rectangle."""
        for row in range(round(h)):
            self.rect(x, y + row, w, min(1.5, h - row), mix(top, bottom, row / h))

    def rect(self, x: float, y: float, w: float, h: float, fill: str | Colour, radius: float = 0) -> None:
        """A rectangle from its top left corner, with rounded corners when a radius is given."""
        s = self.scale
        box = (x * s, y * s, (x + w) * s - 1, (y + h) * s - 1)
        if w <= 0 or h <= 0:
            return
        if radius:
            self._draw.rounded_rectangle(box, min(radius, w / 2, h / 2) * s, fill=fill)
        else:
            self._draw.rectangle(box, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str | Colour) -> None:
        """An ellipse from its centre."""
        s = self.scale
        self._draw.ellipse(((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s), fill=fill)

    def disc(self, x: float, y: float, r: float, fill: str | Colour) -> None:
        """A disc from its centre."""
        self.oval(x, y, r, r, fill)

    def ring(self, x: float, y: float, rx: float, ry: float, fill: str | Colour, width: float) -> None:
        """The outline of an ellipse, `width` thick inwards."""
        s = self.scale
        box = ((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s)
        self._draw.ellipse(box, outline=fill, width=max(1, round(width * s)))

    def arc(
        self, x: float, y: float, rx: float, ry: float, degrees: tuple[float, float], fill: str | Colour, width: float
    ) -> None:
        """A stretch of an ellipse's outline, clockwise from the right, with round ends."""
        start, end = degrees
        count = max(8, int(abs(end - start) / 4))
        angles = [math.radians(start + (end - start) * i / count) for i in range(count + 1)]
        self.line([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles], fill, width)

    def shape(self, points: Iterable[Point], fill: str | Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def blob(self, points: Sequence[Point], fill: str | Colour) -> None:
        """A filled closed curve through the points."""
        self.shape(smooth(points), fill)

    def line(self, points: Sequence[Point], fill: str | Colour, width: float) -> None:
        """A line through the points, with round joints and ends."""
        s, radius = self.scale, width * self.scale / 2
        scaled = [(x * s, y * s) for x, y in points]
        if isinstance(fill, tuple) and len(fill) == 4:
            self._stroke(scaled, fill, radius)
            return
        _trace(self._draw, scaled, fill, radius)

    def _stroke(self, scaled: list[Point], fill: tuple[int, int, int, int], radius: float) -> None:
        """A translucent line, drawn on a mask so that its joints don't show."""
        left, top = (math.floor(min(p[i] for p in scaled) - radius - 1) for i in (0, 1))
        right, bottom = (math.ceil(max(p[i] for p in scaled) + radius + 1) for i in (0, 1))
        mask = Image.new("L", (right - left, bottom - top), 0)
        _trace(ImageDraw.Draw(mask), [(x - left, y - top) for x, y in scaled], fill[3], radius)
        self.image.paste(fill[:3], (left, top, right, bottom), mask)

    def curve(self, start: Point, first: Point, second: Point, end: Point, fill: str | Colour, width: float) -> None:
        """A cubic curve drawn as a line."""
        self.line(bezier(start, first, second, end), fill, width)

    def soften(self, box: tuple[float, float, float, float], radius: float) -> None:
        """Blur one region (left, top, right, bottom), for far hills and steam."""
        left, top, right, bottom = (round(value * self.scale) for value in box)
        region = self.image.crop((left, top, right, bottom))
        self.image.paste(region.filter(ImageFilter.BoxBlur(radius * self.scale)), (left, top))

    def encoded(self, crop: tuple[float, float, float, float] | None = None) -> bytes:
        """The finished picture as the bytes of a PNG without metadata; a crop is enlarged to the full size."""
        s = self.scale
        left, top, right, bottom = crop or (0, 0, self.width, self.height)
        box = (left * s, top * s, right * s, bottom * s)
        buffer = io.BytesIO()
        self.image.resize((self.width, self.height), Image.Resampling.BOX, box).save(buffer, "PNG", compress_level=6)
        return buffer.getvalue()
