"""The target ``git``: a branch that hosts of pages serve, made with git's plumbing and no checkout.

The branch holds the site and nothing else of ours. The record and the earlier generations are under
references of our own (``refs/timeline-gen/<branch>/…``), which hosts do not serve; all of them are pushed
in one step, and only if no other publisher has pushed meanwhile. Files in the branch that this program
did not put there (``CNAME``) stay.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.files import Listing
from timeline_gen.publishing.hosts.host import MovedError, Setting, Upload, Work
from timeline_gen.publishing.hosts.running_git import Git
from timeline_gen.publishing.planning import Remote, marked
from timeline_gen.publishing.record import Record, read_record, write_record
from timeline_gen.writing.disk import refusing

_NOBODY: Final = {
    "GIT_AUTHOR_NAME": "timeline-gen",
    "GIT_AUTHOR_EMAIL": "timeline-gen@localhost",
    "GIT_COMMITTER_NAME": "timeline-gen",
    "GIT_COMMITTER_EMAIL": "timeline-gen@localhost",
}
"""Who commits, unless the environment names someone: readers need not know the person who publishes."""
_NONE: Final = "0" * 40


class BranchHost:
    """A branch of a repository elsewhere."""

    sends_headers = False

    def __init__(self, setting: Setting) -> None:
        target = setting.target
        self._branch = f"refs/heads/{target.branch}"
        self._ours = f"refs/timeline-gen/{target.branch}"
        self._single = target.history == "single"
        self._url = _address(setting)
        date = f"@{os.environ.get('SOURCE_DATE_EPOCH') or setting.now} +0000"
        names = {name: os.environ.get(name) or value for name, value in _NOBODY.items()}
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        self._git = Git(setting.work_dir / "git", names | dates)
        self._index = setting.work_dir / "index"
        self._there: dict[str, str] = {}
        self._before = Record()
        self._puts: dict[str, str] = {}
        self._gone: set[str] = set()

    # ------------------------------------------------------------ what is stored there

    def read(self) -> Remote:
        """Return what is in the branch, and what of it is not as we left it."""
        self._prepare()
        self._there = self._references()
        state, tip = self._there.get(f"{self._ours}/state"), self._there.get(self._branch)
        token = f"{tip or ''} {state or ''}".strip()
        if state is None:
            return Remote(token=token, foreign=len(self._tree(self._fetched(tip))) if tip else 0)
        record = read_record(
            self._git.run("cat-file", "blob", f"{self._fetched(state, whole=True)}:record.json")
        )
        # No one has committed since, so no tree needs to be fetched and compared.
        if tip == record.about.mark:
            return Remote(record, token)
        return Remote(record, token, corrupt=self._corrupt(record, tip))

    def _prepare(self) -> None:
        folder = self._git.folder
        with refusing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "HEAD").exists():
            self._git.run("init", "--quiet", "--bare", ".")
        # With a promisor remote, git does without the contents of files that are only there (partial clone).
        for key, value in (("remote.there.url", self._url), ("remote.there.promisor", "true")):
            self._git.run("config", key, value)

    def _references(self) -> dict[str, str]:
        listed = self._git.text("ls-remote", "there", self._branch, f"{self._ours}/*")
        pairs = (line.split("\t") for line in listed.splitlines())
        return {name: commit for commit, name in pairs}

    def _fetched(self, commit: str | None, *, whole: bool = False) -> str:
        """Return *commit* once it is here; the contents of files come only where the *whole* is needed."""
        if commit is None:
            raise TypeError("there is no such commit")
        if not self._is_here(f"{commit}^{{tree}}"):
            filtering = "--no-filter" if whole else "--filter=blob:none"
            self._git.run("fetch", "--quiet", "--no-tags", "--depth=1", filtering, "there", commit)
        return commit

    def _is_here(self, name: str) -> bool:
        """Return whether the object *name* is here already; without this, git would go and fetch it."""
        asked = ("-c", "remote.there.promisor=false", "cat-file", "-e", name)
        return self._git.tried(*asked).returncode == 0

    def _tree(self, commit: str) -> dict[str, str]:
        """Return the blob of each file in *commit*, by path; links and submodules as well."""
        listed = self._git.run("ls-tree", "-r", "-z", "--full-tree", commit).decode(errors="surrogateescape")
        pairs = (entry.split("\t", 1) for entry in listed.split("\0") if entry)
        return {path: about for about, path in pairs}

    def _corrupt(self, record: Record, tip: str | None) -> frozenset[str]:
        """Return our files that are not in the branch as in the *record*."""
        if tip is None:
            return frozenset(record.present)
        left = self._there.get(f"{self._ours}/{record.generation}")
        ours, now = self._tree(self._fetched(left)) if left else {}, self._tree(self._fetched(tip))
        return frozenset(path for path in record.present if ours.get(path) != now.get(path))

    # ------------------------------------------------------------ what is put there

    def begin(self, work: Work) -> None:
        """Start from the tree that is in the branch."""
        self._before = work.record
        self._puts, self._gone = {}, set()
        tip, state = self._there.get(self._branch), self._there.get(f"{self._ours}/state")
        if f"{tip or ''} {state or ''}".strip() != work.base:
            raise MovedError(say("someone else published there just now"), hint=say("publish again"))
        self._index.unlink(missing_ok=True)
        if tip:
            self._git.run("read-tree", self._fetched(tip), index=self._index)

    def put(self, uploads: Sequence[Upload]) -> None:
        """Write the contents of *uploads* into our repository."""
        folder = self._index.with_name("blobs")
        with refusing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            names = []
            for number, upload in enumerate(uploads):
                # Over stdin, hash-object takes one object only, and a process for each file would be slow.
                (folder / str(number)).write_bytes(upload.read())
                names.append(f"{folder / str(number)}\n")
        # Filters that the user's git may have, for line endings or LFS, would store other bytes.
        hashes = self._git.text(
            "hash-object", "-w", "--no-filters", "--stdin-paths", data="".join(names).encode()
        )
        self._puts |= dict(zip((upload.path for upload in uploads), hashes.split("\n"), strict=True))
        for number in range(len(uploads)):
            (folder / str(number)).unlink()

    def keep(self, record: Record) -> None:
        """Do nothing yet: the record is pushed with the branch."""

    def delete(self, paths: Collection[str]) -> None:
        """Take *paths* out of the tree."""
        self._gone.update(paths)

    def finish(self, record: Record) -> str:
        """Commit and push the branch, the record and the generation in one step."""
        lines = [f"100644 {blob}\t{path}\0" for path, blob in self._puts.items()]
        # Mode 0 takes a path out of the index (git-update-index(1)).
        lines += (f"0 {_NONE}\t{path}\0" for path in self._gone)
        self._git.run("update-index", "-z", "--index-info", data="".join(lines).encode(), index=self._index)
        # The contents of files that stay are only there, and not here.
        tree = self._git.text("write-tree", "--missing-ok", index=self._index)
        commit = self._commit(tree, record)
        state = self._state(marked(record, commit))
        changes = {
            self._branch: commit,
            f"{self._ours}/{record.generation}": commit,
            f"{self._ours}/state": state,
        }
        self._push(changes | dict.fromkeys(self._outdated(record), ""))
        return commit

    def _commit(self, tree: str, record: Record) -> str:
        tip = self._there.get(self._branch)
        if tip and self._git.text("rev-parse", f"{tip}^{{tree}}") == tree:
            return tip
        about = record.about
        message = f"Publish generation {about.generation}\n"
        message += f"\nContent: {about.source}\n" if about.source else ""
        parents = ("-p", tip) if tip and not self._single else ()
        return self._git.text("commit-tree", tree, *parents, data=message.encode())

    def _state(self, record: Record) -> str:
        blob = self._git.text("hash-object", "-w", "--stdin", data=write_record(record))
        tree = self._git.text("mktree", data=f"100644 blob {blob}\trecord.json\n".encode())
        return self._git.text("commit-tree", tree, data=b"Record what is published\n")

    def _outdated(self, record: Record) -> list[str]:
        """Return the references of generations that *record* does not keep."""
        wanted = {"state", str(record.generation), *(str(kept.about.generation) for kept in record.kept)}
        ours = f"{self._ours}/"
        return [
            name for name in self._there if name.startswith(ours) and name.removeprefix(ours) not in wanted
        ]

    def _push(self, changes: dict[str, str]) -> None:
        # An empty lease means that there must be no such reference yet (git-push(1)).
        leases = (f"--force-with-lease={name}:{self._there.get(name, '')}" for name in changes)
        # With nothing before the colon, a reference is deleted.
        wanted = (f"{commit}:{name}" for name, commit in changes.items())
        self._git.run("push", "--quiet", "--atomic", *leases, "there", *wanted)
        self._there |= changes
        self._there = {name: commit for name, commit in self._there.items() if commit}

    def end(self) -> None:
        """Let go; a push is whole or nothing."""
        self._index.unlink(missing_ok=True)

    # ------------------------------------------------------------ reading back

    def fetch(self, files: Listing) -> Iterator[tuple[str, bytes, str]]:
        """Yield what is stored under the paths of *files* in the branch."""
        tip = self._references().get(self._branch)
        if tip:
            yield from ((path, data, "") for path, data in self._contents(self._fetched(tip), files))

    def recall(self, record: Record, generation: int, files: Listing) -> Iterator[tuple[str, bytes]]:
        """Yield *files* as they were in an earlier *generation*."""
        del record
        commit = self._there.get(f"{self._ours}/{generation}")
        if commit is None:
            raise UsageError(
                say("generation {generation} is gone from the repository", generation=generation)
            )
        found = dict(self._contents(self._fetched(commit), files))
        if found.keys() != files.keys():
            raise UsageError(
                say("generation {generation} is not whole in the repository", generation=generation)
            )
        yield from found.items()

    def _contents(self, commit: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        tree = self._tree(commit)
        wanted = {path: tree[path].split(" ")[2] for path in paths if path in tree and _is_file(tree[path])}
        # Otherwise git would fetch each of them by itself, over a connection of its own.
        self._bring(commit, set(wanted.values()))
        output = self._git.run(
            "cat-file", "--batch", data="".join(f"{blob}\n" for blob in wanted.values()).encode()
        )
        at = 0
        for path in wanted:
            end = output.index(b"\n", at)
            size = int(output[at:end].rpartition(b" ")[2])
            yield path, output[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def _bring(self, commit: str, blobs: set[str]) -> None:
        """Fetch those of *blobs*, contents of files of *commit*, that are not here: all of them at once."""
        here = self._git.text("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered")
        missing = "".join(f"{blob}\n" for blob in sorted(blobs.difference(here.split())))
        if not missing:
            return
        few = ("fetch", "--quiet", "--no-tags", "--depth=1", "--no-filter", "--stdin", "there")
        if self._git.tried(*few, data=missing.encode()).returncode:
            # A server that gives out whole commits only.
            again = ("fetch", "--quiet", "--no-tags", "--depth=1", "--no-filter", "--refetch", "there")
            self._git.run(*again, commit)

    def forget(self, record: Record) -> None:
        """Delete the references of generations that *record* does not keep."""
        outdated = self._outdated(record)
        if outdated:
            self._push(dict.fromkeys(outdated, ""))


def _is_file(about: str) -> bool:
    return stat.S_ISREG(int(about.split(" ", maxsplit=1)[0], 8))


def _address(setting: Setting) -> str:
    """Return the address of the repository, which may be named as a remote of the site's own.

    A path is meant from the site's folder; that of a remote, from the top of the site's repository.
    """
    remote, own = setting.target.remote, Git(setting.root)
    found = own.tried("remote", "get-url", "--push", remote)
    if found.returncode:
        return _absolute(setting.root, remote)
    return _absolute(Path(own.text("rev-parse", "--show-toplevel")), found.stdout.decode().strip())


def _absolute(folder: Path, address: str) -> str:
    """Return *address*; if it is a path from *folder*, the whole of it."""
    there = folder / address
    return str(there.resolve()) if "://" not in address and there.exists() else address


def open_host(setting: Setting) -> BranchHost:
    """Return the branch that *setting* names."""
    return BranchHost(setting)
