"""The texts of articles and pages, as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.model.assets import Asset
from timeline_gen.model.links import TextLink


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a body."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """An article's or a page's text as clean HTML.

    Links to what the site holds are markers in it, such as ``<a href="event:ID">``, and so are files of
    the site, ``src="site:ADDRESS"``; the page which shows it resolves both.
    """

    html: str
    text: str
    """The same as plain text, for search and for counting."""
    headings: tuple[Heading, ...] = ()
    links: tuple[TextLink, ...] = ()
    assets: tuple[Asset, ...] = ()
    """The files that it shows or links to."""
    anchors: tuple[str, ...] = ()
    """The ids in it, as the author knows them: without the prefix that the HTML gives them."""
