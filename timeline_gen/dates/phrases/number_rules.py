"""Numbers in figures and in words: "21", "21st", "twenty-first", «ألفين وسبعة عشر», "XIXe"."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.dates.phrases.packrat import Match, Parse, rule


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text."""

    value: int
    width: int = 0
    """How many figures it has; 0 where it is in words."""
    ordinal: bool = False


@rule
def number(parse: Parse, pos: int) -> Match[Number]:
    """Read a number in figures or in words."""
    value = parse.number(pos, "digits")
    if value is None:
        return _words(parse, pos)
    width = len(parse.tokens[pos].text)
    if parse.has(pos + 1, "ordinal_suffix") and width <= 3:
        return Number(value, width, ordinal=True), pos + 2
    # "5." is an ordinal in some languages; a year with a full stop ends a sentence.
    return Number(value, width, ordinal=width <= 3 and parse.has(pos, "counted")), pos + 1


@dataclass(frozen=True, slots=True)
class _Sum:
    """Number words read so far: whole thousands, and the group below them."""

    thousands: int = 0
    group: int | None = None
    ordinal: bool = False


def _words(parse: Parse, pos: int) -> Match[Number]:
    """Read number words as far as they make one number."""
    total, end = _Sum(), pos
    while True:
        # An "and" counts only with the number word after it: else it joins two dates.
        word = _link(parse, end) if end > pos else end
        extended = _extend(parse, word, total, joined=word > end)
        if extended is None:
            break
        total, end = extended, word + 1
    if end == pos:
        return None
    return Number(total.thousands + (total.group or 0), ordinal=total.ordinal), end


def _link(parse: Parse, pos: int) -> int:
    """Return the position after the "and" or hyphen between two number words."""
    return pos + 1 if parse.has(pos, "and") or parse.tight(pos, "dash") else pos


def _extend(parse: Parse, pos: int, total: _Sum, *, joined: bool) -> _Sum | None:
    """Return *total* with the number word at *pos* added, or None where it belongs to another number."""
    group = total.group
    if total.ordinal:
        return _extend_ordinal(parse, pos, total, joined=joined)
    if joined and (raised := _raised(parse, pos, total)):
        return raised
    if (value := parse.number(pos, "ordinal")) is not None:
        adds = group is None or _adds(parse, group, value, joined=joined)
        return _Sum(total.thousands, (group or 0) + value, ordinal=True) if adds else None
    if (value := parse.number(pos, "cardinal")) is not None:
        if group is None or _adds(parse, group, value, joined=joined):
            return _Sum(total.thousands, (group or 0) + value)
        # "nineteen seventy-eight": two numbers of two figures are the halves of a year.
        pairs = parse.lexicon.numbers.pairs and not total.thousands and not joined
        return _Sum(0, group * 100 + value) if pairs and 10 <= group <= 99 and value >= 10 else None
    return _scaled(total, parse.number(pos, "scale"))


def _raised(parse: Parse, pos: int, total: _Sum) -> _Sum | None:
    """Return *total* with a hundred or thousand that comes last: «ثمان وأربعين وتسعمئة وألف»."""
    if not parse.lexicon.numbers.units_first or not total.group or total.thousands:
        return None
    # As a scale the thousand would multiply: the year 948 and a thousand would be 948,000.
    value = parse.number(pos, "scale") or parse.number(pos, "cardinal") or 0
    if value in (1000, 2000):
        return _Sum(value, total.group)
    return _Sum(0, total.group + value) if value == 100 and total.group < 100 else None


def _extend_ordinal(parse: Parse, pos: int, total: _Sum, *, joined: bool) -> _Sum | None:
    """Return *total* with the ten of «الحادي والعشرين», the only thing that follows an ordinal."""
    for tag in ("cardinal", "ordinal"):
        value = parse.number(pos, tag)
        if value and total.group and parse.lexicon.numbers.units_first:
            ten = value % 10 == 0 and 20 <= value <= 90 and total.group < 10
            return _Sum(total.thousands, total.group + value, ordinal=True) if joined and ten else None
    return None


def _scaled(total: _Sum, scale: int | None) -> _Sum | None:
    group = 1 if total.group is None else total.group
    if scale == 100 and group < 100:
        return _Sum(total.thousands, group * 100)
    if scale == 1000 and not total.thousands and group < 1000:
        return _Sum(group * 1000)
    return None


def _adds(parse: Parse, group: int, value: int, *, joined: bool) -> bool:
    """Return whether *value* can follow *group* in one number: 20 and 1, 900 and 78, not 5 and 7."""
    style = parse.lexicon.numbers
    if group >= 1000 and group % 1000 == 0:
        return value < 1000
    if group >= 100 and group % 100 == 0:
        return value < 100
    rest = group % 100
    if style.units_first:
        # «ثمان وأربعين وتسعمئة»: the parts may come in rising order, each joined to the next.
        if joined and group < 100 <= value < 1000 and value % 100 == 0:
            return True
        return joined and 1 <= rest <= 9 and 20 <= value <= 90 and value % 10 == 0
    if rest >= 20 and rest % 10 == 0:
        # French counts on to nineteen from sixty and eighty: "soixante-dix", "quatre-vingt-dix".
        return value < 10 or (style.vigesimal and rest in (60, 80) and value < 20)
    return False
