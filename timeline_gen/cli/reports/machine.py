"""Problems as data of this program: a list in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from timeline_gen.cli.reports.words import LEVELS, visible
from timeline_gen.errors import Problem


def as_json(problems: Iterable[Problem]) -> str:
    """Return *problems* as a list in JSON."""
    return json.dumps([as_data(problem) for problem in problems], ensure_ascii=False, indent=2)


def as_data(problem: Problem) -> dict[str, object]:
    """Return *problem* as it is written in JSON."""
    return {
        "path": visible(str(problem.place.path)),
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "level": LEVELS[problem.level],
        "message": problem.message,
        "hint": problem.hint,
        "related": [visible(str(place)) for place in problem.related],
    }
