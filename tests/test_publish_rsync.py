"""Publishing to another machine by rsync: killed halfway, refused, cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from publish_kit import (
    FIRST,
    SECOND,
    Publisher,
    StoppedError,
    Stopping,
    closed_port,
    rsync_daemon,
    ssh_server,
)
from rsync_kit import Rsync, rsync_here
from site_kit import write_site
from writing_kit import mounted, needs_root

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.hosts import running_rsync

pytestmark = pytest.mark.system

PUBLISHING = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from publish_kit import *
files = SECOND | {f"en/page-{number}/index.html": b"%d" % number * 500 for number in range(120)}
Publisher(Path(sys.argv[2]), PublishTarget("t", "rsync", remote=sys.argv[3])).publish(files)
"""
MANY = SECOND | {f"en/page-{number}/index.html": b"%d" % number * 500 for number in range(120)}


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """Somebody who has nowhere to publish to yet."""
    (tmp_path / "site").mkdir()
    with closed_port() as port:
        yield Publisher(
            tmp_path / "site", PublishTarget("t", "rsync", remote=f"rsync://127.0.0.1:{port}/site")
        )


def test_killed_halfway(publisher: Publisher, tmp_path: Path) -> None:
    """Killed while files go over, with all that it started, a publication that is begun again ends right."""
    with rsync_daemon(tmp_path / "daemon", tmp_path / "www") as address:
        publisher.target = replace(publisher.target, remote=address)
        publisher.publish(FIRST)
        arguments = [str(Path(__file__).parent), str(publisher.root), address]
        process = subprocess.Popen([sys.executable, "-c", PUBLISHING, *arguments], start_new_session=True)
        under_way = tmp_path / "www" / "en" / "page-0" / ".~tmp~"
        while not under_way.exists():
            assert process.poll() is None, "it has ended before it was seen at work"
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

        publisher.publish(MANY)

        stands = publisher.stands(*MANY)
        assert {path: stands[path] for path in MANY} == MANY
        left = [path for path in (tmp_path / "www").rglob(".~tmp~") if any(path.iterdir())]
        assert left == []


def test_nothing_is_left_of_what_was_given_up(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was half sent when a publisher was killed goes, even if nobody ever wants it again."""
    address = rsync_here(monkeypatch, tmp_path / "www")
    publisher.target = replace(publisher.target, remote=address)
    publisher.publish(FIRST)
    with pytest.raises(StoppedError):
        replace(publisher, wrap=lambda host: Stopping(host, 2, after=False)).publish(SECOND)
    for folder in ("", "en/events/new"):
        (tmp_path / "www" / folder / ".~tmp~").mkdir(parents=True)
        (tmp_path / "www" / folder / ".~tmp~" / "index.html").write_text("half", "utf-8")

    publisher.publish(FIRST | {"index.html": b"third"})

    assert [path for path in (tmp_path / "www").rglob("*") if path.name in {".~tmp~", "new"}] == []


AS_RSYNC: tuple[tuple[str, tuple[str, ...], tuple[str, ...] | None], ...] = (
    ("rsync", ("--delay-updates", "--mkpath", "new/", "THERE/"), ("b/c", "d e", "f/g/h")),
    ("rsync", ("--delay-updates", "--mkpath", "--ignore-existing", "new/", "THERE/"), ("a", "b/c")),
    (
        "rsync",
        ("--delay-updates", "--mkpath", "--backup", "--backup-dir=.ours/kept/1.1", "new/", "THERE/"),
        ("a", "b/c", "b/same"),
    ),
    ("found", ("--no-links", "THERE/", "got/"), ("a", "b/c", "none", "no/where")),
    (
        "found",
        ("--include=/a", "--include=/state-*/", "--include=/state-*/a", "--exclude=*", "THERE/", "own/"),
        None,
    ),
    (
        "found",
        ("--delete-missing-args", "--backup", "--backup-dir=.ours/kept/2.1", "lacking/", "THERE/"),
        ("b/c", "none"),
    ),
    ("found", ("--delete-missing-args", "lacking/", "THERE/"), ("b", "f/g", "state-1")),
    ("found", ("--delete-missing-args", "--force", "lacking/", "THERE/"), ("state-1", "none/at/all")),
    ("found", ("--list-only", "--dirs", "--no-recursive", "--8-bit-output", "THERE/"), None),
    ("found", ("--list-only", "--dirs", "--no-recursive", "--8-bit-output", "THERE/nothing/"), None),
)
"""Runs of rsync as a publisher makes them: which function, its arguments, the list of names."""


BEFORE: Mapping[str, Sequence[str]] = {
    "new": ("a", "b/c", "b/same", "d e", "f/g/h"),
    "THERE": ("a", "b/same", "b/x", "state-1/a", "state-1/z"),
}
EMPTY = ("got", "own", "lacking/b", "lacking/f", "lacking/none/at")
"""What is there before these runs."""


def done_by(place: Path, stand_in: Rsync | None, patch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """Do the runs in the folder *place*; return what is there afterwards, and what lists print."""
    files = {f"{folder}/{path}": path for folder, paths in BEFORE.items() for path in paths}
    write_site(place, {name: path if path == "b/same" else name for name, path in files.items()})
    for folder in EMPTY:
        (place / folder).mkdir(parents=True)
    patch.chdir(place)
    lists = ""
    for function, arguments, names in AS_RSYNC:
        said = (stand_in or getattr(running_rsync, function))(*arguments, names=names)
        lists += (said or "") if "--list-only" in arguments else ""
    found = [path.relative_to(place) for path in sorted(place.rglob("*"))]
    left = [f"{path}: {path.read_text('utf-8')}" if path.is_file() else f"{path}/" for path in found]
    return left, sorted(name for line in lists.splitlines() if (name := line.split(None, 4)[4]) != ".")


def test_rsync_of_the_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rsync that other tests take for the system's does what that does, and lists what that lists."""
    real = done_by(tmp_path / "real", None, monkeypatch)
    played = done_by(tmp_path / "played", Rsync("THERE", tmp_path / "played" / "THERE"), monkeypatch)

    assert played == real
    assert "THERE/.ours/kept/2.1/b/c: new/b/c" in real[0]


@needs_root
def test_no_room_there(publisher: Publisher, tmp_path: Path) -> None:
    """Where the host's disk is full, that is said, and readers have the site as it was."""
    (tmp_path / "small").mkdir()
    small = ("-t", "tmpfs", "-o", "size=1m,mode=777", "none", str(tmp_path / "small"))
    with mounted(*small), rsync_daemon(tmp_path / "daemon", tmp_path / "small" / "www") as address:
        publisher.target = replace(publisher.target, remote=address)
        publisher.publish(FIRST)
        with pytest.raises(UsageError, match="there is no room left on the host"):
            publisher.publish(FIRST | {f"{number}.html": os.urandom(60_000) for number in range(40)})
        stands = publisher.stands()
        publisher.publish(SECOND)
        after = publisher.stands()

    assert stands == FIRST
    assert after["en/index.html"] == SECOND["en/index.html"]


def test_folders_that_are_empty_go(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the last page of a folder the folder goes, and files of others keep theirs."""
    publisher.target = replace(publisher.target, remote=rsync_here(monkeypatch, tmp_path / "www"))
    publisher.publish({"index.html": b"a", "en/a/b/c.html": b"b", "en/x/y.html": b"c"})
    (tmp_path / "www" / "en" / "x" / "theirs.txt").write_text("theirs", "utf-8")

    publisher.publish({"index.html": b"a"})

    assert not (tmp_path / "www" / "en" / "a").exists()
    assert [path.name for path in (tmp_path / "www" / "en" / "x").iterdir()] == ["theirs.txt"]


def test_nobody_answers(publisher: Publisher) -> None:
    """A host that cannot be reached is told of in one sentence."""
    with pytest.raises(UsageError, match="the host cannot be reached") as caught:
        publisher.publish(FIRST)

    assert caught.value.hint


def test_read_only(publisher: Publisher, tmp_path: Path) -> None:
    """A place where nothing may be written is told of, and nothing is half done."""
    with rsync_daemon(tmp_path / "daemon", tmp_path / "www") as address:
        config = tmp_path / "daemon" / "rsyncd.conf"
        config.write_text(config.read_text("utf-8").replace("read only = no", "read only = yes"), "utf-8")
        publisher.target = replace(publisher.target, remote=address)

        with pytest.raises(UsageError, match="nothing may be written there"):
            publisher.publish(FIRST)

    assert list((tmp_path / "www").iterdir()) == []


def test_no_such_module(publisher: Publisher, tmp_path: Path) -> None:
    """A module that the daemon does not know is named as what is missing."""
    with rsync_daemon(tmp_path / "daemon", tmp_path / "www") as address:
        publisher.target = replace(publisher.target, remote=address.replace("/site", "/nothing"))

        with pytest.raises(UsageError, match="no such module"):
            publisher.publish(FIRST)


def test_key_that_is_not_accepted(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that the host does not accept is told of as that."""
    with ssh_server(tmp_path / "ssh") as command:
        wrong = str(tmp_path / "wrong")
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", wrong], check=True)
        monkeypatch.setenv("RSYNC_RSH", command.replace(str(tmp_path / "ssh" / "user"), wrong))
        publisher.target = replace(publisher.target, remote=f"127.0.0.1:{tmp_path / 'www'}")

        with pytest.raises(UsageError, match="the host refuses us"):
            publisher.publish(FIRST)
