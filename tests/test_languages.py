"""What a language is."""

from __future__ import annotations

import pytest

from timeline_gen.model.settings import Language
from timeline_gen.text import cldr
from timeline_gen.text.languages import direction, language, primary


def test_arabic_has_all_it_needs() -> None:
    """A site that only says "ar" gets its direction, name, month names and digits."""
    expected = Language("ar", "rtl", "العربية", months="gulf", digits="latn")

    assert language("ar") == expected


@pytest.mark.parametrize(
    ("code", "months", "digits"),
    [
        ("ar-SY", "levant", "arab"),
        ("ar-LB", "levant", "arab"),
        ("ar-IQ", "levant", "arab"),
        ("ar-EG", "gulf", "arab"),
        ("ar-AE", "gulf", "latn"),
        ("ar-DZ", "maghreb", "latn"),
        ("ar-TN", "maghreb", "latn"),
        ("ar-MA", "morocco", "latn"),
        ("fa", "", "arabext"),
        ("en-GB", "", "latn"),
        ("ff-Adlm", "", "latn"),
    ],
)
def test_a_region_brings_its_months_and_digits(code: str, months: str, digits: str) -> None:
    """A country's months and digits are known without settings."""
    found = language(code)

    assert (found.months, found.digits) == (months, digits)


def test_settings_come_before_what_is_usual() -> None:
    """What the site says of a language holds."""
    found = language("ar", months="double", digits="arab", calendar="hijri", name="عربي")

    assert (found.months, found.digits, found.calendar, found.name) == ("double", "arab", "hijri", "عربي")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("arabic", "'ar'"),
        ("AR", "'ar'"),
        ("en_GB", "'en-GB'"),
        ("english", "'en'"),
        ("pt-br", "'pt-BR'"),
        ("../etc", "known language"),
        ("", "known language"),
        ("x" * 500, "known language"),
    ],
)
def test_a_wrong_code_is_refused_with_advice(code: str, advice: str) -> None:
    """A slip in a language's code is told with the code that was meant."""
    with pytest.raises(ValueError, match="is not the code of a known language") as caught:
        language(code)

    assert advice in str(caught.value)


def test_names_are_their_own_and_begin_with_a_capital() -> None:
    """A menu of languages shows each in itself."""
    names = [language(code).name for code in ("en", "fr", "tr", "he", "pt-BR")]

    assert names == ["English", "Français", "Türkçe", "עברית", "Português (Brasil)"]


def test_directions() -> None:
    """Arabic, Persian, Urdu and Hebrew run from right to left."""
    found = {code: direction(code) for code in ("ar", "fa", "ur", "he", "en", "ja", "pa-Arab", "pa")}

    assert [code for code, side in found.items() if side == "rtl"] == ["ar", "fa", "ur", "he", "pa-Arab"]


def test_the_language_without_its_region() -> None:
    """Data files are named by the language itself."""
    assert primary("ar-SY") == "ar"
    assert primary("zh-Hant-TW") == "zh"


def test_month_names_are_never_those_of_another_language() -> None:
    """Turkish months are Turkish, Syrian months Syrian, in full and in short."""
    assert cldr.month_names("tr")[6] == "Temmuz"
    assert cldr.month_names("ar-SY")[9:11] == ("تشرين الأول", "تشرين الثاني")
    assert cldr.month_names("en", short=True)[10] == "Nov"


def test_eras() -> None:
    """The eras' abbreviations come from the CLDR."""
    assert cldr.era_names("en") == ("BC", "AD")
    assert cldr.era_names("ar") == ("ق.م", "م")


@pytest.mark.parametrize(
    ("code", "day", "month", "day_month"),
    [
        ("en", "{m} {d}, {y}", "{m} {y}", "{m} {d}"),
        ("de", "{d}. {m} {y}", "{m} {y}", "{d}. {m}"),
        ("es", "{d} de {m} de {y}", "{m} de {y}", "{d} de {m}"),
        ("tr", "{d} {m} {y}", "{m} {y}", "{d} {m}"),
        ("ja", "{y}年{n}月{d}日", "{y}年{n}月", "{n}月{d}日"),
        ("hu", "{y}. {m} {d}.", "{y}. {m}", "{m} {d}."),
    ],
)
def test_the_order_of_a_dates_parts(code: str, day: str, month: str, day_month: str) -> None:
    """Languages without words of their own still put day, month and year in their order."""
    expected = {"day": day, "month": month, "day_month": day_month}

    assert cldr.date_patterns(code) == expected
