"""The new site takes the place of the old one: in one step, or file by file where that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from writing_kit import CHANGED, SITE, THIRD, Site, mounted, needs_root

from timeline_gen.errors import UsageError
from timeline_gen.writing.disk import work_dir
from timeline_gen.writing.write import Written


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site."""
    return Site(tmp_path)


# ---------------------------------------------------------------- in one step


READER = """
import os, sys
top, misses, reads = sys.argv[1], 0, 0
while not os.path.exists(sys.argv[2]):
    seen = set()
    folder = os.open(top, os.O_RDONLY)
    for name in ("a/index.html", "b/index.html"):
        try:
            file = os.open(name, os.O_RDONLY, dir_fd=folder)
            seen.add(os.read(file, 100))
            os.close(file)
        except FileNotFoundError:
            misses += 1
    os.close(folder)
    try:
        with open(top + "/a/index.html", "rb") as file:
            file.read()
    except FileNotFoundError:
        misses += 1
    reads += 1
print(misses, reads)
"""


def test_readers_never_miss(site: Site, tmp_path: Path) -> None:
    """Readers that ask for pages while the site is built again and again find all of them."""
    done = tmp_path / "done"
    pages = {"a/index.html": b"0", "b/index.html": b"0"}
    site.build(pages)
    command = [sys.executable, "-c", READER, str(site.root / "output"), str(done)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        for number in range(1, 150):
            site.build(dict.fromkeys(pages, str(number).encode()))
    finally:
        done.touch()
    told = [reader.communicate()[0].split() for reader in readers]

    assert [misses for misses, _ in told] == ["0", "0"]
    assert all(int(reads) > 50 for _, reads in told)


def test_one_generation_behind(site: Site) -> None:
    """The tree beside the site is the site as it was before, and shares what stayed."""
    site.build(SITE)
    first = (site.root / "output").stat().st_ino
    site.build(CHANGED)
    second = (site.root / "output").stat().st_ino
    site.build(THIRD)
    standby = site.tree.work_dir / "standby"

    assert (site.root / "output").stat().st_ino == first
    assert standby.stat().st_ino == second
    assert (standby / "ar/index.html").read_bytes() == CHANGED["ar/index.html"]
    assert (standby / "en/index.html").samefile(site.root / "output/en/index.html")


# ---------------------------------------------------------------- one by one


def test_a_link(site: Site, tmp_path: Path) -> None:
    """Where output is a link, its target's files are replaced one by one, and a note says so."""
    (tmp_path / "real").mkdir()
    (site.root / "output").symlink_to("real")
    first = site.build(SITE)
    before = site.stamps()
    second = site.build(CHANGED)
    after = site.stamps()
    quiet = site.build(CHANGED)

    assert (site.root / "output").is_symlink()
    assert site.found() == CHANGED
    assert first.notes == ("output is a link, so its files are replaced one by one, and not in one step",)
    assert (second.changed, second.deleted, second.notes) == (4, 1, first.notes)
    assert quiet == Written(files=9, changed=0, deleted=0, generation=2)
    kept = str(site.root / "output/en/index.html")
    assert after[kept] == before[kept]
    assert site.stamps() == after
    assert site.remains() == set()


def test_a_link_to_nothing_yet(site: Site, tmp_path: Path) -> None:
    """A link whose target isn't there yet is followed."""
    (site.root / "output").symlink_to(tmp_path / "not" / "yet")
    site.build(SITE)

    assert (tmp_path / "not/yet/index.html").read_bytes() == b"home"


@needs_root
@pytest.mark.parametrize("kind", ["tmpfs", "bind"])
def test_a_mount_point(site: Site, tmp_path: Path, kind: str) -> None:
    """Where output is a mount point, of another file system or of the same, files are replaced one by one."""
    output = site.root / "output"
    output.mkdir()
    (tmp_path / "real").mkdir()
    what = (
        ["-t", "tmpfs", "-o", "mode=755", "none"] if kind == "tmpfs" else ["--bind", str(tmp_path / "real")]
    )
    with mounted(*what, str(output)):
        notes = [note for pages in (SITE, CHANGED, THIRD) for note in site.build(pages).notes]
        found = site.found()
        quiet = site.build(THIRD)

    assert found == THIRD
    assert notes[0].startswith("output is a mount point")
    assert quiet.changed == 0
    assert site.remains() == set()


@needs_root
def test_workings_elsewhere(site: Site) -> None:
    """Where the workings lie on another file system, files are replaced one by one."""
    folder = work_dir(site.root)
    with mounted("-t", "tmpfs", "none", str(folder)):
        notes = [note for pages in (SITE, CHANGED, THIRD) for note in site.build(pages).notes]
        found = site.found()
        remains = site.remains()

    assert found == THIRD
    assert notes[0].startswith("output lies on another file system than .timeline-gen")
    assert remains == set()


@needs_root
def test_workings_mounted_from_here(site: Site, tmp_path: Path) -> None:
    """Where the system refuses the exchange at the last moment, files are replaced one by one."""
    folder = work_dir(site.root)
    (tmp_path / "real").mkdir()
    with mounted("--bind", str(tmp_path / "real"), str(folder)):
        notes = [note for pages in (SITE, CHANGED, THIRD) for note in site.build(pages).notes]
        found = site.found()
        quiet = site.build(THIRD)
        remains = site.remains()

    assert found == THIRD
    assert all(note.startswith("the system refuses it") for note in notes)
    assert quiet.changed == 0
    assert remains == set()


# ---------------------------------------------------------------- what the machine refuses


@needs_root
@pytest.mark.parametrize("linked", [False, True])
def test_a_full_disk(tmp_path: Path, linked: bool) -> None:
    """On a full disk the build says so, and the site is as it was."""
    (tmp_path / "small").mkdir()
    with mounted("-t", "tmpfs", "-o", "size=2m", "none", str(tmp_path / "small")):
        site = Site(tmp_path / "small" / "site")
        site.root.mkdir()
        if linked:
            (tmp_path / "small/real").mkdir()
            (site.root / "output").symlink_to("../real")
        site.build(SITE)
        site.build(CHANGED)
        before = site.found()
        many = {f"{number}.html": bytes([number]) * 50_000 for number in range(100)}
        with pytest.raises(UsageError) as caught:
            site.build(many | THIRD)
        after = site.found()
        site.build(THIRD)
        mended = site.found()

    assert caught.value.message == "there is no room left on the disk; the built site is as it was"
    assert after == before
    assert mended == THIRD


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Own *folder* and work as a user whom permissions bind, if root is at work here."""
    if os.geteuid() != 0:
        yield
        return
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are another thing on Windows")
@pytest.mark.parametrize("shut", [".", ".timeline-gen"])
def test_not_allowed_to_write(shut: str) -> None:
    """Without permission the build says what may not be written, and the site is as it was."""
    with TemporaryDirectory() as name:
        site = Site(Path(name))
        site.build(SITE)
        with as_nobody(site.root):
            (site.root / shut).chmod(0o555)
            with pytest.raises(UsageError, match="may not be written; the built site is as it was"):
                site.build(CHANGED)
            (site.root / shut).chmod(0o755)
            found = site.found()
            site.build(CHANGED)
            mended = site.found()

    assert found == SITE
    assert mended == CHANGED


def test_a_name_too_long(site: Site) -> None:
    """A name that the disk can't hold is told, and the site is as it was."""
    site.build(SITE)
    with pytest.raises(UsageError, match=r"too long for this disk; the built site is as it was"):
        site.build(SITE | {"ا" * 200: b"long"})

    assert site.found() == SITE
    assert site.remains() == set()
