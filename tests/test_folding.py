"""Folding names and search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.text.folding import fold
from timeline_gen.text.search_words import search_keys, search_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أنقرة", "انقره"),
        ("إسطنبول", "اسطنبول"),
        ("آل ثاني", "ال ثاني"),
        ("مصطفى", "مصطفي"),
        ("كِتَاب", "كتاب"),
        ("فتـــوى", "فتوى"),
        ("مسئول", "مسؤول"),
        ("٢٠٢٢", "2022"),
        ("۲۰۲۲", "2022"),
        ("Yaşar Güler", "YASAR  GULER"),
        ("İstanbul", "istanbul"),
        ("Iğdır", "igdir"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Qur’an", "quran"),
        ("Al-Sha'fi", "al-shafi"),
        ("ﷲ", "الله"),
        ("قطر\u200f", "قطر"),
        ("کتاب", "كتاب"),
        ("Ǿ", "o"),
        ("Doha\u00a0City", "doha city"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    """Spellings of one name are matched."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("قطر", "قطار"), ("كم", "كيم"), ("हिन्दी", "हन्दी"), ("がく", "かく"), ("علي", "عل"), ("2022", "202")],
)
def test_spellings_that_are_two(one: str, other: str) -> None:
    """Different words stay different, in scripts where marks are letters too."""
    assert fold(one) != fold(other)


def test_search_keys_leave_off_what_is_joined() -> None:
    """A word is found without its prefixes."""
    assert search_keys("والاستخبارات") == ("والاستخبارات", "الاستخبارات", "استخبارات")
    assert search_keys("للجنة") == ("للجنه", "لجنه", "جنه")
    assert search_keys("وبمشاركة") == ("وبمشاركه", "مشاركه")
    assert search_keys("وتركيا بلدة") == ("وتركيا", "تركيا", "بلده")


def test_search_words_add_what_needs_more_than_a_word() -> None:
    """A word behind an elided article, two words that many join, and a country behind a letter are found."""
    assert search_words("d’Alger") == ("dalger", "alger")
    assert search_words("أبو ظبي") == ("ابو", "ظبي", "ابوظبي")
    assert search_words("ولقطر وكوبا بلدة") == ("ولقطر", "قطر", "وكوبا", "كوبا", "بلده")


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    """What is folded stays as it is."""
    assert fold(fold(text)) == fold(text)
