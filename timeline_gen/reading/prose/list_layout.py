"""Lists as CommonMark lays them out, written as Python-Markdown reads them.

Python-Markdown wants a blank line before a list and four spaces for each level inside one. Authors, and
CommonMark (0.31, sections 5.2 and 5.3), want neither: a list may follow a paragraph at once, and what is
indented as far as an item's text belongs to the item. Only blank lines and indentation are changed here, so
that everything is still found in the source by its text.
"""

from __future__ import annotations

import re
from typing import Final

_ITEM: Final = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<space> +|$)")
_RULE: Final = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_LEVEL: Final = 4
"""Spaces by which Python-Markdown indents what belongs to an item."""
_MAYBE: Final = re.compile(r"^ *(?:[-*+]|\d{1,9}[.)])(?: |$)", re.MULTILINE)


def laid_out(text: str) -> str:
    """Return *text* with its lists laid out for Python-Markdown."""
    if not _MAYBE.search(text):
        return text
    layout = _ListLines()
    for line in text.split("\n"):
        layout.take(line)
    return "\n".join(layout.lines)


class _ListLines:
    """The lines laid out so far, and what is open after the last of them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._items: list[int] = []
        """The items that are open, each as the column from which its text is indented in the source."""
        self._fence = ""
        """The marks of the fence that is open."""
        self._text = False
        """Whether the last line is text that the next one may continue."""
        self._parted = False
        """Whether a blank line has come since the last item began."""

    def take(self, line: str) -> None:
        """Lay out the next *line*."""
        indent = len(line) - len(line.lstrip(" "))
        if self._fence:
            self._take_fenced(line, indent)
        elif indent == len(line):
            self._put("")
            self._parted = bool(self._items)
        elif self._is_lazy(line, indent):
            self._put(line, text=True)
        else:
            listed = bool(self._items)
            while self._items and indent < self._items[-1]:
                self._items.pop()
            self._take_block(line, indent, listed=listed)

    def _is_lazy(self, line: str, indent: int) -> bool:
        """Return whether *line* goes on with the paragraph before it, however little it is indented."""
        if not self._text or not self._items or indent >= self._items[-1]:
            return False
        begins = _ITEM.match(line) or _RULE.match(line) or _FENCE.match(line)
        return not begins and not line.lstrip().startswith(("#", ">"))

    def _take_block(self, line: str, indent: int, *, listed: bool) -> None:
        """Lay out *line*, which begins or continues a block; *listed* is whether a list was open before."""
        outer = self._items[-1] if self._items else 0
        # Four spaces more than its surroundings make a line code (CommonMark 0.31, 4.4).
        item = _ITEM.match(line) if indent - outer < _LEVEL else None
        # "* * *" is a line across the page and no item (CommonMark 0.31, 4.1).
        if item and not _RULE.match(line[outer:]) and (listed or not self._text or _interrupts(item)):
            self._begin(item, line[item.end() :], after_text=self._text and not listed)
        elif (fence := _FENCE.match(line[outer:])) and indent - outer < _LEVEL:
            self._fence = fence[1]
            self._put("" if self._items else line)
        else:
            self._put(" " * (_LEVEL * len(self._items)) + line[outer:], text=True)

    def _begin(self, item: re.Match[str], rest: str, *, after_text: bool) -> None:
        """Begin *item*, whose text is *rest*; *after_text* where it follows a paragraph outside of a list."""
        # An item that goes on after a blank line would take in the next one, too.
        if after_text or (self._parted and self.lines[-1]):
            self._put("")
        space = len(item["space"])
        # Python-Markdown does not read "1)".
        mark = f"{' ' * (_LEVEL * len(self._items))}{item['mark'].replace(')', '.')}"
        # Behind a mark up to four spaces are layout; of more, all but the first are code (CommonMark, 5.2).
        self._items.append(item.end("mark") + (space if 0 < space <= _LEVEL else 1))
        self._put(f"{mark} {rest}", text=bool(rest))
        self._parted = False

    def _take_fenced(self, line: str, indent: int) -> None:
        """Lay out *line*, which is code; inside an item code is indented, as no fence is read there."""
        code = line[min(self._items[-1], indent) :] if self._items else line
        closes = code.strip(" ").startswith(self._fence) and not code.strip(" ").strip(self._fence[0])
        if closes:
            self._fence = ""
        if not self._items:
            self._put(line)
        else:
            self._put("" if closes else " " * (_LEVEL * (len(self._items) + 1)) + code)

    def _put(self, line: str, *, text: bool = False) -> None:
        self.lines.append(line)
        self._text = text


def _interrupts(item: re.Match[str]) -> bool:
    """Return whether *item* may follow a paragraph at once: no empty one may, and of numbers only 1."""
    return bool(item["space"]) and (item["mark"] in {"-", "*", "+"} or item["mark"][:-1] == "1")
