"""What stands on a table or around it: cups, bowls, chairs, and the key of the loge."""

from cms.demo.drawing.canvas import CREAM, INK, MUSTARD, TEAL, WOOD, Canvas, bezier, dark, light, veil


def steam(c: Canvas, x: float, y: float, h: float) -> None:
    """Two wisps of steam above a point."""
    for dx in (-0.16, 0.16):
        left = x + dx * h
        c.curve(
            (left, y),
            (left - h * 0.2, y - h * 0.35),
            (left + h * 0.2, y - h * 0.6),
            (left, y - h),
            veil("#FFFFFF", 0.6),
            h * 0.06,
        )


def cup(c: Canvas, x: float, base: float, w: float, colour: str = CREAM, *, hot: bool = True) -> None:
    """A cup on its saucer; w is the width of the cup."""
    c.oval(x, base - w * 0.05, w * 0.85, w * 0.13, dark(colour, 0.16))
    c.oval(x, base - w * 0.08, w * 0.85, w * 0.12, light(colour, 0.2))
    c.ring(x + w * 0.52, base - w * 0.42, w * 0.2, w * 0.18, colour, w * 0.08)
    side = bezier(
        (x - w / 2, base - w * 0.7),
        (x - w * 0.48, base - w * 0.2),
        (x - w * 0.3, base - w * 0.06),
        (x, base - w * 0.06),
    )
    c.shape(side + [(2 * x - px, py) for px, py in side][::-1], colour)
    c.shape(
        [(px + w * 0.72, py) for px, py in side if px > x - w * 0.45]
        and [
            (x + w * 0.26, base - w * 0.7),
            (x + w * 0.5, base - w * 0.7),
            (x + w * 0.44, base - w * 0.3),
            (x + w * 0.2, base - w * 0.1),
        ],
        dark(colour, 0.1),
    )
    c.oval(x, base - w * 0.7, w * 0.5, w * 0.1, light(colour, 0.4))
    c.oval(x, base - w * 0.69, w * 0.43, w * 0.075, "#6A4027")
    if hot:
        steam(c, x, base - w * 0.82, w * 0.7)


def teapot(c: Canvas, x: float, base: float, w: float, colour: str = TEAL) -> None:
    """A round teapot; w is the width of its body."""
    c.ring(x - w * 0.52, base - w * 0.42, w * 0.24, w * 0.26, dark(colour, 0.12), w * 0.08)
    c.shape(
        [
            (x + w * 0.34, base - w * 0.3),
            (x + w * 0.78, base - w * 0.66),
            (x + w * 0.68, base - w * 0.7),
            (x + w * 0.28, base - w * 0.52),
        ],
        dark(colour, 0.12),
    )
    c.oval(x, base - w * 0.38, w * 0.5, w * 0.38, colour)
    c.oval(x - w * 0.16, base - w * 0.5, w * 0.14, w * 0.09, light(colour, 0.22))
    c.oval(x, base - w * 0.73, w * 0.24, w * 0.06, dark(colour, 0.2))
    c.disc(x, base - w * 0.82, w * 0.06, MUSTARD)


def bowl(c: Canvas, x: float, base: float, w: float, colour: str, inside: str) -> None:
    """A bowl and what it holds."""
    side = bezier((x - w / 2, base - w * 0.36), (x - w * 0.44, base - w * 0.06), (x - w * 0.24, base), (x, base))
    c.shape(side + [(2 * x - px, py) for px, py in side][::-1], colour)
    c.oval(x, base - w * 0.36, w * 0.5, w * 0.1, light(colour, 0.3))
    c.oval(x, base - w * 0.355, w * 0.45, w * 0.08, inside)


def glass(c: Canvas, x: float, base: float, h: float, drink: str) -> None:
    """A stemmed glass."""
    c.oval(x, base - 3, h * 0.2, h * 0.035, veil("#FFFFFF", 0.55))
    c.rect(x - h * 0.018, base - h * 0.42, h * 0.036, h * 0.42, veil("#FFFFFF", 0.6))
    bulb = bezier(
        (x - h * 0.2, base - h), (x - h * 0.26, base - h * 0.6), (x - h * 0.14, base - h * 0.42), (x, base - h * 0.4)
    )
    c.shape(bulb + [(2 * x - px, py) for px, py in bulb][::-1], veil("#FFFFFF", 0.35))
    half = [(px, py) for px, py in bulb if py > base - h * 0.78]
    c.shape(half + [(2 * x - px, py) for px, py in half][::-1], drink)


def chair(c: Canvas, x: float, base: float, h: float, colour: str = WOOD, faces: int = 1) -> None:
    """A bistro chair seen from the side; faces 1 looks to the right."""
    f, w = faces, h * 0.42
    c.line(
        [(x - f * w * 0.5, base), (x - f * w * 0.42, base - h * 0.46), (x - f * w * 0.6, base - h)], colour, h * 0.035
    )
    c.line([(x + f * w * 0.55, base), (x + f * w * 0.45, base - h * 0.46)], colour, h * 0.035)
    c.rect(x - w * 0.55, base - h * 0.49, w * 1.1, h * 0.05, dark(colour, 0.15), 4)
    c.line([(x - f * w * 0.46, base - h * 0.2), (x + f * w * 0.5, base - h * 0.2)], dark(colour, 0.15), h * 0.022)
    c.rect(min(x - f * w * 0.66, x - f * w * 0.5), base - h * 1.02, w * 0.16, h * 0.3, colour, 5)


def round_table(c: Canvas, x: float, base: float, w: float, h: float, colour: str = CREAM) -> None:
    """A bistro table on one foot."""
    c.rect(x - 7, base - h, 14, h, INK)
    c.shape([(x - w * 0.24, base), (x, base - 22), (x + w * 0.24, base)], INK)
    c.rect(x - w / 2, base - h - 10, w, 16, colour, 8)
    c.rect(x - w / 2, base - h + 2, w, 5, dark(colour, 0.2), 2)


def key(c: Canvas, x: float, y: float, size: float, colour: str = MUSTARD) -> None:
    """A key that hangs from its bow; size is its length."""
    c.ring(x, y, size * 0.17, size * 0.17, colour, size * 0.07)
    c.rect(x - size * 0.035, y + size * 0.15, size * 0.07, size * 0.68, colour)
    for dy, w in ((0.62, 0.16), (0.74, 0.12)):
        c.rect(x, y + size * dy, size * w, size * 0.06, colour)
