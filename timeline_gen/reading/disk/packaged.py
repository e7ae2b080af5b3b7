"""The themes that came with the program; apart from what reads them, which is slow to import."""

from __future__ import annotations

from pathlib import Path
from typing import Final

THEMES: Final = "themes"


def packaged_themes() -> Path:
    """Return the folder of the themes that came with the program: inside it, or next to it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / THEMES
    return inside if inside.is_dir() else package.parent / THEMES
