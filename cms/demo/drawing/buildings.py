"""Houses, their windows and doors, and the shops at street level."""

from cms.demo.drawing import nature
from cms.demo.drawing.canvas import (
    BLUE,
    BRICK,
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
    veil,
)

GLASS = "#2E5A60"


LAMP = "#F6CF73"


def window(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    frame: str | Colour = CREAM,
    glass: str | Colour = GLASS,
    shutters: str | None = None,
    panes: int = 2,
    flowers: bool = False,
    balcony: bool = False,
) -> None:
    """A window from its top left corner, with its shutters, flower box or railing."""
    edge = max(3.0, w * 0.07)
    if shutters:
        for left in (x - w * 0.56, x + w * 1.06):
            c.rect(left, y - edge, w * 0.5, h + edge * 2, shutters)
            for slat in range(1, 6):
                c.rect(left + 3, y + h * slat / 6, w * 0.5 - 6, 2.5, dark(shutters, 0.25))
    c.rect(x - edge, y - edge, w + edge * 2, h + edge * 2, frame)
    c.rect(x, y, w, h, glass)
    c.shape([(x, y + h * 0.55), (x + w * 0.7, y), (x + w, y), (x, y + h * 0.8)], veil("#FFFFFF", 0.10))
    c.rect(x + w / 2 - edge / 3, y, edge * 0.66, h, frame)
    for pane in range(1, panes + 1):
        c.rect(x, y + h * pane / (panes + 1) - edge / 4, w, edge / 2, frame)
    c.rect(x - edge * 2, y + h + edge, w + edge * 4, edge * 1.2, dark(frame, 0.12))
    if balcony:
        for bar in range(7):
            c.rect(x - edge * 1.5 + (w + edge * 3 - 3) * bar / 6, y + h * 0.66, 3, h * 0.36, INK)
        c.rect(x - edge * 2, y + h * 0.64, w + edge * 4, 4, INK)
    if flowers:
        flower_box(c, x - edge, y + h + edge, w + edge * 2)


def flower_box(c: Canvas, x: float, y: float, w: float, colour: str = TERRACOTTA) -> None:
    """A box of flowers that stands at the height y."""
    c.rect(x, y - 4, w, 12, dark(WOOD, 0.2), 3)
    count = max(3, int(w / 11))
    for i in range(count):
        fx = x + w * (i + 0.5) / count
        c.disc(fx, y - 7 - (i % 2) * 4, 8, nature.LEAF)
    for i in range(count):
        fx = x + w * (i + 0.5) / count
        c.disc(fx, y - 13 - (i % 3) * 3, 5, (colour, MUSTARD, "#F2C6C0")[i % 3])


def house(
    c: Canvas,
    x: float,
    base: float,
    w: float,
    h: float,
    wall: str | Colour,
    *,
    floors: int,
    columns: int,
    name: str,
    roof: str = "mansard",
    roof_colour: str | Colour = "#5F7F86",
    shutters: str | None = None,
    tall: float = 0.56,
    lit: float = 0.12,
    ground: float = 0,
    balcony: bool = False,
    flowers: float = 0.0,
) -> None:
    """A façade that stands on `base`; `ground` is the height left free at street level for a shop or a door."""
    chance = Chance(name)
    top = base - h
    _roof(c, x, top, w, roof, roof_colour, chance)
    c.rect(x, top, w, h, wall)
    c.rect(x + w - max(5, w * 0.035), top, max(5, w * 0.035), h, dark(wall, 0.14))
    c.rect(x, top, w, 7, light(wall, 0.4))
    step_y, step_x = (h - ground - 14) / floors, w / columns
    for floor in range(floors):
        y = top + 14 + floor * step_y
        for column in range(columns):
            ww = min(step_x * (0.34 if shutters else 0.44), 64)
            wh = step_y * tall
            glass = LAMP if chance.number(0, 1) < lit else (GLASS, "#3A6A70", "#27515A")[int(chance.number(0, 2.99))]
            window(
                c,
                x + step_x * (column + 0.5) - ww / 2,
                y + step_y * (1 - tall) * 0.45,
                ww,
                wh,
                frame=light(wall, 0.55),
                glass=glass,
                shutters=shutters,
                flowers=chance.number(0, 1) < flowers,
                balcony=balcony and floor in (1, floors - 1),
            )
        if floor:
            c.rect(x, y - 1, w, 3, dark(wall, 0.08))


def _roof(c: Canvas, x: float, top: float, w: float, kind: str, colour: str | Colour, chance: Chance) -> None:
    if kind == "flat":
        c.rect(x - 6, top - 14, w + 12, 16, dark(colour, 0.1))
        return
    chimney = x + w * chance.number(0.62, 0.84)
    if kind == "mansard":
        c.rect(chimney, top - 108, 40, 70, dark("#C9A98A", 0.1))
        for pot in (4, 22):
            c.rect(chimney + pot, top - 124, 12, 18, TERRACOTTA, 3)
        c.shape([(x - 6, top), (x + 16, top - 68), (x + w - 16, top - 68), (x + w + 6, top)], colour)
        c.rect(x + 14, top - 74, w - 28, 8, dark(colour, 0.2))
        count = max(1, int(w // 110))
        for i in range(count):
            dx = x + w * (i + 0.5) / count
            c.shape([(dx - 22, top - 44), (dx, top - 62), (dx + 22, top - 44)], dark(colour, 0.25))
            c.rect(dx - 17, top - 46, 34, 40, CREAM)
            c.rect(dx - 12, top - 41, 24, 33, GLASS)
            c.rect(dx - 1.5, top - 41, 3, 33, CREAM)
        return
    rise = {"gable": 0.42, "steep": 0.95, "tile": 0.20}[kind]
    peak = w * rise
    c.rect(chimney - 10, top - peak * 0.72 - 26, 30, peak * 0.72 + 20, dark(BRICK, 0.1))
    c.rect(chimney - 14, top - peak * 0.72 - 32, 38, 9, dark(BRICK, 0.3))
    c.shape([(x - 12, top + 4), (x + w / 2, top - peak), (x + w + 12, top + 4)], colour)
    c.shape([(x + w / 2, top - peak), (x + w + 12, top + 4), (x + w * 0.62, top + 4)], dark(colour, 0.12))


def door(c: Canvas, x: float, base: float, w: float, h: float, colour: str, *, is_open: bool = False) -> None:
    """A door that stands on `base`, from its left edge; an open one lets the light out."""
    c.rect(x - 9, base - h - 9, w + 18, h + 9, CREAM, 4)
    if is_open:
        c.rect(x, base - h, w, h, LAMP)
        c.rect(x, base - h, w, h * 0.4, light(LAMP, 0.35))
        c.shape([(x, base - h), (x + w * 0.34, base - h + 16), (x + w * 0.34, base + 10), (x, base)], colour)
        c.disc(x + w * 0.28, base - h * 0.45, 5, MUSTARD)
        return
    c.rect(x, base - h, w, h, colour)
    c.rect(x + w * 0.14, base - h * 0.93, w * 0.72, h * 0.36, light(colour, 0.16), 3)
    c.rect(x + w * 0.14, base - h * 0.46, w * 0.72, h * 0.36, dark(colour, 0.14), 3)
    c.disc(x + w * 0.85, base - h * 0.49, 5, MUSTARD)


def shopfront(
    c: Canvas, x: float, base: float, w: float, h: float, colour: str, stripe: str = CREAM, *, goods: str = "plants"
) -> None:
    """A shop window under a striped awning, standing on `base`."""
    c.rect(x, base - h, w, h, colour)
    c.rect(x + 14, base - h * 0.72, w * 0.6, h * 0.56, light(LAMP, 0.45))
    c.rect(x + w * 0.72, base - h * 0.76, w * 0.2, h * 0.76, dark(colour, 0.25))
    c.rect(x + w * 0.745, base - h * 0.7, w * 0.15, h * 0.34, light(LAMP, 0.3))
    shelf = base - h * 0.2
    count = max(3, int(w * 0.6 / 44))
    for i in range(count):
        gx = x + 14 + w * 0.6 * (i + 0.5) / count
        if goods == "plants":
            nature.potted(c, gx, shelf, 34, seed=f"{x}{i}")
        elif goods == "bread":
            c.oval(gx, shelf - 10, 20, 10, ("#C98A45", "#DDA75C")[i % 2])
            c.line([(gx - 8, shelf - 14), (gx + 4, shelf - 8)], "#A96C30", 3)
        elif goods == "fabric":
            c.rect(gx - 15, shelf - 52, 30, 52, (TERRACOTTA, SAGE, MUSTARD, PLUM, BLUE)[i % 5], 5)
            c.rect(gx - 15, shelf - 34, 30, 5, veil(CREAM, 0.6))
        else:
            c.rect(gx - 14, shelf - 40, 28, 40, (TEAL, TERRACOTTA, MUSTARD)[i % 3], 3)
    awning(c, x - 8, base - h * 0.86, w + 16, h * 0.22, colour, stripe)


def awning(c: Canvas, x: float, y: float, w: float, h: float, colour: str, stripe: str = CREAM) -> None:
    """A striped awning with a scalloped edge, from its top left corner."""
    count = max(4, int(w / 42))
    step = w / count
    for i in range(count):
        tone = colour if i % 2 == 0 else stripe
        flare = 10
        left, right = x + i * step, x + (i + 1) * step
        middle = x + w / 2
        low_left, low_right = left + (left - middle) / w * flare * 2, right + (right - middle) / w * flare * 2
        c.shape([(left, y), (right, y), (low_right, y + h), (low_left, y + h)], tone)
        c.oval((low_left + low_right) / 2, y + h, (low_right - low_left) / 2, h * 0.17, tone)
    c.rect(x - 2, y - 5, w + 4, 8, dark(colour, 0.3), 3)
    c.rect(x - 8, y + h * 0.72, w + 16, h * 0.08, veil(INK, 0.08))
