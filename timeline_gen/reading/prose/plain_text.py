"""The text of clean HTML."""

from __future__ import annotations

import html
import re
from typing import Final

_BREAKING: Final = re.compile("[^\\S\u00a0\u2007\u202f]+")
_INLINE_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time"
    r"|u|var|wbr)\b[^>]*>"
)
_TAG: Final = re.compile(r"<[^>]*>")
_FOOTNOTE_MARK: Final = re.compile(
    r'<sup[^>]*><a[^>]*class="footnote-ref"[^>]*>[^<]*</a></sup>|<a[^>]*class="footnote-backref"[^>]*>[^<]*</a>'
)


def plain_text(markup: str) -> str:
    """Return the text of *markup*, clean HTML, with single spaces and without the marks of footnotes."""
    if "footnote" in markup:
        markup = _FOOTNOTE_MARK.sub("", markup)
    # A block ends a word, and an element inside a line does not: "one<em>two</em>" is one word.
    return in_one_line(html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", markup))))


def in_one_line(text: str) -> str:
    """Return *text* with each run of white space as one space, but for spaces at which no line breaks."""
    return _BREAKING.sub(" ", text).strip()
