"""The target ``rsync``: a folder of another machine, over ssh or a daemon.

Each stage goes over as one run whose files appear together (``--delay-updates``), deletes come last.
What is replaced or deleted is put aside there (``--backup``), under a name that cannot be guessed, so
that a generation can be brought back. rsync knows no conditional writes: a claim keeps others away, and is
read back; between two publishers that begin within the same moment the later one wins, whole.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.publishing.claims import NAME as CLAIM
from timeline_gen.publishing.claims import Claim, check_free, forget_claim, own_claim, read_claim, write_claim
from timeline_gen.publishing.files import Listing
from timeline_gen.publishing.hosts.host import MovedError, Setting, Upload, Work
from timeline_gen.publishing.hosts.running_rsync import found, rsync
from timeline_gen.publishing.journal import read_work, write_work
from timeline_gen.publishing.planning import Remote
from timeline_gen.publishing.record import Record, read_record, write_record
from timeline_gen.writing.disk import refusing

_OURS: Final = ".timeline-gen"
_UNDER_WAY: Final = ".~tmp~"
"""Where rsync keeps what it has not put in place yet, folder by folder; it stays when rsync is killed."""


class RsyncHost:
    """A folder of another machine."""

    sends_headers = False

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._there = f"{setting.target.remote.rstrip('/')}/"
        self._here = setting.work_dir / "rsync"
        self._state = ""
        self._attempt = 1
        self._before = Record()
        self._record = Record()
        self._claimed = ""

    # ------------------------------------------------------------ what is stored there

    def read(self) -> Remote:
        """Return what is stored there, and what was left unfinished."""
        return self._read()[0]

    def _read(self) -> tuple[Remote, Claim | None]:
        """Return what is stored there, and who is at work there; all of it in one go."""
        ours = self._brought()
        state = min((path for path in ours if path.startswith("state-")), default="").partition("/")[0]
        claim = read_claim(ours.get("claim.json", b""))
        if not state:
            return Remote(foreign=sum(name != _OURS for name in self._listed(""))), claim
        self._state = state
        data, begun = ours.get(f"{state}/record.json"), ours.get(f"{state}/journal.json")
        unfinished, attempt = read_work(begun) if begun else (None, 0)
        self._attempt = attempt + 1
        record = read_record(data) if data else Record()
        token = content_hash((data or b"") + (begun or b""))
        return Remote(record, token, unfinished=unfinished), claim

    def _brought(self) -> dict[str, bytes]:
        """Return our own files there, but for earlier generations, by path."""
        folder = self._here / "ours"
        shutil.rmtree(folder, ignore_errors=True)
        with refusing(folder):
            folder.mkdir(parents=True)
        wanted = ("/claim.json", "/state-*/", "/state-*/record.json", "/state-*/journal.json")
        rules = [f"--include={rule}" for rule in wanted]
        # A link that someone put there would lead to files of this machine.
        found(*rules, "--exclude=*", "--no-links", f"{self._there}{_OURS}/", f"{folder}/")
        files = [file for file in folder.rglob("*") if file.is_file()]
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}

    def _ours(self) -> str:
        return f"{_OURS}/{self._state}"

    def _listed(self, folder: str) -> list[str]:
        """Return the names in *folder* there; none where it does not exist."""
        inside = f"{folder}/" if folder else ""
        listing = found("--list-only", "--dirs", "--no-recursive", "--8-bit-output", f"{self._there}{inside}")
        names = (line.split(None, 4)[4] for line in (listing or "").splitlines() if line.count(" ") >= 4)
        return [name for name in names if name != "."]

    def _got(self, paths: Collection[str]) -> dict[str, bytes]:
        """Return what is stored under *paths* there; what is missing is left out."""
        folder = self._here / "got"
        shutil.rmtree(folder, ignore_errors=True)
        with refusing(folder):
            folder.mkdir(parents=True)
        if paths:
            found("--no-links", self._there, f"{folder}/", names=paths)
        got = {path: folder / path for path in paths}
        return {path: file.read_bytes() for path, file in got.items() if file.is_file()}

    # ------------------------------------------------------------ what is put there

    def begin(self, work: Work) -> None:
        """Lay claim to the place and write down what is about to be done."""
        claim = own_claim(self._setting)
        # The claim of another publisher is read first, and replaced only where it may be.
        remote, claimed = self._claim(claim, "--ignore-existing")
        if claimed != claim:
            check_free(claimed, self._setting)
            remote, claimed = self._claim(claim)
        if claimed != claim:
            raise MovedError(say("another publisher began in the same moment"), hint=say("publish again"))
        self._claimed = claim.token
        if remote.token != work.base:
            raise MovedError(say("someone else published there just now"), hint=say("publish again"))
        self._state = self._state or f"state-{secrets.token_hex(16)}"
        self._before = work.record
        if self._attempt > 1:
            # First of all, as it may be what fills the disk there.
            folders = {Path(path).parent for path in work.puts}
            self._remove([str(folder / _UNDER_WAY) for folder in folders], "--force")
        self._send({f"{self._ours()}/journal.json": write_work(work, self._attempt)})

    def _claim(self, claim: Claim, *options: str) -> tuple[Remote, Claim | None]:
        """Put our *claim* there; return what is stored there now, and whose claim."""
        self._send({CLAIM: write_claim(claim)}, *options)
        return self._read()

    def _still_ours(self) -> None:
        claimed = read_claim(self._got([CLAIM]).get(CLAIM, b""))
        if claimed is None or claimed.token != self._claimed:
            raise MovedError(say("another publisher took over"), hint=say("publish again"))

    def put(self, uploads: Sequence[Upload]) -> None:
        """Send *uploads*; they appear together, and what they replace is put aside."""
        self._send({upload.path: upload.read() for upload in uploads}, *self._aside())

    def _aside(self) -> tuple[str, ...]:
        generation = self._before.generation
        if not generation or not self._setting.target.keep:
            return ()
        # A folder for each attempt, since rsync replaces a backup of the same name: that of the first attempt
        # would be lost.
        return ("--backup", f"--backup-dir={self._ours()}/kept/{generation}.{self._attempt}")

    def _send(self, files: dict[str, bytes], *options: str) -> None:
        folder = self._here / "sent"
        shutil.rmtree(folder, ignore_errors=True)
        with refusing(folder):
            for path, data in files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
        rsync("--delay-updates", "--mkpath", *options, f"{folder}/", self._there, names=files)
        shutil.rmtree(folder, ignore_errors=True)

    def keep(self, record: Record) -> None:
        """Let *record* be what is known, if the place is still ours."""
        self._still_ours()
        self._record = record
        self._send({f"{self._ours()}/record.json": write_record(record)})

    def delete(self, paths: Collection[str]) -> None:
        """Delete *paths*, and folders that are empty then."""
        self._remove(paths, *self._aside())
        needed = {parent for path in self._record.present for parent in Path(path).parents}
        folders = {parent for path in paths for parent in Path(path).parents}.difference(needed)
        # The deepest first: without --force, rsync deletes a folder only where it is empty.
        for depth in sorted({len(folder.parts) for folder in folders}, reverse=True):
            self._remove([str(folder) for folder in folders if len(folder.parts) == depth])

    def _remove(self, paths: Collection[str], *options: str) -> None:
        """Delete *paths*: what a folder here lacks, and a list names, is deleted there."""
        lacking = self._here / "lacking"
        shutil.rmtree(lacking, ignore_errors=True)
        with refusing(lacking):
            lacking.mkdir(parents=True)
            for path in paths:
                (lacking / path).parent.mkdir(parents=True, exist_ok=True)
        if paths:
            found("--delete-missing-args", *options, f"{lacking}/", self._there, names=sorted(paths))

    def finish(self, record: Record) -> str:
        """Say that nothing is left to be done, and let go."""
        # To list what is kept there takes a run of rsync, so only where something of it is to go.
        if _generations(self._before).difference(_generations(record)):
            self.forget(record)
        self._remove([f"{self._ours()}/journal.json", CLAIM])
        self._claimed = ""
        return ""

    def end(self) -> None:
        """Let go of the place."""
        if self._claimed:
            self._claimed = ""
            self._remove([CLAIM])
        forget_claim(self._setting)
        shutil.rmtree(self._here, ignore_errors=True)

    # ------------------------------------------------------------ reading back

    def fetch(self, files: Listing) -> Iterator[tuple[str, bytes, str]]:
        """Yield what is stored under the paths of *files*."""
        yield from ((path, data, "") for path, data in self._got(list(files)).items())

    def recall(self, record: Record, generation: int, files: Listing) -> Iterator[tuple[str, bytes]]:
        """Yield *files* as they were in an earlier *generation*."""
        del record
        aside = self._listed(f"{self._ours()}/kept")
        # What was deleted only when a stopped publication was finished lies under a later generation.
        places = {path: [path, *(f"{self._ours()}/kept/{name}/{path}" for name in aside)] for path in files}
        got = self._got([place for found_at in places.values() for place in found_at])
        for path, file in files.items():
            data = next(
                (got[p] for p in places[path] if p in got and content_hash(got[p]) == file.hash), None
            )
            if data is None:
                raise UsageError(
                    say(
                        "{path} of generation {generation} is gone from the host",
                        path=path,
                        generation=generation,
                    )
                )
            yield path, data

    def forget(self, record: Record) -> None:
        """Delete what was put aside for generations that *record* does not keep."""
        wanted = {str(generation) for generation in _generations(record)}
        folder = f"{self._ours()}/kept"
        old = [name for name in self._listed(folder) if name.partition(".")[0] not in wanted]
        self._remove([f"{folder}/{name}" for name in old], "--force")


def _generations(record: Record) -> set[int]:
    return {kept.about.generation for kept in record.kept}


def open_host(setting: Setting) -> RsyncHost:
    """Return the folder that *setting* names."""
    return RsyncHost(setting)
