"""What the people of the portraits wear."""

from cms.demo.drawing.canvas import (
    CREAM,
    INK,
    MUSTARD,
    TEAL,
    Canvas,
    Chance,
    Colour,
    Point,
    bezier,
    dark,
    light,
    veil,
)
from cms.demo.drawing.sitter import MIDDLE, SIZE, Drawing, Sitter, both, mirror


def shoulders(sitter: Sitter, canvas: Canvas) -> None:
    """The neck and the bust, dressed."""
    canvas.shape(_torso(sitter), sitter.colour)
    canvas.shape(both([(262, 340), (262, 420), (246, 437)]), sitter.shade)
    canvas.shape(both(bezier((244, 436), (262, 478), (290, 484), (300, 484))), sitter.shade)
    WARDROBE.get(sitter.clothes, _sweater)(sitter, canvas)


def _torso(sitter: Sitter) -> list[Point]:
    left = MIDDLE - (176 if sitter.beard != "none" or sitter.style in ("buzz", "bald") else 160)
    side = [*bezier((252, 428), (220, 452), (left + 20, 450), (left, 520)), (left - 14, 602)]
    return both(side)


def _neckline(canvas: Canvas, colour: str | Colour, width: float) -> None:
    canvas.line(both(bezier((246, 434), (262, 480), (290, 486), (300, 486))), colour, width)


def _sweater(sitter: Sitter, canvas: Canvas) -> None:
    _neckline(canvas, light(sitter.colour, 0.22), 17)
    for x in (196, 404):
        canvas.line([(x, 540), (x, 602)], dark(sitter.colour, 0.3), 4)


def _stripes(sitter: Sitter, canvas: Canvas) -> None:
    body = Canvas(SIZE, SIZE, CREAM, scale=canvas.scale)
    for y in range(452, 604, 34):
        body.rect(0, y, SIZE, 15, sitter.colour)
    mask = Canvas(SIZE, SIZE, "#000000", scale=canvas.scale)
    mask.shape(_torso(sitter), "#FFFFFF")
    mask.shape([*both(bezier((244, 436), (262, 478), (290, 484), (300, 484))), (300, 400)], "#000000")
    mask.shape([(244, 436), (262, 330), (338, 330), (356, 436), (300, 484)], "#000000")
    canvas.image.paste(body.image, (0, 0), mask.image.convert("L"))
    _neckline(canvas, sitter.colour, 11)
    for x in (188, 412):
        canvas.line([(x, 545), (x, 602)], veil(INK, 0.3), 4)


def _overshirt(sitter: Sitter, canvas: Canvas) -> None:
    tee = CREAM if sitter.accent == CREAM else light(sitter.accent, 0.3)
    canvas.shape([(246, 436), (354, 436), (362, 602), (238, 602)], tee)
    canvas.shape([(262, 340), (262, 420), (244, 436), (356, 436), (338, 420), (338, 340)], sitter.shade)
    canvas.shape(both(bezier((250, 434), (264, 474), (290, 482), (300, 482))), sitter.shade)
    edge = [(236, 440), (254, 500), (258, 602), (180, 602), (200, 460)]
    collar = [(248, 424), (216, 452), (248, 512), (274, 486)]
    for points, colour in ((edge, sitter.colour), (collar, light(sitter.colour, 0.18))):
        canvas.shape(points, colour)
        canvas.shape(mirror(points), colour)
    canvas.rect(376, 520, 44, 7, dark(sitter.colour, 0.3), 3)


def _blazer(sitter: Sitter, canvas: Canvas) -> None:
    canvas.shape([*both(bezier((246, 436), (262, 478), (290, 486), (300, 486))), (340, 602), (260, 602)], CREAM)
    lapel = [(246, 428), (206, 470), (236, 492), (222, 510), (284, 602), (300, 602), (262, 500)]
    canvas.shape(lapel, light(sitter.colour, 0.16))
    canvas.shape(mirror(lapel), light(sitter.colour, 0.16))
    canvas.disc(378, 520, 8, MUSTARD)


def _hoodie(sitter: Sitter, canvas: Canvas) -> None:
    hood = [*bezier((226, 440), (232, 500), (270, 520), (300, 522))]
    canvas.line(both(hood), dark(sitter.colour, 0.22), 30)
    canvas.line(both(bezier((234, 432), (244, 488), (274, 506), (300, 508))), light(sitter.colour, 0.2), 22)
    for x in (272, 328):
        canvas.line([(x, 512), (x, 566)], CREAM, 5)


def _tshirt(sitter: Sitter, canvas: Canvas) -> None:
    _neckline(canvas, dark(sitter.colour, 0.25), 9)
    for points in ([(150, 520), (168, 560), (160, 602)],):
        canvas.line(points, dark(sitter.colour, 0.25), 4)
        canvas.line(mirror(points), dark(sitter.colour, 0.25), 4)


def _polo(sitter: Sitter, canvas: Canvas) -> None:
    canvas.shape([(268, 480), (332, 480), (300, 556)], sitter.shade)
    collar = [(246, 428), (232, 462), (278, 508), (300, 492), (262, 462)]
    canvas.shape(collar, light(sitter.colour, 0.22))
    canvas.shape(mirror(collar), light(sitter.colour, 0.22))
    canvas.line([(300, 550), (300, 602)], dark(sitter.colour, 0.25), 4)
    canvas.disc(312, 574, 4.5, CREAM)


def _blouse(sitter: Sitter, canvas: Canvas) -> None:
    _tunic(sitter, canvas)
    collar = [(246, 430), (226, 474), (270, 504), (298, 490), (266, 474)]
    canvas.shape(collar, CREAM)
    canvas.shape(mirror(collar), CREAM)
    for y in (520, 552, 584):
        canvas.disc(300, y, 5, CREAM)


def _tunic(sitter: Sitter, canvas: Canvas) -> None:
    chance = Chance(str(sitter.colour) + sitter.clothes)
    for row, y in enumerate(range(478, 604, 30)):
        for x in range(150 + row % 2 * 20, 470, 40):
            if (62 < abs(x - 300) < 108 or y > 500) and abs(x - 300) < 146:
                canvas.disc(x, y + chance.number(-2, 2), 5, veil(sitter.accent, 0.75))
    _neckline(canvas, sitter.accent, 10)


def _cardigan(sitter: Sitter, canvas: Canvas) -> None:
    canvas.shape([(244, 436), (356, 436), (330, 602), (270, 602)], CREAM)
    canvas.shape([(262, 340), (262, 420), (244, 438), (300, 482), (356, 438), (338, 420), (338, 340)], sitter.shade)
    edge = [(242, 430), (264, 500), (276, 602)]
    canvas.line(edge, light(sitter.colour, 0.2), 16)
    canvas.line(mirror(edge), light(sitter.colour, 0.2), 16)
    for y in (530, 566):
        canvas.disc(333, y, 6, MUSTARD)


def _raincoat(sitter: Sitter, canvas: Canvas) -> None:
    _hoodie(sitter, canvas)
    canvas.line([(300, 520), (300, 602)], dark(sitter.colour, 0.28), 5)
    for y in (546, 584):
        canvas.disc(316, y, 6, TEAL)


def _apron(sitter: Sitter, canvas: Canvas) -> None:
    _sweater(sitter, canvas)
    canvas.rect(226, 516, 148, 90, CREAM, 12)
    for points in ([(240, 520), (236, 440)],):
        canvas.line(points, CREAM, 13)
        canvas.line(mirror(points), CREAM, 13)
    canvas.line([(226, 534), (374, 534)], veil(sitter.colour, 0.7), 4)


def _dungarees(sitter: Sitter, canvas: Canvas) -> None:
    shirt = sitter.accent if sitter.accent != TEAL else CREAM
    canvas.shape(_torso(sitter), shirt)
    canvas.shape([(262, 340), (262, 420), (244, 438), (300, 484), (356, 438), (338, 420), (338, 340)], sitter.shade)
    _neckline(canvas, dark(shirt, 0.12), 9)
    canvas.rect(222, 520, 156, 90, sitter.colour, 14)
    strap = [(216, 446), (238, 534)]
    canvas.line(strap, sitter.colour, 22)
    canvas.line(mirror(strap), sitter.colour, 22)
    for x in (238, 362):
        canvas.disc(x, 534, 8, MUSTARD if sitter.colour != MUSTARD else CREAM)
    canvas.rect(266, 548, 68, 60, dark(sitter.colour, 0.14), 8)


WARDROBE: dict[str, Drawing] = {
    "sweater": _sweater,
    "stripes": _stripes,
    "overshirt": _overshirt,
    "blazer": _blazer,
    "hoodie": _hoodie,
    "tshirt": _tshirt,
    "polo": _polo,
    "blouse": _blouse,
    "tunic": _tunic,
    "cardigan": _cardigan,
    "raincoat": _raincoat,
    "apron": _apron,
    "dungarees": _dungarees,
}
