"""A content file's two halves: the front matter between two lines of ``---``, and the body after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import decode

_OPENING: Final = re.compile(r"---[ \t]*\n")
_OTHER_FORMS: Final = (("+++", "TOML (+++)"), (";;;", "JSON (;;;)"), ("{", "JSON"))
"""How front matter of other generators begins."""
_CLOSING: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Halves:
    """The two halves of one file, each with the line of the file on which it begins."""

    matter: str
    body: str
    body_line: int
    matter_line: int = 2


def split(source: Source) -> tuple[Halves | None, tuple[Problem, ...]]:
    """Split *source* into front matter and body; None where there is no front matter to be found."""
    text, problems = decode(source)
    if text is None:
        return None, problems
    opening = _OPENING.match(text)
    if not opening:
        return None, (*problems, _missing(text, source.path))
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        message = say("the front matter that begins here is not closed, so that there is no body")
        hint = say("put a line of '---' after the last key")
        return None, (*problems, Problem("TG105", message, Place(source.path), hint))
    matter = text[opening.end() : closing.start()]
    # There is a line of '---' before the matter and one behind it, and lines count from 1.
    body_line = matter.count("\n") + 3
    return Halves(matter, text[closing.end() + 1 :], body_line), problems


def _missing(text: str, path: PurePosixPath) -> Problem:
    """Describe what is found where front matter should begin."""
    hint = say("begin with a line of '---', then 'title: …', then a line of '---'")
    if form := next((form for start, form in _OTHER_FORMS if text.startswith(start)), ""):
        message = say(
            "the front matter is {form}, and here it must be YAML, between two lines of '---'", form=form
        )
        hint = say("write each key as 'key: value' between two lines of '---', such as 'title: …'")
        return Problem("TG104", message, Place(path), hint)
    blank = len(text) - len(text.lstrip())
    if blank and _OPENING.match(text.lstrip()):
        message = say("the front matter must begin on the first line, before any blank line or space")
        return Problem("TG104", message, Place(path), say("delete what is before '---'"))
    return Problem(
        "TG104", say("the file has no front matter: its first line is not '---'"), Place(path), hint
    )
