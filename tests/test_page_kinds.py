"""Kinds of pages: each is a class that declares what it shows, and its key follows from that alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from almanac_kit import templates
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build, plan_site
from timeline_gen.building.render.outputs import page_keys
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.workspace import open_workspace
from timeline_gen.keys import content_hash, key_of
from timeline_gen.pages.page import ChunkedPage, Page, TemplatePage
from timeline_gen.pages.plan.kinds import page_kinds, page_templates

ROOT = Path(__file__).parents[1]
SETTINGS = """\
title: {ar: سجل, en: Record}
url: https://records.org/
languages: [ar, en]
embeds: [timeline, entities, events]
data: {from: 1}
redirects: {/old/: gone, /older/: /en/}
"""
FILES = {
    "content/articles/one.en.md": article(
        "One",
        "{id: cup, date: 2022-11-21, title: The cup, people: [Ann], tags: [x], summary: It begins}",
        "{id: bid, date: 2017-10-05, title: The bid, people: [Ann], places: [Doha, Ankara]}",
        "{id: draw, date: 2022-04-01, title: The draw}",
        body="See [the bid](event:bid).",
    ),
    "content/articles/two.en.md": article("Two", "{id: cup, date: 2022-11-20, corrects: one}"),
    "content/entities.yaml": "doha: {kind: place, name: Doha, coordinates: [25.3, 51.5]}\n"
    "ankara: {kind: place, name: Ankara, coordinates: [39.9, 32.9]}\n",
    "content/pages/about.en.md": "---\ntitle: About\n---\nSee [the cup](event:cup).\n",
}


def planned(root: Path) -> SitePlan:
    """Return the plan of the site in *root*."""
    with open_workspace(root, Options(jobs=1)) as site:
        return plan_site(site)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, ...]:
    """Return the pages of a small site that has nearly every kind."""
    return planned(write_site(tmp_path_factory.mktemp("site"), FILES, settings=SETTINGS)).pages


def test_every_module_has_a_kind() -> None:
    """The list of kinds is the list of modules: whoever adds one has nothing else to register it in."""
    modules = {kind.__module__.rpartition(".")[2] for kind in page_kinds()}
    folder = ROOT / "timeline_gen/pages"
    files = {path.stem for path in (*folder.glob("*.py"), *folder.glob("exports/*.py"))}

    assert files - modules == {"__init__", "page", "site"}


def test_every_kind_is_drawn_in_one_way() -> None:
    """A page that a template draws names one of the theme; a file that is written without one names none."""
    assert {kind for kind in page_kinds() if bool(kind.template) != issubclass(kind, TemplatePage)} == set()
    assert {*page_templates()} <= templates().keys()


def changed(page: Page, name: str) -> bytes:
    """Return the key of *page* with something else as its field *name*: any value has a key."""
    other: dict[str, Any] = {name: "something else"}
    return replace(page, **other).key


def shown_fields(page: Page) -> Iterator[str]:
    """Yield the names of the fields of *page* that say what it shows."""
    return (field.name for field in fields(page) if field.init and field.name != "origin")


def test_every_field_is_part_of_the_key(pages: tuple[Page, ...]) -> None:
    """Whatever a page shows, its key changes with it; where it comes from is not shown."""
    kinds = {type(page): page for page in pages}
    changes = [(page, name) for page in kinds.values() for name in shown_fields(page)]
    missed = [f"{type(page).__name__}.{name}" for page, name in changes if changed(page, name) == page.key]

    assert len(kinds) >= 20
    assert missed == []


def test_keys_depend_on_values_only(tmp_path: Path) -> None:
    """Two processes, or two plans, give the same page the same key."""
    first, second = (
        planned(write_site(tmp_path / name, FILES, settings=SETTINGS)).pages for name in ("a", "b")
    )

    assert [page.key for page in first] == [page.key for page in second]
    assert len({page.file for page in first}) == len(first)


def test_chunks_name_what_they_leave_out() -> None:
    """The fields that a long file names as its lists, and as what is around them, are there."""
    kinds = [kind for kind in page_kinds() if issubclass(kind, ChunkedPage)]

    assert len(kinds) == 4
    for kind in kinds:
        names = {field.name for field in fields(kind)}
        assert {*kind.chunked} | kind.around <= names, kind


def test_a_value_without_a_key_is_refused() -> None:
    """What is no plain value cannot slip into a key by its address in memory."""
    with pytest.raises(TypeError, match="cannot be part of a key"):
        key_of(object())


# ---------------------------------------------------------------- pages that are rendered in vain

FACTS = "content/articles/story-000002.ar.md"
EDITS = {
    "a date far away": (["date: 2013-06"], ["date: 1871-03-11"]),
    "the day after": (["date: 1871-03-11"], ["date: 1871-03-12"]),
    "a status": (["date: 2013"], ["date: 2013", "status: reported"]),
    "a name": (["date: 2013", "people: [person-7]"], ["date: 2013", "people: [person-8]"]),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site of some articles in two languages."""
    root = tmp_path_factory.mktemp("corpus") / "site"
    command = [sys.executable, str(ROOT / "benchmarks/corpus.py"), str(root), "--articles", "30"]
    subprocess.run(command, check=True)
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("embeds: [timeline, entities, events]\ndata: {from: 1}\n")
    build(root, Options(jobs=1))
    return root


def hashes(root: Path) -> dict[str, str]:
    """Return the hash of each file of the built site in *root*."""
    output = root / "output"
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): content_hash(path.read_bytes()) for path in files}


def edited(root: Path, facts: list[str]) -> int:
    """Build the site in *root* with *facts* of one event; return how many pages were rendered."""
    path = root / FACTS
    text = path.read_text("utf-8")
    event = re.search(r"  - id: .*\n(?:    .*\n)*", text)
    assert event
    first, *others = event[0].splitlines()
    kept = [line for line in others if not re.match(r" +(?:date|status|people):", line)]
    lines = (first, *(f"    {fact}" for fact in facts), *kept)
    path.write_text(text.replace(event[0], "".join(f"{line}\n" for line in lines)), "utf-8")
    return build(root, Options(jobs=1)).rendered


@pytest.mark.parametrize(("facts", "others"), EDITS.values(), ids=list(EDITS))
def test_few_pages_are_rendered_in_vain(corpus: Path, facts: list[str], others: list[str]) -> None:
    """Of the pages that are rendered after one event has changed, at most one in twenty stays as it was."""
    edited(corpus, facts)
    before, old = page_keys(planned(corpus)), hashes(corpus)

    count = edited(corpus, others)

    new = hashes(corpus)
    rendered = [path for path, key in page_keys(planned(corpus)).items() if before.get(path, key) != key]
    in_vain = [path for path in rendered if old[path] == new[path]]
    assert count >= len(rendered) > 20
    assert len(in_vain) <= 0.05 * len(rendered), in_vain
