"""Publishing to another machine by rsync: killed halfway, refused, cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
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
from writing_kit import mounted, needs_root

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget

pytestmark = pytest.mark.system

PUBLISHING = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from publish_kit import *
files = SECOND | {f"en/page-{number}/index.html": b"%d" % number * 500 for number in range(400)}
Publisher(Path(sys.argv[2]), PublishTarget("t", "rsync", remote=sys.argv[3])).publish(files)
"""
MANY = SECOND | {f"en/page-{number}/index.html": b"%d" % number * 500 for number in range(400)}


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """Somebody who has nowhere to publish to yet."""
    (tmp_path / "site").mkdir()
    with closed_port() as port:
        yield Publisher(
            tmp_path / "site", PublishTarget("t", "rsync", remote=f"rsync://127.0.0.1:{port}/site")
        )


@pytest.mark.parametrize("wait", [0.8, 1.6])
def test_killed_halfway(publisher: Publisher, tmp_path: Path, wait: float) -> None:
    """Killed at any time, with all that it started, a publication that is begun again ends right."""
    with rsync_daemon(tmp_path / "daemon", tmp_path / "www") as address:
        publisher.target = replace(publisher.target, remote=address)
        publisher.publish(FIRST)
        arguments = [str(Path(__file__).parent), str(publisher.root), address]
        process = subprocess.Popen([sys.executable, "-c", PUBLISHING, *arguments], start_new_session=True)
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

        publisher.publish(MANY)

        stands = publisher.stands(*MANY)
        assert {path: stands[path] for path in MANY} == MANY
        left = [path for path in (tmp_path / "www").rglob(".~tmp~") if any(path.iterdir())]
        assert left == []
        publisher.roll_back(1)
        assert publisher.stands()["en/index.html"] == FIRST["en/index.html"]


def test_nothing_is_left_of_what_was_given_up(publisher: Publisher, tmp_path: Path) -> None:
    """What was half sent when a publisher was killed goes, even if nobody ever wants it again."""
    with rsync_daemon(tmp_path / "daemon", tmp_path / "www") as address:
        publisher.target = replace(publisher.target, remote=address)
        publisher.publish(FIRST)
        with pytest.raises(StoppedError):
            replace(publisher, wrap=lambda host: Stopping(host, 2, after=False)).publish(SECOND)
        for folder in ("", "en/events/new"):
            (tmp_path / "www" / folder / ".~tmp~").mkdir(parents=True)
            (tmp_path / "www" / folder / ".~tmp~" / "index.html").write_text("half", "utf-8")

        publisher.publish(FIRST | {"index.html": b"third"})

    assert [path for path in (tmp_path / "www").rglob("*") if path.name in {".~tmp~", "new"}] == []


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


def test_folders_that_are_empty_go(publisher: Publisher, tmp_path: Path) -> None:
    """With the last page of a folder the folder goes, and files of others keep theirs."""
    with rsync_daemon(tmp_path / "daemon", tmp_path / "www") as address:
        publisher.target = replace(publisher.target, remote=address)
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
