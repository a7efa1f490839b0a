"""Tools of the workshop and of the sewing table."""

from cms.demo.drawing import nature
from cms.demo.drawing.canvas import BLUE, CREAM, INK, MUSTARD, TEAL, TERRACOTTA, Canvas, bezier, dark, light

STEEL = "#AEBBB8"


def hammer(c: Canvas, x: float, y: float) -> None:
    """A hammer that hangs, head up."""
    c.rect(x - 11, y + 30, 22, 240, "#A86C3C", 10)
    c.shape([(x - 62, y), (x + 46, y), (x + 72, y + 22), (x + 46, y + 48), (x - 62, y + 48)], "#7F8E8D")
    c.rect(x - 66, y - 2, 30, 52, "#5E6C6C", 5)


def saw(c: Canvas, x: float, y: float) -> None:
    """A hand saw, handle to the left."""
    blade = [(x + 90, y), (x + 330, y + 96), (x + 330, y + 128), (x + 90, y + 100)]
    c.shape(blade, STEEL)
    for i in range(12):
        px = x + 90 + i * 20
        c.shape([(px, y + 100 + i * 2.3), (px + 20, y + 102 + i * 2.3), (px + 10, y + 116 + i * 2.3)], STEEL)
    c.blob(
        [(x, y - 10), (x + 90, y - 6), (x + 110, y + 54), (x + 90, y + 112), (x, y + 110), (x - 24, y + 50)],
        TERRACOTTA,
    )
    c.oval(x + 34, y + 52, 22, 32, "#C99B63")


def screwdriver(c: Canvas, x: float, y: float, h: float, tone: str) -> None:
    """A screwdriver, handle up."""
    c.rect(x - 6, y + h * 0.4, 12, h * 0.6, STEEL, 3)
    c.rect(x - 17, y, 34, h * 0.44, tone, 15)
    c.rect(x - 12, y + h * 0.1, 5, h * 0.24, light(tone, 0.35), 2)


def spanner(c: Canvas, x: float, y: float, h: float) -> None:
    """A double open-ended spanner."""
    w = h * 0.14
    c.rect(x - w * 0.42, y + h * 0.12, w * 0.84, h * 0.76, "#8D9C9B", w * 0.3)
    for end, gap in ((y + h * 0.1, -1), (y + h * 0.9, 1)):
        c.disc(x, end, w, "#8D9C9B")
        c.rect(x - w * 0.42, end + (gap - 1) * w * 0.6 + gap * w * 0.1, w * 0.84, w * 1.2, "#C99B63", w * 0.2)


def pliers(c: Canvas, x: float, y: float) -> None:
    """A pair of pliers, jaws up."""
    for side in (-1, 1):
        c.curve((x, y + 90), (x + side * 10, y + 150), (x + side * 62, y + 190), (x + side * 44, y + 280), TEAL, 24)
        c.shape([(x, y + 96), (x + side * 34, y + 62), (x + side * 26, y), (x + side * 4, y - 6)], "#7F8E8D")
    c.disc(x, y + 88, 17, "#5E6C6C")


def drill(c: Canvas, x: float, base: float) -> None:
    """A drill that stands on its battery."""
    c.shape([(x - 10, base - 96), (x + 62, base - 96), (x + 84, base), (x + 14, base)], dark(MUSTARD, 0.12))
    c.rect(x + 4, base - 10, 96, 30, INK, 8)
    c.rect(x - 70, base - 176, 200, 92, MUSTARD, 26)
    c.rect(x + 60, base - 164, 52, 66, INK, 12)
    c.rect(x - 108, base - 152, 42, 44, INK, 8)
    c.rect(x - 220, base - 136, 114, 12, STEEL, 4)
    c.rect(x - 18, base - 86, 16, 34, TERRACOTTA, 6)


def tap(c: Canvas, x: float, base: float) -> None:
    """A tap with one drop left."""
    c.rect(x - 54, base - 14, 108, 14, "#7F8E8D", 6)
    c.rect(x - 17, base - 140, 34, 130, STEEL, 6)
    c.curve((x, base - 130), (x, base - 210), (x + 96, base - 210), (x + 96, base - 134), STEEL, 32)
    c.rect(x + 76, base - 138, 40, 20, "#7F8E8D", 4)
    c.rect(x - 50, base - 99, 100, 9, "#7F8E8D", 4)
    for dx in (-60, 36):
        c.rect(x + dx - 14, base - 104, 50, 18, TERRACOTTA if dx < 0 else BLUE, 9)
    c.blob([(x + 96, base - 104), (x + 108, base - 78), (x + 96, base - 66), (x + 84, base - 78)], "#7FB3C0")


def toolbox(c: Canvas, x: float, base: float) -> None:
    """A closed toolbox."""
    c.arc(x, base - 150, 62, 58, (180, 360), INK, 14)
    c.rect(x - 150, base - 150, 300, 150, TERRACOTTA, 12)
    c.rect(x - 150, base - 108, 300, 12, dark(TERRACOTTA, 0.3))
    c.rect(x - 26, base - 122, 52, 40, MUSTARD, 6)
    for dx in (-110, 70):
        c.rect(x + dx, base - 60, 40, 8, light(TERRACOTTA, 0.3), 4)


def reel(c: Canvas, x: float, base: float, h: float, tone: str) -> None:
    """A reel of thread."""
    w = h * 0.72
    c.rect(x - w / 2, base - h, w, h * 0.16, "#D9B27C", 4)
    c.rect(x - w / 2, base - h * 0.16, w, h * 0.16, "#D9B27C", 4)
    c.rect(x - w * 0.4, base - h * 0.84, w * 0.8, h * 0.68, tone, 4)
    for i in range(4):
        c.rect(x - w * 0.4, base - h * (0.74 - i * 0.15), w * 0.8, 2.5, dark(tone, 0.2))


def sewing_machine(c: Canvas, x: float, base: float) -> None:
    """A sewing machine, threaded."""
    body = TERRACOTTA
    c.rect(x - 280, base - 44, 590, 60, dark(body, 0.14), 16)
    c.rect(x - 280, base - 50, 590, 16, light(body, 0.3), 8)
    c.rect(x + 110, base - 300, 150, 270, body, 30)
    c.rect(x - 250, base - 340, 510, 116, body, 46)
    c.rect(x - 250, base - 300, 130, 150, body, 30)
    c.rect(x - 200, base - 320, 330, 12, light(body, 0.3), 6)
    c.disc(x + 282, base - 252, 62, INK)
    c.disc(x + 282, base - 252, 40, MUSTARD)
    c.disc(x + 282, base - 252, 12, INK)
    c.rect(x - 196, base - 152, 18, 66, STEEL)
    c.rect(x - 191, base - 90, 8, 44, STEEL)
    c.rect(x - 220, base - 56, 62, 10, STEEL, 4)
    reel(c, x - 60, base - 336, 62, TEAL)
    c.line([(x - 60, base - 366), (x - 214, base - 344), (x - 206, base - 230), (x - 187, base - 56)], CREAM, 3)
    c.disc(x - 20, base - 282, 24, CREAM)
    c.disc(x - 20, base - 282, 9, INK)
    nature.leaf(c, x + 170, base - 110, 80, -70, light(body, 0.25))
    nature.leaf(c, x + 170, base - 110, 70, -130, light(body, 0.25))


def scissors(c: Canvas, x: float, y: float) -> None:
    """Open scissors."""
    c.shape([(x - 10, y + 20), (x + 150, y - 104), (x + 160, y - 92), (x + 8, y + 40)], STEEL)
    c.shape([(x - 10, y + 6), (x + 172, y + 30), (x + 168, y + 44), (x - 6, y + 34)], "#93A19F")
    c.ring(x - 58, y + 62, 44, 34, TERRACOTTA, 16)
    c.ring(x - 70, y - 18, 44, 34, TERRACOTTA, 16)
    c.disc(x + 26, y + 14, 9, INK)


def tape(c: Canvas, x: float, y: float) -> None:
    """A measuring tape that uncoils."""
    ribbon = bezier((x - 60, y + 100), (x + 60, y + 60), (x - 20, y - 20), (x + 90, y - 30)) + bezier(
        (x + 90, y - 30), (x + 190, y - 40), (x + 180, y + 60), (x + 250, y + 70)
    )
    c.line(ribbon, MUSTARD, 34)
    for i, (px, py) in enumerate(ribbon):
        if i % 2 == 0:
            c.line([(px, py - 14), (px, py - (2 if i % 4 else -4))], INK, 3)
