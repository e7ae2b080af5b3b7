"""``sitemap.xml`` of a large site: where the parts of its sitemap are."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.sitemap import write_sitemap_index


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndex(FilePage):
    """The parts of a sitemap that is too long for one file."""

    url: str
    """Of the site."""
    parts: tuple[tuple[str, str], ...]
    """The address of each, and the day it last changed, ISO 8601, or an empty text."""

    group = "files for search engines"

    def address(self) -> str:
        """Return the address that search engines look for."""
        return "sitemap.xml"

    def written(self, _context: RenderContext) -> bytes:
        """Return the index."""
        return write_sitemap_index(
            (addresses.absolute(self.url, part), changed) for part, changed in self.parts
        )
