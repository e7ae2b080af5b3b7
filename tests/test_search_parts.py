"""The data of the search: small parts that hold every word once, of which a change touches few."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.collecting.timeline import Event
from timeline_gen.pages.search import rows
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.search.number_texts import number_text, runs_text, set_text, signed_text
from timeline_gen.rendering.search.parts import Cut, Parts, cut, search_files
from timeline_gen.text.joined_words import joined_words

MOST = 60_000
"""Bytes of a part, compressed."""
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def numbers(text: str) -> list[int]:
    """Return the numbers in *text*."""
    found, number, unit = [], 0, 1
    for sign in text:
        digit = DIGITS.index(sign)
        number += (digit & 31) * unit
        unit *= 32
        if digit < 32:
            found.append(number)
            number, unit = 0, 1
    return found


def members(text: str) -> list[int]:
    """Return the members of the set that *text* is."""
    if text.startswith("!"):
        bits = "".join(f"{DIGITS.index(sign):06b}" for sign in text[1:])
        size = [bits[start : start + 8][::-1] for start in range(0, len(bits) - len(bits) % 8, 8)]
        return [place for place, bit in enumerate("".join(size)) if bit == "1"]
    found = -1
    return [found := found + gap + 1 for gap in numbers(text)]


@pytest.mark.parametrize("number", [0, 1, 31, 32, 1023, 1024, 10**9])
def test_numbers(number: int) -> None:
    """A number of any size is read back; of a signed one the lowest bit is the sign."""
    assert numbers(number_text(number)) == [number]
    assert numbers(signed_text(number)) == [2 * number]
    assert numbers(signed_text(-number - 1)) == [2 * number + 1]


@pytest.mark.parametrize(
    "some", [[], [0], [99_999], [3, 4, 5, 900], list(range(0, 100_000, 3)), list(range(100_000))]
)
def test_sets(some: list[int]) -> None:
    """A set is read back, and none of a hundred thousand takes more than 17 KB."""
    text = set_text(some, 100_000)

    assert members(text) == some
    assert len(text) < 17_000


def test_runs() -> None:
    """Equal values in a row are one run, in the order in which they come."""
    assert runs_text(["1990", "1990", "", "1991"]) == "1990:2 :1 1991:1"


def test_a_change_moves_few_cuts() -> None:
    """An item more changes its own part, and at most the next: parts begin where an item says so."""
    how = Cut(least=200, most=2000, often=8)
    items = [f"word{number * 37 % 1009}" for number in range(1000)]

    before = [tuple(some) for some in cut(items, len, str, how)]
    after = [tuple(some) for some in cut([*items[:500], "new", *items[500:]], len, str, how)]

    assert [item for some in before for item in some] == items
    assert all(sum(map(len, some)) <= 2000 for some in before)
    assert len(before) > 20
    assert len(set(after) - set(before)) <= 2


def test_names_of_parts() -> None:
    """A part is named by what it holds: equal ones are one, and small ones are together in a file."""
    parts = Parts()
    names = [parts.add(["one"]), parts.add(["two"]), parts.add(["one"])]
    files = search_files({"lang": "en"}, parts)

    assert names[0] == names[2] != names[1]
    assert len(files.parts) == 1
    assert next(iter(files.parts)).encode() in files.head
    assert all(f'timelineParts["{name}"]'.encode() in next(iter(files.parts.values())) for name in names)


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("وقطر", ["قطر"]),
        ("والد", []),
        ("القطار", ["قطار"]),
        ("للقطار", ["لقطار", "قطار"]),
        ("وبالقطار", ["القطار", "قطار"]),
        ("بغزه", ["غزه"]),
        ("opening", []),
    ],
)
def test_joined_words(word: str, bare: list[str]) -> None:
    """What is joined comes off where the rest is a word, or is seen behind two different letters."""
    known = joined_words({"قطر", "لقطر", "بغزه", "وغزه", "والد", "opening"})

    assert list(known.bare(word)) == bare


# ---------------------------------------------------------------- a site


def events(count: int) -> list[str]:
    """Return *count* events of words that no other has."""
    words = [f"{chr(97 + number % 26) * 3}{number:04x}" for number in range(count)]
    return [
        f"{{id: e{number}, date: {1900 + number % 120}, title: Harbour {word}}}"
        for number, word in enumerate(words)
    ]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built site of many events."""
    root = write_site(
        tmp_path_factory.mktemp("many"),
        {
            "content/articles/many.en.md": article("Many", *events(800)),
            "content/articles/few.en.md": article("Few"),
        },
    )
    build(root, Options(jobs=1))
    return root


def files_of(root: Path) -> dict[str, bytes]:
    """Return the files of the English search, by name."""
    folder = root / "output" / "en"
    return {path.name: path.read_bytes() for path in (folder / "find.js", *(folder / "find").iterdir())}


def test_parts_are_small_and_all_are_listed(many: Path) -> None:
    """No part is larger than a reader can wait for, and every part that a list names is there."""
    files = files_of(many)
    named = set(re.findall(rb"(?<= )[a-z2-7]{8}(?=\\n|\")", b"".join(files.values())))

    assert len(files) > 10
    assert max(len(gzip.compress(data)) for data in files.values()) < MOST
    assert files.keys() - {"find.js"} <= {f"{name.decode()}.js" for name in named}


def test_a_changed_title_changes_few_parts(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one title few parts are others; only its event is worded anew, and a clean build gives the same."""
    before = files_of(many)
    worded: list[str] = []
    make = rows.event_row

    def noting(event: Event, text: str, lang: str, site: SiteContext) -> rows.EventRow:
        worded.append(event.id)
        return make(event, text, lang, site)

    monkeypatch.setattr("timeline_gen.pages.search_index.event_row", noting)
    text = many / "content/articles/many.en.md"
    text.write_text(text.read_text("utf-8").replace("Harbour vvv0049", "Harbour zzzz"), "utf-8")
    build(many, Options(jobs=1))
    after = files_of(many)

    changed = {name for name in after if before.get(name) != after[name]}
    assert {*worded} <= {"e73"}
    assert 0 < len(changed) < len(after) / 2
    shutil.rmtree(many / ".timeline-gen")
    build(many, Options(jobs=1))
    assert files_of(many) == after
