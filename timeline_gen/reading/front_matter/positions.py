"""The positions of the values of a mapping, in little memory: a site has tens of thousands of such mappings.

A dictionary of them takes ten times the memory, and nearly all are only kept for the day when something is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from timeline_gen.model.texts import Position

_KEY, _VALUE = "\x1e", "\x1f"
"""What is before a key, and between it and its value. A key that holds one of them has no position."""


class Positions(Mapping[str, Position]):
    """Lines and columns by key, as one text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def of(cls, positions: Mapping[str, Position]) -> Self:
        """Return *positions* as one text."""
        keys = (key for key in positions if _KEY not in key and _VALUE not in key)
        return cls("".join(f"{_KEY}{key}{_VALUE}{positions[key][0]} {positions[key][1]}" for key in keys))

    def __getitem__(self, key: str) -> Position:
        if _KEY in key or _VALUE in key:
            raise KeyError(key)
        _, found, rest = self._text.partition(f"{_KEY}{key}{_VALUE}")
        if not found:
            raise KeyError(key)
        line, column = rest.partition(_KEY)[0].split()
        return int(line), int(column)

    def __iter__(self) -> Iterator[str]:
        return (part.partition(_VALUE)[0] for part in self._text.split(_KEY)[1:])

    def __len__(self) -> int:
        return self._text.count(_KEY)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Positions):
            return self._text == other._text
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]  # as a dictionary has none

    def __repr__(self) -> str:
        return f"Positions({self._text!r})"

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self._text,)
