"""Tables of events into articles: rows that have not changed are taken from the cache, the rest is parsed.

A table is read in chunks of rows. What a chunk was parsed into is kept under the hash of its rows, of
the columns' plan, of the settings and of the assets that it may show; so a change of one row costs a
reading of the table and the parsing of one chunk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.parse.parsing import in_time
from timeline_gen.building.parse.texts import settings_key
from timeline_gen.building.store.store import Step, Store
from timeline_gen.building.workers.guarded import Limits, OverrunError
from timeline_gen.building.workers.guarded_map import guarded_map
from timeline_gen.building.workers.parallel import chunked, parallel_map
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.keys import content_hash, key_of
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.assets import Asset
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.assets.mentions import Mentions
from timeline_gen.reading.disk.contents import Contents, map_of
from timeline_gen.reading.disk.files import Found, read
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.parse_limits import overrun
from timeline_gen.reading.table_columns import TableMap, TablePlan, plan_columns, read_table_map
from timeline_gen.reading.table_events import TableContext, parse_rows, twice
from timeline_gen.reading.table_rows import MAX_TABLE_BYTES, TableRecord, read_records
from timeline_gen.writing.cache import dump, load

WORKBOOK: Final = ".xlsx"
_CHUNK: Final = 30_000
"""Characters of the cells of a chunk: some two hundred rows."""
_WORKBOOK_SECONDS: Final = 2.0
_WORKBOOK_SECONDS_PER_BYTE: Final = 2e-5
"""Of the packed file: ordinary ones need an eighth of that on a slow machine of today."""
_WORKBOOK_MEMORY: Final = 2 * 1024 * 1024 * 1024
_CLOCK_FACTOR: Final = 30
"""How many times its CPU time a workbook may take by the clock."""

Rows: TypeAlias = tuple[tuple[ArticleVersion, ...], tuple[Problem, ...]]
"""What rows were parsed into, and what is wrong with them."""
TABLES: Final[Step[Rows]] = Step("tables")
"""What chunks of rows were parsed into, by the hash of all that went in."""


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The events of all tables of a site."""

    articles: tuple[ArticleVersion, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: tuple[Found, ...] = ()
    """Those that have errors."""


class _RowChunk(NamedTuple):
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

    def __init__(self, root: Path, settings: Settings, store: Store, executor: Executor | None) -> None:
        self._root, self._settings, self._store, self._executor = root, settings, store, executor
        self._wanted: set[str] = set()

    def read(self, contents: Contents, assets: Mapping[PurePosixPath, Asset]) -> TablesRead:
        """Return the events of the tables among *contents*; *assets* are those that can be shown."""
        articles: list[ArticleVersion] = []
        problems: list[Problem] = []
        broken: list[Found] = []
        mentions = Mentions(assets.keys())
        for found in contents.tables:
            table = self._table(found, map_of(found, contents), _Named(assets, mentions))
            articles += table.articles
            problems += table.problems
            broken += table.broken
        self._store.prune(TABLES, self._wanted)
        return TablesRead(tuple(articles), tuple(problems), tuple(broken))

    def _table(
        self,
        found: Found,
        map_found: Found | None,
        named: _Named,
    ) -> TablesRead:
        """Return the events of one table, read by its map, where it has one."""
        source, problems = read(self._root, found, MAX_TABLE_BYTES + 1)
        table_map, map_notes = self._map(map_found)
        notes = Diagnostics(found.path)
        if source is None or map_notes.broken:
            return TablesRead(problems=(*problems, *map_notes.problems), broken=(found,))
        records = _records(source, table_map.separator if table_map else "", notes)
        header = next(records, None)
        plan = plan_columns(header, table_map, self._settings, notes, map_notes) if header else None
        if source.path.suffix == WORKBOOK and plan:
            # The file has its cells compressed.
            records = iter(rows := list(records))
            source = Source(source.path, "\n".join(cell for row in rows for cell in row.cells).encode())
        given = named.among(source, plan) if plan else ()
        articles: list[ArticleVersion] = []
        wrong: list[Problem] = []
        if plan:
            basis = key_of(settings_key(self._settings), str(plan)).hex()
            table = TableContext(
                found.path, plan, self._settings, {asset.path: asset for asset in given}, basis
            )
            base = key_of(found.path, basis, given)
            for versions, of_rows in self._chunks(records, table, base.hex()):
                articles += versions
                wrong += of_rows
            wrong += twice(articles)
        every = (*problems, *map_notes.problems, *notes.problems, *wrong)
        bad = any(problem.level is Level.ERROR for problem in every)
        kept = tuple({(article.slug, article.lang): article for article in articles}.values())
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

    def _chunks(self, records: Iterator[TableRecord], table: TableContext, base: str) -> Iterator[Rows]:
        """Yield what the rows *records* are parsed into, chunk by chunk, in their order."""
        chunks = [_RowChunk(_key_of(rows, base), rows, table) for rows in chunked(records, _length, _CHUNK)]
        # The name is the hash of all that went in, so a key would say nothing more.
        keys = {chunk.key: b"" for chunk in chunks}
        self._wanted |= keys.keys()
        known = self._store.known(TABLES, keys)
        missing = [chunk for chunk in chunks if chunk.key not in known]
        for chunk, parsed in zip(missing, parallel_map(self._executor, _parsed, missing), strict=True):
            if parsed.sound:
                known |= self._store.take_dumped(TABLES, {chunk.key: (b"", parsed.rows)})
            else:
                # Rows with errors are parsed by each build, so that each reports them.
                known[chunk.key] = load(parsed.rows)
        yield from (known[chunk.key] for chunk in chunks)


def _records(source: Source, separator: str, notes: Diagnostics) -> Iterator[TableRecord]:
    """Yield the rows of the table in *source*; a workbook within limits of time and memory."""
    if source.path.suffix != WORKBOOK:
        yield from read_records(source, separator, notes)
        return
    seconds = _WORKBOOK_SECONDS + _WORKBOOK_SECONDS_PER_BYTE * len(source.data)
    limits = Limits(seconds, _CLOCK_FACTOR * seconds, _WORKBOOK_MEMORY)
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


class _ParsedChunk(NamedTuple):
    """A chunk, parsed, and dumped by the worker: what goes from process to process is dumped anyway."""

    rows: bytes
    sound: bool
    """Whether there are no errors."""


def _parsed(chunk: _RowChunk) -> _ParsedChunk:
    """Return what *chunk* is parsed into."""
    text = "\n".join(cell for record in chunk.records for cell in record.cells)
    source = Source(chunk.table.path, text.encode())
    try:
        return in_time(source, partial(_parse_chunk, table=chunk.table), chunk.records)
    except OverrunError:
        return _ParsedChunk(dump(((), (_at_row(overrun(source), chunk.records[0]),))), sound=False)


def _parse_chunk(records: Sequence[TableRecord], table: TableContext) -> _ParsedChunk:
    rows = parse_rows(records, table)
    return _ParsedChunk(dump(rows), all(problem.level is not Level.ERROR for problem in rows[1]))


def _at_row(problem: Problem, record: TableRecord) -> Problem:
    return Problem(
        problem.code,
        say("row {number:,} and those after it: {message}", number=record.number, message=problem.message),
        Place(problem.place.path, record.line),
        problem.hint,
    )
