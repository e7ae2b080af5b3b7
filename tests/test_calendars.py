"""Calendars of events: which days an event takes there, and what its entry says."""

from __future__ import annotations

from pathlib import Path

import pytest
import views_factory as factory
from almanac_kit import almanac
from hypothesis import given, settings
from hypothesis import strategies as st
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.dates.days import civil
from timeline_gen.dates.edtf import when
from timeline_gen.model.dates import DateKind
from timeline_gen.pages.exports.events_calendar import days_of
from timeline_gen.rendering.calendars import CalendarEntry, CalendarView, calendar_chunks
from timeline_gen.rendering.chunks import joined
from timeline_gen.rendering.layout import Rich, Words

ROWS = [
    row.split("\t")
    for row in (Path(__file__).parent / "data" / "calendar.tsv").read_text("utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("edtf", "first", "behind", "why"), ROWS, ids=[row[3] for row in ROWS])
def test_days(edtf: str, first: str, behind: str, why: str) -> None:
    """An event takes the days on which it may have happened, and the end is the day behind the last."""
    happened = when(edtf)
    found = days_of(happened.members[0] if happened.kind is DateKind.ALL else happened)

    assert bool(found) == bool(first), why
    if found:
        assert (compact(found[0]), compact(found[1] + 1)) == (first, behind), why


def compact(day: int) -> str:
    """Return the day number *day* as iCalendar writes days."""
    year, month, number = civil(day)
    return f"{year:04}{month:02}{number:02}"


def entry(**changed: object) -> CalendarEntry:
    """Return the entry of an event known to the year."""
    fields: dict[str, object] = {
        "uid": "emir@records.org",
        "url": "https://records.org/ar/events/emir/",
        "title": factory.words("emir", "ar"),
        "first": 17_167,
        "last": 17_531,
        "date": factory.date("2017", "ar"),
        "summary": None,
        "status": "",
        "places": (),
        "categories": (),
        "coordinates": None,
        "created": "20211206T000000Z",
        "changed": "20220811T063000Z",
        "corrections": (),
    }
    return CalendarEntry(**(fields | changed))  # type: ignore[arg-type]


def lines_of(*entries: CalendarEntry) -> list[str]:
    """Return the lines, unfolded, of a calendar of *entries* in Arabic."""
    title = factory.words("site", "ar")
    view = CalendarView(
        "ar", title, title, None, "https://x.org/ar/calendar.ics", "https://x.org/", (entries,)
    )
    return unfolded(joined(calendar_chunks(view, almanac())))


def unfolded(data: bytes) -> list[str]:
    """Return the lines of a calendar, each whole again; every line ends as it must and is short enough."""
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() for line in lines), "a character is cut in two"
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_year() -> None:
    """An event known to the year takes all of it, keeps nobody busy, and says its date in words."""
    lines = lines_of(entry())

    assert "DTSTART;VALUE=DATE:20170101" in lines
    assert "DTEND;VALUE=DATE:20180101" in lines
    assert "TRANSP:TRANSPARENT" in lines
    assert "DESCRIPTION;LANGUAGE=ar:2017\\nhttps://records.org/ar/events/emir/" in lines
    assert "X-EDTF:2017" in lines


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("confirmed", "CONFIRMED"),
        ("reported", "TENTATIVE"),
        ("disputed", "TENTATIVE"),
        ("denied", "CANCELLED"),
    ],
)
def test_status(status: str, said: str) -> None:
    """A status is said as calendars know it, as the site knows it, and in words."""
    lines = lines_of(entry(status=status))

    assert f"STATUS:{said}" in lines
    assert f"X-STATUS:{status}" in lines
    assert almanac().catalogues["ar"].pgettext("status", status) in "".join(lines)


def test_correction() -> None:
    """A correction counts as a new version of the entry, and says what was given before."""
    correction = factory.correction("ar")

    lines = lines_of(entry(corrections=(correction,)))

    assert "SEQUENCE:1" in lines
    (said,) = (line for line in lines if line.startswith("DESCRIPTION;"))
    assert correction.was.text in said
    assert correction.now.text in said


def test_what_calendars_have_marks_for() -> None:
    """Commas, semicolons, backslashes and line breaks in a text are no marks of the calendar's."""
    lines = lines_of(
        entry(
            title=Words("A, b; c\\d\ne\x07", "en", "ltr"),
            summary=Rich("x", "one\r\ntwo", "en", "ltr"),
            places=(factory.words("doha", "ar"), factory.words("qatar", "ar")),
            categories=(Words("END:VCALENDAR\r\nX", "en", "ltr"),),
            coordinates=(25.3, 51.5),
        )
    )

    assert "SUMMARY;LANGUAGE=en:A\\, b\\; c\\\\d\\ne" in lines
    assert "CATEGORIES;LANGUAGE=en:END:VCALENDAR\\nX" in lines
    assert "GEO:25.3;51.5" in lines
    assert sum(line.startswith("END:VCALENDAR") for line in lines) == 1
    texts = factory.TEXTS["ar"]
    assert f"LOCATION;LANGUAGE=ar:{texts['doha']} · {texts['qatar']}" in lines


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_title(title: str) -> None:
    """Whatever a title holds, its line is folded between characters and can be put together again."""
    lines = lines_of(entry(title=Words(title.encode("utf-8", "replace").decode(), "en", "ltr")))

    assert sum(line.startswith("SUMMARY") for line in lines) == 1
    assert lines[-1] == "END:VCALENDAR"


def test_a_calendar_for_everybody(tmp_path: Path) -> None:
    """The timeline, and each person's, has a calendar in every language; a title keeps its language."""
    write_site(
        tmp_path,
        {
            "content/articles/one.en.md": article(
                "One",
                "{id: first, date: 2017, title: First, people: [Ann]}",
                "{id: both, date: '{1960,1961-12}', title: Both}",
                "{id: early, date: -0043, title: Early}",
            )
        },
        settings=f"{SETTINGS}data: {{from: 1}}\n",
    )

    build(tmp_path, Options(jobs=1))

    whole = unfolded((tmp_path / "output/ar/calendar.ics").read_bytes())
    hers = unfolded((tmp_path / "output/ar/people/ann/calendar.ics").read_bytes())
    assert [line for line in whole if line.startswith("UID:")] == [
        "UID:both/1@records.org",
        "UID:both/2@records.org",
        "UID:first@records.org",
    ]
    assert [line for line in hers if line.startswith("UID:")] == ["UID:first@records.org"]
    assert "SUMMARY;LANGUAGE=en:First" in hers
    assert "NAME:Ann – سجل" in hers
