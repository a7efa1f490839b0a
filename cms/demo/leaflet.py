"""A one-page PDF to print, written without a library: a title, a few words, boxes to tick."""

from textwrap import wrap

WIDTH, HEIGHT = 595, 842
"""A4, in points."""
_LEFT, _TOP, _LINE = 64, 770, 19
_LETTERS = 78
"""How many letters of the text's size fit on a line."""


def pdf(title: str, words: str, points: list[str]) -> bytes:
    """The page as a file, always the same bytes for the same words. Letters outside Windows-1252 become "?"."""
    drawn, y = [_text(_LEFT, _TOP, "B", 22, title)], _TOP - 2 * _LINE
    for line in wrap(words, _LETTERS):
        drawn.append(_text(_LEFT, y, "R", 12, line))
        y -= _LINE
    for point in points:
        y -= _LINE // 2
        drawn.append(b"%d %d 11 11 re S" % (_LEFT, y - 1))
        for line in wrap(point, _LETTERS - 4):
            drawn.append(_text(_LEFT + 24, y, "R", 12, line))
            y -= _LINE
    return _file(title, b"\n".join(drawn))


def _string(words: str) -> bytes:
    plain = words.replace("\u00a0", " ").encode("cp1252", "replace")
    return b"(" + plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _text(x: int, y: int, font: str, size: int, words: str) -> bytes:
    return b"BT /%s %d Tf %d %d Td %s Tj ET" % (font.encode(), size, x, y, _string(words))


def _file(title: str, drawn: bytes) -> bytes:
    """The objects of the file, and the table that says at which byte each begins."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) /ViewerPreferences << /DisplayDocTitle true >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>" % (WIDTH, HEIGHT),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
        b"<< /Title %s >>" % _string(title),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, size - 1, len(made))
    return made + table + end
