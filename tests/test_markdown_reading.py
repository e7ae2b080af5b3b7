"""Markdown does what its readers expect, in both engines; what it does not do is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.reading.prose import commonmark, markup
from timeline_gen.reading.prose.body import parse_body
from timeline_gen.reading.prose.directions import directed
from timeline_gen.reading.prose.heading_ids import HeadingIds, heading_id, own_id
from timeline_gen.reading.prose.list_layout import laid_out

DATA = Path(__file__).parent / "data"
THEMES = Path(__file__).parents[1] / "themes"


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table; a new line is written as two signs there."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [[cell.replace("\\n", "\n") for cell in line.split("\t")] for line in lines if line[:2] != "# "]


def joined(html: str) -> str:
    """Return *html* without the new lines between tags; one inside a text is a space."""
    if "<pre>" in html:
        return html
    return re.sub(r"(?<=>)\n|\n(?=<)", "", html).replace("\n", " ")


@pytest.mark.parametrize("engine", [markup, commonmark], ids=["markdown", "commonmark"])
@pytest.mark.parametrize(("text", "html"), rows("markdown_layout.tsv"))
def test_both_engines(text: str, html: str, engine: object) -> None:
    """Lists, tasks, struck text and bare addresses come out alike, whichever engine reads them."""
    made = joined(engine.convert(text).html)  # type: ignore[attr-defined]

    assert made.replace('id="h"', 'id="h"') == html


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("-*1. \n`~>#a"), max_size=60))
def test_lists_keep_every_word(text: str) -> None:
    """Laying lists out changes white space, the sign after a number and the fences of code alone."""
    ignored = re.compile(r"[\s`~)]|(?<=\d)\.")

    assert ignored.sub("", laid_out(text)) == ignored.sub("", text)


@pytest.mark.parametrize(("words", "found"), rows("heading_ids.tsv"))
def test_heading_ids(words: str, found: str) -> None:
    """A heading has the id that GitHub gives it, with marks and joiners kept."""
    assert heading_id(words) == found


def test_equal_headings() -> None:
    """The second heading of a name gets a number, whatever else has that id."""
    ids = HeadingIds(["a-1"])

    assert [ids.of("A"), ids.of("A"), ids.of("A"), ids.of("B")] == ["a", "a-2", "a-3", "b"]


def ids_of_themes() -> Iterator[str]:
    """Yield each id that a template of the themes gives, with any value put in."""
    for path in sorted(THEMES.glob("*/templates/**/*.html")):
        for found in re.finditer(r'\bid="([^"]*)"', path.read_text("utf-8")):
            yield re.sub(r"\{\{.*?\}\}", "y2019", found[1])


@pytest.mark.parametrize("name", sorted(set(ids_of_themes())))
def test_ids_of_pages(name: str) -> None:
    """No id that a page has for itself can be taken by a text on it."""
    assert own_id(name) == f"text-{name}"


def test_ids_without_prefix() -> None:
    """An id that nobody else has is the author's own."""
    body, _ = parse_body(
        "# One\n\n# Events\n\n[a](#events)", first_line=1, path=PurePosixPath("a"), assets={}
    )

    assert 'id="one"' in body.html
    assert 'id="text-events"' in body.html
    assert 'href="#text-events"' in body.html


@pytest.mark.parametrize(("text", "said"), rows("foreign_marks.tsv"))
def test_marks_of_other_programs(text: str, said: str) -> None:
    """A mark that readers would see as it is typed is named at its place; the same in code is not."""
    _, problems = parse_body(text, first_line=1, path=PurePosixPath("a.md"), assets={})

    found = [f"{one.place.line}:{one.place.column} {one.code}" for one in problems]
    assert ", ".join(found) == said


@pytest.mark.parametrize(("direction", "html", "found"), rows("directions.tsv"))
def test_directions(direction: str, html: str, found: str) -> None:
    """A block in the other script gets its direction, and a run of it is isolated with its signs."""
    assert directed(html, direction) == found
    assert directed(found, direction) == found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a ", "ب ", "3 ", "<em>", "</em>", "<p>", "</p>", "(", ")", "&amp;", "<br>", "<code>", "</code>"]
        )
    ),
    st.sampled_from(["ltr", "rtl"]),
)
def test_any_markup(pieces: list[str], direction: str) -> None:
    """Whatever the markup is, no word of it is lost, and what is put around is whole."""
    html = "".join(pieces)

    made = directed(html, direction)

    assert re.sub(r"</?bdi>| dir=\"\w+\"", "", made) == html
    assert made.count("<bdi>") == made.count("</bdi>")
