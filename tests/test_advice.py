"""What is written instead: the author's own words and figures in the form that is needed, and one problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import SETTINGS, write_site

from timeline_gen.checking.check import check
from timeline_gen.errors import Problem

ARTICLE = "content/articles/a.en.md"
ENTITIES = "content/entities.yaml"
ARTICLE_WITH = "---\ntitle: A\ndate: 2020-01-01\n{}\n---\nText.\n"
EVENT_WITH = ARTICLE_WITH.format("events:\n  - id: e\n    date: 2019\n    title: E\n    {}")
PLACE_WITH = "doha:\n  kind: place\n  name: Doha\n  {}\n"


def problems_of(root: Path, files: dict[str, str], more: str = "") -> tuple[Problem, ...]:
    """Return what check reports of the site that *files* and the settings *more* make."""
    write_site(root, files, settings=SETTINGS + more)
    return check(root)


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
    ],
)
def test_advice(tmp_path: Path, path: str, text: str, more: str, said: str) -> None:
    """One slip is one problem, and its hint holds what to write."""
    (problem,) = problems_of(tmp_path, {path: text}, more)

    assert problem.hint.startswith(said)
