"""The page that hosts serve in place of one that is not there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.rendering.layout import Head, Layout


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """``/404.html``: every language at once. Template ``404.html``."""

    head: Head
    layouts: tuple[Layout, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(TemplatePage):
    """The page for addresses that lead nowhere, in all languages at once."""

    layouts: tuple[Layout, ...]

    template = "404.html"

    def address(self) -> str:
        """Return the name that hosts look for."""
        return "404.html"

    def view(self) -> NotFoundView:
        """Return the layout of each language.

        Hosts serve the page at any depth, so its links lead from their root. It has no versions in other
        languages: it holds them all.
        """
        root = urlsplit(self.site.url).path or "/"
        head = replace(head_of(self), root=root, noindex=True, alternates=())
        return NotFoundView(head, self.layouts)
