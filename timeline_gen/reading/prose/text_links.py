"""Links in texts to what the site itself holds, as keys of their targets.

A key is ``event:ID``, ``article:SLUG``, ``page:SLUG`` or ``entity:ID``, or ``path:ADDRESS`` for a link by its
path; a query and a fragment may follow. An address in a key is relative to the root of the site, except where
the author began the path with a slash: then it may be relative to the root of the host.
"""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import unquote

from timeline_gen.reading.prose.cleaning import SITE_SCHEMES

PATH_SCHEME: Final = "path"
"""No text may use it: cleaning takes it out."""

_AROUND: Final = "".join(map(chr, range(0x21)))
_BREAKS: Final = str.maketrans("", "", "\t\n\r")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MARKDOWN: Final = (".md", ".markdown")
_NAMELESS: Final = re.compile(
    r'(<a href="((?:event|article|page|entity):([^"?#]*)[^"]*)"[^>]*>)([^<]*)(?=</a>)'
)
"""A link to what the site holds, with its target, its name and its text."""
_FOLDERS: Final = {"articles": "article", "events": "event", "pages": "page"}
"""By the folder in ``content/`` the scheme of what its files are."""


class LinkBase(NamedTuple):
    """What links of a text are relative to."""

    file: PurePosixPath = PurePosixPath()
    """The file that the text is in, relative to the site's folder."""
    address: str = ""
    """The address of the text's own page, relative to the root of the site."""


def article_address(lang: str, slug: str) -> str:
    """Return the address of the article *slug* in *lang*, to which its relative links are relative."""
    return f"{lang}/articles/{slug}/"


def event_address(lang: str, event: str) -> str:
    """Return the address of the *event* in *lang*."""
    return f"{lang}/events/{event}/"


def page_address(lang: str, slug: str) -> str:
    """Return the address of the plain page *slug* in *lang*."""
    return f"{lang}/{slug}/"


def link_key(typed: str, base: LinkBase) -> str:
    """Return the key of the link *typed* in a text of *base*; empty where it leads out of the site's care.

    Raises ValueError where it names a Markdown file that is no text of the site.
    """
    typed = _unbroken(typed)
    scheme, _, rest = typed.partition(":")
    if scheme.lower() in SITE_SCHEMES:
        name, tail = _parted(rest)
        return f"{scheme.lower()}:{unicodedata.normalize('NFC', unquote(name))}{tail}"
    # A fragment is of the text itself, which finishing has seen to.
    if _SCHEME.match(typed) or typed.startswith(("//", "#")) or not typed:
        return ""
    path, tail = _parted(typed)
    path = unicodedata.normalize("NFC", unquote(path))
    if path.lower().endswith(_MARKDOWN):
        return _of_file(path, base.file.parent) + tail
    return f"{PATH_SCHEME}:{_address(path, base.address)}{tail}"


def own_heading(fragment: str, base: LinkBase) -> str:
    """Return the key of a link to the heading *fragment* of the text whose page is that of *base*."""
    return f"{PATH_SCHEME}:{base.address}#{fragment}"


def is_own(typed: str) -> bool:
    """Return whether the link *typed* has one of the site's own schemes."""
    return _unbroken(typed).partition(":")[0].lower() in SITE_SCHEMES


def _unbroken(typed: str) -> str:
    """Return *typed* without what a browser leaves out of an address (URL Standard, section 4.4).

    That is every tab and line break, and spaces and control characters around it.
    """
    return typed.strip(_AROUND).translate(_BREAKS)


def _parted(typed: str) -> tuple[str, str]:
    """Return *typed* without its query and fragment, and these."""
    end = min((place for mark in "?#" if (place := typed.find(mark)) >= 0), default=len(typed))
    return typed[:end], typed[end:]


def _of_file(path: str, folder: PurePosixPath) -> str:
    """Return the key of the text in the Markdown file at *path*, relative to *folder*."""
    rooted = path.startswith("/")
    whole = PurePosixPath(posixpath.normpath(path.lstrip("/") if rooted else folder / path))
    scheme = (
        _FOLDERS.get(whole.parts[1], "") if whole.parts[:1] == ("content",) and len(whole.parts) > 2 else ""
    )
    if not scheme:
        raise ValueError(str(whole))
    slug, _, code = whole.stem.rpartition(".")
    # canal.md has no language in its name.
    return f"{scheme}:{slug or code}"


def _address(path: str, own: str) -> str:
    """Return where *path* leads from the page at *own*, with what is not needed taken out of it."""
    joined = path if path.startswith("/") else posixpath.join(own, path)
    # normpath drops the slash at the end, by which a folder is known.
    whole = posixpath.normpath(joined).removesuffix("index.html")
    is_folder = path.endswith(("/", "/.", "/..", "/index.html")) or path in {"", ".", "..", "index.html"}
    whole = "" if whole == "." else whole
    return f"{whole.rstrip('/')}/" if is_folder and whole else whole


def without_names(markup: str) -> str:
    """Return *markup* with the links that show nothing but their target, as autolinks do, without their text.

    Readers of a page see the target's name there, unless it is held back.
    """
    return _NAMELESS.sub(_without_name, markup)


def _without_name(found: re.Match[str]) -> str:
    opening, target, name, text = found.groups()
    repeats = html.unescape(text).strip() in {html.unescape(spelling) for spelling in (target, name)}
    return opening if repeats or unquote(html.unescape(text)) == html.unescape(target) else opening + text
