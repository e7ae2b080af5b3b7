"""A workflow installs the program from where everybody can, or the author is asked where that is."""

from __future__ import annotations

import re
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from publish_kit import git

from timeline_gen import __version__
from timeline_gen.errors import UsageError
from timeline_gen.publishing import installed_from
from timeline_gen.publishing.installed_from import named_requirement, public_url, requirement
from timeline_gen.publishing.starting import LOCK, start

COMMIT = "0123456789" * 4
COMMITTER = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")


def recorded(monkeypatch: pytest.MonkeyPatch, record: dict[str, Any] | None) -> None:
    """Let the installer have written *record*."""
    monkeypatch.setattr(installed_from, "_record", lambda: record)


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (None, f"timeline-gen[s3]=={__version__}"),
        (
            {"url": "https://code.records.org/t/g.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"timeline-gen[s3] @ git+https://code.records.org/t/g.git@{COMMIT}",
        ),
        (
            {"url": "https://records.org/t.whl", "archive_info": {"hashes": {"sha256": "ab"}}},
            "timeline-gen[s3] @ https://records.org/t.whl#sha256=ab",
        ),
    ],
)
def test_sources(monkeypatch: pytest.MonkeyPatch, record: dict[str, Any] | None, wanted: str) -> None:
    """An index, a repository and an archive are named as pip reads them (PEP 508)."""
    recorded(monkeypatch, record)

    assert requirement("[s3]") == wanted


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://code.records.org/t/g.git", "https://code.records.org/t/g.git"),
        ("https://me:secret@code.records.org/t/g.git", "https://code.records.org/t/g.git"),
        ("git@code.records.org:t/g.git", "https://code.records.org/t/g.git"),
        ("ssh://git@code.records.org:22/t/g.git", "https://code.records.org/t/g.git"),
        ("/srv/git/g.git", ""),
        ("file:///srv/git/g.git", ""),
        ("http://127.0.0.1:8000/g.git", ""),
        ("https://localhost/g.git", ""),
        ("https://192.168.1.7/g.git", ""),
    ],
)
def test_public_addresses(url: str, public: str) -> None:
    """A remote is named as everybody fetches it, without a secret; one of this machine is none."""
    assert public_url(url) == public


def test_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A checkout gives its pushed commit; until there is one, the author is told what is missing."""
    checkout = tmp_path / "checkout"
    recorded(monkeypatch, {"url": checkout.as_uri(), "dir_info": {"editable": True}})
    with pytest.raises(UsageError, match="only on this machine"):
        requirement()
    checkout.mkdir()
    with pytest.raises(UsageError, match="a folder that is only on this machine"):
        requirement()
    subprocess.run(["git", "init", "-q", str(checkout)], check=True)
    git(checkout, *COMMITTER, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    git(checkout, "remote", "add", "origin", "git@code.records.org:t/g.git")
    with pytest.raises(UsageError, match="a commit that is only on this machine") as caught:
        requirement()
    assert caught.value.hint.startswith("push it; or")
    git(checkout, "update-ref", "refs/remotes/origin/main", "HEAD")

    commit = git(checkout, "rev-parse", "HEAD")
    assert requirement() == f"timeline-gen @ git+https://code.records.org/t/g.git@{commit}"


def test_next_steps(tmp_path: Path) -> None:
    """What is to be typed next is said, outside of git too; the branch is that of the repository."""
    (tmp_path / "site.yaml").write_text("title: {en: A}\n", "utf-8")
    lines = list(start(tmp_path, "github", install="timeline-gen==1"))
    assert [line for line in lines if line.startswith("then: git")] == [
        "then: git init --initial-branch main",
        "then: git remote add origin ADDRESS-OF-THE-EMPTY-REPOSITORY",
        "then: git add . && git commit --message 'Publish the site'",
        "then: git push --set-upstream origin main",
    ]

    assert 'next: write the address of the site into site.yaml, such as url: "https://…/"' in lines

    git(tmp_path, "init", "--quiet", "--initial-branch", "trunk")
    git(tmp_path, "remote", "add", "origin", "git@code.records.org:t/g.git")
    lines = list(start(tmp_path, "codeberg", "second", install="timeline-gen==1"))
    assert lines[-1] == "then: git push --set-upstream origin trunk"
    assert "branch: 'trunk'" in (tmp_path / ".woodpecker/publish.yml").read_text("utf-8")


@pytest.mark.parametrize(
    "install",
    [
        *(
            "timeline-gen==0.1.0",
            "timeline-gen[s3,search] >= 0.1, < 2",
            "timeline-gen",
            "./wheels/a-1-py3-none-any.whl",
        ),
        *(
            "timeline-gen @ git+https://code.records.org/t/g.git@0123abc",
            "timeline-gen @ https://records.org/a.whl",
        ),
    ],
)
def test_what_can_be_installed(tmp_path: Path, install: str) -> None:
    """A package, a public address of one, and a file in the site's folder are installed as they are named."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels/a-1-py3-none-any.whl").touch()

    assert named_requirement(install, tmp_path) == install


@pytest.mark.parametrize(
    ("install", "said"),
    [
        ("timeline-gen @ git+https://…@COMMIT", "has a gap"),
        ("timeline-gen @ git+https://code.records.org/t/g.git@COMMIT", "has a gap: COMMIT"),
        ("./NAME.whl", "has a gap: NAME"),
        ("foo bar", "nothing that pip installs"),
        ("timeline-gen'; rm -r x; '", "nothing that pip installs"),
        ("--editable a", "nothing that pip installs"),
        ("/srv/a-1-py3-none-any.whl", "no file in the folder"),
        ("../a-1-py3-none-any.whl", "no file in the folder"),
        ("missing.whl", "no file in the folder"),
        ("timeline-gen @ file:///srv/timeline-gen", "no public address"),
        ("timeline-gen @ http://127.0.0.1/a", "no public address"),
    ],
)
def test_what_cannot_be_installed(tmp_path: Path, install: str, said: str) -> None:
    """What another machine could not install is refused before anything is written."""
    (tmp_path / "site.yaml").write_text("title: {en: A}\nurl: https://records.org/\n", "utf-8")

    with pytest.raises(UsageError, match=said):
        list(start(tmp_path, "github", install=install))

    assert [path.name for path in tmp_path.iterdir()] == ["site.yaml"]


@pytest.mark.parametrize(
    ("url", "remote", "advised"),
    [
        ("https://example.org/", "git@github.com:Gazette/harbour.git", "https://gazette.github.io/harbour/"),
        ("'https://demo.example.org'", "https://github.com/gazette/h.b", "https://gazette.github.io/h.b/"),
        ("https://example.org/", "git@code.records.org:t/g.git", "https://…/"),
        ("https://records.org/", "git@github.com:Gazette/harbour.git", ""),
    ],
)
def test_address_is_missing(tmp_path: Path, url: str, remote: str, advised: str) -> None:
    """Where the address is one for examples, what to write is said; at GitHub the remote tells it."""
    (tmp_path / "site.yaml").write_text(f"title: {{en: A}}\nurl: {url} # where\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", remote)
    git(tmp_path, *COMMITTER, "commit", "--quiet", "--allow-empty", "-m", "Begin")

    lines = list(start(tmp_path, "github", install="timeline-gen==1"))

    said = [line for line in lines if "the address of the site" in line]
    assert said == (
        [f'next: write the address of the site into site.yaml, such as url: "{advised}"'] if advised else []
    )
    assert f"git add site.yaml .github/workflows/publish.yml {LOCK}" in lines[-3]
    assert lines[-1].startswith("at last: when the workflow has run, let Pages serve the branch gh-pages")


def test_packages_are_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workflow installs what the program needs in the exact versions that the tests run with."""
    monkeypatch.setattr("timeline_gen.publishing.starting.requirement", lambda _: "timeline-gen==1")
    (tmp_path / "site.yaml").write_text("title: {en: A}\n", "utf-8")
    assert LOCK in list(start(tmp_path, "github"))

    text = (tmp_path / ".github/workflows/publish.yml").read_text("utf-8")
    assert f"run: pip install --require-hashes --requirement {LOCK}\n" in text
    assert "run: pip install --no-deps --no-build-isolation 'timeline-gen==1'\n" in text
    lock = pins(tmp_path / LOCK)
    assert lock.items() <= pins(Path(__file__).parents[1] / ".ci/requirements.txt").items()
    asked = (Requirement(text) for text in metadata.requires("timeline-gen") or ())
    needed = [one for one in asked if not one.marker or one.marker.evaluate({"extra": "s3"})]
    assert {canonicalize_name(one.name) for one in needed} <= lock.keys()
    assert all(lock[canonicalize_name(one.name)] in one.specifier for one in needed)


def pins(file: Path) -> dict[NormalizedName, str]:
    """Return the versions that *file* locks; each has a hash."""
    found = re.findall(
        r"^(\S+)==([^\s;]+)[^\n]* \\\n    --hash=sha256:", file.read_text("utf-8"), re.MULTILINE
    )
    return {canonicalize_name(name): version for name, version in found}


def test_renewed(tmp_path: Path) -> None:
    """When the old workflow is gone, it and the lock are written anew, and the target stays."""
    (tmp_path / "site.yaml").write_text("title: {en: A}\n", "utf-8")
    list(start(tmp_path, "s3", install="timeline-gen==1"))
    mine = (tmp_path / "site.yaml").read_text("utf-8").replace("the-bucket", "records")
    (tmp_path / "site.yaml").write_text(mine, "utf-8")
    workflow = tmp_path / ".github/workflows/publish.yml"
    with pytest.raises(UsageError, match="is there already"):
        list(start(tmp_path, "s3", install="timeline-gen==2"))
    workflow.unlink()

    list(start(tmp_path, "s3", install="timeline-gen==2"))

    assert "pip install --no-build-isolation 'timeline-gen==2'" in workflow.read_text("utf-8")
    assert (tmp_path / "site.yaml").read_text("utf-8") == mine
