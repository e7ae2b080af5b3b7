"""Files in ``content/`` that nothing reads, though their authors may think otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Problem
from timeline_gen.messages import say
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.site_paths import ARTICLES, CONTENT, DATA_FILES, EVENTS, MAP, PAGES
from timeline_gen.reading.table_rows import SUFFIXES as TABLES
from timeline_gen.text.suggestions import nearest

_SHEETS: Final = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tab", ".txt"})
"""Endings of tables that are not read."""
_ADDED: Final = frozenset({".txt", ".text", ".html", ".docx", ".rtf"})
"""Endings that editors put behind a name."""
_DOCUMENT: Final = re.compile(
    r"\.[a-z]{2,3}(-[a-z0-9]+)*\.(txt|text|html?|docx?|odt|rtf|rst|adoc|org|pages)", re.IGNORECASE
)
"""How a name ends that has a language, as those of texts have, and the ending of another kind of document."""


def map_problems(tables: Iterable[PurePosixPath], maps: Iterable[PurePosixPath]) -> Iterator[Problem]:
    """Yield a problem for each of the *maps* without a table, and for each of two *tables* of one name."""
    by_stem: dict[PurePosixPath, PurePosixPath] = {}
    for table in tables:
        first = by_stem.setdefault(table.with_suffix(""), table)
        if first is not table:
            diagnostics = Diagnostics(table)
            diagnostics.add(
                "TG140",
                say("a second table is called so: {name}", name=first.name),
                hint=say("rename one of the two"),
            )
            yield from diagnostics.problems
    for path in maps:
        stem = path.with_name(path.name.removesuffix(MAP))
        if stem not in by_stem:
            near = nearest(stem.name, (table.name for table in by_stem if table.parent == stem.parent))
            diagnostics = Diagnostics(path)
            hint = (
                say("did you mean {near}{map}?", near=near, map=MAP)
                if near
                else say("name it like its table: <table>{map}", map=MAP)
            )
            diagnostics.add("TG140", say("this map has no table"), hint=hint, level=Level.WARNING)
            yield from diagnostics.problems


def stray_problems(path: PurePosixPath) -> list[Problem]:
    """Return the problem that nothing reads the file *path*, if its author seems to expect otherwise."""
    diagnostics = Diagnostics(path)
    why = (_table_astray(path) if path.parts[:2] == EVENTS.parts else None) or _text_astray(path)
    if why:
        what, hint = why
        diagnostics.add(
            "TG112", say("nothing reads this file{what}", what=what), hint=hint, level=Level.WARNING
        )
    return diagnostics.problems


def _text_astray(path: PurePosixPath) -> tuple[str, str] | None:
    """Return why nothing reads the text or the data file *path*, and what to do; None where it is neither."""
    # Bridge.MD would be found on one machine and not on another: file systems differ about case.
    if path.suffix != ".md" and path.suffix.lower() in {".md", ".markdown", ".mdown"}:
        return say(": its ending must be .md"), say("name it {name}", name=path.with_suffix(".md").name)
    if path.suffix == ".md":
        return say(" where it lies"), say(
            "put it into {articles}, {events} or {pages}", articles=ARTICLES, events=EVENTS, pages=PAGES
        )
    if path.suffix in {".yaml", ".yml"}:
        near = nearest(path.with_suffix(".yaml").name, DATA_FILES)
        files = ", ".join(DATA_FILES)
        return "", say("did you mean '{content}/{near}'?", content=CONTENT, near=near) if near else say(
            "the files read are {files}", files=files
        )
    if ".md" in path.suffixes[:-1] and path.suffix.lower() in _ADDED:
        hint = say(
            "name it {stem}: some editors add {suffix} to a name and hide it",
            stem=path.stem,
            suffix=path.suffix,
        )
        return say(": its ending is {suffix}, not .md", suffix=path.suffix), hint
    if path.parent in {ARTICLES, PAGES} and _DOCUMENT.search(path.name):
        name = path.with_suffix(".md").name
        return say(": its ending is {suffix}, not .md", suffix=path.suffix), say(
            "save it as plain text named {name}, with a front matter", name=name
        )
    return None


def _table_astray(path: PurePosixPath) -> tuple[str, str] | None:
    """Return why nothing reads the table or the map *path*, and what to do; None where it is neither."""
    suffix = path.suffix.lower()
    if path.name.lower().endswith((".map.yml", ".map.yaml")) and not path.name.endswith(".map.yaml"):
        stem = path.name[: -len(".map") - len(suffix)]
        return say(": its name must end in .map.yaml"), say("name it {stem}.map.yaml", stem=stem)
    if suffix in TABLES and path.suffix not in TABLES:
        return say(": its ending must be {suffix}", suffix=suffix), say(
            "name it {name}", name=path.with_suffix(suffix).name
        )
    if suffix in _SHEETS and ".md" not in path.suffixes:
        hint = say("save it as .xlsx or as 'CSV UTF-8'")
        return "", say(
            "{hint}; name a text {stem}.md", hint=hint, stem=path.stem
        ) if suffix == ".txt" else hint
    return None
