"""Long files made of the pieces that stand: one changed event makes one piece of each anew.

Of every long file a table tells where the piece of each noun lies, and the hash of all that a piece was
made from beside its noun, its ground. A table is believed of a file alone whose bytes have the hash that it
names; so whatever happens to the cache or the file, the pieces are those that would be made now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from threading import local
from typing import Any, Final, NamedTuple, TypeAlias

from timeline_gen.collecting.chronicle import Brief, Event
from timeline_gen.model import content_hash, digest_of
from timeline_gen.planning.keeping import forget
from timeline_gen.planning.pages import Page, PageKind
from timeline_gen.planning.show import view_of
from timeline_gen.planning.site import Site
from timeline_gen.rendering.kit import Kit
from timeline_gen.rendering.pieces import InPieces
from timeline_gen.rendering.render import in_pieces
from timeline_gen.running.keying import words_digest
from timeline_gen.writing.cache import Cache, freeze, thaw
from timeline_gen.writing.survey import Standing

_Nouns: TypeAlias = Sequence[Event] | Sequence[Brief]

_KINDS: Final = frozenset({PageKind.EVENTS_DATA, PageKind.EVENTS_TABLE, PageKind.CALENDAR, PageKind.FINDER})
_ALIKE: Final = frozenset({PageKind.EVENTS_DATA, PageKind.EVENTS_TABLE})
"""A row of the table is made from the same data."""
MANY: Final = 250
"""Events of a file that is worth a table."""
_BATCH: Final = 100
"""Tables that are put into the cache at once: all of them would fill the memory."""
_AT_ONCE: Final = 1000
"""Nouns whose pieces are made at once: the views of all of them would fill the memory."""
_NAME: Final = 16
"""Bytes of a noun's digest, by which its piece is known."""


class _Lying(NamedTuple):
    """Where the pieces of a stretch lie in a file."""

    first: int
    """Where the first begins."""
    between: int
    """How far one ends from where the next begins."""
    names: bytes
    """The digests of their nouns, one behind the other."""
    lengths: tuple[int, ...]


def is_pieced(page: Page) -> bool:
    """Tell whether the file of *page* is made in pieces."""
    return page.kind in _KINDS


def is_long(page: Page) -> bool:
    """Tell whether the file of *page* is so long that the next build takes pieces from it."""
    return is_pieced(page) and len(page.shows.events) >= MANY


def table_of(page: Page, file: InPieces, digest: str, ground: bytes) -> bytes:
    """Return the table of *file*, whose bytes have the hash *digest*; empty where names are not unique."""
    if not _told_apart(page):
        return b""
    found: list[_Lying] = []
    place = 0
    for stretch, nouns in zip(file.stretches, _nouns(page), strict=True):
        lengths, between = tuple(map(len, stretch.pieces)), len(stretch.between)
        place += len(stretch.before)
        found.append(_Lying(place, between, b"".join(noun.digest for noun in nouns), lengths))
        place += sum(lengths) + between * max(len(lengths) - 1, 0)
    return freeze((digest, ground, tuple(map(tuple, found))))


def _nouns(page: Page) -> tuple[_Nouns, ...]:
    """Return what the stretches of *page* are made of."""
    shows = page.shows
    return (shows.events, shows.stories) if page.kind is PageKind.FINDER else (shows.events,)


def _told_apart(page: Page) -> bool:
    """Tell whether each noun of *page* has a digest of its own, as long as a table's names are."""
    digests = [[noun.digest for noun in nouns] for nouns in _nouns(page)]
    return all(len({*some}) == len(some) and {*map(len, some)} <= {_NAME} for some in digests)


def ground_of(page: Page, site: Site, kit: Kit) -> bytes:
    """Return the hash of all that a piece of *page* is made from beside its noun."""
    shows = page.shows
    # A row of the finder numbers what it names, and gives years where the timeline is split by them.
    numbered = [entity.id for _, named in shows.together for entity, _ in named]
    said = repr((page.kind.value, page.lang, bool(shows.span.years), numbered))
    return digest_of(site.digest, words_digest(kit).encode(), said.encode())


class Before(NamedTuple):
    """A long file as the last build left it."""

    file: str
    """Where it lies."""
    table: bytes


def assembled(page: Page, site: Site, kit: Kit, ground: bytes, before: Before | None) -> InPieces:
    """Return the file of *page*: of pieces of its *ground* that stand or were made here, and of new ones."""
    nouns = _nouns(page)
    if not _told_apart(page):
        return in_pieces(view_of(page, site), kit)
    known = _remembered(page.kind, ground, len(nouns))
    for pieces, standing in zip(known, pieces_before(before, ground) if before else (), strict=False):
        pieces.update(standing)
    lacking: list[tuple[Any, ...]] = [
        tuple([noun for noun in some if noun.digest not in pieces])
        for some, pieces in zip(nouns, known, strict=True)
    ]
    for start in range(0, max(1, *map(len, lacking)), _AT_ONCE):
        part = [some[start : start + _AT_ONCE] for some in lacking]
        events, stories = (*part, ())[:2]
        few = page._replace(shows=page.shows._replace(events=events, stories=stories))
        made = in_pieces(view_of(few, site), kit)
        for pieces, some, stretch in zip(known, part, made.stretches, strict=True):
            pieces.update(zip([noun.digest for noun in some], stretch.pieces, strict=True))
    stretches = (
        stretch._replace(pieces=tuple([pieces[noun.digest] for noun in some]))
        for stretch, pieces, some in zip(made.stretches, known, nouns, strict=True)
    )
    return InPieces(tuple(stretches), made.after)


class _Last(local):
    """The ground that this thread was at last, with the pieces that it made or found there."""

    ground = b""
    pieces: Sequence[dict[bytes, bytes]] = ()


_last: Final = _Last()


def _remembered(kind: PageKind, ground: bytes, count: int) -> Sequence[dict[bytes, bytes]]:
    """Return the pieces of *count* stretches that this thread knows of a *ground*, to be added to.

    Those of one ground alone are remembered: the files of a kind and language are made one after another,
    that of the site first, and no other can use its pieces.
    """
    if _last.ground != ground:
        _last.ground, _last.pieces = ground, [{} for _ in range(count)]
        if kind not in _ALIKE:
            forget()
    return _last.pieces


def leave() -> None:
    """Forget all that was remembered of pieces: what is made now is another thing."""
    if _last.ground:
        _last.ground, _last.pieces = b"", ()
        forget()


def pieces_before(before: Before, ground: bytes) -> list[dict[bytes, bytes]]:
    """Return the pieces of the file *before*, by their nouns' digests, for each stretch.

    There are none where they are of another *ground*, or the file is not the one that its table tells of.
    """
    digest, found, stretches = thaw(before.table)
    if found != ground:
        return []
    try:
        data = Path(before.file).read_bytes()
    except OSError:
        return []
    if content_hash(data) != digest:
        return []
    return [dict(_pieces(data, _Lying(*stretch))) for stretch in stretches]


class Tables:
    """The tables of the long files that are *standing*, and those of the files that a build makes."""

    def __init__(self, standing: Standing, cache: Cache) -> None:
        self._standing, self._cache = standing, cache
        self._shelf = f"{standing.tree.name}/pieces"
        self._made: dict[str, bytes] = {}

    def before(self, pages: Iterable[Page]) -> dict[str, Before]:
        """Return the long files among those of *pages* that stand, by path."""
        stands, top = self._standing.entries, self._standing.tree.output
        wanted = [page.file for page in pages if is_long(page) and page.file in stands]
        return {
            path: Before(str(top / path), table)
            for path, table in self._cache.get(self._shelf, wanted).items()
            if thaw(table)[0] == stands[path].hash
        }

    def keep(self, path: str, table: bytes) -> None:
        """Keep the *table* of the file at *path*, if it has one."""
        if table:
            self._made[path] = table
        if len(self._made) >= _BATCH:
            self._put()

    def end(self, paths: Collection[str] | None) -> None:
        """Keep what is left to be kept; where *paths* names all files that are long, of others nothing."""
        gone = self._cache.keys(self._shelf).difference(paths) if paths is not None else ()
        self._put(gone)

    def _put(self, gone: Collection[str] = ()) -> None:
        self._cache.put(self._shelf, self._made, without=gone)
        self._made.clear()


def _pieces(data: bytes, lying: _Lying) -> Iterator[tuple[bytes, bytes]]:
    """Yield the pieces of a stretch of *data*, each with its name."""
    starts = accumulate(chain((lying.first,), (length + lying.between for length in lying.lengths)))
    for number, (start, length) in enumerate(zip(starts, lying.lengths, strict=False)):
        yield lying.names[_NAME * number : _NAME * (number + 1)], data[start : start + length]
