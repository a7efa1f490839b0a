"""Things on a table or in a hand: papers, soup, bread, phones, cuttings, balloons."""

import math

from cms.demo.drawing import figures, nature, tableware
from cms.demo.drawing.canvas import (
    BLUE,
    CREAM,
    INK,
    MUSTARD,
    PEACH,
    PLUM,
    SAGE,
    TEAL,
    TERRACOTTA,
    WOOD,
    Canvas,
    Point,
    bezier,
    dark,
    light,
    veil,
)


def board(c: Canvas, x: float, base: float) -> None:
    """A board of cheese, bread and grapes."""
    c.rect(x - 110, base - 14, 220, 16, WOOD, 8)
    c.shape([(x - 96, base - 14), (x - 96, base - 56), (x - 30, base - 14)], "#F3D58A")
    c.oval(x - 76, base - 26, 6, 5, "#DDB95E")
    for i in range(5):
        c.oval(x - 10 + i * 22, base - 24, 18, 12, ("#DDA75C", "#C98A45")[i % 2])
    for i in range(4):
        c.disc(x + 64 + (i % 2) * 20, base - 24 - i // 2 * 18, 11, PLUM)


def cutting(c: Canvas, x: float, base: float, rank: int) -> None:
    """A cutting that roots in a jar."""
    c.rect(x - 26, base - 84, 52, 84, veil("#FFFFFF", 0.45), 12)
    c.rect(x - 26, base - 52, 52, 52, veil("#7FB3C0", 0.55), 10)
    stem = (x + (rank % 3 - 1) * 10, base - 150)
    c.line([(x, base - 18), stem], "#5E8C3A", 5)
    for i in range(3):
        c.curve(
            (x, base - 30),
            (x + (i - 1) * 8, base - 20),
            (x + (i - 1) * 14, base - 16),
            (x + (i - 1) * 16, base - 6),
            CREAM,
            2.5,
        )
    tone = (nature.LEAF, "#7A9F57", SAGE)[rank % 3]
    for angle, reach in ((-160, 48), (-20, 48), (-120, 52), (-60, 52), (-90, 56)):
        nature.leaf(c, stem[0], stem[1] + 14, reach, angle, tone)


def watering_can(c: Canvas, x: float, base: float) -> None:
    """A watering can, spout to the left."""
    c.arc(x + 30, base - 110, 96, 86, (200, 380), TEAL, 14)
    c.line([(x - 70, base - 40), (x - 190, base - 140)], TEAL, 22)
    c.shape(
        [(x - 210, base - 160), (x - 172, base - 160), (x - 182, base - 118), (x - 204, base - 128)], dark(TEAL, 0.3)
    )
    c.rect(x - 80, base - 130, 160, 130, TEAL, 16)
    c.rect(x - 66, base - 118, 26, 100, light(TEAL, 0.16), 10)
    c.rect(x - 84, base - 134, 168, 16, dark(TEAL, 0.3), 7)


def _turn(points: list[Point], centre: Point, degrees: float) -> list[Point]:
    a = math.radians(degrees)
    return [
        (
            centre[0] + (px - centre[0]) * math.cos(a) - (py - centre[1]) * math.sin(a),
            centre[1] + (px - centre[0]) * math.sin(a) + (py - centre[1]) * math.cos(a),
        )
        for px, py in points
    ]


def sheet(c: Canvas, x: float, y: float, degrees: float) -> None:
    """A sheet of paper covered with lines that nobody can read."""
    centre = (x, y)
    corner = [(x - 96, y - 60), (x + 96, y - 60), (x + 116, y + 74), (x - 116, y + 74)]
    c.shape([(px + 5, py + 7) for px, py in _turn(corner, centre, degrees)], veil(INK, 0.18))
    c.shape(_turn(corner, centre, degrees), "#FFFDF6")
    c.line(_turn([(x - 78, y - 38), (x - 10, y - 38)], centre, degrees), TERRACOTTA, 9)
    for i in range(5):
        width = (150, 168, 140, 172, 90)[i]
        c.line(_turn([(x - 82, y - 12 + i * 17), (x - 82 + width, y - 12 + i * 17)], centre, degrees), "#B9C4C0", 5)
    c.disc(*_turn([(x + 76, y + 46)], centre, degrees)[0], 15, veil(TEAL, 0.5))


def spectacles(c: Canvas, x: float, y: float) -> None:
    """A pair of spectacles."""
    for dx in (-38, 38):
        c.oval(x + dx, y, 32, 24, veil("#FFFFFF", 0.35))
        c.ring(x + dx, y, 34, 26, INK, 6)
    c.arc(x, y - 4, 8, 8, (200, 340), INK, 6)
    c.line([(x + 70, y - 6), (x + 118, y - 34)], INK, 6)
    c.line([(x - 70, y - 6), (x - 112, y - 36)], INK, 6)


def casserole(c: Canvas, x: float, base: float) -> None:
    """A large pot of soup with its ladle."""
    for dx in (-236, 236):
        c.ring(x + dx, base - 136, 44, 28, TEAL, 18)
    side = bezier((x - 230, base - 210), (x - 224, base - 20), (x - 180, base + 20), (x - 120, base + 20))
    c.shape(side + [(2 * x - px, py) for px, py in side][::-1], TEAL)
    c.rect(x - 190, base - 180, 30, 160, light(TEAL, 0.16), 15)
    c.oval(x, base - 210, 232, 44, light(TEAL, 0.3))
    c.oval(x, base - 208, 212, 36, "#E08A3A")
    for dx, dy, tone in (
        (-120, -4, "#D9482F"),
        (-60, 10, nature.LEAF),
        (10, -8, "#F3D58A"),
        (70, 8, "#D9482F"),
        (130, -2, nature.LEAF),
    ):
        c.oval(x + dx, base - 206 + dy, 20, 9, tone)
    c.line([(x + 60, base - 214), (x + 190, base - 390)], WOOD, 18)
    for dx, h in ((-120, 150), (-20, 190), (60, 130)):
        tableware.steam(c, x + dx, base - 246, h)


def carrot(c: Canvas, x: float, y: float) -> None:
    """A carrot with its leaves."""
    for angle in (150, 180, 210):
        nature.leaf(c, x - 40, y, 54, angle, nature.LEAF)
    c.shape(
        bezier((x - 44, y - 18), (x - 4, y - 24), (x + 50, y - 12), (x + 96, y + 6))
        + bezier((x + 96, y + 6), (x + 50, y + 16), (x - 10, y + 22), (x - 44, y + 18)),
        "#E88B2D",
    )
    for dx in (-20, 8, 36):
        c.line([(x + dx, y - 12), (x + dx + 4, y - 2)], dark("#E88B2D", 0.2), 3)


def leek(c: Canvas, x: float, y: float) -> None:
    """A leek."""
    c.line([(x - 150, y), (x, y - 22)], "#F3F0DC", 30)
    c.line([(x - 40, y - 16), (x + 20, y - 25)], "#A9C98A", 30)
    for dy in (-46, -24, -6):
        c.line([(x + 10, y - 24), (x + 120, y - 24 + dy)], "#5E8C3A", 20)


def bread(c: Canvas, x: float, y: float) -> None:
    """A loaf."""
    c.oval(x, y + 22, 170, 10, veil(INK, 0.15))
    c.blob(
        [(x - 160, y), (x - 90, y - 46), (x + 90, y - 46), (x + 160, y), (x + 90, y + 24), (x - 90, y + 24)],
        "#D09A50",
    )
    for dx in (-80, -20, 40, 100):
        c.line([(x + dx - 16, y + 2), (x + dx + 16, y - 30)], "#F1D8A6", 9)


def tablet(c: Canvas, x: float, base: float) -> None:
    """A tablet that stands and shows a video call."""
    c.shape(
        [(x - 180, base + 34), (x + 180, base + 34), (x + 160, base + 8), (x - 160, base + 8)], dark("#D9B07C", 0.25)
    )
    c.rect(x - 190, base - 250, 380, 274, INK, 22)
    screen = Canvas(346, 240, PEACH, scale=c.scale)
    screen.sky("#F6DFA8", "#F2C6A0")
    figures.person(
        screen, 120, 420, 380, skin="#F0C6A4", hair="#5A3A28", top=TEAL, bottom=INK, style="long", arm="down"
    )
    figures.person(screen, 240, 430, 330, skin="#F0C6A4", hair="#D9A84E", top=TERRACOTTA, bottom=INK, arm="wave")
    screen.rect(262, 14, 70, 54, SAGE, 8)
    screen.disc(297, 36, 14, "#F0C6A4")
    screen.rect(280, 50, 34, 18, PLUM, 8)
    screen.disc(173, 214, 16, TERRACOTTA)
    c.image.paste(screen.image, (round((x - 173) * c.scale), round((base - 233) * c.scale)))


def phone(c: Canvas, x: float, y: float, degrees: float) -> None:
    """A phone seen from above, turned by some degrees."""
    centre = (x, y)
    c.shape(
        [
            (px + 6, py + 10)
            for px, py in _turn(
                [(x - 62, y - 112), (x + 62, y - 112), (x + 62, y + 112), (x - 62, y + 112)], centre, degrees
            )
        ],
        veil(INK, 0.2),
    )
    c.shape(_turn([(x - 62, y - 112), (x + 62, y - 112), (x + 62, y + 112), (x - 62, y + 112)], centre, degrees), INK)
    c.shape(_turn([(x - 53, y - 98), (x + 53, y - 98), (x + 53, y + 96), (x - 53, y + 96)], centre, degrees), CREAM)
    for row in range(3):
        for column in range(3):
            px, py = x - 34 + column * 34, y - 70 + row * 38
            tone = (TEAL, TERRACOTTA, MUSTARD, SAGE, BLUE, PLUM, MUSTARD, TEAL, TERRACOTTA)[row * 3 + column]
            c.shape(
                _turn(
                    [(px - 12, py - 12), (px + 12, py - 12), (px + 12, py + 12), (px - 12, py + 12)], centre, degrees
                ),
                tone,
            )
    c.shape(_turn([(x - 42, y + 52), (x + 42, y + 52), (x + 42, y + 80), (x - 42, y + 80)], centre, degrees), SAGE)


def balloons(c: Canvas, x: float, y: float, side: int) -> None:
    """Four balloons on their strings."""
    for i, (dx, dy, tone) in enumerate(
        ((0, -120, TERRACOTTA), (46, -80, MUSTARD), (-34, -70, SAGE), (20, -30, CREAM))
    ):
        bx, by = x + side * dx, y + dy
        c.curve((x, y + 110), (x, y + 60), (bx, by + 80), (bx, by + 42), INK, 2.5)
        c.oval(bx, by, 34, 42, tone)
        c.oval(bx - 11, by - 14, 8, 12, veil("#FFFFFF", 0.4))
        c.shape([(bx - 7, by + 48), (bx + 7, by + 48), (bx, by + 38 + i * 0.1)], dark(tone, 0.15))
