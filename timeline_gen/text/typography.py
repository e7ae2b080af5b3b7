"""Quotation marks, ellipses and dashes as a language sets them, in place of those that keyboards have.

What can be meant in two ways stays as it is typed: marks that do not pair, a hyphen between figures. Spaces
before closing marks are made such that no line begins with one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple, TypedDict

from timeline_gen.text.languages import primary


class _Marks(TypedDict, total=False):
    """The marks of a language, as its table gives them."""

    quotes: list[str]
    """Outer and inner marks: opening, closing, opening, closing."""
    dash: str
    spaced: bool
    """Whether there are thin spaces inside quotation marks and before high marks."""


_TABLE: Final[Mapping[str, _Marks]] = tomllib.loads(
    resources.files("timeline_gen.text").joinpath("typography.toml").read_text(encoding="utf-8")
)
_USUAL: Final = ("“", "”", "‘", "’")
HIDDEN: Final = "\ufffc"
"""What a caller puts in place of text that is not to be touched, such as code."""
APOSTROPHE: Final = "’"
_NO_BREAK: Final = "\xa0"
_THIN: Final = "\u202f"
TYPED: Final = re.compile(r"""["']|\.\.\.|--|[ ]-[ ]|[ ][،؛؟,;:!?.)\]»…]|«[ ]""")
"""What may have to be set; a text without it stays as it is."""
_ELLIPSIS: Final = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_DASH: Final = re.compile(
    r"""
    (?<=\S) [ ] (?P<spaced> ---? ) [ ] (?=\S)     # word -- word
    | (?<=[^\s\d]) [ ] - [ ] (?=[^\s\d])          # word - word, but not 5 - 3
    | (?<=\w) (?P<joined> ---? ) (?=\w)           # word--word, 1939--45
    """,
    re.VERBOSE,
)
_BEFORE_END: Final = re.compile(
    r"(?<=\S)[ ](?=(?:[،؛؟,;:!?.)\]»…]|\.\.\.)(?:[\s)\]»\"'”’]|$))|(?<=«)[ ](?=\S)"
)
_BEFORE: Final = frozenset(" \t\n\xa0\u202f([{«“‘„—–/")
_AFTER: Final = frozenset(" \t\n\xa0\u202f)]}»”’،؛؟,;:!?.…—–/")
_QUOTE: Final = re.compile('"')
_SINGLE: Final = re.compile("'")


class TextEdit(NamedTuple):
    """What takes the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


class _Manner(NamedTuple):
    """How a language sets marks."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    dash: str
    spaced: bool


@cache
def _manner(lang: str) -> _Manner:
    found = _TABLE.get(primary(lang), {})
    first, second, third, fourth = found.get("quotes", _USUAL)
    return _Manner((first, second), (third, fourth), found.get("dash", "–"), spaced=bool(found.get("spaced")))


def edits(text: str, lang: str) -> list[TextEdit]:
    """Return what is to be set otherwise in *text*, one block in the language *lang*, in order."""
    if not TYPED.search(text):
        return []
    manner = _manner(lang)
    found: list[TextEdit] = []
    if "..." in text:
        found += (TextEdit(*match.span(), "…") for match in _ELLIPSIS.finditer(text))
    if "--" in text or " - " in text:
        found += (_dash(match, manner) for match in _DASH.finditer(text))
    found += _spaces(text, manner)
    if '"' in text:
        found += _double(text, manner)
    if "'" in text:
        found += _single(text, manner)
    # Two kinds may want the same characters: the first has them, as applied() needs edits that are apart.
    found.sort()
    return [edit for number, edit in enumerate(found) if not number or found[number - 1].end <= edit.start]


def applied(text: str, changes: list[TextEdit]) -> str:
    """Return *text* with *changes* made, which are in order."""
    parts: list[str] = []
    last = 0
    for start, end, new in changes:
        parts += text[last:start], new
        last = end
    return "".join((*parts, text[last:]))


def _dash(found: re.Match[str], manner: _Manner) -> TextEdit:
    """Return the dash for hyphens; one between words stays on the line of the word before."""
    long = "—" if "---" in found[0] else manner.dash
    if found["joined"]:
        figures = found.string[found.start() - 1].isdigit() and found.string[found.end()].isdigit()
        return TextEdit(*found.span(), "–" if figures else "—")
    return TextEdit(*found.span(), f"{_NO_BREAK}{long} ")


def _spaces(text: str, manner: _Manner) -> Iterator[TextEdit]:
    for found in _BEFORE_END.finditer(text):
        high = text[found.end()] in ";:!?»" or text[found.start() - 1] == "«"
        yield TextEdit(*found.span(), _THIN if manner.spaced and high else _NO_BREAK)


def _pairs(places: list[int], text: str) -> list[tuple[int, int]]:
    """Return the marks at *places* by two, opening and closing; none where they do not pair."""
    kinds: list[str] = []
    for at in places:
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        opens = (before in _BEFORE or before in "\"'") and not after.isspace()
        closes = (after in _AFTER or after in "\"'" or after == HIDDEN) and not before.isspace()
        expected = "close" if kinds and kinds[-1] == "open" else "open"
        if not (opens if expected == "open" else closes):
            # All marks stay as typed: without one of them those after it would open where they close.
            return []
        kinds.append(expected)
    return list(zip(places[::2], places[1::2], strict=True)) if len(places) % 2 == 0 else []


def _double(text: str, manner: _Manner) -> Iterator[TextEdit]:
    thin = _THIN if manner.spaced else ""
    for start, end in _pairs([found.start() for found in _QUOTE.finditer(text)], text):
        yield TextEdit(start, start + 1, manner.outer[0] + thin)
        yield TextEdit(end, end + 1, thin + manner.outer[1])


def _single(text: str, manner: _Manner) -> Iterator[TextEdit]:
    """Yield the apostrophes, and the marks that pair."""
    rest: list[int] = []
    for found in _SINGLE.finditer(text):
        at = found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        # "it's", "the '90s": only what can be nothing else; other marks may be quotation marks.
        if (_is_latin(before) and (_is_latin(after) or after.isdigit())) or after.isdigit():
            yield TextEdit(at, at + 1, APOSTROPHE)
        else:
            rest.append(at)
    for start, end in _pairs(rest, text):
        yield TextEdit(start, start + 1, manner.inner[0])
        yield TextEdit(end, end + 1, manner.inner[1])


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and letter < "\u0250"
