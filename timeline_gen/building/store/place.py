"""Where stat data of files were taken: they are worth nothing elsewhere."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def place_of(root: Path) -> tuple[str, str, int, int]:
    """Identify this machine and the folder *root*."""
    found = root.stat()
    return (platform.node(), os.path.realpath(root), found.st_dev, found.st_ino)
