"""Names of files and former names: the language that only one file's name can lack, and the alias to add."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Final
from unicodedata import bidirectional

from timeline_gen.checking.fixing.edits import Edit, part_of
from timeline_gen.errors import Problem
from timeline_gen.text.languages import direction

_TITLE: Final = re.compile(r"^title:.*$", re.MULTILINE)
_ALIASES: Final = re.compile(r"^aliases:.*$", re.MULTILINE)
_SLUG: Final = re.compile(r"[\w-]+")


def language_of(problem: Problem, root: Path, text: str, langs: Collection[str]) -> PurePosixPath | None:
    """Return the path that the file of *problem*, whose name lacks its language, must have.

    That is the one of *langs* that no file next to it has, and that is written in the direction of *text*;
    None where several languages remain.
    """
    if problem.code != "TG109":
        return None
    path = problem.place.path
    names = {lang: path.with_name(f"{path.stem}.{lang}{path.suffix}") for lang in langs}
    free = {lang: new for lang, new in names.items() if not (root / new).exists()}
    if len(langs) > 1:
        free = {lang: new for lang, new in free.items() if direction(lang) == _direction(text)}
    return next(iter(free.values())) if len(free) == 1 else None


def _direction(text: str) -> str:
    """Return the direction that most letters of *text* have."""
    kinds = [bidirectional(letter) for letter in text if letter.isalpha()]
    right = sum(kind in {"R", "AL"} for kind in kinds)
    # The keys of the front matter are in Latin letters.
    return "rtl" if right > len(kinds) / 3 else "ltr"


def alias_edit(problem: Problem, text: str) -> Edit | None:
    """Return the edit that adds the former name in *problem* to the *text* of what was renamed."""
    place, former = problem.place, part_of(problem.hint, "name")
    if problem.code != "TG603" or place.path.suffix != ".md" or (place.line, place.column) != _START:
        return None
    title = _TITLE.search(text)
    if not _SLUG.fullmatch(former) or not title or _ALIASES.search(text):
        return None
    end = "\r\n" if title[0].endswith("\r") else "\n"
    return Edit((text.count("\n", 0, title.start()) + 2, 1), "", f"aliases: [{former}]{end}")


_START: Final = (1, 1)
