"""Calendars to subscribe to (iCalendar, RFC 5545, with the names of RFC 7986).

An event that is not known to the day does not make its reader busy (``TRANSP:TRANSPARENT``), nor does any
other that is over before it is told; so all are transparent. The date as it is known is given in words in
the description, and as EDTF in ``X-EDTF``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from timeline_gen.dates.days import civil
from timeline_gen.rendering.chunks import Chunked, ChunkList
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.corrections import correction_wording
from timeline_gen.rendering.layout import Rich, Words
from timeline_gen.rendering.view_models import CorrectionView, DateView
from timeline_gen.text.plurals import Catalogue

_STATUSES: Final = {
    "confirmed": "CONFIRMED",
    "reported": "TENTATIVE",
    "disputed": "TENTATIVE",
    "denied": "CANCELLED",
    "planned": "TENTATIVE",
}
_BETWEEN: Final = " · "
_LONGEST: Final = 75
"""Octets of a line, without its end (section 3.1)."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SPECIAL: Final = re.compile(r"[\x00-\x08\n-\x1f\x7f\\;,]")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An event in a calendar; days are day numbers."""

    uid: str
    url: str
    title: Words
    first: int
    last: int
    """The last day itself, not the one behind it."""
    date: DateView
    summary: Rich | None
    status: str
    places: tuple[Words, ...]
    categories: tuple[Words, ...]
    coordinates: tuple[float, float] | None
    created: str
    """When it was first reported, as iCalendar writes moments: ``20211206T000000Z``; empty if unknown."""
    changed: str
    """When it last was; empty if unknown."""
    corrections: tuple[CorrectionView, ...]


_NEVER: Final = "19700101T000000Z"
"""The stamp that every entry must have (RFC 5545, 3.6.1), where it is not known when it was written."""


@dataclass(frozen=True, slots=True)
class CalendarView:
    """``/<lang>/calendar.ics`` (iCalendar, RFC 5545), and the same of an entity. No template."""

    lang: str
    name: Words
    site: Words
    description: Words | None
    url: str
    page_url: str
    events: tuple[tuple[CalendarEntry, ...], ...]
    """Of each event its entries: none where a calendar has no place for it, several for a set of dates."""


def calendar_chunks(view: CalendarView, context: RenderContext) -> Chunked:
    """Return *view* as an iCalendar file, with statuses and corrections in the words of *context*."""
    head = b"".join(map(_folded, _calendar(view)))
    words = context.catalogues.get(view.lang) or Catalogue(view.lang)
    pieces = tuple(_written(entries, view.lang, words) for entries in view.events)
    return Chunked((ChunkList(head, pieces),), b"END:VCALENDAR\r\n")


def _written(entries: Iterable[CalendarEntry], lang: str, words: Catalogue) -> bytes:
    return b"".join([_folded(line) for entry in entries for line in _entry(entry, lang, words)])


def _calendar(view: CalendarView) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//timeline-gen//timeline-gen//EN"
    yield "CALSCALE:GREGORIAN"
    # An event that is published wants no answer, unlike an invitation (RFC 5546, 3.2.1).
    yield "METHOD:PUBLISH"
    title = view.name.text if view.name == view.site else f"{view.name.text} – {view.site.text}"
    yield f"NAME:{_text(title)}"
    # Most programs know only the older name of the property.
    yield f"X-WR-CALNAME:{_text(title)}"
    if view.description:
        yield _worded("DESCRIPTION", view.description)
    yield f"URL:{view.page_url}"
    yield f"SOURCE;VALUE=URI:{view.url}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"


def _entry(entry: CalendarEntry, lang: str, words: Catalogue) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{entry.changed or _NEVER}"
    if entry.created:
        yield f"CREATED:{entry.created}"
    if entry.changed:
        yield f"LAST-MODIFIED:{entry.changed}"
    # A higher number marks a newer revision of an entry (section 3.8.7.4).
    yield f"SEQUENCE:{len(entry.corrections)}"
    yield f"DTSTART;VALUE=DATE:{_day(entry.first)}"
    # The end is the first day that is not part of it (section 3.6.1); the year 10000 cannot be written.
    if (behind := _day(entry.last + 1)) and len(behind) == 8:
        yield f"DTEND;VALUE=DATE:{behind}"
    yield _worded("SUMMARY", entry.title)
    yield f"DESCRIPTION;LANGUAGE={lang}:{_text(_description(entry, words))}"
    yield f"URL:{entry.url}"
    if entry.places:
        yield _worded("LOCATION", *entry.places)
    if entry.coordinates:
        yield "GEO:{};{}".format(*entry.coordinates)
    # A line for each, as each may be in a language of its own.
    for category in entry.categories:
        yield _worded("CATEGORIES", category)
    if entry.status:
        yield f"STATUS:{_STATUSES[entry.status]}"
        # iCalendar has three words for the status of an event (3.8.1.11), a site five.
        yield f"X-STATUS:{entry.status}"
    yield "TRANSP:TRANSPARENT"
    if entry.date.edtf:
        yield f"X-EDTF:{_text(entry.date.edtf)}"
    yield "END:VEVENT"


def _description(entry: CalendarEntry, words: Catalogue) -> str:
    """Return the date as it is known, the status, what was corrected, and the summary, a line each."""
    lines = [_date(entry.date)]
    if entry.status:
        lines.append(words.pgettext("status", entry.status))
    lines += (_correction(correction, words) for correction in entry.corrections)
    if entry.summary:
        lines.append(entry.summary.text)
    return "\n".join((*lines, entry.url))


def _correction(correction: CorrectionView, words: Catalogue) -> str:
    return correction_wording(correction, words) % {
        "date": _date(correction.date) if correction.date else "",
        "event": correction.event.words.text,
        "was": _date(correction.was),
        "now": _date(correction.now),
    }


def _date(date: DateView) -> str:
    return date.instead.text if date.instead else date.text


def _worded(name: str, *words: Words) -> str:
    """Return a property with *words*, a list where they are several, in the language of the first."""
    return f"{name};LANGUAGE={words[0].lang}:{_text(_BETWEEN.join(text.text for text in words))}"


def _text(text: str) -> str:
    """Return *text* as a value (section 3.3.11)."""
    if _SPECIAL.search(text) is None:
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n")).translate(_ESCAPED)


def _day(number: int) -> str:
    year, month, day = civil(number)
    return f"{year:04}{month:02}{day:02}"


def _folded(line: str) -> bytes:
    """Return *line* with its end, folded (section 3.1) between characters, never inside one."""
    octets = line.encode()
    if len(octets) <= _LONGEST:
        return octets + b"\r\n"
    parts: list[bytes] = []
    # The space that marks a continuation counts.
    room = _LONGEST
    while len(octets) > room:
        end = room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(octets[:end])
        octets, room = octets[end:], _LONGEST - 1
    return b"\r\n ".join((*parts, octets)) + b"\r\n"
