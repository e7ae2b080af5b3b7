"""Content into articles: what has not changed is taken from the cache, the rest is parsed, shared out.

What was parsed is kept under the hash of all that went in: the file's bytes, the settings, and the
pictures it mentions. A file with an error is never kept: it is looked at again until it is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple, TypeAlias

from timeline_gen.collecting.collect import Collected
from timeline_gen.errors import Problem, UsageError
from timeline_gen.model import (
    Article,
    Body,
    Citation,
    Entity,
    Era,
    Picture,
    PlainPage,
    Settings,
    Source,
    content_hash,
)
from timeline_gen.reading.article import parse_article, parse_page
from timeline_gen.reading.entities import parse_entities, parse_eras, parse_sources
from timeline_gen.reading.load import ARTICLES, Contents, Found, measure, read, survey
from timeline_gen.reading.pictures import mentioned
from timeline_gen.running.index import Index, Seen, load_index, moment, save_index, stat_of
from timeline_gen.running.sharing import chunked, shared
from timeline_gen.writing.cache import Cache, freeze, thaw

PARSED: Final = "parsed"
BODIES: Final = "bodies"
_CHUNK: Final = 200_000
"""Bytes of source in a chunk: some fifty articles."""
_BATCH: Final = 500
"""Files whose rows are taken from the cache at once."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one file was parsed into; its body is kept apart."""

    item: Article | PlainPage
    shown: tuple[Picture, ...]
    """The pictures that its body shows."""
    given: tuple[Picture, ...]
    """The pictures it may show: all that the parse knew of."""
    problems: tuple[Problem, ...]
    """Warnings and notes."""


Rows: TypeAlias = dict[PurePosixPath, tuple[str, Kept]]
"""What files were parsed into, each with the key of all that went in."""

DataFiles: TypeAlias = dict[str, tuple[str, tuple[Any, tuple[Problem, ...]]]]
"""What data files were parsed into, and what is wrong with them, with the key of all that went in."""


@dataclass(slots=True)
class Readings:
    """What a process that reads the content of one site again and again keeps of the last time."""

    rows: Rows = field(default_factory=dict)
    data: DataFiles = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """All content, read."""

    collected: Collected
    kept: Mapping[PurePosixPath, Kept]
    """What each file was parsed into, by its path."""
    found: Mapping[PurePosixPath, Found]
    """Where the pictures lie."""
    texts: Mapping[str, tuple[Found, tuple[Picture, ...]]]
    """Where each body comes from, by its hash, with the pictures that its parse knew of."""
    parsed: int
    """How many files were parsed now."""
    unread: tuple[str, ...]
    """The names and texts of those that have errors."""

    @property
    def count(self) -> int:
        """Return how many articles and plain pages there are."""
        return len(self.collected.articles) + len(self.collected.plains)


class Task(NamedTuple):
    """One file to parse."""

    source: Source
    pictures: tuple[Picture, ...]
    key: str
    """What its row in the cache is made from."""


class Done(NamedTuple):
    """What a worker made of a task, ready for the cache."""

    path: PurePosixPath
    row: bytes
    """Nothing where it has errors."""
    body_key: str
    body: bytes
    problems: tuple[Problem, ...]


def read_content(
    root: Path, settings: Settings, cache: Cache, executor: Executor | None
) -> tuple[Content, tuple[Problem, ...]]:
    """Return all content of the site in the folder *root*, and what is wrong with it."""
    return Reading(root, settings, cache, executor).whole()


class Reading:
    """A reading of all content of a site, begun: where others parse, they are at work from now on."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        cache: Cache,
        executor: Executor | None,
        *,
        known: Readings | None = None,
    ) -> None:
        """Begin to read the site in *root*; what is *known* is taken before what the *cache* has."""
        self._root, self._settings, self._cache, self._known = root, settings, cache, known or Readings()
        self._taken = moment()
        self._contents, problems = survey(root)
        self._before = load_index(root, cache)
        self._pictures, unreadable = _measured(root, self._contents, self._before)
        self._problems = (*problems, *unreadable)
        self._texts = (*self._contents.articles, *self._contents.pages)
        known_texts = _Known(self._before, self._known.rows)
        self._reader = _Reader(root, settings, cache, known_texts, self._pictures)
        tasks = chunked(self._reader.tasks(self._texts), _cost, _CHUNK)
        self._results = shared(executor, partial(parse_tasks, settings=settings), tasks)

    def whole(self) -> tuple[Content, tuple[Problem, ...]]:
        """Return all content, and what is wrong with it; what is known is brought to what was read."""
        reader, contents, cache, rows = self._reader, self._contents, self._cache, self._known.rows
        for results in self._results:
            reader.take(results)
        after = _after(contents, reader.hashes, self._pictures, self._taken)
        save_index(self._root, cache, self._before, after)
        cache.prune(PARSED, {str(found.path) for found in self._texts})
        for path in rows.keys() - {found.path for found in self._texts}:
            del rows[path]
        data = _data(self._root, contents, self._settings, self._known.data)
        content = reader.content(self._texts, contents, data)
        return content, (*self._problems, *reader.problems, *data.problems)


def read_again(
    root: Path, settings: Settings, cache: Cache, known: Mapping[Found, Kept], taken: int
) -> dict[PurePosixPath, Kept] | None:
    """Return what the texts *known* are parsed into now; all else was seen, at *taken*, to be as it was.

    None where that is not enough: where there is something to say of one, or it shows other pictures.
    """
    before = load_index(root, cache)
    pictures = {PurePosixPath(path) for path in before.pictures}
    digest = _settings_digest(settings)
    kept: dict[PurePosixPath, Kept] = {}
    seen: dict[str, Seen] = {}
    rows: dict[str, bytes] = {}
    bodies: dict[str, bytes] = {}
    for found, old in known.items():
        source, _ = read(root, found)
        if source is None or old.problems:
            return None
        name, shown = content_hash(source.data), mentioned(source, pictures)
        given = tuple(one for one in old.given if one.path in shown)
        done = _parse(Task(source, given, _parse_key(name, digest)), settings)
        if len(given) < len(shown) or not done.row:
            return None
        _, new = thaw(done.row)
        if new.problems or new.shown != old.shown:
            return None
        kept[found.path], seen[str(found.path)] = new, _seen(found, name)
        rows[str(found.path)], bodies[done.body_key] = done.row, done.body
    cache.put(PARSED, rows)
    cache.put(BODIES, bodies)
    save_index(root, cache, before, replace(before, texts={**before.texts, **seen}, taken=taken))
    return kept


def read_bodies(
    root: Path, content: Content, settings: Settings, cache: Cache, hashes: Collection[str]
) -> dict[str, Body]:
    """Return the bodies of *hashes*: from the cache, or parsed again where it has lost them.

    Raises ``UsageError`` where a text has changed since *content* was read.
    """
    bodies = {name: thaw(data) for name, data in cache.get(BODIES, hashes).items()}
    for name in hashes:
        if name in bodies:
            continue
        found, given = content.texts[name]
        source, _ = read(root, found)
        done = _parse(Task(source, given, ""), settings) if source else None
        if done is None or done.body_key != name:
            raise UsageError(f"{found.path} was changed while the site was built", "build it again")
        cache.put(BODIES, {name: done.body})
        bodies[name] = thaw(done.body)
    return bodies


def parse_tasks(tasks: Sequence[Task], *, settings: Settings) -> list[Done]:
    """Parse the file of each of *tasks*."""
    return [_parse(task, settings) for task in tasks]


def _parse(task: Task, settings: Settings) -> Done:
    source, path = task.source, task.source.path
    pictures = {picture.path: picture for picture in task.pictures}
    if ARTICLES in path.parents:
        article, problems = parse_article(source, settings, pictures)
        item: Article | PlainPage | None = article.article if article else None
        body = article.body if article else None
    else:
        page, problems = parse_page(source, settings, pictures)
        item, body = (page.page, page.body) if page else (None, None)
    if item is None or body is None:
        return Done(path, b"", "", b"", problems)
    kept = Kept(item, body.pictures, task.pictures, problems)
    row = freeze((task.key, kept))
    return Done(path, row, item.body_hash, freeze(body), ())


def _cost(task: Task) -> int:
    return len(task.source.data)


class _Known(NamedTuple):
    """What earlier builds found out of the texts."""

    seen: Index
    rows: Rows


class _Reader:
    """What is known of the texts of a site while they are read, in one pass over all of them."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        cache: Cache,
        known: _Known,
        pictures: Mapping[PurePosixPath, Picture],
    ) -> None:
        self.hashes: dict[PurePosixPath, str] = {}
        self.problems: list[Problem] = []
        self._root = root
        self._cache = cache
        self._index, self._rows = known
        self._pictures = pictures
        self._settings = _settings_digest(settings)
        self._kept: dict[PurePosixPath, Kept] = {}
        self._parsed = 0

    def tasks(self, texts: Iterable[Found]) -> Iterator[Task]:
        """Yield those of *texts* that must be parsed; what the cache has of the others is taken from it."""
        rest = iter(texts)
        while batch := tuple(islice(rest, _BATCH)):
            frozen = self._cache.get(PARSED, [str(one.path) for one in batch if one.path not in self._rows])
            self._rows.update((PurePosixPath(path), thaw(row)) for path, row in frozen.items())
            for found in batch:
                task = self._task(found, self._rows.get(found.path))
                if task:
                    yield task

    def _task(self, found: Found, row: tuple[str, Kept] | None) -> Task | None:
        """Return the task of parsing *found*, unless *row*, what the cache has of it, still holds."""
        path, known = found.path, self._index.hash_of(found)
        if known and row and self._holds(row, known):
            self.hashes[path], self._kept[path] = known, row[1]
            return None
        source, problems = read(self._root, found)
        self.problems += problems
        if source is None:
            return None
        self.hashes[path] = content_hash(source.data)
        if row and self._holds(row, self.hashes[path]):
            self._kept[path] = row[1]
            return None
        given = (self._pictures[name] for name in mentioned(source, self._pictures.keys()))
        return Task(source, tuple(given), self._key(self.hashes[path]))

    def _holds(self, row: tuple[str, Kept], known: str) -> bool:
        key, kept = row
        same = all(self._pictures.get(picture.path) == picture for picture in kept.given)
        return same and key == self._key(known)

    def _key(self, known: str) -> str:
        return _parse_key(known, self._settings)

    def take(self, results: Iterable[Done]) -> None:
        """Take in what was parsed, and keep it in the cache."""
        rows: dict[str, bytes] = {}
        bodies: dict[str, bytes] = {}
        for done in results:
            self._parsed += 1
            self.problems += done.problems
            if done.row:
                row = self._rows[done.path] = thaw(done.row)
                self._kept[done.path] = row[1]
                rows[str(done.path)] = done.row
                bodies[done.body_key] = done.body
        self._cache.put(PARSED, rows)
        self._cache.put(BODIES, bodies)

    def _unread(self, texts: Iterable[Found]) -> Iterator[str]:
        for found in texts:
            if found.path not in self._kept:
                source, _ = read(self._root, found)
                yield f"{found.path}\n{source.data.decode(errors='replace') if source else ''}"

    def content(self, texts: Sequence[Found], contents: Contents, data: _Data) -> Content:
        """Return all that was read, in the order of *texts*; their warnings join the problems."""
        whole = [self._kept[found.path] for found in texts if found.path in self._kept]
        self.problems += (problem for one in whole for problem in one.problems)
        return Content(
            collected=Collected(
                articles=tuple(one.item for one in whole if isinstance(one.item, Article)),
                plains=tuple(one.item for one in whole if isinstance(one.item, PlainPage)),
                entities=data.entities,
                eras=data.eras,
                sources=data.sources,
            ),
            kept=self._kept,
            found=contents.pictures,
            texts={
                kept.item.body_hash: (found, kept.given)
                for found in texts
                if (kept := self._kept.get(found.path))
            },
            parsed=self._parsed,
            unread=tuple(self._unread(texts)),
        )


def _parse_key(known: str, settings: str) -> str:
    """Return what a text is made from: the hash of its bytes, and that of the *settings*."""
    return f"{known} {settings}"


def _settings_digest(settings: Settings) -> str:
    """Return the hash of those settings that decide what a file is parsed into."""
    said = (settings.languages, settings.day_order, settings.seasons, settings.taxonomies, settings.markdown)
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


# ---------------------------------------------------------------- pictures and data files


def _measured(
    root: Path, contents: Contents, index: Index
) -> tuple[dict[PurePosixPath, Picture], tuple[Problem, ...]]:
    known = {path: index.picture(found) for path, found in contents.pictures.items()}
    unknown = [found for path, found in contents.pictures.items() if known[path] is None]
    measured, problems = measure(root, unknown)
    return {path: picture for path, picture in known.items() if picture} | measured, problems


def _after(
    contents: Contents,
    hashes: Mapping[PurePosixPath, str],
    pictures: Mapping[PurePosixPath, Picture],
    taken: int,
) -> Index:
    texts = (found for found in (*contents.articles, *contents.pages) if found.path in hashes)
    shown = (found for found in contents.pictures.values() if found.path in pictures)
    return Index(
        texts={str(one.path): _seen(one, hashes[one.path]) for one in texts},
        pictures={str(one.path): _seen(one, *_about(pictures[one.path])) for one in shown},
        taken=taken,
    )


def _seen(found: Found, *about: str | int) -> Seen:
    return Seen(*stat_of(found), about)


def _about(picture: Picture) -> tuple[int, int, str]:
    return picture.width, picture.height, str(picture.address)


@dataclass(frozen=True, slots=True)
class _Data:
    """What the data files beside the articles say."""

    entities: tuple[Entity, ...]
    eras: tuple[Era, ...]
    sources: Mapping[str, Citation]
    problems: tuple[Problem, ...]


def _data(root: Path, contents: Contents, settings: Settings, known: DataFiles) -> _Data:
    problems: list[Problem] = []
    digest = _settings_digest(settings)
    sources: dict[str, Source] = {}
    for name, found in contents.data.items():
        source, wrong = read(root, found)
        problems += wrong
        if source:
            sources[name] = source

    def parsed(name: str, parse: Callable[[Source, Settings], tuple[Any, tuple[Problem, ...]]]) -> Any:  # noqa: ANN401
        if name not in sources:
            return ()
        key = f"{content_hash(sources[name].data)} {digest}"
        if name not in known or known[name][0] != key:
            known[name] = (key, parse(sources[name], settings))
        found, wrong = known[name][1]
        problems.extend(wrong)
        return found

    return _Data(
        entities=parsed("entities.yaml", parse_entities),
        eras=parsed("eras.yaml", parse_eras),
        sources=dict(parsed("sources.yaml", parse_sources)),
        problems=tuple(problems),
    )
