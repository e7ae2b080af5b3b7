"""Marks of Markdown that are not quite right are named at their place; what is right is left alone."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from timeline_gen.reading.prose.body import parse_body

SLIPS = {
    "See [x](event:built": "1:5",
    "See [x]() and [y]( ).": "1:5",
    "![x](bridge.png": "1:1",
    "[x][event:built]": "1:1",
    "(x)[event:built] and !(x)[bridge.png]": "1:1, 1:22",
    "[x(event:built)": "1:1",
    "As [event:built] shows.": "1:4",
    "[!NOTE] x": "1:1",
    "\u200f# عنوان": "1:1",
    "\u00a0- a\n\u00a0- b": "1:1",
    "** bold ** text": "1:1",
    "##Heading\n\n##Another": "1:1",
    "A **bold word.": "1:3",
    "It is ~~struck.": "1:7",
    "|a|b|\n|1|2|": "1:1",
    "|a|b|\n|--|\n|1|2|": "2:1",
    "- a\n-b": "2:1",
    "1.a\n2.b\n3.c": "1:1",
    "Then:\n١. أ\n٢. ب": "2:1",
    "• a\n• b": "1:1",
    "كتب:\n\n    كان المجلس قد خطط له.": "3:5",
    "\tThe council had planned it for years.": "1:2",
    "<!-- a\n\nb": "1:1",
}

RIGHT = """# A heading
- a
- b *c*
-5 degrees

1. a
2. b

2. 5 million
3.5 million

**bold** and ~~struck~~, 2**3, \\**, `**`, [a](b (c)), [a](https://x.org/A_(b)), [a](b "c"), [a][b], \\# x, #1

| a | b |
|---|:-:|
| 1 | \\| |

> [!NOTE]
> x

[b]: event:x
[a](https://x.org "a
title")

`make site` makes the folder, installs the program and begins to write all of its files there.

**`make`** and **`make test`** are bold, `a` - and `b` no list.

    print("x", y) # code
    if a: b

- item

    its second paragraph goes on here.

<!-- a comment -->

```
[x](event:y
```
"""


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_slips(engine: str) -> None:
    """Each slip is one warning at its place, whichever engine reads the text."""

    def said(text: str) -> str:
        _, problems = parse_body(text, first_line=1, path=PurePosixPath("a.md"), assets={}, engine=engine)
        found = [one for one in problems if one.code == "TG441"]
        return ", ".join(f"{one.place.line}:{one.place.column}" for one in found)

    assert {text: said(text) for text in SLIPS} == SLIPS
    assert said(RIGHT) == ""
    assert said("See the [guide][guide.md].\n\n[guide.md]: https://example.org/guide") == ""


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_a_picture_without_an_address(engine: str) -> None:
    """A picture without an address is named where it is, and its words are shown in its place."""
    body, problems = parse_body(
        "A ![tower & gate]() here.", first_line=1, path=PurePosixPath("a.md"), assets={}, engine=engine
    )

    (problem,) = problems
    assert (problem.code, str(problem.place)) == ("TG403", "a.md:1:3")
    assert body.html == "<p>A tower &amp; gate here.</p>"
