"""How the people of the portraits wear their hair, behind the face and before it."""

from cms.demo.drawing.canvas import CREAM, MUSTARD, TEAL, TERRACOTTA, Canvas, Point, bezier, dark, light, mix, veil
from cms.demo.drawing.sitter import MIDDLE, Drawing, Sitter, both, mirror


def _back_bob(sitter: Sitter, canvas: Canvas) -> None:
    canvas.blob(both([(300, 126), (222, 146), (184, 230), (182, 330), (206, 384), (256, 372)]), sitter.locks)


def _back_long(sitter: Sitter, canvas: Canvas) -> None:
    canvas.blob(both([(300, 124), (220, 146), (184, 240), (176, 370), (170, 470), (236, 494)]), sitter.locks)


def _back_wavy(sitter: Sitter, canvas: Canvas) -> None:
    canvas.blob(both([(300, 122), (222, 144), (184, 230), (178, 330), (192, 420), (250, 430)]), sitter.locks)
    for x, y, r in ((196, 250, 34), (186, 310, 38), (194, 372, 40), (222, 422, 34)):
        canvas.disc(x, y, r, sitter.locks)
        canvas.disc(2 * MIDDLE - x, y, r, sitter.locks)


def _back_ponytail(sitter: Sitter, canvas: Canvas) -> None:
    tail: list[Point] = [(360, 170), (430, 176), (462, 250), (450, 350), (424, 420), (414, 350), (404, 260)]
    canvas.blob(tail if sitter.tilt > 0 else mirror(tail), sitter.locks)


def _back_bun(sitter: Sitter, canvas: Canvas) -> None:
    canvas.disc(300, 122, 50, sitter.locks)
    canvas.disc(300, 118, 44, sitter.hair)
    canvas.arc(300, 120, 26, 20, (200, 330), sitter.locks, 4)


def _back_afro(sitter: Sitter, canvas: Canvas) -> None:
    for x, y, r in ((300, 150, 84), (230, 176, 70), (370, 176, 70), (204, 240, 58), (396, 240, 58)):
        canvas.disc(x, y, r, sitter.hair)
    for x, y, r in ((212, 296, 40), (388, 296, 40), (262, 124, 50), (338, 124, 50)):
        canvas.disc(x, y, r, sitter.hair)


def _back_braids(sitter: Sitter, canvas: Canvas) -> None:
    canvas.blob(both([(300, 126), (222, 146), (190, 230), (188, 320), (210, 352), (256, 350)]), sitter.locks)


def _back_scarf(sitter: Sitter, canvas: Canvas) -> None:
    canvas.blob(
        both([(300, 84), (232, 100), (188, 170), (192, 240), (214, 286), (260, 290)]), dark(_wrap(sitter), 0.2)
    )


def _back_curly(sitter: Sitter, canvas: Canvas) -> None:
    for x, y, r in ((214, 262, 26), (208, 224, 30), (216, 186, 34)):
        canvas.disc(x, y, r, sitter.locks)
        canvas.disc(2 * MIDDLE - x, y, r, sitter.locks)


BACKS: dict[str, Drawing] = {
    "bob": _back_bob,
    "long": _back_long,
    "wavy": _back_wavy,
    "ponytail": _back_ponytail,
    "bun": _back_bun,
    "afro": _back_afro,
    "braids": _back_braids,
    "scarf": _back_scarf,
    "curly": _back_curly,
}


def _crown(sitter: Sitter, rise: float = 134) -> list[Point]:
    """The outer line of the hair, from the left temple over the top to the right temple."""
    edge = sitter.face + 9
    left = bezier((300 - edge, 262), (300 - edge - 6, 190), (300 - edge + 22, rise), (300, rise))
    return left + mirror(left)[::-1]


def _front_short(sitter: Sitter, canvas: Canvas) -> None:
    edge = sitter.face - 7
    fringe = bezier((300 + edge, 258), (300 + edge, 216), (352, 194), (300, 200))
    fringe += bezier((300, 200), (250, 206), (300 - edge, 214), (300 - edge, 258))
    canvas.shape(_crown(sitter) + fringe, sitter.hair)
    canvas.curve((250, 168), (280, 152), (320, 152), (346, 166), veil(light(sitter.hair, 0.5), 0.35), 6)


def _front_side(sitter: Sitter, canvas: Canvas) -> None:
    edge = sitter.face - 7
    sweep = bezier((300 + edge, 258), (300 + edge, 206), (330, 176), (262, 178))
    sweep += bezier((262, 178), (240, 190), (300 - edge, 214), (300 - edge, 258))
    outline = _crown(sitter, 126) + sweep
    canvas.shape(outline if sitter.tilt > 0 else mirror(outline), sitter.hair)
    curve = bezier((266, 172), (310, 160), (352, 178), (372, 214))
    canvas.line(curve if sitter.tilt > 0 else mirror(curve), veil(light(sitter.hair, 0.5), 0.35), 5)


def _front_buzz(sitter: Sitter, canvas: Canvas) -> None:
    edge = sitter.face - 4
    fringe = bezier((300 + edge, 244), (300 + edge, 200), (350, 190), (300, 190))
    fringe += bezier((300, 190), (250, 190), (300 - edge, 200), (300 - edge, 244))
    crown = [(x, y + 8) for x, y in _crown(sitter, 138)]
    canvas.shape(crown + fringe, mix(sitter.hair, sitter.skin, 0.22))


def _front_bald(sitter: Sitter, canvas: Canvas) -> None:
    for side in (-1, 1):
        x = MIDDLE + side * (sitter.face + 1)
        canvas.blob([(x - 9, 214), (x + 7, 222), (x + 9, 262), (x - 6, 268), (x - 12, 240)], sitter.hair)
    canvas.curve((262, 176), (280, 164), (300, 162), (318, 166), veil("#FFFFFF", 0.35), 7)


def _front_curly(sitter: Sitter, canvas: Canvas) -> None:
    curls = ((216, 214, 28), (226, 176, 34), (262, 150, 38), (308, 142, 40), (350, 154, 36), (378, 184, 32))
    for x, y, r in (*curls, (386, 220, 26), (258, 184, 28), (300, 180, 28), (340, 186, 28)):
        canvas.disc(x, y, r, sitter.hair)
    for x, y, r in ((262, 152, 18), (312, 146, 20), (356, 162, 16), (228, 182, 15)):
        canvas.arc(x, y, r, r, (190, 320), veil(light(sitter.hair, 0.5), 0.4), 4)


def _front_bob(sitter: Sitter, canvas: Canvas) -> None:
    edge = sitter.face - 16
    part = bezier((300 + edge, 300), (300 + edge + 6, 230), (350, 204), (276, 186))
    part += bezier((276, 186), (262, 214), (300 - edge - 4, 230), (300 - edge, 300))
    temple = sitter.face + 18
    outer = bezier((300 - temple, 340), (300 - temple - 14, 190), (240, 126), (300, 126))
    outline = outer + mirror(outer)[::-1] + part
    canvas.shape(outline if sitter.tilt > 0 else mirror(outline), sitter.hair)
    shine = bezier((290, 150), (340, 154), (372, 186), (384, 226))
    canvas.line(shine if sitter.tilt > 0 else mirror(shine), veil(light(sitter.hair, 0.6), 0.35), 6)


def _front_long(sitter: Sitter, canvas: Canvas) -> None:
    edge = sitter.face - 10
    part = bezier((300 + edge, 318), (300 + edge + 6, 236), (356, 214), (300, 178))
    part += bezier((300, 178), (244, 214), (300 - edge - 6, 236), (300 - edge, 318))
    temple = sitter.face + 16
    outer = bezier((300 - temple, 360), (300 - temple - 10, 190), (244, 126), (300, 126))
    canvas.shape(outer + mirror(outer)[::-1] + part, sitter.hair)
    canvas.line([(300, 134), (300, 176)], sitter.locks, 3)


def _front_pulled(sitter: Sitter, canvas: Canvas) -> None:
    edge = sitter.face - 6
    fringe = bezier((300 + edge, 264), (300 + edge, 210), (352, 178), (300, 178))
    fringe += bezier((300, 178), (248, 178), (300 - edge, 210), (300 - edge, 264))
    canvas.shape(_crown(sitter, 132) + fringe, sitter.hair)
    for x in (258, 300, 342):
        canvas.curve((x, 142), (x, 154), (x, 162), (300 + (x - 300) * 1.25, 174), veil(sitter.locks, 0.7), 3)


def _front_afro(sitter: Sitter, canvas: Canvas) -> None:
    for x, y, r in (
        (238, 198, 32),
        (276, 184, 34),
        (322, 184, 34),
        (362, 198, 32),
        (212, 236, 20),
        (388, 236, 20),
        (300, 172, 36),
        (246, 160, 24),
        (354, 160, 24),
    ):
        canvas.disc(x, y, r, sitter.hair)
    band = bezier((206, 214), (240, 168), (360, 168), (394, 214))
    canvas.line(band, sitter.accent, 15)


def _front_braids(sitter: Sitter, canvas: Canvas) -> None:
    _front_pulled(sitter, canvas)
    for side in (-1, 1):
        for step in range(8):
            x = MIDDLE + side * (sitter.face + 14 + 4 * step - 0.45 * step * step)
            canvas.oval(x, 300 + step * 26, 17 - step * 0.7, 17, sitter.hair if step % 2 else sitter.locks)
        canvas.disc(MIDDLE + side * (sitter.face + 14 + 32 - 29), 500, 9, sitter.accent)


def _wrap(sitter: Sitter) -> str:
    return TERRACOTTA if sitter.colour != TERRACOTTA else TEAL


def _front_scarf(sitter: Sitter, canvas: Canvas) -> None:
    wrap = _wrap(sitter)
    edge = sitter.face + 10
    outer = bezier((300 - edge, 246), (300 - edge - 14, 150), (236, 84), (300, 84))
    under = bezier((300 + edge, 246), (370, 200), (340, 190), (300, 190))
    under += bezier((300, 190), (260, 190), (230, 200), (300 - edge, 246))
    canvas.shape(outer + mirror(outer)[::-1] + under, wrap)
    for lift, colour in ((0, MUSTARD), (34, CREAM), (66, TEAL if wrap != TEAL else MUSTARD)):
        canvas.curve(
            (300 - edge + 4, 216 - lift),
            (250, 166 - lift),
            (350, 166 - lift),
            (300 + edge - 4, 216 - lift),
            colour,
            8,
        )
    canvas.blob([(268, 96), (262, 60), (300, 48), (340, 62), (334, 98), (300, 108)], light(wrap, 0.12))
    canvas.curve((280, 92), (288, 72), (304, 66), (322, 70), dark(wrap, 0.25), 4)


FRONTS: dict[str, Drawing] = {
    "short": _front_short,
    "side": _front_side,
    "buzz": _front_buzz,
    "bald": _front_bald,
    "curly": _front_curly,
    "bob": _front_bob,
    "long": _front_long,
    "wavy": _front_bob,
    "bun": _front_pulled,
    "ponytail": _front_pulled,
    "afro": _front_afro,
    "braids": _front_braids,
    "scarf": _front_scarf,
}
