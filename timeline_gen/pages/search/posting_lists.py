"""Which words are in which events, names and articles: a list in parts, by the first letters of words.

A word is listed as it is written and, in Arabic, without what is joined to it, so that a reader's word needs
only the part that its own letters are in. What too many words begin with to be read together has a list of
its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from timeline_gen.rendering.search.number_texts import set_text
from timeline_gen.rendering.search.parts import Cut, Parts, cut
from timeline_gen.text.joined_words import joined_words

_PARTS: Final = Cut(least=6_000, most=18_000, often=128)
_BEGINNINGS: Final = Cut(least=3_000, most=16_000, often=2)
_LETTERS: Final = 4
"""Letters of a beginning that may have a list of its own, at most."""
_AT_ONCE: Final = 2
"""Parts that a page reads for a word."""
_SEEN: Final = "+"
"""Behind what is known only from what is joined to it."""
_BARE: Final = "-"
"""Behind what is not known as a word."""


@dataclass(slots=True)
class Postings:
    """What holds a word, by number: events, names, articles."""

    lists: tuple[list[int], list[int], list[int]] = field(default_factory=lambda: ([], [], []))

    def add(self, other: Postings) -> None:
        """Add what holds the *other* word."""
        for own, more in zip(self.lists, other.lists, strict=True):
            own.extend(more)

    def text(self, totals: Sequence[int]) -> str:
        """Return it as a text; *totals* are how many events, names and articles there are."""
        texts = (
            set_text(sorted(set(numbers)), total) if numbers else ""
            for numbers, total in zip(self.lists, totals, strict=True)
        )
        return ";".join(texts).rstrip(";")


def word_parts(found: Sequence[Iterable[Sequence[str]]], parts: Parts) -> dict[str, object]:
    """Put lists of the words *found*, of each event, name and article, into *parts*; return what is where."""
    rows = [list(kind) for kind in found]
    totals = [len(kind) for kind in rows]
    lists = _completed(_lists(rows))
    # As a script compares texts: by units of UTF-16.
    entries = sorted(lists, key=lambda entry: _key(entry).encode("utf-16-be"))
    lines = {entry: f"{entry}:{lists[entry].text(totals)}\n" for entry in entries}
    cuts = list(cut(entries, lambda entry: len(lines[entry].encode()), _key, _PARTS))
    return {
        "words": _directory(cuts, lines, parts),
        "beginnings": _beginnings(cuts, lists, totals, parts),
    }


def _key(entry: str) -> str:
    return entry.rstrip("+-") if entry[0] != "=" else entry


def _directory(cuts: Iterable[Sequence[str]], lines: Mapping[str, str], parts: Parts) -> object:
    return parts.listed(
        [f"{_key(entries[0])} {parts.add(''.join(lines[entry] for entry in entries))}" for entries in cuts]
    )


def _lists(rows: Sequence[Iterable[Sequence[str]]]) -> dict[str, Postings]:
    found: dict[str, Postings] = {}
    for kind, row in enumerate(rows):
        for number, words in enumerate(row):
            for word in words:
                holders = found.get(word)
                if holders is None:
                    holders = found[word] = Postings()
                holders.lists[kind].append(number)
    return found


def _completed(lists: dict[str, Postings]) -> dict[str, Postings]:
    """Return *lists* with words without what is joined to them, each marked as it is known."""
    joined = joined_words({word for word in lists if word[0] != "="})
    bare: dict[str, Postings] = {}
    for word, holders in lists.items():
        for rest in joined.bare(word):
            bare.setdefault(rest, Postings()).add(holders)
    for rest, holders in bare.items():
        # A word that is there by itself, too, has one list of both.
        if rest in lists:
            holders.add(lists[rest])
            lists[rest] = holders
    marked = {
        f"{rest}{_SEEN if joined.is_known(rest) else _BARE}": holders
        for rest, holders in bare.items()
        if rest not in lists
    }
    # What is seen behind two letters may be typed behind a third.
    seen = {f"{rest}{_SEEN}" for rest in joined.seen if rest not in lists}
    return lists | marked | {entry: Postings() for entry in seen - marked.keys()}


def _beginnings(
    cuts: Sequence[Sequence[str]], lists: Mapping[str, Postings], totals: Sequence[int], parts: Parts
) -> object:
    """Put lists of what holds any word that begins alike into *parts*, where such words are in many."""
    first: dict[str, int] = {}
    wide: dict[str, Postings] = {}
    for number, entries in enumerate(cuts):
        for beginning in _beginnings_of(entries):
            if number - first.setdefault(beginning, number) >= _AT_ONCE:
                wide.setdefault(beginning, Postings())
    for entry, holders in lists.items():
        for beginning in _letters(entry):
            if beginning in wide:
                wide[beginning].add(holders)
    order = sorted(wide, key=lambda item: item.encode("utf-16-be"))
    lines = {letters: f"{letters}:{wide[letters].text(totals)}\n" for letters in order}
    return _directory(cut(order, lambda item: len(lines[item]), _key, _BEGINNINGS), lines, parts)


def _beginnings_of(entries: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(beginning for entry in entries for beginning in _letters(entry)))


def _letters(entry: str) -> Iterator[str]:
    word = _key(entry)
    # A number is sought as a whole.
    if word[0] != "=" and not word[0].isdigit():
        yield from (word[:length] for length in range(1, min(_LETTERS, len(word)) + 1))
