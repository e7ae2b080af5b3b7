"""Texts in several languages, and positions in the files that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Position: TypeAlias = tuple[int, int]
"""A line and a column in a file that the context names; both count from 1."""

Texts: TypeAlias = Mapping[str, str]
"""One text in several languages, by language code."""
