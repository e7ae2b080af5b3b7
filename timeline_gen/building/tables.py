"""Tables of events into articles: rows that have not changed are taken from the cache, the rest is parsed.

A table is read in stretches of rows. What a stretch was parsed into is kept under the hash of its rows, of
the columns' plan, of the settings and of the assets that it may show; so a change of one row costs a
reading of the table and the parsing of one stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.parsing import in_time
from timeline_gen.building.workers.guarded import Limits, OverrunError
from timeline_gen.building.workers.guarded_map import guarded_map
from timeline_gen.building.workers.sharing import chunked, shared
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.assets import Asset
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.assets.mentions import Mentions
from timeline_gen.reading.disk.contents import Contents, map_of
from timeline_gen.reading.disk.files import Found, read
from timeline_gen.reading.effort import overrun
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.table_columns import TableMap, TablePlan, plan_columns, read_table_map
from timeline_gen.reading.table_events import TableContext, parse_rows, twice
from timeline_gen.reading.table_rows import MAX_TABLE_BYTES, TableRecord, read_records
from timeline_gen.writing.cache import Cache, freeze, thaw

TABLES: Final = "tables"
WORKBOOK: Final = ".xlsx"
_STRETCH: Final = 30_000
"""Characters of the cells of a stretch: some two hundred rows."""
_WORKBOOK_SECONDS: Final = 2.0
_WORKBOOK_SECONDS_PER_BYTE: Final = 2e-5
"""Of the packed file: ordinary ones need an eighth of that on a slow machine of today."""
_WORKBOOK_MEMORY: Final = 2 * 1024 * 1024 * 1024
_PATIENCE: Final = 30
"""How many times its CPU time a workbook may take by the clock."""

Rows: TypeAlias = tuple[tuple[ArticleVersion, ...], tuple[Problem, ...]]
"""What rows were parsed into, and what is wrong with them."""
KnownTables: TypeAlias = dict[str, Rows]
"""What stretches of rows were parsed into, by their keys."""


@dataclass(frozen=True, slots=True)
class TablesRead:
    """What all tables of a site tell."""

    articles: tuple[ArticleVersion, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: tuple[Found, ...] = ()
    """Those that have errors."""


class _Stretch(NamedTuple):
    """Rows of one table, ready to be parsed."""

    key: str
    records: list[TableRecord]
    table: TableContext


class _Named(NamedTuple):
    """The files that tables may name."""

    assets: Mapping[PurePosixPath, Asset]
    mentions: Mentions

    def among(self, source: Source, plan: TablePlan) -> tuple[Asset, ...]:
        """Return those that the cells in *source*, or the map that the columns are planned by, may name."""
        constants = "\n".join(column.constant for column in plan.columns)
        every = Source(source.path, b"\n".join((source.data, constants.encode())))
        return tuple(self.assets[path] for path in self.mentions.among(every))


class TablesReading:
    """A reading of all tables of a site."""

    def __init__(
        self, root: Path, settings: Settings, cache: Cache, executor: Executor | None, known: KnownTables
    ) -> None:
        self._root, self._settings, self._cache, self._executor = root, settings, cache, executor
        self._known = known
        self._wanted: set[str] = set()

    def read(
        self, contents: Contents, assets: Mapping[PurePosixPath, Asset], settings_digest: str
    ) -> TablesRead:
        """Return what the tables among *contents* tell; *assets* are those that can be shown."""
        articles: list[ArticleVersion] = []
        problems: list[Problem] = []
        broken: list[Found] = []
        mentions = Mentions(assets.keys())
        for found in contents.tables:
            table = self._table(found, map_of(found, contents), _Named(assets, mentions), settings_digest)
            articles += table.articles
            problems += table.problems
            broken += table.broken
        self._cache.prune(TABLES, self._wanted)
        for key in self._known.keys() - self._wanted:
            del self._known[key]
        return TablesRead(tuple(articles), tuple(problems), tuple(broken))

    def _table(
        self,
        found: Found,
        map_found: Found | None,
        named: _Named,
        settings_digest: str,
    ) -> TablesRead:
        """Return what one table tells, with its map, where it has one."""
        source, problems = read(self._root, found, MAX_TABLE_BYTES + 1)
        table_map, map_notes = self._map(map_found)
        notes = Diagnostics(found.path)
        if source is None or map_notes.broken:
            return TablesRead(problems=(*problems, *map_notes.problems), broken=(found,))
        records = _records(source, table_map.separator if table_map else "", notes)
        header = next(records, None)
        plan = plan_columns(header, table_map, self._settings, notes, map_notes) if header else None
        if source.path.suffix == WORKBOOK and plan:
            # What its cells say is packed in the file.
            records = iter(rows := list(records))
            source = Source(source.path, "\n".join(cell for row in rows for cell in row.cells).encode())
        given = named.among(source, plan) if plan else ()
        articles: list[ArticleVersion] = []
        wrong: list[Problem] = []
        if plan:
            plan_hash = content_hash(str(plan).encode())
            table = TableContext(
                found.path, plan, self._settings, {one.path: one for one in given}, plan_hash
            )
            key = f"{found.path} {settings_digest} {plan} {given}"
            for some, of_rows in self._stretches(records, table, key):
                articles += some
                wrong += of_rows
            wrong += twice(articles)
        every = (*problems, *map_notes.problems, *notes.problems, *wrong)
        bad = any(problem.level is Level.ERROR for problem in every)
        kept = tuple({(one.slug, one.lang): one for one in articles}.values())
        return TablesRead(kept, every, (found,) if bad else ())

    def _map(self, found: Found | None) -> tuple[TableMap | None, Diagnostics]:
        if found is None:
            return None, Diagnostics(PurePosixPath())
        source, problems = read(self._root, found)
        if source is None:
            notes = Diagnostics(found.path)
            notes.problems += problems
            return None, notes
        return read_table_map(source, self._settings)

    def _stretches(self, records: Iterator[TableRecord], table: TableContext, key: str) -> Iterator[Rows]:
        """Yield what the rows *records* are parsed into, stretch by stretch, in their order."""
        base = blake2b(key.encode(), digest_size=16).hexdigest()
        stretches = [
            _Stretch(_key_of(some, base), some, table) for some in chunked(records, _length, _STRETCH)
        ]
        self._wanted |= {stretch.key for stretch in stretches}
        unknown = [stretch.key for stretch in stretches if stretch.key not in self._known]
        self._known |= {name: thaw(row) for name, row in self._cache.get(TABLES, unknown).items()}
        missing = [stretch for stretch in stretches if stretch.key not in self._known]
        for stretch, row in zip(missing, shared(self._executor, _parsed, missing), strict=True):
            rows: Rows = thaw(row)
            self._known[stretch.key] = rows
            if not any(problem.level is Level.ERROR for problem in rows[1]):
                self._cache.put(TABLES, {stretch.key: row})
        yield from (self._known[stretch.key] for stretch in stretches)


def _records(source: Source, separator: str, notes: Diagnostics) -> Iterator[TableRecord]:
    """Yield the rows of the table in *source*; a workbook within limits of time and memory."""
    if source.path.suffix != WORKBOOK:
        yield from read_records(source, separator, notes)
        return
    seconds = _WORKBOOK_SECONDS + _WORKBOOK_SECONDS_PER_BYTE * len(source.data)
    limits = Limits(seconds, _PATIENCE * seconds, _WORKBOOK_MEMORY)
    (read_rows,) = guarded_map(_of_workbook, [source], count=1, limits=limits)
    if isinstance(read_rows, OverrunError):
        message = say("to read this workbook {read_rows}, and it was given up", read_rows=read_rows)
        hint = say("copy its table into a new workbook, or save it as 'CSV UTF-8'")
        notes.add("TG160", message, (1, 1), hint)
        return
    records, problems = read_rows
    notes.problems += problems
    yield from records


def _of_workbook(source: Source) -> tuple[list[TableRecord], list[Problem]]:
    notes = Diagnostics(source.path)
    return list(read_records(source, "", notes)), notes.problems


def _length(record: TableRecord) -> int:
    return sum(map(len, record.cells)) + len(record.cells)


def _key_of(records: Sequence[TableRecord], base: str) -> str:
    return content_hash(f"{base} {[tuple(record) for record in records]}".encode())


def _parsed(stretch: _Stretch) -> bytes:
    """Return what *stretch* is parsed into, ready for the cache."""
    text = "\n".join(cell for record in stretch.records for cell in record.cells)
    source = Source(stretch.table.path, text.encode())
    try:
        # Frozen where they are parsed: to send them from process to process would be to do that twice.
        return in_time(source, partial(_frozen, table=stretch.table), stretch.records)
    except OverrunError:
        return freeze(((), (_at_row(overrun(source), stretch.records[0]),)))


def _frozen(records: Sequence[TableRecord], table: TableContext) -> bytes:
    return freeze(parse_rows(records, table))


def _at_row(problem: Problem, record: TableRecord) -> Problem:
    return Problem(
        problem.code,
        say("row {number:,} and those after it: {message}", number=record.number, message=problem.message),
        Place(problem.place.path, record.line),
        problem.hint,
    )
