"""Work that never ends is ended from outside, and the rest of the build goes on."""

from __future__ import annotations

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath

import pytest
from incremental_kit import tree_of
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.parse import parsing
from timeline_gen.building.pipeline import build
from timeline_gen.building.workers.guarded import OverrunError, guarded
from timeline_gen.checking.check import check
from timeline_gen.errors import ContentError, Problem
from timeline_gen.model.files import Source
from timeline_gen.reading.parse_limits import allowed_seconds, is_light, most_repeated, overrun

SLOW = "*a " * 6_000
"""What a text may hold that takes long, as far as these tests are concerned."""


def endless(_: object) -> None:
    """Never return: the library of patterns backtracks for ages."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def gone(_: object) -> None:
    """End the process in the middle of the work."""
    os.kill(os.getpid(), signal.SIGKILL)


def doubled(number: int) -> int:
    """Return twice the *number*, or fail."""
    if number < 0:
        raise ValueError(number)
    return 2 * number


def process_of(_: object) -> int:
    """Return the process that does the work."""
    return os.getpid()


def test_work_that_never_ends_is_ended() -> None:
    """A loop inside a library is ended by the kernel, and the next work is done all the same."""
    with pytest.raises(OverrunError):
        guarded(endless, None, 0.2)
    assert guarded(doubled, 4, 10) == 8


def test_a_process_that_breaks_down_is_reported() -> None:
    """A library that takes its whole process down does not take the build with it."""
    with pytest.raises(OverrunError):
        guarded(gone, None, 10)


def test_what_fails_fails_here_too() -> None:
    """An error of the work is raised where the result is waited for."""
    with pytest.raises(ValueError, match="-1"):
        guarded(doubled, -1, 10)


def test_one_process_serves_many_texts() -> None:
    """A site of many large texts does not start a process for each of them."""
    assert len({guarded(process_of, None, 10) for _ in range(5)} - {os.getpid()}) == 1


def test_threads_have_processes_of_their_own() -> None:
    """Where an executor of threads parses, answers are not mixed up."""
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(partial(guarded, doubled, seconds=20), range(12))) == list(range(0, 24, 2))


def site(folder: Path) -> Path:
    """Write a site with two good articles, and one whose text takes too long."""
    return write_site(
        folder,
        {
            "content/articles/a.en.md": article("A", "{id: a, date: 2019, title: A}"),
            "content/articles/b.en.md": article("B", body=f"Words.\n\n{SLOW}"),
            "content/articles/c.en.md": article("C", "{id: c, date: 2019, title: C, status: maybe}"),
        },
    )


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file that is parsed under guard take any time, however fast the machine is."""
    monkeypatch.setattr(parsing, "allowed_seconds", lambda _: 0.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_takes_too_long_is_named(tmp_path: Path, jobs: int, engine: str) -> None:
    """The build names the file, the mark and its line, and everything else that is wrong."""
    root = site(tmp_path)
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"markdown: {{engine: {engine}}}\n")
    with pytest.raises(ContentError) as caught:
        build(root, Options(jobs=jobs))
    assert summed_up(caught.value.problems) == [("b.en.md", 7, "TG128"), ("c.en.md", 5, "TG304")]
    assert "'*' is repeated 6,000 times" in caught.value.problems[0].message


@pytest.mark.usefixtures("impatient")
def test_a_check_ends_too(tmp_path: Path) -> None:
    """`check` says the same as a build."""
    found = check(site(tmp_path), jobs=1)
    assert summed_up(found) == [("b.en.md", 7, "TG128"), ("c.en.md", 5, "TG304")]


def summed_up(problems: tuple[Problem, ...]) -> list[tuple[str, int, str]]:
    """Return the file, the line and the code of each of *problems*."""
    return [(one.place.path.name, one.place.line, one.code) for one in problems]


def test_data_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of entities that takes too long is named, too."""
    monkeypatch.setattr(parsing, "allowed_seconds", lambda _: 0.0)
    many = "".join(f"p{number}: {{kind: person, name: P{number}}}\n" for number in range(2_000))
    root = write_site(tmp_path, {"content/entities.yaml": many})
    assert [(one.place.path.name, one.code) for one in check(root, jobs=1)] == [("entities.yaml", "TG128")]


def test_a_guarded_text_comes_out_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a text is parsed decides nothing."""
    files = {f"content/articles/{name}.en.md": article(name, body="*Words.* " * 5_000) for name in "ab"}
    root = write_site(tmp_path / "site", files)
    assert not is_light((root / "content" / "articles" / "a.en.md").read_bytes())
    build(root, Options(jobs=1, now=0))
    first = tree_of(root / "output")
    monkeypatch.setattr(parsing, "is_light", lambda _: True)
    build(
        root,
        Options(jobs=1, now=0, output=str(tmp_path / "other"), cache=str(tmp_path), work_dir=str(tmp_path)),
    )
    assert tree_of(tmp_path / "other") == first


# ---------------------------------------------------------------- what is judged at a glance


@pytest.mark.parametrize(
    ("text", "light"),
    [
        (
            article(
                "T",
                "{id: e, date: 2019, title: E}",
                body="Ordinary words, and then *some* of the [links](x). " * 100,
            ),
            True,
        ),
        (article("T", body="كلمات عادية، و*بعض* [الروابط](x). " * 200), True),
        ("word " * 20_000, False),
        ("[" * 500, False),
        ("<b" * 300, False),
        ("a*b" * 2_000, False),
        ("{" * 300, True),
    ],
)
def test_what_is_light(text: str, light: bool) -> None:
    """An ordinary article needs no guard; a long one, or one that is full of marks, does."""
    assert is_light(text.encode()) is light


def test_more_text_may_take_more_time() -> None:
    """A long text has more time than a short one, and no text has much."""
    assert 0.5 < allowed_seconds(b"") < allowed_seconds(b"x" * 400_000) < 4


@pytest.mark.parametrize(
    ("text", "mark", "place"),
    [
        ("---\ntitle: T\n---\n\n" + "```a\n" * 900, "'`'", (5, 1)),
        ("a. b. c.\n" * 20 + "word `a `a\n" + "`a" * 900, "'`'", (22, 1)),
        ("title\n" + "- - " * 900, "'-'", (2, 1)),
        ("a" * 20 + "\n" * 900, "the end of a line", (1, 21)),
        ("", "", (1, 1)),
    ],
)
def test_what_took_the_time_is_named(text: str, mark: str, place: tuple[int, int]) -> None:
    """An author learns which mark is repeated, and where that begins."""
    found = overrun(Source(PurePosixPath("a.md"), text.encode()))
    assert mark in found.message
    assert (found.place.line, found.place.column) == place


def test_the_mark_is_counted() -> None:
    """All of a mark is counted, wherever it is."""
    assert most_repeated("`" * 10 + "x" * 1_000 + "`" * 500)[:2] == ("`", 510)
