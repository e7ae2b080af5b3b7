"""When two dates agree, and which of several that agree is the narrowest.

A date is a point (one range of days) or a span (a range for its start and one for its end). Two agree
when (a) both are points and one range holds the other; (b) both are spans whose starts and whose ends
agree as points do; (c) one is a point of month or coarser precision that holds the whole span.
Everything else contradicts: 20 November – 18 December and 21 November – 18 December do, though one
lies inside the other.
"""

from __future__ import annotations

from typing import Final

from timeline_gen.dates.days import civil, day_number
from timeline_gen.model.dates import Bound, DateKind, Edge, Precision, Qualifier, When

_GAPS: Final = {Edge.KNOWN: 0, Edge.OPEN: 1, Edge.UNKNOWN: 2}
_MONTHS: Final = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.PART: 4,
    Precision.YEAR: 12,
    Precision.DECADE: 120,
    Precision.CENTURY: 1200,
    Precision.MILLENNIUM: 12000,
}


def agrees(older: When, newer: When) -> bool:
    """Return whether the dates *older* and *newer* agree, the second given by the newer article.

    The order of the two matters for one thing only: a span that was still open agrees with one that
    has ended since.
    """
    if DateKind.UNDATED in (older.kind, newer.kind):
        return True
    # "In March or in May" agrees with May: it is enough that a member does.
    if older.members:
        return any(agrees(member, newer) for member in older.members)
    if newer.members:
        return any(agrees(older, member) for member in newer.members)
    if older.kind is newer.kind:
        return _starts_agree(older.start, newer.start) and (
            older.kind is DateKind.POINT or _ends_agree(older.end, newer.end)
        )
    point, span = (older, newer) if older.kind is DateKind.POINT else (newer, older)
    return point.start.precision >= Precision.MONTH and _holds_span(point.start, span)


def uncertainty(when: When) -> tuple[int, int, int]:
    """Return how uncertain *when* is: the smaller, the narrower the date.

    First its ends that are open or unknown, then the days over which its ends may move, then whether
    a time of day is missing.
    """
    if when.kind is DateKind.UNDATED:
        # More than two unknown ends have together: a telling without a date is the least certain.
        return (9, 0, 1)
    bounds = (when.start,) if when.kind is DateKind.POINT else (when.start, when.end)
    gaps = sum(_GAPS[bound.edge] for bound in bounds)
    days = sum(_width(*_widened(bound)) for bound in bounds)
    return (gaps, days, 0 if when.time else 1)


def _starts_agree(left: Bound, right: Bound) -> bool:
    # An unknown end may be any day; an open end says that there is none.
    if Edge.UNKNOWN in (left.edge, right.edge):
        return True
    if Edge.OPEN in (left.edge, right.edge):
        return left.edge is right.edge
    return _one_holds_other(left, right)


def _ends_agree(older: Bound, newer: Bound) -> bool:
    if older.edge is Edge.OPEN and newer.edge is Edge.KNOWN:
        return True
    return _starts_agree(older, newer)


def _one_holds_other(left: Bound, right: Bound) -> bool:
    first, second = _widened(left), _widened(right)
    return _holds(first, second) or _holds(second, first)


def _holds_span(point: Bound, span: When) -> bool:
    """Return whether *point* holds *span* with both its ends; an unknown one may lie inside."""
    if Edge.OPEN in (span.start.edge, span.end.edge):
        return False
    ends = [bound for bound in (span.start, span.end) if bound.edge is Edge.KNOWN]
    return all(_holds(_widened(point), _widened(bound)) for bound in ends)


def _holds(outer: tuple[int | None, int | None], inner: tuple[int | None, int | None]) -> bool:
    return _at_most(outer[0], inner[0], low=True) and _at_most(inner[1], outer[1], low=False)


def _at_most(left: int | None, right: int | None, *, low: bool) -> bool:
    """Compare two limits of which None lies at the far end: the past if *low*, else the future."""
    if left is None or right is None:
        return left is None if low else right is None
    return left <= right


def _widened(bound: Bound) -> tuple[int | None, int | None]:
    """Return the days of *bound*, wider by one unit of its precision on both sides if approximate."""
    if not bound.qualifier & Qualifier.APPROXIMATE:
        return bound.lo, bound.hi
    lo = None if bound.lo is None else _shifted(bound.lo, bound.precision, -1)
    hi = None if bound.hi is None else _shifted(bound.hi + 1, bound.precision, 1) - 1
    return lo, hi


def _shifted(day: int, precision: Precision, by: int) -> int:
    """Move *day* by *by* units of *precision*."""
    months = _MONTHS.get(precision)
    if months is None:
        return day + by if precision is Precision.DAY else day
    year, month, day_of_month = civil(day)
    count = year * 12 + month - 1 + by * months
    return day_number(count // 12, count % 12 + 1, 1) + day_of_month - 1


def _width(lo: int | None, hi: int | None) -> int:
    return 0 if lo is None or hi is None else hi - lo
