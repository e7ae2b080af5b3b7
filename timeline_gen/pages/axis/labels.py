"""Where the labels of an axis are, so that none overlaps another at any width (``docs/axis.md``).

Lengths are in rem: a reader who asks for larger letters gets fewer labels, as on a narrower screen. A label
is at a share of the width, and its size stays what it is; therefore labels that are apart at one width are
apart at every greater one, and each needs but the width from which on it is shown.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

NARROW: Final = (18, 20, 24, 28, 36)
"""The widths of an axis, in rem, from which on more names are shown, each of two lines."""
WIDE: Final = (44, 60, 73)
"""The same of names of one line, which take their place on a wider axis."""
WIDTHS: Final = (*NARROW, *WIDE)
RANKS: Final = {NARROW: (20, 1000, 1000, 1000, 1000), WIDE: (20, 30, 1000)}
"""How many names may be placed at each of them."""
GAP: Final = 0.6
"""What is between two labels at least."""
FONT: Final = 0.8125
_RESERVE: Final = 1.04
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]/-’‘“”«»·ادذرزوأإآء١ ")
_WIDE: Final = frozenset("mwMWOQGD@%—…صضسش")
_ARABIC: Final = ("\u0600", "\u06ff")
_FINAL: Final = frozenset("بتثفكسشصضقنيىل")
"""Letters that are wide at the end of a word."""
_LONGEST: Final = 11.0
"""A name that is longer is cut at a word."""
WHOLE: Final = 20.0
"""A name that is no longer than this is shown whole where it turns out to have room."""
_LINE: Final = 6.0
"""The same of each of two lines."""
_KEPT: Final = 16_384
"""How many texts and pairs of letters are measured once: titles come again on the pages of all they name."""
_SHORTEST: Final = 8
"""How many letters of a name are left at least where it is cut: "The…" names nothing."""


# In this order they are tried: a name is easiest to find with its middle over its mark.
_BEFORE: Final = {"middle": 0.5, "start": 0.0, "end": 1.0}
"""The share of a label that is before its place, by its anchor."""


class Wanted(NamedTuple):
    """A label that is to be placed."""

    at: float
    """The share of the width, from the side on which time begins."""
    size: float
    """Its length in rem."""


class Placed(NamedTuple):
    """Where a label is."""

    number: int
    """That of the label among those that were to be placed."""
    row: int
    anchor: str
    """``middle``, ``start`` or ``end``: which point of it is at its place."""
    width: float
    """The width of the axis from which on it is shown, in rem."""


@lru_cache(maxsize=_KEPT)
def text_size(text: str) -> float:
    """Return about how long *text* is, in rem, and rather more: fonts are the reader's."""
    following = (*text[1:], " ")
    return round(sum(map(_advance, text, following)) * FONT * _RESERVE, 2)


@lru_cache(maxsize=_KEPT)
def _advance(letter: str, following: str) -> float:
    """Return about how wide *letter* is, in em, before the letter *following*."""
    if combining(letter):
        return 0.0
    ends = not (following.isalpha() or combining(following))
    return 0.8 if ends and letter in _FINAL else _width(letter)


def _width(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.9
    if _ARABIC[0] <= letter <= _ARABIC[1]:
        return 0.5
    return 0.66 if letter.isupper() else 0.58


@lru_cache(maxsize=_KEPT)
def shortened(text: str) -> str:
    """Return *text* as it fits an axis: cut behind a word where it is long."""
    if text_size(text) <= _LONGEST:
        return text
    kept = ""
    for word in text.split():
        longer = f"{kept} {word}".strip()
        if text_size(longer + "…") > _LONGEST:
            break
        kept = longer
    return f"{kept or text[:14]}…"


@lru_cache(maxsize=_KEPT)
def broken(text: str, most: float = _LINE, size: Callable[[str], float] = text_size) -> tuple[str, str]:
    """Return *text* in two lines of at most *most* each; what is too long is cut behind a word.

    Of the breaks that cut nothing, the lines are those of which the longer is shortest. Where too little is
    left for a name, both lines are empty.
    """
    words = text.split()
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1)]
    whole = [lines for lines in breaks if max(map(size, lines)) <= most]
    if whole:
        return min(whole, key=lambda lines: max(map(size, lines)))
    first, rest = _fill(words, most, size)
    second, _ = _fill(rest, most, size, "…")
    if len(first + second) < _SHORTEST:
        return "", ""
    return (first, f"{second}…") if second else (f"{first}…", "")


def _fill(
    words: Sequence[str], most: float, size: Callable[[str], float], end: str = ""
) -> tuple[str, Sequence[str]]:
    """Return as many of *words* as fit, with *end* behind them, and those that are left."""
    fits = [at for at in range(1, len(words) + 1) if size(" ".join(words[:at]) + end) <= most]
    at = fits[-1] if fits else 0
    return " ".join(words[:at]), words[at:]


def room(marks: Iterable[tuple[float, float]], size: float, width: float) -> float | None:
    """Return the share of *width* behind which a text of *size* has room between *marks*, or None.

    The first such place is taken: 0 is the beginning, else it is the end of a mark.
    """
    last = 0.0
    for begin, end in (*sorted(marks), (1.0, 1.0)):
        if (begin - last) * width >= size + 2 * GAP:
            return last
        last = max(last, end)
    return None


def place(
    labels: Sequence[Wanted],
    rows: int,
    widths: Sequence[float] = WIDE,
    ranks: Sequence[int] = (),
    *,
    stems: bool = True,
) -> list[Placed]:
    """Return the *labels*, most important first, that fit into *rows*, the highest row first.

    With *stems*, each has a line down from its row, which no label of a lower row may cross. *ranks* are how
    many labels may be placed at each of *widths*: what is placed at one stays at all greater ones, and a
    label of little importance is not to take the room that an important one finds there.
    """
    placed: list[Placed] = []
    taken: set[int] = set()
    for step, width in enumerate(widths):
        # Marks move apart as the axis widens and names keep their size, so that each width is measured anew.
        used = [_Row() for _ in range(rows)]
        for number, row, anchor, _ in placed:
            at, size = labels[number].at * width, labels[number].size
            used[row].add(at, at - size * _BEFORE[anchor], size)
        for number in range(min(len(labels), ranks[step]) if ranks else len(labels)):
            if number in taken:
                continue
            found = _take_room(labels[number], used, width, stems=stems)
            if found:
                placed.append(Placed(number, *found, width))
                taken.add(number)
    return placed


def extended(
    labels: Sequence[Wanted], sizes: Sequence[float], placed: Iterable[Placed], widths: Iterable[float] = WIDE
) -> dict[int, float]:
    """Return the *labels* that have room for greater *sizes* where they are *placed*, by their numbers.

    Each has the first of *widths* at which it has, and so at every greater one. At each of them the most
    important label is looked at first; those that are shown only later keep the place that they were given.
    """
    found: dict[int, float] = {}
    spots, now = sorted(placed), list(labels)
    for width in widths:
        for spot in spots:
            number = spot.number
            if number in found or spot.width > width or sizes[number] <= labels[number].size:
                continue
            now[number] = labels[number]._replace(size=sizes[number])
            left, right = _edges(spot, now, width)
            if left >= 0 and right <= width and all(_are_apart(spot, other, now, width) for other in spots):
                found[number] = width
            else:
                now[number] = labels[number]
    return found


def _edges(spot: Placed, labels: Sequence[Wanted], width: float) -> tuple[float, float]:
    at, size = labels[spot.number]
    left = at * width - size * _BEFORE[spot.anchor]
    return left, left + size


def _are_apart(spot: Placed, other: Placed, labels: Sequence[Wanted], least: float) -> bool:
    """Return whether two labels touch neither each other nor the stem of the other, where both are shown.

    They are looked at from the width *least* on.
    """
    if spot is other:
        return True
    width = max(least, other.width)
    first, second = (spot, other) if labels[spot.number].at <= labels[other.number].at else (other, spot)
    if first.row == second.row:
        return _edges(first, labels, width)[1] + GAP <= _edges(second, labels, width)[0]
    if first.row < second.row:
        return _edges(first, labels, width)[1] + GAP / 2 <= labels[second.number].at * width
    return labels[first.number].at * width + GAP / 2 <= _edges(second, labels, width)[0]


class _Row:
    """The labels of a row at a width. None touches another: beginnings, ends and ticks have one order."""

    __slots__ = ("ats", "lefts", "rights")

    def __init__(self) -> None:
        """Begin an empty row."""
        self.ats: list[float] = []
        self.lefts: list[float] = []
        self.rights: list[float] = []

    def add(self, at: float, left: float, size: float) -> None:
        """Take a label that has room."""
        number = bisect(self.lefts, left)
        self.ats.insert(number, at)
        self.lefts.insert(number, left)
        self.rights.insert(number, left + size)

    def has_room(self, left: float, right: float, gap: float) -> bool:
        """Return whether what is between *left* and *right* is at least *gap* away from every label."""
        number = bisect(self.lefts, left)
        return (not number or self.rights[number - 1] + gap <= left) and (
            number == len(self.lefts) or right + gap <= self.lefts[number]
        )

    def has_no_stem(self, left: float, right: float) -> bool:
        """Return whether no label's stem crosses what is between *left* and *right* in a lower row."""
        number = bisect(self.ats, left - GAP / 2)
        return number == len(self.ats) or right + GAP / 2 <= self.ats[number]


def _take_room(label: Wanted, rows: Sequence[_Row], width: float, *, stems: bool) -> tuple[int, str] | None:
    """Put *label* where it touches no other and return its row and anchor, or None where there is no room.

    With *stems*, neither covers the stem of the other.
    """
    at, size = label.at * width, label.size
    lefts = [(at - size * before, anchor) for anchor, before in _BEFORE.items()]
    inside = [(left, anchor) for left, anchor in lefts if left >= 0 and left + size <= width]
    # A tick is in the middle of its label wherever there is room for that.
    for number in reversed(range(len(rows) if inside else 0)):
        for left, anchor in inside if stems else inside[:1]:
            if rows[number].has_room(left, left + size, GAP) and not (
                stems and _crosses(at, left, left + size, rows[:number], rows[number + 1 :])
            ):
                rows[number].add(at, left, size)
                return number, anchor
    return None


def _crosses(at: float, left: float, right: float, lower: Iterable[_Row], higher: Iterable[_Row]) -> bool:
    """Return whether the stem at *at* crosses a label of a *lower* row, or its label one of a *higher*."""
    return not (
        all(row.has_room(at, at, GAP / 2) for row in lower)
        and all(row.has_no_stem(left, right) for row in higher)
    )


def stacked(places: Iterable[float], width: float, size: float, most: int) -> list[int]:
    """Return how high each of the dots at *places*, shares of *width* in order, lies over the line.

    A dot takes the lowest level on which it touches no other; the highest takes what finds no room.
    """
    ends: list[float] = []
    levels: list[int] = []
    for place_ in places:
        at = place_ * width
        level = next((number for number, end in enumerate(ends) if at - end >= size - 1e-9), len(ends))
        level = min(level, most - 1)
        if level == len(ends):
            ends.append(at)
        ends[level] = at
        levels.append(level)
    return levels
