"""Lists of dates: "5 or 6 June 1967", "1667, 1668 and 1670-1672", "1984 or earlier", "each of …"."""

from __future__ import annotations

from typing import Final

from timeline_gen.dates.calendars import PartialDate, PartialSet, PartialSpan, Phrase
from timeline_gen.dates.edtf import Choice
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Match, Parse, first_of, needing
from timeline_gen.dates.phrases.period_rules import CENTURY_ERAS, century_of, counted_decade
from timeline_gen.dates.phrases.single_rules import single
from timeline_gen.dates.phrases.span_rules import between, fragment, ranged


def several(parse: Parse, pos: int) -> Match[Phrase]:
    """Read "5 or 6 June 1967", "1667, 1668 and 1670-1672", "1984 or earlier"."""
    if parse.has(pos, "some_time", "each"):
        return _one_range(parse, pos)
    at = parse.skip(pos, "either", "both", most=1)
    # French "années 1840 et 1850" are two decades.
    decades = parse.has(parse.skip(at, "in", most=2), "decade_prefix")
    members: list[tuple[PartialDate | None, PartialDate | None]] = []
    choice: Choice | None = None
    while True:
        found = _member(parse, at, decades=decades and bool(members))
        if found is None:
            return None
        member, at = found
        if None in member:
            open_choice = _open_choice(parse, at - 1)
            if choice not in (None, open_choice):
                return None
            choice = open_choice
        members.append(member)
        link = parse.skip(at, "comma", most=1)
        joint = Choice.ONE if parse.has(link, "or") else Choice.ALL if parse.has(link, "and") else None
        if joint is None and link == at:
            break
        if joint is not None:
            # "June and July 2014 or 2015": which dates "or" parts is not certain, so nothing is read.
            if choice not in (None, joint):
                return None
            choice, link = joint, link + 1
        at = parse.skip(link, "in", most=1) if single(parse, link) is None else link
    if choice is None:
        return None
    return PartialSet(choice, tuple(members)), at


def _one_range(parse: Parse, pos: int) -> Match[Phrase]:
    """Read "some time from 1670 to 1672", "each of January to May 2002", "some time in 2015"."""
    choice = Choice.ONE if parse.has(pos, "some_time") else Choice.ALL
    found = between(parse, pos + 1) or ranged(parse, pos + 1)
    if found is None:
        # "Some time in 2015" means the same as "2015".
        return single(parse, pos + 1) if choice is Choice.ONE else None
    span, end = found
    if not isinstance(span.start, PartialDate) or not isinstance(span.end, PartialDate):
        return None
    return PartialSet(choice, ((span.start, span.end),)), end


def _open_choice(parse: Parse, pos: int) -> Choice:
    return Choice.ONE if parse.has(pos, "or_earlier", "or_later") else Choice.ALL


def _member(
    parse: Parse, pos: int, *, decades: bool = False
) -> tuple[tuple[PartialDate | None, PartialDate | None], int] | None:
    first = counted_decade(parse, pos, prefixed=True) if decades else None
    first = first or first_of(parse, pos, single, fragment)
    if first is None and parse.has(pos, "from"):
        first = first_of(parse, pos + 1, single, fragment)
    if first is None:
        return None
    date, end = first
    if parse.has(end, "or_earlier", "and_earlier"):
        return (None, date), end + 1
    if parse.has(end, "or_later", "and_later"):
        return (date, None), end + 1
    if parse.has(end, "dash", "to"):
        # "1667 or from 1670 to 1672"
        last = single(parse, end + 1) or fragment(parse, end + 1)
        return ((date, last[0]), last[1]) if last else None
    return (date, date), end


@needing(*CENTURY_ERAS)
def centuries(parse: Parse, pos: int) -> Match[Phrase]:
    """Read centuries whose era comes last: «القرنين الخامس والرابع قبل الميلاد»."""
    start = parse.skip(pos, "in", most=2)
    dates: list[PartialDate] = []
    links: list[str] = []
    at = start + 1 if parse.has(start, "century") else len(parse.tokens)
    while (found := number(parse, at)) is not None and 1 <= found[0].value <= _LAST_CENTURY:
        dates.append(century_of(found[0].value, "century", "", parse.place(at)))
        at = found[1]
        if not (link := parse.which(at, _CENTURY_LINKS)):
            break
        links.append(link)
        at += 1
    era = parse.which(at, CENTURY_ERAS)
    if not era or len(dates) < 2 or len(links) >= len(dates):
        return None
    return _with_links([_in_era(date, era) for date in dates], links), at + 1


_CENTURY_LINKS: Final = ("and", "or", "dash", "to", "comma")
_LAST_CENTURY: Final = 99


def _in_era(date: PartialDate, era: str) -> PartialDate:
    return century_of(int(date.year[:2]) + 1, "century", era, date.start)


def _with_links(dates: list[PartialDate], links: list[str]) -> Phrase:
    """Return *dates* as a span where a dash is between two of them, else as a list."""
    if len(dates) == 2 and links[0] in ("dash", "to"):
        return PartialSpan(dates[0], dates[1])
    choice = Choice.ONE if "or" in links else Choice.ALL
    return PartialSet(choice, tuple((date, date) for date in dates))
