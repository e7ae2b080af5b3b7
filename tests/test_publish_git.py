"""Publishing to a branch: made without a checkout, pushed in one step, and nothing of anybody's lost."""

from __future__ import annotations

import os
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from publish_kit import FIRST, SECOND, Publisher, bare, closed_port, git, ssh_server
from writing_kit import mounted, needs_root

from timeline_gen.errors import UsageError
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.hosts.host import MovedError

COMMITTER = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """Somebody who publishes to the branch ``pages`` of a new repository."""
    (tmp_path / "site").mkdir()
    remote = str(bare(tmp_path / "there.git"))
    return Publisher(tmp_path / "site", PublishTarget("t", "git", remote=remote, branch="pages"))


def there(publisher: Publisher) -> Path:
    """Return the repository that *publisher* publishes to."""
    return Path(publisher.target.remote)


def push(publisher: Publisher, folder: Path, files: dict[str, str]) -> None:
    """Let somebody put *files* into the branch by hand, in a checkout in *folder*."""
    if not folder.exists():
        subprocess.run(["git", "clone", "-q", "-b", "pages", str(there(publisher)), str(folder)], check=True)
    for path, text in files.items():
        (folder / path).write_text(text, "utf-8")
    git(folder, "add", "-A")
    git(folder, *COMMITTER, "commit", "--quiet", "-m", "By hand")
    git(folder, "push", "--quiet", "origin", "pages")


def test_no_commit_for_nothing(publisher: Publisher) -> None:
    """An unchanged site makes no commit; a changed one makes one, with the revision of the content."""
    publisher.publish(FIRST)
    publisher.publish(FIRST)
    assert git(there(publisher), "rev-list", "--count", "pages") == "1"

    publisher.publish(SECOND)

    assert git(there(publisher), "rev-list", "--count", "pages") == "2"
    assert f"Content: {'0' * 40}" in git(there(publisher), "log", "-1", "--format=%B", "pages")


def test_single_commit(publisher: Publisher) -> None:
    """Where the history is to be a single commit it is, and the way back is there all the same."""
    publisher.target = replace(publisher.target, history="single")
    publisher.publish(FIRST)
    publisher.publish(SECOND)

    assert git(there(publisher), "rev-list", "--count", "pages") == "1"
    publisher.roll_back(1)
    assert publisher.stands()["en/index.html"] == FIRST["en/index.html"]


def test_same_commits(publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of a commit is that of SOURCE_DATE_EPOCH, so that the same site makes the same commit."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    other = publisher.someone_else(tmp_path / "other")
    other.target = replace(other.target, remote=str(bare(tmp_path / "twin.git")))
    other.now += 1000

    publisher.publish(FIRST)
    other.publish(FIRST)

    assert git(there(publisher), "rev-parse", "pages") == git(there(other), "rev-parse", "pages")


def test_files_of_the_host_stay(publisher: Publisher, tmp_path: Path) -> None:
    """What the host itself committed, such as CNAME, stays through every publication."""
    publisher.publish(FIRST)
    push(publisher, tmp_path / "checkout", {"CNAME": "example.org\n"})

    publisher.publish(SECOND)

    assert git(there(publisher), "show", "pages:CNAME") == "example.org"
    assert publisher.stands("CNAME")["en/index.html"] == SECOND["en/index.html"]
    assert git(there(publisher), "rev-list", "--count", "pages") == "3"


def test_changes_by_hand_are_put_right(publisher: Publisher, tmp_path: Path) -> None:
    """A page of ours that somebody changed in the branch is noticed and put there again."""
    publisher.publish(FIRST)
    push(publisher, tmp_path / "checkout", {"index.html": "by hand"})

    made = publisher.publish(FIRST)

    assert [(change.kind, change.path) for change in made.changes] == [("change", "index.html")]
    assert publisher.stands() == FIRST


def test_branch_of_somebody_else(publisher: Publisher, tmp_path: Path) -> None:
    """A branch that already holds something is told of before the first publication."""
    subprocess.run(["git", "init", "-q", "-b", "pages", str(tmp_path / "checkout")], check=True)
    git(tmp_path / "checkout", "remote", "add", "origin", str(there(publisher)))
    push(publisher, tmp_path / "checkout", {"theirs.html": "theirs"})

    assert publisher.plan(FIRST)[1].foreign == 1
    publisher.publish(FIRST)
    assert git(there(publisher), "show", "pages:theirs.html") == "theirs"


def test_racing(publisher: Publisher, tmp_path: Path) -> None:
    """Of many who publish at once each either comes through whole or is told; the branch is one of theirs."""
    publisher.publish(FIRST)
    others = [publisher.someone_else(tmp_path / f"other{number}") for number in range(4)]
    sites = [{"index.html": b"%d" % number, "only.html": b"%d" % number} for number in range(4)]
    told: list[UsageError] = []
    start = threading.Barrier(4)

    def publish(number: int) -> None:
        host = others[number].open()
        made, remote = others[number].plan(sites[number], host)
        start.wait()
        try:
            others[number].carry_out(host, made, remote, sites[number])
        except (UsageError, AssertionError) as error:
            if isinstance(error, UsageError):
                told.append(error)

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stands = publisher.stands("only.html")
    assert len(told) == 3
    assert all(isinstance(error, MovedError) for error in told), told
    assert stands["index.html"] == stands["only.html"]


@pytest.mark.parametrize("address", ["{there}", "../there.git"])
def test_named_remote(publisher: Publisher, address: str) -> None:
    """A remote of the site's own repository can be named, as ``origin``, even from a folder in it."""
    top = publisher.root
    git(top, "init", "--quiet")
    git(top, "remote", "add", "origin", address.format(there=there(publisher)))
    publisher.root = top / "site" if address.startswith("..") else top
    publisher.root.mkdir(exist_ok=True)
    publisher.target = replace(publisher.target, remote="origin")

    publisher.publish(FIRST)

    assert publisher.stands() == FIRST


def test_fresh_machine_fetches_no_contents(publisher: Publisher, tmp_path: Path) -> None:
    """On a new machine, as in a workflow, a plan is made without the contents of the site's files."""
    # A path would be read without asking the server's leave.
    publisher.target = replace(publisher.target, remote=f"file://{there(publisher)}")
    big = FIRST | {"big.html": bytes(range(256)) * 2000}
    publisher.publish(big)
    other = publisher.someone_else(tmp_path / "other")

    made = other.publish(big | {"index.html": b"changed"})

    size = sum(file.stat().st_size for file in (tmp_path / "other").rglob("*") if file.is_file())
    assert [change.path for change in made.changes] == ["index.html"]
    assert size < 400_000
    assert publisher.stands("big.html")["big.html"] == big["big.html"]


@pytest.mark.parametrize(
    ("remote", "said"),
    [
        ("nowhere.git", "there is no such repository"),
        ("http://127.0.0.1:{port}/x.git", "cannot be reached"),
        ("ssh://127.0.0.1:{port}/x.git", "cannot be reached"),
    ],
)
def test_repository_that_is_not_there(publisher: Publisher, remote: str, said: str) -> None:
    """A repository that is missing or cannot be reached is told of in one sentence."""
    with closed_port() as port:
        publisher.target = replace(publisher.target, remote=remote.format(port=port))
        with pytest.raises(UsageError, match=said) as caught:
            publisher.publish(FIRST)

    assert caught.value.hint


def test_repository_that_refuses(publisher: Publisher) -> None:
    """Where the repository refuses the branch, it is as it was, and the next publication goes on."""
    publisher.publish(FIRST)
    hook = there(publisher) / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho no; exit 1\n", "utf-8")
    hook.chmod(0o755)

    with pytest.raises(UsageError, match="the repository refuses the branch"):
        publisher.publish(SECOND)

    assert publisher.stands() == FIRST
    hook.unlink()
    publisher.publish(SECOND)
    assert publisher.stands()["en/index.html"] == SECOND["en/index.html"]


@needs_root
def test_no_room_there(publisher: Publisher, tmp_path: Path) -> None:
    """Where the disk under the repository is full or may not be written, that is said; the branch stays."""
    (tmp_path / "small").mkdir()
    with mounted("-t", "tmpfs", "-o", "size=1m", "none", str(tmp_path / "small")):
        publisher.target = replace(publisher.target, remote=str(bare(tmp_path / "small" / "there.git")))
        publisher.publish(FIRST)
        with pytest.raises(UsageError, match="there is no room left on the disk"):
            publisher.publish(FIRST | {f"{number}.html": os.urandom(60_000) for number in range(40)})
        stands = publisher.stands()
        publisher.publish(SECOND)
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "small")], check=True)
        with pytest.raises(UsageError, match="nothing may be written in the repository"):
            publisher.publish(FIRST)
        after = publisher.stands()

    assert stands == FIRST
    assert after["en/index.html"] == SECOND["en/index.html"]


def test_secrets_of_a_remote(publisher: Publisher) -> None:
    """A token in the address of the repository's own remote is not told when something goes wrong."""
    git(publisher.root, "init", "--quiet")
    publisher.target = replace(publisher.target, remote="origin")

    with closed_port() as port:
        git(publisher.root, "remote", "add", "origin", f"http://me:topsecret@127.0.0.1:{port}/x.git")
        with pytest.raises(UsageError, match="cannot be reached") as caught:
            publisher.publish(FIRST)

    assert "topsecret" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.system
def test_racing_over_ssh(publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two who planned at the same time and publish over ssh, the second is told."""
    with ssh_server(tmp_path / "ssh") as command:
        monkeypatch.setenv("GIT_SSH_COMMAND", command)
        publisher.target = replace(publisher.target, remote=f"ssh://127.0.0.1{there(publisher)}")
        other = publisher.someone_else(tmp_path / "other")
        mine, theirs = publisher.open(), other.open()
        (made, remote), planned = publisher.plan(FIRST, mine), other.plan(SECOND, theirs)
        publisher.carry_out(mine, made, remote, FIRST)
        with pytest.raises(MovedError, match="someone else published there just now"):
            other.carry_out(theirs, *planned, SECOND)
        stands = publisher.stands()

    assert stands == FIRST


@pytest.mark.system
def test_key_that_is_not_accepted(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that the server does not accept is told of as that."""
    with ssh_server(tmp_path / "ssh") as command:
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "wrong")], check=True
        )
        wrong = command.replace(str(tmp_path / "ssh" / "user"), str(tmp_path / "wrong"))
        monkeypatch.setenv("GIT_SSH_COMMAND", wrong)
        publisher.target = replace(publisher.target, remote=f"ssh://127.0.0.1{there(publisher)}")

        with pytest.raises(UsageError, match="the repository refuses us"):
            publisher.publish(FIRST)
