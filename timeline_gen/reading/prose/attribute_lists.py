"""Attributes in braces, ``{: #id .class name=value}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

ATTRIBUTE_LIST: Final = re.compile(r"\{:?([^{}\n]+)\}")
LAST_ATTRIBUTE_LIST: Final = re.compile(r"(?<! )[ ]*\{:?([^{}\n]+)\}[ ]*$")
_ATTRIBUTE: Final = re.compile(
    r"""
    [#] (?P<id> [^\s}]+ )
    | [.] (?P<class> [^\s}]+ )
    | (?<! [\w:.-] ) (?P<name> [A-Za-z_:][\w:.-]* )
      = (?: "(?P<quoted> [^"]* )" | '(?P<single> [^']* )' | (?P<bare> [^\s}]+ ) )
    """,
    re.VERBOSE,
)


def listed_attributes(text: str) -> dict[str, str]:
    """Return the attributes that *text*, what stands between braces, lists."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        if match["class"]:
            found["class"] = f"{found['class']} {match['class']}" if "class" in found else match["class"]
        elif match["id"]:
            found["id"] = match["id"]
        else:
            found[match["name"]] = match["quoted"] or match["single"] or match["bare"] or ""
    return found


def written_attributes(attributes: Mapping[str, str]) -> str:
    """Return *attributes* as they are written in a tag, escaped."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
