"""Bytes into text: what must hold of every content file before anyone reads it.

Lines and columns are only worth showing if the reader's editor counts them in the same way. So each
character that one program takes for the end of a line and another does not is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.model.texts import Position
from timeline_gen.text.bidi import unbalanced
from timeline_gen.text.fences import without_fenced

MAX_BYTES: Final = 1024 * 1024
"""Of one content file; the longest novels are shorter."""

_BOM: Final = "\ufeff"

_REFUSED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters but tab and line feed, and the line breaks of Unicode that editors do not count."""

# A mark that stays open makes a name or an address look like another, in editors, too (Trojan Source).
_DIRECTIONS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that set the direction of what follows, up to the mark that closes them."""

_SUSPECT: Final = re.compile(f"[{_REFUSED.pattern[1:-1]}{_DIRECTIONS.pattern[1:-1]}]")
"""All of these: one look, which finds nothing in most files."""

_CONFLICT: Final = re.compile(r"^<{7} .*\n(?s:.*?)^={7}\n(?s:.*?)^>{7} ", re.MULTILINE)
"""What git leaves in a file where it could not join two versions."""

_NAMES: Final = {
    "\x00": say("a NUL character"),
    "\x0b": say("a vertical tab"),
    "\x0c": say("a form feed"),
    "\r": say("a lone carriage return"),
    "\x85": say("a 'next line' character (U+0085)"),
    "\u2028": say("a line separator (U+2028)"),
    "\u2029": say("a paragraph separator (U+2029)"),
}


class WrongCharacter(NamedTuple):
    """A character that a text must not hold, or a direction mark without its counterpart."""

    code: str
    message: str
    position: Position
    hint: str


def decode(source: Source, limit: int = MAX_BYTES) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of *source*, its lines ended by line feeds, or None; and the problems with it.

    It may have *limit* bytes.
    """
    path = source.path
    if len(source.data) > limit:
        # No more than that was read of it.
        message = say("the file is longer than {limit:,} bytes, which is the limit", limit=limit)
        hint = (
            say("split it into several articles")
            if limit == MAX_BYTES
            else say("split it into several files")
        )
        return None, (Problem("TG107", message, Place(path), hint),)
    try:
        text = source.data.decode()
    except UnicodeDecodeError as error:
        return None, (_not_utf8(source, error),)
    problems: list[Problem] = []
    if text.startswith(_BOM):
        text = text[1:]
        problems.append(_marked(source))
    # A carriage return without a line feed stays, and is refused below: editors disagree about it.
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.strip():
        message = say("the file is empty")
        problems.append(Problem("TG102", message, Place(path), say("write something into it, or delete it")))
        return None, tuple(problems)
    # What a text shows as code, no one has to mend.
    if "<<<<<<<" in text and (conflict := _CONFLICT.search(without_fenced(text))):
        problems.append(_unresolved(source, text, conflict.start()))
        return None, tuple(problems)
    text, wrong = without_refused(text)
    problems += (
        Problem(fault.code, fault.message, Place(path, *fault.position), fault.hint) for fault in wrong
    )
    return text, tuple(problems)


def without_refused(text: str) -> tuple[str, tuple[WrongCharacter, ...]]:
    """Return *text* with a space for each character that is refused, and what is wrong with it."""
    if not _SUSPECT.search(text):
        return text, ()
    wrong = [_refused(text, found) for found in _REFUSED.finditer(text)]
    text = _REFUSED.sub(" ", text)  # so that it is not met again
    if _DIRECTIONS.search(text):
        wrong += _not_closed(text)
    return text, tuple(wrong)


def spot_of(text: str, index: int) -> Position:
    """Return the line and the column of the character at *index* of *text*."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _not_closed(text: str) -> Iterator[WrongCharacter]:
    """Yield a fault for each direction mark that reaches to the end of its line, or that closes nothing."""
    for number, line in enumerate(text.split("\n"), 1):
        for offset in unbalanced(line):
            message = say(
                "the invisible direction mark U+{line:04X} has no counterpart in its line",
                line=ord(line[offset]),
            )
            hint = say("delete it; for a word in the other direction write <bdi>…</bdi> in the body")
            yield WrongCharacter("TG113", message, (number, offset + 1), hint)


def _not_utf8(source: Source, error: UnicodeDecodeError) -> Problem:
    """Return the problem of a *source* that is not UTF-8, with the encoding that it may be in."""
    before = source.data[: error.start].decode()
    line, column = spot_of(before, len(before))
    byte = source.data[error.start]
    message = say(
        "the file is not UTF-8: byte {start} of it ({byte:#04x}) begins no character",
        start=error.start + 1,
        byte=byte,
    )
    if source.data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        message = say("the file is not UTF-8 but UTF-16")
    hint = say("save it again with the encoding UTF-8 (in many editors: File, Save with encoding)")
    return Problem("TG101", message, Place(source.path, line, column), hint)


def _marked(source: Source) -> Problem:
    message = say("the file begins with a byte order mark, an invisible character that UTF-8 does not need")
    hint = say("save it as 'UTF-8', not as 'UTF-8 with BOM'; it was read without the mark")
    return Problem("TG103", message, Place(source.path), hint, Level.WARNING)


def _unresolved(source: Source, text: str, index: int) -> Problem:
    """Return the problem of an unresolved conflict in *text*, from *index* on."""
    message = say("git could not join two versions of the file, and both are in it, from this line on")
    hint = say("keep what is right of the two, and delete the lines of <<<<<<<, ======= and >>>>>>>")
    return Problem("TG132", message, Place(source.path, *spot_of(text, index)), hint)


def _refused(text: str, found: re.Match[str]) -> WrongCharacter:
    """Return the problem of the refused character that was *found* in *text*, with its position."""
    char = found.group()
    name = _NAMES.get(char, say("the control character U+{char:04X}", char=ord(char)))
    message = say("{name} is here, which is invisible and which programs read in different ways", name=name)
    hint = say("delete it; where a new line is meant, press Enter")
    return WrongCharacter("TG106", message, spot_of(text, found.start()), hint)
