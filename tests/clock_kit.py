"""How far the clock of a file system may lag behind, as far as the tests are concerned: not at all.

The program waits until no file can change within the tick in which it was looked at, 20 ms before nearly
each build. Tests edit files between builds, and a build takes longer than a tick; those that edit without
a trace take the fixture ``ticking`` of ``conftest.py``, with which all is as ever.
"""

from __future__ import annotations

from typing import Final

from timeline_gen.building import scan
from timeline_gen.building.store import files
from timeline_gen.writing import disk, manifest

NAME: Final = "CLOCK_RESOLUTION_NS"
REAL: Final = disk.CLOCK_RESOLUTION_NS


def set_clock_resolution(nanoseconds: int) -> None:
    """Let files be trusted once they are so old."""
    for module in (scan, files, manifest):
        assert NAME in vars(module)
        vars(module)[NAME] = nanoseconds
