"""A build may be killed at any step, and a site may be treated in any way, in any order."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from writing_kit import CHANGED, SITE, THIRD, Pages, Site, killed, needs_fork

from timeline_gen.errors import ContentError


@needs_fork
@pytest.mark.parametrize("before", [(), (SITE,), (THIRD, SITE)], ids=["first", "second", "third"])
def test_killed_at_every_step(tmp_path: Path, before: tuple[Pages, ...]) -> None:
    """A build that is killed at any step leaves the old site or the new one, and the next build is right."""
    steps = 0
    seen: list[dict[str, bytes]] = []
    while True:
        site = Site(tmp_path / str(steps))
        site.root.mkdir()
        for pages in before:
            site.build(pages)
        old = site.found()
        if not killed(partial(site.build, CHANGED), steps):
            break
        seen.append(site.found())
        after = (CHANGED, SITE, THIRD)[steps % 3]
        site.build(after)
        assert site.found() == after, steps
        assert site.remains() == set(), steps
        assert site.build(after).changed == 0, steps
        site.build(THIRD)
        assert site.found() == THIRD, steps
        steps += 1

    assert all(found in (old, CHANGED) for found in seen)
    assert CHANGED in seen or not before
    assert steps > 20


@needs_fork
def test_killed_while_replacing(tmp_path: Path) -> None:
    """Where files are replaced one by one, what a killed build began is finished before anything else."""
    steps = 0
    seen: list[dict[str, bytes]] = []
    while True:
        (tmp_path / str(steps) / "real").mkdir(parents=True)
        site = Site(tmp_path / str(steps))
        (site.root / "output").symlink_to("real")
        site.build(SITE)
        if not killed(partial(site.build, CHANGED), steps):
            break
        site.look()
        seen.append(site.found())
        after = (CHANGED, SITE, THIRD)[steps % 3]
        site.build(after)
        assert site.found() == after, steps
        assert site.remains() == set(), steps
        assert site.build(after).changed == 0, steps
        steps += 1

    assert all(found in (SITE, CHANGED) for found in seen)
    assert SITE in seen
    assert CHANGED in seen


# ---------------------------------------------------------------- anything, in any order

MINE = st.sampled_from(["CNAME", ".git/refs/head", "a/mine.txt", "mine/deep/file", "b/c/mine", "ج/mine"])
"""Files of others, whose names no page has."""
PATHS = st.sampled_from(
    [
        "index.html",
        "a",
        "a/b",
        "a/b/c.html",
        "a/x.html",
        "b/index.html",
        "b/c/index.html",
        "d.css",
        "ج/index.html",
    ]
)


def fitting(pages: Pages) -> dict[str, bytes]:
    """Return *pages* without those that stand where another needs a folder."""
    return {
        path: data for path, data in pages.items() if not any(other.startswith(path + "/") for other in pages)
    }


class AnyHistory(RuleBasedStateMachine):
    """A site that is edited, tampered with, killed and built in any order is right after each build."""

    linked: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.site = Site(Path(self.folder.name))
        self.pages: dict[str, bytes] = {}
        self.mine: dict[str, bytes] = {}
        self.built = False

    @initialize()
    def begin(self) -> None:
        """Start with no output, or a link to an empty folder."""
        if self.linked:
            (self.site.root / "real").mkdir()
            (self.site.root / "output").symlink_to("real")

    @property
    def top(self) -> Path:
        """Return the folder that readers see."""
        return Path(os.path.realpath(self.site.root / "output"))

    @rule(path=PATHS, data=st.binary(max_size=3))
    def put(self, path: str, data: bytes) -> None:
        """Add or change a page."""
        self.pages[path] = data
        self.built = False

    @rule(path=PATHS)
    def drop(self, path: str) -> None:
        """Delete a page."""
        self.pages.pop(path, None)
        self.built = False

    @rule()
    def build(self) -> None:
        """Build."""
        try:
            self.site.build(fitting(self.pages))
        except ContentError as error:
            # A file written by hand has the name of a page, and is taken away.
            for problem in error.problems:
                self.take_away(str(problem.place.path).removeprefix("output/"))
            self.built = False
        else:
            self.built = True

    def take_away(self, path: str) -> None:
        """Delete the file, link or folder *path* by hand."""
        target = self.top / path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink()
        self.mine = {
            name: data for name, data in self.mine.items() if name != path and not name.startswith(f"{path}/")
        }

    @rule()
    def build_again(self) -> None:
        """Build, and build again: the second time touches nothing."""
        self.build()
        if not self.built:
            return
        before = self.site.stamps()
        result = self.site.build(fitting(self.pages))

        assert self.site.stamps() == before
        assert (result.changed, result.deleted) == (0, 0)

    @rule(at=st.integers(0, 40))
    def kill(self, at: int) -> None:
        """Kill a build."""
        killed(partial(self.site.build, fitting(self.pages)), at)
        self.built = False

    @rule(path=MINE, data=st.binary(max_size=3))
    def add_mine(self, path: str, data: bytes) -> None:
        """Put a file of one's own into the output."""
        target = self.top / path
        # A page may be where a folder is needed.
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            self.mine[path] = data

    @rule()
    def fail(self) -> None:
        """Let a build fail at its end."""
        with pytest.raises((RuntimeError, ContentError)):
            self.site.build(fitting(self.pages), fail=True)
        self.built = False

    @rule(path=PATHS, data=st.binary(max_size=3), back=st.booleans())
    def edit_output(self, path: str, data: bytes, back: bool) -> None:
        """Write into the output by hand."""
        target = self.top / path
        # There may be no such folder, or a link to nothing.
        with suppress(OSError):
            target.write_bytes(data)
            if back:
                os.utime(target, (1, 1))
        self.built = False

    @rule(path=PATHS)
    def delete_output(self, path: str) -> None:
        """Delete a file or a folder of the output by hand."""
        target = self.top / path
        if target.exists():
            self.take_away(path)
        self.built = False

    @rule(path=PATHS, other=PATHS)
    def link_output(self, path: str, other: str) -> None:
        """Put a link into the output."""
        target = self.top / path
        if target.parent.is_dir() and not target.exists() and not target.is_symlink():
            target.symlink_to(self.top / other)
        self.built = False

    @rule(name=st.sampled_from(["cache.sqlite", "standby", "standby/a", "standby/b/c", "."]))
    def delete_workings(self, name: str) -> None:
        """Delete something in the workings."""
        target = self.site.tree.work_dir / name
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)

    @rule(place=st.integers(0, 200_000), flip=st.integers(1, 255))
    def damage_cache(self, place: int, flip: int) -> None:
        """Flip some bits of the cache."""
        path = self.site.tree.work_dir / "cache.sqlite"
        if path.exists() and path.stat().st_size:
            data = bytearray(path.read_bytes())
            data[place % len(data)] ^= flip
            path.write_bytes(data)

    @invariant()
    def right_after_a_build(self) -> None:
        """Right after a build the output is what a clean build gives."""
        if self.built:
            assert self.site.own() == fitting(self.pages)
            self.built = False

    @invariant()
    def nothing_of_others_is_lost(self) -> None:
        """Whatever happens, files of others are where they were put, and as they were."""
        for path, data in self.mine.items():
            assert (self.top / path).read_bytes() == data, path

    def teardown(self) -> None:
        """Clear away the site."""
        self.folder.cleanup()


class AnyHistoryOfALink(AnyHistory):
    """The same where the output is a link, so that files are replaced one by one."""

    linked = True


AnyHistory.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
AnyHistoryOfALink.TestCase.settings = AnyHistory.TestCase.settings
if hasattr(os, "fork"):
    TestAnyHistory = AnyHistory.TestCase
    TestAnyHistoryOfALink = AnyHistoryOfALink.TestCase
