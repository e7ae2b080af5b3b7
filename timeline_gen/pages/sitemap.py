"""``sitemap.xml``: the addresses that search engines may list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.meta import absolute_alternates
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.sitemap import SitemapEntry, write_sitemap


class Listed(NamedTuple):
    """An address of the sitemap."""

    address: str
    alternates: tuple[tuple[str, str], ...]
    default: str
    """The address for readers of any other language."""
    changed: str
    """The day it last changed, ISO 8601, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap(FilePage):
    """Addresses that search engines may list: all of them, or as many as one file may hold."""

    place: str
    """Its own address."""
    url: str
    """Of the site."""
    entries: tuple[Listed, ...]

    group = "files for search engines"

    def address(self) -> str:
        """Return its address."""
        return self.place

    def written(self, _context: RenderContext) -> bytes:
        """Return the sitemap."""
        return write_sitemap(
            SitemapEntry(
                url=addresses.absolute(self.url, entry.address),
                alternates=absolute_alternates(entry.alternates, entry.default, self.url),
                changed=entry.changed,
            )
            for entry in self.entries
        )

    def cost(self) -> int:
        """Return about how many things it shows: an entry is short."""
        return len(self.entries) // 10
