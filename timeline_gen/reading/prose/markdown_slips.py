"""Slips in the marks of Markdown itself: what was meant is not read, and readers see the marks.

Each pattern goes through a text once: repetition inside one is possessive, or stops at a mark of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose.foreign_marks import FILE_ENDING, OWN_SCHEME, mark, note_marks
from timeline_gen.reading.prose.locating import Locator

_TARGET: Final = rf"(?:{OWN_SCHEME}|https?://)[^\s()\[\]]+|[^\s()\[\]]+{FILE_ENDING}"
_HIDDEN: Final = "\u00a0\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BLOCK: Final = r"(?:#{1,6}|[-*+>]|\d{1,9}[.)]|[٠-٩]{1,9}[.)-]|[•●▪◦‣·–—])"

_SLIPS: Final = (
    mark(
        "](",
        r"(?<!\\)!?\[[^\[\]\n]+\]\((?=\S)[^()\n]*+(?:\n(?![ \t]*\n)[^()\n]*+)*+(?=\n[ \t]*\n|\n?\Z)",
        say("a link or a picture that is not closed"),
        say("write ')' behind the address"),
    ),
    mark(
        "][",
        rf"(?<!\\)!?\[[^\[\]\n]+\]\[(?:{_TARGET})\]",
        say("a link with its address in square brackets"),
        say("write the address in round brackets: [words](address)"),
    ),
    mark(
        ")[",
        rf"!?\([^()\n]+\)\[(?:{_TARGET})\]",
        say("a link whose brackets are the wrong way round"),
        say("write the words in square brackets, the address in round ones: [words](address)"),
    ),
    mark(
        "[",
        rf"(?<!\\)!?\[[^\[\]()\n]+\((?:{_TARGET})\)(?![^\[\]()\n]*\])",
        say("a link whose ']' is missing"),
        say("write ']' behind the words: [words](address)"),
    ),
    mark(
        "[",
        rf"(?<![\\\]!\[)])\[{OWN_SCHEME}[\w.-]+\](?![\[(:\]])",
        say("a link without words"),
        say("write [words](address)"),
    ),
    mark(
        "[!",
        r"^ {0,3}\[!(?i:note|tip|important|warning|caution)\][^\n]*",
        say("a box without '>'"),
        say("write > [!NOTE], and the text behind > on the lines below"),
    ),
    mark(
        "**",
        r"(?<![\S*])\*\* [^*\n]+ \*\*(?![\S*])",
        say("bold text with spaces inside its marks"),
        say("remove the spaces next to the marks: **words**"),
    ),
)
_DEFINED: Final = re.compile(rf"^ {{0,3}}\[(?:{_TARGET})\]:", re.MULTILINE)
_ONCE: Final = (
    (
        re.compile(rf"^ {{0,3}}(?=[{_HIDDEN}]+ ?{_BLOCK}[ \t])", re.MULTILINE),
        say("this line begins with an invisible character, so that the mark after it is none"),
        say("delete what is before the mark, with the key Backspace"),
    ),
    (
        re.compile(r"^ {0,3}(?=#{1,6}[^\s#\\{}!])", re.MULTILINE),
        say("a space is missing behind '#': not every program makes a heading of this line"),
        say("write '# ' for a heading, or \\# for the sign itself"),
    ),
    (
        re.compile(r"(?<![\\!])(?=\[[^\[\]\n]+\]\([ \t]*\))"),
        say("this link has no address: it would lead to the page that it is on"),
        say("write the address in the round brackets, or the words only"),
    ),
)
"""What else is wrong, with what to write; of each kind the first is named."""
_OTHER_LIST: Final = re.compile(r"^ {0,3}(?P<mark>[٠-٩]{1,3}[.)-]|[•●▪◦‣·–—])[ \t]*+(?=\S)")
_UNSPACED: Final = re.compile(r"^ {0,3}(?:[-+]|(?P<number>\d{1,3})[.)])(?=[^\W\d_])")
_ITEM: Final = re.compile(r"^ {0,3}(?:[-+*]|(?P<number>\d{1,9})[.)])[ \t]")
_CELLS: Final = re.compile(r"^ {0,3}\|.*\|[ \t]*+$")
_RULER: Final = re.compile(r"^ {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_ESCAPED: Final = re.compile(r"\\.")
_BOLD: Final = re.compile(r"(?<![*~\w])(?P<sign>\*\*|~~)(?=[^\W_])")
_SUSPECT: Final = re.compile(r"^ {0,3}(?:[-+•●▪◦‣·–—|]|\d{1,3}[.)][^\W\d_]|[٠-٩])|\*\*|~~", re.MULTILINE)
"""What a text holds in which a paragraph may have a slip."""
_INDENTED: Final = re.compile(r"^(?: {4}|\t)", re.MULTILINE)
_WORD: Final = re.compile(r"[^\W\d_]+[,;:،؛.!?؟]?")


def note_slips(locator: Locator, diagnostics: Diagnostics) -> None:
    """Warn of marks of Markdown in a body that are not quite right, each at its place."""
    text = locator.bare
    # [guide][guide.md] is right where the text says below where [guide.md] is.
    slips = [slip for slip in _SLIPS if slip.sign != "]["] if _DEFINED.search(text) else _SLIPS
    note_marks(slips, "TG441", locator, diagnostics)
    for pattern, message, hint in _ONCE:
        if found := pattern.search(text):
            diagnostics.add("TG441", message, locator.position(found.end()), hint, level=Level.WARNING)
    if _SUSPECT.search(text):
        _note_paragraphs(locator, diagnostics)
    if _INDENTED.search(text):
        _note_prose_as_code(locator, diagnostics)
    opened = text.find("<!--")
    if opened >= 0 and locator.text.find("-->", opened) < 0:
        message = say("'<!--' begins a comment that is not closed, so that all below may be left out")
        hint = say("write --> at the end of the comment")
        diagnostics.add("TG441", message, locator.position(opened), hint, level=Level.WARNING)


class _Slip(NamedTuple):
    """A slip in a paragraph."""

    line: int
    column: int
    message: str
    hint: str


def _note_paragraphs(locator: Locator, diagnostics: Diagnostics) -> None:
    """Warn of the slips in each paragraph that is no code by its indentation."""
    for start, lines in _runs(locator.bare):
        if lines[0].strip() and not lines[0].startswith(("    ", "\t")):
            for slip in (found for find in _FINDERS if (found := find(lines))):
                index = start + sum(len(line) + 1 for line in lines[: slip.line]) + slip.column
                diagnostics.add(
                    "TG441", slip.message, locator.position(index), slip.hint, level=Level.WARNING
                )


def _runs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the runs of lines of *text* that are blank, and those that are not, with where each begins."""
    start = 0
    for _, run in groupby(text.split("\n"), key=lambda line: bool(line.strip())):
        lines = list(run)
        yield start, lines
        start += sum(len(line) + 1 for line in lines)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _other_list(lines: list[str]) -> _Slip | None:
    """Find two lines that begin with a mark of lists, or with digits, that Markdown does not know."""
    for number, (line, after) in enumerate(pairwise(lines)):
        first, second = _OTHER_LIST.match(line), _OTHER_LIST.match(after)
        if first and second and (first["mark"][0].isdecimal() or first["mark"] == second["mark"]):
            typed, right = first["mark"], "1. " if first["mark"][0].isdecimal() else "- "
            message = say("{typed!r} begins no item of a list: these lines run together", typed=typed)
            hint = say("begin each item with {right!r}", right=right)
            return _Slip(number, _indentation(line), message, hint)
    return None


def _unspaced_item(lines: list[str]) -> _Slip | None:
    """Find an item of a list without a space behind its mark."""
    for number, (line, after) in enumerate(pairwise(lines)):
        unspaced, found = _UNSPACED.match(line), _UNSPACED.match(after)
        item = unspaced or _ITEM.match(line)
        if found and item and _follows(item["number"], found["number"]):
            wrong, at = (line, number) if unspaced else (after, number + 1)
            typed = (unspaced or found)[0].strip()
            message = say("a space is missing after {typed!r}, so that this begins no item", typed=typed)
            hint = say("begin each item with {right!r}", right=f"{typed} ")
            return _Slip(at, _indentation(wrong), message, hint)
    return None


def _follows(number: str | None, after: str | None) -> bool:
    """Return whether *after* numbers the item behind that of *number*; both are None for dashes."""
    if number is None or after is None:
        return number is after
    return int(after) == int(number) + 1


def _table(lines: list[str]) -> _Slip | None:
    """Find rows of a table without the line below their head, or with one of other columns."""
    number = next((number for number, line in enumerate(lines[:-1]) if _CELLS.match(line)), None)
    if number is None or not (_CELLS.match(lines[number + 1]) or _RULER.match(lines[number + 1])):
        return None
    columns = _columns(lines[number])
    right = "|".join(["", *["---"] * columns, ""])
    hint = say("write {right} on a line of its own below the first row", right=right)
    if not _RULER.match(lines[number + 1]):
        message = say("these rows are no table: the line below the head is missing")
        return _Slip(number, _indentation(lines[number]), message, hint)
    if _columns(lines[number + 1]) != columns:
        message = say("these rows are no table: this line has other columns than the head")
        return _Slip(number + 1, _indentation(lines[number + 1]), message, hint)
    return None


def _columns(row: str) -> int:
    """Return how many cells the *row* has."""
    row = _ESCAPED.sub("", row).strip()
    return row.removeprefix("|").removesuffix("|").count("|") + 1


def _open_bold(lines: list[str]) -> _Slip | None:
    """Find a mark of bold or struck text that its paragraph does not close."""
    for sign in ("**", "~~"):
        rows = [_ESCAPED.sub("  ", line) for line in lines if sign in line]
        if len(rows) == 1 and rows[0].count(sign) == 1:
            number = next(number for number, line in enumerate(lines) if sign in line)
            if (found := _BOLD.search(rows[0])) and found["sign"] == sign:
                message = say("{sign!r} is not closed in this paragraph: readers would see it", sign=sign)
                hint = say("write {sign} behind the words, too", sign=sign)
                return _Slip(number, found.start(), message, hint)
    return None


_FINDERS: Final = (_other_list, _unspaced_item, _table, _open_bold)


def _note_prose_as_code(locator: Locator, diagnostics: Diagnostics) -> None:
    """Warn of sentences that are indented so far that they are code."""
    before = ""
    for start, lines in _runs(locator.bare):
        if not lines[0].strip():
            continue
        follows = before.startswith((" ", "\t", "[^", "*[")) or _ITEM.match(before)
        if not follows and all(map(_INDENTED.match, lines)) and _is_prose(" ".join(lines)[:_GLANCE]):
            message = say("a tab or four spaces at the beginning make this paragraph a block of code")
            position = locator.position(start + _indentation(lines[0]))
            hint = say("begin the paragraph at the margin: themes decide about indentation")
            diagnostics.add("TG441", message, position, hint, level=Level.WARNING)
        before = lines[0]


_GLANCE: Final = 400
"""How many characters of a paragraph show whether it is prose."""
_FEWEST: Final = 5
"""Words of a sentence in letters that code is written in, too."""


def _is_prose(text: str) -> bool:
    """Return whether *text* reads like sentences rather than like code."""
    words = text.split()
    plain = [word for word in words if _WORD.fullmatch(word)]
    if len(plain) < len(words) * 0.8:
        return False
    return "\u0600" <= text.lstrip()[0] <= "\u06ff" or (
        len(words) >= _FEWEST and (len(text) >= _GLANCE or text.rstrip()[-1] in ".!?")
    )
