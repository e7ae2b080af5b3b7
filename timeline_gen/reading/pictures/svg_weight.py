"""How much a drawing draws once every reference to a part of it is followed.

Ten groups that each use the one before ten times are a few lines and ten thousand million elements.
"""

from __future__ import annotations

import re
from typing import Final

REFERENCE: Final = re.compile(r"url\(\"?#([^\")]+)")
"""A reference in a value that was written anew."""


class Weight:
    """Counts elements while a drawing is read: those of each part that has an id, and what it refers to."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts = [0]
        self._edges: list[list[int | str]] = [[]]
        self._parts: dict[str, int] = {}
        self._inside = [0]

    def begin(self, name: str, references: list[str]) -> None:
        """Count an element that begins; *name* is its id, or empty."""
        parent = self._inside[-1]
        part = parent
        # Of two elements with one id, references lead to the first.
        if name and name not in self._parts:
            part = self._parts[name] = len(self._counts)
            self._counts.append(0)
            self._edges.append([])
            self._edges[parent].append(part)
        self._counts[part] += 1
        self._edges[part] += references
        self._inside.append(part)

    def end(self) -> None:
        """Note that the innermost element ends."""
        self._inside.pop()

    def is_bounded(self) -> bool:
        """Return whether the whole drawing comes to no more elements than may be."""
        # A stack of its own: a chain of references may be as long as the drawing, and recursion would end.
        done: dict[int, int] = {}
        under_way: set[int] = set()
        todo = [0]
        while todo:
            part = todo[-1]
            below = self._below(part)
            missing = [child for child in below if child not in done and child not in under_way]
            if part not in under_way and missing:
                under_way.add(part)
                todo += missing
                continue
            todo.pop()
            if part not in done:
                # A part that refers to itself is not drawn again: browsers break such circles.
                total = self._counts[part] + sum(done.get(child, 0) for child in below)
                # Capped, as the sums may double with each part and have thousands of digits.
                done[part] = min(total, self._most + 1)
            under_way.discard(part)
        return done[0] <= self._most

    def _below(self, part: int) -> list[int]:
        found = (self._parts.get(edge) if isinstance(edge, str) else edge for edge in self._edges[part])
        return [number for number in found if number is not None]
