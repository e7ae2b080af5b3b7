"""Dates in words. The table in ``data/dates/worded.tsv`` is made anew by running this file."""

from __future__ import annotations

import csv
import pickle
import re
from dataclasses import replace
from pathlib import Path

import pytest

from timeline_gen.dates.edtf import Choice, Interval, Range, when
from timeline_gen.dates.phrases import read
from timeline_gen.dates.wording import compose, styles, word
from timeline_gen.model.dates import Bound, DateKind, Edge, Piece, When
from timeline_gen.model.settings import Language
from timeline_gen.text import cldr
from timeline_gen.text.languages import language

TABLE = Path(__file__).parent / "data/dates/worded.tsv"
COLUMNS = ("language", "edtf", "long", "short", "spoken")


def spoken_for(name: str) -> Language:
    """Return the language that a table calls *name*: a code, then settings, ``ar months=double``."""
    code, *settings = name.split()
    return language(code, **dict(setting.split("=") for setting in settings))


def rows() -> list[dict[str, str]]:
    """Return the rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['language']} {row['edtf']}")
def test_table(row: dict[str, str]) -> None:
    """Every date is worded as the table has it."""
    worded = word(when(row["edtf"]), spoken_for(row["language"]))

    found = [_spelt(text) for text in (worded.text, worded.short, worded.spoken)]
    assert found == [_spelt(row[column]) for column in COLUMNS[2:]], (
        "run tests/test_wording.py to make the table anew, then read what changed"
    )


def _spelt(text: str) -> str:
    """Return *text* in one of two spellings: by its version, CLDR writes ژوئیهٔ or ژوئیه before a year."""
    return text.replace("\N{ARABIC HAMZA ABOVE}", "")


def _editors() -> list[dict[str, str]]:
    with (TABLE.parent / "editors.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.mark.parametrize("row", _editors(), ids=lambda row: f"{row['language']} {row['edtf']}")
def test_words_that_an_editor_would_write(row: dict[str, str]) -> None:
    """Dates are worded as an editor of the language writes them; and read back, where the table says so."""
    date = when(row["edtf"])
    worded = word(date, language(row["language"]))

    assert re.sub("[\u2066-\u2069]", "", worded.text) == row["wording"]
    if row["read back"] == "yes":
        for text in (worded.text, worded.spoken):
            assert read(text, lang=row["language"]).edtf == date.edtf


def test_each_end_of_a_span_is_a_piece_of_its_own() -> None:
    """Each end is isolated, so that a range stands in the right order in both directions."""
    worded = word(when("2022-11-21/2022-12-18"), language("ar", months="levant", digits="arab"))

    assert worded.long == (
        Piece("٢١ تشرين الثاني", end=True, datetime="2022-11-21"),
        Piece(" – "),
        Piece("١٨ كانون الأول ٢٠٢٢", end=True, datetime="2022-12-18"),
    )


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2017", ["2017"]),
        ("2019-10", ["2019-10"]),
        ("0044-05-02", ["0044-05-02"]),
        ("Y12000", ["12000"]),
        ("1985-04-12T23:20-04", ["1985-04-12T23:20-04:00"]),
        ("1985-04-12T23:20:30Z", ["1985-04-12T23:20:30Z"]),
        ("2014/..", ["2014"]),
        ("2005/2006-02", ["2005", "2006-02"]),
        ("2017~", []),
        ("2017?", []),
        ("2001-21", []),
        ("199X", []),
        ("1985-04-XX", []),
        ("-0043", []),
        ("0000", []),
        ("1950S2", []),
        ("[2020-01..2020-04]", []),
    ],
)
def test_html_is_told_only_what_is_certain(edtf: str, expected: list[str]) -> None:
    """``datetime`` stands on known days, months and years from the year 1 on, and on nothing else."""
    worded = word(when(edtf), language("en"))

    assert [piece.datetime for piece in worded.long if piece.datetime] == expected


@pytest.mark.parametrize(
    ("edtf", "lang", "expected"),
    [
        ("../2009", "en", "before 2010"),
        ("../2009", "ar", "قبل عام 2010"),
        ("2011/..", "en", "after 2010"),
        ("../2022-12-31", "en", "before 1 January 2023"),
        ("../2019-12", "ar", "قبل يناير 2020"),
        ("2020-01/..", "en", "after December 2019"),
        ("../-0044", "en", "before 44 BCE"),
        ("../0000", "en", "before 1 CE"),
        ("../198X", "en", "before the 1990s"),
        ("19XX/..", "ar", "بعد القرن التاسع عشر"),
        ("../2009~", "en", "before c. 2010"),
        ("../2009-12-31?", "en", "before possibly 1 January 2010"),
        ("../2009-21", "en", "until spring 2009"),
        ("../-01XX", "en", "until the 2nd century BCE"),
        ("../200X-12-25", "en", "until 25 December in the 2000s [../200X-12-25]"),
    ],
)
def test_before_and_after_stay_as_the_author_put_them(edtf: str, lang: str, expected: str) -> None:
    """What an author calls "before 2010" ends with 2009, but is not worded as "until 2009"."""
    author = replace(when(edtf), beyond=True)

    assert word(author, language(lang)).text == expected


def test_a_date_that_nobody_knows() -> None:
    """An undated event says so."""
    nothing = Bound(None, None, Edge.UNKNOWN)
    undated = When("unknown", "", DateKind.UNDATED, nothing, nothing)

    assert word(undated, language("en")).text == "date unknown"
    assert word(undated, language("ar")).spoken == "تاريخ غير معروف"
    assert word(undated, language("de")).short == "Datum unbekannt"
    assert word(undated, language("sv")).short == "?"


def test_what_edtf_cannot_write_is_worded_all_the_same() -> None:
    """Spans and ranges without any known end, which only nouns can make, are unknown dates."""
    style = styles(language("en"))[0]
    nowhere = Interval(Edge.OPEN, Edge.UNKNOWN)

    assert compose._interval(nowhere, style, beyond=False) == ((Piece("date unknown", end=True),), False)
    assert compose._member(Range(None, None), style, Choice.ONE) == (
        (Piece("an unknown year", end=True),),
        False,
    )


def test_a_time_of_day() -> None:
    """A time and its offset from universal time stay with the day."""
    timed = replace(when("2021-12-06"), time="18:07+03:00")

    assert word(timed, language("en")).text == "6 December 2021, 18:07 UTC+3"
    assert word(timed, language("en")).spoken == "6 December 2021 at 18:07 UTC+3"
    assert word(timed, language("ar", digits="arab")).text == "٦ ديسمبر ٢٠٢١، الساعة ١٨:٠٧ بتوقيت غرينتش+٣"
    assert word(timed, language("en")).long[0].datetime == "2021-12-06T18:07+03:00"


@pytest.mark.parametrize(
    ("edtf", "seasons", "expected"),
    [
        ("2010-24", "north", "winter 2010–11"),
        ("1999-24", "north", "winter 1999–2000"),
        ("2010-22", "north", "summer 2010"),
        ("2010-24", "south", "winter 2010"),
        ("2010-22", "south", "summer 2010–11"),
        ("2010-30", "north", "summer 2010–11 (Southern Hemisphere)"),
        ("-0043-24", "north", "winter 44 BCE"),
    ],
)
def test_a_season_that_spans_two_years_names_both(edtf: str, seasons: str, expected: str) -> None:
    """A winter of the north is in two years, a summer of the south too."""
    assert word(when(edtf, seasons=seasons), language("en"), seasons=seasons).text == expected


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-12-06", "6 ديسمبر 2021 (2 جمادى الأولى 1443هـ)"),
        (
            "2022-11-21/2022-12-18",
            "21 نوفمبر (27 ربيع الآخر) – 18 ديسمبر 2022 (24 جمادى الأولى 1444هـ)",
        ),
        ("2017-06-05/2017-06-07", "5 يونيو (10 رمضان) – 7 يونيو 2017 (12 رمضان 1438هـ)"),
        ("2023-07-18/2023-07-19", "18 يوليو (30 ذو الحجة 1444هـ) – 19 يوليو 2023 (1 محرم 1445هـ)"),
        ("1821-12-02", "2 ديسمبر 1821 (نحو 7 ربيع الأول 1237هـ)"),
        ("2021-12", "ديسمبر 2021"),
        ("2021-12-06~", "نحو 6 ديسمبر 2021"),
        ("0600-01-01", "1 يناير 600م"),
        ("2014-10-05/..", "منذ 5 أكتوبر 2014 (11 ذو الحجة 1435هـ)"),
    ],
)
def test_a_second_calendar(edtf: str, expected: str) -> None:
    """The Hijri day stands beside each known day; its year is said once, and the old ones are approximate."""
    worded = word(when(edtf), language("ar", calendar="hijri"))

    assert worded.text == expected
    assert "هـ" not in worded.short


def test_a_second_calendar_is_marked() -> None:
    """A theme can tell the date in the second calendar, with its brackets, from the date itself."""
    worded = word(when("2021-12-06T18:07"), language("ar", calendar="hijri"))

    marked = [(piece.text, piece.second) for piece in worded.long]
    assert marked == [
        ("6 ديسمبر 2021", False),
        (" (", True),
        ("2 جمادى الأولى 1443هـ", True),
        (")", True),
        ("، الساعة 18:07", False),
    ]


def test_great_numbers_are_grouped() -> None:
    """Figures of years that are far away are set apart by thousands."""
    ancient = when("Y-170000002")

    assert word(ancient, language("en")).text == "170,000,003 BCE"
    assert word(ancient, language("ar", digits="arab")).text == "١٧٠٬٠٠٠٬٠٠٣ ق.م"
    assert word(ancient, language("fr")).text == "170\u202f000\u202f003 av. J.-C."


def test_edtf_in_brackets_keeps_its_order_among_arabic() -> None:
    """EDTF runs from left to right, also where all else runs from right to left."""
    worded = word(when("156X-12-25"), language("ar"))

    assert worded.long[-1] == Piece(" [\u2066156X-12-25\u2069]")
    assert "[" not in worded.spoken


def test_a_worded_date_is_a_value() -> None:
    """A worded date can be hashed, compared and sent to another process."""
    worded = word(when("2014/.."), language("en"))

    assert pickle.loads(pickle.dumps(worded)) == worded  # noqa: S301 - our own bytes
    assert hash(worded) == hash(word(when("2014/.."), language("en")))


# The faults of Babel 2.18 that wording works around (CLDR 47).


def test_native_digits_are_used_where_a_country_has_them() -> None:
    """Babel formats Egyptian dates with Latin digits; we write Arabic-Indic ones."""
    assert word(when("2022-11-21"), language("ar-EG")).text == "٢١ نوفمبر ٢٠٢٢"


def test_ranges_do_not_mix_families_of_months() -> None:
    """Babel's ranges for Syria and Morocco have months of the Gulf; ours have their own."""
    span = when("2022-11-21/2022-12-18")

    assert word(span, language("ar-SY", digits="latn")).text == "21 تشرين الثاني – 18 كانون الأول 2022"
    assert word(span, language("ar-MA")).text == "21 نونبر – 18 دجنبر 2022"
    assert word(span, language("ar-SY", digits="latn")).short == "21 تشرين الثاني – 18 كانون الأول 2022"


def test_english_ranges_keep_full_months() -> None:
    """Babel's long English ranges fall back to short months; ours do not."""
    span = when("2022-11-21/2022-12-18")

    assert word(span, language("en")).text == "21 November – 18 December 2022"
    assert word(span, language("en-US")).text == "November 21 – December 18, 2022"


def test_years_before_the_common_era_are_worded() -> None:
    """Babel has no dates before the year 1; ours count as historians do, without a year 0."""
    texts = [
        word(when(edtf), language("en", eras="bc")).text for edtf in ("0000", "-0043", "0001", "0000/0001")
    ]

    assert texts == ["1 BC", "44 BC", "AD 1", "1 BC – AD 1"]


def test_words_that_the_cldr_lacks() -> None:
    """Seasons, decades, centuries and "circa" are ours: the CLDR has none."""
    texts = [word(when(edtf), language("ar")).text for edtf in ("2001-21", "199X", "18XX", "1850~")]

    assert texts == ["ربيع 2001", "تسعينيات القرن العشرين", "القرن التاسع عشر", "نحو عام 1850"]


@pytest.mark.parametrize(
    "code", ["de", "es", "tr", "ja", "zh-Hant", "hu", "fa", "ur", "he", "ru", "hi", "ko", "sw"]
)
def test_a_language_without_words_of_its_own(code: str) -> None:
    """Any language of the CLDR gets its month names and the order of its dates; signs say the rest."""
    lang = language(code)
    month = cldr.month_names(code)[10]

    text = word(when("2022-11-21"), lang).text
    assert month in text or "11" in text or code == "fa"
    for edtf in (
        "2017~",
        "199X?",
        "18XX",
        "2014/..",
        "/2010",
        "2001-21",
        "2018-35",
        "[1667,1670..1672]",
        "{1960,1961-12}",
    ):
        assert word(when(edtf), lang).spoken


def test_every_language_has_every_pattern() -> None:
    """No pattern is missing in any form of a language."""
    for code in ("en", "ar", "fr", "en-US", "ja"):
        for style in styles(language(code)):
            assert all(style.patterns.values())
            assert len(style.months) == 12


def make() -> None:
    """Write the table anew from the languages and dates that stand in it."""
    lines = ["\t".join(COLUMNS)]
    for row in rows():
        worded = word(when(row["edtf"]), spoken_for(row["language"]))
        lines.append("\t".join((row["language"], row["edtf"], worded.text, worded.short, worded.spoken)))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
