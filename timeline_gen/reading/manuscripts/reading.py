"""The bytes of a file into a manuscript, by the ending of its name."""

from __future__ import annotations

import codecs
from typing import Final

from timeline_gen.errors import Problem
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.manuscripts.manuscript import Manuscript
from timeline_gen.reading.manuscripts.saved_pages import charset_of, read_page
from timeline_gen.reading.manuscripts.texts import read_markdown, read_plain_text

MAX_BYTES: Final = 8 * 1024 * 1024
"""Of a file; a saved page may hold much besides its text."""
PAGES: Final = (".html", ".htm", ".xhtml")
MARKDOWN: Final = (".md", ".markdown")
TEXTS: Final = (".txt", ".text")
_OTHERS: Final = frozenset(
    {"windows-1256", "windows-1252", "iso-8859-1", "iso-8859-6", "iso-8859-15", "utf-16"}
)
"""Encodings other than UTF-8 that a page may name for itself."""


def read_manuscript(source: Source) -> tuple[Manuscript | None, tuple[Problem, ...]]:
    """Return what the file *source* says; None and the problems where it cannot be read."""
    suffix = source.path.suffix.lower()
    if suffix in PAGES and (encoding := charset_of(source.data)) in _OTHERS:
        text = codecs.decode(source.data, encoding, errors="replace")
        return read_page(text), ()
    text_or_none, problems = decode(source, MAX_BYTES)
    if text_or_none is None:
        return None, problems
    if suffix in PAGES:
        return read_page(text_or_none), ()
    reading = read_markdown if suffix in MARKDOWN else read_plain_text
    return reading(source, text_or_none), ()
