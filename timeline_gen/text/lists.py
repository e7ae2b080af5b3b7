"""Lists as a sentence has them: "Qatar, Turkey, and France", «قطر وتركيا وفرنسا»."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_gen.text import cldr


def join_list(items: Sequence[str], lang: str) -> str:
    """Join *items* with the commas and the "and" of the language *lang*."""
    if len(items) < 2:
        return "".join(items)
    patterns = cldr.list_patterns(lang)
    if len(items) == 2:
        return patterns["2"].format(*items)
    joined = patterns["start"].format(items[0], items[1])
    for item in items[2:-1]:
        joined = patterns["middle"].format(joined, item)
    return patterns["end"].format(joined, items[-1])
