"""The ticks of an axis: days, months or years in round numbers, as many as have room (``docs/axis.md``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, takewhile
from typing import Final, NamedTuple

from timeline_gen.dates.days import civil, day_number
from timeline_gen.dates.edtf import when
from timeline_gen.dates.wording import styles
from timeline_gen.model.settings import Language
from timeline_gen.pages.axis.labels import GAP, Wanted, place, text_size
from timeline_gen.pages.axis.scale import FOLD, Days, Scale
from timeline_gen.pages.parts.grouping import year_edtf
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.text.digits import to_digits

_ROUND: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
_MONTHS: Final = (1, 2, 3, 6)
_DAYS: Final = (1, 2, 7, 14)
_YEAR: Final = 365.2425
_MONTH: Final = _YEAR / 12


class Tick(NamedTuple):
    """A place on the axis that has a name."""

    day: int
    until: int
    """The last day before the next tick."""
    label: str
    anchor: str
    size: float
    """How long the label is, in rem."""


class _Step(NamedTuple):
    """How far ticks are apart: some days, or else some months, or else some years."""

    days: int
    months: int
    years: int


def ticks(scale: Scale, language: Language, site: SiteContext, width: int) -> list[Tick]:
    """Return the ticks of an axis that is *width* rem wide, or wider."""
    words = _Words(language, site)
    step = _step(scale, words, width)
    stretches = [list(_starts(stretch, step)) or [_only(stretch, step)] for stretch in scale.stretches()]
    named = {day: words.label(day, step) for days in stretches for day in days}

    def rank(day: int) -> tuple[bool, bool, int]:
        # Years are ahead of months. What is at an end is moved inside: it is not to push another aside.
        inside = _has_room(scale.along(day) * width, text_size(named[day]), width)
        is_month = bool(step.months) and not step.days and civil(day)[1] > 1
        return is_month, not inside, day

    # No stretch of time between folds is without a tick.
    first = [min(days, key=rank) for days in stretches]
    order = [*first, *sorted((day for day in named if day not in first), key=rank)]
    labels = [named[day] for day in order]
    wanted = [Wanted(scale.along(day), text_size(label)) for day, label in zip(order, labels, strict=True)]
    placed = sorted(place(wanted, 1, (width,), stems=False), key=lambda item: order[item.number])
    following = [order[spot.number] - 1 for spot in placed[1:]]
    return [
        Tick(order[spot.number], until, labels[spot.number], spot.anchor, wanted[spot.number].size)
        for spot, until in zip(placed, [*following, scale.hi], strict=True)
    ]


def _has_room(at: float, size: float, width: int) -> bool:
    return size / 2 <= at <= width - size / 2


class _Words:
    """What ticks are called in a language."""

    def __init__(self, language: Language, site: SiteContext) -> None:
        """Take the names of months, and what words years."""
        self._language, self._site = language, site
        self.months: Sequence[str] = styles(language)[1].months

    def year(self, year: int) -> str:
        """Return *year* in short."""
        return date_view(when(year_edtf(year)), self._language, self._site).short

    def label(self, day: int, step: _Step) -> str:
        """Return what the tick at *day* is called: of months, January has the name of its year."""
        year, month, number = civil(day)
        if step.days:
            return f"{to_digits(str(number), self._language.digits)} {self.months[month - 1]}"
        return self.months[month - 1] if step.months and month > 1 else self.year(year)


def _step(scale: Scale, words: _Words, width: int) -> _Step:
    """Return the smallest step whose names have room."""
    folded = sum(end - start for start, end in scale.folds)
    days = scale.hi + 1 - scale.lo - folded
    rem = days / ((1 - FOLD * len(scale.folds)) * width)
    years = [civil(scale.lo)[0], civil(scale.hi)[0]]
    size = max(text_size(words.year(year)) for year in years) + GAP
    longest = max(map(text_size, words.months)) + GAP
    daily = rem * (longest + text_size("28 "))
    return _Step(
        next((days for days in _DAYS if days >= daily), 0),
        next((months for months in _MONTHS if _MONTH * months >= rem * max(longest, size)), 0),
        next(number for number in rounds() if _YEAR * number >= rem * size),
    )


def rounds() -> Iterator[int]:
    """Yield round numbers of years: 1, 2, 5, 10, 20, 25, 50 and so on."""
    return (size * 1000**power for power in count() for size in _ROUND)


def _starts(stretch: Days, step: _Step) -> Iterator[int]:
    """Yield the days of *stretch* on which a step begins."""
    lo, hi = stretch
    year = civil(lo)[0]
    every: Iterable[int]
    if step.days:
        every = count(-(-lo // step.days) * step.days, step.days)
    elif step.months:
        every = (day_number(year + n // 12, n % 12 + 1) for n in count(step=step.months))
    else:
        every = (day_number(number) for number in years_from(year, step.years))
    for day in takewhile(lambda item: item <= hi, every):
        if day >= lo:
            yield day


def years_from(first: int, step: int) -> Iterator[int]:
    """Yield the round years from *first* on; those before our era are counted as readers count them.

    Year 0 is 1 BCE: 1750 BCE is round, and is -1749. The first year of our era is among them.
    """
    before = (1 - first) // step
    yield from (1 - step * number for number in range(before, 0, -1))
    if first <= 1:
        yield 1
    start = max(-(-first // step), 1)
    yield from (step * number for number in count(start) if step * number > 1 or first > 1)


def _only(stretch: Days, step: _Step) -> int:
    """Return the day of the one tick of a *stretch* in which no step begins: its roundest year."""
    for size in sorted(takewhile(lambda item: item < step.years, rounds()), reverse=True):
        inside = next(_starts(stretch, _Step(0, 0, size)), None)
        if inside is not None:
            return inside
    return (stretch[0] + stretch[1]) // 2
