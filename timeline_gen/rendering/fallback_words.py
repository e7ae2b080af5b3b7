"""English words on pages of other languages: what a catalogue lacks is shown in English, and marked so.

A template shows words as text, in attributes and in elements that take no markup, and does not know which. So
a message is given between two marks, and so is each value that fills a gap in it. When the page is complete,
the marks in text become elements with ``lang`` and ``dir``, and those elsewhere are left out: an attribute is
in the language of its element (HTML, 3.2.6.2), which for most is that of the page.
The marks are noncharacters (Unicode, 23.7), which no text has a use for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from timeline_gen.text.plurals import Catalogue

_BEGIN, _END, _VALUE, _VALUE_END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_MARK: Final = re.compile(f"[{_BEGIN}{_END}{_VALUE}{_VALUE_END}]")
_GAP: Final = re.compile(r"%(?:\(\w+\))?[sd]")
_PIECE: Final = re.compile(
    rf"""
    <!--.*?-->
    | <(?P<plain> script | style | title | textarea )\b .*? </(?P=plain)>   # no elements inside
    | (?P<option> <option\b (?: [^<>"'] | "[^"]*" | '[^']*' )* > )
      {_BEGIN} (?P<text> [^<{_BEGIN}{_END}]* ) {_END} (?= </option> )
    | < (?: [^<>"'] | "[^"]*" | '[^']*' )* >
    | {_MARK.pattern}
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """The words of a catalogue, with a mark around each message that it has from English only."""

    catalogue: Catalogue

    def gettext(self, message: str) -> str:
        """Return the translation of *message*."""
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of *message* in *context*."""
        found = self.catalogue.pgettext(context, message)
        return _marked(found) if self.catalogue.is_borrowed(context, message) else found

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of the message *singular* (in the plural *plural*) that fits *number*."""
        return self.npgettext("", singular, plural, number)

    def npgettext(self, context: str, singular: str, plural: str, number: int) -> str:
        """Return the form that fits *number*, of the message *singular* in *context*."""
        found = self.catalogue.npgettext(context, singular, plural, number)
        return _marked(found) if self.catalogue.is_borrowed(context, singular) else found


def words_of(catalogue: Catalogue) -> Catalogue | MarkedWords:
    """Return the words of *catalogue* for HTML that :func:`with_languages` completes."""
    return MarkedWords(catalogue) if catalogue.fallback else catalogue


def _marked(message: str) -> str:
    filled = _GAP.sub(lambda gap: f"{_VALUE}{gap[0]}{_VALUE_END}", message)
    return f"{_BEGIN}{filled}{_END}"


def with_languages(html: str, lang: str, direction: str) -> str:
    """Return *html*, a page in *lang*, with elements in place of the marks around its English words."""
    if _BEGIN not in html:
        return html
    return _PIECE.sub(_written(f'<span lang="{lang}" dir="{direction}">'), html)


def _written(value: str) -> Callable[[re.Match[str]], str]:
    elements = {_BEGIN: '<span lang="en" dir="ltr">', _VALUE: value}

    def write(piece: re.Match[str]) -> str:
        # An option holds text only (HTML, 4.10.10), so the language is put on its own tag.
        if piece["option"]:
            return f'{piece["option"][:-1]} lang="en" dir="ltr">{_MARK.sub("", piece["text"])}'
        if len(piece[0]) > 1:
            return _MARK.sub("", piece[0])
        return elements.get(piece[0], "</span>")

    return write
