"""Covers of the events: a table, a few well-chosen things, and the light of the hour."""

import math

from cms.demo.drawing import buildings, figures, interiors, nature, still_life, street, tableware, tools
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


def experts(c: Canvas) -> None:
    """A café before a meeting: round tables, hot cups, people who say hello."""
    interiors.room(c, "#2B5E60", "#A9774C", 640)
    interiors.big_window(c, 120, 90, 420, 380)
    interiors.big_window(c, 1060, 90, 420, 380)
    interiors.shelf(c, 610, 210, 380)
    for i, x in enumerate((650, 710, 770, 830, 890, 950)):
        tone = (MUSTARD, CREAM, SAGE, TERRACOTTA, CREAM, MUSTARD)[i]
        c.rect(x - 16, 132, 32, 78, tone, 10)
        c.rect(x - 9, 112, 18, 26, dark(tone, 0.15), 5)
    interiors.shelf(c, 610, 350, 380)
    for i, x in enumerate((650, 716, 782, 848, 914)):
        tableware.cup(c, x, 350, 40, (CREAM, TERRACOTTA, MUSTARD, SAGE, CREAM)[i], hot=False)
    for x in (330, 800, 1270):
        c.line([(x, 0), (x, 70)], INK, 5)
        c.disc(x, 108, 78, veil(buildings.LAMP, 0.18))
        c.shape([(x - 54, 112), (x - 18, 62), (x + 18, 62), (x + 54, 112)], TERRACOTTA)
        c.oval(x, 112, 54, 9, light(buildings.LAMP, 0.4))
    cast = (
        (250, "#F0C6A4", "#8A3F28", TEAL, "long", 1, "wave", False),
        (560, "#C98F62", "#241F22", "#6FA0B0", "short", -1, "hold", False),
        (1010, "#74482F", "#241F22", MUSTARD, "scarf", 1, "hold", True),
        (1350, "#F7DBC6", "#EDE9DF", TERRACOTTA, "bun", -1, "wave", True),
    )
    for x, skin, hair, top, style, faces, arm, skirt in cast:
        figures.person(
            c,
            x,
            800,
            350,
            skin=skin,
            hair=hair,
            top=top,
            bottom=INK if not skirt else PLUM,
            style=style,
            faces=faces,
            arm=arm,
            skirt=skirt,
        )
    for x in (400, 1180):
        tableware.round_table(c, x, 850, 210, 150)
        tableware.cup(c, x - 50, 692, 48, CREAM)
        tableware.cup(c, x + 46, 692, 48, TERRACOTTA)
    tableware.chair(c, 790, 850, 230, MUSTARD)
    nature.potted(c, 80, 800, 200, seed="ex1", pot=CREAM)
    nature.potted(c, 1530, 800, 210, seed="ex2", pot=MUSTARD)


def workshop(c: Canvas) -> None:
    """A workbench below its board of tools."""
    interiors.room(c, "#F0D7AC", "#A9774C", 690)
    c.rect(180, 70, 1240, 430, "#C99B63", 12)
    c.rect(180, 70, 1240, 430, veil(WOOD, 0.12), 12)
    for row in range(7):
        for i in range(30):
            c.disc(215 + i * 41, 108 + row * 60, 3, dark("#C99B63", 0.25))
    tools.hammer(c, 300, 150)
    tools.saw(c, 420, 190)
    for i, tone in enumerate((TERRACOTTA, TEAL, MUSTARD)):
        tools.screwdriver(c, 790 + i * 66, 140, 230 - i * 34, tone)
    tools.spanner(c, 1030, 140, 240)
    tools.spanner(c, 1100, 140, 190)
    tools.pliers(c, 1230, 150)
    c.rect(560, 440, 130, 14, WOOD, 4)
    for i, (x, h, tone) in enumerate(((576, 62, TEAL), (616, 48, MUSTARD), (654, 56, TERRACOTTA))):
        c.rect(x, 440 - h, 32, h, tone, 4)
        c.rect(x, 440 - h * 0.6, 32, 12, veil(CREAM, 0.7))
        c.rect(x + 4, 434 - h, 24, 8, dark(tone, 0.25 + i * 0.01), 3)
    interiors.bench_top(c, 640)
    tools.drill(c, 420, 622)
    tools.tap(c, 760, 640)
    tools.toolbox(c, 1180, 640)
    for i in range(9):
        x = 590 + i * 19 + (i % 3) * 7
        c.line([(x, 636), (x + 12, 628)], tools.STEEL, 4)
    c.curve((930, 632), (950, 600), (980, 604), (986, 632), "#E3C48C", 6)
    c.curve((960, 632), (976, 612), (1000, 612), (1010, 632), "#E3C48C", 6)
    tableware.cup(c, 250, 640, 64, SAGE)


def sewing(c: Canvas) -> None:
    """A sewing machine, reels, scissors and a hem in progress."""
    interiors.room(c, "#E7C9B0", "#B07F52", 660)
    interiors.big_window(c, 1040, 70, 420, 380)
    interiors.shelf(c, 130, 250, 560)
    for i, tone in enumerate((TERRACOTTA, MUSTARD, TEAL, SAGE, PLUM, CREAM, BLUE)):
        tools.reel(c, 180 + i * 76, 250, 54, tone)
    for i, tone in enumerate((SAGE, TERRACOTTA, MUSTARD, BLUE)):
        c.rect(160 + i * 8, 410 - i * 34, 330 - i * 16, 34, tone, 12)
        c.rect(160 + i * 8, 424 - i * 34, 330 - i * 16, 5, dark(tone, 0.16))
    interiors.shelf(c, 130, 444, 560)
    c.rect(0, 640, c.width, 260, "#C08E5C")
    c.rect(0, 640, c.width, 16, light("#C08E5C", 0.3))
    interiors.grain(c, 660, "#C08E5C")
    cloth = (
        bezier((470, 700), (660, 660), (900, 700), (1140, 690))
        + bezier((1140, 690), (1260, 760), (1190, 830), (1280, 900))
        + [(380, 900)]
    )
    c.shape(cloth, TEAL)
    c.line([(440, 850), (1210, 846)], veil(CREAM, 0.9), 3)
    for i in range(34):
        c.line([(446 + i * 23, 838), (458 + i * 23, 838)], MUSTARD, 4)
    tools.sewing_machine(c, 800, 716)
    c.oval(1250, 664, 44, 36, TERRACOTTA)
    for angle in (-140, -110, -80, -50):
        a = math.radians(angle)
        tip = (1250 + math.cos(a) * 74, 634 + math.sin(a) * 66)
        c.line([(1250 + math.cos(a) * 30, 634 + math.sin(a) * 30), tip], tools.STEEL, 3)
        c.disc(*tip, 6, MUSTARD if angle % 20 else CREAM)
    tools.scissors(c, 300, 780)
    tools.tape(c, 1330, 760)
    tools.reel(c, 214, 860, 76, MUSTARD)
    c.curve((214, 800), (330, 700), (420, 880), (560, 812), MUSTARD, 4)


def aperitif(c: Canvas) -> None:
    """A shared table at dusk, below strings of bulbs and the roofs of the plateau."""
    c.sky("#1E4A57", "#E9A374", 622)
    for i, (x, w, h) in enumerate(
        ((-20, 230, 300), (200, 190, 240), (380, 240, 330), (980, 220, 310), (1190, 200, 250), (1380, 260, 340))
    ):
        wall = mix(("#B7785C", "#C79A74", "#A86C56", "#C08A68", "#AD7459", "#BD8467")[i], "#1E4A57", 0.35)
        buildings.house(
            c,
            x,
            620,
            w,
            h,
            wall,
            floors=4,
            columns=3,
            name=f"apero{i}",
            roof="tile",
            roof_colour="#5C3E42",
            lit=0.55,
            tall=0.66,
        )
    street.cobbles(c, 610, "#7C6A63", "apero")
    nature.tree(c, 800, 640, 330, "#3F6B5C", "apero")
    for start, end, sag in (((-20, 120), (800, 90), 110), ((800, 90), (1620, 130), 110)):
        street.bulbs(c, start, end, sag, 13)
    cast = (
        (190, "#F0C6A4", "#5A3A28", SAGE, "short", 1, "hold", False),
        (420, "#74482F", "#241F22", MUSTARD, "afro", -1, "wave", False),
        (660, "#F7DBC6", "#EDE9DF", TERRACOTTA, "bun", 1, "hold", False),
        (960, "#C98F62", "#241F22", BLUE, "short", -1, "hold", False),
        (1190, "#F0C6A4", "#C0592B", CREAM, "long", -1, "wave", False),
        (1420, "#DDAC80", "#5A3A28", PLUM, "curly", -1, "hold", False),
    )
    for x, skin, hair, top, style, faces, arm, skirt in cast:
        figures.person(
            c, x, 840, 340, skin=skin, hair=hair, top=top, bottom=INK, style=style, faces=faces, arm=arm, skirt=skirt
        )
    c.rect(60, 700, 1480, 200, CREAM, 8)
    c.rect(60, 700, 1480, 22, light(CREAM, 0.6), 8)
    for i in range(18):
        c.shape([(60 + i * 82.2, 880), (142.2 + i * 82.2, 880), (101 + i * 82.2, 906)], TERRACOTTA)
    for x, drink in ((230, "#C0392F"), (560, MUSTARD), (820, "#C0392F"), (1080, MUSTARD), (1370, "#C0392F")):
        tableware.glass(c, x, 712, 92, drink)
    still_life.board(c, 390, 712)
    still_life.board(c, 1230, 712)
    for x, tone, inside in ((680, TEAL, "#5E8C3A"), (960, TERRACOTTA, "#E9C46A")):
        tableware.bowl(c, x, 716, 110, tone, inside)
        for dx in (-24, -6, 12, 28):
            c.disc(x + dx, 672 - abs(dx) * 0.1, 9, light(inside, 0.12))


def cuttings(c: Canvas) -> None:
    """Pots, cuttings and a watering can on garden shelves."""
    c.sky("#CFE3DF", "#F6EBD2", 900)
    nature.sun(c, 1380, 150, 58)
    nature.hills(c, [(0, 470), (420, 420), (900, 480), (1600, 410)], "#A9C7A4")
    for x, h in ((90, 420), (1530, 440), (1330, 340)):
        nature.tree(c, x, 620, h, "#6E9A6B", "boutures")
    c.rect(0, 600, c.width, 300, "#9DBF8F")
    for i in range(40):
        x, y = (i * 173) % 1600, 640 + (i * 67) % 250
        c.line([(x, y), (x - 5, y - 16)], dark("#9DBF8F", 0.16), 3)
        c.line([(x + 6, y), (x + 10, y - 14)], dark("#9DBF8F", 0.16), 3)
    for y, left, width in ((420, 420, 760), (600, 380, 840)):
        c.rect(left, y, width, 22, WOOD, 5)
        c.rect(left, y + 16, width, 6, dark(WOOD, 0.3))
    for x in (430, 1150):
        c.rect(x, 200, 18, 620, dark(WOOD, 0.12), 4)
    for i in range(6):
        nature.potted(c, 510 + i * 116, 420, 150 - (i % 2) * 36, seed=f"bt{i}", pot=(TERRACOTTA, CREAM, TEAL)[i % 3])
    for i in range(7):
        still_life.cutting(c, 470 + i * 110, 600, i)
    c.rect(330, 780, 940, 26, WOOD, 6)
    for x in (370, 1210):
        c.rect(x, 800, 20, 100, dark(WOOD, 0.2))
    still_life.watering_can(c, 560, 782)
    for i, x in enumerate((780, 860, 940)):
        nature.potted(c, x, 782, 130 - i * 16, seed=f"btl{i}")
    street.crate(c, 1030, 782, 170, "#8A5A3C", "terre")
    for i in range(5):
        nature.leaf(c, 1060 + i * 28, 712, 60, -90 + (i - 2) * 14, nature.LEAF)
    figures.person(
        c, 240, 860, 380, skin="#F7DBC6", hair="#A7A6A1", top=TERRACOTTA, bottom=SAGE, style="bun", arm="hold"
    )
    nature.potted(c, 300, 672, 90, seed="held")
    figures.person(
        c,
        1400,
        862,
        370,
        skin="#9A6443",
        hair="#241F22",
        top=MUSTARD,
        bottom=TEAL,
        style="curly",
        arm="wave",
        faces=-1,
    )


def papers(c: Canvas) -> None:
    """A round table with papers, spectacles and a teapot, one evening."""
    interiors.room(c, "#244F54", "#8A5F43", 700)
    interiors.big_window(c, 90, 80, 380, 400, night=True)
    for x, w, h, tone in ((540, 130, 150, MUSTARD), (960, 130, 180, TERRACOTTA)):
        c.rect(x, 110, w, h, CREAM, 4)
        c.rect(x + 16, 126, w - 32, h - 32, mix(tone, CREAM, 0.25))
        nature.leaf(c, x + w / 2, 126 + h - 40, 90, -90, SAGE)
    interiors.bookcase(c, 1150, 60, 360, 640)
    c.line([(800, 0), (800, 130)], INK, 6)
    c.disc(800, 250, 300, veil(buildings.LAMP, 0.10))
    c.disc(800, 230, 170, veil(buildings.LAMP, 0.14))
    c.shape([(680, 210), (744, 120), (856, 120), (920, 210)], TERRACOTTA)
    c.oval(800, 210, 120, 18, light(buildings.LAMP, 0.5))
    c.oval(800, 700, 660, 120, "#C08E5C")
    c.oval(800, 690, 660, 116, "#D3A672")
    c.oval(800, 690, 560, 92, veil("#FFF3D6", 0.22))
    still_life.sheet(c, 560, 640, -9)
    still_life.sheet(c, 700, 660, 6)
    still_life.sheet(c, 960, 650, -4)
    still_life.spectacles(c, 850, 748)
    tableware.teapot(c, 1170, 700, 150, TEAL)
    tableware.cup(c, 420, 720, 80, TERRACOTTA)
    tableware.cup(c, 1010, 772, 80, CREAM)
    c.line([(640, 772), (760, 744)], TEAL, 11)
    c.shape([(640, 766), (622, 778), (642, 780)], MUSTARD)
    for i in range(5):
        c.oval(250 + i * 30, 650 - (i % 2) * 12, 22, 12, ("#DDA75C", "#C98A45")[i % 2])
    figures.cat(c, 1330, 640, 110, "#4A403A")


def soup(c: Canvas) -> None:
    """A steaming pot, bowls and what the market left."""
    interiors.room(c, "#B5553D", "#A9774C", 640)
    chance = Chance("estaminet")
    for row in range(30):
        for i in range(18):
            x = i * 92 + (row % 2) * 46 - 40
            tone = mix("#B5553D", "#8E3F2E" if chance.number(0, 1) > 0.5 else "#C96F53", chance.number(0.1, 0.5))
            c.rect(x, row * 22, 86, 17, tone, 2)
    interiors.big_window(c, 110, 100, 360, 340)
    interiors.shelf(c, 1060, 230, 420)
    for i in range(6):
        c.oval(1100 + i * 66, 200, 30, 30, (CREAM, SAGE, MUSTARD)[i % 3])
        c.oval(1100 + i * 66, 200, 18, 18, veil(INK, 0.08))
    interiors.shelf(c, 1060, 390, 420)
    for i in range(5):
        c.rect(1086 + i * 80, 318, 52, 72, veil("#F6EBD2", 0.9), 10)
        c.rect(
            1086 + i * 80,
            340 + i % 2 * 10,
            52,
            50 - i % 2 * 10,
            (TERRACOTTA, MUSTARD, "#7A9F57", PLUM, "#C98A45")[i],
            8,
        )
        c.rect(1090 + i * 80, 308, 44, 14, TEAL, 4)
    c.rect(0, 620, c.width, 280, "#B98552")
    c.rect(0, 620, c.width, 18, light("#B98552", 0.3))
    interiors.grain(c, 650, "#B98552")
    still_life.casserole(c, 800, 700)
    for x, glaze in ((330, CREAM), (540, TEAL), (1080, CREAM), (1290, MUSTARD)):
        tableware.bowl(c, x, 780, 170, glaze, "#E08A3A")
        c.disc(x - 20, 718, 7, nature.LEAF)
        c.disc(x + 18, 722, 6, nature.LEAF)
        tableware.steam(c, x, 700, 90)
    for x, y in ((150, 812), (205, 838), (116, 856)):
        still_life.carrot(c, x, y)
    still_life.leek(c, 1420, 860)
    still_life.leek(c, 1452, 876)
    still_life.bread(c, 640, 856)
    for i in range(3):
        c.disc(980 + i * 62, 852 - (i % 2) * 12, 36, ("#C9952F", "#D9A94A", "#C08A2A")[i])
        c.disc(970 + i * 62, 840 - (i % 2) * 12, 10, veil("#FFFFFF", 0.25))


def phones(c: Canvas) -> None:
    """A phone, a tablet and a cup on a bright table among books."""
    interiors.room(c, "#E4E2CC", "#C79A68", 620)
    interiors.bookcase(c, 80, 60, 420, 520)
    interiors.bookcase(c, 1100, 60, 420, 520)
    interiors.big_window(c, 600, 80, 400, 380)
    figures.person(c, 520, 790, 390, skin="#F0C6A4", hair="#EDE9DF", top=PLUM, bottom=INK, style="curly", arm="hold")
    figures.person(c, 1080, 790, 400, skin="#F0C6A4", hair="#5A3A28", top=MUSTARD, bottom=INK, arm="hold", faces=-1)
    c.rect(0, 640, c.width, 260, "#D9B07C")
    c.rect(0, 640, c.width, 16, light("#D9B07C", 0.4))
    interiors.grain(c, 670, "#D9B07C")
    still_life.tablet(c, 800, 660)
    still_life.phone(c, 380, 740, -8)
    still_life.phone(c, 1190, 740, 9)
    tableware.cup(c, 230, 800, 90, TERRACOTTA)
    tableware.cup(c, 1400, 800, 90, TEAL)
    nature.potted(c, 1510, 700, 170, seed="phones", pot=CREAM)
    nature.potted(c, 90, 700, 150, seed="phones2", pot=TERRACOTTA)
    for i, tone in enumerate((MUSTARD, TERRACOTTA, SAGE)):
        c.rect(590, 848 - i * 22, 190 - i * 14, 22, tone, 4)


def bicycles(c: Canvas) -> None:
    """A bicycle on its stand in a brick yard in winter, with its tools."""
    c.sky("#BFD1D3", "#F1E6D2", 300)
    wall = "#B05A42"
    c.rect(0, 150, c.width, 540, wall)
    chance = Chance("velo")
    for row in range(26):
        for i in range(19):
            x = i * 90 + (row % 2) * 45 - 44
            tone = mix(wall, "#8E4634" if chance.number(0, 1) > 0.5 else "#C47A5E", chance.number(0.05, 0.4))
            c.rect(x, 152 + row * 21, 84, 16, tone, 2)
    c.shape([(-20, 154), (60, 60), (1540, 60), (1620, 154)], "#6F6361")
    c.rect(0, 146, c.width, 12, "#EAD9B5")
    for x in (120, 1230):
        buildings.window(c, x, 250, 190, 230, frame=CREAM, panes=3, glass=buildings.LAMP, flowers=False)
        c.rect(x - 24, 500, 238, 14, "#EAD9B5")
    buildings.door(c, 1010, 690, 150, 300, TEAL)
    street.bunting(c, (0, 200), (1000, 190), 60)
    street.cobbles(c, 684, "#CDBB9E", "velo")
    c.rect(592, 560, 14, 300, INK)
    c.line([(599, 858), (500, 880)], INK, 12)
    c.line([(599, 858), (700, 880)], INK, 12)
    street.bicycle(c, 620, 800, 290, MUSTARD)
    figures.person(
        c, 990, 850, 410, skin="#F7DBC6", hair="#D9A84E", top=CREAM, bottom=BLUE, style="cap", arm="hold", faces=-1
    )
    tools.toolbox(c, 1230, 856)
    street.bicycle(c, 250, 820, 150, TERRACOTTA)
    tools.spanner(c, 860, 800, 84)
    for x, r in ((1480, 74), (1500, 60)):
        c.ring(x, 800 - r * 0.1, r, r, INK, 14)
    for i in range(40):
        x, y = (i * 211) % 1600, (i * 127) % 860
        c.disc(x, y, 3 + i % 3, veil("#FFFFFF", 0.75))


def opening(c: Canvas) -> None:
    """The door of a new loge, wide open, with flags, balloons and neighbours."""
    c.sky("#BFDCD8", "#F9EBD0", 700)
    nature.cloud(c, 200, 120, 120)
    nature.cloud(c, 1380, 110, 130, 0.6)
    buildings.house(
        c,
        -60,
        720,
        400,
        470,
        "#E9B98F",
        floors=3,
        columns=3,
        name="op1",
        shutters=TEAL,
        ground=60,
        roof="tile",
        roof_colour="#8C5A4A",
    )
    buildings.house(
        c,
        1260,
        720,
        420,
        490,
        "#D9E0CC",
        floors=3,
        columns=3,
        name="op2",
        shutters=TERRACOTTA,
        ground=60,
        roof="tile",
        roof_colour="#8C5A4A",
    )
    buildings.house(
        c,
        360,
        720,
        880,
        600,
        "#F4E3C1",
        floors=2,
        columns=5,
        name="op3",
        shutters="#6F9680",
        ground=300,
        roof="flat",
        roof_colour=TEAL,
        flowers=0.7,
        lit=0.3,
    )
    c.rect(400, 440, 800, 284, TEAL)
    c.rect(440, 490, 200, 190, light(buildings.LAMP, 0.3))
    c.rect(960, 490, 200, 190, light(buildings.LAMP, 0.3))
    for x in (490, 560, 1010, 1090):
        nature.potted(c, x, 680, 110, seed=f"op{x}", pot=(TERRACOTTA, MUSTARD)[x % 20 // 10])
    buildings.awning(c, 390, 430, 820, 62, TERRACOTTA)
    buildings.door(c, 715, 724, 170, 234, TERRACOTTA, is_open=True)
    c.disc(800, 372, 48, CREAM)
    c.ring(800, 372, 48, 48, TEAL, 6)
    tableware.key(c, 800, 352, 62)
    street.cobbles(c, 716, "#DFCBA6", "ouverture")
    street.bunting(c, (0, 250), (800, 300), 90)
    street.bunting(c, (800, 300), (1600, 240), 90)
    still_life.balloons(c, 640, 470, -1)
    still_life.balloons(c, 960, 470, 1)
    cast = (
        (170, "#F0C6A4", "#A7A6A1", MUSTARD, "short", 1, "wave", False, 300),
        (330, "#74482F", "#241F22", TERRACOTTA, "afro", 1, "hold", True, 290),
        (540, "#F7DBC6", "#D9A84E", BLUE, "long", 1, "wave", False, 280),
        (800, "#F0C6A4", "#8A3F28", CREAM, "long", 1, "wave", True, 250),
        (1070, "#C98F62", "#241F22", SAGE, "short", -1, "wave", False, 290),
        (1270, "#F0C6A4", "#EDE9DF", PLUM, "bun", -1, "bag", True, 284),
        (1450, "#DDAC80", "#5A3A28", TEAL, "curly", -1, "wave", False, 300),
    )
    for x, skin, hair, top, style, faces, arm, skirt, h in cast:
        figures.person(
            c,
            x,
            740 + h * 0.42 if x != 800 else 770,
            h,
            skin=skin,
            hair=hair,
            top=top,
            bottom=PLUM if top == CREAM else INK,
            style=style,
            faces=faces,
            arm=arm,
            skirt=skirt,
        )
    figures.dog(c, 690, 850, 84, CREAM)


def talents(c: Canvas) -> None:
    """A café terrace in the shade of a plane tree, with the sea at the end of the square."""
    c.sky("#8FC6CC", "#F7E6C4", 520)
    nature.sun(c, 300, 140, 58)
    c.rect(0, 400, c.width, 130, "#2F7F8C")
    for i in range(30):
        c.rect((i * 131) % 1600, 412 + (i * 37) % 90, 44, 3, veil("#FFFAF0", 0.4), 1)
    for x, h in ((520, 90), (640, 60)):
        c.shape([(x, 440 - h), (x + h * 0.5, 432), (x, 432)], CREAM)
        c.shape([(x - 26, 434), (x + 42, 434), (x + 30, 450), (x - 16, 450)], TERRACOTTA)
    c.rect(0, 520, c.width, 60, "#D9BE8F")
    street.cobbles(c, 560, "#E6D0A4", "talents")
    buildings.house(
        c,
        -60,
        620,
        300,
        420,
        "#E5B070",
        floors=3,
        columns=2,
        name="ta1",
        shutters="#5E97A0",
        roof="tile",
        roof_colour="#B9694A",
        ground=90,
    )
    buildings.house(
        c,
        1130,
        660,
        520,
        560,
        "#E0876A",
        floors=3,
        columns=4,
        name="ta2",
        shutters="#7FA17C",
        roof="tile",
        roof_colour="#B9694A",
        ground=190,
        flowers=0.4,
    )
    buildings.shopfront(c, 1150, 660, 450, 190, TEAL, goods="bread")
    trunk = [
        (742, 900),
        (752, 500),
        (700, 330),
        (730, 330),
        (778, 440),
        (850, 300),
        (880, 310),
        (814, 500),
        (830, 900),
    ]
    c.shape(trunk, "#B79E7C")
    for x, y, r in ((756, 620, 14), (800, 720, 18), (770, 800, 12), (800, 540, 10)):
        c.oval(x, y, r, r * 1.6, "#D6C4A2")
    for x, y, r in ((560, 190, 130), (720, 110, 150), (900, 120, 150), (1030, 210, 120), (790, 240, 130)):
        c.disc(x, y + 12, r, "#4F7F5C")
    for x, y, r in ((550, 176, 122), (714, 96, 144), (892, 106, 144), (1024, 198, 112), (786, 224, 120)):
        c.disc(x, y, r, "#6E9A6B")
    chance = Chance("platane")
    for _ in range(46):
        nature.leaf(
            c,
            chance.number(500, 1070),
            chance.number(70, 270),
            chance.number(18, 32),
            chance.number(0, 360),
            light("#6E9A6B", 0.2),
        )
    for x, tone in ((330, TERRACOTTA), (1010, MUSTARD)):
        tableware.chair(c, x - 150, 852, 230, tone)
        tableware.chair(c, x + 150, 852, 230, tone, -1)
        tableware.round_table(c, x, 850, 220, 150)
        tableware.cup(c, x - 50, 692, 46, CREAM)
        tableware.cup(c, x + 50, 692, 46, SAGE)
    figures.person(
        c, 560, 860, 350, skin="#C98F62", hair="#241F22", top=TERRACOTTA, bottom=INK, style="curly", arm="wave"
    )
    figures.person(
        c,
        1250,
        868,
        340,
        skin="#DDAC80",
        hair="#A7A6A1",
        top=BLUE,
        bottom=PLUM,
        style="bun",
        arm="wave",
        skirt=True,
        faces=-1,
    )
    figures.person(
        c, 1430, 872, 350, skin="#C98F62", hair="#5A3A28", top=MUSTARD, bottom=INK, style="cap", arm="hold", faces=-1
    )
    nature.potted(c, 90, 850, 200, seed="ta", pot=TERRACOTTA)
    nature.potted(c, 1550, 820, 180, seed="tb", pot=TEAL)
