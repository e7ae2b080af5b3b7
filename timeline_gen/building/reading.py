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
from timeline_gen.building.store.assets import AssetFiles, KnownAssets
from timeline_gen.building.store.index import (
    FileState,
    Index,
    about_asset,
    load_index,
    moment,
    save_index,
    stat_of,
)
from timeline_gen.building.store.measuring import Measured, measure
from timeline_gen.building.tables import KnownTables, TablesRead, TablesReading
from timeline_gen.building.workers.sharing import chunked, shared
from timeline_gen.collecting.collect import Collected
from timeline_gen.errors import Level, Problem, UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, PlainPage
from timeline_gen.model.assets import Asset, Media
from timeline_gen.model.bodies import Body
from timeline_gen.model.entities import Entity, Era
from timeline_gen.model.events import Citation
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.assets.mentions import Mentions
from timeline_gen.reading.cover import find_cover
from timeline_gen.reading.disk.contents import Contents, survey
from timeline_gen.reading.disk.files import Found, read
from timeline_gen.reading.entities import parse_entities, parse_eras, parse_sources
from timeline_gen.reading.file_names import safe_hints
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
    texts: Mapping[str, tuple[Found, tuple[Asset, ...]]]
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
        files = AssetFiles(root, self._contents.files, settings.file_kinds, self._before)
        self._assets = _assets(files, self._contents.pictures, cache, executor)
        self._statics, uncopied = read_statics(root, self._before)
        self._problems = (*problems, *uncopied)
        self._texts = (*self._contents.articles, *self._contents.pages)
        known_texts = _EarlierTexts(self._before, self._known.rows)
        self._reader = _ContentReader(root, settings, cache, known_texts, self._assets)
        tasks = chunked(self._reader.tasks(self._texts), _cost, _CHUNK)
        self._results = shared(executor, partial(parse_tasks, settings=settings), tasks)

    def whole(self) -> tuple[Content, tuple[Problem, ...]]:
        """Return all content, and what is wrong with it; what is known is brought to what was read."""
        reader, contents, cache, rows = self._reader, self._contents, self._cache, self._known.rows
        for results in counting(say("reading texts"), self._results, size=len):
            reader.take(results)
        data = _data(self._root, contents, self._settings, self._known.data, self._assets)
        cover, uncovered = find_cover(self._settings, self._assets)
        tables = self._tables()
        self._remember()
        cache.prune(PARSED, {str(found.path) for found in self._texts})
        for path in rows.keys() - {found.path for found in self._texts}:
            del rows[path]
        content = replace(reader.content(self._texts, contents, data), statics=self._statics, cover=cover)
        content = _with_tables(content, tables, self._root)
        named = (*reader.problems, *data.problems, *uncovered, *tables.problems)
        # A file that a text names lies where it is looked for.
        named_files = self._assets.measured
        strays = (one for one in self._problems if one.code != "TG112" or one.place.path not in named_files)
        every = (*strays, *_asset_problems(content, self._assets, contents, named))
        taken = {found.path for found in self._texts}
        found = safe_hints(every, taken, self._settings)
        content = replace(content, unread=(*content.unread, *_astray(self._root, self._problems)))
        return content, tuple(found)

    def _remember(self) -> None:
        """Keep in the index what was read and measured."""
        statics = {str(one.found.path): _seen(one.found, one.hash) for one in self._statics}
        measured = self._assets.measured.values()
        after = _after(self._contents, self._reader.hashes, measured, self._taken)
        save_index(self._root, self._cache, self._before, replace(after, statics=statics))

    def _tables(self) -> TablesRead:
        """Return what the tables of events tell."""
        if not self._contents.tables:
            return TablesRead()
        reading = TablesReading(self._root, self._settings, self._cache, self._executor, self._known.tables)
        return reading.read(self._contents, self._assets, _settings_digest(self._settings))


def _asset_problems(
    content: Content, assets: KnownAssets, contents: Contents, named: Sequence[Problem]
) -> Iterator[Problem]:
    """Yield what is wrong with all pictures, with the other files that texts name, and what is *named*.

    That a text names a file which is not right is one mistake, and not another one in each such text.
    """
    wrong = {str(path): one for path, one in sorted(assets.measured.items()) if one.problems}
    broken = {path for path, one in wrong.items() if one.asset is None}
    sought = {problem.about for problem in named if problem.code == "TG403"}
    used = _used(content) if any(PurePosixPath(path) in contents.files for path in wrong) else set()
    for path, one in wrong.items():
        if one.path in contents.pictures or path in sought or one.path in used:
            yield from one.problems
    yield from (problem for problem in named if problem.code != "TG403" or problem.about not in broken)


def _used(content: Content) -> set[PurePosixPath]:
    """Return the files that *content* shows, offers or links to."""
    collected = content.collected
    found = [text.shown for text in content.kept.values()]
    found += [article.assets for article in collected.articles]
    found += [event.assets for article in collected.articles for event in article.events]
    found += [entity.assets for entity in collected.entities]
    found += [era.assets for era in collected.eras]
    return {asset.path for assets in found for asset in assets}


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
    mentions = Mentions({PurePosixPath(path) for path in before.assets})
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
        name, named = content_hash(source.data), mentions.among(source)
        given = tuple(one for one in old[path].given if one.path in named)
        done = parse_task(ParseTask(source, given, _parse_key(name, digest)), settings)
        if len(given) < len(named) or not done.row:
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
            raise UsageError(
                say("{path} was changed while the site was built", path=found.path), say("build it again")
            )
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
        assets: Mapping[PurePosixPath, Asset],
    ) -> None:
        self.hashes: dict[PurePosixPath, str] = {}
        self.problems: list[Problem] = []
        self._root = root
        self._cache = cache
        self._index, self._rows = known
        self._assets, self._mentions = assets, Mentions(assets.keys())
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
        given = (self._assets[name] for name in self._mentions.among(source))
        return ParseTask(source, tuple(given), self._key(self.hashes[path]))

    def _holds(self, row: tuple[str, ParsedFile], known: str) -> bool:
        key, kept = row
        same = all(self._assets.get(asset.path) == asset for asset in kept.given)
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
                articles=tuple(one.item for one in whole if isinstance(one.item, ArticleVersion)),
                plains=tuple(one.item for one in whole if isinstance(one.item, PlainPage)),
                entities=data.entities,
                eras=data.eras,
                sources=data.sources,
            ),
            kept=self._kept,
            found={**contents.pictures, **contents.files},
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
        settings.file_kinds,
        settings.typography,
    )
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


# ---------------------------------------------------------------- pictures and data files


def _assets(
    files: AssetFiles, pictures: Mapping[PurePosixPath, Found], cache: Cache, executor: Executor | None
) -> KnownAssets:
    """Return *files*, which texts may name, and the *pictures*, all of them measured.

    The drawings that are published are kept in the cache under their addresses.
    """
    known = {path: files.before.asset(found) for path, found in pictures.items()}
    unknown = [found for path, found in pictures.items() if known[path] is None]
    work, chunks = partial(measure, root=files.root), chunked(unknown, lambda one: one.size, _PICTURES_CHUNK)
    for measured in shared(executor, work, chunks):
        known |= {one.path: one for one in measured}
        drawings = {str(one.asset.address): one.drawing for one in measured if one.asset and one.drawing}
        cache.put(MADE_PICTURES, drawings)
    return KnownAssets({path: one for path, one in known.items() if one}, files)


def _after(
    contents: Contents, hashes: Mapping[PurePosixPath, str], measured: Iterable[Measured], taken: int
) -> Index:
    texts = (found for found in (*contents.articles, *contents.pages) if found.path in hashes)
    found = {**contents.pictures, **contents.files}
    return Index(
        texts={str(one.path): _seen(one, hashes[one.path]) for one in texts},
        assets={str(one.path): _seen(found[one.path], *about_asset(one)) for one in measured if one.asset},
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
    assets: Mapping[PurePosixPath, Asset],
) -> _Data:
    problems: list[Problem] = []
    digest = _settings_digest(settings)
    sources: dict[str, Source] = {}
    for name, found in contents.data.items():
        source, wrong = read(root, found)
        problems += wrong
        if source:
            sources[name] = source

    mentions = Mentions(assets.keys())
    named = {
        name: {path: assets[path] for path in mentions.among(source)} for name, source in sources.items()
    }

    def parsed(name: str, parse: ParseData) -> Any:  # noqa: ANN401 (each file has a form of its own)
        if name not in sources:
            return ()
        key = f"{content_hash(sources[name].data)} {digest} {named[name]}"
        if name not in known or known[name][0] != key:
            known[name] = (key, parse_data(sources[name], settings, parse))
        found, wrong = known[name][1]
        problems.extend(wrong)
        return found

    return _Data(
        entities=parsed("entities.yaml", partial(parse_entities, assets=named.get("entities.yaml", {}))),
        eras=parsed("eras.yaml", partial(parse_eras, assets=named.get("eras.yaml", {}))),
        sources=dict(parsed("sources.yaml", parse_sources)),
        problems=tuple(problems),
        unread=tuple(
            _unread(root, found, _MISSED[name])
            for name, found in contents.data.items()
            if name in _MISSED
            and any(one.level is Level.ERROR and one.place.path == found.path for one in problems)
        ),
    )
