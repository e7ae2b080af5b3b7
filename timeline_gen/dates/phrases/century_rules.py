"""Centuries in two calendars, as historians of Islam write them: "the 3rd/9th century"."""

from __future__ import annotations

from typing import Final, NamedTuple

from timeline_gen.dates.calendars import DateError, PartialDate, days_of
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Match, Parse, needing
from timeline_gen.dates.phrases.period_rules import century_of
from timeline_gen.messages import say

_LAST: Final = 30
"""The last century that is written so."""


class _Side(NamedTuple):
    """One of the two centuries."""

    ordinal: int
    era: str
    named: bool
    """Whether the word for a century is next to it."""


@needing("century")
def paired_century(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a century by its Hijri and its Gregorian number; the Gregorian one leads."""
    first = _side(parse, pos, "ah")
    if first is None:
        return None
    link = parse.skip(first[1], "open", "slash", "comma", most=1)
    second = _side(parse, parse.skip(link, "equals", "of", "in"), "ce")
    linked = link > first[1] or parse.has(link, "equals")
    if second is None or not linked or not (first[0].named or second[0].named):
        return None
    hijri, ours, end = first[0], second[0], second[1]
    if parse.has(first[1], "open"):
        if not parse.has(end, "close"):
            return None
        end += 1
    date = century_of(ours.ordinal, "century", "ce", parse.place(pos))
    if _overlap(century_of(hijri.ordinal, "century", "ah", 0), date):
        return date, end
    if not (hijri.era and ours.era):
        return None
    raise DateError(
        say("the two centuries are not the same in their calendars"),
        say("correct one of them, or leave it out"),
        parse.place(pos),
        code="TG205",
    )


def _side(parse: Parse, pos: int, era: str) -> Match[_Side]:
    """Read one of the two: its number with its *era* and the word for a century, each in any order."""
    named = parse.has(pos, "century")
    found = number(parse, pos + 1 if named else pos)
    if found is None or not 1 <= found[0].value <= _LAST:
        return None
    at, marked = found[1], False
    for _ in range(2):
        if parse.has(at, era) and not marked:
            marked, at = True, at + 1
        elif parse.has(at, "century") and not named:
            named, at = True, at + 1
    return _Side(found[0].value, era if marked else "", named), at


def _overlap(hijri: PartialDate, ours: PartialDate) -> bool:
    mine, theirs = days_of(hijri, "north"), days_of(ours, "north")
    return mine.lo <= theirs.hi and theirs.lo <= mine.hi
