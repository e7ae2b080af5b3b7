"""The order of dates: a golden list, whatever order the articles come in."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.dates.edtf import when
from timeline_gen.dates.order import SortKey, sort_key
from timeline_gen.dates.phrases import read

LIST = Path(__file__).parent / "data/dates/order.txt"


def golden() -> list[tuple[str, SortKey]]:
    """Return the ids of the golden list with their keys, in its order."""
    rows = []
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, name, *rest = line.split("\t")
        given_keys = dict(item.split("=") for item in rest if item)
        order = int(given_keys["order"]) if "order" in given_keys else None
        sort_date = when(given_keys["sort"]) if "sort" in given_keys else None
        rows.append((name, sort_key(read(text, lang="en"), order=order, event=name, sort_date=sort_date)))
    return rows


def test_the_golden_list_stands_in_its_order() -> None:
    """Sixty mixed dates: years before what lies in them, days before spans, open starts at their end."""
    rows = golden()

    assert len(rows) == 60
    assert [name for name, _ in sorted(rows, key=lambda row: row[1])] == [name for name, _ in rows]


def test_the_order_is_total() -> None:
    """No two events have the same key, so that no order of reading shows through."""
    keys = [key for _, key in golden()]

    assert all(first < second for first, second in pairwise(keys))


@given(st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_any_shuffle_sorts_to_the_same_list(dice: random.Random) -> None:
    """Articles may come in any order."""
    rows = golden_rows = golden()
    shuffled = rows[:]
    dice.shuffle(shuffled)

    assert sorted(shuffled, key=lambda row: row[1]) == golden_rows
