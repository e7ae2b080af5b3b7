"""What holds of every report of problems, whatever they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path, PurePosixPath

import jsonschema

from timeline_gen.cli.reports.github import as_commands
from timeline_gen.cli.reports.sarif import as_sarif
from timeline_gen.errors import Problem

SCHEMA = Path(__file__).parent / "data" / "sarif" / "sarif-2.1.0.json"
LEVELS = ("error", "warning", "notice")
MOST = 10
"""Annotations of one level that a step of GitHub Actions shows."""


@cache
def validator() -> jsonschema.Draft4Validator:
    """Return what holds a log against the schema of SARIF."""
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))


def check_reports(problems: Sequence[Problem]) -> None:
    """Assert that each of *problems* is in a valid log of SARIF, and in GitHub's form within its limits."""
    log = json.loads(as_sarif(problems, str))
    results = log["runs"][0]["results"]
    lines = list(as_commands(problems, str))

    assert list(validator().iter_errors(log)) == []
    assert [result["ruleId"] for result in results] == [problem.code for problem in problems]
    said = [result["message"]["text"] for result in results]
    assert all(problem.message in text for problem, text in zip(problems, said, strict=True))
    annotated = [line for line in lines if line.startswith(tuple(f"::{level} " for level in LEVELS))]
    assert all(sum(line.startswith(f"::{level} ") for line in annotated) <= MOST for level in LEVELS)
    assert len(annotated) + sum(line.startswith("- ") for line in lines) == len(problems)


def in_repository(path: PurePosixPath) -> str:
    """Return *path* in a repository whose folder of the site is ``site``."""
    return f"site/{path}"
