"""What others did to the built tree is put right by the next build."""

from __future__ import annotations

import mmap
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from writing_kit import CHANGED, SITE, THIRD, WITHOUT, Pages, Site

from timeline_gen.errors import ContentError, UsageError
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.manifest import confirm


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site."""
    return Site(tmp_path)


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


TAMPERINGS: tuple[Callable[[Path], None], ...] = (
    edit,
    edit_unwanted,
    delete_the_last,
    set_back,
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


def write_in_place(path: Path, data: bytes) -> None:
    """Write into the file itself."""
    with path.open("r+b") as file:
        file.write(data)


def write_by_mapping(path: Path, data: bytes) -> None:
    """Write into the file through memory that it is mapped into."""
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as view:
        view[:] = data


def write_and_rename(path: Path, data: bytes) -> None:
    """Write another file and put it in the place of this one."""
    other = path.with_name("other")
    other.write_bytes(data)
    other.chmod(0o644)
    other.replace(path)


@pytest.mark.parametrize("way", [write_in_place, write_by_mapping, write_and_rename])
@pytest.mark.parametrize("pages", [SITE, CHANGED, WITHOUT], ids=["same", "changed", "without"])
def test_size_and_time_restored(
    standing_site: Site, way: Callable[[Path, bytes], None], pages: Pages
) -> None:
    """An edit that restores the size and the time of a file is put right by the next build all the same."""
    site = standing_site
    site.build(SITE)
    path = Path(os.path.realpath(site.root / "output"), "ar/index.html")
    times = path.stat()
    way(path, path.read_bytes()[::-1])
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    restored = (path.stat().st_size, path.stat().st_mtime_ns)
    site.build(pages)
    found = site.found()
    site.build(THIRD)

    assert restored == (times.st_size, times.st_mtime_ns)
    assert found == pages
    assert site.found() == THIRD


@pytest.mark.parametrize("tamper", [None, edit, touch, copy], ids=lambda one: one and one.__name__)
def test_nothing_to_do_is_seen_at_once(standing_site: Site, tamper: Callable[[Path], None] | None) -> None:
    """However a tree came to be, a build of the same content finds all of it untouched."""
    site = standing_site
    for pages in (SITE, CHANGED, THIRD, WITHOUT):
        if tamper:
            tamper(Path(os.path.realpath(site.root / "output")))
        site.build(pages)
        site.build(pages)

        assert site.look().files_touched == frozenset()
        assert site.look().untouched


def test_a_recent_tree_is_read_once(site: Site) -> None:
    """Files too recent for their stat data to be trusted are read, which leaves them untouched."""
    site.build(SITE)
    first = site.look()
    begun = time.time_ns() + 10**9
    with Cache.open(site.tree.work_dir / "cache.sqlite", "1") as cache:
        confirm(cache, site.tree.name, first.manifest, begun)
    second = site.look()

    assert first.untouched
    assert second.untouched
    assert not second.reread


OTHERS: Mapping[str, bytes] = {
    ".git/refs/heads/main": b"a commit",
    ".gitkeep": b"",
    "CNAME": b"example.org",
    "ar/events/committee/notes.txt": b"beside a page that goes",
    "mine/deep/file": b"mine",
}


def put_others(top: Path) -> None:
    """Put files of others into the tree *top*."""
    for name, data in OTHERS.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(data)
    (top / "link").symlink_to("nowhere")
    (top / ".git/refs").chmod(0o700)


def others_in(top: Path) -> dict[str, bytes]:
    """Return those of the files of others that are there, links and permissions included."""
    assert (top / "link").readlink() == Path("nowhere")
    assert (top / ".git/refs").stat().st_mode & 0o777 == 0o700
    return {name: (top / name).read_bytes() for name in OTHERS}


@pytest.mark.parametrize("pages", [SITE, CHANGED, WITHOUT], ids=["same", "changed", "without"])
def test_files_of_others_stay(standing_site: Site, pages: Pages) -> None:
    """Files that somebody else put into the output stay, are named in a note, and cost no further work."""
    site = standing_site
    top = site.root / "output"
    put_others(top)
    edit(top)

    told = [note for note in site.build(pages).notes if "one by one" not in note]
    before = site.stamps()
    again = site.build(pages)
    after = site.stamps()
    site.build(THIRD)

    assert after == before
    assert (again.changed, again.deleted) == (0, 0)
    assert others_in(top) == OTHERS
    assert site.own() == THIRD
    kept = (
        "output holds what is no part of the site; it stays, and is not published:"
        " .git, .gitkeep, CNAME, ar/events/committee/notes.txt, link and 1 more"
        " (what belongs to the site goes into static/)"
    )
    assert told == ["a build makes all of output anew; changes made by hand are lost: ar/index.html", kept]
    assert [note for note in again.notes if "one by one" not in note] == [kept]


def test_the_standby_is_kept_beside_files_of_others(site: Site) -> None:
    """Files of others do not make each build link all pages anew."""
    site.build(SITE)
    put_others(site.root / "output")
    site.build(CHANGED)
    site.build(SITE)
    inode = (site.tree.work_dir / "standby").stat().st_ino
    site.build(CHANGED)

    assert (site.root / "output").stat().st_ino == inode
    assert others_in(site.root / "output") == OTHERS


def test_what_comes_while_a_build_is_at_work(site: Site) -> None:
    """What somebody puts into the output, or replaces there, during a build is there after it."""
    site.build(SITE)
    top = site.root / "output"
    put_others(top)

    def working() -> Iterator[tuple[str, bytes]]:
        yield from CHANGED.items()
        (top / "late.txt").write_bytes(b"late")
        (top / "ar/late").mkdir()
        (top / "ar/late/file").write_bytes(b"late")
        (top / "new").write_bytes(b"another")
        (top / "new").replace(top / "CNAME")

    site.build_as_it_comes(working())

    assert (top / "late.txt").read_bytes() == b"late"
    assert (top / "ar/late/file").read_bytes() == b"late"
    assert others_in(top) == {**OTHERS, "CNAME": b"another"}
    assert site.own() == CHANGED
    assert site.build(THIRD).changed
    assert (top / "late.txt").read_bytes() == b"late"


def as_a_file(top: Path) -> str:
    """Put a file of one's own where a page is to be."""
    (top / "en/events/letter").mkdir(parents=True)
    (top / "en/events/letter/index.html").write_bytes(b"mine")
    return "en/events/letter/index.html"


def as_a_link(top: Path) -> str:
    """Put a link where a page is to be."""
    (top / "en/events/letter").mkdir(parents=True)
    (top / "en/events/letter/index.html").symlink_to(top / "index.html")
    return "en/events/letter/index.html"


def as_a_folder_link(top: Path) -> str:
    """Move a folder of pages away and put a link to it in its place."""
    (top / "en").rename(top.with_name("elsewhere"))
    (top / "en").symlink_to(top.with_name("elsewhere"))
    return "en"


def in_the_place_of_a_page(top: Path) -> str:
    """Put a folder with a file where a page was."""
    (top / "index.html").unlink()
    (top / "index.html").mkdir()
    (top / "index.html/file").write_bytes(b"")
    return "index.html"


def in_the_place_of_a_folder(top: Path) -> str:
    """Put a file where a folder of pages was."""
    shutil.rmtree(top / "en")
    (top / "en").write_bytes(b"")
    return "en"


def under_a_page(top: Path) -> str:
    """Put a file into a folder whose name a page is to have."""
    (top / "ar/about").mkdir()
    (top / "ar/about/file").write_bytes(b"mine")
    return "ar/about"


@pytest.mark.parametrize(
    "put",
    [
        as_a_file,
        as_a_link,
        as_a_folder_link,
        in_the_place_of_a_page,
        in_the_place_of_a_folder,
        under_a_page,
    ],
    ids=lambda each: each.__name__,
)
def test_a_file_of_others_under_the_name_of_a_page(standing_site: Site, put: Callable[[Path], str]) -> None:
    """A file of others that has the name of a page stops the build, which names it and changes nothing."""
    top = Path(os.path.realpath(standing_site.root / "output"))
    path = put(top)
    before = standing_site.stamps()

    with pytest.raises(ContentError) as caught:
        standing_site.build(CHANGED)

    assert [str(problem.place.path) for problem in caught.value.problems] == [f"output/{path}"]
    assert standing_site.stamps() == before


def test_first_build_into_a_folder_of_files(site: Site) -> None:
    """Without a list, a file with the bytes of a page is a page, and all others stay."""
    top = site.root / "output"
    top.mkdir()
    put_others(top)
    (top / "index.html").write_bytes(SITE["index.html"])

    notes = site.build(SITE).notes

    assert site.own() == SITE
    assert others_in(top) == OTHERS
    assert len(notes) == 1
    assert "index.html" not in notes[0]


def test_a_page_of_another_program(site: Site) -> None:
    """Without a list, a file with other bytes than those of its page stops the build."""
    (site.root / "output").mkdir()
    (site.root / "output/index.html").write_bytes(b"the only copy")

    with pytest.raises(ContentError, match="1 problem"):
        site.build(SITE)
    assert (site.root / "output/index.html").read_bytes() == b"the only copy"


@pytest.mark.parametrize("damage", [b"", b"{", b'{"files": [1]}', b'{"files": {"a": 1}}', b"<<<<<<< HEAD"])
def test_a_damaged_list(site: Site, damage: bytes) -> None:
    """A damaged list is made anew from what the cache knows; without that it counts as none."""
    site.build(SITE)
    (site.root / "output/.timeline-gen.json").write_bytes(damage)
    site.build(SITE)
    assert site.own() == SITE

    (site.root / "output/.timeline-gen.json").write_bytes(damage)
    shutil.rmtree(site.tree.work_dir)
    site.build(SITE)
    assert site.own() == SITE


def test_a_list_that_leads_elsewhere(site: Site, tmp_path: Path) -> None:
    """A list that was tampered with makes no build delete anything outside the output."""
    (tmp_path / "precious").write_bytes(b"mine")
    (site.root / "output").mkdir(parents=True)
    listed = b'{"files": ["../precious", "/etc/passwd", "a/../../precious", "gone"]}'
    (site.root / "output/.timeline-gen.json").write_bytes(listed)
    site.build(SITE)

    assert (tmp_path / "precious").read_bytes() == b"mine"
    assert site.own() == SITE


def test_the_list_is_the_same_for_the_same_files(site: Site) -> None:
    """The list names all files in their order, whatever built them when."""
    site.build(CHANGED)
    site.build(SITE)
    first = (site.root / "output/.timeline-gen.json").read_bytes()
    shutil.rmtree(site.root / "output")
    shutil.rmtree(site.tree.work_dir)
    site.build(dict(reversed(SITE.items())))

    assert (site.root / "output/.timeline-gen.json").read_bytes() == first


def test_a_site_of_an_earlier_version(site: Site) -> None:
    """What a version that wrote no list has built is known from its cache."""
    site.build(SITE)
    (site.root / "output/.timeline-gen.json").unlink()
    (site.root / "output/mine.txt").write_bytes(b"mine")
    site.build(CHANGED, program="2")

    assert site.own() == CHANGED
    assert (site.root / "output/mine.txt").read_bytes() == b"mine"
    assert not (site.root / "output/sitemap").exists()


def test_a_deleted_part_of_the_standby(site: Site) -> None:
    """Who deletes something in the workings doesn't find it missing in the site."""
    site.build(SITE)
    site.build(CHANGED)
    shutil.rmtree(site.tree.work_dir / "standby/en/events")
    site.build(THIRD)

    assert site.found() == THIRD


def test_deleted_workings(site: Site) -> None:
    """The workings may be deleted at any time."""
    site.build(SITE)
    site.build(CHANGED)
    shutil.rmtree(site.tree.work_dir)
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


def test_a_file_in_the_way(site: Site) -> None:
    """A file called output is not overwritten."""
    (site.root / "output").write_bytes(b"mine")

    with pytest.raises(UsageError, match="output is a file"):
        site.build(SITE)
