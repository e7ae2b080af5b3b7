"""All content of a site, read: texts, tables, data files, and the files that these name.

What has not changed is taken from the store, the rest is read anew, shared out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from time import time_ns
from typing import Final

from timeline_gen.building.parse.assets import AssetFiles, KnownAssets
from timeline_gen.building.parse.data_files import DataFiles, read_data_files
from timeline_gen.building.parse.measuring import measure
from timeline_gen.building.parse.parsing import ParsedFile, parse_tasks
from timeline_gen.building.parse.statics import StaticFile, read_statics
from timeline_gen.building.parse.tables import TablesRead, TablesReading
from timeline_gen.building.parse.texts import TextOrigin, TextReader, Texts, known_assets
from timeline_gen.building.parse.unread import misplaced, unread
from timeline_gen.building.problems import Unread
from timeline_gen.building.progress import counting
from timeline_gen.building.store.files import KnownFiles
from timeline_gen.building.store.pictures import keep_pictures
from timeline_gen.building.store.store import Store
from timeline_gen.building.workers.parallel import chunked, on_this_machine, parallel_map
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.errors import Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, PageVersion
from timeline_gen.model.assets import Media
from timeline_gen.model.settings import Settings
from timeline_gen.reading.cover import find_cover
from timeline_gen.reading.disk.contents import Contents, survey
from timeline_gen.reading.disk.files import Found
from timeline_gen.reading.file_names import safe_hints

_CHUNK: Final = 200_000
"""Bytes of source in a chunk: some fifty articles."""
_PICTURES_CHUNK: Final = 2_000_000
"""Bytes of pictures measured in one go."""


@dataclass(frozen=True, slots=True)
class Content:
    """All content, read."""

    collected: ParsedContent
    files: Mapping[PurePosixPath, ParsedFile]
    """What each text was parsed into, by its path."""
    found: Mapping[PurePosixPath, Found]
    """Where the assets are."""
    origins: Mapping[str, TextOrigin]
    """Where each body comes from, by its hash."""
    parsed: int
    """How many texts were parsed now."""
    unread: tuple[Unread, ...]
    """The files that have errors, and those that are where nothing reads them."""
    statics: tuple[StaticFile, ...] = ()
    """The files that are copied."""
    cover: Mapping[str, Media] = field(default_factory=dict)
    """The picture that the site opens with, by the language of its texts."""

    @property
    def count(self) -> int:
        """Return how many articles and plain pages there are."""
        return len(self.collected.articles) + len(self.collected.plain_pages)


class ContentReading:
    """A reading of all content of a site, begun: where others parse, they are at work from now on."""

    def __init__(self, root: Path, settings: Settings, store: Store, executor: Executor | None) -> None:
        """Begin to read the site in *root*."""
        self._root, self._settings, self._store, self._executor = root, settings, store, executor
        # Before the first look: of a file that changes from now on nothing is kept, since it is too young.
        self._seen = time_ns()
        self._contents, problems = survey(root)
        self._known_assets = known_assets(store, root)
        files = AssetFiles(root, self._contents.files, settings.file_kinds, self._known_assets)
        self._assets = _assets(files, self._contents.pictures, store, executor)
        self._known_statics: KnownFiles[str] = KnownFiles(store, "static", root)
        self._statics, uncopied = read_statics(root, self._known_statics)
        self._problems = (*problems, *uncopied)
        self._texts = (*self._contents.articles, *self._contents.pages)
        self._reader = TextReader(root, settings, store, self._assets)
        tasks = chunked(self._reader.tasks(self._texts), lambda task: len(task.source.data), _CHUNK)
        self._results = parallel_map(executor, partial(parse_tasks, settings=settings), tasks)

    def whole(self) -> tuple[Content, tuple[Problem, ...]]:
        """Return all content, and what is wrong with it."""
        for results in counting(say("reading texts"), self._results, size=len):
            self._reader.take(results)
        texts = self._reader.texts(self._texts, self._seen)
        data = read_data_files(self._root, self._contents, self._settings, self._store, self._assets)
        cover, uncovered = find_cover(self._settings, self._assets)
        tables = self._tables()
        self._keep_files()
        content = replace(self._content(texts, data, tables), statics=self._statics, cover=cover)
        wrong = (*texts.problems, *data.problems, *uncovered, *tables.problems)
        return content, tuple(safe_hints(self._every(content, wrong), set(texts.paths), self._settings))

    def _content(self, texts: Texts, data: DataFiles, tables: TablesRead) -> Content:
        items = [file.item for file in texts.files.values()]
        unread_files = (
            *(unread(self._root, found) for found in texts.broken),
            *data.unread,
            *(unread(self._root, found) for found in tables.broken),
            *misplaced(self._root, self._problems),
        )
        return Content(
            collected=ParsedContent(
                articles=(*(item for item in items if isinstance(item, ArticleVersion)), *tables.articles),
                plain_pages=tuple(item for item in items if isinstance(item, PageVersion)),
                entities=data.entities,
                eras=data.eras,
                sources=data.sources,
            ),
            files=texts.files,
            found={**self._contents.pictures, **self._contents.files},
            origins=texts.origins,
            parsed=texts.parsed,
            unread=unread_files,
        )

    def _tables(self) -> TablesRead:
        """Return the events of the tables."""
        if not self._contents.tables:
            return TablesRead()
        reading = TablesReading(self._root, self._settings, self._store, self._executor)
        return reading.read(self._contents, self._assets)

    def _keep_files(self) -> None:
        """Keep what was found out of the files that are no texts."""
        self._known_statics.keep(((static.found, static.hash) for static in self._statics), self._seen)
        found = {**self._contents.pictures, **self._contents.files}
        # A file with an error is measured again by each build, so that the error is reported by each.
        measured = [entry for entry in self._assets.measured.values() if entry.asset]
        # This table is read as a whole, and each drawing is in the store under its address.
        self._known_assets.keep(
            ((found[entry.path], replace(entry, drawing=b"")) for entry in measured), self._seen
        )

    def _every(self, content: Content, wrong: Sequence[Problem]) -> Iterator[Problem]:
        """Yield what is wrong with the files, and with their contents, which is *wrong*."""
        # A file that a text names is where it is looked for.
        named = self._assets.measured
        yield from (
            problem
            for problem in self._problems
            if problem.code != "TG112" or problem.place.path not in named
        )
        yield from _asset_problems(content, self._assets, self._contents, wrong)


def _asset_problems(
    content: Content, assets: KnownAssets, contents: Contents, named: Sequence[Problem]
) -> Iterator[Problem]:
    """Yield what is wrong with all pictures, with the other files that texts name, and what is *named*.

    That a text names a file which is not right is one mistake, and not another one in each such text.
    """
    wrong = {str(path): measured for path, measured in sorted(assets.measured.items()) if measured.problems}
    broken = {path for path, measured in wrong.items() if measured.asset is None}
    sought = {problem.about for problem in named if problem.code == "TG403"}
    used = _used(content) if any(PurePosixPath(path) in contents.files for path in wrong) else set()
    for path, measured in wrong.items():
        if measured.path in contents.pictures or path in sought or measured.path in used:
            yield from measured.problems
    yield from (problem for problem in named if problem.code != "TG403" or problem.about not in broken)


def _used(content: Content) -> set[PurePosixPath]:
    """Return the files that *content* shows, offers or links to."""
    collected = content.collected
    found = [text.shown for text in content.files.values()]
    found += [article.assets for article in collected.articles]
    found += [event.assets for article in collected.articles for event in article.events]
    found += [entity.assets for entity in collected.entities]
    found += [era.assets for era in collected.eras]
    return {asset.path for assets in found for asset in assets}


def _assets(
    files: AssetFiles, pictures: Mapping[PurePosixPath, Found], store: Store, executor: Executor | None
) -> KnownAssets:
    """Return *files*, which texts may name, and the *pictures*, all of them measured.

    The drawings that are published are kept in the store under their addresses.
    """
    known = {path: files.before.get(found) for path, found in pictures.items()}
    unknown = [found for path, found in pictures.items() if known[path] is None]
    chunks = chunked(unknown, lambda file: file.size, _PICTURES_CHUNK)
    # Workers on other machines do not have the files.
    for measured in parallel_map(on_this_machine(executor), partial(measure, root=files.root), chunks):
        known |= {asset.path: asset for asset in measured}
        drawings = (
            (str(asset.asset.address), asset.drawing) for asset in measured if asset.asset and asset.drawing
        )
        keep_pictures(store, drawings)
    return KnownAssets({path: asset for path, asset in known.items() if asset}, files)
