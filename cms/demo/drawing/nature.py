"""Sky, hills, trees and plants."""

import itertools
import math
from collections.abc import Sequence

from cms.demo.drawing.canvas import (
    INK,
    MUSTARD,
    SAGE,
    TERRACOTTA,
    WOOD,
    Canvas,
    Chance,
    Colour,
    Point,
    bezier,
    dark,
    light,
    veil,
)

LEAF = "#5E8C6A"


def sun(c: Canvas, x: float, y: float, r: float, colour: str = "#F7D98B") -> None:
    """A sun with two soft halos."""
    c.disc(x, y, r * 1.9, veil(colour, 0.18))
    c.disc(x, y, r * 1.4, veil(colour, 0.30))
    c.disc(x, y, r, colour)


def cloud(c: Canvas, x: float, y: float, size: float, opacity: float = 0.75) -> None:
    """A flat-bottomed cloud."""
    points = bezier(
        (x - size, y),
        (x - size * 0.95, y - size * 0.45),
        (x - size * 0.45, y - size * 0.5),
        (x - size * 0.4, y - size * 0.36),
    )
    points += bezier(
        (x - size * 0.4, y - size * 0.36),
        (x - size * 0.3, y - size * 0.8),
        (x + size * 0.35, y - size * 0.75),
        (x + size * 0.36, y - size * 0.34),
    )
    points += bezier(
        (x + size * 0.36, y - size * 0.34),
        (x + size * 0.65, y - size * 0.5),
        (x + size, y - size * 0.3),
        (x + size, y),
    )
    c.shape(points, veil("#FFFAF0", opacity))


def birds(c: Canvas, x: float, y: float, count: int = 3) -> None:
    """A few birds far away."""
    for i in range(count):
        bx, by = x + i * 46, y + (i % 2) * 18 - i * 6
        c.line([(bx - 12, by - 6), (bx, by), (bx + 12, by - 6)], veil(INK, 0.55), 3)


def hills(c: Canvas, points: Sequence[Point], colour: str | Colour) -> None:
    """A rolling line of hills, filled to the bottom of the picture."""
    line: list[Point] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        third = (x1 - x0) / 2.5
        line += bezier((x0, y0), (x0 + third, y0), (x1 - third, y1), (x1, y1))
    c.shape([*line, (c.width, c.height), (0, c.height)], colour)


def tree(c: Canvas, x: float, base: float, h: float, colour: str = LEAF, name: str = "tree") -> None:
    """A round tree that stands on `base`."""
    chance = Chance(f"{name}{x}")
    c.shape(
        [
            (x - h * 0.035, base),
            (x - h * 0.022, base - h * 0.5),
            (x + h * 0.022, base - h * 0.5),
            (x + h * 0.035, base),
        ],
        WOOD,
    )
    c.line([(x, base - h * 0.42), (x + h * 0.11, base - h * 0.56)], WOOD, h * 0.025)
    crown = [(0.0, -0.72, 0.21), (-0.15, -0.6, 0.16), (0.16, -0.6, 0.17), (-0.07, -0.84, 0.15), (0.1, -0.82, 0.14)]
    for dx, dy, r in crown:
        c.disc(x + dx * h, base + dy * h + 6, r * h, dark(colour, 0.16))
    for dx, dy, r in crown:
        c.disc(x + dx * h - h * 0.02, base + dy * h - h * 0.02, r * h * 0.93, colour)
    for _ in range(9):
        dx, dy = chance.number(-0.2, 0.12), chance.number(-0.9, -0.6)
        c.disc(x + dx * h, base + dy * h, h * chance.number(0.016, 0.034), light(colour, 0.24))


def cypress(c: Canvas, x: float, base: float, h: float, colour: str = "#3F6B55") -> None:
    """A tall narrow tree."""
    c.rect(x - h * 0.02, base - h * 0.1, h * 0.04, h * 0.1, WOOD)
    c.blob(
        [
            (x, base - h),
            (x + h * 0.11, base - h * 0.5),
            (x + h * 0.09, base - h * 0.08),
            (x - h * 0.09, base - h * 0.08),
            (x - h * 0.11, base - h * 0.5),
        ],
        colour,
    )
    c.blob(
        [
            (x - h * 0.02, base - h * 0.92),
            (x + h * 0.02, base - h * 0.5),
            (x - h * 0.02, base - h * 0.12),
            (x - h * 0.09, base - h * 0.4),
        ],
        light(colour, 0.14),
    )


def bush(c: Canvas, x: float, base: float, w: float, colour: str = LEAF) -> None:
    """A low bush, half a disc of leaves."""
    for dx, r in ((-0.3, 0.22), (0.0, 0.3), (0.3, 0.23)):
        c.disc(x + dx * w, base - r * w * 0.6, r * w, dark(colour, 0.1))
    for dx, r in ((-0.28, 0.18), (0.02, 0.25), (0.29, 0.18)):
        c.disc(x + dx * w, base - r * w * 0.85, r * w, colour)


def leaf(c: Canvas, x: float, y: float, length: float, angle: float, colour: str | Colour) -> None:
    """One leaf that starts at a point; angle in degrees, 0 to the right, -90 upwards."""
    a = math.radians(angle)
    ux, uy = math.cos(a), math.sin(a)
    tip = (x + ux * length, y + uy * length)
    side = length * 0.42
    left = bezier(
        (x, y),
        (x + ux * length * 0.2 - uy * side, y + uy * length * 0.2 + ux * side),
        (x + ux * length * 0.7 - uy * side, y + uy * length * 0.7 + ux * side),
        tip,
    )
    right = bezier(
        tip,
        (x + ux * length * 0.7 + uy * side, y + uy * length * 0.7 - ux * side),
        (x + ux * length * 0.2 + uy * side, y + uy * length * 0.2 - ux * side),
        (x, y),
    )
    c.shape(left + right, colour)
    c.line([(x, y), (x + ux * length * 0.8, y + uy * length * 0.8)], dark(colour, 0.18), max(1.5, length * 0.03))


def potted(c: Canvas, x: float, base: float, size: float, *, seed: str = "pot", pot: str = TERRACOTTA) -> None:
    """A plant in its pot; `size` is about its height."""
    chance = Chance(f"potted{seed}")
    top = base - size * 0.36
    colour = chance.pick([LEAF, "#4F7F5C", SAGE, "#7A9F57"])
    kind = chance.pick(["leaves", "leaves", "bush", "spikes"])
    if kind == "leaves":
        for angle in (-150, -30, -120, -60, -90):
            leaf(c, x, top, size * chance.number(0.46, 0.66), angle + chance.number(-8, 8), colour)
    elif kind == "spikes":
        for angle in (-140, -115, -90, -65, -40):
            tip = (x + math.cos(math.radians(angle)) * size * 0.68, top + math.sin(math.radians(angle)) * size * 0.68)
            c.shape(
                [(x - size * 0.09, top), tip, (x + size * 0.09, top)], colour if angle % 2 else dark(colour, 0.12)
            )
    else:
        for dx, dy in ((-0.17, -0.14), (0.17, -0.14), (0, -0.3), (-0.1, -0.26), (0.11, -0.25)):
            c.disc(x + dx * size, top + dy * size, size * 0.19, colour)
        for i in range(6):
            bx, by = chance.number(-0.26, 0.26), chance.number(-0.42, -0.08)
            c.disc(x + bx * size, top + by * size, size * 0.05, (MUSTARD, "#F2C6C0", TERRACOTTA)[i % 3])
    c.shape([(x - size * 0.22, top), (x + size * 0.22, top), (x + size * 0.16, base), (x - size * 0.16, base)], pot)
    c.rect(x - size * 0.25, top - size * 0.04, size * 0.5, size * 0.11, dark(pot, 0.15), 3)
