"""Feasts whose day can be computed: "Easter 1916", «عيد الأضحى 2019», "Christmas 1914".

The words are in the tables of the languages (``[feasts]``); which day a feast is, is a fact and is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars import GREGORIAN, HIJRI, JALALI, Feast, PartialDate
from timeline_gen.dates.phrases.calendar_rules import between_parts, year
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Match, Parse, needing
from timeline_gen.dates.phrases.relative_unit_rules import direction, relative_year
from timeline_gen.model.dates import Qualifier


def _fixed(month: int, day: int, calendar: str = GREGORIAN) -> PartialDate:
    # Months of the Hijri calendar begin when the new moon is seen: a feast of it may be a day off.
    doubt = Qualifier.APPROXIMATE if calendar == HIJRI else Qualifier.NONE
    return PartialDate(month=month, day=day, calendar=calendar, qualifier=doubt)


def _moving(offset: int, tradition: str) -> PartialDate:
    return PartialDate(feast=Feast(tradition, offset))


FEASTS: Final[Mapping[str, PartialDate]] = {
    "ashura": _fixed(1, 10, HIJRI),
    "islamic_new_year": _fixed(1, 1, HIJRI),
    "mawlid": _fixed(3, 12, HIJRI),
    "isra": _fixed(7, 27, HIJRI),
    "mid_shaban": _fixed(8, 15, HIJRI),
    "arafat": _fixed(12, 9, HIJRI),
    "eid_al_fitr": _fixed(10, 1, HIJRI),
    "eid_al_adha": _fixed(12, 10, HIJRI),
    "nowruz": _fixed(1, 1, JALALI),
    "new_year": _fixed(1, 1),
    "new_year_eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "orthodox_christmas": _fixed(1, 7),
    "valentine": _fixed(2, 14),
    "womens_day": _fixed(3, 8),
    "may_day": _fixed(5, 1),
    "assumption": _fixed(8, 15),
    "halloween": _fixed(10, 31),
    "all_saints": _fixed(11, 1),
    "christmas_eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
    "easter": _moving(0, "western"),
    "ash_wednesday": _moving(-46, "western"),
    "palm_sunday": _moving(-7, "western"),
    "maundy_thursday": _moving(-3, "western"),
    "good_friday": _moving(-2, "western"),
    "holy_saturday": _moving(-1, "western"),
    "easter_monday": _moving(1, "western"),
    "ascension": _moving(39, "western"),
    "pentecost": _moving(49, "western"),
    "whit_monday": _moving(50, "western"),
    "orthodox_easter": _moving(0, "orthodox"),
    "orthodox_good_friday": _moving(-2, "orthodox"),
    "orthodox_easter_monday": _moving(1, "orthodox"),
    "either_easter": _moving(0, "either"),
    "either_palm_sunday": _moving(-7, "either"),
    "either_good_friday": _moving(-2, "either"),
    "either_easter_monday": _moving(1, "either"),
}


_SEVERAL_DAYS: Final = frozenset({"eid_al_fitr", "eid_al_adha", "nowruz"})
_LAST_DAY: Final = 4
"""The feasts that have several days, which are counted, and the last that is."""


@needing("feast")
def feast(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a feast with its year, "last", or neither: "Easter 1916", "last Christmas"."""
    side = direction(parse, pos)
    nth, at = _day_of(parse, pos + 1 if side else pos)
    name = parse.tag(parse.skip(at, "day", most=1), "feast")
    if name is None or not (nth == 1 or (nth <= _LAST_DAY and name in _SEVERAL_DAYS)):
        return None
    end = parse.skip(at, "day", most=1) + 1
    date = replace(FEASTS[str(name)], start=parse.place(pos))
    date = replace(date, day=date.day + nth - 1)
    if not side and (side := direction(parse, end)):
        end += 1
    if side:
        return replace(date, direction=side), end
    after = between_parts(parse, end)
    if (found := relative_year(parse, after)) is not None:
        return replace(date, shift=found[0].shift), found[1]
    whole = year(parse, after)
    if whole is None:
        return date, end
    dated = whole[0]
    calendar = date.calendar or dated.calendar
    return replace(date, year=dated.year, era=dated.era, calendar=calendar), whole[1]


def _day_of(parse: Parse, pos: int) -> tuple[int, int]:
    """Read which day of a feast is meant, 1 if none is named: "the second day of", «ثاني أيام»."""
    # In «اليوم الثاني من عيد الأضحى» the word for the day is the word for "today", too.
    if parse.has(pos, "day", "shift") and (found := number(parse, pos + 1)) and found[0].ordinal:
        return found[0].value, parse.skip(found[1], "of", "in", most=1)
    found = number(parse, pos)
    if found is None or not found[0].ordinal:
        return 1, pos
    at = parse.skip(found[1], "day", most=1)
    return (found[0].value, parse.skip(at, "of", "in", most=1)) if at > found[1] else (1, pos)
