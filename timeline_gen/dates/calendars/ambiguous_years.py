"""Years that can be read in two ways: 1939-41, 2008/09, 1432/2011, 1443 in an Arabic article.

The program does not choose: the problem names both ways to write what is meant.
"""

from __future__ import annotations

from typing import Final

from timeline_gen.dates.calendars.errors import DateError
from timeline_gen.dates.calendars.hijri import hijri_day_number
from timeline_gen.dates.calendars.jalali import jalali_day_number, jalali_year_of
from timeline_gen.dates.calendars.partial_dates import PartialDate
from timeline_gen.dates.days import civil, iso_day
from timeline_gen.dates.edtf import Date, Edtf, Interval, Range, Set
from timeline_gen.messages import listed, say

PERIODS: Final = (
    *("spring", "summer", "autumn", "winter") * 3,
    *(say("{nth} quarter of", nth=nth) for nth in ("first", "second", "third", "fourth")),
    *(say("{nth} third of", nth=nth) for nth in ("first", "second", "third")),
    *(say("{nth} half of", nth=nth) for nth in ("first", "second")),
)
"""The meanings of the codes 21 to 41 after a year."""
_HIJRI_YEARS: Final = range(1300, 1501)
"""Years that an Arabic or Persian article may count from the Hijra: 1882 to 2077 in the lunar calendar."""
_SOLAR_YEARS: Final = range(1250, 1501)
"""Years that can be of the Solar Hijri calendar: it became Iran's in 1304."""
_SOLAR_LEAD: Final = 622
"""The Gregorian year in which a year of the Solar Hijri calendar ends, less that year."""
_MODERN: Final = 1900
_NEAR: Final = 12
"""How many years a pair such as 2008/09 may lie apart if it can also be a month."""
YEAR_CALENDARS: Final = {
    "ar": ("hijri",),
    "fa": ("jalali", "hijri"),
    "ps": ("jalali", "hijri"),
    "ur": ("hijri",),
}
"""The calendars, besides the Gregorian, of a bare year in each language."""
_SIGNS: Final = {"hijri": "هـ", "jalali": "ه.ش"}
_CALENDARS: Final = {"hijri": hijri_day_number, "jalali": jalali_day_number}


def _two_ways(what: str, hint: str, offset: int = 0) -> DateError:
    return DateError(what, hint, offset, code="TG215")


# ---------------------------------------------------------------- EDTF


def check_sub_year(ast: Edtf, on: int | None) -> None:
    """Refuse ``1939-41``, in EDTF the second half of 1939, in an article that can mean two years.

    Where the second year would lie after the article's day *on*, or before the first, EDTF is meant.
    """
    if not isinstance(ast, Date) or not ast.grouping or on is None or not ast.year.isdigit():
        return
    first, last = int(ast.year), int(ast.year[:2] + ast.month)
    if not first < last <= civil(on)[0]:
        return
    period = PERIODS[ast.grouping - 21]
    raise _two_ways(
        say(
            "{year}-{month} may be the years {first} to {last}, or in EDTF the {period} {first}",
            year=ast.year,
            month=ast.month,
            first=first,
            last=last,
            period=period,
        ),
        say(
            "write {first}/{last} for the years, “{period} {first}” for the other",
            first=first,
            last=last,
            period=period,
        ),
    )


def check_interval(ast: Edtf) -> None:
    """Refuse an interval of two years that are one year in two calendars: ``1432/2011``."""
    if not isinstance(ast, Interval):
        return
    years = [end.year for end in (ast.start, ast.end) if isinstance(end, Date) and not end.month]
    if len(years) == 2 and all(year.isdigit() for year in years):
        _check_calendar_pair(int(years[0]), int(years[1]), 0)


def hijri_years(ast: Edtf) -> str:
    """Return the first year of *ast* that may be a Hijri year as well; empty if there is none."""
    return next((date.year for date in _dates(ast) if date.year.isdigit() and _may_be_hijri(date.year)), "")


def _dates(ast: Edtf) -> tuple[Date, ...]:
    if isinstance(ast, Date):
        return (ast,)
    ends: list[object] = [ast.start, ast.end] if isinstance(ast, Interval) else []
    if isinstance(ast, Set):
        for member in ast.members:
            ends += [member.first, member.last] if isinstance(member, Range) else [member]
    return tuple(end for end in ends if isinstance(end, Date))


def _may_be_hijri(year: str) -> bool:
    """Return whether *year*, or the first of the ten years of ``136X``, may be a Hijri year."""
    # A century, 13XX, is no year in doubt: only its decades are asked for.
    first = f"{year[:3]}0" if year[3:] == "X" else year
    return first.isdigit() and int(first) in _HIJRI_YEARS


# ---------------------------------------------------------------- words


def year_calendars(lang: str, on: int | None) -> tuple[str, ...]:
    """Return the calendars besides the Gregorian in which an article in *lang* of the day *on* may count."""
    if on is None or civil(on)[0] <= _MODERN:
        return ()
    return YEAR_CALENDARS.get(lang.partition("-")[0].casefold(), ())


def check_calendar(date: PartialDate, calendars: tuple[str, ...]) -> None:
    """Refuse a year without a calendar that may be one of *calendars* as well as a Gregorian year."""
    if not calendars or date.calendar or date.era or not _may_be_hijri(date.year):
        return
    if date.year.endswith("X"):
        raise _which_decade(int(date.year[:3]) * 10, int(date.year[:3]) * 10, calendars[0], date.start)
    raise DateError(
        say("{year} may be a year of the Hijri or of the Gregorian calendar", year=int(date.year)),
        _ways(date.year, calendars),
        date.start,
        code="TG217",
    )


def check_decade(date: PartialDate, gregorian: int, on: int, calendars: tuple[str, ...]) -> None:
    """Refuse «دهه شصت» in a Persian article of the day *on*: Iran's sixties are the years 1360 to 1369.

    *gregorian* is the first year of the decade in the Gregorian calendar.
    """
    if "jalali" not in calendars or date.calendar:
        return
    this = jalali_year_of(on)
    year = this // 100 * 100 + (date.decade or 0)
    raise _which_decade(year if year <= this else year - 100, gregorian, "jalali", date.start)


def _which_decade(own: int, gregorian: int, calendar: str, offset: int) -> DateError:
    """Return the problem of ten years that begin with *own* in a *calendar*, or with *gregorian*."""
    start, end = (_CALENDARS[calendar](year, 1, 1) for year in (own, own + 10))
    return DateError(
        say("the decade may be of the Hijri or of the Gregorian calendar"),
        say(
            "write {first}/{last} for {own} to {own_last} of the Hijri calendar, {decade}X for {year} to "
            "{year_last} of the Gregorian",
            first=iso_day(start),
            last=iso_day(end - 1),
            own=own,
            own_last=own + 9,
            decade=gregorian // 10,
            year=gregorian,
            year_last=gregorian + 9,
        ),
        offset,
        code="TG217",
    )


def read_as_gregorian(year: str, calendars: tuple[str, ...]) -> DateError:
    """Return the warning that the *year* of an EDTF date is Gregorian, which may be one of *calendars*."""
    return DateError(
        say("{year} is read as a year of the Gregorian calendar, as EDTF is", year=year),
        _ways(year, calendars),
        code="TG216",
    )


def _ways(year: str, calendars: tuple[str, ...]) -> str:
    ways = listed((f"{int(year)}{_SIGNS[name]}" for name in calendars), "{start} or {end}")
    keys = listed(
        (say("calendar: {name}", name=name) for name in (*calendars, "gregorian")), "{start} or {end}"
    )
    return say(
        "write {ways} for the Hijri year, {year}م for the Gregorian; or give {keys}",
        ways=ways,
        year=int(year),
        keys=keys,
    )


def check_slashed_month(year: int, value: int, figures: int, offset: int) -> None:
    """Refuse "2008/09", which may be a month, or two years."""
    gap = (value - year) % 100
    if not (0 < gap <= _NEAR if figures == 2 else value > year % 10):
        return
    last = year + gap if figures == 2 else year // 10 * 10 + value
    raise _two_ways(
        say(
            "{year}/{value} may be a month, or the years {year} and {last}",
            year=year,
            value=f"{value:0{figures}}",
            last=last,
        ),
        say(
            "write {year}-{value:02} for the month, {year}/{last} for the two years; of a "
            "season, a school or a business year give the first and the last day",
            year=year,
            value=value,
            last=last,
        ),
        offset,
    )


def check_pair(start: PartialDate, last: PartialDate) -> None:
    """Refuse "1432-2011", which may be one year in two calendars."""
    if start.era or last.era or not last.whole_year or not last.year.isdigit():
        return
    if start.whole_year and start.year.isdigit():
        _check_calendar_pair(int(start.year), int(last.year), start.start)
    elif start.number is not None and start.figures == 3:
        _check_calendar_pair(start.number, int(last.year), start.start)


def _check_calendar_pair(own: int, year: int, offset: int) -> None:
    """Refuse two years that are one in two calendars: "1432-2011" (Hijri), "1357/1979" (Solar Hijri)."""
    sign = "AH" if _is_hijri(own, year) else "SH" if _is_solar(own, year) else ""
    if not sign:
        return
    raise _two_ways(
        say(
            "{own} and {year} may be one year in two calendars, or the first and the last of a span",
            own=own,
            year=year,
        ),
        say(
            "write {own} {sign}/{year} for the one year, “from {own:04} to {year}” for the span",
            own=own,
            sign=sign,
            year=year,
        ),
        offset,
    )


def _is_hijri(own: int, year: int) -> bool:
    if not 1 <= own < year or not own <= 9999:
        return False
    # The last month has 29 days at least; whether it has a thirtieth makes no difference here.
    first, last = hijri_day_number(own, 1, 1), hijri_day_number(own, 12, 29)
    return civil(first)[0] <= year <= civil(last)[0]


def _is_solar(own: int, year: int) -> bool:
    return own in _SOLAR_YEARS and civil(jalali_day_number(own, 1, 1))[0] <= year <= own + _SOLAR_LEAD


def check_short_end(start: PartialDate, last: PartialDate, *, hyphen: bool) -> None:
    """Refuse "1876-7", which may be two years, or a slip for the month 1876-07."""
    if not hyphen or last.number is None or not start.whole_year or len(start.year) != 4:
        return
    value, year = last.number, int(start.year) if start.year.isdigit() else 0
    if last.figures == 2 and value == 0 and year % 100 >= 100 - _NEAR:
        raise _two_ways(
            say("there is no month 00, and {year}-00 may be meant as two years", year=year),
            say(
                "write {year} for the year, {year}/{year_2} for the years",
                year=year,
                year_2=year // 100 * 100 + 100,
            ),
            start.start,
        )
    if last.figures == 1 and value > year % 10 and year >= 1000:
        raise _two_ways(
            say(
                "{year}-{value} may be the years {year} and {year_2}, or a month",
                year=year,
                value=value,
                year_2=year // 10 * 10 + value,
            ),
            say(
                "write {year}/{year_2} for the years, {year}-{value:02} for the month",
                year=year,
                year_2=year // 10 * 10 + value,
                value=value,
            ),
            start.start,
        )


def check_slash(start: PartialDate, last: PartialDate) -> bool:
    """Return whether two years with a slash are a span; refuse the ways that have another meaning too."""
    year, value = int(start.year), last.number or 0
    if last.figures == 4 and start.figures in (3, 4):
        _check_calendar_pair(year, value, start.start)
        last_year = value
    elif last.figures == 2 and start.figures == 4:
        last_year = year + (value - year) % 100
    else:
        return False
    if start.figures == 4 and last_year == year + 1:
        raise _two_ways(
            say(
                "{year}/{value} may be two years, a season or business year, or one year that began "
                "in spring (Old Style)",
                year=year,
                value=f"{value:0{last.figures}}",
            ),
            say(
                "write “{year} and {last_year}” or “{year}–{last_year}” for the years; of a year "
                "that runs from one into the other give the first and the last day: "
                "{year}-09-01/{last_year}-08-31",
                year=year,
                last_year=last_year,
            ),
            start.start,
        )
    # A slash does not cross into another century: "1896/14" is left unread.
    return start.figures == 4 and year < last_year <= year - year % 100 + 99
