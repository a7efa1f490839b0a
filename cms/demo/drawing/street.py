"""What a street is furnished with: stalls, lamps, bicycles, bunting, washing."""

import math

from cms.demo.drawing import buildings
from cms.demo.drawing.canvas import (
    BLUE,
    CREAM,
    INK,
    MUSTARD,
    SAGE,
    TEAL,
    TERRACOTTA,
    WOOD,
    Canvas,
    Chance,
    Point,
    bezier,
    dark,
    light,
    veil,
)

FRUITS = ("#D9482F", "#E88B2D", "#F0BE3A", "#8FAE4B", "#7A4459", "#5E8C3A")


def cobbles(c: Canvas, top: float, colour: str, name: str = "cobbles") -> None:
    """A paved ground from `top` to the bottom edge."""
    c.rect(0, top, c.width, c.height - top, colour)
    chance, y, row = Chance(name), top + 10.0, 0
    while y < c.height:
        step = 34 + (y - top) * 0.22
        x = -step + (row % 2) * step / 2
        while x < c.width:
            if chance.number(0, 1) > 0.45:
                shade = dark(colour, chance.number(0.03, 0.10))
                c.rect(x + 2, y, step * chance.number(0.62, 0.9), step * 0.26, shade, step * 0.1)
            x += step
        y += step * 0.42
        row += 1


def lamp(c: Canvas, x: float, base: float, h: float) -> None:
    """A street lamp."""
    c.rect(x - 5, base - h, 10, h, INK)
    c.rect(x - 13, base - 22, 26, 22, INK, 4)
    c.disc(x, base - h - 26, 40, veil(buildings.LAMP, 0.25))
    c.shape(
        [(x - 15, base - h - 44), (x + 15, base - h - 44), (x + 10, base - h), (x - 10, base - h)], buildings.LAMP
    )
    c.shape([(x - 20, base - h - 44), (x, base - h - 64), (x + 20, base - h - 44)], INK)


def bench(c: Canvas, x: float, base: float, w: float, colour: str = TEAL) -> None:
    """A bench, from its left end."""
    for leg in (x + w * 0.1, x + w * 0.86):
        c.rect(leg, base - w * 0.2, 9, w * 0.2, INK)
    c.rect(x, base - w * 0.23, w, w * 0.06, colour, 4)
    for i in (0.34, 0.45):
        c.rect(x, base - w * i, w, w * 0.07, colour, 4)


def crate(c: Canvas, x: float, base: float, w: float, colour: str, name: str = "") -> None:
    """A crate of fruit or vegetables, from its left end."""
    chance = Chance(f"crate{x}{name}")
    r = w * 0.11
    for row in range(2):
        for i in range(4):
            fx = x + w * (0.14 + 0.24 * i) + chance.number(-3, 3) + row * r * 0.6
            c.disc(fx, base - w * 0.36 - row * r * 0.9 + 4, r, colour)
            c.disc(fx - r * 0.3, base - w * 0.36 - row * r * 0.9 + 4 - r * 0.3, r * 0.28, light(colour, 0.4))
    c.rect(x, base - w * 0.36, w, w * 0.36, "#B98552", 3)
    for slat in (0.24, 0.12):
        c.rect(x, base - w * slat, w, 3, dark("#B98552", 0.28))


def stall(c: Canvas, x: float, base: float, w: float, colour: str, name: str) -> None:
    """A market stall under its striped awning, from its left end."""
    h = w * 0.86
    for post in (x + 8, x + w - 16):
        c.rect(post, base - h, 8, h, dark(WOOD, 0.1))
    c.rect(x + 10, base - h + 30, w - 20, h * 0.4, veil(INK, 0.10))
    c.rect(x, base - w * 0.3, w, w * 0.3, dark("#B98552", 0.12), 4)
    c.rect(x, base - w * 0.3, w, w * 0.14, dark(colour, 0.1))
    chance = Chance(name)
    count = 4
    for i in range(count):
        crate(c, x + 6 + (w - 12) * i / count, base - w * 0.29, (w - 12) / count - 6, chance.pick(FRUITS), name)
    buildings.awning(c, x - 18, base - h - 10, w + 36, w * 0.24, colour)


def bicycle(c: Canvas, x: float, base: float, size: float, colour: str = TERRACOTTA) -> None:
    """A bicycle seen from the side; `size` is the diameter of a wheel, x the middle."""
    r = size / 2
    back, front, y = x - size * 0.62, x + size * 0.62, base - r
    for wheel in (back, front):
        c.ring(wheel, y, r, r, INK, size * 0.06)
        for spoke in range(0, 180, 30):
            a = math.radians(spoke)
            c.line(
                [
                    (wheel - math.cos(a) * r * 0.9, y - math.sin(a) * r * 0.9),
                    (wheel + math.cos(a) * r * 0.9, y + math.sin(a) * r * 0.9),
                ],
                veil(INK, 0.35),
                1.5,
            )
        c.disc(wheel, y, size * 0.05, INK)
    pedal, seat, neck = (
        (x - size * 0.1, y + size * 0.04),
        (x - size * 0.24, y - size * 0.52),
        (x + size * 0.4, y - size * 0.56),
    )
    width = size * 0.055
    c.line([(back, y), pedal, neck], colour, width)
    c.line([(back, y), seat, pedal], colour, width)
    c.line([seat, neck], colour, width)
    c.line([(front, y), (x + size * 0.37, y - size * 0.7)], colour, width)
    c.curve(
        (x + size * 0.37, y - size * 0.7),
        (x + size * 0.36, y - size * 0.84),
        (x + size * 0.5, y - size * 0.84),
        (x + size * 0.56, y - size * 0.74),
        INK,
        width * 0.9,
    )
    c.line([seat, (x - size * 0.27, y - size * 0.6)], INK, width)
    c.oval(x - size * 0.28, y - size * 0.63, size * 0.15, size * 0.045, WOOD)
    c.disc(*pedal, size * 0.09, INK)
    c.line([pedal, (pedal[0] + size * 0.08, pedal[1] + size * 0.16)], INK, width * 0.7)
    c.shape(
        [
            (x + size * 0.44, y - size * 0.62),
            (x + size * 0.84, y - size * 0.62),
            (x + size * 0.78, y - size * 0.32),
            (x + size * 0.5, y - size * 0.32),
        ],
        "#C99B5E",
    )
    for i in range(1, 4):
        c.line(
            [(x + size * (0.44 + 0.1 * i), y - size * 0.61), (x + size * (0.48 + 0.08 * i), y - size * 0.33)],
            dark("#C99B5E", 0.25),
            2,
        )


def bunting(c: Canvas, start: Point, end: Point, sag: float = 50, *, size: float = 34) -> None:
    """A string of little flags between two points."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + sag)
    line = bezier(start, middle, middle, end, 60)
    c.line(line, INK, 3)
    count = max(4, int(math.dist(start, end) / (size * 1.25)))
    for i in range(count):
        x, y = line[round(60 * (i + 0.5) / count)]
        tone = (TERRACOTTA, MUSTARD, SAGE, CREAM, BLUE)[i % 5]
        c.shape([(x - size / 2, y), (x + size / 2, y), (x, y + size * 1.1)], tone)


def bulbs(c: Canvas, start: Point, end: Point, sag: float = 60, count: int = 12) -> None:
    """A string of lit bulbs between two points."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + sag)
    line = bezier(start, middle, middle, end, 80)
    c.line(line, INK, 3)
    for i in range(count):
        x, y = line[round(80 * (i + 0.5) / count)]
        c.disc(x, y + 16, 32, veil(buildings.LAMP, 0.22))
        c.rect(x - 5, y, 10, 9, INK, 2)
        c.oval(x, y + 18, 10, 12, light(buildings.LAMP, 0.3))


def laundry(c: Canvas, start: Point, end: Point, name: str) -> None:
    """Washing on a line between two points."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 26)
    line = bezier(start, middle, middle, end, 60)
    c.line(line, veil(INK, 0.8), 3)
    chance = Chance(name)
    count = max(3, int(math.dist(start, end) / 86))
    for i in range(count):
        x, y = line[round(60 * (i + 0.5) / count)]
        tone = chance.pick([CREAM, TERRACOTTA, MUSTARD, SAGE, BLUE, "#F2C6C0"])
        if i % 3 == 0:
            c.shape(
                [
                    (x - 26, y),
                    (x + 26, y),
                    (x + 44, y + 24),
                    (x + 30, y + 36),
                    (x + 22, y + 28),
                    (x + 22, y + 70),
                    (x - 22, y + 70),
                    (x - 22, y + 28),
                    (x - 30, y + 36),
                    (x - 44, y + 24),
                ],
                tone,
            )
        elif i % 3 == 1:
            c.rect(x - 30, y, 60, 78, tone)
            c.rect(x - 30, y + 58, 60, 8, dark(tone, 0.12))
        else:
            c.shape(
                [
                    (x - 20, y),
                    (x + 20, y),
                    (x + 26, y + 82),
                    (x + 4, y + 82),
                    (x, y + 34),
                    (x - 4, y + 82),
                    (x - 26, y + 82),
                ],
                tone,
            )
