"""Keys by which the search finds dates: what a year, month, decade or day that is typed stands for.

``=y1956`` is a Gregorian year, ``=b44`` one before our era, ``=h1375`` a Hijri one, ``=m7`` July of any year,
``=n9`` Ramadan, ``=c195`` the years 1950 to 1959, ``=d50`` the fifties of any century, ``=t26`` the 26th day
of a month. No word begins with ``=``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from timeline_gen.dates.calendars import hijri_civil
from timeline_gen.dates.days import civil
from timeline_gen.model.dates import DateKind, Edge, When

_DECADE: Final = 11 * 366
"""Days: what is known less well is in no year."""
_CENTURY: Final = 36_525
_MONTHS: Final = 62
"""Days: what is known less well is in no month."""


def date_keys(when: When) -> tuple[str, ...]:
    """Return the keys of *when*: a span has those of all its years, but for very long ones."""
    lo, hi = (when.lo if when.lo is not None else when.hi), (when.hi if when.hi is not None else when.lo)
    if lo is None or hi is None:
        return ()
    return (*_years(lo, hi, span=when.kind is DateKind.SPAN), *_months_of_days(when, lo, hi))


def _months_of_days(when: When, lo: int, hi: int) -> Iterator[str]:
    yield from _months(lo, hi)
    for bound in (when.start, when.end):
        if bound.edge is Edge.KNOWN and bound.lo is not None and bound.lo == bound.hi:
            yield f"=t{civil(bound.lo)[2]}"


@lru_cache(maxsize=8192)
def _years(lo: int, hi: int, *, span: bool) -> tuple[str, ...]:
    found: list[str] = []
    if hi - lo <= (_CENTURY if span else _DECADE):
        found += (f"=y{year}" if year > 0 else f"=b{1 - year}" for year in _between(lo, hi, _civil_year))
        found += (f"=h{year}" for year in _between(lo, hi, _hijri_year) if year > 0)
    if hi - lo <= _DECADE:
        decades = {year // 10 for year in _between(lo, hi, _civil_year) if year > 0}
        found += (key for decade in sorted(decades) for key in (f"=c{decade}", f"=d{decade % 10}0"))
    return tuple(dict.fromkeys(found))


def _civil_year(day: int) -> int:
    return civil(day)[0]


def _hijri_year(day: int) -> int:
    return hijri_civil(day).year


def _between(lo: int, hi: int, year_of: Callable[[int], int]) -> range:
    return range(year_of(lo), year_of(hi) + 1)


@lru_cache(maxsize=8192)
def _months(lo: int, hi: int) -> tuple[str, ...]:
    if hi - lo > _MONTHS:
        return ()
    first, last = civil(lo), civil(hi)
    months = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    start, end = hijri_civil(lo), hijri_civil(hi)
    hijri = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    return (*(f"=m{month % 12 + 1}" for month in months), *(f"=n{month % 12 + 1}" for month in hijri))
