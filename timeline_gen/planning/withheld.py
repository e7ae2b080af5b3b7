"""Links to articles that are held back: readers see their text, and nothing that leads nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from html import unescape
from typing import Final
from urllib.parse import unquote, urlsplit

_LINK: Final = re.compile(r'<a href="(?P<href>[^"]*)"[^>]*>(?P<text>.*?)</a>', re.DOTALL)


def without_links(html: str, address: str, withheld: Collection[str]) -> str:
    """Return *html*, of the page at *address*, with links to the *withheld* addresses as plain text."""
    if not withheld:
        return html

    def link(match: re.Match[str]) -> str:
        return match["text"] if _target(unescape(match["href"]), address) in withheld else match[0]

    return _LINK.sub(link, html)


def _target(href: str, address: str) -> str:
    """Return the address inside the site that *href* leads to from *address*; empty for any other."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    path = posixpath.normpath(posixpath.join(address, unquote(parts.path)))
    return f"{path.removesuffix('/index.html')}/"
