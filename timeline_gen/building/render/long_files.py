"""Long files made of unchanged chunks: one changed event makes one chunk of each anew.

For every long file a table has the place of the chunk of each noun, and the hash of all that a chunk was made
from besides its noun, its context. A table is known by the hash of the file that it describes, and is used
for no other; so whatever happens to the store or the file, the chunks are those that would be made now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, chain
from pathlib import Path
from threading import local
from typing import Any, Final, NamedTuple

from timeline_gen.building.render.cache_keys import words_digest
from timeline_gen.building.store.store import Step, Store
from timeline_gen.keys import content_hash, key_of
from timeline_gen.model.files import Output
from timeline_gen.pages.page import Bodies, ChunkedPage, Page
from timeline_gen.pages.parts.memoize import forget
from timeline_gen.pages.search_index import EventRows, SearchIndex
from timeline_gen.rendering.chunks import Chunked
from timeline_gen.rendering.context import RenderContext
from timeline_gen.writing.cache import dump, load
from timeline_gen.writing.manifest import Entry
from timeline_gen.writing.output_state import OutputState

MANY: Final = 250
"""Nouns of a file that is worth a table."""
_BATCH: Final = 100
"""Tables that are put into the cache at once: all of them would fill the memory."""
_AT_ONCE: Final = 1000
"""Nouns whose chunks are made at once: the views of all of them would fill the memory."""
_NAME: Final = 16
"""Bytes of a noun's digest, by which its chunk is known."""


class _ChunkPlaces(NamedTuple):
    """Where the chunks of a list are in a file."""

    first: int
    """Where the first begins."""
    between: int
    """How far one ends from where the next begins."""
    names: bytes
    """The digests of their nouns, one behind the other."""
    lengths: tuple[int, ...]


def is_long(page: ChunkedPage) -> bool:
    """Return whether the file of *page* is so long that the next build takes chunks from it."""
    return len(page.chunk_lists()[0]) >= MANY


def has_table(page: Page) -> bool:
    """Return whether the cache has a table of what the file of *page* is made of."""
    return isinstance(page, SearchIndex) or (isinstance(page, ChunkedPage) and is_long(page))


def table_of(page: ChunkedPage, file: Chunked, context_key: bytes) -> bytes:
    """Return the table of *file*; empty where names are not unique."""
    names = _names(page)
    if not _are_distinct(names):
        return b""
    found: list[_ChunkPlaces] = []
    place = 0
    for made, digests in zip(file.lists, names, strict=True):
        lengths, between = tuple(map(len, made.chunks)), len(made.between)
        place += len(made.before)
        found.append(_ChunkPlaces(place, between, b"".join(digests), lengths))
        place += sum(lengths) + between * max(len(lengths) - 1, 0)
    return dump((context_key, tuple(map(tuple, found))))


def _names(page: ChunkedPage) -> list[list[bytes]]:
    """Return the digests of the nouns of *page*, by which their chunks are known."""
    return [[noun.digest for noun in nouns] for nouns in page.chunk_lists()]


def _are_distinct(names: Iterable[Sequence[bytes]]) -> bool:
    """Return whether each of *names* is that of one noun only."""
    return all(len({*digests}) == len(digests) for digests in names)


def context_key_of(page: ChunkedPage, context: RenderContext) -> bytes:
    """Return the hash of all that a chunk of *page* is made from besides its noun."""
    return key_of(words_digest(context), *page.chunk_context())


class FileBefore(NamedTuple):
    """A long file as the last build left it."""

    file: str
    """Where it is."""
    hash: str
    """Of its bytes."""
    table: bytes


def assembled(
    page: ChunkedPage, context: RenderContext, context_key: bytes, before: FileBefore | None
) -> Chunked:
    """Return the file of *page*: of chunks of the same context, unchanged or made here, and of new ones."""
    nouns, names = page.chunk_lists(), _names(page)
    if not _are_distinct(names):
        return page.chunks(context)
    known = _remembered(page, context_key)
    for chunks, unchanged in zip(known, chunks_before(before, context_key) if before else (), strict=False):
        chunks.update(unchanged)
    lacking = [
        tuple([noun for noun, name in zip(members, named, strict=True) if name not in chunks])
        for members, named, chunks in zip(nouns, names, known, strict=True)
    ]
    # Once at least, even where no noun is lacking: this makes what surrounds the chunks, too.
    for start in range(0, max(1, *map(len, lacking)), _AT_ONCE):
        part = [members[start : start + _AT_ONCE] for members in lacking]
        few: dict[str, Any] = dict(zip(page.chunked, part, strict=True))
        made = replace(page, **few).chunks(context)
        for chunks, members, new in zip(known, part, made.lists, strict=True):
            chunks.update(zip([noun.digest for noun in members], new.chunks, strict=True))
    lists = (
        new._replace(chunks=tuple([chunks[name] for name in named]))
        for new, chunks, named in zip(made.lists, known, names, strict=True)
    )
    return Chunked(tuple(lists), made.after)


class _LastContext(local):
    """The context that this thread made chunks in last, with those that it made or found there."""

    key = b""
    chunks: Sequence[dict[bytes, bytes]] = ()


_last: Final = _LastContext()


def _remembered(page: ChunkedPage, context_key: bytes) -> Sequence[dict[bytes, bytes]]:
    """Return the chunks of the lists of *page* that this thread knows of its context, to be added to.

    Only those of one context are remembered: the files of a kind and language are made one after another,
    that of the site first, and no other can use its chunks.
    """
    if _last.key != context_key:
        _last.key, _last.chunks = context_key, [{} for _ in page.chunked]
        if not page.siblings:
            forget()
    return _last.chunks


def forget_context() -> None:
    """Forget all that was remembered of chunks: what is made now is another thing."""
    if _last.key:
        _last.key, _last.chunks = b"", ()
        forget()


def chunks_before(before: FileBefore, context_key: bytes) -> list[dict[bytes, bytes]]:
    """Return the chunks of the file *before*, by their nouns' digests, for each list.

    There are none where they are of another context, or the file is not the one that its table describes.
    """
    found, lists = load(before.table)
    if found != context_key:
        return []
    try:
        data = Path(before.file).read_bytes()
    except OSError:
        return []
    if content_hash(data) != before.hash:
        return []
    return [dict(_chunks(data, _ChunkPlaces(*places))) for places in lists]


class ChunkTables:
    """The tables of the long files that a tree holds, and those of the files that a build makes."""

    def __init__(self, output: OutputState, store: Store) -> None:
        """Know the tables of *output*, the tree before the build."""
        self._output, self._store = output, store
        self._step: Step[bytes] = Step(f"{output.tree.name}/chunks", in_memory=False)
        self._made: dict[str, tuple[bytes, bytes]] = {}

    def before(self, pages: Iterable[Page]) -> dict[str, FileBefore]:
        """Return the long files among those of *pages* that are there, by path."""
        entries, top = self._output.entries, self._output.tree.output
        files = [page.file for page in pages if has_table(page) and page.file in entries]
        known = self._store.known(self._step, {file: entries[file].hash.encode() for file in files})
        return {file: FileBefore(str(top / file), entries[file].hash, table) for file, table in known.items()}

    def keep(self, path: str, file_hash: str, table: bytes) -> None:
        """Keep the *table* of the file at *path*, whose bytes have that hash, if it has a table."""
        if table:
            self._made[path] = (file_hash.encode(), table)
        if len(self._made) >= _BATCH:
            self._put()

    def end(self, paths: Collection[str] | None) -> None:
        """Keep what is left to be kept; where *paths* names all files that are long, of others nothing."""
        self._put()
        if paths is not None:
            self._store.prune(self._step, paths)

    def _put(self) -> None:
        self._store.keep(self._step, self._made)
        self._made.clear()


def _chunks(data: bytes, places: _ChunkPlaces) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a list in *data*, each with its name."""
    starts = accumulate(chain((places.first,), (length + places.between for length in places.lengths)))
    for number, (start, length) in enumerate(zip(starts, places.lengths, strict=False)):
        yield places.names[_NAME * number : _NAME * (number + 1)], data[start : start + length]


# ---------------------------------------------------------------- searches, which are of several files


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
    """Return the key of each of *count* parts of a search whose head has *key*.

    Their names follow from what they hold, so only the count shows the next build that none is missing.
    """
    return f"{key} {count}"
