"""One fix of one line: what is replaced there, and by what."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from typing import Final, NamedTuple

from timeline_gen.errors import Problem
from timeline_gen.messages import Message
from timeline_gen.model.texts import Position
from timeline_gen.text.suggestions import ClearSuggestion, is_slip

_NAMES: Final = frozenset(
    {
        *("TG140", "TG302", "TG304", "TG309", "TG413", "TG502", "TG508", "TG512", "TG521", "TG522", "TG523"),
        *("TG602", "TG605", "TG710"),
    }
)
"""Codes of what may be a key or an id with a slip."""
FIXABLE: Final = _NAMES | {"TG109", "TG130", "TG603"}
"""Codes of what may have just one fix."""
_WORD: Final = re.compile(r"[^\s,;:()\[\]{}\"'#/]+")
_NEAR: Final = 3
"""How many words behind the place of a problem may be the one that is meant."""
_CUT: Final = re.compile(
    r"(?P<key>[ \t]*(?:- )?[\w-]+:[ \t]+|[ \t]*- )(?P<text>[^\s\"'\[\]{}|>&*!%@`].*?)[ \t]*"
)
_BEGINS: Final = re.compile(r"[ \t]*(?:$|#|-(?: |$)|[\w-]+:(?: |$))")
"""How a line begins that does not go on with the text above it."""
_COMMENT: Final = re.compile(r"(?:^|[ \t])#")
_GLUED: Final = re.compile(r"#\w")


class Edit(NamedTuple):
    """What is put in place of *old*, which begins at *spot*; lines and columns count from 1."""

    spot: Position
    old: str
    new: str
    is_key: bool = False
    """Whether it renames a key of a mapping."""


def edit_of(problem: Problem, text: str) -> Edit | None:
    """Return the edit of *text* that is the one fix of *problem*; None where there are more, or none."""
    lines = _lines(text)
    line, column = problem.place.line, problem.place.column
    if not 0 < line <= len(lines):
        return None
    typed = lines[line - 1]
    if problem.code == "TG130":
        return _quoted(typed, line, column - 1, next(iter(lines[line:]), ""))
    if problem.code in _NAMES:
        return _renamed(problem, typed)
    return None


def applied(text: str, edits: Collection[Edit]) -> str:
    """Return *text* with all *edits* made; its line ends and its byte order mark stay."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix(mark).split("\n")
    # From the end, so that the columns of earlier edits in a line stay right.
    for edit in sorted(edits, reverse=True):
        line, start = lines[edit.spot[0] - 1], edit.spot[1] - 1
        # Two problems may have one fix: the second finds the first one done.
        if line.startswith(edit.old, start):
            lines[edit.spot[0] - 1] = line[:start] + edit.new + line[start + len(edit.old) :]
    return mark + "\n".join(lines)


def part_of(message: str, name: str) -> str:
    """Return the part *name* that *message*, or a message in it, was filled with; else an empty string."""
    if not isinstance(message, Message):
        return ""
    own = message.parts.get(name)
    if isinstance(own, str):
        return own
    inner = (part_of(part, name) for part in message.parts.values() if isinstance(part, str))
    return next(filter(None, inner), "")


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]


def _renamed(problem: Problem, line: str) -> Edit | None:
    """Return the edit that writes the one name that can be meant."""
    near, same = part_of(problem.hint, "near"), part_of(problem.hint, "same")
    number, start = problem.place.line, problem.place.column - 1
    is_key = problem.code == "TG302"
    for word in islice(_WORD.finditer(line, start), 1 if is_key else _NEAR):
        spot = (number, word.start() + 1)
        if isinstance(near, ClearSuggestion) and is_slip(word[0], near):
            return Edit(spot, word[0], str.__str__(near), is_key)
        if same and is_key:
            return Edit(spot, word[0], str.__str__(same), is_key)
    return None


def _quoted(line: str, number: int, start: int, following: str) -> Edit | None:
    """Return the edit that puts the text of *line*, which a ``#`` at *start* cuts off, in quotes.

    Where a blank follows the ``#``, a comment may be meant; where the *following* line goes on with the text,
    more than this line is to be quoted.
    """
    found = _CUT.fullmatch(line)
    if not found or not _GLUED.match(line, start) or len(_COMMENT.findall(found["text"])) != 1:
        return None
    if _indent(following) > _indent(line) and not _BEGINS.match(following):
        return None
    return Edit((number, found.start("text") + 1), found["text"], _in_quotes(found["text"]))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_quotes(text: str) -> str:
    """Return *text* as a scalar in quotes (YAML 1.2.2, sections 7.3.1 and 7.3.2)."""
    if ("\\" in text or '"' in text) and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
