"""Content into articles: what has not changed is taken from the cache, the rest is parsed, shared out.

What was parsed is kept under the hash of all that went in: the file's bytes, the settings, and the
pictures it mentions. A file with an error is never kept: it is looked at again until it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple, TypeAlias

from timeline_gen.building.parsing import (
    ParseData,
    ParsedFile,
    ParseResult,
    ParseTask,
    parse_data,
    parse_task,
    parse_tasks,
)
from timeline_gen.building.problems import Unread
from timeline_gen.building.progress import counting
from timeline_gen.building.statics import StaticFile, read_statics
from timeline_gen.building.store.index import (
    FileState,
    Index,
    about_picture,
    load_index,
    moment,
    save_index,
    stat_of,
)
from timeline_gen.building.tables import KnownTables, TablesRead, TablesReading
from timeline_gen.building.workers.sharing import chunked, shared
from timeline_gen.collecting.collect import Collected
from timeline_gen.errors import Level, Problem, UsageError
from timeline_gen.model import (
    Article,
    Body,
    Citation,
    Entity,
    Era,
    Media,
    Picture,
    PlainPage,
    Settings,
    Source,
    content_hash,
)
from timeline_gen.reading.cover import find_cover
from timeline_gen.reading.entities import parse_entities, parse_eras, parse_sources
from timeline_gen.reading.file_names import safe_hints
from timeline_gen.reading.load import Contents, Found, Measured, measure, read, survey
from timeline_gen.reading.pictures.mentions import mentioned
from timeline_gen.writing.cache import Cache, thaw

PARSED: Final = "parsed"
BODIES: Final = "bodies"
MADE_PICTURES: Final = "made pictures"
"""Files of pictures as they are published, by their addresses."""
_CHUNK: Final = 200_000
"""Bytes of source in a chunk: some fifty articles."""
_PICTURES_CHUNK: Final = 2_000_000
"""Bytes of pictures measured in one go."""
_BATCH: Final = 500
"""Files whose rows are taken from the cache at once."""


Rows: TypeAlias = dict[PurePosixPath, tuple[str, ParsedFile]]
"""What files were parsed into, each with the key of all that went in."""

DataFiles: TypeAlias = dict[str, tuple[str, tuple[Any, tuple[Problem, ...]]]]
"""What data files were parsed into, and what is wrong with them, with the key of all that went in."""


@dataclass(slots=True)
class Readings:
    """What a process that reads the content of one site again and again keeps of the last time."""

    rows: Rows = field(default_factory=dict)
    data: DataFiles = field(default_factory=dict)
    tables: KnownTables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """All content, read."""

    collected: Collected
    kept: Mapping[PurePosixPath, ParsedFile]
    """What each file was parsed into, by its path."""
    found: Mapping[PurePosixPath, Found]
    """Where the pictures lie."""
    texts: Mapping[str, tuple[Found, tuple[Picture, ...]]]
    """Where each body comes from, by its hash, with the pictures that its parse knew of."""
    parsed: int
    """How many files were parsed now."""
    unread: tuple[Unread, ...]
    """Those that have errors, and those that lie where nothing reads them."""
    statics: tuple[StaticFile, ...] = ()
    """The files that are copied."""
    cover: Mapping[str, Media] = field(default_factory=dict)
    """The picture that the site opens with, by the language of its texts."""

    @property
    def count(self) -> int:
        """Return how many articles and plain pages there are."""
        return len(self.collected.articles) + len(self.collected.plains)


class ContentReading:
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
        self._executor = executor
        self._taken = moment()
        self._contents, problems = survey(root)
        self._before = load_index(root, cache)
        self._seen, self._pictures = _pictures(root, self._contents, self._before, cache, executor)
        self._statics, uncopied = read_statics(root, self._before)
        self._problems = (*problems, *(problem for one in self._seen for problem in one.problems), *uncopied)
        self._texts = (*self._contents.articles, *self._contents.pages)
        known_texts = _EarlierTexts(self._before, self._known.rows)
        self._reader = _ContentReader(root, settings, cache, known_texts, self._pictures)
        tasks = chunked(self._reader.tasks(self._texts), _cost, _CHUNK)
        self._results = shared(executor, partial(parse_tasks, settings=settings), tasks)

    def whole(self) -> tuple[Content, tuple[Problem, ...]]:
        """Return all content, and what is wrong with it; what is known is brought to what was read."""
        reader, contents, cache, rows = self._reader, self._contents, self._cache, self._known.rows
        for results in counting("reading texts", self._results, size=len):
            reader.take(results)
        statics = {str(one.found.path): _seen(one.found, one.hash) for one in self._statics}
        after = replace(_after(contents, reader.hashes, self._seen, self._taken), statics=statics)
        save_index(self._root, cache, self._before, after)
        cache.prune(PARSED, {str(found.path) for found in self._texts})
        for path in rows.keys() - {found.path for found in self._texts}:
            del rows[path]
        data = _data(self._root, contents, self._settings, self._known.data, self._pictures)
        cover, uncovered = find_cover(self._settings, self._pictures)
        tables = self._tables()
        content = replace(reader.content(self._texts, contents, data), statics=self._statics, cover=cover)
        content = _with_tables(content, tables, self._root)
        # A picture that cannot be shown is one mistake, and not another one in each text that names it.
        refused = {str(one.place.path) for one in self._problems if one.level is Level.ERROR}
        taken = {found.path for found in self._texts}
        unseen = (one for one in (*reader.problems, *data.problems, *uncovered) if _is_new(one, refused))
        every = (*self._problems, *unseen, *tables.problems)
        found = safe_hints(every, taken, self._settings)
        content = replace(content, unread=(*content.unread, *_astray(self._root, self._problems)))
        return content, tuple(found)

    def _tables(self) -> TablesRead:
        """Return what the tables of events tell."""
        if not self._contents.tables:
            return TablesRead()
        reading = TablesReading(self._root, self._settings, self._cache, self._executor, self._known.tables)
        return reading.read(self._contents, self._pictures, _settings_digest(self._settings))


def _is_new(problem: Problem, refused: Collection[str]) -> bool:
    """Tell whether *problem* is not that a picture is missing of which another one was *refused*."""
    return problem.code != "TG403" or problem.about not in refused


def _with_tables(content: Content, tables: TablesRead, root: Path) -> Content:
    """Return *content* with what *tables* tell."""
    collected = replace(content.collected, articles=(*content.collected.articles, *tables.articles))
    unread = (*content.unread, *(_unread(root, found) for found in tables.broken))
    return replace(content, collected=collected, unread=unread)


def read_again(
    root: Path, settings: Settings, cache: Cache, texts: Iterable[Found], taken: int
) -> dict[PurePosixPath, ParsedFile] | None:
    """Return what *texts* are parsed into now; all else was seen, at *taken*, to be as it was.

    None where that is not enough: where one cannot be read without errors, or mentions other pictures.
    """
    before = load_index(root, cache)
    pictures = {PurePosixPath(path) for path in before.pictures}
    digest = _settings_digest(settings)
    wanted = {str(found.path): found for found in texts}
    old = {path: thaw(row)[1] for path, row in cache.get(PARSED, wanted).items()}
    new: dict[PurePosixPath, ParsedFile] = {}
    seen: dict[str, FileState] = {}
    rows: dict[str, bytes] = {}
    bodies: dict[str, bytes] = {}
    for path, found in wanted.items():
        source, _ = read(root, found)
        if source is None or path not in old:
            return None
        name, mentions = content_hash(source.data), mentioned(source, pictures)
        given = tuple(one for one in old[path].given if one.path in mentions)
        done = parse_task(ParseTask(source, given, _parse_key(name, digest)), settings)
        if len(given) < len(mentions) or not done.row:
            return None
        new[found.path], seen[path] = thaw(done.row)[1], _seen(found, name)
        rows[path], bodies[done.body_key] = done.row, done.body
    cache.put(PARSED, rows)
    cache.put(BODIES, bodies)
    save_index(root, cache, before, replace(before, texts={**before.texts, **seen}, taken=taken))
    return new


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
        done = parse_task(ParseTask(source, given, ""), settings) if source else None
        if done is None or done.body_key != name:
            raise UsageError(f"{found.path} was changed while the site was built", "build it again")
        cache.put(BODIES, {name: done.body})
        bodies[name] = thaw(done.body)
    return bodies


def _cost(task: ParseTask) -> int:
    return len(task.source.data)


class _EarlierTexts(NamedTuple):
    """What earlier builds found out of the texts."""

    seen: Index
    rows: Rows


class _ContentReader:
    """What is known of the texts of a site while they are read, in one pass over all of them."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        cache: Cache,
        known: _EarlierTexts,
        pictures: Mapping[PurePosixPath, Picture],
    ) -> None:
        self.hashes: dict[PurePosixPath, str] = {}
        self.problems: list[Problem] = []
        self._root = root
        self._cache = cache
        self._index, self._rows = known
        self._pictures = pictures
        self._settings = _settings_digest(settings)
        self._kept: dict[PurePosixPath, ParsedFile] = {}
        self._parsed = 0

    def tasks(self, texts: Iterable[Found]) -> Iterator[ParseTask]:
        """Yield those of *texts* that must be parsed; what the cache has of the others is taken from it."""
        rest = iter(texts)
        while batch := tuple(islice(rest, _BATCH)):
            frozen = self._cache.get(PARSED, [str(one.path) for one in batch if one.path not in self._rows])
            self._rows.update((PurePosixPath(path), thaw(row)) for path, row in frozen.items())
            for found in batch:
                task = self._task(found, self._rows.get(found.path))
                if task:
                    yield task

    def _task(self, found: Found, row: tuple[str, ParsedFile] | None) -> ParseTask | None:
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
        return ParseTask(source, tuple(given), self._key(self.hashes[path]))

    def _holds(self, row: tuple[str, ParsedFile], known: str) -> bool:
        key, kept = row
        same = all(self._pictures.get(picture.path) == picture for picture in kept.given)
        return same and key == self._key(known)

    def _key(self, known: str) -> str:
        return _parse_key(known, self._settings)

    def take(self, results: Iterable[ParseResult]) -> None:
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

    def _unread(self, texts: Iterable[Found]) -> Iterator[Unread]:
        for found in texts:
            if found.path not in self._kept:
                yield _unread(self._root, found)

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
            unread=(*self._unread(texts), *data.unread),
        )


def _unread(root: Path, found: Found, codes: frozenset[str] = frozenset()) -> Unread:
    """Return the file that was *found*, which is not read, with as much of its text as can be made out."""
    source, _ = read(root, found)
    data = source.data if source else b""
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = data.decode("utf-16" if wide else "utf-8", errors="replace")
    return Unread(found.path, f"{found.path}\n{text}", codes)


def _astray(root: Path, problems: Iterable[Problem]) -> Iterator[Unread]:
    """Yield the texts that nothing reads where they are, of which *problems* speak."""
    for problem in problems:
        path = problem.place.path
        if problem.code == "TG112" and _TEXT_ENDING.search(path.name):
            yield _unread(root, Found(path, 0, 0, 0))


_TEXT_ENDING: Final = re.compile(r"\.(md|mdown|markdown)(\.|$)", re.IGNORECASE)


def _parse_key(known: str, settings: str) -> str:
    """Return what a text is made from: the hash of its bytes, and that of the *settings*."""
    return f"{known} {settings}"


def _settings_digest(settings: Settings) -> str:
    """Return the hash of those settings that decide what a file is parsed into."""
    said = (
        settings.languages,
        settings.day_order,
        settings.seasons,
        settings.timezone,
        settings.taxonomies,
        settings.markdown,
    )
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


# ---------------------------------------------------------------- pictures and data files


def _pictures(
    root: Path, contents: Contents, index: Index, cache: Cache, executor: Executor | None
) -> tuple[tuple[Measured, ...], dict[PurePosixPath, Picture]]:
    """Return all pictures with what is wrong with them, and those that can be shown, by path.

    The drawings that are published are kept in the cache under their addresses.
    """
    known = {path: index.picture(found) for path, found in contents.pictures.items()}
    unknown = [found for path, found in contents.pictures.items() if known[path] is None]
    work, chunks = partial(measure, root=root), chunked(unknown, lambda one: one.size, _PICTURES_CHUNK)
    for measured in shared(executor, work, chunks):
        known |= {one.path: one for one in measured}
        drawings = {str(one.picture.address): one.drawing for one in measured if one.picture and one.drawing}
        cache.put(MADE_PICTURES, drawings)
    seen = tuple(one for one in known.values() if one)
    return seen, {one.path: one.picture for one in seen if one.picture}


def _after(
    contents: Contents, hashes: Mapping[PurePosixPath, str], pictures: Iterable[Measured], taken: int
) -> Index:
    texts = (found for found in (*contents.articles, *contents.pages) if found.path in hashes)
    return Index(
        texts={str(one.path): _seen(one, hashes[one.path]) for one in texts},
        pictures={
            str(one.path): _seen(contents.pictures[one.path], *about_picture(one))
            for one in pictures
            if one.picture
        },
        taken=taken,
    )


def _seen(found: Found, *about: str | int) -> FileState:
    return FileState(*stat_of(found), about)


@dataclass(frozen=True, slots=True)
class _Data:
    """What the data files beside the articles say."""

    entities: tuple[Entity, ...]
    eras: tuple[Era, ...]
    sources: Mapping[str, Citation]
    problems: tuple[Problem, ...]
    unread: tuple[Unread, ...]
    """Those of the files that have errors."""


def _shown(source: Source | None, pictures: Mapping[PurePosixPath, Picture]) -> tuple[PurePosixPath, ...]:
    return mentioned(source, pictures.keys()) if source else ()


_MISSED: Final[Mapping[str, frozenset[str]]] = {
    "entities.yaml": frozenset({"TG509", "TG510", "TG511", "TG523", "TG524", "TG530", "TG531"}),
    "sources.yaml": frozenset({"TG512"}),
}
"""By data file, the codes of what seems wrong elsewhere where it has errors."""


def _data(
    root: Path,
    contents: Contents,
    settings: Settings,
    known: DataFiles,
    pictures: Mapping[PurePosixPath, Picture],
) -> _Data:
    problems: list[Problem] = []
    digest = _settings_digest(settings)
    sources: dict[str, Source] = {}
    for name, found in contents.data.items():
        source, wrong = read(root, found)
        problems += wrong
        if source:
            sources[name] = source

    shown = {path: pictures[path] for path in _shown(sources.get("entities.yaml"), pictures)}

    def parsed(name: str, parse: ParseData) -> Any:  # noqa: ANN401 (each file has a form of its own)
        if name not in sources:
            return ()
        key = f"{content_hash(sources[name].data)} {digest} {shown}"
        if name not in known or known[name][0] != key:
            known[name] = (key, parse_data(sources[name], settings, parse))
        found, wrong = known[name][1]
        problems.extend(wrong)
        return found

    return _Data(
        entities=parsed("entities.yaml", partial(parse_entities, pictures=shown)),
        eras=parsed("eras.yaml", parse_eras),
        sources=dict(parsed("sources.yaml", parse_sources)),
        problems=tuple(problems),
        unread=tuple(
            _unread(root, found, _MISSED[name])
            for name, found in contents.data.items()
            if name in _MISSED
            and any(one.level is Level.ERROR and one.place.path == found.path for one in problems)
        ),
    )
