"""The files of a search, a head and its parts: made anew when anything that is found changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from timeline_gen.building.store.chunk_tables import FileBefore
from timeline_gen.keys import content_hash
from timeline_gen.model.files import Output
from timeline_gen.pages.page import Bodies, Page
from timeline_gen.pages.search_index import EventRows, SearchIndex
from timeline_gen.writing.cache import dump, load
from timeline_gen.writing.manifest import Entry


class RenderedSearch(NamedTuple):
    """The files of a search."""

    head: Output
    parts: tuple[Output, ...]
    table: bytes
    """What is known of each event, for the next build."""


def rendered_search(page: SearchIndex, bodies: Bodies, before: FileBefore | None) -> RenderedSearch:
    """Return the files of *page*; *before* has what the last build knew of the events."""
    context = page.row_context
    rows = page.rows(bodies, _rows_before(before, context))
    files = page.files(rows)
    head = Output(page.file, files.head, content_hash(files.head))
    parts = (
        Output(f"{page.folder}{name}.js", data, content_hash(data)) for name, data in files.parts.items()
    )
    return RenderedSearch(head, tuple(parts), dump((context, dict(rows))))


def _rows_before(before: FileBefore | None, context: bytes) -> EventRows:
    if before is None:
        return {}
    found, rows = load(before.table)
    return rows if found == context else {}


def parts_before(
    pages: Iterable[Page], keys: Mapping[str, str], entries: Mapping[str, Entry]
) -> tuple[list[Page], dict[str, str]]:
    """Return the searches among *pages* of which parts are missing, and the keys of the parts that stay.

    *keys* are those of the pages, *entries* the files that are as the last build left them, by path.
    """
    lacking: list[Page] = []
    stay: dict[str, str] = {}
    for page in pages:
        head = entries.get(page.file) if isinstance(page, SearchIndex) else None
        if not isinstance(page, SearchIndex) or head is None or head.key != keys[page.file]:
            continue
        parts = _parts_of(page, head.key, entries)
        stay |= parts
        if not parts:
            lacking.append(page)
    return lacking, stay


def _parts_of(page: SearchIndex, key: str, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return the keys of the parts of *page*, made from *key*, by path; empty unless all are there."""
    found = {
        path: entry.key
        for path, entry in entries.items()
        if path.startswith(page.folder) and entry.key.startswith(f"{key} ")
    }
    whole = all(part == part_key(key, len(found)) for part in found.values())
    return found if whole else {}


def part_key(key: str, count: int) -> str:
    """Return the key of each of *count* parts of a search whose head has *key*."""
    return f"{key} {count}"
