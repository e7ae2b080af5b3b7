"""Slips that YAML reads without complaint, but not as they were meant, and their complaints.

A ``#`` after a space begins a comment, and the rest of a title is gone; a comma of another script divides no
list; ``title:Bridge`` is one word, and ``-id`` is a key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from timeline_gen.messages import say
from timeline_gen.model.events import TEXT_FACTS
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.yaml_words import Complaint

_TEXT_WORDS: Final = (
    "alt archive_ref author caption credit description name page publisher quote reason summary text title"
)
_TEXT_KEYS: Final = frozenset({*_TEXT_WORDS.split(), *TEXT_FACTS})
"""Keys whose value is free text, in which a ``#`` is more likely a part of it than a comment."""

# "title: Bridge #3" loses its end; two spaces before "# " are how comments are typed.
_COMMENT: Final = re.compile(r"(?: |[ \t]+(?=#\w))(?=#)")
"""A comment after one space, or with a letter or digit after its ``#``; others are meant as comments."""
_GLUED: Final = re.compile(r"#\w")
_COLOUR: Final = re.compile(r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b")
_HIDING: Final = re.compile(r"""[\s,\[{](?P<comment>#\w[^\n"']*[\]}])""")
_QUOTE: Final = re.compile("[\"']")
_FOREIGN_COMMA: Final = re.compile("[،、，]")
# Not https://…, and not a::b.
_UNSPACED_COLON: Final = re.compile(r"[ \t]*(?:-[ \t]+)?(?P<key>[A-Za-z_]+):(?=[^\s/:])")
_UNSPACED_DASH: Final = re.compile(r"[ \t]*-(?=[A-Za-z_]+:(?:\s|$)|[^\W\d][^:\n]*$)")
_WIDE_COLON: Final = re.compile(r"[ \t]*(?:-[ \t]+)?(?P<key>[\w-]+)[ \t]?(?P<colon>[：︰﹕ː∶])")
_QUOTED: Final = re.compile(r"""[ \t]*(?:-[ \t]+)?[\w-]+:[ \t]+(?P<mark>["'])""")


class Comment(NamedTuple):
    """A comment that begins where a plain scalar ends."""

    start: int
    """Where its ``#`` is in the source text."""
    glued: bool
    """Whether a letter or digit follows at once."""
    colour: bool
    """Whether it reads like a colour of CSS."""


def comment_after(text: str, index: int) -> Comment | None:
    """Return the comment behind the plain scalar that ends at *index* of *text*, unless meant as one."""
    found = _COMMENT.match(text, index)
    if not found:
        return None
    start = found.end()
    return Comment(start, bool(_GLUED.match(text, start)), bool(_COLOUR.match(text, start)))


def loses_text(comment: Comment, key: str, *, empty: bool, listed: bool) -> bool:
    """Return whether *comment*, behind a value of *key*, was more likely meant as a part of it.

    The value may be *empty*, or *listed* among others.
    """
    if listed:
        # "- canal #strike" loses a word; "- canal # later" holds a note.
        return comment.glued
    if empty:
        # "accent: #fff" is empty to YAML.
        return comment.colour or (comment.glued and key in _TEXT_KEYS)
    return key in _TEXT_KEYS


def cut_off(key: str, *, empty: bool) -> Complaint:
    """Return the complaint of a comment that cuts the text of *key* short, or is all of it."""
    what = say("there is nothing before it") if empty else say("the text ends before it")
    return Complaint(
        "TG130",
        say(
            "'#' begins a comment here, so that all from it on is lost from {key!r}: {what}",
            key=key,
            what=what,
        ),
        say(
            "put the whole text in quotes: {key}: \"… #…\"; for a comment, write two spaces, then '# '",
            key=key,
        ),
    )


def hiding_comment(text: str, start: int, end: int) -> int:
    """Return where the first comment of *text* between *start* and *end* is that holds a closing bracket.

    It is -1 where there is none; in lines with quotes none is looked for.
    """
    for found in _HIDING.finditer(text, start, end):
        index = found.start("comment")
        if not _QUOTE.search(text, text.rfind("\n", 0, index) + 1, index):
            return index
    return -1


def foreign_comma(value: str) -> str:
    """Return the comma of another script in *value*, a plain item of a bracketed list; else nothing."""
    found = _FOREIGN_COMMA.search(value)
    return found.group() if found else ""


def undivided(comma: str) -> Complaint:
    """Return the complaint of a *comma* that divides no list."""
    return Complaint(
        "TG131",
        say("«{comma}» does not divide a list, so that this is one name", comma=comma),
        say("write ',' between the names, or put a name that holds it in quotes"),
    )


_GLUED_KEY: Final = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s/].*)", re.DOTALL)


def no_colon(before: str, key: str) -> Complaint:
    """Return the complaint of a *key* in braces without a colon, a part of the value of *before* perhaps."""
    if glued := _GLUED_KEY.fullmatch(key):
        return Complaint(
            "TG145",
            say("a space is missing after the colon of {key!r}, so that it has no value", key=glued["key"]),
            say("write {typed}", typed=f"{glued['key']}: {glued['value']}"),
        )
    if not before:
        return Complaint(
            "TG145",
            say("{key!r} is a key without a value here", key=key),
            say("write {{name: {key}}}, or whichever key it is; put a text in braces in quotes", key=key),
        )
    return Complaint(
        "TG145",
        say("in braces a comma ends a value: {key!r} is cut off from {before!r}", key=key, before=before),
        say('put the whole text in quotes: {before}: "…, {key}"', before=before, key=key),
    )


def closed_late(end: Position) -> Complaint:
    """Return the complaint of a text whose quotes close only at *end*, lines below."""
    return Complaint(
        "TG121",
        say("the quotation mark that opens here is closed only at {end}:{end_2}", end=end[0], end_2=end[1]),
        say("close it at the end of its own text"),
    )


def slip_at(lines: Sequence[str], line: int, column: int) -> Complaint | None:
    """Return the complaint of a slip at *line* and *column* (from 0) of *lines*; None for any other."""
    text = lines[line] if line < len(lines) else ""
    before, after = text[:column].rstrip(), text[column:]
    if before.endswith(("]", "}")) and after[:1] not in {"", "#", ",", "]", "}"}:
        return _AFTER_BRACKET
    if after.startswith("- ") and not before:
        return _LATE_DASH
    quoted = _QUOTED.match(text)
    if quoted and after[:1].isalnum() and before.endswith(quoted["mark"]) and before != quoted[0].rstrip():
        return _CLOSED_EARLY
    return None


def unspaced(line: str) -> Complaint | None:
    """Return the complaint of a colon or dash in *line* without a space after it, or None."""
    if found := _UNSPACED_COLON.match(line):
        key = found["key"]
        return Complaint(
            "TG121",
            say(
                "a space is missing after the colon of {key!r}, so that this line is one word and no key",
                key=key,
            ),
            say("write '{key}: …', with a space after the colon", key=key),
        )
    if found := _WIDE_COLON.match(line):
        return Complaint(
            "TG121",
            say("{colon!r} behind {key!r} is no colon of YAML", colon=found["colon"], key=found["key"]),
            say("write '{key}: …', with a colon of the Latin keyboard and a space", key=found["key"]),
        )
    return _AFTER_DASH if _UNSPACED_DASH.match(line) else None


_AFTER_BRACKET: Final = Complaint(
    "TG121",
    say("a text that begins with '[' or '{' is a list or a mapping in YAML, and ends at its closing bracket"),
    say('put the whole text in quotes: title: "[Updated] …"'),
)
_CLOSED_EARLY: Final = Complaint(
    "TG121",
    say("the quotation mark before this closes the text, which goes on here"),
    say("inside '…' write two, '', for an apostrophe; inside \"…\" write \\\" for a quotation mark"),
)
_LATE_DASH: Final = Complaint(
    "TG121",
    say("an item of a list begins here, but the lines above it, under the same key, have no '- '"),
    say("begin the first item with '- ', too, and line the dashes up"),
)
_AFTER_DASH: Final = Complaint(
    "TG121",
    say("a space is missing after the dash, so that this begins no item of a list"),
    say("begin each item with '- ', with a space after the dash"),
)
HIDDEN_BRACKET: Final = Complaint(
    "TG130",
    say("'#' begins a comment here, so that the bracket behind it closes nothing"),
    say("put the text that holds '#' in quotes; put a comment behind the bracket"),
)
