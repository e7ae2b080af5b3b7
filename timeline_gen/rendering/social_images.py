"""Pictures that others show with a link to a page: its title, its date and the site, 1200 by 630 pixels.

They are drawn with fonts of the site or of its theme, never of the machine, and with Raqm, which joins Arabic
letters and puts right and left in order: another machine draws the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.pictures import Canvas, DrawnLine
from timeline_gen.rendering.text_runs import runs_of

WIDTH: Final = 1200
HEIGHT: Final = 630
_MARGIN: Final = 80
_EDGE: Final = 14
_SIZES: Final = (78, 66, 56, 48)
_MOST_LINES: Final = 4
_LEADING: Final = 1.35
_SMALL: Final = 36
_STOPS: Final = ".,;:،؛ "


@dataclass(frozen=True, slots=True)
class SocialImageView:
    """``…/card.png``: the picture that others show with a link to a page. No template."""

    title: Words
    label: Words | None
    """Above the title: a date."""
    foot: Words | None
    """The title of the site, or its description."""
    paper: str
    ink: str
    accent: str
    """Colours: ``#`` and hexadecimal digits."""


def write_social_image(view: SocialImageView, context: RenderContext) -> bytes:
    """Return *view* as a PNG, drawn with the fonts of *context*."""
    canvas = Canvas((WIDTH, HEIGHT), (view.paper, view.ink, view.accent))
    right_to_left = view.title.direction == "rtl"
    canvas.mark((WIDTH - _EDGE, 0, WIDTH, HEIGHT) if right_to_left else (0, 0, _EDGE - 1, HEIGHT))
    if view.label:
        _write(canvas, _line(view.label, _SMALL, context), _MARGIN + _SMALL)
    lines = _title(view.title, canvas, context)
    middle = HEIGHT / 2 + 10
    step = lines[0].size * _LEADING
    for number, line in enumerate(lines):
        _write(canvas, line, middle + step * (number - (len(lines) - 1) / 2) + line.size * 0.3)
    if view.foot:
        _write(canvas, _line(view.foot, _SMALL, context), HEIGHT - _MARGIN + 8)
    return canvas.png()


def fonts_for(lang: str, fonts: Mapping[str, bytes]) -> tuple[bytes, ...]:
    """Return *fonts* in the order in which they are tried for a text in *lang*."""
    first = [fonts[lang]] if lang in fonts else []
    return tuple(dict.fromkeys((*first, *fonts.values())))


def drawn_texts(view: SocialImageView) -> tuple[Words, ...]:
    """Return what letters *view* is drawn with."""
    return tuple(words for words in (view.title, view.label, view.foot) if words)


class _Line(NamedTuple):
    """A line, and the fonts that it is drawn with."""

    text: str
    words: Words
    size: int
    fonts: tuple[bytes, ...]

    def runs(self) -> list[DrawnLine]:
        """Return it in runs of one font each, in their order from the side that it starts from."""
        lang, size = self.words.lang, self.size
        return [
            DrawnLine(run.text, lang, run.direction, run.font, size)
            for run in runs_of(self.text, self.words.direction, self.fonts)
        ]


def _line(words: Words, size: int, context: RenderContext, text: str | None = None) -> _Line:
    return _Line(words.text if text is None else text, words, size, fonts_for(words.lang, context.fonts))


def _length(line: _Line, canvas: Canvas) -> float:
    return sum(map(canvas.length, line.runs()))


def _write(canvas: Canvas, line: _Line, base: float) -> None:
    """Write *line*, cut where it is too long, at the side that it starts from."""
    while _length(line, canvas) > WIDTH - 2 * _MARGIN:
        line = line._replace(text=_shorter(line.text))
    leftward = line.words.direction == "rtl"
    at: float = WIDTH - _MARGIN if leftward else _MARGIN
    for run in line.runs():
        length = canvas.length(run)
        left = at - length if leftward else at
        canvas.write(run, (left + length if run.direction == "rtl" else left, round(base)))
        at = left if leftward else left + length


def _shorter(text: str) -> str:
    """Return *text* without its last word, or half of it where it is one word."""
    text = text.removesuffix("…")
    words, _, last = text.rpartition(" ")
    return (words or last[: len(last) // 2]).rstrip(_STOPS) + "…"


def _title(words: Words, canvas: Canvas, context: RenderContext) -> list[_Line]:
    """Return *words* in lines, as large as fit; the last one is cut where even the smallest do not."""
    lines: list[_Line] = []
    for size in _SIZES:
        lines = [_line(words, size, context, text) for text in _wrapped(words, size, canvas, context)]
        # Four lines of the largest letters would come too close to the date above them.
        if len(lines) <= _MOST_LINES - (size > _SIZES[1]):
            return lines
    last = lines[_MOST_LINES - 1]
    return [*lines[: _MOST_LINES - 1], last._replace(text=f"{last.text.rstrip(_STOPS)}…")]


def _wrapped(words: Words, size: int, canvas: Canvas, context: RenderContext) -> Iterator[str]:
    """Yield *words* in lines that are short enough; a word that is too long has a line of its own."""
    line = ""
    for word in words.text.split() or [""]:
        longer = f"{line} {word}" if line else word
        if line and _length(_line(words, size, context, longer), canvas) > WIDTH - 2 * _MARGIN:
            yield line
            line = word
        else:
            line = longer
    yield line
