"""What is wrong with texts that are a single line, and with those that are no Markdown at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose.cleaning import INLINE_TAGS, SITE_SCHEMES, TAGS
from timeline_gen.reading.prose.locating import Locator

_TAG_NAME: Final = re.compile(r"<([a-z][a-z0-9]*)\b", re.IGNORECASE)
_FOOTNOTE: Final = re.compile(r"\[\^[^\]\s]+\]")
_BLOCK: Final = re.compile(r"#{1,6} |> |[-*+] |```|~~~|\|.*\|$")


def note_unfit(markup: str, diagnostics: Diagnostics, locator: Locator) -> None:
    """Note what of *markup*, made of a line, does not fit into a line and is left out of it."""
    for name in dict.fromkeys(_TAG_NAME.findall(markup)):
        if name.lower() == "img":
            message = say("a text of one line shows no picture: this one was left out")
            hint = say("put it into the body, or under 'media:' of an event")
            position = locator.next("![", "<img")
            diagnostics.add("TG411", message, position, hint, level=Level.WARNING)
        elif name.lower() not in INLINE_TAGS and name.lower() in _BLOCK_TAGS:
            message = say("<{name}> does not fit into a text of one line, and was left out", name=name)
            position = locator.next(f"<{name}")
            diagnostics.add("TG411", message, position, say("put it into the body"), level=Level.WARNING)
    for _ in _FOOTNOTE.finditer(locator.bare):
        position = locator.next("[^")
        message = say("a text of one line has no footnotes: readers would see the mark itself")
        diagnostics.add("TG411", message, position, say("put the note into the body"), level=Level.WARNING)


# Pictures have a message of their own; a line break becomes a space and loses no word.
_BLOCK_TAGS: Final = TAGS - INLINE_TAGS - {"img", "br"}


def note_blocks(text: str, diagnostics: Diagnostics, position: Position) -> None:
    """Note that the line *text* begins like a block: a heading, a quotation, a list, a table, code."""
    if text[:1] in "#>-*+`~|" and _BLOCK.match(text):
        message = say(
            "headings, lists, quotations and tables do not fit into a text of one line: readers would see"
        )
        hint = say("leave out the mark at its beginning, or put the text into the body")
        diagnostics.add(
            "TG411", say("{message} their marks", message=message), position, hint, level=Level.WARNING
        )


_MARKS: Final = re.compile(
    rf"""
    \] \( \s* <? (?P<own> (?: {"|".join(sorted(SITE_SCHEMES))} ) : )?  # a link
    [^()\s]* (?: \( [^()\s]* \) )* [^()\s]* \)
    | < (?P<auto> (?: {"|".join(sorted(SITE_SCHEMES))} ) : ) [^<>\s]+ >
    | <a \s [^<>]* href
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A link in Markdown or HTML."""


def may_link(text: str) -> bool:
    """Return whether *text* may hold a link; most texts are known at a glance to hold none."""
    return "](" in text or "<" in text


def note_marks(texts: Iterable[tuple[str, Position]], diagnostics: Diagnostics) -> None:
    """Note the links in *texts*, each with its place, that are shown as they are typed: titles and such."""
    for text, position in texts:
        if may_link(text) and (found := _MARKS.search(text)):
            message = say("this text is shown as it is typed: a link in it stays a row of marks")
            hint = say("write the words without the link, and put that into the summary or the body")
            # An event that it names may be held back, so that its name must not be shown.
            named = found["own"] or found["auto"]
            level = Level.ERROR if named else Level.WARNING
            diagnostics.add("TG412", message, position, hint, level=level)
