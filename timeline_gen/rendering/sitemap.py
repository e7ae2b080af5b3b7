"""``sitemap.xml`` and ``robots.txt``: which addresses there are, for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from timeline_gen.rendering.layout import Alternate
from timeline_gen.rendering.markup import element, xml_text

_HEAD: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of the sitemap with its alternates."""

    url: str
    alternates: tuple[Alternate, ...]
    changed: str
    """A W3C date, or empty."""


def write_sitemap(entries: Iterable[SitemapEntry]) -> bytes:
    """Return *entries* as a sitemap with the alternates of each address (sitemaps.org, 0.9)."""
    return "".join((_HEAD, *(_entry(entry) for entry in entries), "</urlset>\n")).encode()


def _entry(entry: SitemapEntry) -> str:
    return f"<url>{''.join(_parts(entry))}</url>\n"


def _parts(entry: SitemapEntry) -> Iterator[str]:
    yield element("loc", entry.url)
    if entry.changed:
        yield element("lastmod", entry.changed)
    for alternate in entry.alternates:
        lang, url = xml_text(alternate.hreflang), xml_text(alternate.url)
        yield f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>'


def write_sitemap_index(addresses: Iterable[tuple[str, str]]) -> bytes:
    """Return the *addresses* of sitemaps, each with its last change, as an index (sitemaps.org, 0.9)."""
    parts = (
        f"<sitemap>{element('loc', url)}{element('lastmod', changed) if changed else ''}</sitemap>\n"
        for url, changed in addresses
    )
    head = _HEAD.partition(" xmlns:xhtml")[0].replace("<urlset", "<sitemapindex")
    return "".join((head, ">\n", *parts, "</sitemapindex>\n")).encode()


def write_robots(sitemap: str) -> bytes:
    """Return a ``robots.txt`` that allows everything (RFC 9309) and names the *sitemap*."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {sitemap}\n".encode()
