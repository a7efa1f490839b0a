"""The people and animals of a scene, small and cheerful."""

from cms.demo.drawing import nature
from cms.demo.drawing.canvas import CREAM, INK, MUSTARD, TERRACOTTA, WOOD, Canvas, bezier, dark, light, veil


def person(
    c: Canvas,
    x: float,
    base: float,
    h: float,
    *,
    skin: str,
    hair: str,
    top: str,
    bottom: str,
    style: str = "short",
    arm: str = "down",
    skirt: bool = False,
    faces: int = 1,
) -> None:
    """A small standing figure; `arm` is down, wave, hold (something before them) or bag; faces 1 to the right."""
    r = h * 0.088
    head, hip, shoulder = base - h + r, base - h * 0.46, base - h * 0.78
    c.oval(x, base, h * 0.16, h * 0.018, veil(INK, 0.15))
    for leg in (-0.055, 0.055):
        c.line([(x + leg * h * 0.8, hip), (x + leg * h, base - h * 0.03)], skin if skirt else bottom, h * 0.078)
        c.oval(x + leg * h + faces * h * 0.018, base - h * 0.016, h * 0.05, h * 0.022, INK)
    if skirt:
        c.shape(
            [
                (x - h * 0.09, hip - h * 0.06),
                (x + h * 0.09, hip - h * 0.06),
                (x + h * 0.15, base - h * 0.2),
                (x - h * 0.15, base - h * 0.2),
            ],
            bottom,
        )
    far, near = x - faces * h * 0.105, x + faces * h * 0.105
    c.line([(far, shoulder + h * 0.03), (far - faces * h * 0.03, hip - h * 0.02)], dark(top, 0.16), h * 0.06)
    c.disc(far - faces * h * 0.03, hip, h * 0.028, skin)
    if style in ("long", "braid"):
        c.blob(
            [
                (x, head - r * 1.1),
                (x + r * 1.15, head),
                (x + r, head + r * 2),
                (x - r, head + r * 2),
                (x - r * 1.15, head),
            ],
            hair,
        )
    if style == "afro":
        for dx, dy, size in (
            (0, -0.7, 0.9),
            (-0.75, -0.2, 0.7),
            (0.75, -0.2, 0.7),
            (-0.5, -0.8, 0.7),
            (0.5, -0.8, 0.7),
        ):
            c.disc(x + dx * r, head + dy * r, size * r, hair)
    c.rect(x - h * 0.03, head + r * 0.6, h * 0.06, h * 0.07, dark(skin, 0.12))
    c.rect(x - h * 0.115, shoulder - h * 0.02, h * 0.23, hip - shoulder + h * 0.06, top, h * 0.07)
    _arm(c, near, shoulder + h * 0.03, hip, h, arm, faces, top, skin)
    c.disc(x, head, r, skin)
    _hair(c, x, head, r, style, hair)
    c.disc(x + faces * r * 0.42, head + r * 0.08, r * 0.1, INK)
    c.disc(x - faces * r * 0.18, head + r * 0.08, r * 0.1, INK)
    c.arc(x + faces * r * 0.14, head + r * 0.3, r * 0.3, r * 0.24, (25, 155), "#9E3F33", r * 0.11)


def _arm(c: Canvas, x: float, y: float, hip: float, h: float, kind: str, faces: int, top: str, skin: str) -> None:
    sleeve, width = dark(top, 0.08), h * 0.06
    if kind == "wave":
        hand = (x + faces * h * 0.13, y - h * 0.17)
        c.line([(x, y), (x + faces * h * 0.11, y + h * 0.02), hand], sleeve, width)
    elif kind == "hold":
        hand = (x + faces * h * 0.14, y + h * 0.16)
        c.line([(x, y), (x + faces * h * 0.02, y + h * 0.16), hand], sleeve, width)
    else:
        hand = (x + faces * h * 0.03, hip)
        c.line([(x, y), (hand[0], hip - h * 0.02)], sleeve, width)
    c.disc(*hand, h * 0.03, skin)
    if kind == "bag":
        c.arc(hand[0], hip + h * 0.06, h * 0.04, h * 0.06, (180, 360), INK, h * 0.012)
        c.rect(hand[0] - h * 0.07, hip + h * 0.06, h * 0.14, h * 0.14, MUSTARD, h * 0.02)
        for dx in (-0.03, 0.0, 0.03):
            nature.leaf(c, hand[0] + dx * h, hip + h * 0.065, h * 0.08, -90 + dx * 900, nature.LEAF)


def _hair(c: Canvas, x: float, y: float, r: float, style: str, hair: str) -> None:
    cap = bezier(
        (x - r * 1.06, y + r * 0.1),
        (x - r * 1.15, y - r * 1.5),
        (x + r * 1.15, y - r * 1.5),
        (x + r * 1.06, y + r * 0.1),
    )
    under = bezier(
        (x + r * 1.06, y + r * 0.1),
        (x + r * 0.7, y - r * 0.6),
        (x - r * 0.5, y - r * 0.5),
        (x - r * 1.06, y + r * 0.1),
    )
    c.shape(cap + under, hair)
    if style == "bun":
        c.disc(x, y - r * 1.15, r * 0.48, hair)
    elif style == "cap":
        c.rect(x - r * 1.1, y - r * 0.62, r * 2.5, r * 0.24, dark(hair, 0.3), r * 0.1)
    elif style == "scarf":
        c.disc(x - r * 0.2, y - r * 1.1, r * 0.4, light(hair, 0.15))
    elif style == "curly":
        for dx in (-0.8, -0.4, 0.0, 0.4, 0.8):
            c.disc(x + dx * r, y - r * (0.95 - abs(dx) * 0.4), r * 0.38, hair)


def dog(c: Canvas, x: float, base: float, h: float, colour: str = CREAM, faces: int = 1) -> None:
    """A small cheerful dog; h is its height."""
    f = faces
    c.oval(x, base, h * 0.8, h * 0.05, veil(INK, 0.14))
    for leg in (-0.42, -0.28, 0.26, 0.4):
        c.line([(x + f * leg * h, base - h * 0.4), (x + f * leg * h, base - h * 0.05)], dark(colour, 0.1), h * 0.12)
    c.curve(
        (x - f * h * 0.5, base - h * 0.58),
        (x - f * h * 0.72, base - h * 0.7),
        (x - f * h * 0.7, base - h * 0.95),
        (x - f * h * 0.6, base - h),
        dark(colour, 0.1),
        h * 0.1,
    )
    c.rect(x - h * 0.52, base - h * 0.68, h * 1.04, h * 0.38, colour, h * 0.18)
    c.oval(x - f * h * 0.15, base - h * 0.56, h * 0.22, h * 0.14, WOOD)
    hx, hy = x + f * h * 0.56, base - h * 0.8
    c.disc(hx, hy, h * 0.24, colour)
    c.oval(hx + f * h * 0.22, hy + h * 0.07, h * 0.15, h * 0.1, colour)
    c.disc(hx + f * h * 0.35, hy + h * 0.03, h * 0.05, INK)
    c.disc(hx + f * h * 0.08, hy - h * 0.03, h * 0.035, INK)
    c.oval(hx - f * h * 0.13, hy + h * 0.03, h * 0.1, h * 0.2, WOOD)
    c.line([(x + f * h * 0.38, base - h * 0.66), (x + f * h * 0.5, base - h * 0.58)], TERRACOTTA, h * 0.07)


def cat(c: Canvas, x: float, base: float, h: float, colour: str = "#3A3532") -> None:
    """A seated cat seen from behind three quarters; h is its height."""
    c.curve(
        (x + h * 0.24, base - h * 0.08),
        (x + h * 0.7, base),
        (x + h * 0.6, base - h * 0.42),
        (x + h * 0.78, base - h * 0.4),
        colour,
        h * 0.1,
    )
    c.blob(
        [
            (x, base - h * 0.72),
            (x + h * 0.22, base - h * 0.5),
            (x + h * 0.33, base - h * 0.12),
            (x + h * 0.2, base),
            (x - h * 0.2, base),
            (x - h * 0.33, base - h * 0.12),
            (x - h * 0.22, base - h * 0.5),
        ],
        colour,
    )
    c.oval(x, base - h * 0.74, h * 0.22, h * 0.19, colour)
    for side in (-1, 1):
        c.shape(
            [
                (x + side * h * 0.21, base - h * 0.76),
                (x + side * h * 0.19, base - h),
                (x + side * h * 0.04, base - h * 0.88),
            ],
            colour,
        )
        c.oval(x + side * h * 0.08, base - h * 0.75, h * 0.035, h * 0.04, MUSTARD)
    c.oval(x, base - h * 0.68, h * 0.03, h * 0.02, "#E79A8A")
