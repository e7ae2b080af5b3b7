"""The page on a code, as a terminal shows it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Final

from timeline_gen.checking.explanations import Part, ProblemPage
from timeline_gen.cli.reports.excerpts import isolated
from timeline_gen.cli.reports.words import FSI, PDI, visible

_WIDEST: Final = 88
"""Letters in a line: longer ones are hard to read."""
_CODE: Final = re.compile(r"`([^`]+)`")


def page_lines(page: ProblemPage, width: int, style: Callable[..., str]) -> Iterator[str]:
    """Yield the lines that show *page* on a terminal of *width* cells."""
    room = max(20, min(width, _WIDEST))
    yield style(f"{page.code}: {page.title}", bold=True)
    for part in page.parts:
        yield ""
        yield from _lines(part, room, style, page.direction)


def _lines(part: Part, room: int, style: Callable[..., str], direction: str) -> Iterator[str]:
    if part.kind == "heading":
        yield style(part.text, bold=True, fg="cyan")
    elif part.kind == "code":
        yield from (f"    {isolated(visible(line))}" for line in part.text.split("\n"))
    else:
        lines = textwrap.wrap(part.text, room, break_long_words=False, break_on_hyphens=False)
        yield from _inline("\n".join(lines), style, direction).split("\n")


def _inline(text: str, style: Callable[..., str], direction: str) -> str:
    """Return *text* with its code set off, and isolated where the text around it runs the other way."""

    def code(found: re.Match[str]) -> str:
        lines = (style(line, fg="green") for line in found[1].split("\n"))
        shown = "\n".join(f"{FSI}{line}{PDI}" if direction == "rtl" else line for line in lines)
        return f"`{shown}`"

    return _CODE.sub(code, text)
