"""A new site in an editor: what yaml-language-server offers and marks by the schemas that are in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import LanguageServer

from timeline_gen.editors.schemas import modeline
from timeline_gen.editors.write import write_for_editors
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.scaffolding.new_site import NewSite, new_site

pytestmark = pytest.mark.editors

PROGRAM = Path(__file__).parents[2] / ".editors/node_modules/yaml-language-server/bin/yaml-language-server"
ARTICLE = modeline("article", SETTINGS)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """Lend a server that has a new site open, with the settings that are in it for VS Code."""
    root = tmp_path_factory.mktemp("site")
    new_site(root, NewSite(("en", "ar")))
    entities = root / "content/entities.yaml"
    person = "mona-ali:\n  kind: person\n  name: {en: Mona Ali, ar: منى علي}\n"
    entities.write_text(entities.read_text("utf-8") + person, "utf-8")
    settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))
    yaml = {"schemas": settings["yaml.schemas"], "validate": True, "completion": True, "hover": True}
    write_for_editors(root, jobs=1)
    with LanguageServer(PROGRAM, root, {"yaml": yaml | {"schemaStore": {"enable": False}}}) as started:
        yield started


@pytest.mark.parametrize(
    ("path", "text", "offered"),
    [
        ("site.yaml", "title: A\n^", {"url", "languages", "menu"}),
        ("site.yaml", "title: A\nmenu: [^]\n", {"timeline", "about", "people"}),
        ("site.yaml", "title:\n  ^\n", {"en", "ar"}),
        ("site.yaml", "publish:\n  a:\n    to: ^\n", {"git", "folder", "rsync", "s3"}),
        ("site.yaml", "publish:\n  a:\n    to: s3\n    ^\n", {"bucket", "prefix", "keep"}),
        ("content/entities.yaml", "doha:\n  kind: ^\n", {"person", "place", "tag"}),
        ("content/entities.yaml", "doha:\n  name:\n    ^\n", {"en", "ar"}),
        ("content/events/a.map.yaml", "title: Headline\n^", {"date", "title:ar", "places"}),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\n^", {"date", "events", "people"}),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\npeople: [^]\n", {"mona-ali"}),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\nevents:\n  - id: ^\n", {"ship-runs-aground"}),
        (
            "front-matter.yaml",
            f"{ARTICLE}\ntitle: A\nevents:\n  - id: a\n    ^\n",
            {"date", "status", "people"},
        ),
        (
            "front-matter.yaml",
            f"{ARTICLE}\ntitle: A\nevents:\n  - id: a\n    status: ^\n",
            {"confirmed", "denied"},
        ),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\ntranslation_of: {{lang: ^}}\n", {"en", "ar"}),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\ndraft: ^\n", {"true", "false"}),
    ],
)
def test_what_is_offered(server: LanguageServer, path: str, text: str, offered: set[str]) -> None:
    """Keys, ids of people and events, languages and values are offered where they can be written."""
    assert offered <= server.completions(path, text).keys()


def test_what_is_not_offered(server: LanguageServer) -> None:
    """A target of publishing is offered the keys of its own kind only."""
    offered = server.completions("site.yaml", "publish:\n  a:\n    to: folder\n    ^\n").keys()

    assert "path" in offered
    assert not {"bucket", "remote", "branch"} & offered


def test_what_is_said(server: LanguageServer) -> None:
    """A key says what the reference says of it, an id what it is called."""
    people = server.completions("front-matter.yaml", f"{ARTICLE}\ntitle: A\npeople: [^]\n")

    assert people["mona-ali"] == "Mona Ali"
    assert "Earlier slugs of the article" in server.hover(
        "front-matter.yaml", f"{ARTICLE}\ntitle: A\nali^ases: []\n"
    )
    target = "publish:\n  a: {to: git, bran^ch: main}\n"
    assert "gh-pages" in server.hover("site.yaml", target)
    assert "text by language" in server.hover("content/entities.yaml", "doha:\n  na^me: Doha\n").lower()


@pytest.mark.parametrize(
    ("path", "text", "marked"),
    [
        (
            "site.yaml",
            "title: A\nurl: https://a.org/\nlanguages: [en]\nthem: b\n",
            [(4, 1, "Property them is not")],
        ),
        (
            "site.yaml",
            "title: {en: A, fr: B}\nurl: https://a.org/\nlanguages: [en]\n",
            [(1, 16, "Property fr is not")],
        ),
        (
            "site.yaml",
            "title: A\nurl: https://a.org/\nlanguages: [en]\npublish:\n  a: {to: folder, path: b, cdn: c}\n",
            [(5, 28, "Property cdn is not")],
        ),
        (
            "site.yaml",
            "title: A\nurl: https://a.org/\nlanguages: [en]\npublish:\n  a: {to: rsync}\n",
            [(5, 3, 'Missing property "remote"')],
        ),
        (
            "content/entities.yaml",
            "doha:\n  kind: place\n  nmae: Doha\n",
            [(1, 1, "Missing property"), (3, 3, "Property nmae")],
        ),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\ndaet: 2017\n", [(3, 1, "Property daet is not")]),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\npeople: Mona\n", [(3, 9, "write a list here")]),
        (
            "front-matter.yaml",
            f"{ARTICLE}\ntitle: A\nevents:\n  - id: a\n    titel: B\n",
            [(5, 5, "Property titel is not")],
        ),
        ("front-matter.yaml", f"{ARTICLE}\ntitle: A\npeople: [mona-ali, Someone new]\n", []),
    ],
)
def test_what_is_marked(
    server: LanguageServer, path: str, text: str, marked: list[tuple[int, int, str]]
) -> None:
    """A wrong key and a wrong value are marked at their place, and nothing else is."""
    found = sorted(server.problems(path, text))

    assert [spot[:2] for spot in found] == [spot[:2] for spot in marked]
    assert all(problem[2].startswith(expected[2]) for problem, expected in zip(found, marked, strict=True))


def test_nothing_is_marked_in_a_new_site(server: LanguageServer) -> None:
    """The files of a new site are right for the editor, too."""
    for path in ("site.yaml", "content/entities.yaml"):
        assert server.problems(path, (server.root / path).read_text("utf-8")) == []
