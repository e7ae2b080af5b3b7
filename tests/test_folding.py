"""Folding names and search."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.text.folding import fold, found, search_keys

PROBES = list(
    csv.DictReader(
        (Path(__file__).parent / "data/search_probes.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe["why"])
def test_probes(probe: dict[str, str]) -> None:
    """A reader finds what she means, and nothing that only contains her letters."""
    assert found(probe["query"], probe["text"]) == (probe["found"] == "yes")


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


def test_every_word_of_a_query_counts() -> None:
    """A query of two words wants both."""
    assert found("العالم 2022", "كأس العالم 2022 في قطر")
    assert not found("العالم 2018", "كأس العالم 2022 في قطر")
    assert found("", "anything")


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    """What is folded stays as it is."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="اأإآبتةهيىئؤءولكف ال123٣", max_size=60))
@settings(max_examples=200, deadline=None)
def test_every_text_finds_itself(text: str) -> None:
    """A text is found by its own words."""
    assert found(text, text)
