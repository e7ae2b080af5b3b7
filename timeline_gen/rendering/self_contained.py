"""A page as one file that needs nothing besides it: what it loads is in it, its links lead to the site.

Stylesheets, scripts and pictures become ``data:`` addresses. Of a picture in several widths one is kept,
the widest that a page shows. A link within the page stays; one in a text that leads to an event of the page
leads to its place there; every other one leads to where the site is published. Films, sounds and documents
are not in it: a link leads to each.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from timeline_gen.text.content_types import type_of

Read = Callable[[PurePosixPath], bytes | None]
"""Gives the bytes of a file of the site; None where that is no file to be put in, but a page."""

_EVENT_LINK: Final = ' class="event-link"'
_TAG: Final = re.compile(r"""<[a-z][a-z0-9]*(?:\s+[^\s"'<>=/]+(?:="[^"]*")?)*\s*/?>""")
_WIDTHS: Final = re.compile(r'\s(?:srcset|sizes)="[^"]*"')
_ADDRESS: Final = re.compile(
    r'(?P<before>\s(?:href|src|data-source|data-engine|data-results)=")(?P<address>[^"]*)"'
)
_ROOT: Final = re.compile(r'(?P<before>\sdata-root=")[^"]*"')
_PLAYER: Final = re.compile(r"<(video|audio)\s[^<>]*>.*?</\1>", re.DOTALL)
"""What plays a film or a sound: a link to that follows it."""
_SOURCE: Final = re.compile(r'<source type="image/webp"[^<>]*>')
"""The same picture in another kind."""
# A policy of 'self' permits no data: address, which is all that the file has.
_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_IN_STYLE: Final = re.compile(r"""url\(\s*(["']?)(?P<address>[^"')\s]+)\1\s*\)""")


def self_contained(
    html: bytes, address: str, url: str, read: Read, anchors: Mapping[str, str] | None = None
) -> bytes:
    """Return the page *html*, at *address* of the site at *url*, with all that *read* gives in it.

    *anchors* are the ids of the events in it, by the addresses of their own pages.
    """
    ids = {place: name for place, name in (anchors or {}).items() if f' id="{name}"'.encode() in html}

    def inner(match: re.Match[str]) -> str:
        folder = f"{_path(unescape(match['address']), address)}/"
        return f'{match["before"]}#{escape(ids[folder])}"' if folder in ids else match[0]

    def given(match: re.Match[str]) -> str:
        target = _inside(unescape(match["address"]), address, url, read)
        return f'{match["before"]}{escape(target)}"'

    def published(match: re.Match[str]) -> str:
        target = _inside(unescape(match["address"]), address, url, lambda _: None)
        return f'{match["before"]}{escape(target)}"'

    def tag(match: re.Match[str]) -> str:
        if ids and _EVENT_LINK in match[0] and (text := _ADDRESS.sub(inner, match[0])) != match[0]:
            return text
        if match[0].startswith("<a "):
            # Browsers open no page at a data: address.
            text = _ADDRESS.sub(published, match[0])
        else:
            text = _ADDRESS.sub(given, _WIDTHS.sub("", match[0]))
        return _ROOT.sub(lambda root: f'{root["before"]}{escape(url)}"', text)

    return _TAG.sub(tag, _SOURCE.sub("", _PLAYER.sub("", _POLICY.sub("", html.decode())))).encode()


def _inside(target: str, address: str, url: str, read: Read) -> str:
    """Return where *target*, as the page at *address* has it, is found from a file on its own."""
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
    """Return the stylesheet *data* of the file *path* with its fonts and pictures in it."""

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
    kind = type_of(str(path)).partition(";")[0]
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"
