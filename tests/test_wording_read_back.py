"""What is worded is read back: the long and the spoken form to the same date, the short to the same days."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.dates.days import month_length
from timeline_gen.dates.edtf import EdtfError, parse, when
from timeline_gen.dates.phrases import read
from timeline_gen.dates.wording import word
from timeline_gen.model.dates import When
from timeline_gen.model.settings import Language
from timeline_gen.text.languages import language

LANGUAGES = tuple(
    [language("en", eras=eras) for eras in ("bce", "bc")]
    + [language("en-US"), language("en", calendar="hijri")]
    + [
        language("ar", months=months, digits=digits, calendar=calendar)
        for months, digits, calendar in product(
            ("gulf", "levant", "maghreb", "morocco", "double"), ("latn", "arab"), ("", "hijri")
        )
    ]
)
"""Both languages of the sample, with all settings."""


@st.composite
def years(draw: st.DrawFn) -> str:
    """Return a year as EDTF writes it: of our time, of old, BCE, or far away."""
    year = draw(
        st.one_of(
            st.integers(1000, 2999),
            st.integers(1, 999),
            st.integers(-3000, 0),
            st.integers(10_000, 10**9),
            st.integers(-(10**9), -10_000),
        )
    )
    return ("Y" if abs(year) > 9999 else "") + ("-" if year < 0 else "") + f"{abs(year):04}"


@st.composite
def exact(draw: st.DrawFn, *, year: str = "") -> str:
    """Return a known day, month or year."""
    year = year or draw(years())
    form = draw(st.sampled_from(("day", "month", "year")))
    if form == "year":
        return year
    month = draw(st.integers(1, 12))
    if form == "month":
        return f"{year}-{month:02}"
    day = draw(st.integers(1, month_length(int(year.lstrip("Y")), month)))
    return f"{year}-{month:02}-{day:02}"


@st.composite
def vague(draw: st.DrawFn) -> str:
    """Return a season, a decade, a century, or a day or month that nobody knows (level 1)."""
    year = f"{draw(st.integers(1000, 2999))}"
    forms = [
        f"{year}-21",
        f"{year}-22",
        f"{year}-23",
        f"{year}-24",
        f"{year[:3]}X",
        f"{year[:2]}XX",
        f"{year}-XX",
        f"{year}-XX-XX",
    ]
    forms += [f"{year}-{month:02}-XX" for month in (1, 6, 10)]
    forms += [f"-{n:02}XX" for n in (1, 4, 12)] + ["05XX", "00XX"]
    return draw(st.sampled_from(forms))


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Return one date of level 0 or 1."""
    date = draw(st.one_of(exact(), vague()))
    return date + draw(st.sampled_from(("", "", "", "~", "?", "%")))


@st.composite
def intervals(draw: st.DrawFn) -> str:
    """Return an interval of level 0 or 1, with open and unknown ends."""
    start, end = draw(dates()), draw(dates())
    if draw(st.booleans()):
        # Ends that share a year, or a month, say it once.
        year = draw(years())
        start, end = draw(exact(year=year)), draw(exact(year=year))
    form = draw(st.sampled_from(("both", "both", "both", "open", "unknown", "until", "unknown start")))
    return {
        "both": f"{start}/{end}",
        "open": f"{start}/..",
        "unknown": f"{start}/",
        "until": f"../{end}",
        "unknown start": f"/{end}",
    }[form]


@st.composite
def sets(draw: st.DrawFn) -> str:
    """Return a set of known dates: one of them, or all of them; and early, mid and late."""
    members = draw(st.lists(exact(), min_size=2, max_size=4, unique=True))
    if draw(st.booleans()):
        year = draw(st.integers(1000, 2900))
        members[-1] = f"{year}..{year + draw(st.integers(1, 60))}"
        members = members[draw(st.sampled_from((0, -1))) :]
    text = ",".join(members)
    return draw(st.sampled_from((f"[{text}]", f"{{{text}}}")))


@st.composite
def parts(draw: st.DrawFn) -> str:
    """Return a part of a year, a month, a decade or a century, and other dates of level 2; a time of day."""
    year = draw(st.integers(1000, 2999))
    first, last = draw(st.sampled_from(((1, 4), (5, 8), (9, 12))))
    return draw(
        st.sampled_from(
            (
                f"[{year}-{first:02}..{year}-{last:02}]",
                f"[{year}-03-01..{year}-03-10]",
                f"[{year}-03-11..{year}-03-20]",
                f"[{year}-03-21..{year}-03-31]",
                f"{year}-41",
                f"{year}-40",
                f"{year}-33",
                f"{year}-36",
                f"[{year // 10}0..{year // 10}3]",
                f"[{year // 100}67..{year // 100}99]",
                f"[{year}-01~..{year}-04~]",
                f"[{year // 10}7?..{year // 10}9?]",
                f"{year}-38",
                f"[..{year}-12-03]",
                f"[{year}-12..]",
                f"{{..{year}}}",
                f"{year // 1000}XXX",
                f"{year}-06-11T18:07+03:00",
                f"{year}-06-11T06:07:30Z",
                f"{year}-06-11T00:00",
            )
        )
    )


ANY = st.one_of(dates(), intervals(), sets(), parts())


def known(edtf: str) -> When | None:
    """Return the date *edtf*, or None where the calendar has no such date."""
    try:
        return when(parse(edtf))
    except EdtfError:
        return None


def settings_of(lang: Language) -> str:
    """Return what a test is called."""
    return " ".join(filter(None, (lang.code, lang.months, lang.digits, lang.calendar, lang.eras)))


@pytest.mark.parametrize("lang", LANGUAGES, ids=settings_of)
@given(edtf=ANY)
@settings(max_examples=60, deadline=None)
def test_what_is_worded_is_read_back(lang: Language, edtf: str) -> None:
    """A reader who types what she sees gets the same date."""
    date = known(edtf)
    if date is None:
        return
    worded = word(date, lang)

    assert read(worded.text, lang=lang.code).edtf == date.edtf, worded.text
    assert read(worded.spoken, lang=lang.code).edtf == date.edtf, worded.spoken
    short = read(worded.short, lang=lang.code)
    assert (short.lo, short.hi) == (date.lo, date.hi), worded.short


@pytest.mark.parametrize("lang", [language("en"), language("ar")], ids=settings_of)
@pytest.mark.parametrize("code", [21, 22, 23, 24])
def test_southern_seasons_are_read_back(lang: Language, code: int) -> None:
    """A site of the south reads its own summers, which span two years."""
    date = when(f"2010-{code}", seasons="south")

    again = read(word(date, lang, seasons="south").text, lang=lang.code, seasons="south")

    assert (again.edtf, again.lo, again.hi) == (date.edtf, date.lo, date.hi)


@pytest.mark.parametrize("lang", [language("en"), language("ar")], ids=settings_of)
@pytest.mark.parametrize(
    ("english", "arabic"), [("before 2010", "قبل عام 2010"), ("after 2010", "بعد عام 2010")]
)
def test_before_and_after_go_from_language_to_language(lang: Language, english: str, arabic: str) -> None:
    """What an author writes in one language as "before" is "before" in the other."""
    expected = {"en": english, "ar": arabic}[lang.code]

    assert word(read(english, lang="en"), lang).text == expected
    assert word(read(arabic, lang="ar"), lang).text == expected


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("June 5 or 7, 2017", "[2017-06-05,2017-06-07]"),
        ("winter 2010 – 11 March 2011", "2010-24/2011-03-11"),
        ("winter 2010–11", "2010-24"),
    ],
)
def test_what_wording_found_out_about_reading(text: str, edtf: str) -> None:
    """Readings that once went wrong on words of our own stay right."""
    assert read(text, lang="en", on=18_000).edtf == edtf
