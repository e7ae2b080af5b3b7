"""Headings, footnotes, and attributes in braces (``{: #id .class name=value}``) of a text being written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

PARAGRAPH_END: Final = "</p>\n"


@dataclass(slots=True)
class HeadingTag:
    """A heading whose level and id are known at the end only."""

    pieces: list[str]
    """Where it is written."""
    place: int
    """The index of its opening tag among the pieces."""
    level: int
    end: int = 0
    """The index of its closing tag."""
    words: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Footnote:
    """A footnote, and how often the text refers to it."""

    label: str
    number: int = 0
    calls: int = 0
    pieces: list[str] = field(default_factory=list)


def footnote_html(note: Footnote) -> Iterator[str]:
    """Yield the pieces of *note*, with the links back to where it was called."""
    own = escape(note.label)
    names = ("fnref", *(f"fnref{number}" for number in range(2, note.calls + 1)))
    back = "".join(f'<a class="footnote-backref" href="#{name}:{own}">&#8617;</a>' for name in names)
    text = "".join(note.pieces)
    # A no-break space keeps the arrow on the line of the last word.
    start = f"{text.removesuffix(PARAGRAPH_END)}&#160;" if text.endswith(PARAGRAPH_END) else f"{text}<p>"
    yield f'<li id="fn:{own}">\n{start}{back}{PARAGRAPH_END}</li>\n'


ATTRIBUTE_LIST: Final = re.compile(r"\{:?([^{}\n]+)\}")
# Without the look-behind the search begins at each of a row of spaces: 10,000 take a quarter of a second.
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
    """Return the attributes that *text*, from between braces, lists."""
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
