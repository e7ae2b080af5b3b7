"""Lists of dates as sets: what is named once is shared by all: "March and April 2018 and 2019"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from timeline_gen.dates.calendars import DateError, PartialDate, PartialSet, lacks_year, to_edtf, to_end
from timeline_gen.dates.edtf import Date, Interval, Range, Set
from timeline_gen.dates.phrases.infer_range import (
    century_in_era,
    in_century_before,
    in_century_of,
    in_era_of,
    in_year_of,
    numbered,
    with_year_of,
)
from timeline_gen.dates.phrases.resolve_single import (
    Resolved,
    check_order,
    check_timeless,
    checked,
    common_calendar,
)
from timeline_gen.dates.phrases.twins import resolve_date
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import say

_Member: TypeAlias = tuple[PartialDate | None, PartialDate | None]
"""First and last of a range; the same object for a single date, None for "or earlier", "or later"."""


_LAST_OF_OTHER_ERAS: Final = 1600
"""Years after it are of the common era, whatever era a year behind them names: "2020 or 1442 AH"."""
_LIKE_A_DAY: Final = 31
_OUR_ERAS: Final = ("bce", "ce")
_SMALLEST_SHARED: Final = 1000
"""The smallest year with one of these eras that takes the month of the year before it."""


def resolve_set(several: PartialSet, context: ReadingContext) -> Resolved:
    """Return a list of dates as a set; members take from the last, or the first, what they lack."""
    for date in _dates(several.members):
        check_timeless(date)
    spread = _shared_out(_with_days(_with_numbers(_with_centuries(_with_eras(several.members)))))
    flat = _dates(spread)
    # The last date has what "5, 6 or 7 June 2017" share, the first what "June 5 or 7, 2017" do.
    lender = next((date for date in (flat[-1], flat[0]) if date.number is None), None)
    if lender is None:
        raise DateError(say("bare numbers are not dates"), say("write years in four figures"), flat[0].start)
    # "June 5 or 7, 2017": a bare number may have the year.
    dated = next((date for date in flat if date.year), None)
    whole = with_year_of(lender, dated) if dated and lacks_year(lender) else lender
    done = resolve_date(whole, context)
    members: list[Date | Range] = []
    resolved: list[_Member] = []
    for first, last in spread:
        start, end = (_resolve_end(date, lender, done, context) for date in (first, last))
        resolved.append((start, end))
        members.append(_member(start, end, same=first is last, context=context))
    # EDTF wants "or earlier" first in a set and "or later" last, whatever the order of the words.
    members.sort(key=_openness)
    if max(Counter(filter(None, map(_openness, members))).values(), default=0) > 1:
        raise DateError(
            say("only one date of a list can be open to one side"), say("write the outermost"), flat[0].start
        )
    ast = Set(several.choice, tuple(members))
    dates = _dates(resolved)
    return Resolved(checked(ast, flat[0]), common_calendar(dates), any(date.relative for date in dates))


def _dates(members: Iterable[_Member]) -> list[PartialDate]:
    return [date for member in members for date in member if date is not None]


def _resolve_end(
    date: PartialDate | None, lender: PartialDate, done: PartialDate, context: ReadingContext
) -> PartialDate | None:
    """Return *date* resolved; *done* is the *lender* resolved."""
    if date is None or date is lender:
        return date and done
    date = numbered(date, done, last=True) if date.number is not None else date
    return in_year_of(date, done, context) if lacks_year(date) else resolve_date(date, context)


def _member(
    first: PartialDate | None, last: PartialDate | None, *, same: bool, context: ReadingContext
) -> Date | Range:
    if same and first is not None and first.part is not None:
        node = to_edtf(first, context.seasons)
        if isinstance(node, Set) and len(node.members) == 1:
            return node.members[0]
    start = to_end(first, context.seasons, last=False) if first else None
    end = to_end(last, context.seasons, last=True) if last else None
    if same and start is not None and start == end:
        return start
    if start is not None and end is not None and first is not None:
        check_order(Interval(start, end), first, context)
    return Range(start, end)


def _openness(member: Date | Range) -> int:
    if not isinstance(member, Range):
        return 0
    return -1 if member.first is None else int(member.last is None)


# ---------------------------------------------------------------- shared parts


def _with_eras(members: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Return *members* with bare years in the era of the year behind them: "1441 or 1442 AH"."""
    following: PartialDate | None = None
    filled: list[_Member] = []
    for first, last in reversed(members):
        end = _within_era_of(last, following)
        start = end if first is last else _within_era_of(first, end or following)
        filled.append((start, end))
        following = next((date for date in (start, end) if date is not None), following)
    return tuple(reversed(filled))


def _within_era_of(date: PartialDate | None, following: PartialDate | None) -> PartialDate | None:
    if date is None or following is None or not following.era or not following.whole_year:
        return date
    if date.era or date.calendar or not date.whole_year or not date.year.isdigit():
        return date
    if following.era != "bce" and int(date.year) > _LAST_OF_OTHER_ERAS:
        return date
    return in_era_of(date, following)


def _with_centuries(members: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Return *members* with each decade in the century of the decade next to it.

    "the 1850s and 60s", "the forties and fifties of the 19th century".
    """
    members = _before_centuries(members)
    before = members[0][0]
    filled: list[_Member] = []
    for first, last in members:
        start = in_century_of(first, before) if first and before else first
        filled.append((start, start if first is last else last))
        before = start
    return tuple(filled)


def _before_centuries(members: tuple[_Member, ...]) -> tuple[_Member, ...]:
    after: PartialDate | None = None
    filled: list[_Member] = []
    for first, last in reversed(members):
        end = _like(last, after)
        start = end if first is last else _like(first, end)
        filled.append((start, end))
        after = start or end or after
    return tuple(reversed(filled))


def _like(date: PartialDate | None, after: PartialDate | None) -> PartialDate | None:
    return century_in_era(in_century_before(date, after), after) if date and after else date


def _with_numbers(members: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Return *members* with bare numbers before a day as days of its month: the 5 of "5 and 6 June"."""
    following: PartialDate | None = None
    filled: list[_Member] = []
    for member in reversed(members):
        # From the end on, as each number takes the month of what follows it: "5, 6 and 7 June".
        ends = tuple(_numbered_by(date, following) for date in member)
        filled.append((ends[0], ends[0] if member[0] is member[1] else ends[1]))
        following = next((date for date in ends if date is not None and date.number is None), following)
    return tuple(reversed(filled))


def _numbered_by(date: PartialDate | None, following: PartialDate | None) -> PartialDate | None:
    if date is None or date.number is None or date.month or following is None or not following.day:
        return date
    return numbered(date, following, last=False)


def _with_days(members: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Return *members* with the day of the first in all: "5 March or April 2011"."""
    first, later = members[0][0], [start for start, _ in members[1:]]
    if first is None or any(start is not end or start is None for start, end in members):
        return members
    if not (first.day and lacks_year(first)) or any(date and date.number is not None for date in later):
        return members
    plain = [date for date in later if date and date.month and not date.day]
    if not plain:
        return members
    if len(plain) < len(later) or first.weekday is not None or any(_period(date) for date in plain):
        raise _unclear(plain[0], say("a month may be the whole month, or the day named before it"))
    return (members[0], *(_same(replace(date, day=first.day)) for date in plain))


def _period(date: PartialDate) -> bool:
    return bool(date.month > 12 or date.part or date.masked)


def _same(date: PartialDate) -> _Member:
    return date, date


def _shared_out(members: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Return *members* with each month, season or day in each year: "summer 2018 and 2019"."""
    count = len(members)
    while count and _bare_year(members[count - 1]):
        count -= 1
    fine, years = members[:count], [first for first, _ in members[count:] if first is not None]
    owner = next((date for date in reversed(_dates(fine)) if date.year), None)
    if not (fine and years and owner) or not _finer(owner):
        return members
    if any(year.named for year in years):
        # "January of year 5 or the year 8": of so small a year the word is part of the month's name.
        if owner.named and int(owner.year or 0) > _LIKE_A_DAY:
            raise _unclear(
                years[0], say("{year} may be the whole year, or the same part of it", year=years[0].year)
            )
        return members
    if any(date.year and date is not owner and date.year != owner.year for date in _dates(fine)):
        raise _unclear(
            years[0], say("{year} may be the whole year, or the same part of it", year=years[0].year)
        )
    shared: list[_Member] = []
    for year in (owner, *years):
        for first, last in fine:
            start = _in_year(first, year)
            shared.append((start, start if first is last else _in_year(last, year)))
    return tuple(shared)


def _in_year(date: PartialDate | None, year: PartialDate) -> PartialDate | None:
    if date is None or (date.number is not None and not date.month):
        return date
    return replace(
        date,
        year=year.year,
        era=year.era,
        calendar=date.calendar or year.calendar,
        qualifier=date.qualifier | year.qualifier,
        # A weekday is that of the year it is named with, and of hardly another.
        weekday=None,
    )


def _bare_year(member: _Member) -> bool:
    first, last = member
    if first is None or first is not last or not first.whole_year or not first.year.isdigit():
        return False
    # "18 April 897 BCE and 1 BCE": so small a year is a date of its own.
    return first.era not in _OUR_ERAS or int(first.year) >= _SMALLEST_SHARED


def _finer(date: PartialDate) -> bool:
    return bool(date.month or date.numeric or date.feast or date.part)


def _unclear(date: PartialDate, what: str) -> DateError:
    return DateError(what, say("write each date in full"), date.start, code="TG214")
