"""What the tests of publishing share: places on this machine, and a publisher without a site."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from timeline_gen.keys import content_hash
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.applying import Transfer, carry_out, differing
from timeline_gen.publishing.files import File
from timeline_gen.publishing.headers import file_headers
from timeline_gen.publishing.hosts.host import Host, Setting
from timeline_gen.publishing.planning import Plan, Remote, next_record, plan
from timeline_gen.publishing.record import About, files_at

NOW = 1_800_000_000
TURNS = count(os.getpid())
"""Which port is tried next; see `free_port`. Tests of another checkout begin elsewhere."""

FIRST = {
    "index.html": b"choice",
    "en/index.html": b"<link href=../assets/style.0123456789.css>",
    "ar/\u0623\u062d\u062f\u0627\u062b/\u0627\u0644\u0645\u064a\u0646\u0627\u0621/index.html": b"harbour",
    "assets/style.0123456789.css": b"p {}",
    "en/feed.xml": b"<feed/>",
    "media/plan of the quay.png": b"\x89PNG",
}
SECOND = {
    "index.html": b"choice",
    "en/index.html": b"<link href=../assets/style.9876543210.css>",
    "en/events/new/index.html": b"new",
    "assets/style.9876543210.css": b"p { margin: 0 }",
    "en/feed.xml": b"<feed>new</feed>",
    "media/plan of the quay.png": b"\x89PNG",
}


@dataclass(slots=True)
class Publisher:
    """Somebody who publishes to *target* from the folder *root*, without building a site first."""

    root: Path
    target: PublishTarget
    now: int = NOW
    take_over: bool = False
    reads_back: bool = True
    wrap: Callable[[Host], Host] = field(default=lambda host: host)

    def open(self) -> Host:
        """Open the host anew."""
        work_dir = self.root / ".timeline-gen" / "publish" / self.target.name / "host"
        setting = Setting(self.root, self.target, work_dir, self.now, self.take_over)
        return self.wrap(import_module(f"timeline_gen.publishing.hosts.{self.target.to}").open_host(setting))

    def plan(self, files: Mapping[str, bytes], host: Host | None = None) -> tuple[Plan, Remote]:
        """Return the plan that makes the place hold *files*, and what stands there."""
        host = host or self.open()
        remote = host.read()
        return plan(self.target.name, self.listing(files, host), remote, keep=self.target.keep), remote

    def listing(self, files: Mapping[str, bytes], host: Host) -> dict[str, File]:
        """Return *files* as a plan knows them."""
        return {
            path: File(
                content_hash(data), len(data), file_headers(path, self.target) if host.sends_headers else ""
            )
            for path, data in files.items()
        }

    def publish(self, files: Mapping[str, bytes]) -> Plan:
        """Make the place hold *files*, and see by reading back that it does."""
        host = self.open()
        made, remote = self.plan(files, host)
        if made.changes or remote.unfinished:
            self.carry_out(host, made, remote, files)
        return made

    def carry_out(self, host: Host, made: Plan, remote: Remote, files: Mapping[str, bytes]) -> None:
        """Carry the plan *made* out, and read back."""
        listing = self.listing(files, host)
        about = About(made.generation, f"generation {made.generation}", source="0" * 40)
        after = next_record(remote.record, listing, about, keep=self.target.keep)
        carry_out(Transfer(made, remote, after, files.__getitem__), host, _nobody)
        if self.reads_back:
            assert differing(host, made.puts, content_hash) == ()

    def roll_back(self, generation: int) -> None:
        """Bring *generation* back."""
        host = self.open()
        remote = host.read()
        listing = files_at(remote.record, generation)
        made = plan(self.target.name, listing, remote, keep=self.target.keep)
        recalled = dict(host.recall(remote.record, generation, made.puts))
        after = next_record(remote.record, listing, About(made.generation), keep=self.target.keep)
        carry_out(Transfer(made, remote, after, recalled.__getitem__), host, _nobody)

    def stands(self, *more: str) -> dict[str, bytes]:
        """Return what stands there of the paths that any of these tests know, and of *more*."""
        paths = {*FIRST, *SECOND, *more}
        return {path: data for path, data, _ in self.open().fetch({path: File("", 0) for path in paths})}

    def someone_else(self, folder: Path) -> Publisher:
        """Return another publisher to the same place, from another machine."""
        folder.mkdir(parents=True, exist_ok=True)
        return replace(self, root=folder)


def _nobody(done: int, count: int) -> None:
    """Hear how far it is, and say nothing."""


class StoppedError(Exception):
    """The publisher was stopped here, as by a power cut."""


class Stopping:
    """A host whose publisher dies before, or right after, its *turn*-th step; nothing is tidied up then."""

    STEPS = ("begin", "put", "keep", "delete", "finish")

    def __init__(self, host: Host, turn: int, *, after: bool) -> None:
        self._host, self._turn, self._after = host, turn, after

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a host has
        found = getattr(self._host, name)
        if name == "end":
            return lambda: None if self._turn <= 0 else found()
        if name not in self.STEPS:
            return found

        def step(*arguments: object) -> object:
            self._turn -= 1
            if self._turn == 0 and not self._after:
                raise StoppedError
            result = found(*arguments)
            if self._turn == 0:
                raise StoppedError
            return result

        return step


# ---------------------------------------------------------------- servers


@contextmanager
def closed_port() -> Iterator[int]:
    """Yield a port at which nobody answers, and which nobody can take until the block ends."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))  # but never listening
        yield int(one.getsockname()[1])


def free_port() -> int:
    """Return a port for a server, which no test at the same time is given, and no connection."""
    # Below the ports that a kernel gives away (32768 on Linux, 49152 elsewhere), and to each worker its own.
    first = 20_000 + 500 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for _ in range(500):
        port = first + next(TURNS) % 500
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"no port is free from {first} on")


@contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run *command* until the block ends, once it listens at *port*."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise RuntimeError(f"{command[0]} ended with status {process.returncode}")
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise RuntimeError(f"{command[0]} does not listen at {port}")
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def ssh_server(folder: Path) -> Iterator[str]:
    """Run an ssh daemon with a key of its own in *folder*, and yield the command that reaches it."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    lines = (
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder / 'host'}",
        f"AuthorizedKeysFile {folder / 'authorized'}",
        f"PidFile {folder / 'pid'}",
        "StrictModes no",
        "UsePAM no",
        "PasswordAuthentication no",
    )
    (folder / "config").write_text("\n".join(lines) + "\n", "ascii")
    Path("/run/sshd").mkdir(exist_ok=True) if os.geteuid() == 0 else None
    command = [shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-f", str(folder / "config")]
    # The name of a socket must be short.
    with running(command, port), tempfile.TemporaryDirectory(dir="/tmp") as short:
        yield (
            f"ssh -p {port} -i {folder / 'user'} -l {getpass.getuser()} -F /dev/null"
            " -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
            f" -o LogLevel=ERROR -o ControlMaster=auto -o ControlPath={short}/%C -o ControlPersist=2"
        )


@contextmanager
def rsync_daemon(folder: Path, site: Path) -> Iterator[str]:
    """Run an rsync daemon that offers the folder *site*, and yield the address of its module."""
    folder.mkdir(parents=True, exist_ok=True)
    site.mkdir(parents=True, exist_ok=True)
    port = free_port()
    lines = ("use chroot = no", "[site]", f"path = {site}", "read only = no", f"uid = {os.getuid()}")
    (folder / "rsyncd.conf").write_text("\n".join(lines) + "\n", "utf-8")
    command = ["rsync", "--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}"]
    with running([*command, f"--config={folder / 'rsyncd.conf'}"], port):
        yield f"rsync://127.0.0.1:{port}/site"


def bare(folder: Path) -> Path:
    """Make an empty repository in *folder*."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "config", "uploadpack.allowFilter", "true"], check=True)
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Return what git says of the repository in *folder*."""
    return subprocess.run(
        ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
