"""A site whose pages are given as bytes, for the tests of how it is written."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from timeline_gen.keys import content_hash
from timeline_gen.model.files import Output
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import work_dir
from timeline_gen.writing.manifest import Facts, Tree
from timeline_gen.writing.output_state import OutputState, survey
from timeline_gen.writing.own_files import LIST, read_list
from timeline_gen.writing.write import Written, write

Pages = Mapping[str, bytes]

SITE: dict[str, bytes] = {
    "index.html": b"home",
    "assets/style.1234.css": b"body {}",
    "ar/index.html": "الخط الزمني".encode(),
    "ar/events/world-cup/index.html": b"cup",
    "ar/events/committee/index.html": b"committee",
    "en/index.html": b"timeline",
    "en/events/world-cup/index.html": b"cup",
    "sitemap.xml": b"<urlset/>",
}
CHANGED: dict[str, bytes] = {
    **{path: data for path, data in SITE.items() if "committee" not in path},
    "index.html": b"home, again",
    "en/events/world-cup/index.html": b"the cup",
    "en/events/letter/index.html": b"letter",
    "ar/about": b"a file that becomes a folder",
}
THIRD: dict[str, bytes] = {
    **{path: data for path, data in CHANGED.items() if path not in {"ar/about", "sitemap.xml"}},
    "ar/about/index.html": b"about",
    "ar/index.html": b"third",
}

WITHOUT: dict[str, bytes] = {path: data for path, data in SITE.items() if "committee" not in path}


@dataclass(frozen=True, slots=True)
class Site:
    """A site's folder, and a build of it that makes each page of its own bytes."""

    root: Path

    @property
    def tree(self) -> Tree:
        """Return the tree that is built."""
        return Tree(self.root / "output", work_dir(self.root))

    def build_as_it_comes(self, pages: Iterator[tuple[str, bytes]]) -> Written:
        """Build *pages*, each written as it comes."""
        with Cache.open(self.tree.work_dir / "cache.sqlite", "1") as cache:
            outputs = (Output(path, data, content_hash(data)) for path, data in pages)
            return write(survey(self.tree, cache), outputs, cache=cache, keys={}, facts=Facts(program="1"))

    def build(self, pages: Pages, *, fail: bool = False, program: str = "1") -> Written:
        """Build *pages*, rendering only what is not there already, as this version of the *program* does."""
        with Cache.open(self.tree.work_dir / "cache.sqlite", program) as cache:
            standing = survey(self.tree, cache)
            keys = {path: f"made of {content_hash(data)}" for path, data in pages.items()}
            todo = {path for path, key in keys.items() if standing.keys.get(path) != key}
            outputs = self._outputs(pages, todo, fail=fail)
            return write(standing, outputs, cache=cache, keys=keys, facts=Facts(program=program))

    def _outputs(self, pages: Pages, todo: set[str], *, fail: bool) -> Iterator[Output]:
        for path, data in pages.items():
            yield Output(path, data if path in todo else None, content_hash(data))
        if fail:
            raise RuntimeError("a page cannot be rendered")

    def look(self) -> OutputState:
        """Return what stands in the tree, as a build finds it before it does anything."""
        with Cache.open(self.tree.work_dir / "cache.sqlite", "1") as cache:
            return survey(self.tree, cache)

    def found(self) -> dict[str, bytes]:
        """Return what a reader finds; refuse links, foreign modes and empty folders."""
        pages: dict[str, bytes] = {}
        for folder, folders, files in os.walk(os.path.realpath(self.root / "output")):
            assert folders or files or folder == os.path.realpath(self.root / "output")
            assert stat.S_IMODE(os.lstat(folder).st_mode) == 0o755
            for name in files:
                if name == LIST:
                    continue
                path = Path(folder, name)
                assert path.lstat().st_mode == stat.S_IFREG | 0o644
                relative = path.relative_to(os.path.realpath(self.root / "output"))
                pages[relative.as_posix()] = path.read_bytes()
        return pages

    def own(self) -> dict[str, bytes]:
        """Return what the list in the output names, as far as it is there."""
        top = os.path.realpath(self.root / "output")
        listed = (read_list(top) or frozenset()) - {LIST}
        files = {path: Path(top, path) for path in listed}
        return {path: file.read_bytes() for path, file in files.items() if file.is_file()}

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return inode and time of change of everything in the output."""
        return {
            str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns)
            for path in [self.root / "output", *(self.root / "output").rglob("*")]
        }

    def remains(self) -> set[str]:
        """Return what lies in the workings beside what should."""
        names = {path.name for path in self.tree.work_dir.iterdir()}
        return names - {"cache.sqlite", "cache.sqlite-journal", ".gitignore", "standby"}


@contextmanager
def mounted(*command: str) -> Iterator[None]:
    """Mount something for a while; *command* ends with the place."""
    done = subprocess.run(["mount", *command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"even root may not mount here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", command[-1]], check=True)


needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or sys.platform != "linux",
    reason="only root on Linux may mount",
)


STEPS = frozenset({"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"})


def is_step(event: str, arguments: tuple[object, ...]) -> bool:
    """Return whether an audited *event* changes the disk; reading, whose amount varies, does not."""
    if event != "open":
        return event in STEPS
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def killed(work: Callable[[], object], at: int) -> bool:
    """Do *work* in a process that is killed just before its step number *at*; tell whether it was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        steps = 0

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal steps
            if is_step(event, arguments):
                steps += 1
                if steps > at:
                    os.kill(os.getpid(), 9)

        sys.addaudithook(count)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
