"""Files, parsed and ready for the cache: each within the time that a file of its size may take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

from timeline_gen.building.workers.guarded import OverrunError, guarded
from timeline_gen.errors import Problem
from timeline_gen.model.articles import ArticleVersion, PageVersion
from timeline_gen.model.assets import Asset
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.article import parse_article, parse_event, parse_page
from timeline_gen.reading.parse_limits import allowed_seconds, is_light, overrun
from timeline_gen.reading.site_paths import ARTICLES, EVENTS
from timeline_gen.writing.cache import dump

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What one file was parsed into; its body is kept apart."""

    item: ArticleVersion | PageVersion
    shown: tuple[Asset, ...]
    """The assets that its body shows."""
    given: tuple[Asset, ...]
    """The assets it may show: all that the parse knew of."""
    lacking: tuple[PurePosixPath, ...]
    """The files that it names, and that were not there: a link may lead to a page as well."""
    problems: tuple[Problem, ...]
    """Warnings and notes."""


class _AskedAssets(Mapping[PurePosixPath, Asset]):
    """The assets that a text may show; notes which others its parse asks for."""

    def __init__(self, assets: Iterable[Asset]) -> None:
        self._assets = {asset.path: asset for asset in assets}
        self.lacking: set[PurePosixPath] = set()

    def __getitem__(self, path: PurePosixPath) -> Asset:
        """Return the asset *path*; raise KeyError where there is none."""
        if path not in self._assets:
            self.lacking.add(path)
        return self._assets[path]

    def __iter__(self) -> Iterator[PurePosixPath]:
        """Yield the paths of all."""
        return iter(self._assets)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._assets)


class ParseTask(NamedTuple):
    """One file to parse."""

    source: Source
    assets: tuple[Asset, ...]
    """Those that it may show."""
    key: bytes
    """The hash of all that it is parsed from."""


class ParseResult(NamedTuple):
    """What a worker made of a task, dumped: to send it from process to process would be to do that twice."""

    path: PurePosixPath
    key: bytes
    file: bytes
    """A :class:`ParsedFile`; nothing where it has errors."""
    body_hash: str
    body: bytes
    problems: tuple[Problem, ...]


def parse_tasks(tasks: Sequence[ParseTask], *, settings: Settings) -> list[ParseResult]:
    """Parse the file of each of *tasks*."""
    return [parse_task(task, settings) for task in tasks]


def parse_task(task: ParseTask, settings: Settings) -> ParseResult:
    """Parse the file of *task*; one that takes too long is reported, like one with an error."""
    try:
        return in_time(task.source, partial(_parse, settings=settings), task)
    except OverrunError:
        return ParseResult(task.source.path, task.key, b"", "", b"", (overrun(task.source),))


def in_time(source: Source, work: Callable[[Item], Result], item: Item) -> Result:
    """Return what *work* makes of *item*, which holds *source*; raise OverrunError if it takes too long."""
    # To start a process takes longer than to parse an ordinary file.
    if is_light(source.data):
        return work(item)
    return guarded(work, item, allowed_seconds(source.data))


def _parse(task: ParseTask, settings: Settings) -> ParseResult:
    source, path = task.source, task.source.path
    assets = _AskedAssets(task.assets)
    if ARTICLES in path.parents or EVENTS in path.parents:
        parse = parse_article if ARTICLES in path.parents else parse_event
        article, problems = parse(source, settings, assets)
        item: ArticleVersion | PageVersion | None = article.article if article else None
        body = article.body if article else None
    else:
        page, problems = parse_page(source, settings, assets)
        item, body = (page.page, page.body) if page else (None, None)
    if item is None or body is None:
        return ParseResult(path, task.key, b"", "", b"", problems)
    kept = ParsedFile(item, body.assets, task.assets, tuple(sorted(assets.lacking)), problems)
    return ParseResult(path, task.key, dump(kept), item.body_hash, dump(body), ())
