"""EDTF as it is typed: with other digits, as programs write dates, or in another calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from timeline_gen.dates.calendars import DateError, PartialDate, PartialSet, PartialSpan
from timeline_gen.dates.edtf import Date, Edtf, Interval, Range, Set
from timeline_gen.messages import say

_WIKIDATA: Final = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T00:00:00Z", re.ASCII)
"""A day as Wikidata exports it; 00 is an unknown part."""
_OFFSET: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[+-]\d\d)(\d\d)", re.ASCII)
_FRACTION: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[.,](\d+)(.*)", re.ASCII)
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00(?:\.0+)?", re.ASCII)
"""A day as databases and programs for statistics export it."""


def as_edtf(text: str) -> str:
    """Return *text* as EDTF writes it, if it is in a form that programs write.

    Raises :class:`DateError` if EDTF cannot express all of it.
    """
    if match := _WIKIDATA.fullmatch(text):
        known = (part for part in match.groups() if part != "00")
        # A day without its month (2019-00-05) is not shortened: the 05 would become a month.
        return "-".join(known) if match[2] != "00" or match[3] == "00" else text
    if match := _OFFSET.fullmatch(text):
        return f"{match[1]}:{match[2]}"
    if match := _FRACTION.fullmatch(text):
        if not match[2].strip("0"):
            # A date of JavaScript always has milliseconds.
            return as_edtf(f"{match[1]}{match[3]}")
        raise DateError(
            say("a time of day in EDTF has no fraction of a second"),
            say("leave the decimals out: {time}{offset}", time=match[1], offset=match[3]),
            len(match[1]),
            code="TG202",
        )
    return text


def plain_text(text: str) -> str:
    """Return *text* without marks of direction and with Latin digits, as EDTF is written."""
    plain = text.strip() if text.isascii() else text.translate(_PLAIN_LETTERS).strip()
    exported = _MIDNIGHT.fullmatch(plain)
    return exported[1] if exported else plain


class _PlainLetters(dict[int, str]):
    """A table for ``str.translate`` to Latin digits without marks of direction, filled on first use."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.decimal(char, None)
        plain = "" if unicodedata.category(char) == "Cf" else char if digit is None else str(digit)
        self[code] = plain
        return plain


_PLAIN_LETTERS: Final = _PlainLetters()


# ---------------------------------------------------------------- EDTF in another calendar


def phrase_of(ast: Edtf) -> PartialDate | PartialSpan | PartialSet | None:
    """Return *ast* as a phrase, to be converted; None where a part has no other calendar (``156X``)."""
    if isinstance(ast, Date):
        return _partial_date(ast)
    if isinstance(ast, Interval):
        ends = [_partial_date(end) if isinstance(end, Date) else end for end in (ast.start, ast.end)]
        return None if ends[0] is None or ends[1] is None else PartialSpan(ends[0], ends[1])
    members = list(_members(ast))
    return None if None in members else PartialSet(ast.choice, tuple(member for member in members if member))


def _members(ast: Set) -> Iterator[tuple[PartialDate | None, PartialDate | None] | None]:
    for member in ast.members:
        first, last = (member.first, member.last) if isinstance(member, Range) else (member, member)
        start = _partial_date(first) if first else None
        end = start if first is last else _partial_date(last) if last else None
        yield None if (first and not start) or (last and not end) else (start, end)


def _partial_date(date: Date) -> PartialDate | None:
    if "X" in date.year + date.month + date.day or date.grouping or date.exponent or date.significant:
        return None
    return PartialDate(
        year=str(int(date.year)) if date.year.isdigit() and int(date.year) > 999 else date.year,
        month=int(date.month or 0),
        day=int(date.day or 0),
        qualifier=date.qualifier,
        time=date.time,
    )
