"""The data files next to the articles (entities, eras, sources), parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias, TypeVar

from timeline_gen.building.parse.parsing import in_time
from timeline_gen.building.parse.texts import settings_key
from timeline_gen.building.parse.unread import unread
from timeline_gen.building.problems import Unread
from timeline_gen.building.store.store import Step, Store
from timeline_gen.building.workers.guarded import OverrunError
from timeline_gen.errors import Level, Problem
from timeline_gen.keys import content_hash, key_of
from timeline_gen.model.assets import Asset
from timeline_gen.model.entities import Entity, Era
from timeline_gen.model.events import Citation
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.assets.mentions import Mentions
from timeline_gen.reading.disk.contents import Contents
from timeline_gen.reading.disk.files import read
from timeline_gen.reading.entities import parse_entities, parse_eras, parse_sources
from timeline_gen.reading.parse_limits import overrun

T = TypeVar("T")

_Said: TypeAlias = tuple[T, tuple[Problem, ...]]
"""The contents of a file, and what is wrong with it."""

_ENTITIES: Final[Step[_Said[tuple[Entity, ...]]]] = Step("data/entities")
_ERAS: Final[Step[_Said[tuple[Era, ...]]]] = Step("data/eras")
_SOURCES: Final[Step[_Said[dict[str, Citation]]]] = Step("data/sources")

_MISSED: Final[Mapping[str, frozenset[str]]] = {
    "entities.yaml": frozenset({"TG509", "TG510", "TG511", "TG523", "TG524", "TG530", "TG531"}),
    "sources.yaml": frozenset({"TG512"}),
}
"""By data file, the codes of what seems wrong elsewhere where it has errors."""


@dataclass(frozen=True, slots=True)
class DataFiles:
    """The contents of the data files of a site."""

    entities: tuple[Entity, ...]
    eras: tuple[Era, ...]
    sources: Mapping[str, Citation]
    problems: tuple[Problem, ...]
    unread: tuple[Unread, ...]
    """Those of the files that have errors."""


def read_data_files(
    root: Path, contents: Contents, settings: Settings, store: Store, assets: Mapping[PurePosixPath, Asset]
) -> DataFiles:
    """Return the contents of the data files among *contents*; they may name *assets*."""
    files = _DataReader(root, contents, settings, store, assets)
    entities = files.contents_of(
        "entities.yaml", _ENTITIES, lambda given: partial(parse_entities, assets=given), ()
    )
    eras = files.contents_of("eras.yaml", _ERAS, lambda given: partial(parse_eras, assets=given), ())
    sources = files.contents_of("sources.yaml", _SOURCES, lambda _: parse_sources, {})
    problems = tuple(files.problems)
    broken = {problem.place.path for problem in problems if problem.level is Level.ERROR}
    return DataFiles(
        entities,
        eras,
        sources,
        problems,
        tuple(
            unread(root, found, _MISSED[name])
            for name, found in contents.data.items()
            if name in _MISSED and found.path in broken
        ),
    )


class _DataReader:
    """The data files of a site, being read one after another."""

    def __init__(
        self,
        root: Path,
        contents: Contents,
        settings: Settings,
        store: Store,
        assets: Mapping[PurePosixPath, Asset],
    ) -> None:
        self.problems: list[Problem] = []
        self._root, self._contents, self._settings, self._store = root, contents, settings, store
        self._assets, self._mentions = assets, Mentions(assets.keys())

    def contents_of(
        self,
        name: str,
        step: Step[_Said[T]],
        parser: Callable[[Mapping[PurePosixPath, Asset]], Callable[[Source, Settings], _Said[T]]],
        nothing: T,
    ) -> T:
        """Return what the *parser* makes of the file *name* and of what it mentions, else *nothing*."""
        if name not in self._contents.data:
            return nothing
        source, problems = read(self._root, self._contents.data[name])
        self.problems += problems
        if source is None:
            return nothing
        # Only what it mentions is part of the key: otherwise each new picture would parse the file again.
        given = {path: self._assets[path] for path in self._mentions.among(source)}
        key = key_of(content_hash(source.data), settings_key(self._settings), tuple(given.values()))
        make = partial(self._parsed, source, parser(given), nothing)
        kept = self._store.step(step, name, key, make, keep=_is_sound)
        self.problems += kept[1]
        return kept[0]

    def _parsed(self, source: Source, parse: Callable[[Source, Settings], _Said[T]], nothing: T) -> _Said[T]:
        try:
            return in_time(source, partial(_parse, parse=parse, settings=self._settings), source)
        except OverrunError:
            return nothing, (overrun(source),)


def _parse(source: Source, parse: Callable[[Source, Settings], _Said[T]], settings: Settings) -> _Said[T]:
    return parse(source, settings)


def _is_sound(parsed: _Said[T]) -> bool:
    return all(problem.level is not Level.ERROR for problem in parsed[1])
