r"""The facts about codes, as the TOML files next to this module have them, and the forms that they take.

``tg1.toml`` has the codes TG1xx, and so on; ``ar.toml`` has the same texts in Arabic. Examples are files one
after the other, each below a line ``-- path --``. Behind the path may be how the file comes about, such as
``(removed)``, ``(link)``, ``(utf-16)``, ``(picture 40 30)``, ``(repeat 99)``, ``(… is 99 items)``; the
tests make such files. Escapes such as ``\x0c`` are characters of the file. What the program reports of the
wrong example is in ``reported.json``, which a test writes.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from timeline_gen.codes import CODES

_FOLDER: Final = Path(__file__).parent
_HEAD: Final = re.compile(r"^-- (?P<path>.+?)(?: \((?P<how>[^)]*)\))? --\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A file of an example."""

    path: str
    text: str
    how: str = ""
    """How it comes about where it is not simply its text."""


@dataclass(frozen=True, slots=True)
class Example:
    """Files that are laid over a small site."""

    files: tuple[ExampleFile, ...]


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """What the program reports of the wrong example."""

    place: str
    level: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of a code."""

    code: str
    what: str
    """What happened; Markdown, paragraphs with blank lines between them."""
    why: str
    """Why it matters."""
    wrong: Example
    right: Example
    """Laid over the wrong one."""
    before: Example
    """A site that is built first; no files where that does not matter."""
    run: str
    """What finds the problem: ``check``, ``build`` or ``publish``."""
    built: str
    """How the site was built before it is published: ``drafts``, ``url``, ``now`` or ``nothing``."""
    mend: str
    """What to do, where that is no change of a file."""
    companion: str
    """The code of what always comes with it; empty for nothing."""
    unshown: str
    """Why the example cannot be run everywhere; empty where it can."""
    reported: ReportedProblem | None
    """None where the example cannot be run."""
    arabic: Mapping[str, str]
    """The meaning, what happened and why it matters, in Arabic: ``title``, ``what``, ``why``; or nothing."""

    @property
    def title(self) -> str:
        """Return the line with the meaning of the code."""
        return CODES[self.code]


def explanation(code: str) -> Explanation | None:
    """Return what is known of *code*; None where nothing is, beyond what it means."""
    found = _table(f"{code[:3].lower()}.toml").get(code)
    if found is None:
        return None
    reported = _reported_problems().get(code)
    return Explanation(
        code=code,
        what=found["what"],
        why=found["why"],
        wrong=parse_example(found.get("wrong", "")),
        right=parse_example(found.get("right", "")),
        before=parse_example(found.get("before", "")),
        run=found.get("run", "check"),
        built=found.get("built", ""),
        mend=found.get("mend", ""),
        companion=found.get("with", ""),
        unshown=found.get("unshown", ""),
        reported=ReportedProblem(**reported) if reported else None,
        arabic=_table("ar.toml").get(code, {}),
    )


def parse_example(text: str) -> Example:
    """Return the files in *text*, an example."""
    return Example(tuple(_files(text)))


def _files(text: str) -> Iterator[ExampleFile]:
    heads = list(_HEAD.finditer(text))
    ends = (*(head.start() for head in heads[1:]), len(text))
    for head, end in zip(heads, ends[: len(heads)], strict=True):
        yield ExampleFile(head["path"], text[head.end() : end], head["how"] or "")


@cache
def _table(name: str) -> Mapping[str, Mapping[str, str]]:
    path = _FOLDER / name
    return MappingProxyType(tomllib.loads(path.read_text("utf-8")) if path.exists() else {})


@cache
def _reported_problems() -> Mapping[str, Mapping[str, str]]:
    path = _FOLDER / "reported.json"
    return MappingProxyType(json.loads(path.read_text("utf-8")) if path.exists() else {})
