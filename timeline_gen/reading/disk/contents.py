"""All files of content and of ``static/``, in the order of names on every file system."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from timeline_gen.errors import Problem
from timeline_gen.messages import say
from timeline_gen.reading.disk.files import (
    MAX_ASSET_BYTES,
    Found,
    files_below,
)
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.pictures.raster_kinds import SUFFIXES
from timeline_gen.reading.site_paths import (
    ARTICLE_FOLDERS,
    CONTENT,
    DATA_FILES,
    EVENTS,
    MAP,
    OFFERED,
    PAGES,
    STATIC,
)
from timeline_gen.reading.stray_files import map_problems, stray_problems
from timeline_gen.reading.table_rows import SUFFIXES as TABLES


@dataclass(frozen=True, slots=True)
class Contents:
    """All files under ``content/``, seen but not read, each kind in the order of paths."""

    articles: tuple[Found, ...] = ()
    """Events' own files included."""
    pages: tuple[Found, ...] = ()
    data: Mapping[str, Found] = field(default_factory=dict)
    """``entities.yaml`` and its like, by name."""
    pictures: Mapping[PurePosixPath, Found] = field(default_factory=dict)
    files: Mapping[PurePosixPath, Found] = field(default_factory=dict)
    """All else that a text may name; whether it may be published is not known yet."""
    tables: tuple[Found, ...] = ()
    """Tables of events."""
    maps: Mapping[PurePosixPath, Found] = field(default_factory=dict)
    """Their maps, by path."""


def map_of(table: Found, contents: Contents) -> Found | None:
    """Return the map of the *table* among *contents*; None where it has none."""
    return contents.maps.get(table.path.with_name(f"{table.path.stem}{MAP}"))


def survey(root: Path) -> tuple[Contents, tuple[Problem, ...]]:
    """List everything under ``content/`` in the folder *root*, without reading it."""
    problems: list[Problem] = []
    by_kind: dict[str, list[Found]] = defaultdict(list)
    for file in files_below(root, PurePosixPath(CONTENT), problems):
        kind = _kind_of(file.path)
        if not kind:
            problems += stray_problems(file.path)
            kind = "files" if OFFERED.fullmatch(file.path.suffix) else ""
        by_kind[kind].append(file)
    tables, maps = by_kind["tables"], _by_path(by_kind["maps"])
    contents = Contents(
        articles=tuple(by_kind["articles"]),
        pages=tuple(by_kind["pages"]),
        data={file.path.name: file for file in by_kind["data"]},
        pictures=_by_path(by_kind["pictures"]),
        files=_by_path(by_kind["files"]),
        tables=tuple(tables),
        maps=maps,
    )
    return contents, (*problems, *map_problems([table.path for table in tables], maps))


def _kind_of(path: PurePosixPath) -> str:
    """Return the field of :class:`Contents` that holds the file *path*; empty where nothing reads it."""
    suffix, folder = path.suffix, path.parts[:2]
    if suffix.lower() in SUFFIXES:
        return "pictures"
    if suffix == ".md" and folder in (*ARTICLE_FOLDERS, PAGES.parts):
        return "pages" if folder == PAGES.parts else "articles"
    if folder == EVENTS.parts and (suffix in TABLES or path.name.endswith(MAP)):
        return "tables" if suffix in TABLES else "maps"
    return "data" if path.name in DATA_FILES and path.parent == PurePosixPath(CONTENT) else ""


def _by_path(files: Iterable[Found]) -> dict[PurePosixPath, Found]:
    return {file.path: file for file in files}


def survey_static(root: Path) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """List everything under ``static/`` in the folder *root* that is copied, without reading it."""
    problems: list[Problem] = []
    files = files_below(root, STATIC, problems)
    problems += (_too_large(file) for file in files if file.size > MAX_ASSET_BYTES)
    return tuple(files), tuple(problems)


def _too_large(found: Found) -> Problem:
    diagnostics = Diagnostics(found.path)
    size = say(
        "{size:,.0f} MiB, and files of up to {max_asset_bytes} MiB",
        size=found.size / 1024 / 1024,
        max_asset_bytes=MAX_ASSET_BYTES // 1024 // 1024,
    )
    diagnostics.add(
        "TG107",
        say("this file has {size} are copied", size=size),
        hint=say("put it where large files are served"),
    )
    return diagnostics.problems[0]
