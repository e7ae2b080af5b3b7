"""The store of kept work: memory first, then the cache, else made; another key makes another value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_gen.building.store.memory import Memory
from timeline_gen.building.store.store import Step, Store, Table
from timeline_gen.writing.cache import Cache, dump

LENGTHS: Step[int] = Step("lengths")
BIG: Step[str] = Step("big", in_memory=False)


@contextmanager
def opened(folder: Path, memory: Memory | None = None, program: str = "1") -> Iterator[Store]:
    """Lend the store in *folder*."""
    with Cache.open(folder / "cache.sqlite", program) as cache:
        yield Store(cache, memory or Memory("1"))


class PictureJob:
    """Makes the lengths of names, and knows which it made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Yield the length of each of *names*."""
        self.made += names
        yield from ((name, len(name)) for name in names)


def test_steps_make_what_is_lacking(tmp_path: Path) -> None:
    """What was made from the same key is not made again, in this process or in another."""
    making = PictureJob()
    with opened(tmp_path) as store:
        assert store.steps(LENGTHS, {"a": b"1", "bb": b"1"}, making) == {"a": 1, "bb": 2}
    with opened(tmp_path) as store:
        assert store.steps(LENGTHS, {"a": b"1", "bb": b"2", "ccc": b"1"}, making) == {
            "a": 1,
            "bb": 2,
            "ccc": 3,
        }

    assert making.made == ["a", "bb", "bb", "ccc"]


@pytest.mark.parametrize("step", [LENGTHS, BIG])
def test_one_value_for_a_name(tmp_path: Path, step: Step[object]) -> None:
    """A name has its last value only, whose key says whether it holds."""
    with opened(tmp_path) as store:
        assert store.step(step, "a", b"1", lambda: 1) == 1
        assert store.step(step, "a", b"2", lambda: 2) == 2
        assert store.known(step, {"a": b"1"}) == {}
        assert store.last(step, ["a", "b"]) == {"a": (b"2", 2)}


def test_memory_comes_first(tmp_path: Path) -> None:
    """A memory saves the cache, but only values of steps that are held there, and never decides alone."""
    memory = Memory("1")
    with opened(tmp_path, memory) as store:
        store.step(LENGTHS, "a", b"1", lambda: 1)
        store.step(BIG, "a", b"1", lambda: "big")
    (tmp_path / "cache.sqlite").unlink()

    with opened(tmp_path, memory) as store:
        assert store.known(LENGTHS, {"a": b"1"}) == {"a": 1}
        assert store.known(LENGTHS, {"a": b"2"}) == {}
        assert store.known(BIG, {"a": b"1"}) == {}


def test_what_is_not_kept(tmp_path: Path) -> None:
    """A value that may be another one the next time is made each time."""
    with opened(tmp_path) as store:
        for number in (1, 2):
            assert store.step(LENGTHS, "a", b"1", lambda: number, keep=lambda _: False) == number  # noqa: B023


def test_dumped_values(tmp_path: Path) -> None:
    """What a worker has dumped is kept as it came, and given back loaded."""
    with opened(tmp_path) as store:
        assert store.take_dumped(LENGTHS, {"a": (b"1", dump(5))}) == {"a": 5}
        store.keep_dumped(BIG, {"b": (b"1", dump("big"))})
    with opened(tmp_path) as store:
        assert store.known(LENGTHS, {"a": b"1"}) == {"a": 5}
        assert store.known(BIG, {"b": b"1"}) == {"b": "big"}


def test_pruning(tmp_path: Path) -> None:
    """What is no longer asked for leaves the memory at once."""
    memory = Memory("1")
    with opened(tmp_path, memory) as store:
        store.steps(LENGTHS, {"a": b"1", "bb": b"1"}, PictureJob())
        store.prune(LENGTHS, {"a"})

        assert memory.values["lengths"].keys() == {"a"}
        assert store.names(LENGTHS) == {"a", "bb"}


def test_another_program(tmp_path: Path) -> None:
    """What another version of the program made is not looked at."""
    with opened(tmp_path) as store:
        store.step(LENGTHS, "a", b"1", lambda: 1)
    with opened(tmp_path, program="2") as store:
        assert store.last(LENGTHS, ["a"]) == {}


Rows = dict[str, tuple[bytes, int]]
ROWS = st.dictionaries(st.text("abcd", max_size=3), st.tuples(st.binary(max_size=2), st.integers(0, 3)))


@given(st.lists(st.tuples(ROWS, st.booleans()), max_size=4))
def test_tables(tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[Rows, bool]]) -> None:
    """A table holds what it was given last, and the others if that was said, in another process too."""
    folder = tmp_path_factory.mktemp("table")
    held: Rows = {}
    for values, others in changes:
        with opened(folder) as store:
            Table[int](store, "rows").keep(values, keep_others=others)
        held = {**held, **values} if others else values

    with opened(folder) as store:
        table: Table[int] = Table(store, "rows")
        assert set(table.names) == set(held)
        for name, (key, value) in held.items():
            assert table.known(name, key) == value
            assert table.known(name, key + b"?") is None
