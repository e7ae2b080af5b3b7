"""One build at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from timeline_gen.errors import LockedError
from timeline_gen.writing.lock import build_lock

HOLD = """
import os, sys, time
from pathlib import Path
from timeline_gen.writing.lock import build_lock

with build_lock(Path(sys.argv[1]), "timeline-gen serve"):
    if sys.argv[2:] == ["fork"] and os.fork() == 0:
        os.close(1)
        time.sleep(60)
        os._exit(0)
    print("held", flush=True)
    time.sleep(60)
"""


def hold(folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start a process that holds the lock in *folder*, and return it once it does."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), *more], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    if process.stdout.readline() != "held\n":
        end(process)
        raise AssertionError("the lock is not held")
    return process


def end(process: subprocess.Popen[str]) -> None:
    """Kill *process* as a crash would."""
    process.kill()
    process.communicate()


def test_the_holder_is_named(tmp_path: Path) -> None:
    """Who finds the site busy is told which process and which command is at work."""
    process = hold(tmp_path)
    try:
        with pytest.raises(LockedError) as caught, build_lock(tmp_path, "timeline-gen build"):
            pass
    finally:
        end(process)

    assert caught.value.message == f"process {process.pid} (timeline-gen serve) is at work on this site"
    assert caught.value.hint


def test_never_stale(tmp_path: Path) -> None:
    """A build that was killed leaves nothing that keeps the next one from working."""
    end(hold(tmp_path))

    with build_lock(tmp_path, "timeline-gen build"):
        pass


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_children_do_not_hold_it(tmp_path: Path) -> None:
    """Workers that outlive a killed build don't keep the site locked."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path), "fork"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        end(process)
        with build_lock(tmp_path, "timeline-gen build"):
            pass
    finally:
        os.killpg(process.pid, signal.SIGKILL)


def test_waiting(tmp_path: Path) -> None:
    """Who can wait gets the lock as soon as it is free."""
    process = hold(tmp_path)
    try:
        os.kill(process.pid, signal.SIGTERM)
        began = time.monotonic()
        with build_lock(tmp_path, "timeline-gen build", wait=30):
            waited = time.monotonic() - began
    finally:
        end(process)

    assert waited < 30


def test_again(tmp_path: Path) -> None:
    """The lock is free after use, also after a failure, and says no longer who held it."""
    with pytest.raises(RuntimeError), build_lock(tmp_path, "first"):
        raise RuntimeError
    with build_lock(tmp_path, "second"):
        said = (tmp_path / "lock").read_text(encoding="utf-8")

    assert said == f"{os.getpid()}\nsecond\n"
    assert (tmp_path / "lock").read_bytes() == b""


def test_deleted_while_free(tmp_path: Path) -> None:
    """The folder of workings may be emptied at any time."""
    with build_lock(tmp_path, "first"):
        pass
    (tmp_path / "lock").unlink()

    with build_lock(tmp_path, "second"):
        assert (tmp_path / "lock").exists()
