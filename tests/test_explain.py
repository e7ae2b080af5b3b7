"""How a date is read, as ``timeline-gen date`` shows it."""

from __future__ import annotations

import pytest

from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.explain import batch_row, explain
from timeline_gen.text.languages import language

ON = parse_iso_day("2021-12-06")
BOTH = (language("ar"), language("en"))


def test_a_date_is_explained_in_every_language() -> None:
    """EDTF, bounds, precision, wording in each language, and the Hijri day."""
    found = explain("last October", languages=BOTH, lang="en", on=ON)

    assert found.when is not None
    assert (found.when.edtf, found.when.relative) == ("2021-10", True)
    assert (found.lo, found.hi, found.precision) == ("2021-10-01", "2021-10-31", "month")
    assert found.wording == {"ar": "أكتوبر 2021", "en": "October 2021"}
    assert found.hijri == "1443-02-24/1443-03-25"


def test_what_cannot_be_read_says_why() -> None:
    """The problem stands in place of the date."""
    found = explain("soon", languages=BOTH, lang="en", on=ON)

    assert found.when is None
    assert found.problem is not None
    assert found.problem.code == "TG201"


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("أكتوبر 2019", "ar", ("2019-10", "2019-10-01", "2019-10-31", "month", "أكتوبر 2019")),
        ("since 2014", "en", ("2014/..", "2014-01-01", "open", "year", "since 2014")),
        ("/2022-11-19", "", ("/2022-11-19", "unknown", "2022-11-19", "day", None)),
        ("44 BC", "en", ("-0043", "-0043-01-01", "-0043-12-31", "year", "44 BCE")),
        ("Y170000002", "", ("Y170000002", "170000002-01-01", "170000002-12-31", "year", None)),
        ("2022-11-21/2022-12", "en", ("2022-11-21/2022-12", "2022-11-21", "2022-12-31", "day/month", None)),
        ("unknown", "en", ("", "unknown", "unknown", "any", "date unknown")),
        ("octobre 2019", "", ("2019-10", "2019-10-01", "2019-10-31", "month", "October 2019")),
    ],
)
def test_a_line_of_a_spreadsheet(text: str, lang: str, expected: tuple[str | None, ...]) -> None:
    """Bounds are ISO days with any number of year digits, or ``open``, or ``unknown``."""
    row = batch_row(text, lang, ON)

    assert list(row) == ["text", "edtf", "lo", "hi", "precision", "wording", "problem"]
    assert row["text"] == text
    assert row["problem"] is None
    for key, value in zip(("edtf", "lo", "hi", "precision", "wording"), expected, strict=True):
        if value is not None:
            assert row[key] == value


@pytest.mark.parametrize(
    ("text", "lang", "code"), [("10/11/2019", "en", "TG206"), ("2019", "xx-nowhere", "TG201")]
)
def test_a_line_with_a_problem(text: str, lang: str, code: str) -> None:
    """The row says what to write instead, and nothing else."""
    row = batch_row(text, lang, ON)

    assert (row["problem"] or "").startswith(code)
    assert (row["edtf"], row["lo"], row["wording"]) == (None, None, None)
