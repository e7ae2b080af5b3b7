"""What stat data of files are worth: where they were taken, and how exactly they tell time."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Final

CLOCK_RESOLUTION_NS: Final = 20_000_000
"""By so many nanoseconds the clock of a file system may lag behind; that of Linux ticks every 4 or 10 ms."""


def place_of(root: Path) -> tuple[str, str, int, int]:
    """Identify this machine and the folder *root*."""
    found = root.stat()
    return (platform.node(), os.path.realpath(root), found.st_dev, found.st_ino)
