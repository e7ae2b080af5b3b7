"""Work that is shared out gives what one process alone gives, wherever it is done."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import pytest
from incremental_kit import tree_of
from site_kit import article, write_site

from timeline_gen.errors import ContentError, Place, Problem, TimelineError, UsageError
from timeline_gen.pipeline import build
from timeline_gen.running.options import Options
from timeline_gen.running.sharing import Crew, chunked, shared, workers

MANY = 130
"""Articles: enough for several pieces of work in each stage."""


@contextmanager
def elsewhere(folder: Path) -> Iterator[Executor]:
    """Lend processes that were started afresh, know nothing, and work in another *folder*."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, context, initializer=os.chdir, initargs=(folder,)) as pool:
        yield pool


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose work is worth sharing out."""
    files = {
        f"content/articles/a{number}.en.md": article(
            f"Article {number}",
            f"{{id: e{number}, date: {1900 + number}, title: Event {number}, people: [Person {number % 7}]}}",
            body=f"## Heading\n\n[It](event:e{number}) happened. " + "Word " * 400,
        )
        for number in range(MANY)
    }
    return write_site(tmp_path_factory.mktemp("shared"), files)


def built(site: Path, folder: Path, *, jobs: int = 1, executor: Executor | None = None) -> dict[str, bytes]:
    """Build *site* with nothing kept of earlier builds, into *folder*, and return the files."""
    options = Options(jobs=jobs, output=str(folder / "output"), workings=str(folder), cache=str(folder))
    build(site, options, executor=executor)
    return tree_of(folder / "output")


def test_any_number_of_jobs(site: Path, tmp_path: Path) -> None:
    """One process and three make the same site."""
    folders = [tmp_path / "one", tmp_path / "three"]
    for folder in folders:
        folder.mkdir()

    assert built(site, folders[0]) == built(site, folders[1], jobs=3)


def test_executor_elsewhere(site: Path, tmp_path: Path) -> None:
    """Processes that were started afresh in another folder make the same site, as a cluster's would."""
    here, there, away = tmp_path / "here", tmp_path / "there", tmp_path / "away"
    for folder in (here, there, away):
        folder.mkdir()

    with elsewhere(away) as pool:
        found = built(site, there, executor=pool)

    assert found == built(site, here)
    assert not any(away.iterdir())


def test_threads(site: Path, tmp_path: Path) -> None:
    """An executor of threads makes the same site: no stage keeps what is half done where others see it."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()

    with ThreadPoolExecutor(1) as pool:
        found = built(site, there, executor=pool)

    assert found == built(site, here)


def test_results_come_in_order() -> None:
    """Results come in the order of what they were made from, however long each takes."""
    with workers(2) as crew:
        assert isinstance(crew, Crew)
        assert list(shared(crew, str, range(50))) == [str(number) for number in range(50)]


def test_no_more_than_needed() -> None:
    """A single piece of work is done here, and no process is started for it."""
    assert list(shared(Crew(2), lambda _: os.getpid(), [1])) == [os.getpid()]


def test_chunks() -> None:
    """Chunks hold items of about the wanted cost; a costly item stands alone."""
    assert list(chunked([1, 1, 5, 1, 1, 1], lambda item: item, 3)) == [[1, 1, 5], [1, 1, 1]]


PROBLEM = Problem("TG701", "the template is broken", Place(PurePosixPath("page.html"), 3, 4), "mend it")
ERRORS = (ContentError([PROBLEM]), UsageError("the disk is full", "make room"))


def fail(error: TimelineError) -> None:
    """Fail with *error*."""
    raise error


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_what_is_wrong_elsewhere(error: TimelineError) -> None:
    """What is wrong is said in full, whichever process finds it: a broken template, or a full disk."""
    with pytest.raises(type(error), match=str(error)) as caught:
        list(shared(Crew(2), fail, [error, error]))

    assert vars(caught.value) == vars(error)
