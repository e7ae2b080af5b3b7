"""Digits of several scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_gen.text.digits import SYSTEMS, to_digits, to_latin


def test_all_digits_become_latin() -> None:
    """Arabic-Indic and Persian digits in one text are read alike."""
    assert to_latin("٢١ نوفمبر ۲۰۲۲") == "21 نوفمبر 2022"


def test_latin_digits_become_arabic_indic() -> None:
    """A site may show Arabic-Indic digits."""
    assert to_digits("21 نوفمبر 2022", "arab") == "٢١ نوفمبر ٢٠٢٢"


def test_latin_digits_stay() -> None:
    """Latin is the plain case."""
    assert to_digits("2022", "latn") == "2022"


@pytest.mark.parametrize("system", SYSTEMS)
@given(number=st.integers(0, 10**12))
def test_digits_there_and_back(system: str, number: int) -> None:
    """Every script's digits are read back."""
    assert to_latin(to_digits(str(number), system)) == str(number)
    assert int(to_digits(str(number), system)) == number
