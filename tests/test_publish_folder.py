"""Publishing to a folder: exchanged in one step, whatever else lies there, whatever the machine refuses."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from publish_kit import FIRST, SECOND, Publisher

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.hosts import folder as module


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """Somebody who publishes to a folder beside the site."""
    (tmp_path / "site").mkdir()
    return Publisher(tmp_path / "site", PublishTarget("t", "folder", path="../www"))


def test_readers_see_one_or_the_other(publisher: Publisher, tmp_path: Path) -> None:
    """Whoever reads during publications never misses a page, nor gets one whose style is not there."""
    publisher.publish(FIRST)
    missing: list[str] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            folder = os.open(tmp_path / "www", os.O_RDONLY)
            try:
                page = os.open("en/index.html", os.O_RDONLY, dir_fd=folder)
                style = os.read(page, 1000).decode().partition("href=../")[2].rstrip(">")
                os.close(page)
                os.stat(style, dir_fd=folder)
            except FileNotFoundError as error:
                missing.append(str(error))
            finally:
                os.close(folder)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(5):
            publisher.publish(SECOND)
            publisher.publish(FIRST)
    finally:
        ended.set()
        reader.join()
    assert missing == []


def test_what_else_lies_there(publisher: Publisher, tmp_path: Path) -> None:
    """Files of others, links and pipes among them, stay where they are."""
    (tmp_path / "www" / "theirs").mkdir(parents=True)
    (tmp_path / "www" / "theirs" / "a.txt").write_text("theirs", "utf-8")
    (tmp_path / "www" / "link").symlink_to("theirs")
    (tmp_path / "www" / "dangling").symlink_to("nowhere")

    assert publisher.plan(FIRST)[1].foreign == 3
    publisher.publish(FIRST)
    publisher.publish(SECOND)

    assert (tmp_path / "www" / "theirs" / "a.txt").read_text("utf-8") == "theirs"
    assert (tmp_path / "www" / "link").readlink() == Path("theirs")
    assert (tmp_path / "www" / "dangling").is_symlink()


def test_folders_of_others(publisher: Publisher, tmp_path: Path) -> None:
    """Folders of others keep their permissions, and stay where they are empty."""
    private, empty = tmp_path / "www" / "private", tmp_path / "www" / "theirs" / "uploads"
    private.mkdir(parents=True)
    empty.mkdir(parents=True)
    (private / "a.txt").write_text("theirs", "utf-8")
    private.chmod(0o700)
    empty.chmod(0o770)

    publisher.publish(FIRST)
    publisher.publish(SECOND)

    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert stat.S_IMODE(empty.stat().st_mode) == 0o770
    assert stat.S_IMODE((tmp_path / "www" / "en").stat().st_mode) == 0o755


def test_a_folder_that_is_closed_to_us(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of others that cannot be read stays where it is, with what is in it."""
    closed = tmp_path / "www" / "closed"
    closed.mkdir(parents=True)
    (closed / "a.txt").write_text("theirs", "utf-8")
    scandir = os.scandir

    def refusing(path: str | int) -> object:
        if isinstance(path, str) and path.endswith("/closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    publisher.publish(FIRST)
    publisher.publish(SECOND)
    monkeypatch.undo()

    assert (closed / "a.txt").read_text("utf-8") == "theirs"
    assert (tmp_path / "www" / "index.html").read_bytes() == SECOND["index.html"]


def test_link_to_the_folder(publisher: Publisher, tmp_path: Path) -> None:
    """Where the folder is reached through a link, what it leads to is exchanged, and the link stays."""
    (tmp_path / "real").mkdir()
    (tmp_path / "www").symlink_to("real")

    publisher.publish(FIRST)

    assert (tmp_path / "www").is_symlink()
    assert (tmp_path / "real" / "index.html").read_bytes() == FIRST["index.html"]


def test_where_folders_cannot_be_exchanged(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a mount point, say, files are replaced one by one; the way back is there all the same."""
    monkeypatch.setattr(module, "obstacle", lambda *_: "www is a mount point")
    (tmp_path / "www").mkdir()
    inode = (tmp_path / "www").stat().st_ino

    publisher.publish(FIRST)
    publisher.publish(SECOND)
    second = publisher.stands()
    publisher.roll_back(1)

    assert (tmp_path / "www").stat().st_ino == inode
    assert second["en/index.html"] == SECOND["en/index.html"]
    assert "en/events/new/index.html" in second
    assert {path: data for path, data in publisher.stands().items() if "9876543210" not in path} == FIRST


KILLED = """
import os, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from publish_kit import *
from timeline_gen.publishing.hosts import folder
from timeline_gen.writing import replacing
if sys.argv[3] == "replacing":
    folder.obstacle = lambda *_: "a mount point"
steps = iter(range(int(sys.argv[4])))
replace = os.replace
def counted(*arguments, **more):
    if next(steps, None) is None:
        os.kill(os.getpid(), 9)
    return replace(*arguments, **more)
os.replace = Path.replace = counted
exchange = folder.exchange
def exchanged(*arguments):
    if sys.argv[3] == "before":
        os.kill(os.getpid(), 9)
    exchange(*arguments)
    if sys.argv[3] == "after":
        os.kill(os.getpid(), 9)
folder.exchange = exchanged
Publisher(Path(sys.argv[2]), PublishTarget("t", "folder", path="../www")).publish(SECOND)
"""


@pytest.mark.parametrize(
    ("when", "steps"), [("before", 99), ("after", 99), *(("replacing", number) for number in range(0, 9, 2))]
)
def test_killed(publisher: Publisher, monkeypatch: pytest.MonkeyPatch, when: str, steps: int) -> None:
    """Killed before, after or amid putting the new site in place, the next publication ends right."""
    publisher.publish(FIRST)
    arguments = [str(Path(__file__).parent), str(publisher.root), when, str(steps)]
    ended = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    if when == "replacing":
        monkeypatch.setattr(module, "obstacle", lambda *_: "a mount point")

    third = FIRST | {"index.html": b"third"}
    publisher.publish(third)

    assert ended.returncode == -signal.SIGKILL
    assert {path: data for path, data in publisher.stands().items() if "9876543210" not in path} == third
    publisher.roll_back(1)
    assert publisher.stands()["index.html"] == FIRST["index.html"]


def test_no_room(publisher: Publisher) -> None:
    """Where there is no room left, that is said, and the published site is as it was."""
    publisher.publish(FIRST)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(UsageError, match="no room left on the disk; the published site is as it was"):
            publisher.publish(SECOND | {"big.html": b"x" * 100_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert publisher.stands() == FIRST
    publisher.publish(SECOND)
    assert publisher.stands()["index.html"] == SECOND["index.html"]


@pytest.mark.parametrize(
    "path",
    [
        ".",
        "..",
        "/",
        "content/x",
        "output",
        "output/x",
        ".timeline-gen/x",
        "themes/mine",
        "site.yaml",
        "../site/output",
        "../page.html",
    ],
)
def test_no_place_for_a_site(tmp_path: Path, path: str) -> None:
    """Nothing is published over the site's own files, where builds would delete it, or in place of a file."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "site.yaml").write_text("title: Harbour\n", encoding="utf-8")
    (tmp_path / "page.html").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match=r"cannot be published to|is no folder but a file") as raised:
        Publisher(site, PublishTarget("t", "folder", path=path)).open()

    assert "path: /srv/www/site" in raised.value.hint
