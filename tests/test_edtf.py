"""EDTF: every example of the specification, and the identity of reading and writing."""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.dates.days import iso_day
from timeline_gen.dates.edtf import (
    Choice,
    Date,
    EdtfError,
    Interval,
    Range,
    Set,
    bounds,
    parse,
    when,
    write,
)
from timeline_gen.dates.edtf.parts import QUARTERS, PeriodPart, part_date, part_of, part_set
from timeline_gen.model.dates import Bound, DateKind, Edge, Precision, Qualifier

TABLE = Path(__file__).parent / "data/dates/edtf_examples.tsv"
SIGNS = {"": 0, "?": 1, "~": 2, "?~": 3, "%": 3}


def rows(valid: str) -> list[dict[str, str]]:
    """Return the rows of the table that are *valid* (1) or not (0)."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["valid"] == valid]


def day(number: int | None, bound: Bound, infinite: str) -> str:
    """Return a day as the table writes it."""
    if number is not None:
        return iso_day(number)
    return infinite if bound.edge is Edge.OPEN else bound.edge.value


def test_the_table_is_whole() -> None:
    """88 strings that are EDTF and 22 that are not."""
    assert (len(rows("1")), len(rows("0"))) == (88, 22)


@pytest.mark.parametrize("row", rows("1"), ids=lambda row: row["string"])
def test_valid_strings_have_their_exact_days(row: dict[str, str]) -> None:
    """Each string means its first and last day, and keeps its doubts."""
    date = when(row["string"])
    qualifier = date.start.qualifier | date.end.qualifier

    assert day(date.lo, date.start, "-inf") == row["min"]
    assert day(date.hi, date.end, "inf") == row["max"]
    assert qualifier == SIGNS[row["qualifier"]]
    assert date.edtf == row["string"]
    assert parse(write(parse(row["string"]))) == parse(row["string"])


@pytest.mark.parametrize("row", rows("0"), ids=lambda row: row["string"] or "empty")
def test_bad_strings_are_refused_with_a_hint(row: dict[str, str]) -> None:
    """What is not EDTF says so, and what to write instead."""
    with pytest.raises(EdtfError) as refused:
        parse(row["string"] or "")

    assert refused.value.message
    assert refused.value.hint
    assert 0 <= refused.value.offset <= len(row["string"] or "")


@pytest.mark.parametrize(
    "text",
    [
        "19", "193", "2021-02-30", "XXXX-02-30", "XXX1-02-29", "1985-04-1", " 2017", "2017 ", "٢٠١٧",
        "/", "../..", "/..", "../", "2017/2016-12-31", "2017-05/2017-04", "[1672..1670]", "[]", "[2017",
        "{2017,}", "[..]", "[1990,..1984]", "[1984..,1990]", "Y1E90080", "Y1E19", "Y0", "Y-0", "Y012345",
        "1950S0", "1950S5", "195XS2", "1950S2-05", "?2004?", "2004-?06?", "2004-21-01", "2004-20", "2004-42",
        "2004-2X", "1985-04-12T24:00", "1985-04-12T23:60", "1985-04T10:00", "1985-04-12T23:20+16",
        "1985-04-12T23:20/1985-04-13", "[1985-04-12T23:20]", "2004-06-11~~", "2017//2018", "2017-W03",
        "2017-123",
    ],
)  # fmt: skip
def test_slips_are_refused(text: str) -> None:
    """Strictness is kindness: a slip of the hand never passes for a date."""
    with pytest.raises(EdtfError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("19", "19XX"),
        ("193", "193X"),
        ("1985-4", "two digits"),
        ("19850412", "hyphens"),
        ("12345", "Y12345"),
        ("Y1985", "1985"),
        ("-44", "44 BCE"),
        ("2004-06-11?~", "%"),
        ("199u", "X"),
        ("2005/2004", "2004/2005"),
        ("1985-13", "01 to 12"),
    ],
)
def test_hints_say_what_to_write(text: str, hint: str) -> None:
    """The author reads the very thing to write."""
    with pytest.raises(EdtfError) as refused:
        parse(text)

    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("?2004", "2004?"),
        ("2004?-06?-11?", "2004-06-11?"),
        ("?2004-?06", "2004-06?"),
        ("%2004-~06-11", "%2004-~06-11"),
        ("2004?-06~-11", "%2004-~06-11"),
        ("~2004-06", "2004~-06"),
        ("2004-06?-~11", "?2004-?06-~11"),
    ],
)
def test_signs_have_one_canonical_form(typed: str, canonical: str) -> None:
    """Two ways to write one date are one date."""
    assert write(parse(typed)) == canonical
    assert parse(canonical) == parse(typed)


def test_qualifiers_stay_with_their_component() -> None:
    """A doubtful year does not make the day doubtful."""
    date = parse("?2004-06-~11")

    assert isinstance(date, Date)
    assert (date.year_qualifier, date.month_qualifier, date.day_qualifier) == (
        Qualifier.UNCERTAIN,
        Qualifier.NONE,
        Qualifier.APPROXIMATE,
    )


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2017-03-05", Precision.DAY),
        ("2017-03", Precision.MONTH),
        ("2017-03-XX", Precision.MONTH),
        ("2017-34", Precision.QUARTER),
        ("2017-22", Precision.SEASON),
        ("2017-41", Precision.PART),
        ("[2020-01..2020-04]", Precision.PART),
        ("[2020-01-01..2020-01-10]", Precision.PART),
        ("2017", Precision.YEAR),
        ("2017-XX", Precision.YEAR),
        ("1560-XX-25", Precision.YEAR),
        ("201X", Precision.DECADE),
        ("[1990..1993]", Precision.DECADE),
        ("20XX", Precision.CENTURY),
        ("1950S2", Precision.CENTURY),
        ("2XXX", Precision.MILLENNIUM),
        ("XXXX", Precision.ANY),
        ("[1667,1668]", Precision.DECADE),
        ("[2017-05,2017-06]", Precision.YEAR),
        ("[1760-12..]", Precision.ANY),
    ],
)
def test_precision_is_never_finer_than_what_is_known(text: str, precision: Precision) -> None:
    """A heading of the timeline is as wide as its events are known."""
    assert when(text).start.precision == precision


@pytest.mark.parametrize(
    ("text", "seasons", "lo", "hi"),
    [
        ("2010-22", "north", "2010-06-01", "2010-08-31"),
        ("2010-22", "south", "2010-12-01", "2011-02-28"),
        ("2010-24", "south", "2010-06-01", "2010-08-31"),
        ("2010-26", "south", "2010-06-01", "2010-08-31"),
        ("2010-30", "north", "2010-12-01", "2011-02-28"),
        ("2011-24", "north", "2011-12-01", "2012-02-29"),
        ("201X-24", "north", "2010-12-01", "2020-02-29"),
    ],
)
def test_seasons_follow_the_hemisphere(text: str, seasons: str, lo: str, hi: str) -> None:
    """Summer is not in June everywhere; codes that name a hemisphere keep it."""
    start, _ = bounds(parse(text), seasons=seasons)

    assert (start.lo is not None and iso_day(start.lo), start.hi is not None and iso_day(start.hi)) == (
        lo,
        hi,
    )


def test_an_open_end_is_not_an_unknown_one() -> None:
    """What still goes on, and what ended nobody knows when, stay apart."""
    assert when("1985/..").end.edge is Edge.OPEN
    assert when("1985/").end.edge is Edge.UNKNOWN
    assert when("1985/..").hi is None
    assert when("1985/").hi is None


def test_sets_know_their_members() -> None:
    """One of a set is a point; all of a set are several dates."""
    one, every = when("[1667,1668,1670..1672]"), when("{1960,1961-12}")

    assert (one.kind, [member.edtf for member in one.members]) == (
        DateKind.POINT,
        ["1667", "1668", "[1670..1672]"],
    )
    assert (every.kind, [member.edtf for member in every.members]) == (DateKind.ALL, ["1960", "1961-12"])


def test_a_time_of_day_is_kept() -> None:
    """Bounds stay days; the time stays as typed."""
    date = when("1985-04-12T23:20:30+04:30")

    assert (date.time, date.lo, date.start.precision) == ("23:20:30+04:30", date.hi, Precision.DAY)


CENTURIES = ("18XX", "-04XX", "-00XX")
PARTS_OF = [
    (part, whole)
    for part in PeriodPart
    for whole in (*CENTURIES, *(() if part in QUARTERS else ("2020", "2020-02", "199X", "2020~")))
]


@pytest.mark.parametrize(("part", "whole"), PARTS_OF)
def test_parts_are_known_again(part: PeriodPart, whole: str) -> None:
    """The set that early 2020 is written as is early 2020 again."""
    date = parse(whole)
    assert isinstance(date, Date)
    made = part_set(part, date)

    assert made is not None
    assert parse(write(made)) == made
    if isinstance(made, Set):
        assert part_of(made) == (part, date)


@pytest.mark.parametrize("whole", CENTURIES)
@pytest.mark.parametrize("part", PeriodPart)
def test_a_part_of_a_century_is_no_wider_than_the_century(part: PeriodPart, whole: str) -> None:
    """Late in the fifth century BCE is known to the century, as early in it is."""
    date = parse(whole)
    assert isinstance(date, Date)
    made = part_set(part, date)
    assert made is not None

    assert when(write(made)).start.precision is Precision.CENTURY


def test_quarters_are_of_centuries() -> None:
    """A quarter of a year is a date of its own, and nobody counts quarters of a month or a decade."""
    for whole in ("2020", "2020-02", "199X"):
        date = parse(whole)
        assert isinstance(date, Date)
        assert all(part_set(part, date) is None for part in QUARTERS)


def test_some_things_have_no_parts() -> None:
    """There is no early day, and no late summer."""
    for whole in ("2020-02-03", "2020-22", "2XXX", "1950S2"):
        date = parse(whole)
        assert isinstance(date, Date)
        assert part_set(PeriodPart.EARLY, date) is None
    assert part_of(Set(Choice.ALL, (Range(Date("2020", "01"), Date("2020", "04")),))) is None
    assert part_date(PeriodPart.EARLY, Date("2020")) == Date("2020", "37")
    assert part_date(PeriodPart.EARLY, Date("2020", "05")) is None


# ---------------------------------------------------------------- properties

YEARS = st.one_of(
    st.from_regex(r"[0-9X]{4}", fullmatch=True),
    st.integers(-9999, 9999).map(lambda year: f"-{-year:04}" if year < 0 else f"{year:04}"),
)
LONG = st.integers(10_000, 10**15).flatmap(
    lambda year: st.sampled_from([f"Y{year}", f"Y-{year}", f"Y{year}S2"])
)
SIGN = st.sampled_from(["", "", "", "?", "~", "%"])


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    """Return a date of any level; not all of them are in the calendar."""
    text = draw(SIGN) + draw(YEARS)
    if draw(st.integers(0, 4)) == 0:
        return draw(LONG)
    if draw(st.booleans()):
        months = st.sampled_from(["01", "02", "12", "1X", "0X", "XX", "21", "41"])
        text += f"{draw(SIGN)}-{draw(SIGN)}{draw(months)}"
        if draw(st.booleans()):
            text += f"{draw(SIGN)}-{draw(SIGN)}{draw(st.sampled_from(['01', '28', '31', '0X', '3X', 'XX']))}"
    return text + draw(SIGN)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a date, an interval or a set."""
    form = draw(st.sampled_from(["{}", "{}", "{}/{}", "{}/..", "/{}", "[{},{}]", "{{{}..{}}}", "[..{},{}]"]))
    return form.format(*(draw(date_texts()) for _ in range(form.count("{}"))))


@given(texts())
@settings(max_examples=600, deadline=None)
def test_written_and_read_again_a_date_is_the_same(text: str) -> None:
    """Parse, write, parse is the identity, and the first day never comes after the last."""
    try:
        date = parse(text)
    except EdtfError:
        return
    start, end = bounds(date)

    assert parse(write(date)) == date
    assert write(parse(write(date))) == write(date)
    if start.lo is not None and end.hi is not None and not isinstance(date, Interval):
        assert start.lo <= end.hi


@given(st.text(alphabet="0123456789XYESTZ?~%/.,[]{}:+- u", max_size=40))
@settings(max_examples=600, deadline=None)
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    """The parser never fails in any other way."""
    with suppress(EdtfError):
        assert when(text).edtf


@pytest.mark.parametrize("text", ["Y1E18", "Y-1E18", "Y999999999999999999E18", "Y-123E4"])
def test_written_out(text: str) -> None:
    """Whatever year an exponent gives can be written out too, as the heading over its events is."""
    year = when(text).start.lo

    date = parse(text)
    assert isinstance(date, Date)
    assert year is not None
    assert when(f"Y{date.known_year}").start.lo == year


def test_written_out_with_exponent() -> None:
    """A year of many figures takes no exponent beside."""
    with pytest.raises(EdtfError):
        parse("Y9999999999999999999E1")
