"""Running git: without a terminal of its own, with its errors in a person's words and no secrets in them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.hosts.host import MovedError

_SECRET: Final = re.compile(r"(?<=://)[^/@\s]+@")
_FAILURES: Final = (
    # what git or ssh writes, our message, our hint
    (
        r"stale info|fetch first|non-fast-forward|cannot lock ref|incorrect old value|failed to update ref",
        "",
        "",
    ),
    (
        (
            r"Permission denied|Authentication failed|could not read Username|could not read Password"
            r"|terminal prompts disabled|invalid credentials|HTTP.* 40[13]|Host key verification failed"
        ),
        say("the repository refuses us: no key or password that it accepts"),
        say("see that `git push` works by hand, through a credential helper, an SSH key or a token"),
    ),
    (
        (
            r"Could not resolve host|Failed to connect|Name or service not known|Connection refused"
            r"|timed out|No route to host|Network is unreachable|Connection reset|Connection closed"
            r"|unexpected disconnect"
        ),
        say("the repository cannot be reached"),
        say("look at the network and at the address under 'remote:'"),
    ),
    (
        r"does not appear to be a git repository|not found|does not exist|Could not read from remote",
        say("there is no such repository"),
        say("look at the address under 'remote:'"),
    ),
    (
        r"No space left|unpack-objects abnormal exit|disk quota",
        say("there is no room left on the disk"),
        say("make room"),
    ),
    (
        r"Read-only file system|unable to create temporary|insufficient permission|not writable",
        say("nothing may be written in the repository"),
        say("look at who owns it, and at its permissions"),
    ),
    (
        r"pre-receive hook declined|protected branch|GH006|remote rejected",
        say("the repository refuses the branch"),
        "",
    ),
)


@dataclass(frozen=True, slots=True)
class Git:
    """A repository, and what git is run with there."""

    folder: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    """Environment variables on top of ours."""

    def run(self, *arguments: str, data: bytes = b"", index: Path | None = None) -> bytes:
        """Return what git prints, given *arguments* and *data*; raise ``UsageError`` where it fails."""
        done = self.tried(*arguments, data=data, index=index)
        if done.returncode:
            raise _failure(done.stderr)
        return done.stdout

    def text(self, *arguments: str, data: bytes = b"", index: Path | None = None) -> str:
        """Return the same as text, without the line break at its end."""
        return self.run(*arguments, data=data, index=index).decode(errors="replace").rstrip("\n")

    def tried(
        self, *arguments: str, data: bytes = b"", index: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git and return how it went."""
        environment = {**os.environ, **_quiet(), **self.extra}
        if index:
            environment["GIT_INDEX_FILE"] = str(index)
        # Git sets them for hooks, where they name the repository of the hook and not ours.
        for name in ("GIT_DIR", "GIT_WORK_TREE"):
            environment.pop(name, None)
        try:
            return subprocess.run(  # noqa: S603 - no shell, and our own arguments
                _command(arguments),
                cwd=self.folder,
                env=environment,
                input=data,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise UsageError(say("git is not installed"), hint=say("install git")) from error


def _command(arguments: Sequence[str]) -> list[str]:
    slow = ("-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30")
    plain = ("-c", "core.quotePath=false", "-c", "core.autocrlf=false", "-c", "gc.auto=0")
    return ["git", *slow, *plain, *arguments]


def _quiet() -> dict[str, str]:
    ssh = os.environ.get("GIT_SSH_COMMAND") or "ssh -o ConnectTimeout=20"
    # Failures are recognised by their English words. A prompt would wait for ever in a workflow.
    return {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": ssh}


def _failure(output: bytes) -> UsageError:
    text = _SECRET.sub("", output.decode(errors="replace")).strip()
    for pattern, message, hint in _FAILURES:
        if re.search(pattern, text, re.IGNORECASE):
            if not message:
                return MovedError(say("someone else published there just now"), hint=say("publish again"))
            return UsageError(message, hint=hint or _last_line(text))
    return UsageError(say("git failed: {text}", text=_last_line(text) or say("without a word")))


def _last_line(text: str) -> str:
    lines = [line.removeprefix("fatal: ").removeprefix("remote: ").strip() for line in text.splitlines()]
    return next((line for line in reversed(lines) if line), "")
