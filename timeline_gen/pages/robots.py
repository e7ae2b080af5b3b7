"""``robots.txt``: where the sitemap is."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.sitemap import write_robots


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile(FilePage):
    """What crawlers read first."""

    url: str
    """Of the site."""

    group = "files for search engines"

    def address(self) -> str:
        """Return the address that crawlers look for."""
        return "robots.txt"

    def written(self, _context: RenderContext) -> bytes:
        """Return the file."""
        return write_robots(addresses.absolute(self.url, "sitemap.xml"))
