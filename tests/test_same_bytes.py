"""The same content gives the same bytes: on any day, in any time zone and locale, from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from timeline_gen.keys import content_hash

ROOT = Path(__file__).parents[1]

# A process whose clock stands elsewhere: what asks for the time or for today gets another answer.
PROGRAM = """
import datetime, sys, time
moment = float(sys.argv.pop(1))
time.time = lambda: moment
time.time_ns = lambda: int(moment * 1e9)

class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(moment)

class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(moment, tz)

datetime.date, datetime.datetime = Day, Moment
from timeline_gen.cli import main
main()
"""


def built(folder: Path, moment: str, jobs: str, **surroundings: str) -> dict[str, str]:
    """Return the hash of each file of the sample, built in *folder* at *moment* in *surroundings*."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.yaml", folder)
    subprocess.run(
        [sys.executable, "-c", PROGRAM, moment, "build", "-q", "--jobs", jobs, "--site", str(folder)],
        check=True,
        cwd=folder if jobs == "1" else "/",
        env={**os.environ, **surroundings},
    )
    output = folder / "output"
    return {
        path.relative_to(output).as_posix(): content_hash(path.read_bytes())
        for path in output.rglob("*")
        if path.is_file()
    }


def test_two_clocks_and_locales(tmp_path: Path) -> None:
    """No reading and no page depends on today, the time zone, the locale, the hash seed or the processes."""
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()

    one = built(tmp_path / "one", "1000000000", "1", TZ="Etc/GMT+12", LC_ALL="C", PYTHONHASHSEED="1")
    other = built(
        tmp_path / "other", "1900000000", "2", TZ="Etc/GMT-14", LC_ALL="C.UTF-8", PYTHONHASHSEED="7"
    )

    assert one == other
    assert len(one) > 100
