"""Markdown bodies and summaries into clean HTML, with what is wrong in them at its place.

What a page must still put right is in the HTML as markers: ``<a href="event:ID">`` for a link to an event and
so on (:mod:`timeline_gen.reading.prose.text_links`), ``src="site:PATH"`` for a file of the site. Ids get a
prefix, so that no text can take the id of a part of the page. Nothing is read from the disk: pictures come
measured.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Problem
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.bodies import Body, Heading
from timeline_gen.model.links import TextLink
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose import commonmark, markup
from timeline_gen.reading.prose.admonitions import with_admonitions, with_tasks
from timeline_gen.reading.prose.cleaning import clean, clean_line
from timeline_gen.reading.prose.code_classes import with_classes
from timeline_gen.reading.prose.directions import directed
from timeline_gen.reading.prose.finishing import Finishing, finish
from timeline_gen.reading.prose.foreign_marks import note_foreign_marks
from timeline_gen.reading.prose.line_faults import note_blocks, note_unfit
from timeline_gen.reading.prose.link_faults import note_headings
from timeline_gen.reading.prose.locating import Locator
from timeline_gen.reading.prose.markdown_slips import note_slips
from timeline_gen.reading.prose.markup import Converted
from timeline_gen.reading.prose.plain_text import in_one_line, plain_text
from timeline_gen.reading.prose.removals import report_attributes, report_raw
from timeline_gen.reading.prose.repetition import MAX_COST, cost_of, too_much
from timeline_gen.reading.prose.text_links import LinkBase
from timeline_gen.reading.prose.typesetting import typeset
from timeline_gen.text.typography import TYPED

_EMPTY: Final = Body("", "")
_NO_ASSETS: Final[Mapping[PurePosixPath, Asset]] = {}
_ENGINES: Final = {
    "markdown": (markup.convert, markup.convert_line),
    "commonmark": (commonmark.convert, commonmark.convert_line),
}
"""What converts whole bodies, and single lines, by the names that settings give them."""
_HEADING: Final = re.compile(r'<h([2-6])[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_NOT_PLAIN: Final = re.compile(r"[`*_\[\]<>&\\!{}^~|]")


def parse_body(
    text: str,
    *,
    first_line: int,
    path: PurePosixPath,
    assets: Mapping[PurePosixPath, Asset],
    engine: str = "markdown",
    address: str = "",
    direction: str = "",
    typography: str = "",
) -> tuple[Body, tuple[Problem, ...]]:
    """Turn the Markdown *text*, which begins on *first_line* of the file *path*, into a clean body.

    *assets* are the files that the text may show, by their paths in the site's folder; *address* is that
    of the page that shows it, relative to the root of the site. Marks are set as the language *typography*
    sets them, where it is given.
    """
    diagnostics = Diagnostics(path)
    locator = Locator(text, first_line)
    converted = _convert(text, diagnostics, locator, _ENGINES[engine][0])
    if converted is None:
        return _EMPTY, tuple(diagnostics.problems)
    report_raw(converted, diagnostics, locator)
    report_attributes(text, diagnostics, locator)
    note_foreign_marks(text, locator, diagnostics)
    note_slips(locator, diagnostics)
    finishing = Finishing(diagnostics, locator, assets, LinkBase(path, address))
    # Boxes are made of clean HTML: cleaning would take out their role, and so no text can give itself one.
    boxed = with_admonitions(clean(converted.html), address.partition("/")[0])
    finished = finish(with_tasks(boxed), finishing)
    note_headings(finishing.headings, {*map(html.unescape, finishing.ids)}, diagnostics)
    if typography:
        finished = typeset(finished, typography, diagnostics, locator.position(0))
    if direction:
        finished = directed(finished, direction)
    body = Body(
        with_classes(finished),
        plain_text(finished),
        tuple(Heading(int(m[1]), html.unescape(m[2]), plain_text(m[3])) for m in _HEADING.finditer(finished)),
        tuple(finishing.links),
        tuple(finishing.used.values()),
        tuple(map(html.unescape, finishing.ids)),
    )
    return body, tuple(diagnostics.problems)


@dataclass(frozen=True, slots=True)
class RichLine:
    """A text of one line, such as a summary: clean HTML without a paragraph around it, and plain text."""

    html: str = ""
    text: str = ""
    links: tuple[TextLink, ...] = ()
    assets: tuple[Asset, ...] = ()
    """The files that it links to."""

    @property
    def markup(self) -> str:
        """Return the HTML where it differs from the plain text; else nothing."""
        return self.html if self.html != html.escape(self.text, quote=False) else ""


def parse_line(
    text: str,
    diagnostics: Diagnostics,
    position: Position,
    *,
    engine: str = "markdown",
    address: str = "",
    direction: str = "",
    typography: str = "",
    at: Callable[[int], Position] | None = None,
    assets: Mapping[PurePosixPath, Asset] = _NO_ASSETS,
) -> RichLine:
    """Turn the inline Markdown *text*, which begins at *position*, into one line, with its problems noted.

    *address* is that of the page to which its relative links are relative; *at* gives the place of a
    character of the text, where that is known; *assets* are the files that it may link to.
    """
    whole = in_one_line(text)
    note_blocks(whole, diagnostics, position)
    # A bare address becomes a link, though it has none of the marks.
    if not _NOT_PLAIN.search(whole) and "://" not in whole:
        plain = html.escape(whole, quote=False)
        if typography and TYPED.search(plain):
            plain = typeset(plain, typography, diagnostics, position)
            whole = plain_text(plain)
        return RichLine(directed(plain, direction) if direction else plain, whole)
    if not _afford(whole, diagnostics, position):
        return RichLine()
    # Where white space has been joined, an index no longer leads to a place in the file.
    place = at if at and whole == text else lambda _: position
    locator = Locator(whole, 1)
    mine = Diagnostics(diagnostics.path)
    converted = _convert(whole, mine, locator, _ENGINES[engine][1])
    if converted is None:
        diagnostics.problems += _at(mine, place)
        return RichLine()
    report_raw(converted, mine, locator)
    note_unfit(converted.html, mine, locator)
    finishing = Finishing(mine, locator, assets, LinkBase(diagnostics.path, address), line=True)
    finished = finish(clean_line(converted.html), finishing)
    if typography:
        finished = typeset(finished, typography, diagnostics, position)
    if direction:
        finished = directed(finished, direction)
    diagnostics.problems += _at(mine, place)
    links = tuple(link._replace(position=place(link.position[1] - 1)) for link in finishing.links)
    return RichLine(finished, plain_text(finished), links, tuple(finishing.used.values()))


def _afford(text: str, diagnostics: Diagnostics, position: Position) -> bool:
    """Return whether *text* can be read after all other texts of its file; note the first that cannot."""
    # Each text is within the limit by itself; a file may have thousands of them.
    before = diagnostics.spent
    diagnostics.spent += cost_of(text)
    if before <= MAX_COST < diagnostics.spent:
        message = say("the texts of this file, up to this one, repeat '[' more often than can be read")
        hint = say("put a backslash before brackets that mean nothing")
        diagnostics.add("TG405", message, position, hint)
    return diagnostics.spent <= MAX_COST


def _at(diagnostics: Diagnostics, place: Callable[[int], Position]) -> list[Problem]:
    """Return the problems of *diagnostics*, those of a line; *place* gives the position of a character."""
    moved = Diagnostics(diagnostics.path)
    for problem in diagnostics.problems:
        position = place(problem.place.column - 1)
        moved.add(problem.code, problem.message, position, problem.hint, level=problem.level)
    return moved.problems


def _convert(
    text: str, diagnostics: Diagnostics, locator: Locator, convert: Callable[[str], Converted]
) -> Converted | None:
    """Let *convert* have *text*, unless it would take too long, or is nested too deep to be read."""
    if found := too_much(text):
        diagnostics.add(found.code, found.message, locator.position(found.start), found.hint)
        return None
    try:
        return convert(text)
    # `too_much` sees quotations and lists only; emphasis nests as well (*a **b *c …).
    except RecursionError:
        hint = say("take lists, quotations and elements out of one another")
        diagnostics.add("TG406", say("the text is nested deeper than can be read"), locator.position(0), hint)
        return None
