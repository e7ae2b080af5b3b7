"""The program on systems that lack what only POSIX has, imitated in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

POSIX_ONLY = ("fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty", "pty", "posix", "readline")
"""Modules that Python has on POSIX systems only."""

MASKED = f"""\
import sys
for name in {POSIX_ONLY}:
    if name != "posix":  # os itself is made of it here
        sys.modules[name] = None
"""

WINDOWS = f"""\
import asyncio, concurrent.futures.process, ctypes, logging.handlers, multiprocessing.popen_fork
import os, shutil, signal, socket, subprocess, sys, sysconfig, tempfile, types, webbrowser, zoneinfo
import babel.dates, click.shell_completion, dateutil.tz, jinja2, livereload, markdown, PIL.Image
import pydantic.main, tornado.httpserver, tornado.web, yaml
sysconfig.get_config_vars()
{MASKED}
for name in (
    "fork", "getuid", "geteuid", "getgid", "getpgid", "killpg", "register_at_fork", "sched_getaffinity",
    "setsid", "mkfifo", "chown", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "statvfs", "uname", "nice",
):
    if hasattr(os, name):
        delattr(os, name)
for name in ("setitimer", "SIGALRM", "SIGPROF", "SIGKILL", "SIGHUP", "ITIMER_PROF", "ITIMER_REAL"):
    if hasattr(signal, name):
        delattr(signal, name)
multiprocessing.get_all_start_methods = lambda: ["spawn"]
os.cpu_count = lambda: 1  # how processes begin elsewhere cannot be imitated
msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_NBLCK, msvcrt.locking = 2, lambda descriptor, mode, count: None
sys.modules["msvcrt"] = msvcrt
sys.platform = "win32"
"""

EVERY_MODULE = """
import pkgutil, importlib, timeline_gen
for each in pkgutil.walk_packages(timeline_gen.__path__, "timeline_gen."):
    # __main__ runs the program; the workers of Dask load a library that need not be there.
    if not each.name.endswith(("__main__", ".dask_workers")):
        importlib.import_module(each.name)
"""

A_SITE = """
import os, sys
from timeline_gen.cli import main
for words in (
    ["--version"],
    ["date", "October 2019"],
    ["new", "site", "site", "--lang", "en"],
    ["check", "--site", "site"],
    ["build", "--site", "site", "--jobs", "1"],
    ["translations", "--site", "site"],
):
    try:
        main(words)
    except SystemExit as leaving:
        assert not leaving.code, (words, leaving.code)
assert os.path.exists("site/output/index.html")
"""


@pytest.mark.parametrize("system", [MASKED, WINDOWS], ids=["masked", "windows"])
def test_without_posix(tmp_path: Path, system: str) -> None:
    """Where a system has no modules of POSIX, every module can be loaded, and a site is made and built."""
    code = system + EVERY_MODULE + A_SITE

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode == 0, done.stderr
    assert "fault of timeline-gen" not in done.stderr
