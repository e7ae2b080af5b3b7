"""Pictures that others show with a link to a page: its title, its date and the site, 1200 by 630 pixels.

They are drawn with fonts of the site's own alone, and with Raqm, which joins Arabic letters and puts right
and left in order: another machine draws the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from timeline_gen.planning.file_views import CardView
from timeline_gen.planning.surroundings import Words
from timeline_gen.rendering.kit import Kit
from timeline_gen.rendering.pictures import Canvas, Line

WIDTH: Final = 1200
HEIGHT: Final = 630
_MARGIN: Final = 80
_EDGE: Final = 14
_SIZES: Final = (78, 66, 56, 48)
_MOST_LINES: Final = 4
_LEADING: Final = 1.35
_SMALL: Final = 36
_STOPS: Final = ".,;:،؛ "


def write_card(view: CardView, kit: Kit) -> bytes:
    """Return *view* as a PNG, drawn with the fonts of *kit*."""
    canvas = Canvas((WIDTH, HEIGHT), (view.paper, view.ink, view.accent))
    right_to_left = view.title.direction == "rtl"
    canvas.mark((WIDTH - _EDGE, 0, WIDTH, HEIGHT) if right_to_left else (0, 0, _EDGE - 1, HEIGHT))
    if view.label:
        _write(canvas, _line(view.label, _SMALL, kit), _MARGIN + _SMALL)
    lines = _title(view.title, canvas, kit)
    middle = HEIGHT / 2 + 10
    step = lines[0].size * _LEADING
    for number, line in enumerate(lines):
        _write(canvas, line, middle + step * (number - (len(lines) - 1) / 2) + line.size * 0.3)
    if view.foot:
        _write(canvas, _line(view.foot, _SMALL, kit), HEIGHT - _MARGIN + 8)
    return canvas.png()


def _line(words: Words, size: int, kit: Kit, text: str | None = None) -> Line:
    font = kit.fonts.get(words.lang) or kit.fonts[""]
    return Line(words.text if text is None else text, words.lang, words.direction, font, size)


def _write(canvas: Canvas, line: Line, base: float) -> None:
    """Write *line*, cut where it is too long, at the side that it starts from."""
    while canvas.length(line) > WIDTH - 2 * _MARGIN:
        line = line._replace(text=_shorter(line.text))
    canvas.write(line, (WIDTH - _MARGIN if line.direction == "rtl" else _MARGIN, round(base)))


def _shorter(text: str) -> str:
    """Return *text* without its last word, or half of it where it is one word."""
    text = text.removesuffix("…")
    words, _, last = text.rpartition(" ")
    return (words or last[: len(last) // 2]).rstrip(_STOPS) + "…"


def _title(words: Words, canvas: Canvas, kit: Kit) -> list[Line]:
    """Return *words* in lines, as large as fit; the last one is cut where even the smallest do not."""
    lines: list[Line] = []
    for size in _SIZES:
        lines = [_line(words, size, kit, text) for text in _wrapped(words, size, canvas, kit)]
        if len(lines) <= _MOST_LINES - (size > _SIZES[1]):
            return lines
    last = lines[_MOST_LINES - 1]
    return [*lines[: _MOST_LINES - 1], last._replace(text=f"{last.text.rstrip(_STOPS)}…")]


def _wrapped(words: Words, size: int, canvas: Canvas, kit: Kit) -> Iterator[str]:
    """Yield *words* in lines that are short enough; a word that is too long stands on a line of its own."""
    said = ""
    for word in words.text.split() or [""]:
        longer = f"{said} {word}" if said else word
        if said and canvas.length(_line(words, size, kit, longer)) > WIDTH - 2 * _MARGIN:
            yield said
            said = word
        else:
            said = longer
    yield said
