"""Marks of other programs in a Markdown text, which readers would see as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose.admonitions import KINDS
from timeline_gen.reading.prose.locating import Locator


class TypedMark(NamedTuple):
    """What is shown as it is typed, and what to write in its place."""

    sign: str
    """What a text must hold for the pattern to be tried."""
    pattern: re.Pattern[str]
    name: str
    hint: str


def mark(sign: str, pattern: str, name: str, hint: str) -> TypedMark:
    """Return the mark that *pattern* finds, line by line, in a text that holds *sign*."""
    return TypedMark(sign, re.compile(pattern, re.MULTILINE), name, hint)


OWN_SCHEME: Final = r"(?:event|article|page|entity):"
FILE_ENDING: Final = r"\.(?:png|jpe?g|gif|webp|svg|pdf|mp[34]|md|html)"
"""How addresses begin and end that a text may give a link, as patterns."""
_MARKS: Final = (
    mark(
        "{{",
        r"\{\{[<%][^\n]*?[%>]\}\}",
        say("a shortcode of Hugo"),
        say("write what it stands for: a link, a picture, or HTML"),
    ),
    mark(
        "{{",
        r"\{\{(?![<%])[^\n{}]*\}\}",
        say("a variable of a template"),
        say("write its value; texts are no templates"),
    ),
    mark(
        "{%",
        r"(?<!\{)\{%[^\n]*?%\}",
        say("a tag of a template (Liquid, Jinja)"),
        say("write its outcome; texts are no templates"),
    ),
    mark(
        "[[",
        # [[1]](https://…) is a link whose words have brackets.
        r"!?\[\[[^\[\]\n]+\]\](?!\()",
        say("a wiki link"),
        say("write [the words](article:slug), [the words](event:id) or [the words](page:slug)"),
    ),
    mark(
        "!!!",
        r"^ {0,3}(?:!!!|\?\?\?\+?) ?\w[^\n]*",
        say("an admonition of MkDocs"),
        say("write > [!NOTE], and the text behind > on the lines below"),
    ),
    mark(
        ":::",
        r"^ {0,3}:{3,}[^\n]*",
        say("a container of another program"),
        'write a quotation, or <div markdown="1">',
    ),
    mark(
        "$$",
        # A formula may go over several lines; what nothing closes is none.
        r"(?<![\\$])\$\$(?=[^$])[^$]*[^$\\]\$\$(?!\$)",
        say("a formula of TeX"),
        say("write it in plain characters, or show it as a picture"),
    ),
    mark(
        ":",
        # A colon inside a word, as in entity:name:, begins none.
        r"(?<![\w:/\\]):[a-z][a-z0-9_]{2,30}:(?![\w:])",
        say("an emoji by its name, or a role of Sphinx"),
        say("write the sign itself, or a link"),
    ),
    mark(
        "[!",
        # [!NOTE] with words behind it on its line is none either: GitHub shows it as typed.
        rf"^ {{0,3}}> ?\[!(?!(?i:{'|'.join(KINDS)})\][ \t]*$)[A-Za-z]+\][^\n]*",
        say("no admonition"),
        say(
            "write one of {kinds}, the text below it",
            kinds=", ".join(f"[!{kind.upper()}]" for kind in KINDS),
        ),
    ),
    mark("==", r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])", say("a highlight"), "write <mark>…</mark>"),
    mark(
        "++",
        r"(?<![+\w])\+\+(?=[^\s+])[^+\n]*[^\s+]\+\+(?![+\w])",
        say("inserted text"),
        "write <ins>…</ins>",
    ),
    mark("[TOC]", r"^ {0,3}\[TOC\] *$", say("a table of contents"), say("remove it: themes make their own")),
    mark(
        "{:toc",
        r"\{:toc[^\n}]*\}",
        say("a table of contents of Jekyll"),
        say("remove it: themes make their own"),
    ),
    mark(
        "] (",
        rf"(?<![\\\]])!?\[[^\[\]\n]+\] \((?:(?:https?://|\.{{0,2}}/|#|{OWN_SCHEME})[^\s()]*"
        rf"|[^\s()]+{FILE_ENDING})\)",
        say("a link with a space in it"),
        say("remove the space between ']' and '('"),
    ),
)
_FENCE: Final = re.compile(r"^ {0,3}(?P<marks>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$", re.MULTILINE)
_CALL: Final = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
_NOTE: Final = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)


def note_foreign_marks(text: str, locator: Locator, diagnostics: Diagnostics) -> None:
    """Warn of all in the body *text* that is a mark elsewhere, and that readers would see as it is typed."""
    note_marks(_MARKS, "TG430", locator, diagnostics)
    if "[^" in text:
        _note_footnotes(locator, diagnostics)
    if "```" in text or "~~~" in text:
        _note_open_fence(text, locator, diagnostics)


def note_marks(marks: Iterable[TypedMark], code: str, locator: Locator, diagnostics: Diagnostics) -> None:
    """Warn of each of *marks* in a body, with *code* and at its place."""
    text = locator.bare
    for each in marks:
        for found in each.pattern.finditer(text) if each.sign in text else ():
            if not _is_indented(text, found.start()):
                message = say(
                    "{found!r} is {name}, and readers would see it as it is typed",
                    found=_short(found[0]),
                    name=each.name,
                )
                diagnostics.add(
                    code, message, locator.position(_start(found)), each.hint, level=Level.WARNING
                )


def _start(found: re.Match[str]) -> int:
    """Return where the mark begins, behind the spaces before it."""
    return found.start() + len(found[0]) - len(found[0].lstrip(" "))


def _is_indented(text: str, index: int) -> bool:
    """Return whether the line of *text* that holds *index* may be a block of code by its indentation."""
    return text.startswith(("    ", "\t"), text.rfind("\n", 0, index) + 1)


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"


def _note_footnotes(locator: Locator, diagnostics: Diagnostics) -> None:
    """Warn of marks of footnotes that have no note, and of notes that no mark calls."""
    written = {found[1].casefold() for found in _NOTE.finditer(locator.bare)}
    called = set()
    for found in _CALL.finditer(locator.bare):
        called.add(found[1].casefold())
        if found[1].casefold() not in written:
            message = say(
                "there is no footnote {found!r}, and readers would see its mark as it is typed",
                found=found[0],
            )
            hint = say("write the note on a line of its own: {found}: …", found=found[0])
            diagnostics.add("TG431", message, locator.position(found.start()), hint, level=Level.WARNING)
    for found in _NOTE.finditer(locator.bare):
        if found[1].casefold() not in called:
            message = say(
                "nothing calls the footnote '[^{found}]', so that no reader finds it", found=found[1]
            )
            position = locator.position(_start(found))
            diagnostics.add(
                "TG431",
                message,
                position,
                say("write [^{found}] where it belongs", found=found[1]),
                level=Level.WARNING,
            )


def _note_open_fence(text: str, locator: Locator, diagnostics: Diagnostics) -> None:
    """Warn of a fence of code that is never closed: all that follows it would be code."""
    opened: re.Match[str] | None = None
    for found in _FENCE.finditer(text):
        if opened is None:
            opened = found
        # As many marks or more close a fence, and nothing may follow them (CommonMark 0.31, 4.5).
        elif found["marks"].startswith(opened["marks"]) and found[0].strip() == found["marks"]:
            opened = None
    if opened:
        message = say(
            "the code that begins here with {marks!r} is not closed, so that all below is code",
            marks=opened["marks"],
        )
        hint = say("write a line of {marks} after the code", marks=opened["marks"])
        diagnostics.add("TG432", message, locator.position(_start(opened)), hint, level=Level.WARNING)
