"""Texts, values and names that must not harm: each is refused at its place, or comes out inert."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hostile.cases import Case, base, tried
from hostile.inert import findings
from hostile.texts import CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_text_does_no_harm(case: Case, tmp_path: Path) -> None:
    """Whatever an article, a setting or a theme holds, the build says what is wrong or makes a safe site."""
    root = base(tmp_path / "site")
    case.make(root)
    before = {path for path in tmp_path.rglob("*") if root not in path.parents}
    came = tried(root)
    assert {path for path in tmp_path.rglob("*") if root not in path.parents} == before
    if came.refusal:
        assert case.expect == "refused", came.refusal
    elif came.errors:
        assert case.expect != "harmless", came.errors
        if case.code:
            assert any(re.fullmatch(case.code, problem.code) for problem in came.errors), came.errors
    else:
        assert case.expect in {"harmless", "either"}, "nothing was said"
        assert came.problems or not case.noted, "nothing was said"
        assert findings(root / "output") == []
        if case.lacks:
            pages = ((page, page.read_text("utf-8")) for page in (root / "output").rglob("*.html"))
            assert [page for page, text in pages if re.search(case.lacks, text)] == []


def test_names_are_not_given_twice() -> None:
    """A case that fails is found by its name."""
    assert len({case.name for case in CASES}) == len(CASES)
