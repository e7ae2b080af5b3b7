"""Which problems have just one fix, and what their files are with it.

Fixed are: a key or an id with one slip of the finger that is like no other known name, and keys of other
programs that have a counterpart here; text that a ``#`` cut off; a file's name that lacks the language, where
only one can be meant; and a former name of what was renamed. Everything else has more fixes than one.

A file is left as it is where its front matter would have more problems afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Final

from timeline_gen.building.scan import LOST
from timeline_gen.checking.fixing.edits import Edit, applied, edit_of
from timeline_gen.checking.fixing.files import FixedFile
from timeline_gen.checking.fixing.names import alias_edit, language_of
from timeline_gen.errors import Problem
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.halves import split
from timeline_gen.reading.front_matter.matter import read_map
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode

_READ: Final = frozenset({".md", ".yaml"})
_MOST: Final = 1024 * 1024
"""Bytes of a file that is fixed."""


def fixed_files(root: Path, problems: Iterable[Problem], langs: Collection[str]) -> tuple[FixedFile, ...]:
    """Return the files of the site in *root* in which one of *problems* has just one fix.

    *langs* are the languages of the site.
    """
    by_path: dict[PurePosixPath, list[Problem]] = {}
    for problem in problems:
        if problem.place.path.suffix in _READ:
            by_path.setdefault(problem.place.path, []).append(problem)
    lost = Counter(
        problem.place.path for in_file in by_path.values() for problem in in_file if problem.code == LOST
    )
    # Two former names in one file would be two lines of aliases, a key that may be there only once.
    found = (
        _fixed(root, path, in_file, langs, is_renamed=lost[path] == 1) for path, in_file in by_path.items()
    )
    return tuple(fix for fix in found if fix)


def _fixed(
    root: Path, path: PurePosixPath, problems: list[Problem], langs: Collection[str], *, is_renamed: bool
) -> FixedFile | None:
    before = _read(root, path)
    if before is None:
        return None
    text = before.decode()
    edits = {edit for problem in problems if (edit := edit_of(problem, text))}
    if is_renamed:
        edits |= {edit for problem in problems if (edit := alias_edit(problem, text))}
    edits = set(_without_twins(edits, path, before))
    after = applied(text, edits).encode()
    if edits and not _is_sound(path, before, after):
        after, edits = before, set()
    new_path = next((new for problem in problems if (new := language_of(problem, root, text, langs))), path)
    count = len(edits) + (new_path != path)
    return FixedFile(path, before, after, new_path, count) if count else None


def _read(root: Path, path: PurePosixPath) -> bytes | None:
    """Return what is in the file *path*; None where it is not to be written."""
    file = root / path
    try:
        status = file.lstat()
        if path.is_absolute() or ".." in path.parts or not S_ISREG(status.st_mode) or status.st_size > _MOST:
            return None
        data = file.read_bytes()
        data.decode()
    except (OSError, ValueError):
        return None
    return data


def _without_twins(edits: Iterable[Edit], path: PurePosixPath, data: bytes) -> Iterator[Edit]:
    """Yield *edits*, but for those that would give a mapping a key that it has, or gets twice."""
    maps = [(number, each.keys) for number, each in enumerate(_maps(path, data))]
    keys = {spot: (number, there) for number, there in maps for spot in there.values()}
    gained: Counter[tuple[int, str]] = Counter()
    for edit in edits:
        if edit.is_key and edit.spot in keys:
            gained[keys[edit.spot][0], edit.new] += 1
    for edit in edits:
        number, there = keys.get(edit.spot, (-1, {}))
        if not edit.is_key or (edit.new not in there and gained[number, edit.new] < 2):
            yield edit


def _is_sound(path: PurePosixPath, before: bytes, after: bytes) -> bool:
    """Return whether the YAML of *path* has no more problems *after* than *before*."""
    return not _complaints(path, after) - _complaints(path, before)


def _complaints(path: PurePosixPath, data: bytes) -> Counter[str]:
    notes = Diagnostics(path)
    _tree(path, data, notes)
    return Counter(problem.code for problem in notes.problems)


def _maps(path: PurePosixPath, data: bytes) -> Iterator[YamlMap]:
    tree = _tree(path, data, Diagnostics(path))
    return _inside(tree) if tree else iter(())


def _tree(path: PurePosixPath, data: bytes, notes: Diagnostics) -> YamlMap | None:
    """Return the YAML in *data*, the file *path*."""
    if path.suffix == ".yaml":
        return read_map(data.decode("utf-8-sig"), notes)
    halves, problems = split(Source(path, data))
    notes.problems += problems
    return read_map(halves.matter, notes, first_line=halves.matter_line) if halves else None


def _inside(node: YamlNode) -> Iterator[YamlMap]:
    """Yield all mappings in *node*, itself included."""
    if isinstance(node, YamlMap):
        yield node
        for each in node.entries.values():
            yield from _inside(each)
    elif isinstance(node, YamlList):
        for each in node.items:
            yield from _inside(each)
