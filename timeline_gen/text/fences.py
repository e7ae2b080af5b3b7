"""Fenced blocks of code in a Markdown text (CommonMark 0.31.2, section 4.5) that begin with a line."""

from __future__ import annotations

import re
from typing import Final

_FENCE: Final = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")


def without_fenced(text: str) -> str:
    """Return *text* with a space for each character of its fenced code; lines stay.

    What a fence holds that is never closed is no code here: a text might be hidden behind it.
    """
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    opened, marks = -1, ""
    for number, line in enumerate(lines):
        if opened < 0:
            if found := _FENCE.match(line):
                opened, marks = number, found[1]
        elif line.startswith(marks) and not line.rstrip(" \t").strip(marks[0]):
            lines[opened : number + 1] = (" " * len(inside) for inside in lines[opened : number + 1])
            opened = -1
    return "\n".join(lines)
