"""Work that is shared out gives what one process alone gives, wherever it is done."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import pytest
from incremental_kit import tree_of
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.workers.forked_map import forked_map
from timeline_gen.building.workers.parallel import Batches, LocalPool, chunked, parallel_map, workers
from timeline_gen.errors import ContentError, Place, Problem, TimelineError, UsageError
from timeline_gen.reading.prose import commonmark, markup

MANY = 130
"""Articles: enough for several pieces of work in each stage."""

PLACE = Place(PurePosixPath("page.html"), 3, 4)
PROBLEM = Problem("TG701", "the template is broken", PLACE, "mend it")


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
    options = Options(jobs=jobs, output=str(folder / "output"), work_dir=str(folder), cache=str(folder))
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


@pytest.mark.parametrize("count", [1, 4])
def test_threads(site: Path, tmp_path: Path, count: int) -> None:
    """An executor of threads makes the same site: no stage keeps what is half done where others see it."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()

    with ThreadPoolExecutor(count) as pool:
        found = built(site, there, executor=pool)

    assert found == built(site, here)


@pytest.mark.parametrize("convert", [markup.convert, commonmark.convert])
def test_texts_in_threads(convert: Callable[[str], markup.Converted]) -> None:
    """Threads that convert texts at the same time do not get in each other's way."""
    texts = [
        f"## Head {number}\n\n*Text* {number}[^{number}]\n\n[^{number}]: Note <b>{number}</b>\n"
        for number in range(200)
    ]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(convert, texts))
    finally:
        sys.setswitchinterval(before)

    assert found == [convert(text) for text in texts]


def test_results_come_in_order() -> None:
    """Results come in the order of what they were made from, however long each takes."""
    with workers(2) as crew:
        assert isinstance(crew, LocalPool)
        assert list(parallel_map(crew, str, range(50))) == [str(number) for number in range(50)]


def whole(number: int) -> int:
    """Return *number* itself, which is sent as it is."""
    return number


def slow_at_first(number: int) -> int:
    """Take long for 0, which later items overtake."""
    time.sleep(0.3 if number == 0 else 0)
    return number


def test_results_as_they_come() -> None:
    """Where their order does not matter, results do not wait for a slow one ahead of them."""
    found = list(parallel_map(LocalPool(2), slow_at_first, range(50), ordered=False))

    assert sorted(found) == list(range(50))
    assert found[0] != 0


def test_the_foremost_error_of_a_map() -> None:
    """Of several errors that of the foremost item is raised, also where results come in any order."""
    for executor in (None, LocalPool(2)):
        with pytest.raises(ContentError) as caught:
            list(parallel_map(executor, fail_in_part, range(50), ordered=False))
        assert [problem.message for problem in caught.value.problems] == ["the page 7 is broken"]


def test_batches() -> None:
    """Batches grow until they take as long as they should, at most twofold each time, and shrink again."""
    batches = Batches(1.0)
    found = batches.of(iter(range(100)))
    sizes = [len(next(found))]
    for seconds_each in (0.1, 0.1, 0.1, 0.5, 9.0):
        batches.learn(sizes[-1] * seconds_each, sizes[-1])
        sizes.append(len(next(found)))

    assert sizes == [1, 2, 4, 8, 2, 1]


def done_by(number: int) -> tuple[int, int]:
    """Return *number* and the process that was given it; take as long as another needs to begin."""
    time.sleep(0.02)
    return number, os.getpid()


def test_lanes() -> None:
    """Every item is worked on once, and what is far apart begins in different processes."""
    found = dict(forked_map(done_by, range(50), whole, 2))

    assert sorted(found) == list(range(50))
    assert len(set(found.values())) == 2
    assert found[0] != found[25] == os.getpid()


def test_more_lanes_than_items() -> None:
    """No process is started that would have nothing to do."""
    assert sorted(forked_map(whole, range(3), whole, 16)) == [0, 1, 2]


def fail_in_part(number: int) -> int:
    """Fail at 7 and at 40."""
    if number in {7, 40}:
        raise ContentError([Problem("TG701", f"the page {number} is broken", PLACE)])
    return number


def test_the_foremost_error() -> None:
    """Of several errors the foremost is raised, whichever process comes upon its own first."""
    for count in (2, 3, 5):
        with pytest.raises(ContentError) as caught:
            list(forked_map(fail_in_part, range(50), whole, count))
        assert [problem.message for problem in caught.value.problems] == ["the page 7 is broken"]


class StubbornError(Exception):
    """An error that no other process can take."""

    def __reduce__(self) -> str:
        raise TypeError("not to be pickled")


def fail_stubbornly(number: int) -> None:
    """Fail in a way that cannot be told elsewhere."""
    raise StubbornError(f"at {number}")


def test_a_fault_of_the_program() -> None:
    """A fault that cannot be sent is told all the same, with where it was."""
    with pytest.raises(RuntimeError, match="fail_stubbornly"):
        list(forked_map(fail_stubbornly, range(4), whole, 2))


def wait_for_the_other(sent: tuple[int, Path, bytes]) -> int:
    """Leave a trace of each item; at the first wait until the other process has come far."""
    number, folder, _ = sent
    (folder / str(number)).touch()
    waited = 0
    while number == 0 and not (folder / "7").exists():
        time.sleep(0.01)
        waited += 1
        if waited > 3000:
            raise TimeoutError("the other process gets nothing to do")
    return number


def test_long_items(tmp_path: Path) -> None:
    """While one process is busy and has more to do than fits on its way, another is served."""

    def send(number: int) -> tuple[int, Path, bytes]:
        return number, tmp_path, bytes(4_000_000)

    assert sorted(forked_map(wait_for_the_other, range(8), send, 2)) == list(range(8))


def die(number: int) -> int:
    """End this process at 3, as the system does that has no memory left; it is in the lane of another."""
    time.sleep(0.02)
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_process_that_is_gone() -> None:
    """A process that was ended from outside is told of, and nobody waits for it."""
    with pytest.raises(UsageError, match="from outside"):
        list(forked_map(die, range(50), whole, 2))


def test_no_more_than_needed() -> None:
    """A single piece of work is done here, and no process is started for it."""
    assert list(parallel_map(LocalPool(2), lambda _: os.getpid(), [1])) == [os.getpid()]


def test_chunks() -> None:
    """Chunks hold items of about the wanted cost; a costly item stands alone."""
    assert list(chunked([1, 1, 5, 1, 1, 1], lambda item: item, 3)) == [[1, 1, 5], [1, 1, 1]]


ERRORS = (ContentError([PROBLEM]), UsageError("the disk is full", "make room"))


def fail(error: TimelineError) -> None:
    """Fail with *error*."""
    raise error


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_what_is_wrong_elsewhere(error: TimelineError) -> None:
    """What is wrong is said in full, whichever process finds it: a broken template, or a full disk."""
    with pytest.raises(type(error), match=str(error)) as caught:
        list(parallel_map(LocalPool(2), fail, [error, error]))

    assert vars(caught.value) == vars(error)
