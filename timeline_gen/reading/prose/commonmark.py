"""The one door to pyromark: Markdown as CommonMark has it, which a site may choose because it is quick.

The library parses; :mod:`timeline_gen.reading.prose.commonmark_html` writes the HTML. Where the package is
missing, the settings report it.
"""

from __future__ import annotations

from typing import Final

from timeline_gen.reading.prose.commonmark_html import HtmlWriter
from timeline_gen.reading.prose.html_parts import PARAGRAPH_END
from timeline_gen.reading.prose.markup import Converted

try:
    from pyromark import Options, events
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True
    _OPTIONS = (
        Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_DEFINITION_LIST
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
    )


_SHIELD: Final = "x "
"""What a line is read behind, so that no mark at its beginning makes a block of it."""


def convert(text: str) -> Converted:
    """Convert the Markdown *text* of a whole body. Raises RecursionError where it is nested too deep."""
    writing = HtmlWriter()
    writing.take(events(text, options=_OPTIONS))
    return Converted("".join(writing.finished()).rstrip("\n"), tuple(writing.raw))


def convert_line(text: str) -> Converted:
    """Convert the inline Markdown of *text*, a single paragraph without blocks in it."""
    writing = HtmlWriter()
    writing.take(events(_SHIELD + text, options=_OPTIONS))
    html = "".join(writing.out).removeprefix("<p>").removeprefix(_SHIELD).removesuffix(PARAGRAPH_END)
    return Converted(html, tuple(writing.raw))
