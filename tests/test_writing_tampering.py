"""What others did to the built tree is put right by the next build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from writing_kit import CHANGED, SITE, THIRD, WITHOUT, Pages, Site

from timeline_gen.errors import UsageError


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


@pytest.mark.parametrize("pages", [SITE, CHANGED], ids=["same", "changed"])
def test_what_is_lost_is_told(standing_site: Site, pages: Pages) -> None:
    """Files of others that a build deletes, and changes by hand that it undoes, are named in its report."""
    top = Path(os.path.realpath(standing_site.root / "output"))
    (top / "CNAME").write_bytes(b"example.org")
    (top / "mine/deep").mkdir(parents=True)
    (top / "mine/deep/file").write_bytes(b"mine")
    (top / "link").symlink_to("nowhere")
    edit(top)

    told = [note for note in standing_site.build(pages).notes if "one by one" not in note]
    again = standing_site.build(pages)

    assert told == [
        "output holds the site alone; deleted from it, being no part of it: CNAME, link, mine/deep/file",
        "a build makes all of output anew; changes made by hand are lost: ar/index.html",
    ]
    assert again.notes == ()


def test_first_build_into_a_folder_of_files(site: Site) -> None:
    """What lay in the output before the first build is named, but for what stands there afterwards too."""
    (site.root / "output").mkdir()
    for number in range(7):
        (site.root / "output" / f"old{number}.html").write_bytes(b"old")
    (site.root / "output" / "index.html").write_bytes(SITE["index.html"])

    notes = site.build(SITE).notes

    assert [note.rpartition(": ")[2] for note in notes] == [
        "old0.html, old1.html, old2.html, old3.html, old4.html and 2 more"
    ]


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
