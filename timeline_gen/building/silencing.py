"""What ``silence:`` in ``site.yaml`` keeps from being reported again.

Warnings and notes may be silenced. An error may not: it keeps the site from being built, or readers from
what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.settings import Silence

_SETTINGS: Final = PurePosixPath("site.yaml")
_OTHERS: Final = ("TG83", "TG84", "TG85", "TG86", "TG815", "TG816", "TG817", "TG818", "TG819")
"""How the codes begin that only publishing, or a look at other sites, finds.

A check does not know whether they are silenced in vain.
"""


class Silencer:
    """Matches problems with the entries of a site."""

    def __init__(self, entries: Iterable[Silence] = ()) -> None:
        self._by_code: dict[str, list[tuple[re.Pattern[str], Silence]]] = {}
        for entry in entries:
            self._by_code.setdefault(entry.code, []).append((path_pattern(entry.path), entry))

    def reason(self, problem: Problem) -> str:
        """Return why *problem* is silenced; empty where it is not."""
        if problem.level is Level.ERROR or problem.code not in self._by_code:
            return ""
        path = str(problem.place.path)
        entries = self._by_code[problem.code]
        return next((entry.because for pattern, entry in entries if pattern.fullmatch(path)), "")

    def idle(self, found: Collection[Problem]) -> tuple[Problem, ...]:
        """Return a note on each entry that none of the problems *found* needs."""
        entries = [
            each for code, pairs in self._by_code.items() if not code.startswith(_OTHERS) for each in pairs
        ]
        matching = [(entry, _matching(entry.code, pattern, found)) for pattern, entry in entries]
        return tuple(
            _idle(entry, problems)
            for entry, problems in matching
            if all(problem.level is Level.ERROR for problem in problems)
        )


def _matching(code: str, pattern: re.Pattern[str], found: Iterable[Problem]) -> list[Problem]:
    return [
        problem for problem in found if problem.code == code and pattern.fullmatch(str(problem.place.path))
    ]


def _idle(entry: Silence, errors: Collection[Problem]) -> Problem:
    message = say("this silences nothing: there is no {code} in {path}", code=entry.code, path=entry.path)
    hint = say("remove the entry, so that what comes later is heard")
    if errors:
        message = say(
            "this silences nothing: {code} is an error there, and errors cannot be silenced", code=entry.code
        )
        hint = say("mend what is wrong, then remove the entry")
    return Problem("TG317", message, Place(_SETTINGS, *entry.position), hint, Level.INFO)


def path_pattern(glob: str) -> re.Pattern[str]:
    """Return what matches the paths that *glob* stands for: ``*`` and ``?`` in one folder, ``**`` in all."""
    # Several signs for many folders in a row are one, and take no more time.
    plain = re.sub(r"\*{2,}", "**", re.sub(r"(?:\*{2,}/)+", "**/", glob.removeprefix("./").removeprefix("/")))
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", plain)
    return re.compile("".join(_SIGNS.get(part) or re.escape(part) for part in parts))


_SIGNS: Final = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
