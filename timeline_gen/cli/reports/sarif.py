"""Problems as a log of static analysis, SARIF 2.1.0 (OASIS), which code hosts and editors show.

Sections named here are those of the standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final, TypeAlias
from urllib.parse import quote

from timeline_gen import __version__
from timeline_gen.cli.reports.screen import other_place
from timeline_gen.codes import CODES
from timeline_gen.errors import Level, Place, Problem, Silenced

_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE: Final = "SRCROOT"

Data: TypeAlias = dict[str, object]
PathOf: TypeAlias = Callable[[PurePosixPath], str]
"""Gives a file's path in the repository."""


def as_sarif(
    problems: Iterable[Problem],
    path_of: PathOf,
    *,
    silenced: Iterable[Silenced] = (),
    helps: Mapping[str, str] | None = None,
) -> str:
    """Return *problems*, and those that the site has *silenced*, as one log with one run.

    *helps* has a text in Markdown for each code that may be explained.
    """
    shown, hushed = tuple(problems), tuple(silenced)
    codes = sorted({problem.code for problem in (*shown, *(entry.problem for entry in hushed))})
    results = [_result(problem, codes, path_of) for problem in shown]
    results += [
        _result(entry.problem, codes, path_of)
        # External, since it is decided in site.yaml and not at the place of the problem.
        | {"suppressions": [{"kind": "external", "status": "accepted", "justification": entry.because}]}
        for entry in hushed
    ]
    driver = {
        "name": "timeline-gen",
        "version": __version__,
        "rules": [_rule(code, (helps or {}).get(code, "")) for code in codes],
    }
    run: Data = {
        "tool": {"driver": driver},
        # Not UTF-16 code units, of which an emoji has two and a place of this program counts one.
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The root of the repository."}}},
        # Problems of the content are no failure of the tool (section 3.20).
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str, markdown: str) -> Data:
    """Return the reporting descriptor (section 3.49) of *code*."""
    meaning = f"{CODES[code][:1].upper()}{CODES[code][1:]}."
    more = f"timeline-gen explain {code}"
    help_text = {"text": f"{meaning} More: {more}"} | ({"markdown": markdown} if markdown else {})
    return {"id": code, "shortDescription": {"text": meaning}, "help": help_text}


def _result(problem: Problem, codes: Sequence[str], path_of: PathOf) -> Data:
    """Return the result (section 3.27) for *problem*, whose rule is at its place among *codes*."""
    hint = f"\nHint: {problem.hint}" if problem.hint else ""
    path = path_of(problem.place.path)
    result: Data = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": _LEVELS[problem.level],
        "message": {"text": _whole(problem.message + hint)},
        "locations": [{"physicalLocation": _physical(problem.place, path_of)}],
        # The line is left out: what is written above a problem does not make another one of it.
        "partialFingerprints": {"problem/v1": _digest(problem.code, path, problem.message)},
    }
    if problem.related:
        words = other_place(problem).removesuffix(" at")
        result["relatedLocations"] = [
            {"id": number, "message": {"text": words}, "physicalLocation": _physical(place, path_of)}
            for number, place in enumerate(problem.related)
        ]
    return result


def _physical(place: Place, path_of: PathOf) -> Data:
    """Return the physical location (section 3.29) of *place*."""
    return {
        "artifactLocation": {"uri": quote(_whole(path_of(place.path))), "uriBaseId": _BASE},
        "region": {"startLine": place.line, "startColumn": place.column},
    }


def _digest(*parts: str) -> str:
    return sha256("\0".join(map(_whole, parts)).encode()).hexdigest()[:32]


def _whole(text: str) -> str:
    """Return *text* without halves of characters, which no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()
