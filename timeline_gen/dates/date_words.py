"""One date in the words of one language: "c. 1850", «تسعينيات القرن العشرين», "spring 2001"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from timeline_gen.dates.edtf_ast import Date
from timeline_gen.dates.phrasebook import Voice
from timeline_gen.dates.second_calendar import hijri_beside
from timeline_gen.model import Qualifier

_QUALIFIED: Final = {
    Qualifier.UNCERTAIN: "perhaps",
    Qualifier.APPROXIMATE: "circa",
    Qualifier.UNCERTAIN | Qualifier.APPROXIMATE: "perhaps_circa",
}
_MASKED_YEARS: Final = ("year", "decade", "century", "millennium", "any")
"""The kind of a year by the number of its unspecified digits."""

_ACROSS: Final = {"north": frozenset({24, 28, 30}), "south": frozenset({22, 28, 30})}
"""The seasons, by their EDTF codes, that begin in one year and end in the next."""

_UNAMBIGUOUS: Final = 2000
"""The one century whose first decade goes by its name: "the 2000s" are not yet a hundred years to anybody."""

_TIME: Final = re.compile(r"(?P<clock>[\d:.]+)(?P<zone>Z|(?P<sign>[+-])(?P<hour>\d\d):?(?P<minute>\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One date in words."""

    text: str
    """As it stands alone."""
    within: str
    """As it stands within a longer phrase: "1990s" is there "the 1990s"."""
    shape: str
    """Its kind: ``day``, ``month``, ``year``, ``decade`` …, by which patterns have variants."""
    datetime: str = ""
    """What HTML may say of it; empty where HTML has no way to say it."""
    exact: bool = True
    """Whether the words say all that the EDTF says."""


def date_phrase(date: Date, voice: Voice, *, time: str = "") -> Phrase:
    """Return *date* in the words of *voice*, with the *time* of day where it has none of its own."""
    qualifiers = {date.year_qualifier}
    if date.month:
        qualifiers.add(date.month_qualifier)
    if date.day:
        qualifiers.add(date.day_qualifier)
    plain = _timed(_plain(date, voice), date.time or time, voice)
    if not date.qualifier:
        return plain
    qualified = qualify(plain, date.qualifier, voice)
    return qualified if len(qualifiers) == 1 else replace(qualified, exact=False)


def qualify(phrase: Phrase, qualifier: Qualifier, voice: Voice) -> Phrase:
    """Return *phrase* as uncertain, approximate or both, in the words of *voice*."""
    name = _QUALIFIED.get(qualifier)
    return wrap(phrase, name, voice) if name else phrase


def wrap(phrase: Phrase, name: str, voice: Voice) -> Phrase:
    """Return *phrase* in the pattern *name* of *voice*: "circa", "early"."""
    text = voice.pick(name, phrase.shape).format(date=phrase.text, within=phrase.within)
    return Phrase(text, text, name, exact=phrase.exact)


def _plain(date: Date, voice: Voice) -> Phrase:
    if date.significant is not None:
        return replace(wrap(_year(date, voice), "circa", voice), exact=False)
    if not date.month:
        return _year(date, voice)
    if "X" in date.year or "X" in date.month or "X" in date.day:
        return _masked(date, voice)
    if date.grouping:
        return _phrase(str(date.grouping), "season", voice, y=_season_year(date, voice))
    return _known(date, voice)


def _season_year(date: Date, voice: Voice) -> str:
    """Return the year of a season, or both years of one that ends in the next: "winter 2010–11"."""
    year = date.known_year or 0
    if date.grouping not in _ACROSS[voice.seasons] or not 999 < year < 9999:
        return voice.year(year)
    last = str(year + 1) if year % 100 == 99 else f"{(year + 1) % 100:02}"
    return voice.patterns["years"].format(y=year, y2=year + 1, yy=last)


def _known(date: Date, voice: Voice) -> Phrase:
    year, month = int(date.year), int(date.month)
    fields = {"y": voice.year(year), "m": voice.months[month - 1], "n": month}
    if date.day:
        return _phrase("day", "day", voice, html=html_date(date), d=day_of_month(date, voice), **fields)
    name = "month_small" if like_a_day(year) else "month"
    return _phrase(name, "month", voice, html=html_date(date), **fields)


def like_a_day(year: int) -> bool:
    """Return whether the figures of *year* after a month could be read as a day."""
    return -31 < year < 32


def day_of_month(date: Date, voice: Voice) -> str:
    """Return the day of *date* as *voice* writes it before a month."""
    return voice.first_day if date.day == "01" else str(int(date.day))


def _phrase(name: str, shape: str, voice: Voice, *, html: str = "", **fields: object) -> Phrase:
    text = voice.patterns[name].format(**fields)
    pattern = voice.patterns.get(f"{name}_within")
    return Phrase(text, pattern.format(**fields) if pattern else text, shape, html)


def _year(date: Date, voice: Voice) -> Phrase:
    stem = date.year.partition("X")[0]
    unknown = len(date.year) - len(stem)
    if not unknown:
        year = date.known_year or 0
        name = "year_small" if like_a_day(year) else "year"
        return _phrase(name, "year", voice, html=html_date(date), y=voice.year(year))
    shape = _MASKED_YEARS[min(unknown, 4)]
    if shape == "any":
        return replace(_phrase("any", "any", voice), exact=date.year == "XXXX")
    # "1X50" is at least known to the millennium.
    whole = stem + "X" * unknown
    phrase = _masked_whole(whole, shape, voice)
    return phrase if whole == date.year else replace(phrase, exact=False)


def _masked_whole(year: str, shape: str, voice: Voice) -> Phrase:
    """Return the decade, century or millennium *year*, which ends in as many X as *shape* says."""
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if year.startswith("-"):
        return _masked_before(last, first, shape, voice)
    fields = {"y": voice.year(first), "y9": voice.year(last)}
    if shape == "decade" and voice.decades:
        return _words(voice.decades[first // 10 % 10], shape, nth=voice.nth(first // 100 + 1))
    if shape == "millennium" and voice.millennia:
        return _words(voice.millennia[first // 1000], shape)
    if shape == "decade" and first % 100 == 0 and first != _UNAMBIGUOUS:
        return _phrase("decade_first", shape, voice, **fields, nth=voice.nth(first // 100 + 1))
    return _phrase(shape, shape, voice, **fields, **_ordinals(first, last, voice))


def _ordinals(first: int, last: int, voice: Voice) -> dict[str, str]:
    number = first // (last - first + 1) + 1
    return {"nth": voice.nth(number), "nth_alone": voice.nth(number, alone=True)}


def _masked_before(first: int, last: int, shape: str, voice: Voice) -> Phrase:
    """Return a decade, century or millennium before the year 1, from the year *first* to *last*."""
    if shape == "decade":
        # The years 50 to 41 BCE are no decade that has a name.
        text = voice.before.format(y=f"{1 - first}–{1 - last}")
        return Phrase(text, text, "some", exact=False)
    ordinals = _ordinals(-last, -first, voice)
    phrase = _phrase(shape, shape, voice, y=1 - first, y9=1 - last, **ordinals)
    return replace(
        phrase, text=voice.before.format(y=phrase.text), within=voice.before.format(y=phrase.within)
    )


def _words(pattern: str, shape: str, **fields: str) -> Phrase:
    text = pattern.format(**fields)
    return Phrase(text, text, shape)


def _masked(date: Date, voice: Voice) -> Phrase:
    """Return a *date* that has unspecified digits, below its year or in a year that has a month."""
    if date.day == "XX":
        return _some("day_of", replace(date, month="" if date.month == "XX" else date.month, day=""), voice)
    if date.month == "XX" and not date.day:
        return _some("month_of", replace(date, month=""), voice)
    whole = _year(replace(date, month="", day=""), voice)
    if "X" in date.month or "X" in date.day:
        return replace(whole, datetime="", shape="some", exact=False)
    month = voice.months[int(date.month) - 1]
    fine = (
        voice.patterns["day_month"].format(d=day_of_month(date, voice), m=month, n=int(date.month))
        if date.day
        else month
    )
    text = voice.patterns["masked"].format(fine=fine, date=whole.text, within=whole.within)
    return Phrase(text, text, "some", exact=False)


def _some(name: str, whole: Date, voice: Voice) -> Phrase:
    inner = _plain(whole, voice)
    text = voice.pick(name, inner.shape).format(date=inner.text, within=inner.within)
    return Phrase(text, text, "some", exact=inner.exact and "X" not in whole.year)


def _timed(phrase: Phrase, time: str, voice: Voice) -> Phrase:
    if not time or phrase.shape != "day":
        return phrase
    day = hijri_beside(phrase.text, phrase.datetime, voice) if voice.beside else phrase.text
    text = voice.patterns["timed"].format(date=day, time=_clock(time, voice))
    html = f"{phrase.datetime}T{_html_time(time)}" if phrase.datetime else ""
    return Phrase(text, text, "day", html, exact=phrase.exact)


def _clock(time: str, voice: Voice) -> str:
    match = _TIME.fullmatch(time)
    if match is None or not match["zone"]:
        # A local time needs no zone, and what is no time of ISO 8601 is the author's own.
        return time
    clock = match["clock"]
    if match["zone"] == "Z" or not int(match["hour"] + (match["minute"] or "0")):
        return voice.patterns["utc"].format(time=clock)
    minute = f":{match['minute']}" if int(match["minute"] or 0) else ""
    sign = "−" if match["sign"] == "-" else "+"
    return voice.patterns["zone"].format(time=clock, offset=f"{sign}{int(match['hour'])}{minute}")


def _html_time(time: str) -> str:
    match = _TIME.fullmatch(time)
    if match is None or not match["zone"] or match["zone"] == "Z":
        return time
    return f"{match['clock']}{match['sign']}{match['hour']}:{match['minute'] or '00'}"


@cache
def html_date(date: Date) -> str:
    """Return what ``<time datetime>`` may say of *date*: nothing but what is certain, from the year 1 on."""
    if date.qualifier or date.significant is not None or "X" in date.year + date.month + date.day:
        return ""
    year = date.known_year
    if year is None or year < 1 or date.grouping:
        return ""
    return "-".join(part for part in (f"{year:04}", date.month, date.day) if part)
