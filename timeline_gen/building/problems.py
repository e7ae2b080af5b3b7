"""The problems of a run, gathered from stage to stage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, TypeVar

from timeline_gen.building.silencing import Silencer
from timeline_gen.errors import ContentError, Level, Problem, Silenced
from timeline_gen.model.settings import Silence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is not read, or not wholly, because of what is wrong with it."""

    path: PurePosixPath
    text: str
    codes: frozenset[str] = frozenset()
    """The codes of what may seem wrong elsewhere because of it; none where that may be anything."""

    @property
    def slug(self) -> str:
        """Return the slug in the name of the file, of whatever ending."""
        return self.path.name.partition(".")[0]


_INHERITED: Final = frozenset({"TG502", "TG514", "TG515", "TG518", "TG519"})
"""Codes of what a version of an article lacks, where another version of it may have it."""


def _slug(problem: Problem) -> str:
    return problem.place.path.name.partition(".")[0]


_WORD: Final = re.compile(r"[\w-]+")


class _Causes:
    """What files that are not read may be the cause of."""

    def __init__(self, files: Iterable[Unread] = ()) -> None:
        self._files = tuple(files)
        self._by_slug: dict[str, Unread] = {}
        # To search every unread file for every problem would cost the product of the two.
        self._by_word: dict[str, list[Unread]] = {}
        self._by_name: dict[str, list[Unread]] = {}
        for file in self._files:
            if not file.codes:
                self._by_slug.setdefault(file.slug, file)
            for word in dict.fromkeys(_WORD.findall(file.text)):
                self._by_word.setdefault(word, []).append(file)

    def of(self, problem: Problem) -> Unread | None:
        """Return the file that may hold what *problem* reports as missing; None where that is a mistake."""
        path = problem.place.path
        found = self._by_slug.get(_slug(problem)) if problem.code in _INHERITED else None
        named = self._naming(problem.about) if self._files and problem.about else ()
        causes = (found, *named) if found else named
        fitting = (
            cause
            for cause in causes
            if cause.path != path and (not cause.codes or problem.code in cause.codes)
        )
        return next(fitting, None)

    def _naming(self, name: str) -> list[Unread]:
        """Return the files whose text has *name* as a whole word, or as words."""
        if _WORD.fullmatch(name):
            return self._by_word.get(name, [])
        if name not in self._by_name:
            self._by_name[name] = [file for file in self._files if name in file.text]
        return self._by_name[name]


class Problems:
    """The problems found so far, each once."""

    def __init__(self, *, strict: bool = False) -> None:
        self._found: dict[Problem, None] = {}
        self._causes = _Causes()
        self._silencer = Silencer()
        self._limit = Level.WARNING if strict else Level.ERROR

    def of(self, result: tuple[T, tuple[Problem, ...]]) -> T:
        """Return the value of a stage's *result*, and keep the problems that came with it."""
        value, problems = result
        for problem in problems:
            cause = self._causes.of(problem)
            if cause is None:
                self._found[problem] = None
            elif problem.level is Level.ERROR:
                self._weigh(cause.path)
        return value

    def unread(self, files: Iterable[Unread]) -> None:
        """Note the *files* that are not read: what seems missing may be in them."""
        self._causes = _Causes(files)

    def _weigh(self, path: PurePosixPath) -> None:
        """Make an error of what is wrong with the file *path*, because other files cannot do without it."""
        about = [problem for problem in self._found if problem.place.path == path]
        if any(problem.level is Level.ERROR for problem in about):
            return
        for problem in about:
            del self._found[problem]
            self._found[replace(problem, level=Level.ERROR)] = None

    @property
    def broken(self) -> bool:
        """Return whether an error is among them."""
        return any(problem.level is Level.ERROR for problem in self._found)

    def silence(self, entries: Iterable[Silence]) -> None:
        """Leave out what the *entries* of ``site.yaml`` silence."""
        self._silencer = Silencer(entries)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Return all that are not silenced, in reading order."""
        shown = (problem for problem in self._found if not self._silencer.reason(problem))
        return tuple(sorted(shown, key=lambda problem: problem.sort_key))

    @property
    def silenced(self) -> tuple[Silenced, ...]:
        """Return those that are silenced, in reading order."""
        found = sorted(self._found, key=lambda problem: problem.sort_key)
        return tuple(
            Silenced(problem, because) for problem in found if (because := self._silencer.reason(problem))
        )

    def idle_silence(self) -> tuple[Problem, ...]:
        """Return a note on each entry that silences nothing of all that was found."""
        return self._silencer.idle(self._found)

    def stop(self) -> None:
        """Raise ``ContentError`` with all of them if any weighs enough to keep the build from writing."""
        shown = self.all
        if any(problem.level >= self._limit for problem in shown):
            raise ContentError(shown)
