"""One publisher at a time, where the place itself knows no locks.

A claim is a small file there that only one publisher can make. It holds no name: a token, and the second
of the last sign of life. This site's folder remembers its own token, so that a publisher that was killed
goes on at once; any other publisher waits until the claim has expired.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.hosts.host import Setting

PATIENCE: Final = 15 * 60
"""Seconds without a sign of life after which a claim is given up."""
NAME: Final = ".timeline-gen/claim.json"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is at work on a place."""

    token: str
    second: int


def write_claim(claim: Claim) -> bytes:
    """Return *claim* as JSON."""
    return json.dumps({"token": claim.token, "second": claim.second}).encode()


def read_claim(data: bytes) -> Claim | None:
    """Return the claim that *data* holds, if it holds one."""
    try:
        found = json.loads(data)
        return Claim(str(found["token"]), int(found["second"]))
    except (ValueError, KeyError, TypeError):
        return None


def own_claim(setting: Setting) -> Claim:
    """Return our claim, that of an earlier publisher here who was stopped; the work folder has it."""
    claim = Claim(_own_token(setting) or secrets.token_hex(16), setting.now)
    setting.work_dir.mkdir(parents=True, exist_ok=True)
    # Before the claim is put there: a publisher that is killed in between finds its own token again.
    _memory(setting).write_text(claim.token, encoding="ascii")
    return claim


def forget_claim(setting: Setting) -> None:
    """Forget the claim that the work folder of *setting* has."""
    _memory(setting).unlink(missing_ok=True)


def check_free(found: Claim | None, setting: Setting) -> None:
    """Raise ``UsageError`` where the claim *found* is another publisher's who may still be at work."""
    if found is None or setting.take_over or found.token == _own_token(setting):
        return
    quiet = setting.now - found.second
    if quiet < PATIENCE:
        raise UsageError(
            say(
                "another publisher is at work there; its last sign of life is {quiet} seconds old",
                quiet=max(quiet, 0),
            ),
            hint=say(
                "wait; if it was stopped, --allow takeover goes on, or wait {patience} minutes",
                patience=PATIENCE // 60,
            ),
        )


def _own_token(setting: Setting) -> str:
    with suppress(OSError):
        return _memory(setting).read_text(encoding="ascii")
    return ""


def _memory(setting: Setting) -> Path:
    return setting.work_dir / "claim"
