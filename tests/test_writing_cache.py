"""What is kept between builds: right or absent, never wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline_gen.errors import UsageError
from timeline_gen.writing import sharded_table
from timeline_gen.writing.cache import Batch, Cache, dump, load

_HEALTH = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
ITEMS = {f"key-{number}": bytes([number % 256]) * (number * 37 % 3000) for number in range(300)}


def filled(path: Path) -> None:
    """Make a cache at *path* with some two hundred pages of database."""
    with Cache.open(path, "1") as cache:
        cache.put("bodies", ITEMS)
        cache.put("parsed", {"key-1": b"other"})


def test_what_was_put_is_there(tmp_path: Path) -> None:
    """A value comes back after the program has ended and started again."""
    filled(tmp_path / "cache.sqlite")

    with Cache.open(tmp_path / "cache.sqlite", "1") as cache:
        assert cache.get("bodies", ["key-1", "key-7", "no such"]) == {
            "key-1": ITEMS["key-1"],
            "key-7": ITEMS["key-7"],
        }
        assert cache.get("bodies", ITEMS) == ITEMS
        assert cache.all("parsed") == {"key-1": b"other"}
        assert cache.keys("bodies") == ITEMS.keys()


def test_values() -> None:
    """Any value of the program can be kept."""
    value = ({"a": 1}, ("ب", None))

    assert load(dump(value)) == value


def test_put_and_take_away(tmp_path: Path) -> None:
    """Several namespaces change in one step."""
    with Cache.open(tmp_path / "cache.sqlite", "1") as cache:
        cache.put("bodies", {"a": b"1", "b": b"2"})
        cache.put_together([Batch("bodies", {"c": b"3"}, ["a"]), Batch("parsed", {"a": b"9"})])

        assert cache.all("bodies") == {"b": b"2", "c": b"3"}
        assert cache.all("parsed") == {"a": b"9"}


def test_together_or_not_at_all(tmp_path: Path) -> None:
    """A change that fails half-way leaves everything as it was."""
    with Cache.open(tmp_path / "cache.sqlite", "1") as cache:
        cache.put("bodies", {"a": b"1"})
        wrong: dict[str, bytes] = {"b": "text"}  # type: ignore[dict-item]
        with pytest.raises(TypeError):
            cache.put_together([Batch("bodies", {"a": b"2"}), Batch("bodies", wrong)])

        assert cache.all("bodies") == {"a": b"1"}


def test_pruning(tmp_path: Path) -> None:
    """What is no longer used goes, but not before there is a good deal of it."""
    many = {str(number): b"x" for number in range(2500)}
    with Cache.open(tmp_path / "cache.sqlite", "1") as cache:
        cache.put("bodies", many)
        cache.prune("bodies", [str(number) for number in range(1500)])
        kept = len(cache.keys("bodies"))
        cache.prune("bodies", ["1", "2"])

        assert kept == 2500
        assert cache.keys("bodies") == {"1", "2"}


def test_another_version(tmp_path: Path) -> None:
    """What another version of the program kept is not used."""
    filled(tmp_path / "cache.sqlite")

    with Cache.open(tmp_path / "cache.sqlite", "2") as cache:
        assert cache.all("bodies") == {}
        cache.put("bodies", {"a": b"1"})
        assert cache.all("bodies") == {"a": b"1"}


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_not_a_cache(tmp_path: Path, content: bytes) -> None:
    """A file that is no cache is replaced by an empty one."""
    (tmp_path / "cache.sqlite").write_bytes(content)

    with Cache.open(tmp_path / "cache.sqlite", "1") as cache:
        assert cache.all("bodies") == {}
        cache.put("bodies", {"a": b"1"})
        assert cache.all("bodies") == {"a": b"1"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a sound cache file."""
    path = tmp_path_factory.mktemp("cache") / "cache.sqlite"
    filled(path)
    return path.read_bytes()


@settings(max_examples=150, deadline=None, suppress_health_check=_HEALTH)
@given(data=st.data())
def test_damage(tmp_path: Path, sound: bytes, data: st.DataObject) -> None:
    """Whatever happens to the file, a value is the right one or none, and new ones can be kept."""
    length = data.draw(st.integers(0, len(sound)) | st.just(len(sound)), label="length")
    damaged = bytearray(sound[:length])
    for place in data.draw(st.lists(st.integers(0, len(sound) - 1), max_size=40), label="places"):
        if place < length:
            damaged[place] ^= data.draw(st.integers(1, 255), label="flip")
    path = tmp_path / "cache.sqlite"
    path.write_bytes(damaged)

    with Cache.open(path, "1") as cache:
        assert cache.get("bodies", ITEMS).items() <= ITEMS.items()
        assert cache.all("bodies").items() <= ITEMS.items()
        assert cache.all("parsed").items() <= {"key-1": b"other"}.items()
        cache.put("bodies", {"new": b"1"})
        assert cache.get("bodies", ["new"]).items() <= {"new": b"1"}.items()


@settings(max_examples=100, deadline=None, suppress_health_check=_HEALTH)
@given(places=st.lists(st.integers(0, 10**6), min_size=1, max_size=60), flip=st.integers(1, 255))
def test_damage_while_open(tmp_path: Path, sound: bytes, places: list[int], flip: int) -> None:
    """A file that is damaged behind the program's back gives no wrong value either."""
    path = tmp_path / "cache.sqlite"
    path.write_bytes(sound)
    with Cache.open(path, "1") as cache:
        with path.open("r+b") as file:
            for place in places:
                file.seek(place % len(sound))
                file.write(bytes([sound[place % len(sound)] ^ flip]))

        assert cache.get("bodies", ITEMS).items() <= ITEMS.items()
        cache.put("bodies", {"new": b"1"})
        assert cache.get("bodies", ["new"]).items() <= {"new": b"1"}.items()


@pytest.mark.parametrize("version", [b"\x03", b"\xff"])
def test_damage_that_forbids_writing(tmp_path: Path, sound: bytes, version: bytes) -> None:
    """A damaged head that says “for reading only” is damage, and no refusal of the machine."""
    path = tmp_path / "cache.sqlite"
    path.write_bytes(sound[:18] + version + sound[19:])

    with Cache.open(path, "1") as cache:
        cache.put("namespace", {"new": b"value"})

        assert cache.get("namespace", ["new"]) == {"new": b"value"}


@pytest.mark.skipif(os.name == "nt", reason="Windows reports it in another way")
def test_no_place_for_a_cache(tmp_path: Path) -> None:
    """Where the file can't be opened at all, the message says so."""
    (tmp_path / "cache.sqlite").mkdir()

    with pytest.raises(UsageError, match=r"the cache in \.timeline-gen is of no use"):
        Cache.open(tmp_path / "cache.sqlite", "1")


RECORDS = {f"ar/events/e-{number}/index.html": (f"key {number}", number) for number in range(1000)}


def test_ledger(tmp_path: Path) -> None:
    """Many records are read at once and changed in part."""
    with Cache.open(tmp_path / "cache.sqlite", "1") as cache:
        cache.put_together([sharded_table.replaced(cache, "files", RECORDS)])
        first = sharded_table.read(cache, "files")
        touched = ["ar/events/e-3/index.html", "ar/events/e-4/index.html", "new"]
        after = {path: record for path, record in RECORDS.items() if path != touched[0]}
        after |= {touched[1]: ("other", 4), "new": ("key", 1)}
        cache.put_together([sharded_table.updated(cache, "files", after, touched)])

        assert first == RECORDS
        assert sharded_table.read(cache, "files") == after


def test_ledger_with_a_hole(tmp_path: Path) -> None:
    """A sharded_table that lost a part counts as lost, and the next change writes all of it."""
    with Cache.open(tmp_path / "cache.sqlite", "1") as cache:
        cache.put_together([sharded_table.replaced(cache, "files", RECORDS)])
        cache.put("files", {}, without=["0a"])
        holed = sharded_table.read(cache, "files")
        key = next(path for path in RECORDS if sharded_table._bucket(path) == "0a")
        cache.put_together([sharded_table.updated(cache, "files", RECORDS, [key])])

        assert holed == {}
        assert sharded_table.read(cache, "files") == RECORDS
