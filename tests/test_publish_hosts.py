"""What every kind of target holds to: folders, branches, buckets, other machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from publish_kit import (
    FIRST,
    SECOND,
    Publisher,
    StoppedError,
    Stopping,
    bare,
    rsync_daemon,
    ssh_server,
)
from rsync_kit import rsync_here
from storage_kit import MemoryStore

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.hosts import s3
from timeline_gen.publishing.hosts.host import MovedError

SSH = [pytest.param(name, marks=pytest.mark.system) for name in ("git over ssh", "rsync over ssh")]
REAL = [pytest.param("rsync daemon", marks=pytest.mark.system), *SSH]
HOSTS = ["folder", "git", "s3", "rsync"]
"""Of these git runs as it is, on this machine; the store is in memory, and rsync a stand-in."""
SINGLE = "git, single commit"
STEPS = 7
"""How many steps there are from the first site to the second."""


@pytest.fixture
def publisher(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Publisher]:
    """Somebody who publishes to the kind of place that the test names."""
    (tmp_path / "site").mkdir()
    of = partial(Publisher, tmp_path / "site")
    kind = request.param
    if kind == "folder":
        yield of(PublishTarget("t", "folder", path="../www"))
    elif kind in {"git", SINGLE}:
        history = "single" if kind != "git" else "full"
        remote = str(bare(tmp_path / "there.git"))
        yield of(PublishTarget("t", "git", remote=remote, branch="pages", history=history))
    elif kind == "s3":
        # One in memory: `test_publish_storage.py` has a real one.
        monkeypatch.setattr(s3, "StorageBucket", MemoryStore().open)
        yield of(PublishTarget("t", "s3", bucket="quays", prefix="sub/"))
    elif kind == "rsync":
        yield of(PublishTarget("t", "rsync", remote=rsync_here(monkeypatch, tmp_path / "www")))
    elif kind == "rsync daemon":
        with rsync_daemon(tmp_path / "daemon", tmp_path / "www") as address:
            yield of(PublishTarget("t", "rsync", remote=address))
    else:
        with ssh_server(tmp_path / "ssh") as command:
            monkeypatch.setenv("GIT_SSH_COMMAND", command)
            monkeypatch.setenv("RSYNC_RSH", command)
            if kind == "rsync over ssh":
                yield of(PublishTarget("t", "rsync", remote=f"127.0.0.1:{tmp_path / 'www'}"))
            else:
                remote = f"ssh://127.0.0.1{bare(tmp_path / 'there.git')}"
                yield of(PublishTarget("t", "git", remote=remote, branch="pages"))


every_host = pytest.mark.parametrize("publisher", HOSTS, indirect=True)


def hashed(*sites: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of *sites* whose names hold a hash of their content."""
    return {path: data for site in sites for path, data in site.items() if path.startswith("assets/")}


@pytest.mark.parametrize("publisher", [*HOSTS, SINGLE, *REAL], indirect=True)
def test_site_stands_there(publisher: Publisher) -> None:
    """What was published stands there, Arabic names and spaces included; a second time nothing is done."""
    publisher.publish(FIRST)

    again, remote = publisher.plan(FIRST)
    assert publisher.stands() == FIRST
    assert again.changes == ()
    assert remote.record.generation == 1


@every_host
def test_only_what_changed(publisher: Publisher) -> None:
    """A second publication adds, changes and deletes; styles of the first stay for readers of older pages."""
    publisher.publish(FIRST)

    made = publisher.publish(SECOND)

    assert {change.path for change in made.of("add")} == SECOND.keys() - FIRST.keys()
    assert {change.path for change in made.of("change")} == {"en/index.html", "en/feed.xml"}
    assert made.deletes == (
        "ar/\u0623\u062d\u062f\u0627\u062b/\u0627\u0644\u0645\u064a\u0646\u0627\u0621/index.html",
    )
    assert publisher.stands() == SECOND | hashed(FIRST)


@every_host
def test_way_back(publisher: Publisher) -> None:
    """An earlier generation can be brought back, and the one after it, too."""
    publisher.publish(FIRST)
    publisher.publish(SECOND)

    publisher.roll_back(1)
    back = publisher.stands()
    publisher.roll_back(2)

    assert back == FIRST | hashed(SECOND)
    assert publisher.stands() == SECOND | hashed(FIRST)
    assert publisher.plan(SECOND)[0].changes == ()


@pytest.mark.parametrize("publisher", [*HOSTS, SINGLE], indirect=True)
def test_five_generations(publisher: Publisher) -> None:
    """Two generations are kept where two are asked for; older ones and their styles go."""
    publisher.target = replace(publisher.target, keep=2)
    sites = [
        {"index.html": b"%d" % number, f"assets/style.000000000{number}.css": b"%d" % number}
        for number in range(1, 5)
    ]
    for site in sites:
        publisher.publish(site)

    record = publisher.plan(sites[-1])[1].record
    stands = publisher.stands(*(path for site in sites for path in site))

    assert [kept.about.generation for kept in record.kept] == [3, 2]
    assert sorted(path for path in stands if path.startswith("assets/")) == [
        f"assets/style.000000000{number}.css" for number in (2, 3, 4)
    ]
    publisher.roll_back(2)
    assert publisher.stands()["index.html"] == b"2"
    with pytest.raises(UsageError, match="generation 1 is not kept"):
        publisher.roll_back(1)


@every_host
def test_two_publishers(publisher: Publisher, tmp_path: Path) -> None:
    """Of two who plan at the same time the second is told, and nothing of the first's is lost."""
    publisher.publish(FIRST)
    other = publisher.someone_else(tmp_path / "other")
    theirs = FIRST | {"index.html": b"theirs"}
    host = publisher.open()
    made, remote = publisher.plan(SECOND, host)

    other.publish(theirs)

    with pytest.raises(MovedError, match="someone else published"):
        publisher.carry_out(host, made, remote, SECOND)
    assert publisher.stands() == theirs
    publisher.publish(SECOND)
    assert other.stands() == SECOND | hashed(FIRST)


@pytest.mark.parametrize(
    ("publisher", "turn"),
    [
        # All that git has there comes at once, in its last step.
        *((name, turn) for name in HOSTS if name != "git" for turn in range(1, STEPS + 1)),
        *(("git", turn) for turn in (STEPS - 1, STEPS)),
    ],
    indirect=["publisher"],
)
def test_stopped_anywhere(publisher: Publisher, turn: int) -> None:
    """Whoever is stopped after any step publishes again, and all is right, the way back included.

    Nothing reaches the host between two steps: after one is before the next.
    """
    publisher.publish(FIRST)
    publisher.wrap = lambda host: Stopping(host, turn, after=True)
    with pytest.raises(StoppedError):
        publisher.publish(SECOND)
    publisher.wrap = lambda host: host

    publisher.publish(SECOND)

    assert publisher.stands() == SECOND | hashed(FIRST)
    assert publisher.plan(SECOND)[1].unfinished is None
    publisher.roll_back(1)
    assert publisher.stands() == FIRST | hashed(SECOND)


@pytest.mark.parametrize(
    ("publisher", "turn"),
    [(name, turn) for name in HOSTS for turn in (3, 6)],
    indirect=["publisher"],
)
def test_stopped_and_given_up(publisher: Publisher, tmp_path: Path, turn: int) -> None:
    """After one was stopped, another publisher with other content finds no trace of what was begun."""
    publisher.publish(FIRST)
    begun = SECOND | {"en/begun/index.html": b"begun"}
    publisher.wrap = lambda host: Stopping(host, turn, after=True)
    with pytest.raises(StoppedError):
        publisher.publish(begun)
    other = publisher.someone_else(tmp_path / "other")
    other.wrap = lambda host: host
    other.now += 3600
    theirs = FIRST | {"index.html": b"theirs"}

    other.publish(theirs)

    stands = other.stands("en/begun/index.html")
    assert {path: data for path, data in stands.items() if path not in hashed(SECOND)} == theirs
    assert other.plan(theirs)[0].changes == ()


@every_host
def test_broken_file_stops_it(publisher: Publisher) -> None:
    """Where a file cannot be read or has changed, nothing is deleted and the record stays as it was."""
    publisher.publish(FIRST)
    host = publisher.open()
    made, remote = publisher.plan(SECOND, host)

    with pytest.raises(UsageError, match="the site was built again"):
        publisher.carry_out(host, made, remote, _Changed())

    stands = publisher.stands()
    assert FIRST.keys() <= stands.keys()
    assert publisher.plan(FIRST)[1].record.generation == 1
    publisher.publish(SECOND)
    assert publisher.stands() == SECOND | hashed(FIRST)


class _Changed(dict[str, bytes]):
    """The second site, whose feed is another one by the time it is read."""

    def __init__(self) -> None:
        super().__init__(SECOND)
        self.reads = 0

    def __getitem__(self, path: str) -> bytes:
        return b"another" if path == "en/feed.xml" else super().__getitem__(path)
