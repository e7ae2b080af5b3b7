"""A date with its modifiers: circa, a time or part of the day, the other calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from timeline_gen.dates.calendars import (
    GREGORIAN,
    JULIAN,
    OWN_YEARS,
    DateError,
    PartialDate,
    in_new_style,
    own_years,
)
from timeline_gen.dates.phrases.calendar_rules import calendar_date, year
from timeline_gen.dates.phrases.century_rules import paired_century
from timeline_gen.dates.phrases.feast_rules import feast
from timeline_gen.dates.phrases.packrat import Match, Parse, first_of, rule
from timeline_gen.dates.phrases.period_rules import (
    century,
    decade,
    masked,
    part,
    piece,
    quarter,
    season,
    unfinished,
)
from timeline_gen.dates.phrases.relative_day_rules import relative_day
from timeline_gen.dates.phrases.relative_unit_rules import relative_unit
from timeline_gen.dates.phrases.time_rules import day_part, hour_within, offset, time_of_day
from timeline_gen.dates.phrases.week_rules import numbered_day
from timeline_gen.messages import say
from timeline_gen.model.dates import Qualifier

_MARKS = {
    "circa": Qualifier.APPROXIMATE,
    "circa_after": Qualifier.APPROXIMATE,
    "tilde": Qualifier.APPROXIMATE,
    "uncertain": Qualifier.UNCERTAIN,
    "uncertain_after": Qualifier.UNCERTAIN,
    "question": Qualifier.UNCERTAIN,
}
BEFORE = ("circa", "tilde", "uncertain")
_AFTER = ("circa_after", "uncertain_after", "question")
_STYLES = {"old_style": JULIAN, "new_style": GREGORIAN}


class _Modifiers(NamedTuple):
    """What the words around a date add to it."""

    qualifier: Qualifier = Qualifier.NONE
    time: str = ""
    day_part: str = ""


@rule
def single(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a date with its modifiers."""
    before, at = _before(parse, pos)
    found = _core(parse, parse.skip(at, "in", most=2)) or _core(parse, at)
    if found is None and (before.time or before.day_part):
        # «14 م» is a year as well as an hour, German "morgen" the next day as well as a part of one.
        before, found = _Modifiers(), _core(parse, parse.skip(pos, "in", most=2))
    if found is None:
        return None
    found = _both_styles(parse, *found) or found
    date, end = _with_style(parse, *_with_twin(parse, *_with_style(parse, *found)))
    added, end = _after(parse, end, before)
    if not (added.qualifier or added.time or added.day_part) and date.start == parse.place(pos):
        return date, end
    time = hour_within(added.day_part, added.time) if added.day_part and added.time else added.time
    if time is None:
        return None
    return replace(
        date,
        qualifier=date.qualifier | added.qualifier,
        time=time,
        day_part=added.day_part or date.day_part,
        start=parse.place(pos),
    ), end


@rule
def _core(parse: Parse, pos: int) -> Match[PartialDate]:
    return first_of(
        parse,
        pos,
        relative_day,
        masked,
        part,
        piece,
        quarter,
        season,
        decade,
        paired_century,
        century,
        unfinished,
        feast,
        numbered_day,
        relative_unit,
        calendar_date,
    )


def _before(parse: Parse, pos: int) -> tuple[_Modifiers, int]:
    """Read what precedes a date: "possibly on the morning of", "at 6 pm on", "c."."""
    at = parse.skip(pos, "in", most=2)
    doubt, marked = marks(parse, at, BEFORE)
    if doubt:
        at = parse.skip(marked, "in", most=2)
    early = time_of_day(parse, at)
    time = ""
    if early is not None:
        _check_exact(parse, pos, doubt)
        time, at = early[0], parse.skip(early[1], "in", "of", "comma")
    named = ""
    if parse.may("day_part"):
        named, at = day_part(parse, at)
    if named:
        at = parse.skip(at, "in", "of", "comma")
        # "Around noon on 3 May" is the noon of that day.
        doubt &= ~Qualifier.APPROXIMATE
    if not (time or named):
        return _Modifiers(doubt), marked if doubt else at
    more, at = marks(parse, at, BEFORE)
    return _Modifiers(doubt | more, time, named), at


def _after(parse: Parse, pos: int, before: _Modifiers) -> tuple[_Modifiers, int]:
    """Read what follows a date: a time, "in the evening", "(uncertain)"."""
    time, named = before.time, before.day_part
    if not time and (late := time_of_day(parse, pos)) is not None:
        time, pos = late
    # "3 May 2019 around 14:30" gets the reason why it is refused, not "make no date together".
    elif not time and parse.has(at := parse.skip(pos, "in", "comma", most=2), "circa", "tilde"):
        if time_of_day(parse, at + 1) is not None:
            _check_exact(parse, at, Qualifier.APPROXIMATE)
    elif time and not time.endswith("Z") and not {"+", "-"} & set(time):
        # A time before the day may have its zone after it: "14:30, 3 May 2019 UTC+2".
        zone, pos = offset(parse, parse.skip(pos, "comma", most=1), pos, clock=time)
        time += zone
    if not named:
        named, pos = _day_part_after(parse, pos)
    doubt, pos = _marks_after(parse, pos)
    return _Modifiers(before.qualifier | doubt, time, named), pos


def _check_exact(parse: Parse, pos: int, doubt: Qualifier) -> None:
    """Refuse the time of "around 14:30 on 3 May 2019": the day is not in doubt, and EDTF has no such time."""
    if Qualifier.APPROXIMATE not in doubt:
        return
    raise DateError(
        say("a time of day that is approximate cannot be kept"),
        say("leave out the time or the word before it; date_text: can keep the words"),
        parse.place(pos),
        code="TG212",
    )


def _day_part_after(parse: Parse, pos: int) -> tuple[str, int]:
    if not parse.may("day_part"):
        return "", pos
    bracket = parse.has(pos, "open")
    at = parse.skip(pos, "comma", "open", most=1)
    named, end = day_part(parse, parse.skip(at, "in", most=2))
    if not named or (bracket and not parse.has(end, "close")):
        return "", pos
    return named, end + 1 if bracket else end


def marks(parse: Parse, pos: int, tags: tuple[str, ...]) -> tuple[Qualifier, int]:
    """Read up to two words of doubt, each one of *tags*."""
    qualifier = Qualifier.NONE
    # Doubt and vagueness may come together, "possibly circa 1850": EDTF has one sign for both.
    for _ in range(2):
        role = parse.which(pos, tags)
        if not role:
            break
        qualifier, pos = qualifier | _MARKS[role], pos + 1
    return qualifier, pos


def _marks_after(parse: Parse, pos: int) -> tuple[Qualifier, int]:
    """Read "1950?", "1950 (uncertain)", "1899 (circa)", «1950 تقريبا»."""
    if pos == len(parse.tokens):
        return Qualifier.NONE, pos
    bracket = parse.has(pos, "open")
    tags = (*_AFTER, *BEFORE) if bracket else _AFTER
    qualifier, end = marks(parse, parse.skip(pos, "comma", "open", most=1), tags)
    if not qualifier or (bracket and not parse.has(end, "close")):
        return Qualifier.NONE, pos
    return qualifier, end + 1 if bracket else end


# ---------------------------------------------------------------- the other calendar


def _with_style(parse: Parse, date: PartialDate, pos: int) -> tuple[PartialDate, int]:
    """Return *date* in the calendar of "O.S." or "(Julian)" after it."""
    if not parse.may(*_STYLES):
        return date, pos
    bracket = parse.has(pos, "open")
    role = parse.which(parse.skip(pos, "open", "comma", most=1), _STYLES)
    if not role or date.calendar in OWN_YEARS:
        return date, pos
    end = parse.skip(pos, "open", "comma", most=1) + 1
    if bracket and not parse.has(end, "close"):
        return date, pos
    return replace(date, calendar=_STYLES[role]), end + 1 if bracket else end


def _both_styles(parse: Parse, date: PartialDate, pos: int) -> Match[PartialDate]:
    """Read a day in both styles: "25 October (7 November) 1917", "7 November 1917 (25 October 1917)"."""
    bracket = parse.has(pos, "open")
    found = calendar_date(parse, pos + 1) if date.day and (bracket or parse.has(pos, "slash")) else None
    if found is None or (bracket and not parse.has(found[1], "close")):
        return None
    other, end = found[0], found[1] + bracket
    if not (date.year or other.year):
        whole = year(parse, end)
        other, end = (replace(other, year=whole[0].year), whole[1]) if whole else found
    first, second = (replace(each, year=date.year or other.year) for each in (date, other))
    ours = in_new_style(first, replace(second, year=other.year or date.year))
    return (ours, end) if ours else None


def _with_twin(parse: Parse, date: PartialDate, pos: int) -> tuple[PartialDate, int]:
    """Return *date* with the same date in the other calendar, where it follows: «الموافق», in brackets."""
    if pos == len(parse.tokens):
        return date, pos
    bracket = parse.has(pos, "open")
    named = twin_start(parse, pos, date)
    if named == pos:
        return date, pos
    found = calendar_date(parse, named)
    if found is None:
        return date, pos
    twin, end = _with_style(parse, *found)
    # "25 October – 3 November 1917 O.S." is a span.
    if parse.has(pos, "dash") and JULIAN in (date.calendar, twin.calendar):
        return date, pos
    if not _other_calendar(date, twin) or (bracket and not parse.has(end, "close")):
        return date, pos
    return replace(date, twin=twin), end + 1 if bracket else end


def twin_start(parse: Parse, pos: int, date: PartialDate) -> int:
    """Return the position after what links *date* to its twin in the other calendar, else *pos*."""
    # "1441-1443 AH" is a span, "1393 AH - AD 1973" one date.
    linked = parse.has(pos, "dash") and not date.calendar
    at = parse.skip(pos, "open", "comma", "slash", "dash", most=0 if linked else 1)
    return parse.skip(at, "equals", "of", "in", *BEFORE)


def _other_calendar(date: PartialDate, twin: PartialDate) -> bool:
    """Return whether *twin* can be the same day as *date* in another calendar."""
    if own_years(date) != own_years(twin):
        return True
    return JULIAN in (date.calendar, twin.calendar) and date.calendar != twin.calendar
