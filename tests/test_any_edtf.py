"""Any date that EDTF can write goes through the whole program: worded or refused, and never a crash."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from site_kit import write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.dates.edtf import EdtfError, parse, when
from timeline_gen.dates.order import sort_key
from timeline_gen.dates.phrases import DateError, read
from timeline_gen.dates.wording import word
from timeline_gen.model.dates import When
from timeline_gen.model.settings import Language
from timeline_gen.text.languages import language

LANGUAGES = (
    language("en"),
    language("en-US", eras="bc"),
    language("ar"),
    language("ar", months="double", digits="arab", calendar="hijri"),
    language("fr"),
    language("de"),
    language("fa"),
    language("tr"),
    language("ja"),
)

YEARS = (
    *("2017", "1000", "0999", "0031", "0001", "0000", "-0001", "-0043", "-9999", "9999"),
    *("201X", "192X", "19XX", "1XXX", "XXXX", "000X", "00XX", "0XXX", "1X50", "19X5", "X999", "XX17"),
    *("-004X", "-04XX", "-00XX", "-0XXX", "-1XXX", "-XXXX", "-1X50"),
    *("Y10000", "Y170000002", "Y-170000002", "Y17E7", "Y-17E7", "Y1E18"),
    *("1950S2", "Y171010000S3", "Y3388E2S3", "-0800S1"),
)
MONTHS = ("", "", "", "01", "02", "06", "12", "XX", "0X", "1X", "X2", *map(str, range(21, 42)))
DAYS = ("", "", "01", "15", "29", "31", "XX", "0X", "2X", "3X", "X1")
SIGNS = ("", "", "", "?", "~", "%")


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Return one date of any level; some are not in the calendar."""
    month = draw(st.sampled_from(MONTHS))
    day = draw(st.sampled_from(DAYS)) if month and not "20" < month < "42" else ""
    parts = [part for part in (draw(st.sampled_from(YEARS)), month, day) if part]
    if draw(st.booleans()):
        return "-".join(parts) + draw(st.sampled_from((*SIGNS, "T18:07", "T18:07:30Z", "T06:00+03:00")))
    return "-".join(draw(st.sampled_from(SIGNS)) + part for part in parts)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    """Return two ends, of which one may be open or unknown."""
    ends = st.one_of(dates(), dates(), st.sampled_from(("", "..")))
    return f"{draw(ends)}/{draw(ends)}"


@st.composite
def sets(draw: st.DrawFn) -> str:
    """Return a set of dates and ranges, which may be open."""
    members = draw(st.lists(dates(), min_size=1, max_size=4))
    members = [f"{draw(dates())}..{own}" if draw(st.integers(0, 3)) == 0 else own for own in members]
    members[0] = draw(st.sampled_from(("", "", "..") if ".." not in members[0] else ("",))) + members[0]
    members[-1] += draw(st.sampled_from(("", "", "..") if ".." not in members[-1] else ("",)))
    return draw(st.sampled_from(("[{}]", "{{{}}}"))).format(",".join(members))


ANY = st.one_of(dates(), intervals(), sets())


def known(edtf: str) -> When | None:
    """Return the date *edtf*, or None where it is refused."""
    try:
        return when(parse(edtf))
    except EdtfError:
        return None


@given(edtf=ANY)
@example("192X-33")
@example("XXXX-22")
@example("19XX-21/..")
@example("{19XX-21,2017}")
@example("[192X-33..2018-41]")
@example("Y-17E7-12-29T18:07")
@example("-004X")
@settings(max_examples=400, deadline=None)
def test_any_date_is_worded_in_every_language(edtf: str) -> None:
    """No date stops the program in any language: it has words in three forms, and a place in order."""
    date = known(edtf)
    if date is None:
        return
    assert known(date.edtf) == date
    assert sort_key(date, order=None, event="x") == sort_key(date, order=None, event="x")
    for lang in LANGUAGES:
        worded = word(date, lang)
        assert worded.text.strip(), lang
        assert worded.short.strip(), lang
        assert worded.spoken.strip(), lang
        assert not {"{", "}"} & set(worded.spoken), lang


@given(edtf=ANY)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize(
    "lang", [language("en"), language("ar"), language("fr"), language("de")], ids=lambda lang: lang.code
)
def test_nothing_is_lost_without_brackets(lang: Language, edtf: str) -> None:
    """What is worded without its EDTF in brackets is never read as another date."""
    date = known(edtf)
    if date is None:
        return
    text = word(date, lang).text
    if "[" in text:
        return
    try:
        again = read(text, lang=lang.code)
    except DateError:
        return
    for own, other in ((date.start, again.start), (date.end, again.end)):
        assert (own.lo, own.hi, own.edge, own.qualifier) == (
            other.lo,
            other.hi,
            other.edge,
            other.qualifier,
        ), text


@cache
def drawn(count: int) -> tuple[str, ...]:
    """Return *count* dates of all kinds, always the same."""
    dice, found = random.Random(15), dict[str, None]()  # noqa: S311 - no secret
    pick = dice.choice

    def one() -> str:
        month = pick(MONTHS)
        day = pick(DAYS) if month and not "20" < month < "42" else ""
        return "-".join(part for part in (pick(YEARS), month, day) if part) + pick(SIGNS)

    while len(found) < count:
        first, last = one(), one()
        text = pick(
            (
                first,
                f"{first}/{last}",
                f"{first}/..",
                f"../{first}",
                f"[{first},{last}]",
                f"{{{first}..{last}}}",
            )
        )
        if known(text) and is_read(text):
            found[text] = None
    return tuple(found)


def is_read(text: str) -> bool:
    """Return whether *text* is read as a date of an article; what may be meant in two ways is not."""
    try:
        read(text, lang="en", languages=("en", "ar", "de"), on=18_967)
    except DateError:
        return False
    return True


SITE = (
    "title: t\nurl: https://example.org/\nlanguages: {en: {}, ar: {calendar: hijri, digits: arab}, de: {}}\n"
)


def test_a_site_of_any_dates_is_built(tmp_path: Path) -> None:
    """Dates of every kind are sorted, grouped, drawn, and exported as CSV, JSON, calendar and feeds."""
    events = "".join(
        f'  - {{id: e{number}, title: T, date: "{edtf}"}}\n' for number, edtf in enumerate(drawn(150))
    )
    text = f"---\ntitle: T\ndate: 2021-12-06\nevents:\n{events}---\nText.\n"
    write_site(tmp_path, {"content/articles/a.en.md": text}, settings=SITE)

    report = build(tmp_path, Options(jobs=1))

    assert report.events == 150
    for name in ("events.csv", "events.json", "calendar.ics", "events.xml", "index.html"):
        assert (tmp_path / "output/en" / name).stat().st_size
