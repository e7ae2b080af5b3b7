"""Admonitions and lists of tasks, as GitHub writes them, in clean HTML of either Markdown engine.

A quotation whose first line is ``[!NOTE]``, ``[!TIP]``, ``[!IMPORTANT]``, ``[!WARNING]`` or ``[!CAUTION]``
becomes a box with that word, in the language of the text, as its title.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final

from timeline_gen.reading.prose.plain_marks import BOXES

KINDS: Final = ("note", "tip", "important", "warning", "caution")

_WORDS: Final = tomllib.loads((files("timeline_gen.reading.prose") / "admonitions.toml").read_text("utf-8"))
_FALLBACK: Final = "en"
_BEGIN: Final = (
    rf"<p(?P<attributes>(?: [^>]*)?)>\[!(?P<kind>{'|'.join(KINDS)})\][ \t]*"
    r"(?:(?P<empty></p>)\s*|<br ?/?>\n?|\n)"
)
_HOLDERS: Final = "blockquote|dd|details|div|dt|figcaption|figure|li|section|table|td|th"
"""The elements that may hold a paragraph, and so a quotation."""
_TOKEN: Final = re.compile(rf"<(?P<end>/?)(?P<holder>{_HOLDERS})\b[^>]*>|{_BEGIN}", re.IGNORECASE)
_TASK: Final = re.compile(rf"<li>(?=\s*(?:<p>)?[{''.join(BOXES.values())}] )")


def with_admonitions(html: str, lang: str) -> str:
    """Return the clean *html* of a text in *lang* with its admonitions as boxes.

    One of the engines makes a single quotation of two that follow each other: what begins in the middle of
    one as an admonition ends it.
    """
    if "[!" not in html:
        return html
    pieces: list[str] = []
    place = 0
    open_elements: list[str] = []
    for token in _TOKEN.finditer(html):
        pieces.append(html[place : token.start()])
        place = token.end()
        if not token["kind"]:
            pieces.append(_holder(token, open_elements))
        elif open_elements and open_elements[-1] in _QUOTATIONS:
            pieces.append(f"{_QUOTATIONS[open_elements.pop()]}\n{_opening(token, lang)}")
            # The end tag of the quotation comes later and must end the box in its place.
            open_elements.append(_BOX)
        else:
            pieces.append(token[0])
    return _EMPTY.sub("", "".join((*pieces, html[place:])))


_BOX: Final = "box"
_QUOTATIONS: Final = {"blockquote": "</blockquote>", _BOX: "</div>"}
"""How a quotation and an admonition end."""
_EMPTY: Final = re.compile(r"<blockquote(?: [^>]*)?>\s*</blockquote>\n(?=<div class=\"admonition )")
"""What is left of a quotation that begins as an admonition."""


def _holder(token: re.Match[str], open_elements: list[str]) -> str:
    """Return the tag *token*; that which ends an admonition is another one than in the text."""
    if not token["end"]:
        open_elements.append(token["holder"])
        return token[0]
    ended = open_elements.pop() if open_elements else ""
    return _QUOTATIONS[_BOX] if ended == _BOX else token[0]


def _opening(token: re.Match[str], lang: str) -> str:
    """Return the beginning of the box that begins with *token*, with its title."""
    kind = token["kind"].lower()
    # A text in ar-LB has the words of ar. A language without words has English ones, marked as such.
    known = next((code for code in (lang, lang.partition("-")[0]) if code in _WORDS), "")
    mark = "" if known else f' lang="{_FALLBACK}" dir="ltr"'
    title = f'<p class="admonition-title"{mark}>{_WORDS[known or _FALLBACK][kind]}</p>'
    text = "" if token["empty"] else f"<p{token['attributes']}>"
    return f'<div class="admonition admonition-{kind}" role="note">\n{title}\n{text}'


def with_tasks(html: str) -> str:
    """Return the clean *html* with the items of its lists of tasks marked as such, for themes."""
    return _TASK.sub('<li class="task">', html)
