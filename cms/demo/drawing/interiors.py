"""Rooms: walls, windows on the street, shelves and books."""

from cms.demo.drawing import buildings, nature
from cms.demo.drawing.canvas import (
    BLUE,
    CREAM,
    INK,
    MUSTARD,
    PLUM,
    SAGE,
    TEAL,
    TERRACOTTA,
    WOOD,
    Canvas,
    Chance,
    Colour,
    dark,
    light,
    mix,
    veil,
)


def room(c: Canvas, wall: str, floor: str, line: float) -> None:
    """An indoor wall and its floor."""
    c.sky(light(wall, 0.08), dark(wall, 0.06), line)
    c.rect(0, line, c.width, c.height - line, floor)
    c.rect(0, line - 22, c.width, 22, light(wall, 0.35))
    c.rect(0, line, c.width, 8, dark(floor, 0.25))
    for i in range(9):
        c.line([(100 + i * 180, line + 8), (i * 220 - 80, c.height)], dark(floor, 0.10), 4)


def big_window(c: Canvas, x: float, y: float, w: float, h: float, *, night: bool = False) -> None:
    """A large window on the street, with trees and roofs behind."""
    c.rect(x - 18, y - 18, w + 36, h + 36, CREAM, 6)
    pane = Canvas(round(w), round(h), "#CFE3DF", scale=c.scale)
    pane.sky("#27505F" if night else "#BFDCD8", "#4A6B73" if night else "#F7EBD3")
    for i, (left, width, height) in enumerate(((-10, 0.4, 0.52), (0.34, 0.36, 0.42), (0.66, 0.4, 0.58))):
        wall = ("#E9B98F", "#F0D9AE", "#D99A78")[i]
        wall_tone: str | Colour = mix(wall, "#1E3E4A", 0.62) if night else mix(wall, "#CFE3DF", 0.25)
        start = left if left < 0 else left * w
        buildings.house(
            pane,
            start,
            h + 4,
            width * w,
            height * h,
            wall_tone,
            floors=3,
            columns=2,
            name=f"win{x}{i}",
            roof="tile",
            roof_colour=mix("#B9694A", "#1E3E4A", 0.5 if night else 0.1),
            lit=0.6 if night else 0.05,
        )
    if not night:
        nature.tree(pane, w * 0.5, h + 20, h * 0.6, "#7A9F57", "win")
    else:
        pane.disc(w * 0.72, h * 0.2, 30, "#F6E7BE")
        pane.disc(w * 0.72 + 12, h * 0.2 - 8, 27, "#2C5663")
    c.image.paste(pane.image, (round(x * c.scale), round(y * c.scale)))
    c.rect(x + w / 2 - 6, y, 12, h, CREAM)
    c.rect(x, y + h * 0.42, w, 10, CREAM)
    c.shape([(x, y + h * 0.6), (x + w * 0.5, y), (x + w * 0.66, y), (x, y + h * 0.8)], veil("#FFFFFF", 0.12))
    c.rect(x - 30, y + h + 14, w + 60, 16, dark(CREAM, 0.1), 4)


def shelf(c: Canvas, x: float, y: float, w: float) -> None:
    """A wall shelf on its two brackets, from its left end."""
    c.rect(x, y, w, 16, WOOD, 4)
    c.rect(x, y + 11, w, 5, dark(WOOD, 0.3))
    for bracket in (x + 40, x + w - 52):
        c.shape([(bracket, y + 16), (bracket + 12, y + 16), (bracket + 6, y + 44)], dark(WOOD, 0.35))


def grain(c: Canvas, top: float, colour: str) -> None:
    """The grain of a wooden table top, from `top` down."""
    chance = Chance(f"grain{top}{colour}")
    for _ in range(26):
        x, y = chance.number(0, c.width), chance.number(top, c.height)
        c.rect(x, y, chance.number(60, 240), 3, dark(colour, 0.09), 1.5)


def bench_top(c: Canvas, y: float) -> None:
    """A workbench with three drawers, its top at the height y."""
    c.rect(90, y, 1420, 44, "#B98552", 6)
    c.rect(90, y, 1420, 10, light("#B98552", 0.3), 5)
    for x in (150, 1380):
        c.rect(x, y + 44, 70, 230, dark("#B98552", 0.18))
    c.rect(220, y + 110, 1160, 26, dark("#B98552", 0.28))
    for i in range(3):
        c.rect(300 + i * 350, y + 44, 300, 66, dark("#B98552", 0.08), 6)
        c.rect(420 + i * 350, y + 70, 60, 14, INK, 7)


def bookcase(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A bookcase full of books, from its top left corner."""
    c.rect(x, y, w, h, dark(WOOD, 0.1), 6)
    chance, rows = Chance(f"books{x}"), max(3, int(h // 150))
    step = (h - 16) / rows
    for row in range(rows):
        top, left = y + 14 + row * step, x + 14
        c.rect(left, top, w - 28, step - 16, dark(WOOD, 0.4))
        while left < x + w - 48:
            width, height = chance.number(16, 34), (step - 20) * chance.number(0.6, 0.95)
            tone = chance.pick([TEAL, TERRACOTTA, MUSTARD, SAGE, CREAM, PLUM, BLUE])
            c.rect(left + 2, top + step - 16 - height, width, height, tone, 2)
            c.rect(left + 2, top + step - 16 - height * 0.8, width, 6, dark(tone, 0.2))
            left += width + 3
            if chance.number(0, 1) > 0.86:
                left += 40
