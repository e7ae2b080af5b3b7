"""What the program imports is declared, what is declared is imported, and tests run with exact versions."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from test_architecture import DOORS

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = ROOT / ".ci" / "requirements.txt"
PROGRAMS = {"pagefind"}
"""Distributions that are run and not imported."""


def distribution(requirement: str) -> str:
    """Return the normalised name of the distribution that *requirement* asks for (PEP 503)."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def required() -> set[str]:
    """Return what the program cannot do without."""
    return {distribution(each) for each in PROJECT["project"]["dependencies"]}


def optional() -> set[str]:
    """Return what some commands ask for."""
    groups = PROJECT["project"]["optional-dependencies"].values()
    return {distribution(each) for group in groups for each in group}


def test_imports_are_declared() -> None:
    """No library is imported that only comes along with another, and none is required in vain."""
    providers = packages_distributions()
    imported = {distribution(providers[library][0]) for library in DOORS if library in providers}
    known = {distribution(name) for library in DOORS for name in providers.get(library, [])}

    assert len([library for library in DOORS if library in providers]) >= len(required())
    assert required() - known == set()
    # botocore is the part of boto3 that names its errors, sqlite3 a part of Python.
    assert imported - required() - optional() == {"botocore"}
    assert optional() - known - PROGRAMS == set()


def test_lock() -> None:
    """Everything that the tests need is there in one version with hashes, without an address."""
    text = LOCK.read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    names = {distribution(entry) for entry in entries}
    development = {distribution(each) for each in PROJECT["dependency-groups"]["dev"]}

    assert all(re.match(r"[a-z0-9-]+(?:\[[a-z,]+\])?==\S+", entry) for entry in entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert (required() | development | {"watchfiles"}) - names == set()
