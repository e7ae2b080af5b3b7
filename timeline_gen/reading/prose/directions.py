"""Directions inside clean HTML: blocks in the other script get theirs, and runs of it are isolated.

Without it, an English paragraph on an Arabic page begins at the right with its full stop at the left, and the
numbers and brackets next to a Latin name in an Arabic sentence change places (UAX #9, section 3.3; HTML,
section 4.5.24, ``bdi``). What already has ``dir`` is left as its author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from timeline_gen.text.bidi import STRONG, runs_against

_OTHER: Final = {"ltr": "rtl", "rtl": "ltr"}
_TOKEN: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>[^>]*)>|[^<]+|<")
_ENTITY: Final = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_DIRECTION: Final = re.compile(r' dir="(ltr|rtl|auto)"')
_VOID: Final = frozenset(["br", "col", "hr", "img", "input", "wbr"])
_CONTAINERS: Final = frozenset(["blockquote", "dl", "div", "figure", "ol", "section", "table", "ul"])
_LEAVES: Final = frozenset(["caption", "dd", "dt", "figcaption", "h2", "h3", "h4", "h5", "h6", "li", "p"])
_ROWS: Final = frozenset(["tbody", "td", "tfoot", "th", "thead", "tr"])
"""Parts of a table, which follow its columns."""
_BLOCKS: Final = _CONTAINERS | _LEAVES | _ROWS
_APART: Final = frozenset(["bdi", "bdo", "code", "kbd", "math", "pre", "samp", "sup"])
"""Elements whose text does not take part in the text around it, or is in no language."""


class _Token(NamedTuple):
    """A tag or a text."""

    text: str
    name: str = ""
    """Of the element, where it is a tag."""
    ends: bool = False
    direction: str = ""
    """The value of its ``dir``, where it has one."""

    @property
    def opens(self) -> bool:
        """Return whether it begins an element that has an end."""
        return bool(self.name) and not self.ends and self.name not in _VOID

    @property
    def parts(self) -> bool:
        """Return whether no run of text goes on behind it."""
        return self.name in _BLOCKS or self.name in {"br", "hr"}


@dataclass(slots=True)
class _Block:
    """A block that is open, and the directions of the letters in it."""

    token: int
    """The number of its tag; -1 for the whole text."""
    name: str
    direction: str
    given: bool
    """Whether its author sets it, here or around it."""
    letters: set[str] = field(default_factory=set)
    marked: list[int] = field(default_factory=list)
    """The blocks in it that have got a direction."""


def directed(markup: str, direction: str) -> str:
    """Return the clean HTML *markup* of a text that runs in *direction*, ``ltr`` or ``rtl``.

    A block whose letters all run the other way gets ``dir``; runs of such letters elsewhere get ``bdi``.
    """
    against = STRONG[_OTHER[direction]]
    # Tags are in Latin letters, so for these they are left out; for Arabic ones they need not be.
    if not against.search(markup if direction == "ltr" else _plain(markup)) and " dir=" not in markup:
        return markup
    tokens = [_token(found) for found in _TOKEN.finditer(markup)]
    for number in _blocks_against(tokens, direction):
        other = _OTHER[direction]
        old = tokens[number]
        tokens[number] = old._replace(text=f'{old.text[:-1]} dir="{other}">', direction=other)
    return "".join(_isolated(tokens, direction))


def _plain(markup: str) -> str:
    return _ENTITY.sub("", _TOKEN.sub(lambda found: "" if found["name"] else found[0], markup))


def _token(found: re.Match[str]) -> _Token:
    if not found["name"]:
        return _Token(found[0])
    given = _DIRECTION.search(found["attributes"])
    return _Token(found[0], found["name"], bool(found["end"]), given[1] if given else "")


def _blocks_against(tokens: list[_Token], direction: str) -> list[int]:
    """Return the tags, by number, of the widest blocks whose letters all run against *direction*."""
    whole = _Block(-1, "", direction, given=False)
    opened, apart = [whole], 0
    for number, token in enumerate(tokens):
        if token.name in _APART:
            apart += -1 if token.ends else 1
        elif not token.name:
            if not apart:
                opened[-1].letters |= _letters(token.text)
        elif token.name in _BLOCKS:
            if token.opens:
                outer = opened[-1]
                given = bool(token.direction) or outer.given
                opened.append(_Block(number, token.name, direction, given))
            elif len(opened) > 1:
                _close(opened.pop(), opened[-1])
    return sorted(whole.marked)


def _close(block: _Block, outer: _Block) -> None:
    """Take what is known of *block*, which has ended, into the one *outer* to it."""
    outer.letters |= block.letters
    against = block.letters == {_OTHER[block.direction]} and not block.given and block.name not in _ROWS
    # A list that runs the other way as a whole is marked, not its items: its bullets and its indentation
    # change sides with it.
    outer.marked += [block.token] if against else block.marked


def _letters(text: str) -> set[str]:
    """Return the directions of the letters in *text*, which is HTML without tags."""
    plain = _ENTITY.sub("", text)
    return {direction for direction, strong in STRONG.items() if strong.search(plain)}


def _isolated(tokens: list[_Token], direction: str) -> Iterator[str]:
    """Yield the texts of *tokens*, with the runs that go against their block isolated."""
    around = [direction]
    line: list[_Token] = []
    for token in tokens:
        if not token.parts:
            line.append(token)
            continue
        yield from _isolated_line(line, around[-1])
        line = []
        yield token.text
        if token.opens:
            # What dir="auto" comes to is for the browser to find out; here the direction around it is taken.
            around.append(token.direction if token.direction in _OTHER else around[-1])
        elif token.ends and len(around) > 1:
            around.pop()
    yield from _isolated_line(line, around[-1])


def _isolated_line(line: list[_Token], direction: str) -> Iterator[str]:
    """Yield the texts of *line*, inline tags and texts, with ``bdi`` around each run against *direction*."""
    text = "".join(token.text for token in line)
    shown, positions = _shown(line)
    elements = _elements(line)
    along = STRONG[direction]
    position = 0
    for start, end in runs_against(shown, direction):
        span = _with_whole_elements(positions[start], positions[end - 1] + 1, elements)
        outside = _plain(text[span[0] : positions[start]]) + _plain(text[positions[end - 1] + 1 : span[1]])
        # Nothing can be put around an element that holds letters of both directions, some of them outside.
        if span[0] >= position and not along.search(outside):
            yield text[position : span[0]]
            yield f"<bdi>{text[span[0] : span[1]]}</bdi>"
            position = span[1]
    yield text[position:]


def _shown(line: list[_Token]) -> tuple[str, list[int]]:
    """Return the text of *line* without its tags, and where each letter of it is in the HTML.

    What takes no part, as entities and the text of elements that are apart, is there as spaces.
    """
    letters: list[str] = []
    positions: list[int] = []
    place = apart = 0
    for token in line:
        if token.name:
            if apart or token.direction or token.name in _APART:
                apart += 1 if token.opens else -1 if token.ends else 0
        else:
            text = _ENTITY.sub(lambda found: " " * len(found[0]), token.text)
            letters.append(" " * len(text) if apart else text)
            positions += range(place, place + len(text))
        place += len(token.text)
    return "".join(letters), positions


def _elements(line: list[_Token]) -> list[tuple[int, int, int]]:
    """Return where each element of *line* begins, where its end tag begins, and where it ends."""
    found: list[tuple[int, int, int]] = []
    opened: list[int] = []
    place = 0
    for token in line:
        if token.opens:
            opened.append(place)
        elif token.ends and opened:
            found.append((opened.pop(), place, place + len(token.text)))
        place += len(token.text)
    return found


def _with_whole_elements(first: int, last: int, elements: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Return the stretch from *first* to *last*, widened so that no element lies in it in part."""
    before = None
    # What an element adds may reach into another one, which must be taken in whole, too.
    while before != (first, last):
        before = (first, last)
        for start, inner, end in elements:
            if start < last and first < end and not (start < first and last <= inner):
                first, last = min(first, start), max(last, end)
    return first, last
