"""Links for a site that is opened from a folder: a link to a page names the page's file.

A server answers ``people/`` with ``people/index.html``; a folder on disk shows its list of files.
"""

from __future__ import annotations

import re
from typing import Final

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
