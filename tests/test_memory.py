"""A process that builds again and again, and remembers, makes what one makes that knows nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from preview_kit import article, write_article, write_site

from timeline_gen.building import stages
from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.scan import LOST
from timeline_gen.building.store.memory import Memory
from timeline_gen.errors import ContentError
from timeline_gen.preview.options import ServeOptions, options_of, tree_of
from timeline_gen.preview.work import made
from timeline_gen.writing.write import Written, write


def in_file(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return the edit that puts *new* in the place of *old* in the file *path* of a site."""

    def edit(root: Path) -> None:
        target = root / path
        text = target.read_text("utf-8")
        assert old in text
        target.write_text(text.replace(old, new), "utf-8")

    return edit


def removed(path: str) -> Callable[[Path], None]:
    """Return the edit that removes the file *path* of a site."""
    return lambda root: (root / path).unlink()


def added(slug: str) -> Callable[[Path], None]:
    """Return the edit that adds an article."""
    return lambda root: write_article(root, slug, "It is new.")


QUAY = "content/articles/quay.en.md"
ABOUT = "content/pages/about.en.md"
NAMES = "content/entities.yaml"


def paper(root: Path) -> None:
    """Put a file next to the articles."""
    (root / "content/articles/plan.txt").write_text("The plan.\n", "utf-8")


EDITS: dict[str, list[Callable[[Path], None]]] = {
    "a body": [in_file(QUAY, "It stands.", "It fell.")],
    "bodies, one after the other": [
        in_file(QUAY, "It stands.", "It fell."),
        in_file("content/articles/bridge.en.md", "It stands.", "It stays."),
        in_file(QUAY, "It fell.", "It stands."),
    ],
    "a link to an event": [
        in_file(QUAY, "It stands.", "Beside [the bridge](event:bridge-opens)."),
        in_file(QUAY, "Beside", "\n\nBelow"),
        in_file(QUAY, "[the bridge](event:bridge-opens)", "the bridge"),
    ],
    "a link that leads nowhere": [
        in_file(QUAY, "It stands.", "[Nowhere](event:nowhere)."),
        in_file(QUAY, "[Nowhere](event:nowhere).", "It stands."),
    ],
    "a link to a file that comes later": [in_file(QUAY, "It stands.", "[Plan](plan.txt)."), paper],
    "a file that comes while the text that links to it is broken": [
        in_file(QUAY, "It stands.", "[Plan](plan.txt)."),
        in_file(QUAY, "title:", "tilte:"),
        paper,
        in_file(QUAY, "tilte:", "title:"),
    ],
    "a link to a file that nothing named": [paper, in_file(QUAY, "It stands.", "[Plan](plan.txt).")],
    "a body and a title": [in_file(QUAY, "It stands.", "It fell."), in_file(QUAY, "A thing", "A quay")],
    "a date": [in_file(QUAY, "October 2019", "2018")],
    "a broken date, then a body": [
        in_file(QUAY, "October 2019", "soon"),
        in_file("content/articles/bridge.en.md", "It stands.", "It stays."),
        in_file(QUAY, "soon", "2020"),
    ],
    "a draft": [in_file(QUAY, "title:", "draft: true\ntitle:"), in_file(QUAY, "It stands.", "It fell.")],
    "a new article": [added("pier"), in_file("content/articles/pier.en.md", "new", "old")],
    "one article less": [removed(QUAY), in_file("content/articles/bridge.en.md", "It stands.", "It stays.")],
    "a plain page": [in_file(ABOUT, "About us.", "About them."), in_file(QUAY, "It stands.", "It fell.")],
    "a name": [in_file(NAMES, "Amina", "Aminah"), in_file(QUAY, "It stands.", "It fell.")],
    "the title of the site": [
        in_file("site.yaml", "Harbour", "Haven"),
        in_file(QUAY, "It stands.", "It fell."),
    ],
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=list(EDITS))
def test_memory_changes_nothing(tmp_path: Path, edits: list[Callable[[Path], None]]) -> None:
    """After every edit the site, and what is said of its content, are those of a clean build."""
    root = write_site(tmp_path / "site")
    (root / "content" / "pages").mkdir()
    (root / ABOUT).write_text("---\ntitle: About\n---\nAbout us.\n", "utf-8")
    (root / NAMES).write_text("amina:\n  kind: person\n  name: Amina\n", "utf-8")
    text = article(root, "quay").read_text("utf-8")
    article(root, "quay").write_text(text.replace("date: 2021", "people: [amina]\ndate: 2021", 1), "utf-8")
    memory = Memory()
    built(root, memory)

    for number, edit in enumerate(edits):
        edit(root)
        clean = tmp_path / f"clean{number}"
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns("output", ".timeline-gen"))

        assert built(root, memory) == built(clean, None)


def built(
    root: Path, memory: Memory | None, options: Options | None = None
) -> tuple[object, dict[str, bytes]]:
    """Build the site in *root* and return what was said, and its files if it could be built."""
    options = options or Options(jobs=1)
    try:
        report = build(root, options, memory=memory)
    except ContentError as error:
        return error.problems, {}
    # Only a build that follows another can have lost an address.
    said = tuple(problem for problem in report.problems if problem.code != LOST)
    return said, files_in(root / options.output)


def files_in(output: Path) -> dict[str, bytes]:
    """Return the files of the built site in the folder *output*."""
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


PREVIEW = options_of(ServeOptions(jobs=1))
MEDDLING: dict[str, Callable[[Path], None]] = {
    "the whole site is deleted": shutil.rmtree,
    "a folder at the top is deleted": lambda output: shutil.rmtree(output / "ar"),
    "a file is added at the top": lambda output: (output / "stray.txt").touch(),
    "pages that the build must bring forward are deleted": lambda output: shutil.rmtree(
        output / "en/articles"
    ),
    "somebody builds meanwhile": lambda output: built(output.parents[2], None, PREVIEW) and None,
}


@pytest.mark.parametrize("meddle", MEDDLING.values(), ids=list(MEDDLING))
def test_meddled_with_since(tmp_path: Path, meddle: Callable[[Path], None]) -> None:
    """Whatever happens to a previewed site after a build, the next save mends it."""
    root, memory = write_site(tmp_path / "site"), Memory()
    for body in ("It stands.", "It fell."):
        write_article(root, "bridge", body)
        assert made(root, PREVIEW, memory).good

    meddle(tree_of(root))
    write_article(root, "quay", "It fell, too.")
    outcome = made(root, PREVIEW, memory)

    assert outcome.good
    clean = shutil.copytree(root, tmp_path / "clean", ignore=shutil.ignore_patterns(".timeline-gen"))
    assert files_in(tree_of(root)) == built(clean, None)[1]


def test_the_next_preview(tmp_path: Path) -> None:
    """A preview leaves what the next one needs: its first save plans no other pages than that of the text."""
    root, memory = write_site(tmp_path / "site"), Memory()
    assert made(root, PREVIEW, memory).good
    write_article(root, "bridge", "It stays.")
    assert made(root, PREVIEW, memory).good

    write_article(root, "quay", "It fell, too.")
    outcome = made(root, PREVIEW, Memory())
    assert outcome.report is not None
    assert (outcome.report.written, outcome.report.parsed) == (1, 1)

    clean = shutil.copytree(root, tmp_path / "clean", ignore=shutil.ignore_patterns(".timeline-gen"))
    assert files_in(tree_of(root)) == built(clean, None)[1]


def test_saved_during_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is saved while a build is at work costs no more after it than another."""
    root, memory = write_site(tmp_path / "site"), Memory()
    assert made(root, PREVIEW, memory).good

    def write_late(*arguments: Any, **more: Any) -> Written:  # noqa: ANN401 - whatever it takes
        write_article(root, "quay", "It fell, too.")
        return write(*arguments, **more)

    write_article(root, "bridge", "It stays.")
    with monkeypatch.context() as patched:
        patched.setattr(stages, "write_tree", write_late)
        assert made(root, PREVIEW, memory).good
    outcome = made(root, PREVIEW, memory)

    assert outcome.report is not None
    assert (outcome.report.written, outcome.report.parsed) == (1, 1)
    clean = shutil.copytree(root, tmp_path / "clean", ignore=shutil.ignore_patterns(".timeline-gen"))
    assert files_in(tree_of(root)) == built(clean, None)[1]


def test_deleted_during_a_build(tmp_path: Path) -> None:
    """What is deleted while a build reads the site is gone from the site after the next build."""
    root = write_site(tmp_path / "site")
    write_article(root, "pier", "It juts out.")
    for _ in range(2):
        build(root, Options(jobs=1))

    class Deleting(ThreadPoolExecutor):
        """Deletes an article when the first work is given out: then all has been looked at."""

        def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - of whatever kind
            article(root, "pier").unlink(missing_ok=True)
            return super().submit(*args, **kwargs)

    for number in range(200):
        write_article(root, f"dock-{number}", "It is dry. " * 40)
    with Deleting(1) as executor:
        build(root, executor=executor)
    assert not article(root, "pier").exists()
    build(root, Options(jobs=1))

    assert not (root / "output" / "en/articles/pier/index.html").exists()
