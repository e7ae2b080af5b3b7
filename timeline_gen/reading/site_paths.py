"""Where the files of a site are, and which of them a build reads."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.reading.disk.packaged import THEMES
from timeline_gen.reading.ignored import is_ignored
from timeline_gen.reading.table_rows import SUFFIXES as TABLES

CONTENT: Final = "content"
ARTICLES: Final = PurePosixPath(CONTENT, "articles")
EVENTS: Final = PurePosixPath(CONTENT, "events")
"""Events with files of their own."""
PAGES: Final = PurePosixPath(CONTENT, "pages")
ARTICLE_FOLDERS: Final = (ARTICLES.parts, EVENTS.parts)
"""What is read as articles: an event's own file is an article with one event."""
SETTINGS: Final = PurePosixPath("site.yaml")
WORDS: Final = "words"
"""The folder of a site's own words for dates, a file for each language."""
DATA_FILES: Final = ("entities.yaml", "eras.yaml", "sources.yaml")
STATIC: Final = PurePosixPath("static")
"""Files that are copied to the root of the site as they are."""
OFFERED: Final = re.compile(r"\.[A-Za-z0-9]{2,10}")
"""Endings of files that a text may name."""
MAP: Final = ".map.yaml"
"""What the name of a table's map ends with, after that of the table."""


def is_read(path: PurePosixPath) -> bool:
    """Return whether a build reads the file *path* of a site, by its name and folder."""
    top, parts = path.parts[0], path.parts
    if any(map(is_ignored, parts)):
        return False
    if top == THEMES:
        return "__pycache__" not in parts
    if top != CONTENT:
        return path == SETTINGS or top in {str(STATIC), WORDS}
    if path.suffix == ".md":
        return parts[:2] in (*ARTICLE_FOLDERS, PAGES.parts)
    if parts[:2] == EVENTS.parts and (path.suffix in TABLES or path.name.endswith(MAP)):
        return True
    return bool(OFFERED.fullmatch(path.suffix)) or (path.name in DATA_FILES and len(parts) == 2)
