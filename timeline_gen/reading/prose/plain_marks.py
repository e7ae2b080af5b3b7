"""Marks that readers of Markdown know from GitHub and that the engines leave to us: bare addresses and tasks.

Rules: GitHub Flavored Markdown 0.29, sections 5.3 (task list items) and 6.9 (autolinks).
"""

from __future__ import annotations

import re
from typing import Final

# \x02 and \x03 enclose what Python-Markdown keeps for later, such as raw HTML: no address goes across.
BARE_ADDRESS: Final = re.compile(r"(?<![\w/@.=\x03])https?://[^\s<>\x02\x03\"`|\\^{}«»]+")
"""A web address in running text; :func:`without_trailing_signs` cuts its end."""
TASK: Final = re.compile(r"\[([ xX])\] (?=\S)")
"""What an item of a list of tasks begins with."""
BOXES: Final = {" ": "\u2610", "x": "\u2611"}
"""How a task that is open, and one that is done, are shown."""

_TRAILING: Final = frozenset("?!.,:;*_~'…،؛؟)]”’")


def without_trailing_signs(address: str) -> str:
    """Return *address* without the signs that belong to the sentence around it."""
    end = len(address)
    while end and address[end - 1] in _TRAILING:
        sign = address[end - 1]
        # A bracket that the address itself opens belongs to it: …/Canal_(film).
        if sign == ")" and address.count("(", 0, end) >= address.count(")", 0, end):
            break
        if sign == "]" and address.count("[", 0, end) >= address.count("]", 0, end):
            break
        end -= 1
    return address[:end]
