"""The axis of a timeline: its whole span as a drawing (``docs/axis.md``).

Time runs as the page's language does; what is measured here is measured from the left in hundredths of the
width, so that a template draws what it is given. Heights are in rem. Nothing is invented: an event known to
the year is drawn as wide as the year, with soft ends, and weighs as much in the density as an event known to
the day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.dates.days import civil, iso_day
from timeline_gen.dates.edtf import when
from timeline_gen.model.settings import Language
from timeline_gen.model.texts import Texts
from timeline_gen.pages.axis.groups import Groups, group_views
from timeline_gen.pages.axis.labels import NARROW, WIDE, WIDTHS, stacked, text_size
from timeline_gen.pages.axis.names import TitledMark, names_in_a_line, names_in_two_lines
from timeline_gen.pages.axis.scale import Scale, make_scale, span_of
from timeline_gen.pages.axis.ticks import Tick, ticks
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.grouping import year_edtf
from timeline_gen.pages.parts.highlights import spread
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.rendering.axis_views import (
    AxisBand,
    AxisFold,
    AxisGroup,
    AxisMark,
    AxisTick,
    AxisView,
)
from timeline_gen.rendering.view_models import EraView

AxisLink: TypeAlias = tuple[int, str]
"""A place that one can go to: its first day, and its address."""

FEW: Final = 60
"""A timeline of no more events shows each; a longer one how dense they are, and the most important."""
SHOWN: Final = 40
"""How many events of a longer timeline are shown."""
DOT: Final = 0.62
LEVELS: Final = 5
GROUP_LEVELS: Final = 2
"""On how many levels dots lie in the row of a group."""
_BINS: Final = 160
_BAR_ROWS: Final = 4
_ERA_ROWS: Final = 2
_THIN: Final = 1.2
"""Hundredths of the width below which a stretch of time is a dot."""
_MOST: Final = 60
"""Hundredths of the width above which an event is too wide to show where it lies among many."""
_PAD: Final = 0.4
"""What is between the beginning of an era and its name, in rem."""


class Mark(NamedTuple):
    """An event as an axis draws it."""

    lo: int | None
    hi: int | None
    span: bool
    importance: int
    going_on: bool
    """Whether it has no end yet."""
    id: str = ""
    titles: Texts | None = None
    """None where the axis only counts it."""
    has_page: bool = True
    year: str = ""
    """The year whose page it is on, where it has no page of its own and years have."""
    group: int = 0
    """Which of the axis's groups it is in."""


class _Drawn(NamedTuple):
    """A mark, and where it is: hundredths of the width, from the left."""

    mark: Mark
    left: float
    width: float


def axis_of(
    marks: Sequence[Mark],
    links: Sequence[AxisLink],
    eras: Sequence[EraView],
    lang: str,
    site: SiteContext,
    *,
    groups: Groups = (),
) -> AxisView | None:
    """Return the axis of the events *marks*; None where fewer than two have a date.

    *links* are the places one can go to, in order. Each of *groups* has a row of its own.
    """
    dated = [mark for mark in marks if mark.lo is not None or mark.hi is not None]
    if len(dated) < 2:
        return None
    language = site.languages[lang]
    days = [day for mark in dated for day in (mark.lo, mark.hi) if day is not None]
    scale = make_scale(
        [(_first(mark), _last(mark)) for mark in dated],
        *span_of(min(days), max(days)),
        mirrored=language.direction == "rtl",
    )
    many = len(dated) > FEW
    drawn = [_Drawn(mark, *scale.extent(*_ends(mark, scale))) for mark in shown(dated)]
    bands = tuple(_bands(eras, scale))
    drawing = tuple(_marks(drawn, scale, lang, site, len(groups)))
    # In rows, each group has a histogram of its own.
    density, weighty = _densities(dated, scale) if many and not groups else ("", "")
    return AxisView(
        lo=scale.lo,
        hi=scale.hi,
        first=_end_text(scale.lo, scale, language, site),
        last=_end_text(scale.hi, scale, language, site),
        density=density,
        weighty=weighty,
        bands=bands,
        marks=drawing,
        ticks=_ticks(ticks(scale, language, site, NARROW[0]), links, scale),
        fine_ticks=_ticks(ticks(scale, language, site, WIDE[0]), links, scale),
        folds=tuple(AxisFold(*scale.extent(start, end - 1), start, end) for start, end in scale.folds),
        era_rows=max((band.row + 1 for band in bands), default=0),
        name_rows=max((mark.name.row + 1 for mark in drawing if mark.name), default=1),
        line_rows=max((mark.lines.row + 1 for mark in drawing if mark.lines), default=1),
        bar_rows=max((mark.row + 1 for mark in drawing if mark.width), default=0),
        groups=tuple(_groups(groups, dated, drawing, scale, lang=lang, site=site)),
    )


def _end_text(day: int, scale: Scale, language: Language, site: SiteContext) -> str:
    """Return what the end of an axis at *day* is called: a year, else a month or a day, by what it shows."""
    year, month, _ = civil(day)
    if civil(scale.lo)[1:] == (1, 1) and civil(scale.hi + 1)[1:] == (1, 1):
        edtf = year_edtf(year)
    elif civil(scale.lo)[2] == civil(scale.hi + 1)[2] == 1:
        edtf = f"{year_edtf(year)}-{month:02}"
    else:
        edtf = iso_day(day)
    return date_view(when(edtf), language, site).short


def _groups(
    groups: Groups,
    dated: Sequence[Mark],
    drawing: Sequence[AxisMark],
    scale: Scale,
    *,
    lang: str,
    site: SiteContext,
) -> tuple[AxisGroup, ...]:
    """Return the rows of *groups*, of events by which there are many each with a histogram."""
    inside = [[mark for mark in dated if mark.group == number] for number in range(len(groups))]
    counts = [_counts(marks, scale) for marks in inside]
    most = max(map(max, counts), default=0.0)
    many = len(dated) > FEW
    return group_views(
        groups,
        [[_reach(mark, scale) for mark in drawing if mark.group == number] for number in range(len(groups))],
        [
            (len(marks), _path(count, most, scale) if many else "")
            for marks, count in zip(inside, counts, strict=True)
        ],
        lang,
        site,
    )


def _reach(mark: AxisMark, scale: Scale) -> tuple[float, float]:
    """Return where *mark* begins and ends, as shares of the width from where time begins."""
    ends = mark.left / 100, (mark.left + mark.width) / 100
    return (1 - ends[1], 1 - ends[0]) if scale.mirrored else ends


def shown(marks: Sequence[Mark]) -> list[Mark]:
    """Return those of *marks* that an axis shows one by one, in their order."""
    if len(marks) <= FEW:
        return list(marks)
    best = spread([mark.importance for mark in marks], SHOWN)
    return [marks[number] for number in sorted(best)]


def _first(mark: Mark) -> int:
    return mark.lo if mark.lo is not None else mark.hi or 0


def _last(mark: Mark) -> int:
    return mark.hi if mark.hi is not None else mark.lo or 0


def _ends(mark: Mark, scale: Scale) -> tuple[int, int]:
    """Return the first and last day of *mark* as it is drawn: an unknown end stays a point."""
    return _first(mark), scale.hi if mark.hi is None and mark.going_on else _last(mark)


# ---------------------------------------------------------------- where one can go to


def _ticks(made: Iterable[Tick], links: Sequence[AxisLink], scale: Scale) -> tuple[AxisTick, ...]:
    return tuple(
        AxisTick(
            scale.place(tick.day),
            tick.label,
            link_within(links, tick.day, tick.until),
            tick.anchor,
            tick.size,
        )
        for tick in made
    )


def link_within(links: Sequence[AxisLink], lo: int, hi: int | None) -> str:
    """Return the first of *links* between the days *lo* and *hi*, or an empty text."""
    at = bisect_left(links, (lo, ""))
    return links[at][1] if at < len(links) and (hi is None or links[at][0] <= hi) else ""


# ---------------------------------------------------------------- the drawing


def _densities(marks: Sequence[Mark], scale: Scale) -> tuple[str, str]:
    """Return the outlines of how many *marks* there are, and how many important ones (SVG 2, 9.3).

    They are paths in a box of 1000 by 100, of one measure.
    """
    counts = _counts(marks, scale)
    weighty = _counts([mark for mark in marks if mark.importance > 3], scale)
    return _path(counts, max(counts), scale), _path(weighty, max(counts), scale)


def _path(counts: Sequence[float], most: float, scale: Scale) -> str:
    # By the square root: else a few events next to a year of hundreds would have no height.
    heights = [round(100 - 100 * (count / most) ** 0.5) if count else 100 for count in counts]
    if scale.mirrored:
        heights.reverse()
    width = 1000 / _BINS
    tops = "".join(f"V{height}H{width * number:g}" for number, height in enumerate(heights, 1))
    return f"M0 100{tops}V100Z"


def _counts(marks: Iterable[Mark], scale: Scale) -> list[float]:
    counts = [0.0] * _BINS
    for mark in marks:
        lo, hi = _ends(mark, scale)
        begin = min(int(scale.along(lo) * _BINS), _BINS - 1)
        end = min(max(int(scale.along(hi) * _BINS), begin), _BINS - 1)
        for number in range(begin, end + 1):
            counts[number] += 1 / (end - begin + 1)
    return counts


def _bands(eras: Iterable[EraView], scale: Scale) -> Iterator[AxisBand]:
    """Yield the eras that lie within the span, as far as they do, each named where there is room."""
    inside: list[tuple[EraView, float, float, int]] = []
    ends: list[float] = []
    for era in eras:
        lo = scale.lo if era.lo is None else era.lo
        hi = scale.hi if era.hi is None else era.hi
        if lo <= scale.hi and hi >= max(lo, scale.lo):
            start, end = scale.along(max(lo, scale.lo)), scale.along(min(hi, scale.hi) + 1)
            inside.append((era, start, end, _row(ends, start, end)))
    for era, start, end, row in inside:
        after = min((other[1] for other in inside if other[3] == row and other[1] > start), default=1.0)
        need = text_size(era.name.text) + 2 * _PAD
        width = next((width for width in WIDTHS if need <= (after - start) * width), 0)
        left = 1 - end if scale.mirrored else start
        yield AxisBand(round(left * 100, 2), round((end - start) * 100, 2), row, era.name, era.href, width)


def _row(ends: list[float], start: float, end: float) -> int:
    """Return the first row in which a stretch finds room; the last one takes what finds none."""
    # Eras that meet at one day share a row, whatever the last digits of their shares are.
    row = next((number for number, used in enumerate(ends) if start - used >= -1e-9), len(ends))
    row = min(row, _ERA_ROWS - 1)
    if row == len(ends):
        ends.append(end)
    ends[row] = max(ends[row], end)
    return row


def _marks(
    drawn: Sequence[_Drawn], scale: Scale, lang: str, site: SiteContext, groups: int
) -> Iterator[AxisMark]:
    """Yield the marks in their order: what takes some time as a bar, all else as a dot."""
    rows: dict[int, int] = {}
    narrow: dict[int, int] = {}
    wide: dict[int, int] = {}
    for group in range(max(groups, 1)):
        inside = [number for number, item in enumerate(drawn) if item.mark.group == group]
        rows |= _bar_rows(drawn, inside, 1 if groups else _BAR_ROWS)
        dots = sorted((number for number in inside if number not in rows), key=lambda n: _at(drawn[n], scale))
        places = [_at(drawn[number], scale) for number in dots]
        levels = GROUP_LEVELS if groups else LEVELS
        narrow |= zip(dots, stacked(places, NARROW[0], DOT, levels), strict=True)
        wide |= zip(dots, stacked(places, WIDE[0], DOT, levels), strict=True)
    texts = [site.words(item.mark.titles or {lang: item.mark.id}, lang) for item in drawn]
    titled = [TitledMark(_at(item, scale), text.text) for item, text in zip(drawn, texts, strict=True)]
    best = spread([item.mark.importance for item in drawn], len(drawn))
    names, lines = names_in_a_line(titled, best), names_in_two_lines(titled, best)
    for number, (mark, left, width) in enumerate(drawn):
        bar = number in rows
        yield AxisMark(
            href=_address(mark, lang, site),
            title=texts[number],
            importance=mark.importance,
            left=left if bar else round(left + width / 2, 2),
            width=width if bar else 0.0,
            row=rows.get(number, 0),
            soft=_soft(mark, mirrored=scale.mirrored) if bar else "",
            narrow=narrow.get(number, 0),
            wide=wide.get(number, 0),
            name=names.get(number),
            lines=lines.get(number),
            group=mark.group,
        )


def _address(mark: Mark, lang: str, site: SiteContext) -> str:
    if mark.has_page:
        return addresses.event(lang, mark.id)
    year = mark.year if lang in site.year_pages else ""
    return addresses.place(addresses.timeline(lang, site.home, year), mark.id)


def _at(drawn: _Drawn, scale: Scale) -> float:
    """Return the share of the way at which the middle of a mark is."""
    middle = (drawn.left + drawn.width / 2) / 100
    return 1 - middle if scale.mirrored else middle


def _bar_rows(drawn: Sequence[_Drawn], inside: Iterable[int], most: int) -> dict[int, int]:
    """Return the rows of those marks *inside* that take time, the most important first, as many as fit."""
    few = len(drawn) <= FEW
    wide = [
        number for number in inside if drawn[number].width >= _THIN and (few or drawn[number].width < _MOST)
    ]
    wide.sort(key=lambda number: (-drawn[number].mark.importance, -drawn[number].width, drawn[number].left))
    taken: list[list[tuple[float, float]]] = [[] for _ in range(most)]
    rows: dict[int, int] = {}
    for number in wide:
        _, left, width = drawn[number]
        row = next((row for row, used in enumerate(taken) if _free(used, left, width)), None)
        if row is not None:
            taken[row].append((left, left + width))
            rows[number] = row
    return rows


def _free(row: Iterable[tuple[float, float]], left: float, width: float) -> bool:
    # Between two bars four thousandths of the width stay free, so that they are seen as two.
    return all(left >= end + 0.4 or left + width + 0.4 <= begin for begin, end in row)


def _soft(mark: Mark, *, mirrored: bool) -> str:
    """Return which ends of *mark* fade, as they are on the screen."""
    # Wide, and yet no span: an event known to the year, which may have been on any day of it.
    if not mark.span:
        return "both"
    start, end = mark.lo is None, mark.hi is None
    if start and end:
        return "both"
    return ("right" if start == mirrored else "left") if start or end else ""
