"""A date in the words of a language: "c. 1850", «تسعينيات القرن العشرين», "spring 2001"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from timeline_gen.dates.edtf import Date
from timeline_gen.dates.wording.patterns import Style
from timeline_gen.model.dates import Qualifier

_QUALIFIED: Final = {
    Qualifier.UNCERTAIN: "perhaps",
    Qualifier.APPROXIMATE: "circa",
    Qualifier.UNCERTAIN | Qualifier.APPROXIMATE: "perhaps_circa",
}
_MASKED_YEARS: Final = ("year", "decade", "century", "millennium", "any")
"""The kind of a year by the number of its unspecified digits."""

_ACROSS: Final = {"north": frozenset({24, 28, 30}), "south": frozenset({22, 28, 30})}
"""The seasons, by their EDTF codes, that begin in one year and end in the next."""

_GROUPINGS: Final = ((32, "season"), (36, "quarter"), (39, "third"), (41, "half"))
"""The last EDTF code of each kind of grouping."""
_NORTHERN: Final = 25
_SOUTHERN: Final = 29
"""The first codes of seasons of the northern and of the southern hemisphere."""
_THIRDS: Final = {37: "early", 38: "mid", 39: "late"}

_UNAMBIGUOUS: Final = 2000
"""The century whose first decade has its name: "the 2000s" are ten years, "the 1900s" a century."""

_TIME: Final = re.compile(r"(?P<clock>[\d:.]+)(?P<zone>Z|(?P<sign>[+-])(?P<hour>\d\d):?(?P<minute>\d\d)?)?")


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date in words."""

    text: str
    """Not within a phrase."""
    forms: Mapping[str, str]
    """As it is within a longer phrase, by form: "1990s" is there "the 1990s"."""
    shape: str
    """Its kind: ``day``, ``month``, ``year``, ``decade`` …, by which patterns have variants."""
    datetime: str = ""
    """The value of ``<time datetime>``; empty if HTML cannot express the date."""
    exact: bool = True
    """Whether the words express all of the EDTF."""
    clock: tuple[str, str] = ("", "")
    """What the time of day adds before and after the day."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Return the fields that a pattern around this date may have."""
        return {"date": self.text, **self.forms}


def date_phrase(date: Date, style: Style, *, time: str = "") -> DateWords:
    """Return *date* in the words of *style*, with the *time* of day where it has none of its own."""
    qualifiers = {date.year_qualifier}
    if date.month:
        qualifiers.add(date.month_qualifier)
    if date.day:
        qualifiers.add(date.day_qualifier)
    plain = _timed(_plain(date, style), date.time or time, style)
    if not date.qualifier:
        return plain
    qualified = qualify(plain, date.qualifier, style)
    # Words qualify all of a date; where EDTF qualifies a part of it, it follows in brackets.
    return qualified if len(qualifiers) == 1 else replace(qualified, exact=False)


def end_phrase(date: Date, style: Style) -> DateWords:
    """Return *date*, an end of a span: there EDTF's thirds of a year are how "mid-1975" is written."""
    part = _THIRDS.get(date.grouping)
    if part is None or "X" in date.year or date.month_qualifier is not date.year_qualifier:
        return date_phrase(date, style)
    year = replace(date, month="").qualified(Qualifier.NONE)
    phrase = replace(wrap(date_phrase(year, style), part, style), shape="part")
    return qualify(phrase, date.year_qualifier, style)


def qualify(phrase: DateWords, qualifier: Qualifier, style: Style) -> DateWords:
    """Return *phrase* as uncertain, approximate or both, in the words of *style*."""
    name = _QUALIFIED.get(qualifier)
    return wrap(phrase, name, style) if name else phrase


def wrap(phrase: DateWords, name: str, style: Style) -> DateWords:
    """Return *phrase* in the pattern *name* of *style*: "circa", "early"."""
    text = style.fill(style.pick(name, phrase.shape), phrase.fields)
    names = f"{name}_{phrase.shape}", name
    return DateWords(text, style.within(text, names, phrase.fields), name, exact=phrase.exact)


def worded(name: str, shape: str, style: Style, *, html: str = "", **fields: object) -> DateWords:
    """Return the pattern *name* of *style* with its *fields*: a date of the kind *shape*."""
    text = style.fill(style.patterns[name], fields)
    return DateWords(text, style.within(text, (name, shape), fields), shape, html)


def _plain(date: Date, style: Style) -> DateWords:
    if date.significant is not None:
        return replace(wrap(_year(date, style), "circa", style), exact=False)
    if not date.month:
        return _year(date, style)
    if date.grouping:
        return _grouping(date, style)
    if "X" in date.year or "X" in date.month or "X" in date.day:
        return _masked(date, style)
    return _known(date, style)


# ---------------------------------------------------------------- seasons and parts of a year


def _grouping(date: Date, style: Style) -> DateWords:
    """Return a season, quarter, third or half of a year; of a year that is not known, as well as can be."""
    code = date.grouping
    name = str(
        code if code < _NORTHERN else code - 4 if code < _SOUTHERN else code - 8 if code < 33 else code
    )
    # The four seasons are named once: 25 to 28 are those of the north, 29 to 32 those of the south.
    shape = next(shape for last, shape in _GROUPINGS if code <= last)
    side = "" if code < _NORTHERN or code > 32 else "north" if code < _SOUTHERN else "south"
    fine = style.patterns[name]
    pattern, year = shape, _season_year(date, style) if shape == "season" else ""
    if "X" in date.year:
        year = _some_year(date, style)
        pattern = f"{shape}_masked" if f"{shape}_masked" in style.patterns else shape
    fields = {"fine": fine, "y": year or style.year(date.known_year or 0)}
    text = style.fill(style.patterns[pattern], fields)
    text = style.fill(style.patterns[side], {"date": text}) if side else text
    return DateWords(text, style.within(text, (name, shape), fields), shape, exact="X" not in date.year)


def _some_year(date: Date, style: Style) -> str:
    whole = _year(replace(date, month=""), style)
    if whole.shape == "any":
        return whole.forms[style.forms[0]]
    return style.fill(style.patterns["some_year"], whole.fields)


def _season_year(date: Date, style: Style) -> str:
    """Return the year of a season, or both years if it ends in the next: "winter 2010–11"."""
    year = date.known_year or 0
    # Two figures are short for a year only next to four: other seasons have just their first year.
    if date.grouping not in _ACROSS[style.seasons] or not 999 < year < 9999:
        return style.year(year)
    last = str(year + 1) if year % 100 == 99 else f"{(year + 1) % 100:02}"
    return style.patterns["years"].format(y=year, y2=year + 1, yy=last)


# ---------------------------------------------------------------- days, months, years


def _known(date: Date, style: Style) -> DateWords:
    year, month = date.known_year or 0, int(date.month)
    names = style.months if date.day else style.months_alone
    fields = {"y": style.year(year), "m": names[month - 1], "n": month}
    if date.day:
        return worded("day", "day", style, html=html_date(date), d=day_of_month(date, style), **fields)
    name = "month_small" if like_a_day(year) else "month"
    return worded(name, "month", style, html=html_date(date), **fields)


def like_a_day(year: int) -> bool:
    """Return whether the figures of *year* after a month could be read as a day."""
    return -31 < year < 32


def day_of_month(date: Date, style: Style) -> str:
    """Return the day of *date* as *style* writes it before a month."""
    return style.first_day if date.day == "01" else str(int(date.day))


def _year(date: Date, style: Style) -> DateWords:
    stem = date.year.partition("X")[0]
    unknown = len(date.year) - len(stem)
    if not unknown:
        year = date.known_year or 0
        name = "year_small" if like_a_day(year) else "year"
        return worded(name, "year", style, html=html_date(date), y=style.year(year))
    shape = _MASKED_YEARS[min(unknown, 4)]
    if shape == "any":
        return replace(worded("any", "any", style), exact=date.year == "XXXX")
    # "1X50" is at least known to the millennium.
    whole = stem + "X" * unknown
    phrase = _masked_whole(whole, shape, style)
    return phrase if whole == date.year else replace(phrase, exact=False)


def _masked_whole(year: str, shape: str, style: Style) -> DateWords:
    """Return the decade, century or millennium *year*; *shape* is which of these."""
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if year.startswith("-"):
        return _masked_before(last, first, shape, style)
    if shape == "decade" and style.decades:
        pattern, name = style.decades[first // 10 % 10], "decade"
    elif shape == "millennium" and style.millennia:
        pattern, name = style.millennia[first // 1000], "millennium"
    else:
        name = "decade_first" if shape == "decade" and first % 100 == 0 and first != _UNAMBIGUOUS else shape
        pattern = style.patterns[name]
    century = (
        _ordinals(first, last, style)
        if shape != "decade"
        else _ordinals(first // 100 * 100, first // 100 * 100 + 99, style)
    )
    # There is no year 0: the first decade and the first century have one year less.
    fields = {"y": style.number(max(first, 1)), "y9": style.number(last), **century}
    text = style.fill(pattern, fields)
    if "{y}" in pattern and last < 1000:
        text = style.after.format(y=text)
    else:
        text = style.in_era(text, last) if "{nth}" in pattern or "{nth_alone}" in pattern else text
    return DateWords(text, _era_forms(pattern, text, (name, shape), fields, style), shape)


def _era_forms(
    pattern: str, text: str, names: tuple[str, ...], fields: Mapping[str, object], style: Style
) -> Mapping[str, str]:
    """Return the forms of *text*, made of *pattern* and perhaps an era, which they have as well."""
    plain = style.fill(pattern, fields)
    before, _, after = text.partition(plain)
    forms = style.within(plain, names, fields)
    return {form: f"{before}{form_text}{after}" for form, form_text in forms.items()}


def _ordinals(first: int, last: int, style: Style) -> dict[str, str]:
    number = first // (last - first + 1) + 1
    return {"nth": style.nth(number), "nth_alone": style.nth(number, alone=True)}


def _masked_before(first: int, last: int, shape: str, style: Style) -> DateWords:
    """Return a decade, century or millennium before the year 1, from the year *first* to *last*."""
    if shape == "decade":
        # The years 50 to 41 BCE are no decade that has a name.
        text = style.before.format(y=f"{1 - first}–{1 - last}")
        return DateWords(text, dict.fromkeys(style.forms, text), "some", exact=False)
    # Counted backwards, from the year 1: -0499 to -0400 is the fifth century BCE.
    ordinals = _ordinals(-last, -first, style)
    named = style.millennia if shape == "millennium" else ()
    pattern = named[-last // 1000] if named else style.patterns[shape]
    fields = {"y": 1 - first, "y9": 1 - last, **ordinals}
    text = style.in_era(style.fill(pattern, fields), first)
    return DateWords(text, _era_forms(pattern, text, (shape,), fields, style), shape)


def _masked(date: Date, style: Style) -> DateWords:
    """Return a *date* that has unspecified digits, below its year or in a year that has a month."""
    if date.day == "XX":
        return _some("day_of", replace(date, month="" if date.month == "XX" else date.month, day=""), style)
    if date.month == "XX" and not date.day:
        return _some("month_of", replace(date, month=""), style)
    whole = _year(replace(date, month="", day=""), style)
    if "X" in date.month or "X" in date.day:
        return replace(whole, datetime="", shape="some", exact=False)
    month = (style.months if date.day else style.months_alone)[int(date.month) - 1]
    fine = (
        style.patterns["day_month"].format(d=day_of_month(date, style), m=month, n=int(date.month))
        if date.day
        else month
    )
    fields = {"fine": fine, **whole.fields}
    text = style.fill(style.patterns["masked"], fields)
    return DateWords(text, style.within(text, ("masked",), fields), "some", exact=False)


def _some(name: str, whole: Date, style: Style) -> DateWords:
    inner = _plain(whole, style)
    text = style.fill(style.pick(name, inner.shape), inner.fields)
    exact = inner.exact and "X" not in whole.year
    return DateWords(text, style.within(text, (name,), inner.fields), "some", exact=exact)


def _timed(phrase: DateWords, time: str, style: Style) -> DateWords:
    if not time or phrase.shape != "day":
        return phrase
    pattern = style.patterns["timed"].replace("{time}", _clock(time, style))
    before, _, after = pattern.partition("{date}")
    forms = {form: f"{before}{text}{after}" for form, text in phrase.forms.items()}
    html = f"{phrase.datetime}T{_html_time(time)}" if phrase.datetime else ""
    return replace(
        phrase, text=f"{before}{phrase.text}{after}", forms=forms, datetime=html, clock=(before, after)
    )


def _clock(time: str, style: Style) -> str:
    match = _TIME.fullmatch(time)
    if match is None:
        # Not a time of ISO 8601: shown as typed.
        return time
    clock = style.patterns["clock"].format(time=match["clock"])
    if not match["zone"]:
        return clock
    if match["zone"] == "Z" or not int(match["hour"] + (match["minute"] or "0")):
        return style.patterns["utc"].format(time=clock)
    minute = f":{match['minute']}" if int(match["minute"] or 0) else ""
    sign = "−" if match["sign"] == "-" else "+"
    return style.patterns["zone"].format(time=clock, offset=f"{sign}{int(match['hour'])}{minute}")


def _html_time(time: str) -> str:
    match = _TIME.fullmatch(time)
    if match is None or not match["zone"] or match["zone"] == "Z":
        return time
    return f"{match['clock']}{match['sign']}{match['hour']}:{match['minute'] or '00'}"


@cache
def html_date(date: Date) -> str:
    """Return *date* for ``<time datetime>``; empty unless it is certain, and in the year 1 or later."""
    if date.qualifier or date.significant is not None or "X" in date.year + date.month + date.day:
        return ""
    year = date.known_year
    if year is None or year < 1 or date.grouping:
        return ""
    return "-".join(part for part in (f"{year:04}", date.month, date.day) if part)
