"""Which files a text may show or offer, by the endings of their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.reading.pictures.raster_kinds import SUFFIXES as PICTURES

PICTURE, FILM, AUDIO, DOCUMENT = "picture", "film", "audio", "document"
"""What a page makes of a file: it draws it, plays it, or offers it."""
REFUSED, BROKEN = "refused", "broken"
"""Kinds of files that are never published: not allowed, and not what their names promise."""

FILMS: Final = frozenset({".mp4", ".webm"})
SOUNDS: Final = frozenset({".mp3", ".m4a", ".ogg", ".opus", ".wav"})
OFFICE: Final = frozenset({".docx", ".xlsx", ".pptx"})
"""Office Open XML (ECMA-376)."""
OPEN_DOCUMENTS: Final[Mapping[str, str]] = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".epub": "application/epub+zip",
}
"""Packages whose first file names their kind (OpenDocument 1.3, part 2, 3.3; EPUB 3.3, OCF 4.3.2)."""
TEXTS: Final = frozenset({".csv", ".tsv", ".txt", ".json", ".geojson", ".vtt", ".srt"})
DOCUMENTS: Final = frozenset({".pdf", ".rtf", ".zip", *OFFICE, *OPEN_DOCUMENTS, *TEXTS})

ACTIVE: Final = frozenset(
    [
        ".html",
        ".htm",
        ".xhtml",
        ".xht",
        ".shtml",
        ".mht",
        ".mhtml",
        ".xml",
        ".xsl",
        ".xslt",
        ".svgz",
        ".js",
        ".mjs",
        ".css",
        ".swf",
        ".hta",
        ".php",
    ]
)
"""Kinds that no setting allows: a browser would run them as a part of the site."""

_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(PICTURES, PICTURE),
    **dict.fromkeys(FILMS, FILM),
    **dict.fromkeys(SOUNDS, AUDIO),
    **dict.fromkeys(DOCUMENTS, DOCUMENT),
}


def kind_of(path: PurePosixPath, more: Collection[str] = ()) -> str:
    """Return the kind of the file *path*; empty where neither the program nor *more* endings allow it.

    *more* are endings without a dot, in small letters, as ``site.yaml`` gives them.
    """
    suffix = path.suffix.lower()
    return _KINDS.get(suffix) or (DOCUMENT if suffix[1:] in more else "")


def label_of(path: PurePosixPath) -> str:
    """Return what readers see the kind of the file *path* called: ``PDF``."""
    return path.suffix[1:].upper()
