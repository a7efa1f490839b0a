"""Covers of the home page and of the blog: one street, one door, one idea each."""

import math

from cms.demo.drawing import buildings, figures, nature, street, tableware
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
    bezier,
    dark,
    light,
    mix,
    veil,
)


def home(c: Canvas) -> None:
    """A street whose houses are cut open on the good turns that neighbours do, around the loge's open door."""
    c.sky("#BCDAD6", "#FBEBD0", 720)
    nature.sun(c, 1360, 150, 60)
    nature.cloud(c, 260, 130, 120)
    nature.cloud(c, 980, 100, 110, 0.6)
    buildings.house(c, -70, 720, 300, 470, "#E9B98F", floors=3, columns=2, name="h1", shutters="#6F9680", ground=150)
    buildings.shopfront(c, -50, 720, 270, 150, TERRACOTTA, goods="bread")
    _open_house(c, 240, 720, 440, 520, "#F2DDB4", "#B9694A")
    _loge(c, 690, 720, 300)
    _second_open_house(c, 1000, 720, 400, 470, "#D9B79A", "#5F7F86")
    buildings.house(
        c, 1410, 720, 260, 500, "#D9E0CC", floors=3, columns=2, name="h2", shutters=TERRACOTTA, ground=150
    )
    buildings.shopfront(c, 1424, 720, 230, 150, TEAL, goods="plants")
    street.cobbles(c, 712, "#E1CFAA", "home")
    street.bunting(c, (236, 192), (684, 192), 26, size=24)
    street.bunting(c, (996, 244), (1404, 244), 26, size=24)
    nature.tree(c, 226, 740, 250, "#6E9A6B", "home")
    nature.tree(c, 1404, 740, 260, "#5E8C6A", "home")
    street.bench(c, 480, 800, 170)
    figures.person(c, 842, 772, 214, skin="#F0C6A4", hair="#8A3F28", top=TEAL, bottom=INK, style="long", arm="wave")
    figures.person(
        c,
        1010,
        838,
        250,
        skin="#74482F",
        hair="#C8553D",
        top=MUSTARD,
        bottom=PLUM,
        style="scarf",
        arm="bag",
        faces=-1,
        skirt=True,
    )
    figures.person(
        c, 330, 846, 250, skin="#F0C6A4", hair="#EDE9DF", top=MUSTARD, bottom=TEAL, style="bun", arm="hold"
    )
    figures.dog(c, 430, 852, 74)
    street.bicycle(c, 1230, 856, 124, TERRACOTTA)
    nature.potted(c, 676, 772, 104, seed="home1")
    nature.potted(c, 1000, 772, 96, seed="home2", pot=TEAL)


def _loge(c: Canvas, x: float, base: float, w: float) -> None:
    """The little house of the loge, its light on and its door open."""
    c.rect(x, base - 330, w, 330, TERRACOTTA)
    c.rect(x, base - 330, w, 10, light(TERRACOTTA, 0.4))
    c.shape([(x - 26, base - 326), (x + w / 2, base - 474), (x + w + 26, base - 326)], TEAL)
    c.shape([(x + w / 2, base - 474), (x + w + 26, base - 326), (x + w * 0.62, base - 326)], dark(TEAL, 0.3))
    c.disc(x + w / 2, base - 374, 40, CREAM)
    tableware.key(c, x + w / 2, base - 390, 54)
    buildings.door(c, x + w / 2 - 56, base, 112, 226, TEAL, is_open=True)
    for left in (x + 22, x + w - 82):
        buildings.window(c, left, base - 240, 60, 108, frame=CREAM, glass=buildings.LAMP, flowers=True)
    buildings.awning(c, x + w / 2 - 90, base - 288, 180, 46, MUSTARD)


def _room(c: Canvas, x: float, y: float, w: float, h: float, wall: str) -> None:
    c.rect(x - 7, y - 7, w + 14, h + 14, CREAM, 4)
    c.sky_box(x, y, w, h, light(wall, 0.25), wall)
    c.rect(x, y + h - 12, w, 12, WOOD)


def _open_house(c: Canvas, x: float, base: float, w: float, h: float, wall: str, roof: str) -> None:
    """A house seen through: sewing, dish-up, homework, plants."""
    c.shape([(x - 14, base - h + 4), (x + w / 2, base - h - 110), (x + w + 14, base - h + 4)], roof)
    c.rect(x + w * 0.72, base - h - 108, 36, 84, dark(roof, 0.2))
    c.rect(x, base - h, w, h, wall)
    rw, rh = w / 2 - 28, h / 3 - 30
    cells = [(x + 18 + i * (w / 2 - 4), base - h + 18 + j * (h / 3 - 4)) for j in range(3) for i in range(2)]
    tones = ("#E7C9B0", "#9DBFB4", "#F0CF8E", "#B98FA0", "#CFE3DF", "#E9A985")
    for (rx, ry), tone in zip(cells, tones, strict=True):
        _room(c, rx, ry, rw, rh, tone)
    floor = [(rx, ry + rh - 12) for rx, ry in cells]
    _seat(c, floor[0], "#EDE9DF", PLUM, "#F0C6A4", "bun")
    c.rect(floor[0][0] + 92, floor[0][1] - 40, 76, 8, WOOD)
    c.rect(floor[0][0] + 100, floor[0][1] - 32, 6, 32, WOOD)
    c.rect(floor[0][0] + 154, floor[0][1] - 32, 6, 32, WOOD)
    c.rect(floor[0][0] + 104, floor[0][1] - 76, 54, 14, TERRACOTTA, 5)
    c.rect(floor[0][0] + 140, floor[0][1] - 70, 16, 30, TERRACOTTA, 3)
    c.rect(floor[0][0] + 104, floor[0][1] - 66, 10, 18, TERRACOTTA, 2)
    fx, fy = floor[1]
    figures.person(c, fx + 60, fy, 118, skin="#C98F62", hair="#241F22", top=BLUE, bottom=INK, arm="hold")
    c.rect(fx + 108, fy - 56, 66, 8, "#B9C4C0")
    c.rect(fx + 112, fy - 48, 58, 48, SAGE)
    c.curve((fx + 126, fy - 56), (fx + 126, fy - 88), (fx + 150, fy - 88), (fx + 150, fy - 66), "#7F8E8D", 7)
    fx, fy = floor[2]
    figures.person(
        c, fx + 56, fy, 112, skin="#F0C6A4", hair="#5A3A28", top=SAGE, bottom=INK, style="curly", arm="hold"
    )
    figures.person(
        c, fx + 130, fy, 76, skin="#F0C6A4", hair="#D9A84E", top=TERRACOTTA, bottom=BLUE, faces=-1, arm="wave"
    )
    c.rect(fx + 150, fy - 104, 34, 30, CREAM, 3)
    fx, fy = floor[3]
    for i in range(3):
        nature.potted(
            c, fx + 40 + i * 56, fy, 76 - (i % 2) * 18, seed=f"room{i}", pot=(TERRACOTTA, CREAM, MUSTARD)[i]
        )
    figures.cat(c, fx + 160, fy - 84, 40, INK)
    c.rect(fx + 130, fy - 86, 60, 7, WOOD)
    fx, fy = floor[4]
    figures.person(
        c,
        fx + 60,
        fy,
        116,
        skin="#74482F",
        hair="#241F22",
        top=MUSTARD,
        bottom=PLUM,
        style="bun",
        arm="hold",
        skirt=True,
    )
    c.rect(fx + 96, fy - 52, 88, 7, "#B9C4C0", 3)
    c.line([(fx + 106, fy - 46), (fx + 170, fy)], INK, 4)
    c.line([(fx + 170, fy - 46), (fx + 106, fy)], INK, 4)
    c.shape([(fx + 110, fy - 52), (fx + 150, fy - 52), (fx + 156, fy - 30), (fx + 106, fy - 30)], TERRACOTTA)
    fx, fy = floor[5]
    figures.person(
        c, fx + 56, fy, 114, skin="#DDAC80", hair="#241F22", top=TERRACOTTA, bottom=INK, style="long", arm="hold"
    )
    c.rect(fx + 96, fy - 50, 84, 50, CREAM)
    c.rect(fx + 96, fy - 50, 84, 8, INK)
    c.rect(fx + 112, fy - 76, 46, 26, TEAL, 6)
    tableware.steam(c, fx + 134, fy - 80, 30)


def _seat(c: Canvas, floor: tuple[float, float], hair: str, top: str, skin: str, style: str) -> None:
    figures.person(
        c,
        floor[0] + 56,
        floor[1],
        108,
        skin=skin,
        hair=hair,
        top=top,
        bottom=INK,
        style=style,
        arm="hold",
        skirt=True,
    )


def _second_open_house(c: Canvas, x: float, base: float, w: float, h: float, wall: str, roof: str) -> None:
    """Another one: a computer lesson, a song, furniture to build, a visit."""
    c.shape([(x - 8, base - h), (x + 26, base - h - 76), (x + w - 26, base - h - 76), (x + w + 8, base - h)], roof)
    c.rect(x + 70, base - h - 120, 38, 70, "#C9A98A")
    c.rect(x, base - h, w, h, wall)
    rw, rh = w / 2 - 28, h / 2 - 60
    cells = [(x + 18 + i * (w / 2 - 4), base - h + 22 + j * (h / 2 - 30)) for j in range(2) for i in range(2)]
    for (rx, ry), tone in zip(cells, ("#F0CF8E", "#CFE3DF", "#E9A985", "#9DBFB4"), strict=True):
        _room(c, rx, ry, rw, rh, tone)
    fx, fy = cells[0][0], cells[0][1] + rh - 12
    figures.person(c, fx + 50, fy, 128, skin="#F0C6A4", hair="#A7A6A1", top=TEAL, bottom=INK, arm="hold")
    c.rect(fx + 88, fy - 54, 76, 8, WOOD)
    c.rect(fx + 120, fy - 46, 10, 46, WOOD)
    c.rect(fx + 100, fy - 92, 54, 38, INK, 4)
    c.rect(fx + 105, fy - 87, 44, 28, "#CFE3DF", 2)
    fx, fy = cells[1][0], cells[1][1] + rh - 12
    figures.person(
        c,
        fx + 82,
        fy,
        134,
        skin="#F7DBC6",
        hair="#5A3A28",
        top=TERRACOTTA,
        bottom=PLUM,
        style="bun",
        arm="hold",
        skirt=True,
    )
    c.oval(fx + 96, fy - 62, 26, 20, "#C98A45")
    c.line([(fx + 112, fy - 70), (fx + 150, fy - 96)], WOOD, 8)
    c.disc(fx + 96, fy - 62, 7, INK)
    for dx, dy in ((20, -110), (140, -130)):
        c.disc(fx + dx, fy + dy + 20, 7, INK)
        c.line([(fx + dx + 6, fy + dy + 20), (fx + dx + 6, fy + dy - 8)], INK, 3)
    fx, fy = cells[2][0], cells[2][1] + rh - 12
    figures.person(
        c, fx + 44, fy, 130, skin="#9A6443", hair="#241F22", top=MUSTARD, bottom=INK, style="cap", arm="hold"
    )
    c.rect(fx + 92, fy - 104, 70, 104, "#C99B63", 3)
    for i in range(3):
        c.rect(fx + 98, fy - 98 + i * 33, 58, 26, dark("#C99B63", 0.28), 2)
    fx, fy = cells[3][0], cells[3][1] + rh - 12
    figures.person(
        c,
        fx + 48,
        fy,
        124,
        skin="#F0C6A4",
        hair="#EDE9DF",
        top=PLUM,
        bottom=INK,
        style="curly",
        arm="hold",
        skirt=True,
    )
    figures.person(c, fx + 136, fy, 124, skin="#F0C6A4", hair="#EDE9DF", top=BLUE, bottom=INK, faces=-1, arm="hold")
    c.rect(fx + 74, fy - 56, 40, 6, WOOD)
    c.rect(fx + 91, fy - 50, 6, 50, WOOD)
    c.rect(fx + 80, fy - 66, 10, 12, CREAM, 1)
    c.rect(fx + 96, fy - 66, 10, 12, CREAM, 1)


def new_trade(c: Canvas) -> None:
    """A person who opens a shop door with a bunch of keys, flyers under one arm."""
    c.sky("#F3CFA0", "#FBEFD8", 760)
    buildings.house(
        c,
        -40,
        760,
        1120,
        760,
        "#E9C79C",
        floors=2,
        columns=5,
        name="nm1",
        shutters="#6F9680",
        ground=420,
        roof="flat",
        roof_colour=TERRACOTTA,
        flowers=0.6,
    )
    buildings.house(
        c,
        1090,
        760,
        560,
        640,
        "#D98B66",
        floors=3,
        columns=3,
        name="nm2",
        ground=200,
        roof="tile",
        roof_colour="#8C5A4A",
    )
    buildings.shopfront(c, 1120, 760, 480, 200, PLUM, goods="bread")
    c.rect(60, 350, 940, 414, TEAL)
    c.rect(60, 350, 940, 14, light(TEAL, 0.25))
    for x in (100, 720):
        c.rect(x, 430, 240, 260, light(buildings.LAMP, 0.4))
        c.rect(x + 116, 430, 8, 260, TEAL)
        for i in range(3):
            nature.potted(
                c, x + 44 + i * 76, 690, 130 - (i % 2) * 30, seed=f"nm{x}{i}", pot=(TERRACOTTA, CREAM, MUSTARD)[i]
            )
    buildings.door(c, 410, 764, 240, 330, TERRACOTTA, is_open=True)
    buildings.awning(c, 40, 344, 980, 74, MUSTARD)
    c.line([(1010, 404), (1100, 404)], INK, 7)
    c.disc(1070, 474, 62, CREAM)
    c.ring(1070, 474, 62, 62, TERRACOTTA, 8)
    tableware.key(c, 1070, 450, 76)
    street.cobbles(c, 756, "#E1CFAA", "metier")
    figures.person(
        c, 760, 880, 500, skin="#F0C6A4", hair="#8A3F28", top=MUSTARD, bottom=TEAL, style="long", arm="wave"
    )
    c.ring(879, 462, 28, 28, INK, 6)
    for dx, size in ((-16, 70), (6, 84), (26, 64)):
        tableware.key(c, 879 + dx, 498, size, (MUSTARD, "#B9C4C0", TERRACOTTA)[size % 3])
    for i in range(4):
        c.rect(690 - i * 4, 590 + i * 5, 64, 88, (CREAM, SAGE, CREAM, TERRACOTTA)[i], 4)
    c.disc(720, 690, 16, "#F0C6A4")
    figures.person(
        c, 1180, 872, 400, skin="#74482F", hair="#241F22", top=SAGE, bottom=INK, style="afro", arm="hold", faces=-1
    )
    figures.person(
        c, 1340, 876, 330, skin="#DDAC80", hair="#5A3A28", top=TERRACOTTA, bottom=BLUE, arm="wave", faces=-1
    )
    figures.person(
        c, 250, 876, 380, skin="#F7DBC6", hair="#A7A6A1", top=BLUE, bottom=PLUM, style="bun", arm="bag", skirt=True
    )
    figures.dog(c, 1490, 880, 90)


def concierge(c: Canvas) -> None:
    """An old concierge's lodge: curtain, keys on their board, pigeon-holes and a cat."""
    c.sky("#2C5C5E", "#224A4D", 700)
    c.rect(0, 690, c.width, 210, "#C9B48D")
    for row in range(4):
        for i in range(16):
            if (row + i) % 2:
                c.shape(
                    [
                        (i * 116 - row * 24 - 60, 690 + row * 54),
                        (i * 116 - row * 24 + 56, 690 + row * 54),
                        (i * 116 - row * 24 + 32, 744 + row * 54),
                        (i * 116 - row * 24 - 84, 744 + row * 54),
                    ],
                    "#8FA59A",
                )
    c.rect(0, 660, c.width, 32, "#163F43")
    _pigeon_holes(c, 90, 130)
    c.rect(590, 90, 460, 604, "#8A5A3C", 6)
    c.rect(610, 110, 420, 584, "#A8744E")
    c.rect(640, 140, 360, 330, "#F6DFA8")
    c.rect(640, 140, 360, 330, veil(buildings.LAMP, 0.35))
    c.disc(820, 230, 130, veil("#FFF3D6", 0.5))
    c.line([(820, 140), (820, 196)], INK, 4)
    c.shape([(776, 236), (798, 194), (842, 194), (864, 236)], TERRACOTTA)
    figures.person(
        c, 860, 620, 350, skin="#F0C6A4", hair="#A7A6A1", top=PLUM, bottom=INK, style="bun", arm="down", faces=-1
    )
    c.rect(610, 470, 420, 224, "#A8744E")
    for left in (640, 832):
        c.rect(left, 500, 168, 170, "#9A6743", 6)
        c.rect(left + 14, 514, 140, 142, "#A8744E", 4)
    c.rect(630, 456, 380, 22, dark("#A8744E", 0.25), 4)
    for side in (-1, 1):
        edge = 820 + side * 180
        curtain = [
            (edge, 140),
            (edge - side * 120, 140),
            *bezier(
                (edge - side * 120, 140), (edge - side * 110, 280), (edge - side * 50, 330), (edge - side * 30, 456)
            ),
            (edge, 456),
        ]
        c.shape(curtain, "#FBF3E4")
        for i in range(4):
            c.curve(
                (edge - side * (20 + i * 28), 140),
                (edge - side * (20 + i * 24), 260),
                (edge - side * (14 + i * 10), 350),
                (edge - side * (8 + i * 6), 456),
                veil(TERRACOTTA, 0.35),
                4,
            )
        c.oval(edge - side * 30, 352, 26, 9, TERRACOTTA)
    c.rect(630, 130, 380, 16, MUSTARD, 6)
    tableware.cup(c, 700, 458, 50, TERRACOTTA)
    figures.cat(c, 950, 460, 84, "#D98B3D")
    _key_board(c, 1140, 120)
    nature.potted(c, 1500, 700, 250, seed="concierge", pot=TERRACOTTA)
    for i, (w, h, tone) in enumerate(((150, 100, "#C99B63"), (120, 76, "#B98552"), (84, 56, "#D3A672"))):
        y = 830 - sum((100, 76, 56)[:i])
        c.rect(1230 + i * 12, y - h, w, h, tone, 3)
        c.rect(1230 + i * 12 + w / 2 - 9, y - h, 18, h, light(tone, 0.35))
    c.rect(250, 620, 14, 210, WOOD, 5)
    c.rect(222, 796, 70, 40, MUSTARD, 6)
    for i in range(8):
        c.line([(226 + i * 9, 834), (222 + i * 10, 862)], dark(MUSTARD, 0.2), 4)
    c.shape([(330, 770), (430, 770), (418, 858), (342, 858)], SAGE)
    c.arc(380, 772, 48, 50, (180, 360), INK, 5)


def _pigeon_holes(c: Canvas, x: float, y: float) -> None:
    c.rect(x, y, 420, 420, WOOD, 8)
    chance = Chance("courrier")
    for row in range(5):
        for column in range(4):
            left, top = x + 16 + column * 98, y + 16 + row * 80
            c.rect(left, top, 92, 72, dark(WOOD, 0.42), 3)
            for i in range(int(chance.number(0, 3.6))):
                tone = chance.pick([CREAM, "#F2E1BE", SAGE, "#E9C4B0"])
                c.shape(
                    [
                        (left + 8 + i * 12, top + 72),
                        (left + 22 + i * 14, top + 16 + i * 5),
                        (left + 70 + i * 5, top + 20 + i * 6),
                        (left + 66, top + 72),
                    ],
                    tone,
                )
            c.rect(left + 30, top + 64, 32, 12, MUSTARD, 3)


def _key_board(c: Canvas, x: float, y: float) -> None:
    c.rect(x, y, 330, 400, "#8A5A3C", 8)
    c.rect(x + 16, y + 16, 298, 368, "#B98552", 4)
    for row in range(4):
        for column in range(5):
            kx, ky = x + 50 + column * 58, y + 44 + row * 90
            c.disc(kx, ky - 8, 5, INK)
            if (row * 5 + column) % 7 != 3:
                tableware.key(c, kx, ky + 4, 62, (MUSTARD, "#D8D3C4", TERRACOTTA, MUSTARD)[(row + column) % 4])


def local(c: Canvas) -> None:
    """Two streets of a neighbourhood from above, with their roofs, shops, trees and people."""
    c.rect(0, 0, c.width, c.height, "#BCD3B4")
    road, path = "#E6D9BC", "#F3EAD3"
    for width, tone in ((190, path), (128, road)):
        c.line(bezier((-60, 640), (420, 560), (760, 720), (1680, 470), 60), tone, width)
        c.line(bezier((620, -60), (560, 260), (880, 560), (820, 980), 60), tone, width)
    for i, (px, py) in enumerate(bezier((-60, 640), (420, 560), (760, 720), (1680, 470), 44)):
        if i % 2:
            c.line([(px - 16, py + 1), (px + 16, py - 2)], CREAM, 5)
    spots = (
        (120, 90, 200, 150, TERRACOTTA),
        (350, 70, 170, 200, "#5F7F86"),
        (110, 290, 180, 170, MUSTARD),
        (330, 320, 210, 140, TERRACOTTA),
        (790, 70, 220, 160, TERRACOTTA),
        (1050, 60, 180, 190, "#5F7F86"),
        (1290, 90, 220, 150, SAGE),
        (830, 290, 190, 170, MUSTARD),
        (1070, 300, 210, 130, TERRACOTTA),
        (1330, 280, 190, 120, "#5F7F86"),
        (90, 730, 220, 130, "#5F7F86"),
        (350, 720, 200, 150, TERRACOTTA),
        (960, 760, 200, 120, SAGE),
        (1200, 700, 180, 160, TERRACOTTA),
        (1420, 640, 160, 180, MUSTARD),
    )
    for i, (x, y, w, h, tone) in enumerate(spots):
        _roof_from_above(c, x, y, w, h, tone, i)
    chance = Chance("arbres")
    for x, y in (
        (60, 230),
        (300, 270),
        (560, 110),
        (560, 470),
        (740, 200),
        (760, 430),
        (1250, 250),
        (1540, 300),
        (600, 830),
        (700, 800),
        (900, 720),
        (1160, 640),
        (1400, 540),
        (40, 540),
        (230, 500),
        (1560, 60),
        (1030, 480),
        (1300, 470),
    ):
        r = chance.number(24, 42)
        c.disc(x + 8, y + 10, r, veil(INK, 0.16))
        c.disc(x, y, r, "#5E8C6A")
        c.disc(x - r * 0.2, y - r * 0.25, r * 0.62, "#7FAA7C")
    for x, y, w, tone in ((430, 612, 110, TERRACOTTA), (1010, 606, 120, TEAL), (1250, 556, 100, MUSTARD)):
        for i in range(5):
            c.rect(x + i * w / 5, y - 60, w / 5 + 1, 48, tone if i % 2 == 0 else CREAM)
        c.rect(x, y - 14, w, 8, dark(tone, 0.3))
    people = (
        (250, 610, TERRACOTTA),
        (360, 640, TEAL),
        (640, 610, MUSTARD),
        (700, 380, PLUM),
        (900, 650, BLUE),
        (800, 790, TERRACOTTA),
        (1130, 600, MUSTARD),
        (1390, 520, PLUM),
        (650, 180, BLUE),
        (1500, 500, TERRACOTTA),
    )
    for x, y, tone in people:
        c.disc(x + 5, y + 7, 15, veil(INK, 0.18))
        c.oval(x, y, 19, 13, tone)
        c.disc(x, y - 1, 9, "#5A3A28" if x % 3 else "#D9A84E")
    hearth = (745, 640)
    c.disc(*hearth, 92, veil(TERRACOTTA, 0.20))
    c.blob([(745, 652), (709, 606), (701, 566), (723, 532), (767, 532), (789, 566), (781, 606)], TERRACOTTA)
    c.disc(745, 572, 26, CREAM)
    tableware.key(c, 745, 562, 34)
    for x, y in ((205, 170), (935, 370), (1290, 780), (1410, 170), (450, 790)):
        c.line(
            bezier(
                (hearth[0], 600), ((x + 745) / 2, (y + 600) / 2 - 90), ((x + 745) / 2, (y + 600) / 2 - 70), (x, y), 30
            )[::1],
            veil(TEAL, 0.45),
            6,
        )
        c.disc(x, y, 17, CREAM)
        c.disc(x, y, 10, TEAL)


def _roof_from_above(c: Canvas, x: float, y: float, w: float, h: float, tone: str, rank: int) -> None:
    c.rect(x + 14, y + 18, w, h, veil(INK, 0.18), 6)
    c.rect(x, y, w, h, tone, 4)
    c.shape(
        [(x, y + h / 2), (x + w * 0.2, y + h / 2), (x + w * 0.8, y + h / 2), (x + w, y), (x + w, y + h), (x, y + h)],
        dark(tone, 0.12),
    )
    c.shape([(x, y), (x + w * 0.2, y + h / 2), (x, y + h)], light(tone, 0.18))
    c.shape([(x + w, y), (x + w * 0.8, y + h / 2), (x + w, y + h)], dark(tone, 0.22))
    c.line([(x + w * 0.2, y + h / 2), (x + w * 0.8, y + h / 2)], light(tone, 0.4), 4)
    c.rect(x + w * (0.3 + rank % 3 * 0.15), y + h * 0.16, 30, 24, CREAM, 3)
    c.rect(x + w * (0.3 + rank % 3 * 0.15) + 5, y + h * 0.16 + 5, 20, 14, buildings.GLASS)
    c.rect(x + w * 0.62, y + h * 0.7, 24, 24, dark(tone, 0.4), 3)


def morning(c: Canvas) -> None:
    """The market square before dawn: a café lit, crates, the first coffee."""
    c.sky("#2A4F66", "#F0B486", 620)
    c.disc(300, 150, 40, "#F6E7BE")
    stars = Chance("étoiles")
    for _ in range(34):
        c.disc(stars.number(0, 1600), stars.number(10, 170), stars.number(1.4, 2.8), veil("#FFFFFF", 0.7))
    for i, (x, w, h) in enumerate(
        ((-40, 280, 430), (230, 250, 380), (960, 270, 400), (1220, 240, 360), (1450, 240, 430))
    ):
        wall = mix(("#EBD7B3", "#F1E3C6", "#EBD2AE", "#E3C9A4", "#F0DDB9")[i], "#2A4F66", 0.42)
        buildings.house(
            c, x, 680, w, h, wall, floors=4, columns=3, name=f"matin{i}", roof_colour="#33505F", ground=110, lit=0.28
        )
    buildings.house(
        c,
        470,
        680,
        500,
        420,
        mix("#E9B98F", "#2A4F66", 0.3),
        floors=2,
        columns=4,
        name="zinc",
        roof_colour="#33505F",
        ground=220,
        lit=0.2,
    )
    street.cobbles(c, 668, "#8C7F76", "matin")
    c.disc(720, 700, 420, veil(buildings.LAMP, 0.12))
    c.rect(490, 470, 460, 214, TERRACOTTA)
    c.rect(516, 510, 250, 174, buildings.LAMP)
    c.rect(516, 510, 250, 60, light(buildings.LAMP, 0.4))
    c.rect(800, 500, 110, 184, light(buildings.LAMP, 0.25))
    c.rect(848, 500, 8, 184, TERRACOTTA)
    for i in range(5):
        c.rect(536 + i * 46, 574, 16, 40, (TEAL, PLUM, SAGE, TERRACOTTA, MUSTARD)[i], 5)
    c.rect(516, 612, 250, 8, WOOD)
    figures.person(c, 640, 684, 150, skin="#F0C6A4", hair="#5A3A28", top=CREAM, bottom=INK, arm="hold")
    c.rect(516, 650, 250, 34, dark(WOOD, 0.2))
    buildings.awning(c, 474, 452, 492, 54, TEAL)
    for x in (180, 1180):
        street.lamp(c, x, 740, 330)
    c.shape([(490, 690), (950, 690), (1080, 900), (360, 900)], veil(buildings.LAMP, 0.16))
    for x, y, tone in (
        (60, 850, "#E88B2D"),
        (60, 800, "#8FAE4B"),
        (190, 856, "#D9482F"),
        (1280, 850, "#7A4459"),
        (1410, 850, "#F0BE3A"),
        (1340, 800, "#8FAE4B"),
    ):
        street.crate(c, x, y, 124, tone, "matin")
    tableware.round_table(c, 640, 850, 210, 140)
    tableware.cup(c, 610, 702, 56, CREAM)
    c.rect(670, 692, 60, 8, TERRACOTTA, 2)
    tableware.chair(c, 500, 852, 220, MUSTARD)
    figures.person(
        c, 830, 866, 340, skin="#F0C6A4", hair="#8A3F28", top=TEAL, bottom=INK, style="long", arm="wave", faces=-1
    )
    figures.person(
        c, 1120, 860, 330, skin="#C98F62", hair="#241F22", top=MUSTARD, bottom=INK, style="cap", arm="hold", faces=1
    )
    street.crate(c, 1140, 726, 110, "#E88B2D", "porte")
    street.bicycle(c, 330, 850, 130, TERRACOTTA)
    figures.cat(c, 990, 856, 66, "#2A2A2E")


def sum_up(c: Canvas) -> None:
    """Four unequal piles of coins on a table, the tallest for the person who did the work."""
    c.sky("#F3D9AE", "#F7E7CB", 640)
    for x in range(0, 1600, 100):
        c.rect(x, 0, 50, 640, veil("#FFFFFF", 0.16))
    c.rect(0, 620, c.width, 280, "#B98552")
    c.rect(0, 620, c.width, 18, light("#B98552", 0.3))
    c.rect(140, 660, 1320, 176, dark("#B98552", 0.35), 14)
    c.rect(150, 648, 1300, 176, "#2B4A4A", 12)
    c.rect(170, 664, 1260, 144, "#335757", 8)
    _coins(c, 420, 780, 30, MUSTARD)
    _coins(c, 790, 780, 3, TERRACOTTA)
    _coins(c, 1060, 780, 3, TEAL)
    _coins(c, 1290, 780, 1, SAGE)
    for x, y in ((590, 790), (640, 806)):
        c.oval(x, y, 44, 14, dark(MUSTARD, 0.25))
        c.oval(x, y - 5, 44, 14, MUSTARD)
    _medal(c, 420, 130, MUSTARD)
    c.line([(386, 166), (434, 114)], CREAM, 12)
    c.line([(414, 92), (456, 132)], INK, 25)
    _medal(c, 790, 420, TERRACOTTA)
    tableware.key(c, 790, 396, 62, CREAM)
    _medal(c, 1060, 420, TEAL)
    c.shape([(1030, 440), (1030, 414), (1060, 388), (1090, 414), (1090, 440)], CREAM)
    c.rect(1050, 416, 20, 24, TEAL)
    _medal(c, 1290, 480, SAGE)
    for i in range(4):
        c.rect(1264 + i * 15, 474, 8, 26, CREAM)
    c.rect(1258, 500, 64, 6, CREAM)
    c.shape([(1256, 472), (1290, 452), (1324, 472)], CREAM)
    c.line([(1470, 872), (1330, 850)], CREAM, 15)
    tableware.cup(c, 120, 850, 110, TERRACOTTA)
    nature.potted(c, 1530, 640, 220, seed="addition", pot=TEAL)


def _coins(c: Canvas, x: float, base: float, count: int, tone: str) -> None:
    chance = Chance(f"pile{x}")
    c.oval(x, base + 4, 118, 26, veil(INK, 0.3))
    for i in range(count):
        dx, y = chance.number(-5, 5), base - i * 17.5
        c.oval(x + dx, y, 100, 25, dark(tone, 0.3))
        c.rect(x + dx - 100, y - 16, 200, 16, dark(tone, 0.18))
        for notch in range(-4, 5):
            c.rect(x + dx + notch * 20, y - 15 + (24 - abs(notch) * 3) * 0.6, 3, 9, dark(tone, 0.34))
        c.oval(x + dx, y - 16, 100, 25, tone)
        c.oval(x + dx, y - 16, 78, 18, light(tone, 0.18))


def _medal(c: Canvas, x: float, y: float, tone: str) -> None:
    c.disc(x, y, 74, CREAM)
    c.disc(x, y, 64, tone)
    c.disc(x, y, 64, veil("#FFFFFF", 0.08))


def two_houses(c: Canvas) -> None:
    """Two houses of two towns, joined by one thread and its needle."""
    c.sky("#CFE3DF", "#F8E6CB", 700)
    nature.cloud(c, 780, 150, 130)
    nature.cloud(c, 1050, 230, 80, 0.5)
    nature.hills(c, [(0, 620), (400, 560), (800, 620), (1200, 540), (1600, 600)], "#A9C7A4")
    nature.hills(c, [(0, 720), (500, 660), (1000, 730), (1600, 660)], "#8FB09A")
    for x, h in ((560, 190), (640, 150), (960, 170), (1030, 140)):
        nature.tree(c, x, 730, h, "#6E9A6B", "fil")
    buildings.house(c, 110, 780, 360, 440, "#F1E3C6", floors=3, columns=3, name="fil1", balcony=True, ground=130)
    buildings.shopfront(c, 130, 780, 320, 140, TERRACOTTA, goods="fabric")
    buildings.house(
        c,
        1130,
        800,
        360,
        520,
        "#E8A97C",
        floors=4,
        columns=3,
        name="fil2",
        roof="tile",
        roof_colour="#B9694A",
        tall=0.72,
        ground=40,
    )
    street.cobbles(c, 776, "#E1CFAA", "fil")
    thread = bezier((470, 430), (560, 520), (640, 660), (780, 520), 50) + bezier(
        (780, 520), (900, 380), (980, 420), (1240, 600), 50
    )
    c.line(thread, TERRACOTTA, 9)
    loop = [(800 + 74 * math.cos(math.radians(a)), 452 + 60 * math.sin(math.radians(a))) for a in range(90, 451, 10)]
    c.line(loop, TERRACOTTA, 9)
    c.shape([(296, 268), (466, 440), (484, 440), (486, 422)], "#6F8289")
    c.shape([(296, 268), (486, 422), (480, 416)], "#B9C6C6")
    c.line([(458, 416), (472, 429)], CREAM, 7)
    for x, y, tone in ((566, 528, MUSTARD), (690, 582, TEAL), (930, 432, MUSTARD), (1080, 474, PLUM)):
        c.disc(x, y, 27, tone)
        c.ring(x, y, 27, 27, dark(tone, 0.25), 5)
        for dx, dy in ((-7, -7), (7, -7), (-7, 7), (7, 7)):
            c.disc(x + dx, y + dy, 4, CREAM)
    for i in range(5):
        x = 640 + i * 92
        tone = (TEAL, TERRACOTTA, PLUM, MUSTARD, TEAL)[i]
        c.line([(x, 812), (x, 824)], INK, 4)
        c.shape([(x - 16, 824), (x + 16, 824), (x + 18, 844), (x + 36, 890), (x - 36, 890), (x - 18, 844)], tone)
        c.rect(x - 18, 842, 36, 6, light(tone, 0.35))
    c.rect(590, 804, 480, 9, WOOD, 4)
    for x in (600, 1050):
        c.rect(x, 804, 9, 96, WOOD)
    figures.person(
        c,
        300,
        884,
        320,
        skin="#F0C6A4",
        hair="#A7A6A1",
        top=TERRACOTTA,
        bottom=TEAL,
        style="bun",
        arm="wave",
        skirt=True,
    )
    figures.person(
        c,
        1290,
        888,
        320,
        skin="#F0C6A4",
        hair="#EDE9DF",
        top=PLUM,
        bottom=INK,
        style="bun",
        arm="wave",
        skirt=True,
        faces=-1,
    )
    figures.cat(c, 480, 880, 66, "#3A3532")
