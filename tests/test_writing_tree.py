"""The built tree: always exactly what the build says, changed only where it differs."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from timeline_gen.errors import UsageError
from timeline_gen.model import Output, content_hash
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.manifest import Facts, Tree, load
from timeline_gen.writing.survey import Standing, survey
from timeline_gen.writing.write import Written, changed, write

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
        return Tree(self.root / "output", workings(self.root))

    def build(self, pages: Pages, *, fail: bool = False) -> Written:
        """Build *pages*, rendering only what is not there already."""
        with Cache.open(self.tree.workings / "cache.sqlite", "1") as cache:
            standing = survey(self.tree, cache)
            keys = {path: f"made of {content_hash(data)}" for path, data in pages.items()}
            todo = changed(keys, standing.keys)
            outputs = self._outputs(pages, todo, fail=fail)
            return write(standing, outputs, cache=cache, keys=keys, facts=Facts(program="1"))

    def _outputs(self, pages: Pages, todo: set[str], *, fail: bool) -> Iterator[Output]:
        for path, data in pages.items():
            yield Output(PurePosixPath(path), data if path in todo else None, content_hash(data))
        if fail:
            raise RuntimeError("a page cannot be rendered")

    def look(self) -> Standing:
        """Return what stands in the tree, as a build finds it before it does anything."""
        with Cache.open(self.tree.workings / "cache.sqlite", "1") as cache:
            return survey(self.tree, cache)

    def found(self) -> dict[str, bytes]:
        """Return what a reader finds; refuse links, foreign modes and empty folders."""
        pages: dict[str, bytes] = {}
        for folder, folders, files in os.walk(os.path.realpath(self.root / "output")):
            assert folders or files or folder == os.path.realpath(self.root / "output")
            assert stat.S_IMODE(os.lstat(folder).st_mode) == 0o755
            for name in files:
                path = Path(folder, name)
                assert path.lstat().st_mode == stat.S_IFREG | 0o644
                relative = path.relative_to(os.path.realpath(self.root / "output"))
                pages[relative.as_posix()] = path.read_bytes()
        return pages

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return inode and time of change of everything in the output."""
        return {
            str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns)
            for path in [self.root / "output", *(self.root / "output").rglob("*")]
        }

    def remains(self) -> set[str]:
        """Return what lies in the workings beside what should."""
        names = {path.name for path in self.tree.workings.iterdir()}
        return names - {"cache.sqlite", "cache.sqlite-journal", ".gitignore", "standby"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site."""
    return Site(tmp_path)


# ---------------------------------------------------------------- what is built


def test_changed() -> None:
    """What is made from something else, or isn't there, is made again."""
    assert changed({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "other", "d": "4"}) == {"b", "c"}


def test_builds(site: Site) -> None:
    """Each build leaves exactly its own pages, and tells what it did."""
    first = site.build(SITE)
    after_first = site.found()
    second = site.build(CHANGED)
    after_second = site.found()
    third = site.build(THIRD)

    assert after_first == SITE
    assert after_second == CHANGED
    assert site.found() == THIRD
    assert first == Written(files=8, changed=8, deleted=0, generation=1)
    assert second == Written(files=9, changed=4, deleted=1, generation=2)
    assert third == Written(files=8, changed=2, deleted=2, generation=3)
    assert site.remains() == set()


def test_nothing_new_touches_nothing(site: Site) -> None:
    """A build with nothing new leaves every time of change in the output as it was."""
    site.build(SITE)
    site.build(CHANGED)
    before = site.stamps()
    result = site.build(CHANGED)

    assert site.stamps() == before
    assert result == Written(files=9, changed=0, deleted=0, generation=2)


def test_only_what_changed_is_new(site: Site) -> None:
    """A build leaves the times of change of the files that stay."""
    site.build(SITE)
    before = {path: stamp for path, stamp in site.stamps().items() if Path(path).is_file()}
    site.build(SITE | {"index.html": b"new"})
    site.build(SITE | {"index.html": b"newer"})
    after = site.stamps()

    assert {path for path, stamp in before.items() if after[path] != stamp} == {
        str(site.root / "output" / "index.html")
    }


def test_same_bytes_from_something_else(site: Site) -> None:
    """A page that is made again and comes out the same isn't touched."""
    site.build(SITE)
    before = site.stamps()
    with Cache.open(site.tree.workings / "cache.sqlite", "1") as cache:
        outputs = [Output(PurePosixPath(path), data, content_hash(data)) for path, data in SITE.items()]
        keys = dict.fromkeys(SITE, "another template")
        result = write(survey(site.tree, cache), outputs, cache=cache, keys=keys, facts=Facts())

    assert site.stamps() == before
    assert result.changed == 0
    assert site.look().keys == dict.fromkeys(SITE, "another template")


def test_whatever_the_umask(site: Site) -> None:
    """A site built by a careful user can still be read by the web server."""
    before = os.umask(0o077)
    try:
        site.build(SITE)
        site.build(CHANGED)
    finally:
        os.umask(before)

    assert site.found() == CHANGED


def test_a_failed_build_changes_nothing(site: Site) -> None:
    """A build that fails on its last page leaves the former site, and nothing half-made."""
    site.build(SITE)
    before = site.stamps()
    with pytest.raises(RuntimeError):
        site.build(CHANGED, fail=True)

    assert site.stamps() == before
    assert site.remains() == set()
    site.build(CHANGED)
    assert site.found() == CHANGED


def test_a_failed_first_build_leaves_no_site(site: Site) -> None:
    """Where there was no site, a build that fails makes none."""
    with pytest.raises(RuntimeError):
        site.build(SITE, fail=True)

    assert not (site.root / "output").exists()
    assert site.remains() == set()


def test_an_empty_site(site: Site) -> None:
    """A site that has lost all its pages is an empty folder."""
    site.build({})
    empty = site.found()
    site.build(SITE)
    site.build({})
    empty_again = site.found()
    site.build(SITE)
    site.build(CHANGED)

    assert empty == {}
    assert empty_again == {}
    assert site.found() == CHANGED


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "a/../../outside", "."])
def test_no_way_out(site: Site, path: str) -> None:
    """No address leads out of the output."""
    with pytest.raises(ValueError, match="leads out of the site"):
        site.build({path: b""})


def test_promises_are_kept(site: Site) -> None:
    """A page that is said to stand but doesn't, or that comes twice, is a mistake of the program."""
    missing = Output(PurePosixPath("index.html"), None, content_hash(b"home"))
    double = Output(PurePosixPath("index.html"), b"home", content_hash(b"home"))
    with Cache.open(site.tree.workings / "cache.sqlite", "1") as cache:
        standing = survey(site.tree, cache)
        with pytest.raises(ValueError, match="without its bytes"):
            write(standing, [missing], cache=cache, keys={}, facts=Facts())
        with pytest.raises(ValueError, match="written twice"):
            write(standing, [double, double], cache=cache, keys={}, facts=Facts())


def test_manifest(site: Site) -> None:
    """The manifest tells what was built, with the hash and the size of every file."""
    site.build(SITE)
    site.build(CHANGED)
    with Cache.open(site.tree.workings / "cache.sqlite", "1") as cache:
        manifest = load(cache, "output")

    assert manifest.facts == Facts(program="1")
    assert manifest.generation == 2
    assert {path: (entry.hash, entry.size) for path, entry in manifest.entries.items()} == {
        path: (content_hash(data), len(data)) for path, data in CHANGED.items()
    }


def test_two_trees_of_one_site(site: Site) -> None:
    """A preview is another tree: it keeps its own manifest in the same cache."""
    site.build(SITE)
    inner = site.tree.workings / "preview"
    inner.mkdir()
    preview = Tree(inner / "site", inner, "preview")
    with Cache.open(site.tree.workings / "cache.sqlite", "1") as cache:
        outputs = [Output(PurePosixPath("index.html"), b"draft", content_hash(b"draft"))]
        write(survey(preview, cache), outputs, cache=cache, keys={}, facts=Facts(drafts=True))

        assert load(cache, "preview").facts.drafts
        assert not load(cache, "output").facts.drafts
    assert (inner / "site" / "index.html").read_bytes() == b"draft"
    assert site.build(SITE).changed == 0


# ---------------------------------------------------------------- what others did to it


def edit(top: Path) -> None:
    """Write into a file in place, with as many bytes as before."""
    (top / "ar/index.html").write_bytes((top / "ar/index.html").read_bytes()[::-1])


def edit_unwanted(top: Path) -> None:
    """Write into a file that the next build deletes."""
    (top / "ar/events/committee/index.html").write_bytes(b"mine")


def delete_the_last(top: Path) -> None:
    """Delete the only file of a folder, which the next build doesn't want either."""
    (top / "ar/events/committee/index.html").unlink()


def set_back(top: Path) -> None:
    """Edit a file and give it an old date."""
    edit(top)
    os.utime(top / "ar/index.html", (0, 0))


def add(top: Path) -> None:
    """Add a file of one's own."""
    (top / "ar/mine.txt").write_bytes(b"mine")


def add_folder(top: Path) -> None:
    """Add a folder with something in it, and an empty one where the next build puts pages."""
    (top / "mine/deep").mkdir(parents=True)
    (top / "mine/deep/file").write_bytes(b"mine")
    (top / "en/events/letter").mkdir()


def add_empty_folder(top: Path) -> None:
    """Add an empty folder."""
    (top / "ar/events/empty").mkdir()


def delete(top: Path) -> None:
    """Delete a file."""
    (top / "ar/index.html").unlink()


def delete_unwanted(top: Path) -> None:
    """Delete a file that the next build deletes, too, and one that it writes anew."""
    shutil.rmtree(top / "ar/events/committee")
    (top / "index.html").unlink()


def delete_folder(top: Path) -> None:
    """Delete a folder of pages."""
    shutil.rmtree(top / "ar/events")


def delete_all(top: Path) -> None:
    """Delete the whole output."""
    shutil.rmtree(top)


def empty(top: Path) -> None:
    """Delete everything in the output, but not itself."""
    for path in top.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def copy(top: Path) -> None:
    """Put a copy in its place, as a restored backup is: same bytes, other inodes and times."""
    shutil.copytree(top, top.with_name("copy"))
    shutil.rmtree(top)
    top.with_name("copy").rename(top)


def touch(top: Path) -> None:
    """Set a file's time, and put another of the same bytes in the place of a second one."""
    (top / "ar/index.html").touch()
    (top / "copy").write_bytes((top / "en/index.html").read_bytes())
    (top / "copy").chmod(0o644)
    (top / "copy").replace(top / "en/index.html")


def forbid(top: Path) -> None:
    """Change the permissions of a file and a folder."""
    (top / "en/index.html").chmod(0o600)
    (top / "ar").chmod(0o700)


def forbid_folder(top: Path) -> None:
    """Change the permissions of the whole output and of a folder in it."""
    (top / "ar").chmod(0o700)
    top.chmod(0o750)


def link_file(top: Path) -> None:
    """Put a link in a page's place, to a file with the same bytes."""
    (top / "ar/index.html").rename(top.with_name("elsewhere.html"))
    (top / "ar/index.html").symlink_to(top.with_name("elsewhere.html"))


def link_folder(top: Path) -> None:
    """Move a folder away and put a link to it in its place."""
    (top / "ar").rename(top.with_name("elsewhere"))
    (top / "ar").symlink_to(top.with_name("elsewhere"))


def swap_kinds(top: Path) -> None:
    """Put a folder where a file was, and a file where a folder was."""
    (top / "index.html").unlink()
    (top / "index.html").mkdir()
    (top / "index.html/file").write_bytes(b"")
    shutil.rmtree(top / "en")
    (top / "en").write_bytes(b"")


def rename(top: Path) -> None:
    """Rename a folder."""
    (top / "ar/events").rename(top / "ar/happenings")


TAMPERINGS: tuple[Callable[[Path], None], ...] = (
    edit,
    edit_unwanted,
    delete_the_last,
    set_back,
    add,
    add_folder,
    add_empty_folder,
    delete,
    delete_unwanted,
    delete_folder,
    delete_all,
    empty,
    copy,
    touch,
    forbid,
    forbid_folder,
    link_file,
    link_folder,
    swap_kinds,
    rename,
)


@pytest.fixture(params=["exchanged", "link", "first"])
def standing_site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """Return a site with ``SITE`` built: with a standby tree, behind a link, or just once."""
    site = Site(tmp_path / "site")
    site.root.mkdir()
    if request.param == "link":
        (tmp_path / "real").mkdir()
        (site.root / "output").symlink_to(tmp_path / "real")
    if request.param != "first":
        site.build(THIRD)
        site.build(SITE | {"robots.txt": b"x"})
    site.build(SITE)
    return site


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("pages", [SITE, CHANGED, WITHOUT], ids=["same", "changed", "without"])
def test_tampering(standing_site: Site, tamper: Callable[[Path], None], pages: Pages) -> None:
    """Whatever is done to the output by hand, the next build puts it right, and so do those after it."""
    site = standing_site
    tamper(Path(os.path.realpath(site.root / "output")))
    site.build(pages)
    found = site.found()
    before = site.stamps()
    site.build(pages)
    again = site.stamps()
    site.build(THIRD)
    third = site.found()
    site.build(CHANGED)

    assert found == pages
    assert again == before
    assert third == THIRD
    assert site.found() == CHANGED


def test_a_deleted_part_of_the_standby(site: Site) -> None:
    """Who deletes something in the workings doesn't find it missing in the site."""
    site.build(SITE)
    site.build(CHANGED)
    shutil.rmtree(site.tree.workings / "standby/en/events")
    site.build(THIRD)

    assert site.found() == THIRD


def test_deleted_workings(site: Site) -> None:
    """The workings may be deleted at any time."""
    site.build(SITE)
    site.build(CHANGED)
    shutil.rmtree(site.tree.workings)
    site.build(THIRD)

    assert site.found() == THIRD
    assert site.remains() == set()


def test_a_copied_site(site: Site, tmp_path: Path) -> None:
    """A site that is copied to another place with its cache needs no rendering there."""
    site.build(SITE)
    site.build(CHANGED)
    shutil.copytree(site.root, tmp_path / "copy", ignore=shutil.ignore_patterns("copy"))
    copied = Site(tmp_path / "copy")
    before = copied.stamps()
    result = copied.build(CHANGED)

    assert result.changed == 0
    assert copied.stamps() == before
    assert copied.look().sound


def test_a_history_is_spared(site: Site) -> None:
    """An output that is somebody's git repository is not deleted."""
    site.build(SITE)
    (site.root / "output/.git").mkdir()

    with pytest.raises(UsageError, match=r"holds a \.git folder"):
        site.build(SITE)
    assert (site.root / "output/.git").is_dir()


def test_a_file_in_the_way(site: Site) -> None:
    """A file called output is not overwritten."""
    (site.root / "output").write_bytes(b"mine")

    with pytest.raises(UsageError, match="output is a file"):
        site.build(SITE)


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
    for number in range(1, 150):
        site.build(dict.fromkeys(pages, str(number).encode()))
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
    standby = site.tree.workings / "standby"

    assert (site.root / "output").stat().st_ino == first
    assert standby.stat().st_ino == second
    assert (standby / "ar/index.html").read_bytes() == CHANGED["ar/index.html"]
    assert (standby / "en/index.html").samefile(site.root / "output/en/index.html")


# ---------------------------------------------------------------- one by one


@contextmanager
def mounted(*command: str) -> Iterator[None]:
    """Mount something for a while; *command* ends with the place."""
    subprocess.run(["mount", *command], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", command[-1]], check=True)


needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or sys.platform != "linux",
    reason="only root on Linux may mount",
)


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
    assert first.note == "output is a link, so its files are replaced one by one, and not in one step"
    assert (second.changed, second.deleted, second.note) == (4, 1, first.note)
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
        notes = [site.build(pages).note for pages in (SITE, CHANGED, THIRD)]
        found = site.found()
        quiet = site.build(THIRD)

    assert found == THIRD
    assert notes[0].startswith("output is a mount point")
    assert quiet.changed == 0
    assert site.remains() == set()


@needs_root
def test_workings_elsewhere(site: Site) -> None:
    """Where the workings lie on another file system, files are replaced one by one."""
    folder = workings(site.root)
    with mounted("-t", "tmpfs", "none", str(folder)):
        notes = [site.build(pages).note for pages in (SITE, CHANGED, THIRD)]
        found = site.found()
        remains = site.remains()

    assert found == THIRD
    assert notes[0].startswith("output lies on another file system than .timeline-gen")
    assert remains == set()


@needs_root
def test_workings_mounted_from_here(site: Site, tmp_path: Path) -> None:
    """Where the system refuses the exchange at the last moment, files are replaced one by one."""
    folder = workings(site.root)
    (tmp_path / "real").mkdir()
    with mounted("--bind", str(tmp_path / "real"), str(folder)):
        notes = [site.build(pages).note for pages in (SITE, CHANGED, THIRD)]
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


# ---------------------------------------------------------------- killed

STEPS = frozenset({"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "open"})


def killed(work: Callable[[], object], at: int) -> bool:
    """Do *work* in a process that is killed just before its step number *at*; tell whether it was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        steps = 0

        def count(event: str, _: object) -> None:
            nonlocal steps
            steps += event in STEPS
            if event in STEPS and steps > at:
                os.kill(os.getpid(), 9)

        sys.addaudithook(count)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


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
        self.site.build(fitting(self.pages))
        self.built = True

    @rule()
    def build_again(self) -> None:
        """Build, and build again: the second time touches nothing."""
        self.build()
        before = self.site.stamps()
        result = self.site.build(fitting(self.pages))

        assert self.site.stamps() == before
        assert (result.changed, result.deleted) == (0, 0)

    @rule(at=st.integers(0, 40))
    def kill(self, at: int) -> None:
        """Kill a build."""
        killed(partial(self.site.build, fitting(self.pages)), at)
        self.built = False

    @rule()
    def fail(self) -> None:
        """Let a build fail at its end."""
        with pytest.raises(RuntimeError):
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
        if target.is_dir():
            shutil.rmtree(target)
        elif target.exists():
            target.unlink()
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
        target = self.site.tree.workings / name
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)

    @rule(place=st.integers(0, 200_000), flip=st.integers(1, 255))
    def damage_cache(self, place: int, flip: int) -> None:
        """Flip some bits of the cache."""
        path = self.site.tree.workings / "cache.sqlite"
        if path.exists() and path.stat().st_size:
            data = bytearray(path.read_bytes())
            data[place % len(data)] ^= flip
            path.write_bytes(data)

    @invariant()
    def right_after_a_build(self) -> None:
        """Right after a build the output is what a clean build gives."""
        if self.built:
            assert self.site.found() == fitting(self.pages)
            self.built = False

    def teardown(self) -> None:
        """Clear away the site."""
        self.folder.cleanup()


class AnyHistoryOfALink(AnyHistory):
    """The same where the output is a link, so that files are replaced one by one."""

    linked = True


AnyHistory.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
AnyHistoryOfALink.TestCase.settings = AnyHistory.TestCase.settings
if hasattr(os, "fork"):
    TestAnyHistory = AnyHistory.TestCase
    TestAnyHistoryOfALink = AnyHistoryOfALink.TestCase
