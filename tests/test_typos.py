"""Slips of the finger: each key that can be written is suggested for each of its misspellings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import ascii_lowercase

import pytest
from pydantic import BaseModel

from timeline_gen.schema.foreign_keys import foreign_key
from timeline_gen.schema.validation import _unknown, keys
from timeline_gen.schema.values import Schema
from timeline_gen.text.suggestions import ClearSuggestion, is_slip, nearest


def schemas() -> Iterator[type[BaseModel]]:
    """Yield every mapping of the schema."""
    waiting: list[type[BaseModel]] = [Schema]
    while waiting:
        schema = waiting.pop()
        waiting += schema.__subclasses__()
        if schema.__module__.startswith("timeline_gen.schema.") and keys(schema):
            yield schema


def typos(word: str) -> Iterator[str]:
    """Yield *word* with one letter left out, put in or changed, and with two neighbours swapped.

    At each place every third letter is tried, at the next ones the others.
    """
    for at in range(len(word) + 1):
        head, tail, letters = word[:at], word[at:], ascii_lowercase[at % 3 :: 3]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


@pytest.mark.parametrize("schema", sorted(set(schemas()), key=str))
def test_every_typo_of_every_key(schema: type[BaseModel]) -> None:
    """The key is suggested that was meant; where another one is as near, one of the two."""
    known = keys(schema)
    hints = {
        (key, typo): _unknown(schema, (typo,)).hint
        for key in known
        for typo in {*typos(key)}.difference(known, [""])
    }
    wrong = [pair for pair, hint in hints.items() if hint != f"did you mean '{pair[0]}'?"]

    assert [
        (key, typo, hints[key, typo]) for key, typo in wrong if not is_as_near(typo, hints[key, typo], known)
    ] == []


def is_as_near(typo: str, hint: str, known: Collection[str]) -> bool:
    """Return whether *hint* names another *known* key as near to *typo*, or one of another program."""
    others = {f"did you mean '{other}'?" for other in known if is_slip(typo, other)}
    return hint in others or bool(foreign_key(typo, known))


@pytest.mark.parametrize(
    ("word", "known", "name", "is_only"),
    [
        ("titel", ["title", "text"], "title", True),
        ("e-3", ["e-1", "e-2"], "e-1", False),
        ("dat", ["data", "date"], "data", False),
        ("Title", ["title"], "title", True),
        ("fr", ["ar"], "", False),
        ("sumary-of", ["summary"], "summary", False),
        ("zzz", ["title"], "", False),
    ],
)
def test_names_that_alone_can_be_meant(word: str, known: list[str], name: str, *, is_only: bool) -> None:
    """A name is marked where it is one slip away, and no other is."""
    found = nearest(word, known)

    assert (str(found) in {name, *known} if name else found == "") is True
    assert isinstance(found, ClearSuggestion) is is_only
