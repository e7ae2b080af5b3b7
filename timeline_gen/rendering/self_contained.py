"""A page as one file that needs nothing beside it: what it loads stands in it, its links lead to the site.

Stylesheets, scripts and pictures become ``data:`` addresses. Of a picture in several widths one is kept,
the widest that a page shows. A link within the page stays; every other one leads to where the site stands.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

Read = Callable[[PurePosixPath], bytes | None]
"""Gives the bytes of a file of the site; None where that is no file to be put in, but a page."""

_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}
_TAG: Final = re.compile(r"""<[a-z][a-z0-9]*(?:\s+[^\s"'<>=/]+(?:="[^"]*")?)*\s*/?>""")
_WIDTHS: Final = re.compile(r'\s(?:srcset|sizes)="[^"]*"')
_ADDRESS: Final = re.compile(r'(?P<before>\s(?:href|src|data-source)=")(?P<address>[^"]*)"')
_ROOT: Final = re.compile(r'(?P<before>\sdata-root=")[^"]*"')
_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_IN_STYLE: Final = re.compile(r"""url\(\s*(["']?)(?P<address>[^"')\s]+)\1\s*\)""")


def self_contained(html: bytes, address: str, url: str, read: Read) -> bytes:
    """Return the page *html*, at *address* of the site at *url*, with all that *read* gives in it."""

    def given(match: re.Match[str]) -> str:
        target = _inside(unescape(match["address"]), address, url, read)
        return f'{match["before"]}{escape(target)}"'

    def tag(match: re.Match[str]) -> str:
        text = _ADDRESS.sub(given, _WIDTHS.sub("", match[0]))
        return _ROOT.sub(lambda root: f'{root["before"]}{escape(url)}"', text)

    return _TAG.sub(tag, _POLICY.sub("", html.decode())).encode()


def _inside(target: str, address: str, url: str, read: Read) -> str:
    """Return where *target*, as the page at *address* has it, is found from a file that stands alone."""
    if target.startswith("#") or urlsplit(target).scheme:
        return target
    path = _path(target, address)
    data = read(path)
    if data is None:
        return urljoin(url + quote(address), target)
    if path.suffix == ".css":
        data = _style(data, path, read)
    return _data_address(path, data)


def _style(data: bytes, path: PurePosixPath, read: Read) -> bytes:
    """Return the stylesheet *data*, which stands at *path*, with its fonts and pictures in it."""

    def given(match: re.Match[str]) -> str:
        target = match["address"]
        if target.startswith("#") or urlsplit(target).scheme:
            return match[0]
        inner = _path(target, str(path))
        found = read(inner)
        return match[0] if found is None else f'url("{_data_address(inner, found)}")'

    return _IN_STYLE.sub(given, data.decode()).encode()


def _path(target: str, base: str) -> PurePosixPath:
    """Return which file of the site *target* names, as the file *base* has it."""
    folder = base.rpartition("/")[0]
    return PurePosixPath(normpath(f"{folder}/{unquote(urlsplit(target).path)}".lstrip("/")))


def _data_address(path: PurePosixPath, data: bytes) -> str:
    kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"
