"""Kept work: the values of the steps of a build, each with the key of all that it was made from.

A step has one value for each thing that it is made for: a text, a picture, the theme. A value is looked up
in memory first, then in the cache; where its key is another one, it is made and kept. The store knows
nothing of what it keeps. A preview is the same store with its memory warm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

from timeline_gen.building.store.memory import Memory
from timeline_gen.writing import sharded_table
from timeline_gen.writing.cache import Cache, dump, load

T = TypeVar("T")

_BATCH: Final = 500
"""Values that are read at once: both forms of all of them would fill the memory."""


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A kind of work whose values are kept."""

    name: str
    """Its namespace in the cache."""
    in_memory: bool = True
    """Whether a process that builds again and again holds its values."""


def _always(_: object) -> bool:
    return True


class Store:
    """The kept work of one site, open for one build."""

    def __init__(self, cache: Cache, memory: Memory) -> None:
        self.cache: Final = cache
        """For what is not the value of a step: the record of the built tree."""
        self._memory = memory

    def step(
        self,
        step: Step[T],
        name: str,
        key: bytes,
        make: Callable[[], T],
        *,
        keep: Callable[[T], bool] = _always,
    ) -> T:
        """Return the value of *step* for *name*, which *make* makes if it was not made from *key*.

        Values that *keep* is not true of are made each time: they may be others the next time.
        """
        return self.steps(step, {name: key}, lambda _: [(name, make())], keep=keep)[name]

    def steps(
        self,
        step: Step[T],
        keys: Mapping[str, bytes],
        make: Callable[[Sequence[str]], Iterable[tuple[str, T]]],
        *,
        keep: Callable[[T], bool] = _always,
    ) -> dict[str, T]:
        """Return the values of *step* by name, as :meth:`step` does for each of *keys*.

        *make* is given the names of all values that are to be made, and yields each with its value.
        """
        found = self.known(step, keys)
        lacking = [name for name in keys if name not in found]
        made = dict(make(lacking)) if lacking else {}
        self.keep(step, {name: (keys[name], value) for name, value in made.items() if keep(value)})
        return {**found, **made}

    def known(self, step: Step[T], keys: Mapping[str, bytes]) -> dict[str, T]:
        """Return the values of *step* that were made from *keys*, by name."""
        return {name: value for name, (key, value) in self.last(step, keys).items() if key == keys[name]}

    def last(self, step: Step[T], names: Collection[str]) -> dict[str, tuple[bytes, T]]:
        """Return the values of *step* that were made last for *names*, each with its key."""
        remembered = self._remembered(step)
        found = {name: remembered[name] for name in names if name in remembered}
        lacking = [name for name in names if name not in found]
        for start in range(0, len(lacking), _BATCH):
            batch = lacking[start : start + _BATCH]
            read = {name: _parted(data) for name, data in self.cache.get(step.name, batch).items()}
            found.update(cast("dict[str, tuple[bytes, T]]", read))
        if step.in_memory:
            remembered.update(found)
        return found

    def names(self, step: Step[T]) -> set[str]:
        """Return for what the cache has values of *step*; one of them may yet prove damaged."""
        return self.cache.keys(step.name)

    def keep(self, step: Step[T], values: Mapping[str, tuple[bytes, T]]) -> None:
        """Keep *values* of *step*, each with the key that it was made from."""
        self.cache.put(step.name, {name: _joined(key, dump(value)) for name, (key, value) in values.items()})
        if step.in_memory:
            self._remembered(step).update(values)

    def keep_dumped(self, step: Step[T], rows: Mapping[str, tuple[bytes, bytes]]) -> None:
        """Keep values of *step* that a worker has dumped already, each with its key; no value is loaded."""
        self.cache.put(step.name, {name: _joined(key, data) for name, (key, data) in rows.items()})

    def take_dumped(self, step: Step[T], rows: Mapping[str, tuple[bytes, bytes]]) -> dict[str, T]:
        """Keep values of *step* as :meth:`keep_dumped` does, and return them loaded."""
        self.keep_dumped(step, rows)
        values: dict[str, tuple[bytes, T]] = {name: (key, load(data)) for name, (key, data) in rows.items()}
        if step.in_memory:
            self._remembered(step).update(values)
        return {name: value for name, (_, value) in values.items()}

    def prune(self, step: Step[T], names: Collection[str]) -> None:
        """Forget what *step* was made for besides *names*; the cache does so once that is more than half."""
        remembered = self._remembered(step)
        for name in remembered.keys() - set(names):
            del remembered[name]
        self.cache.prune(step.name, names)

    def _remembered(self, step: Step[T]) -> dict[str, tuple[bytes, T]]:
        values = self._memory.values.setdefault(step.name, {})
        return cast("dict[str, tuple[bytes, T]]", values)


def _joined(key: bytes, data: bytes) -> bytes:
    # Keys are hashes, whose length is one byte.
    return bytes([len(key)]) + key + data


def _parted(row: bytes) -> tuple[bytes, object]:
    start = 1 + row[0]
    return row[1:start], load(row[start:])


# ---------------------------------------------------------------- many small values


class Table(Generic[T]):
    """A step with many small values, read as a whole and changed in part.

    Values are of text, numbers and nouns that are quick to load.
    """

    def __init__(self, store: Store, name: str) -> None:
        """Read the table called *name*."""
        self._cache, self._name = store.cache, name
        self._before = cast("dict[str, tuple[bytes, T]]", sharded_table.read(store.cache, name))

    @property
    def names(self) -> Collection[str]:
        """Return the names of all values."""
        return self._before.keys()

    def known(self, name: str, key: bytes) -> T | None:
        """Return the value for *name*, if it was made from *key*."""
        before = self._before.get(name)
        return before[1] if before and before[0] == key else None

    def keep(self, values: Mapping[str, tuple[bytes, T]], *, keep_others: bool = False) -> None:
        """Let *values*, each with its key, be all that the table holds, or with *keep_others* be added."""
        before, after = self._before, {**self._before, **values} if keep_others else dict(values)
        touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        if touched:
            batch = sharded_table.updated(self._cache, self._name, after, touched)
            self._cache.put_together([batch])
        self._before = after
