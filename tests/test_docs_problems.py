"""The pages on problems: each code has one, its wrong example gives just that code, and its right one none.

Run as a script (``make docs``), this file writes anew what the program says of each wrong example, and the
pages of the documentation.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from explanation_kit import outcomes

from timeline_gen.checking.explanations import Explanation, explanation, facts, page_of, rendered_markdown
from timeline_gen.cli import program
from timeline_gen.cli.language import language_of
from timeline_gen.cli.listing import Listing
from timeline_gen.cli.reports.words import LEVELS
from timeline_gen.codes import CODES
from timeline_gen.errors import Problem

PAGES = Path(__file__).parents[1] / "docs" / "problems"
REPORTED = Path(__file__).parents[1] / "timeline_gen" / "checking" / "explanations" / "reported.json"


def shown() -> Iterator[Explanation]:
    """Yield the explanations whose examples can be run."""
    found = (explanation(code) for code in CODES)
    return (one for one in found if one and not one.unshown)


def in_words(problem: Problem) -> dict[str, str]:
    """Return what the program says of *problem*, without what depends on the size of a theme."""
    is_built = not str(problem.place).startswith(("content/", "site.yaml", "static/", "themes/", "words/"))
    return {
        "place": str(problem.place.path) if is_built else str(problem.place),
        "level": LEVELS[problem.level],
        "message": re.sub(r"\b\d+(?= (?:%|files?\b))", "…", problem.message),
        "hint": problem.hint,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the examples of this module are laid out, one after the other."""
    return tmp_path_factory.mktemp("examples")


@pytest.mark.parametrize("code", [one.code for one in shown()])
def test_examples(folder: Path, code: str) -> None:
    """The wrong example gives just its code, at its place with its hint; the right one gives nothing."""
    found = explanation(code)
    assert found is not None
    wrong, right = outcomes(found, folder)

    assert {one.code for one in wrong} - {found.companion} == {code}
    assert [f"{one.place}: {one.code}: {one.message}" for one in right] == []
    first = next(one for one in wrong if one.code == code)
    assert found.reported is not None
    said = {name: getattr(found.reported, name) for name in ("place", "level", "message", "hint")}
    assert said == in_words(first)


def test_every_code_is_explained() -> None:
    """Each code has a text of what happened and why it matters, and nearly all have examples that are run."""
    explained = [one for code in CODES if (one := explanation(code))]

    assert [one.code for one in explained] == list(CODES)
    assert [one.code for one in explained if min(len(one.what), len(one.why)) < 20] == []
    shown_ones = [one for one in explained if not one.unshown]
    assert [one.code for one in shown_ones if not (one.wrong.files and (one.right.files or one.mend))] == []
    assert sum(bool(one.unshown) for one in explained) < 20


def test_forty_are_in_arabic() -> None:
    """The commonest codes are explained in Arabic, too, whole."""
    arabic = [one.arabic for code in CODES if (one := explanation(code)) and one.arabic]

    assert len(arabic) >= 40
    assert all({"title", "what", "why"} <= one.keys() for one in arabic)
    assert all(re.search("[\u0621-\u064a]", text) for one in arabic for text in one.values())


def documents() -> Mapping[str, str]:
    """Return the pages of the documentation, by name."""
    found = {}
    for code in CODES:
        page = page_of(code)
        assert page is not None
        for lang in page.languages:
            own = page_of(code, lang)
            assert own is not None
            found[f"{code}.md" if lang == "en" else f"{code}.{lang}.md"] = rendered_markdown(own)
    return found


def test_documentation_is_current() -> None:
    """The pages say what the facts do; if not, run ``make docs`` and read the difference."""
    written = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}

    assert written == documents()


def explained(*arguments: str, colour: bool = False) -> str:
    """Return what ``explain`` prints."""
    return CliRunner().invoke(program, ["explain", *arguments], obj=Listing(), color=colour).output


def test_on_a_terminal() -> None:
    """A page is shown with its parts in order, in lines that can be read, in the language that is wanted."""
    english, arabic = explained("tg130", "--lang", "en"), explained("130", "--lang", "ar")

    assert english.startswith("TG130: a comment cuts off a text\n")
    parts = [
        "Why it matters",
        "Wrong",
        "    title: Berth #4 opens",
        "The program says:",
        "Right",
        "silence: [{code: TG130",
    ]
    places = [english.index(part) for part in parts]
    assert places == sorted(places)
    assert all(len(line) <= 88 for line in english.splitlines() if not line.startswith("    "))
    assert "\nلماذا يهمّ ذلك\n" in arabic
    assert "`\u2068#\u2069`" in arabic


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ar_QA.UTF-8"}, "ar"),
        ({"LANG": "ar_QA.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "arn_CL"}, "en"),
        ({"LC_MESSAGES": "ar", "LANG": "en_GB"}, "ar"),
    ],
)
def test_language(environment: Mapping[str, str], lang: str) -> None:
    """The language is that of the locale."""
    assert language_of(environment) == lang


@pytest.mark.parametrize("code", CODES)
def test_every_page_can_be_shown(code: str) -> None:
    """Each page can be drawn for a narrow terminal, and steers none."""
    for lang in ("en", "ar"):
        text = explained(code, "--lang", lang)
        assert text.startswith(f"{code}: ")
        assert not set(text) & set("\x1b\x0c\u202e")


def write() -> None:
    """Write anew what the program says of the examples, and the pages."""
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        for found in shown():
            wrong, _ = outcomes(found, Path(folder))
            said[found.code] = in_words(next(one for one in wrong if one.code == found.code))
    facts._reported_problems.cache_clear()
    REPORTED.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_pages() -> None:
    """Write the pages of the documentation."""
    for path in PAGES.glob("*.md"):
        path.unlink()
    for name, text in documents().items():
        (PAGES / name).write_text(text, "utf-8")


if __name__ == "__main__":
    if "--pages" not in sys.argv:
        write()
    write_pages()
