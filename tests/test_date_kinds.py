"""Dates by their kinds: what is read, what is refused, and what a refusal says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.explain import batch_row
from timeline_gen.dates.phrases import DateError, read, read_with_warnings
from timeline_gen.dates.wording import word
from timeline_gen.text.languages import language

TABLE = Path(__file__).parent / "data/dates/kinds.tsv"
ON = parse_iso_day("2021-12-06")


def rows() -> list[dict[str, str]]:
    """Return the rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['text']}-{row['lang']}")
def test_each_kind_is_read_or_refused_in_its_own_words(row: dict[str, str]) -> None:
    """A date is read as its kind is, and a refusal says what is the matter and what to write."""
    on = parse_iso_day(row["on"]) if row["on"] else None
    expected, says = row["expect"], row["says"]
    if not re.fullmatch(r"TG\d+", expected):
        assert (read(row["text"], lang=row["lang"], on=on).edtf or "undated") == expected
        return
    with pytest.raises(DateError) as refused:
        read(row["text"], lang=row["lang"], on=on)

    assert refused.value.code == expected
    assert re.search(says, f"{refused.value.message}; {refused.value.hint}", re.IGNORECASE)
    assert 0 <= refused.value.offset <= len(row["text"])


@pytest.mark.parametrize("calendar", ["gregorian", "hijri"])
def test_a_calendar_that_is_written_settles_a_year(calendar: str) -> None:
    """``calendar:`` says of «عام 1443» in an Arabic article which calendar it is of."""
    date = read("عام 1443", lang="ar", on=ON, calendar=calendar)

    assert date.edtf == {"gregorian": "1443", "hijri": "2021-08-09/2022-07-29"}[calendar]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("1401-08-30", "2022-11-21"), ("1401/08/30", "2022-11-21"), ("1401", "2022-03-21/2023-03-20")],
)
def test_solar_hijri_dates_in_figures(text: str, edtf: str) -> None:
    """``calendar: jalali`` reads figures as days and years of Iran's calendar."""
    date = read(text, lang="fa", on=ON, calendar="jalali")

    assert (date.edtf, date.calendar) == (edtf, "jalali")


def test_edtf_with_a_year_that_may_be_hijri_has_a_warning() -> None:
    """EDTF is Gregorian; the author of an Arabic article is asked to look at 1443 all the same."""
    found = read_with_warnings("1443-03-12", lang="ar", on=ON)

    assert found.when.edtf == "1443-03-12"
    assert [warning.code for warning in found.warnings] == ["TG216"]
    assert "calendar: hijri" in found.warnings[0].hint
    assert not read_with_warnings("1443-03-12", lang="en", on=ON).warnings
    assert not read_with_warnings("1443-03-12", lang="ar", on=parse_iso_day("1890-01-01")).warnings
    assert "TG216" in (batch_row("1443-03-12", "ar", ON)["warning"] or "")


@pytest.mark.parametrize(
    ("text", "lang", "part"),
    [
        ("on the morning of 6 June 1944", "en", "morning"),
        ("فجر الجمعة 25 شباط 1994", "ar", "dawn"),
        ("the night of 14-15 July 1958", "en", "night"),
        ("yesterday evening", "en", "evening"),
        ("6 juin 1944 au soir", "fr", "evening"),
    ],
)
def test_the_part_of_the_day_is_kept(text: str, lang: str, part: str) -> None:
    """What happened on the morning of 6 June stays there, though EDTF only knows the day."""
    assert read(text, lang=lang, on=ON).day_part == part


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("since March", "en"),
        ("between now and 2030", "en"),
        ("this morning", "en"),
        ("yesterday and 5 June 2019", "en"),
        ("أمس الأحد", "ar"),
        ("last Christmas", "en"),
        ("from 5 June to 7 July", "en"),
    ],
)
def test_what_the_article_s_day_resolved_is_known_as_such(text: str, lang: str) -> None:
    """``check --dates`` lists each reading that depends on the article's day."""
    on = parse_iso_day("2021-07-10") if "June to" in text else ON

    assert read(text, lang=lang, on=on).relative


@pytest.mark.parametrize(
    ("text", "lang", "calendar"),
    [
        ("27 رجب 583 هـ الموافق 2 أكتوبر 1187م", "ar", "julian"),
        ("27 Rajab 583 AH (9 October 1187)", "en", "gregorian"),
        ("10 رمضان 1393هـ الموافق 6 أكتوبر 1973م", "ar", "gregorian"),
        ("25 October 1917 O.S.", "en", "julian"),
        ("22 Bahman 1357", "en", "jalali"),
    ],
)
def test_the_calendar_of_a_date_is_kept(text: str, lang: str, calendar: str) -> None:
    """What the author wrote in another calendar is known to have been written so."""
    assert read(text, lang=lang).calendar == calendar


@pytest.mark.parametrize(
    ("text", "word"),
    [("around Octobre 2019", "Octobre"), ("5 June–late Juli 2019", "Juli"), ("the reign of Henry", "reign")],
)
def test_the_word_that_is_quoted_is_the_one_not_understood(text: str, word: str) -> None:
    """The message names the first word that is not the language's, never a dash or a month that is."""
    with pytest.raises(DateError, match=f"“{word}” is not understood") as refused:
        read(text, lang="en", on=ON)

    assert text[refused.value.offset :].startswith(word)


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("27 رجب 583 هـ الموافق 2 أكتوبر 1187م", "ar", "2 أكتوبر 1187 (بالتقويم اليولياني)"),
        ("29 May 1453 (20 Jumada I 857 AH)", "en", "29 May 1453 O.S."),
        ("25 October 1917 O.S.", "en", "25 October 1917 O.S."),
        ("October 1917 O.S.", "en", "October 1917 O.S."),
        ("25 October – 3 November 1917 O.S.", "en", "25 October – 3 November 1917 O.S."),
        ("27 رجب 583 هـ", "ar", "27 رجب 583هـ (نحو 9 أكتوبر 1187)"),
        ("رمضان 1442هـ", "ar", "رمضان 1442هـ (13 أبريل – 12 مايو 2021)"),
        ("on the morning of 6 June 1944", "en", "morning of 6 June 1944"),
        ("6 juin 1944 au soir", "fr", "6 juin 1944 au soir"),
        ("ليلة 14-15 تموز 1958", "ar", "ليلة 14–15 يوليو 1958"),
        ("am Morgen des 6. Juni 1944", "de", "6. Juni 1944, am Morgen"),
    ],
)
def test_a_date_is_shown_in_its_author_s_calendar_and_read_back(text: str, lang: str, shown: str) -> None:
    """Readers see the day as it was written, and what they see is read as the same date."""
    date = read(text, lang=lang)
    again = read(word(date, language(lang)).text, lang=lang)

    assert word(date, language(lang)).text == shown
    assert (again.lo, again.hi, again.day_part) == (date.lo, date.hi, date.day_part)


def test_html_says_the_gregorian_day_of_a_julian_one() -> None:
    """``<time datetime>`` is Gregorian, whatever calendar readers see."""
    (day, *_) = word(read("25 October 1917 O.S.", lang="en"), language("en")).long

    assert (day.text, day.datetime) == ("25 October 1917", "1917-11-07")


@pytest.mark.parametrize(
    ("phrase", "arabic", "english"),
    [
        ("نحو عام 1345هـ", "نحو عام 1345هـ", "c. 1345 AH"),
        ("القرن الثالث عشر الهجري", "القرن الثالث عشر الهجري", "13th century AH"),
        ("قبل عام 1438هـ", "قبل عام 1438هـ", "before 1438 AH"),
        ("بعد 22 رمضان 1442هـ", "بعد 22 رمضان 1442هـ", "after 22 Ramadan 1442 AH"),
        ("منذ 1438هـ", "منذ عام 1438هـ", "since 1438 AH"),
        ("أوائل عام 1438هـ", "أوائل عام 1438هـ", "early 1438 AH"),
        ("أواخر رمضان 1442هـ", "أواخر رمضان 1442هـ", "late Ramadan 1442 AH"),
        ("أواخر شعبان 1442هـ", "أواخر شعبان 1442هـ", "late Shaban 1442 AH"),
        ("أواخر صفر 1442هـ", "أواخر صفر 1442هـ", "late Safar 1442 AH"),
        ("من محرم 1441هـ إلى صفر 1442هـ", "محرم 1441هـ – صفر 1442هـ", "Muharram 1441 AH – Safar 1442 AH"),
        ("رمضان أو شوال 1442هـ", "رمضان أو شوال 1442هـ", "Ramadan or Shawwal 1442 AH"),
        ("580 أو 581هـ", "580هـ أو 581هـ", "580 AH or 581 AH"),
    ],
)
def test_hijri_words_come_first(phrase: str, arabic: str, english: str) -> None:
    """A Hijri date that is no whole day, month or year is worded as it was written, and then in days."""
    date = read(phrase, lang="ar")

    for lang, hijri in (("ar", arabic), ("en", english)):
        text = re.sub("[\u2066-\u2069]", "", word(date, language(lang)).text)
        assert text.startswith(f"{hijri} (")
        assert not any(piece.datetime for piece in word(date, language(lang)).long if not piece.second)


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("1441 or 1442 AH", "[2019-08-31..2020-08-19,2020-08-20..2021-08-08]"),
        ("1390-1392 or 1395 AH", "[1970-03-09..1973-02-03,1975-01-13..1976-01-01]"),
        ("1200 or 1190 BC", "[-1199,-1189]"),
        ("1200–1190 BC or 1100 BC", "[-1199..-1189,-1099]"),
        ("1390 or 1391 SH", "[2011-03-21..2012-03-19,2012-03-20..2013-03-20]"),
        ("2020 or 1442 AH", "[2020,2020-08-20..2021-08-08]"),
        ("1999 or 2000 CE", "[1999,2000]"),
    ],
)
def test_an_era_counts_for_the_years_before_it(phrase: str, edtf: str) -> None:
    """Bare years ahead of one with an era are of that era, but for years that only ours has."""
    assert read(phrase, lang="en").edtf == edtf
