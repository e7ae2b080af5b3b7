"""What is written instead: the author's own words and figures in the form that is needed, and one problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import SETTINGS, write_site
from test_mistakes import png

from timeline_gen.checking.check import check

ARTICLE = "content/articles/a.en.md"
ENTITIES = "content/entities.yaml"
ARTICLE_WITH = "---\ntitle: A\ndate: 2020-01-01\n{}\n---\nText.\n"
EVENT_WITH = ARTICLE_WITH.format("events:\n  - id: e\n    date: 2019\n    title: E\n    {}")
PLACE_WITH = "doha:\n  kind: place\n  name: Doha\n  {}\n"


@pytest.mark.parametrize(
    ("path", "text", "more", "said"),
    [
        (ARTICLE, EVENT_WITH.format("start: 2019"), "", "did you mean 'date'?"),
        (ARTICLE, EVENT_WITH.format("image: a.png"), "", "did you mean 'media'?"),
        (ARTICLE, EVENT_WITH.format("مكان: x"), "", "write 'places': keys are the same in every language"),
        (ARTICLE, ARTICLE_WITH.format("image: {url: a.png}"), "", "did you mean 'src'?"),
        (ARTICLE, ARTICLE_WITH.format("files: [{file: a.pdf}]"), "", "did you mean 'src'?"),
        (ENTITIES, PLACE_WITH.format("coordinates: 14.5, 42.9"), "", "write coordinates: [14.5, 42.9]"),
        (ENTITIES, PLACE_WITH.format("coordinates: [14.5S, 42.9E]"), "", "write coordinates: [-14.5, 42.9]"),
        (ENTITIES, PLACE_WITH.format("wikidata: https://x.org/wiki/Q42"), "", "write wikidata: Q42"),
        (ENTITIES, PLACE_WITH.format("website: www.doha.qa/x"), "", "write https://www.doha.qa/x"),
        (ENTITIES, "doha: {type: place, name: Doha}\n", "", "did you mean 'kind'?"),
        (ENTITIES, "doha: {kind: [place], name: Doha}\n", "", "write kind: person"),
        (ARTICLE, ARTICLE_WITH.format("tags: [x]"), "taxonomies: {ships: ship}\n", "add 'tags: tag' to "),
        (ARTICLE, ARTICLE_WITH.format(""), "baseurl: x\n", "did you mean 'url'?"),
        (ARTICLE, ARTICLE_WITH.format(""), "markdown: commonmark\n", "write markdown: {engine: commonmark}"),
        (ARTICLE, ARTICLE_WITH.format("summary: 'it's'"), "", "inside '…' write two"),
        (ARTICLE, ARTICLE_WITH.format("summary：x"), "", "write 'summary: …', with a colon of the Latin"),
        (ARTICLE, ARTICLE_WITH.format("tags:\n- a\n-b"), "", "begin each item with '- '"),
        (ARTICLE, ARTICLE_WITH.format("summary: > x"), "", "put the whole text in quotes"),
        (ARTICLE, ARTICLE_WITH.format("image: pics/a.png"), "", "did you mean 'a.png'?"),
        (ARTICLE, ARTICLE_WITH.format(""), "cover: a.png\n", "did you mean 'articles/a.png'?"),
        (ARTICLE, ARTICLE_WITH.format("source: {name:Gazette}"), "", "write name: Gazette"),
    ],
)
def test_advice(tmp_path: Path, path: str, text: str, more: str, said: str) -> None:
    """One slip is one problem, and its hint holds what to write."""
    write_site(tmp_path, {path: text}, settings=SETTINGS + more)
    picture = tmp_path / "content/articles/a.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(png(8, 8))
    (problem,) = check(tmp_path)

    assert problem.hint.startswith(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("../articles/a/", "did you mean 'article:a'?"),
        ("a.en#b", "did you mean 'article:a#b'?"),
        ("articles:a", "did you mean 'article:a'?"),
        ("www.records.org/x", "write https://www.records.org/x"),
        ("desk@records.org", "write mailto:desk@records.org"),
        ("\u200farticle:a", "write article:a, without the invisible character next to it"),
        ("file:///home/me/a.pdf", "that is a file of this computer: put it next to the text"),
    ],
)
def test_links(tmp_path: Path, typed: str, said: str) -> None:
    """A link that leads nowhere is held against what the site has, and what the web has."""
    text = ARTICLE_WITH.format("").replace("Text.", f"[x]({typed})")
    write_site(tmp_path, {ARTICLE: text, ARTICLE.replace(".en.", ".ar."): text})
    hints = {problem.hint for problem in check(tmp_path)}

    assert len(hints) == 1
    assert hints.pop().startswith(said)


def test_note_that_nothing_calls(tmp_path: Path) -> None:
    """It is one problem, at its place: the way back that a program wrote is no link of the author's."""
    write_site(tmp_path, {ARTICLE: ARTICLE_WITH.format("") + "\n[^2]: A note.\n"})

    assert [problem.code for problem in check(tmp_path)] == ["TG431"]


def test_languages_in_one_item(tmp_path: Path) -> None:
    """Codes that nothing divides are no misspelt code of another language."""
    settings = SETTINGS.replace("[ar, en]", "[ar en]")
    write_site(tmp_path, {ARTICLE: ARTICLE_WITH.format("")}, settings=settings)

    assert "divide codes by commas: ar, en" in check(tmp_path)[0].message
