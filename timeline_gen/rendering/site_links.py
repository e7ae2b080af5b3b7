"""Links inside the site, in pages that are drawn: they lead from the page, and to files where that is asked.

A server answers ``people/`` with ``people/index.html``; a folder on disk shows its list of files.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

ROOT: Final = "site:"
"""What the addresses of resolved links begin with. No text can write it: cleaning takes the scheme out."""
OPENING: Final = f'<a href="{ROOT}'

_TAG: Final = re.compile(rb'<a\s[^<>]*>|<meta http-equiv="refresh"[^<>]*>')
_FOLDER: Final = re.compile(
    rb"""
    (?P<before> \s href=" | ;\ url= )
    (?! [a-zA-Z][a-zA-Z0-9+.-]*: | / )     # with a scheme, or from the host's root
    (?P<folder> [^"?\#]*/ )
    (?P<rest> [?\#][^"]* )?
    "
    """,
    re.VERBOSE,
)


def to_files(html: bytes) -> bytes:
    """Return the page *html* with its links to folders leading to the ``index.html`` inside."""
    return _TAG.sub(lambda tag: _FOLDER.sub(rb'\g<before>\g<folder>index.html\g<rest>"', tag[0]), html)


def with_root(html: bytes, root: str) -> bytes:
    """Return the page *html* with its resolved links leading from it; *root* leads to the site's root."""
    return html.replace(OPENING.encode(), f'<a href="{escape(root)}'.encode())
