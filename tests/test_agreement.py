"""When two dates agree, and which of those that agree is the narrowest."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline_gen.collecting.agreement import agrees, uncertainty
from timeline_gen.dates.edtf import when
from timeline_gen.model.dates import Bound, DateKind, Edge, When

_ROWS = (Path(__file__).parent / "data" / "agreement.tsv").read_text(encoding="utf-8").splitlines()[1:]
_CASES = [tuple(row.split("\t")) for row in _ROWS]
_UNDATED = When(
    "unknown", "", DateKind.UNDATED, Bound(None, None, Edge.UNKNOWN), Bound(None, None, Edge.UNKNOWN)
)


@pytest.mark.parametrize(("older", "newer", "expected", "rule"), _CASES)
def test_rules(older: str, newer: str, expected: str, rule: str) -> None:
    """Two dates agree or contradict each other just as the rule says."""
    actual = agrees(when(older), when(newer))

    assert actual is (expected == "yes"), rule


def test_undated_agrees_with_all() -> None:
    """Who says that nobody knows the date contradicts nobody."""
    assert agrees(_UNDATED, when("2019"))
    assert agrees(when("2019"), _UNDATED)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("2019-10-06", "2019-10"),
        ("2019-10", "2019"),
        ("2019", "201X"),
        ("2019", "2019~"),
        ("2019-10-06T18:07", "2019-10-06"),
        ("1914-07-28/1918-11-11", "1914/1918"),
        ("1914/1918", "1914/"),
        ("2014/2020", "2014/.."),
        ("2014/..", "2014/"),
        ("2022-11-21/2022-12-18", "2022"),
        ("1668", "[1667,1668]"),
    ],
)
def test_narrower(narrow: str, wide: str) -> None:
    """Of two dates that agree, the one that leaves less open is the narrower."""
    assert uncertainty(when(narrow)) < uncertainty(when(wide))


def test_undated_is_widest() -> None:
    """An event that one article dates is dated, whatever another does not know."""
    assert uncertainty(when("XXXX")) < uncertainty(_UNDATED)
