"""What earlier builds found out, kept in one SQLite file; the only door to sqlite3.

The cache holds bytes in *namespaces*, under text keys. It may be deleted, damaged or come from
another version at any time: every value carries a checksum of its namespace, its key and its bytes, so that
it is either what was put there or absent; and a file that SQLite can't read is made anew, empty.
What is missing is made again by its reader.

SQLite doesn't wait for the disk here (``synchronous=OFF``): a power cut may damage the file, which costs
one clean build; a killed process can't, because of the rollback journal. No memory map: a truncated
file would end the process.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from timeline_gen.errors import UsageError
from timeline_gen.messages import say

T = TypeVar("T")

_FORMAT: Final = 1
_BATCH: Final = 500
"""Keys in one question; SQLite of old takes at most 999."""
_CHECK: Final = 8
"""Bytes of checksum before each value."""
_LOCK_TIMEOUT: Final = 60.0
"""Seconds to wait for another process that is writing."""

_REFUSED: Final = {
    sqlite3.SQLITE_FULL: say("there is no room left on the disk"),
    sqlite3.SQLITE_READONLY: say("it may not be written"),
    sqlite3.SQLITE_PERM: say("it may not be written"),
    sqlite3.SQLITE_CANTOPEN: say("it cannot be opened"),
    sqlite3.SQLITE_BUSY: say("another process keeps it locked"),
    sqlite3.SQLITE_LOCKED: say("another process keeps it locked"),
}
"""What the machine refuses, and a new file would not mend."""

LASTING: Final = "output/files"
"""The namespace that outlives a change of version: it lists the program's own files in ``output/``."""

_DAMAGED: Final = (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError)
"""What reading a damaged file raises: messages that are no text and sizes beyond all measure included."""

# The column has the name that earlier versions gave it: their lasting values are read, too.
_TABLES: Final = f"""
    BEGIN;
    CREATE TABLE kept (shelf TEXT NOT NULL, key TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (shelf, key));
    CREATE TABLE program (text TEXT NOT NULL);
    PRAGMA user_version = {_FORMAT};
    COMMIT;
"""


class _Freezer(pickle.Pickler):
    """Writes a noun as its class and values, which is several times as quick to read as what slots leave."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - as the library has it
        """Return how to make *value* again."""
        values = _values_of(type(value))  # type: ignore[arg-type]  # takes a class for one of its objects
        return values(value) if values else NotImplemented


@cache
def _values_of(kind: type) -> Callable[[object], tuple[object, ...]] | None:
    """Return what gives the class and the values that make a noun of this *kind*; None where it is none.

    What a noun works out for itself is left out: it can do so again.
    """
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind) if field.init and not field.kw_only]
    named = [part.name for part in fields(kind) if part.init and part.kw_only]
    if named:
        return lambda noun: (
            _made,
            (kind, [getattr(noun, name) for name in names], {name: getattr(noun, name) for name in named}),
        )
    # attrgetter of a single name gives the value itself and no tuple.
    if len(names) < 2:
        return lambda noun: (kind, tuple(getattr(noun, name) for name in names))
    values = attrgetter(*names)
    return lambda noun: (kind, values(noun))


def _made(kind: type, values: list[object], named: dict[str, object]) -> object:
    """Make a noun some of whose values have to be named."""
    return kind(*values, **named)


def dump(value: object) -> bytes:
    """Return *value* as bytes for the cache."""
    buffer = BytesIO()
    _Freezer(buffer, protocol=5).dump(value)
    return buffer.getvalue()


def load(data: bytes) -> Any:  # noqa: ANN401 - only the caller knows what it froze
    """Return the value that :func:`dump` made *data* of.

    Pickle runs what it reads: the cache is trusted like the program itself, and its
    checksums keep accidents away, not attackers.
    """
    return pickle.loads(data)  # noqa: S301


@dataclass(frozen=True, slots=True)
class Batch:
    """A change of one namespace."""

    namespace: str
    items: Mapping[str, bytes]
    """What is put there."""
    without: Collection[str] = ()
    """The keys that are taken away."""


class Cache:
    """An open cache; one process at a time writes to it."""

    __slots__ = ("_connection", "_path", "_program")

    def __init__(self, path: Path, program: str) -> None:
        self._path = path
        self._program = program
        self._connection = _open(path, program)

    @classmethod
    def open(cls, path: Path, program: str) -> Self:
        """Open the cache at *path*, or an empty one where it isn't of the version *program*.

        Raises ``UsageError`` where the machine refuses.
        """
        try:
            return cls(path, program)
        except _DAMAGED as error:
            _refuse(error, path)
            # Where a tree has no list of the program's own files, or a damaged one, only this namespace knows
            # them.
            lasting = _lasting(path)
            _delete(path)
            made = cls(path, program)
            made.put(LASTING, lasting)
            return made

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, namespace: str, keys: Collection[str]) -> dict[str, bytes]:
        """Return what *namespace* has under *keys*; what is absent or damaged is left out."""
        return self._careful(lambda connection: _get(connection, namespace, keys), {})

    def all(self, namespace: str) -> dict[str, bytes]:
        """Return everything in *namespace*."""
        return self._careful(lambda connection: _all(connection, namespace), {})

    def keys(self, namespace: str) -> set[str]:
        """Return the keys in *namespace*, unchecked: the values may yet prove damaged."""
        question = "SELECT key FROM kept WHERE shelf = ?"
        return self._careful(
            lambda each: {str(key) for (key,) in each.execute(question, (namespace,))}, set()
        )

    def put(self, namespace: str, items: Mapping[str, bytes], *, without: Collection[str] = ()) -> None:
        """Put *items* into *namespace* and take the keys *without* from it, in one step."""
        self.put_together([Batch(namespace, items, without)])

    def put_together(self, changes: Collection[Batch]) -> None:
        """Make all of the *changes* in one step: after a crash either all of them are there or none."""
        changes = [change for change in changes if change.items or change.without]
        if not changes:
            return

        def work(connection: sqlite3.Connection) -> bool:
            _put(connection, changes)
            return True

        # A file that proves damaged was made anew, and takes the changes the second time.
        if not self._careful(work, otherwise=False):
            self._careful(work, otherwise=False)

    def prune(self, namespace: str, keep: Collection[str]) -> None:
        """Take from *namespace* what isn't in *keep*, once it has grown to twice that.

        What an undone edit needs again is still there until then.
        """
        stale = self.keys(namespace).difference(keep)
        if len(stale) > max(len(keep), 1000):
            self.put(namespace, {}, without=stale)

    def _careful(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Return what *work* does, or *otherwise* where the file proves damaged and was made anew."""
        try:
            return work(self._connection)
        except sqlite3.ProgrammingError:
            raise
        except _DAMAGED as error:
            _refuse(error, self._path)
            self._connection.close()
            _delete(self._path)
            self._connection = _open(self._path, self._program)
            return otherwise


def _lasting(path: Path) -> dict[str, bytes]:
    """Return what the file at *path*, of another version or damaged, still has on the lasting namespace."""
    with suppress(*_DAMAGED):
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_LOCK_TIMEOUT)) as connection:
            return _all(connection, LASTING)
    return {}


def _open(path: Path, program: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT, isolation_level=None)
    try:
        connection.executescript(
            # The last four lines are what SQLite advises for files that may be damaged
            # (sqlite.org/security.html).
            "PRAGMA page_size = 16384; PRAGMA synchronous = OFF; PRAGMA journal_mode = TRUNCATE;"
            "PRAGMA mmap_size = 0; PRAGMA cache_size = -32768; PRAGMA cell_size_check = ON;"
            "PRAGMA trusted_schema = OFF;"
        )
        _make(connection, program)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection, program: str) -> None:
    """Make the tables of a new file; raise ``DatabaseError`` on one of another version."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables:
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO program VALUES (?)", (program,))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != _FORMAT or connection.execute("SELECT text FROM program").fetchall() != [(program,)]:
        raise sqlite3.DatabaseError(say("made by another version"))


def _refuse(error: Exception, path: Path) -> None:
    """Raise ``UsageError`` where *error* is due to the machine and not to a damaged file at *path*."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    reason = _REFUSED.get(code)
    # A damaged head may say that the file is for reading only (file format, section 1.3.3).
    claimed = code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if reason and not claimed:
        raise UsageError(say("the cache in .timeline-gen is of no use: {reason}", reason=reason)) from error


def _delete(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        try:
            path.with_name(name).unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(
                say("the damaged cache file {name} in .timeline-gen cannot be deleted", name=name),
                hint=say("delete the folder .timeline-gen"),
            ) from error


# ---------------------------------------------------------------- rows


def _sum(namespace: str, key: str, data: bytes | memoryview) -> bytes:
    # BLAKE2b takes at most 16 bytes of personalisation.
    found = blake2b(data, digest_size=_CHECK, person=namespace.encode()[:16])
    found.update(key.encode())
    return found.digest()


def _opened(namespace: str, key: object, sealed: object) -> bytes | None:
    """Return the value in a row, or None where its checksum doesn't fit."""
    if not isinstance(key, str) or not isinstance(sealed, bytes):
        return None
    data = memoryview(sealed)[_CHECK:]
    return bytes(data) if _sum(namespace, key, data) == sealed[:_CHECK] else None


def _checked(namespace: str, rows: Iterator[tuple[object, object]]) -> Iterator[tuple[str, bytes]]:
    for key, sealed in rows:
        data = _opened(namespace, key, sealed)
        if data is not None:
            yield str(key), data


def _get(connection: sqlite3.Connection, namespace: str, keys: Collection[str]) -> dict[str, bytes]:
    wanted = list(keys)
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        question = f"SELECT key, data FROM kept WHERE shelf = ? AND key IN ({marks})"  # noqa: S608 - marks only
        found.update(_checked(namespace, connection.execute(question, (namespace, *batch))))
    return found


def _all(connection: sqlite3.Connection, namespace: str) -> dict[str, bytes]:
    return dict(
        _checked(namespace, connection.execute("SELECT key, data FROM kept WHERE shelf = ?", (namespace,)))
    )


def _put(connection: sqlite3.Connection, changes: Collection[Batch]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for change in changes:
            namespace = change.namespace
            connection.executemany(
                "DELETE FROM kept WHERE shelf = ? AND key = ?",
                ((namespace, key) for key in change.without),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)",
                ((namespace, key, _sum(namespace, key, data) + data) for key, data in change.items.items()),
            )
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
