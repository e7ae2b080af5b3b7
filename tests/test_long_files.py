"""Long files are mended: of what stands in them, only what has changed is made anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_kit import article, write_site
from test_memory import files_in

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.render import long_files
from timeline_gen.building.store.fingerprint import program_fingerprint as program
from timeline_gen.writing.cache import Cache

FIRST = Path("content/articles/first.en.md")
OPENING = "{id: opening, date: 2019-10, title: Opening, tags: [mole]}"
MANY = 24
"""From how many events on a file is mended here; less than in the program, so that the site is built soon."""
OTHERS = {f"{lang}/{name}" for lang in ("ar", "en") for name in ("events.json", "events.csv", "calendar.ics")}


@pytest.fixture(scope="module", autouse=True)
def many() -> Iterator[None]:
    """Let files of few events be mended."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_files, "MANY", MANY)
        yield


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site of two articles, with as many events as files must have to be mended."""
    many = [f"{{id: day-{year}, date: {year}-05-01, title: Day {year}}}" for year in range(1500, 1500 + MANY)]
    texts = {str(FIRST): article("First", OPENING), "content/articles/second.en.md": article("Second", *many)}
    root = write_site(tmp_path_factory.mktemp("long"), texts)
    built(root)
    return root


@pytest.fixture
def site(tmp_path: Path, before: Path) -> Path:
    """Return a copy of the site, as it was built."""
    root = tmp_path / "site"
    shutil.copytree(before, root)
    built(root)
    return root


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return a set of the files that are mended from now on."""
    found: set[str] = set()
    looking = long_files.chunks_before

    def noting(before: long_files.FileBefore, context_key: bytes) -> list[dict[bytes, bytes]]:
        pieces = looking(before, context_key)
        if pieces:
            found.add(before.file.partition("/output/")[2])
        return pieces

    monkeypatch.setattr(long_files, "chunks_before", noting)
    return found


def built(root: Path) -> dict[str, bytes]:
    """Build the site in *root*, and return its files."""
    build(root, Options(jobs=1))
    return files_in(root / "output")


def clean(root: Path) -> dict[str, bytes]:
    """Return what a clean build makes of the site in *root*."""
    folder = root.parent / "clean"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("output", ".timeline-gen"))
    return built(folder)


DATED = "{id: opening, date: 1875-02, title: Opening, tags: [mole]}"
EDITS = {
    "another date": (article("First", DATED), OTHERS),
    "another title": (article("First", OPENING.replace("Opening", "It opens")), OTHERS),
    "another id": (article("First", OPENING.replace("opening", "began")), OTHERS),
    "a set of dates": (
        article("First", OPENING.replace("2019-10", '"{2019-10-01,2019-10-03}"')),
        OTHERS,
    ),
    "no place in a calendar": (article("First", OPENING.replace("2019-10", '"-0043"')), OTHERS),
    "one event more": (article("First", OPENING, "{id: end, date: 2020, title: End}"), OTHERS),
    "another title of the article": (article("Foremost", OPENING), OTHERS),
    # Rows tell by number what they name: one name more, and all are numbered anew.
    "one name more": (article("First", OPENING.replace("[mole]", "[crane, mole]")), OTHERS),
    "one event and name less": (article("First"), OTHERS),
}


@pytest.mark.parametrize(("text", "files"), EDITS.values(), ids=list(EDITS))
def test_edits(site: Path, mended: set[str], text: str, files: set[str]) -> None:
    """What an edit leaves of the long files is taken from them, and they are those of a clean build."""
    (site / FIRST).write_text(text, "utf-8")

    found = built(site)

    assert mended == files
    assert found == clean(site)


def test_again_and_again(site: Path, mended: set[str]) -> None:
    """A file that was mended can be mended."""
    for year in (1700, 2019, 1400):
        mended.clear()
        (site / FIRST).write_text(article("First", OPENING.replace("2019-10", str(year))), "utf-8")
        found = built(site)
        assert mended == OTHERS
    assert found == clean(site)


def test_all_is_worded_anew(site: Path, mended: set[str]) -> None:
    """Where a setting concerns every piece, none is used again."""
    settings = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text(settings.replace("en]", "en, fr]"), "utf-8")

    assert built(site) == clean(site)
    assert not mended


def test_most_is_new(site: Path, mended: set[str]) -> None:
    """Where nearly all has changed, what little stands is used all the same."""
    second = site / "content/articles/second.en.md"
    second.write_text(second.read_text("utf-8").replace("title: Day", "title: The day"), "utf-8")

    assert built(site) == clean(site)
    assert mended == OTHERS


def test_by_several_processes(site: Path) -> None:
    """Whichever process makes a file, it finds the pieces that stand."""
    (site / FIRST).write_text(article("First", DATED), "utf-8")
    build(site, Options(jobs=2))

    assert files_in(site / "output") == clean(site)


def test_damaged_without_a_trace(site: Path, mended: set[str]) -> None:
    """Of a file that is not what it should be no piece is used, whatever its time and size say."""
    file = site / "output/en/events.csv"
    found, data = file.stat(), file.read_bytes()
    with file.open("r+b") as opened:
        opened.write(data.replace(b"Day 1510", b"Day 1511"))
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    (site / FIRST).write_text(article("First", DATED), "utf-8")

    assert built(site) == clean(site)
    assert mended == OTHERS - {"en/events.csv"}


def test_without_tables(site: Path, mended: set[str]) -> None:
    """Where a table is missing from the cache, its file is made anew, and can be mended after that."""
    with Cache.open(site / ".timeline-gen/cache.sqlite", program()) as cache:
        cache.put("output/chunks", {}, without=["en/events.csv"])
    (site / FIRST).write_text(article("First", DATED), "utf-8")
    built(site)
    assert mended == OTHERS - {"en/events.csv"}
    (site / FIRST).write_text(article("First", OPENING), "utf-8")

    assert built(site) == clean(site)
    assert mended == OTHERS
