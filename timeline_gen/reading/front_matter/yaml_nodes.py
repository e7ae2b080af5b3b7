"""What YAML is read into: a tree in which every scalar is the text that was typed, with its place."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from timeline_gen.model.texts import Position


class YamlText(NamedTuple):
    """A scalar, as typed (a tuple: ten thousand articles have a million of them)."""

    value: str
    line: int
    column: int
    inner: int
    """How many columns after :attr:`column` the value begins, or -1 where it was folded or escaped."""

    def position(self, offset: int = 0) -> Position:
        """Return the position of the character at *offset* of the value; its start where unknown."""
        return (self.line, self.column + (self.inner + offset if self.inner >= 0 else 0))


class YamlList(NamedTuple):
    """A list, with the place where it begins."""

    items: tuple[YamlNode, ...]
    line: int
    column: int


class YamlMap(NamedTuple):
    """A mapping, with its position and those of its keys."""

    entries: dict[str, YamlNode]
    keys: dict[str, Position]
    line: int
    column: int


YamlNode: TypeAlias = YamlText | YamlList | YamlMap
