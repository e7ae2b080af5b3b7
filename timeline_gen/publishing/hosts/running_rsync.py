"""Running rsync: the one place that knows its options, and what its failures mean to a person."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say

_ONE: Final = "-o ControlMaster=auto -o ControlPersist=20 -o ControlPath=~/.ssh/timeline-gen-%C"
_SSH: Final = f"ssh -o ConnectTimeout=20 {_ONE}"
"""One connection serves all runs of a publication."""
_SAME: Final = ("--recursive", "--links", "--checksum", "--chmod=D755,F644", "--timeout=60")
"""Only contents decide; owners and times of this machine are private."""
_FAILURES: Final = (
    # what rsync or ssh writes, our message, our hint; that the connection is gone often comes with a reason
    (
        r"Permission denied \([a-z]|Host key verification|auth failed|Too many authentication",
        say("the host refuses us: no key or password that it accepts"),
        say("see that `ssh` to it works by hand; a daemon's password is in RSYNC_PASSWORD"),
    ),
    (
        r"Permission denied|Read-only file system|read only|Operation not permitted",
        say("nothing may be written there"),
        say("look at who owns the folder on the host"),
    ),
    (r"Unknown module", say("the daemon has no such module"), say("look at the address under 'remote:'")),
    (
        r"No space left|Disk quota",
        say("there is no room left on the host"),
        say("make room there, then publish again"),
    ),
    (
        (
            r"Could not resolve|Name or service not known|Connection refused|timed out|unreachable"
            r"|No route to host|Connection reset|Connection closed|connection unexpectedly closed"
        ),
        say("the host cannot be reached, or hung up"),
        say("look at the network and at the address under 'remote:'; then publish again"),
    ),
)
_GONE: Final = re.compile(r"(?:change_dir|link_stat|stat|delete).*No such file or directory")
_NOT_THERE: Final = frozenset({3, 12, 23, 24})
"""The statuses with which rsync ends where a file or a folder is missing, among others."""


def rsync(*arguments: str, names: Iterable[str] | None = None) -> str:
    """Run rsync with *arguments*, and *names* as the list of files; return what it printed.

    Raises ``UsageError`` in a person's words where it fails.
    """
    done = tried(*arguments, names=names)
    if done.returncode:
        raise failure(done.stderr)
    return done.stdout.decode(errors="surrogateescape")


def found(*arguments: str, names: Iterable[str] | None = None) -> str | None:
    """Run rsync and return what it printed, or None where what it was asked for is not there.

    Raises ``UsageError`` in a person's words where it fails for any other reason.
    """
    done = tried(*arguments, names=names)
    if done.returncode in _NOT_THERE and _GONE.search(done.stderr.decode(errors="replace")):
        return None
    if done.returncode:
        raise failure(done.stderr)
    return done.stdout.decode(errors="surrogateescape")


def tried(*arguments: str, names: Iterable[str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run rsync and return how it went."""
    listed = () if names is None else ("--from0", "--files-from=-")
    data = b"" if names is None else b"".join(os.fsencode(name) + b"\0" for name in names)
    environment = {**os.environ, "LC_ALL": "C", "RSYNC_RSH": os.environ.get("RSYNC_RSH") or _SSH}
    try:
        return subprocess.run(  # noqa: S603 - no shell, and our own arguments
            ["rsync", *_SAME, *listed, *arguments],  # noqa: S607 - whichever rsync there is
            env=environment,
            input=data,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError(say("rsync is not installed"), hint=say("install rsync")) from error


def failure(output: bytes) -> UsageError:
    """Return what to tell the user of the *output* of rsync."""
    text = output.decode(errors="replace").strip()
    for pattern, message, hint in _FAILURES:
        if re.search(pattern, text, re.IGNORECASE):
            return UsageError(message, hint=hint)
    lines = [line for line in text.splitlines() if line and not line.startswith("rsync error: some files")]
    return UsageError(say("rsync failed: {lines}", lines=lines[0] if lines else say("without a word")))
