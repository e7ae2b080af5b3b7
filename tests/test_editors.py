"""Schemas for editors: they accept what the program takes, and mark what it does not know."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator
from site_kit import article, write_site
from yaml_kit import as_an_editor, described_files, front_matter

from timeline_gen.cli.main import program
from timeline_gen.cli.schema import _BACKENDS, _PROGRAMS
from timeline_gen.editors.cms import BACKENDS, PROGRAMS, configuration
from timeline_gen.editors.names import SiteNames, site_names
from timeline_gen.editors.schemas import SCHEMAS, schemas
from timeline_gen.editors.write import write_for_editors
from timeline_gen.errors import UsageError
from timeline_gen.model.events import TEXT_FACTS
from timeline_gen.reading.front_matter.date_keys import DATE_KEYS
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import read_matter
from timeline_gen.scaffolding.new_site import NewSite, new_site
from timeline_gen.scaffolding.new_theme import new_theme
from timeline_gen.schema.articles import PageSchema, article_schema, event_file_schema
from timeline_gen.schema.site import SiteSchema, ThemeSchema
from timeline_gen.schema.validation import AnySchema, keys

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "articles"
SITES = [
    ROOT,
    ROOT / "examples/canal",
    *sorted(site for site in (ROOT / "tests/sites").iterdir() if (site / "expected").is_dir()),
]
NAMES = SiteNames(
    languages={"ar": "العربية", "en": "English"},
    entities={"people": {"mona-ali": "منى علي"}, "places": {}, "tags": {}, "سفن": {"فلك": ""}},
    kinds={"person": "people", "place": "places", "tag": "tags", "سفينة": "سفن"},
    events={"canal-open": "1869-11-17: The canal opens"},
)


@cache
def validators(root: Path | None = None) -> dict[str, Draft7Validator]:
    """Return what checks a file by each schema of the site in *root*, else of one with a few names."""
    names = site_names(root, jobs=1) if root else NAMES
    return {name: Draft7Validator(schema) for name, schema in schemas(names).items()}


def faults(name: str, text: str, root: Path | None = None) -> list[str]:
    """Return what the schema *name* finds wrong with the YAML *text*."""
    data = as_an_editor(text)
    if data is None:
        return []
    return [f"{error.json_path}: {error.message}" for error in validators(root)[name].iter_errors(data)]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_whole_sites_are_accepted(site: Path) -> None:
    """No file of a site that builds is marked in an editor."""
    checked = {
        path.relative_to(site).as_posix(): faults(name, text, site)
        for name, path, text in described_files(site)
    }

    assert "site.yaml" in checked
    assert {path: wrong for path, wrong in checked.items() if wrong} == {}


def test_the_schemas_are_schemas() -> None:
    """Each is valid draft-07, is for some files, and refers to nothing that it lacks."""
    made = schemas(NAMES)

    assert made.keys() == SCHEMAS.keys()
    for schema in made.values():
        Draft7Validator.check_schema(schema)
        for part in json.dumps(schema, ensure_ascii=False).split('"$ref": "#/definitions/')[1:]:
            assert part.partition('"')[0] in schema["definitions"]  # type: ignore[operator]


@pytest.mark.parametrize("case", sorted((DATA / "valid").glob("*.md")), ids=lambda case: case.stem)
def test_what_is_read_is_accepted(case: Path) -> None:
    """An article without a fault has none in an editor either."""
    try:
        text = front_matter(case.read_bytes().decode("utf-8"))
        as_an_editor(text)
    except (UnicodeDecodeError, yaml.YAMLError):
        # An encoding or a sign that the program reads, where other readers of YAML do not.
        return
    assert faults("article", text) == []


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in sorted((DATA / "invalid").glob("*.md"))
        if "TG302" in case.with_suffix(".txt").read_text("utf-8")
    ],
    ids=lambda case: case.stem,
)
def test_unknown_keys_are_marked(case: Path) -> None:
    """A key that the program does not know is marked in an editor, too."""
    try:
        text = front_matter(case.read_bytes().decode("utf-8"))
        found = faults("article", text)
    except (UnicodeDecodeError, yaml.YAMLError):
        # The editor says that this is no YAML.
        return
    assert found


def mappings(schema: object, way: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Return each mapping with known keys in *schema*, with the way to it; a condition is none."""
    found = [(way, schema)] if isinstance(schema, dict) and "properties" in schema else []
    inner = (
        schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    )
    return found + [each for key, value in inner if key != "if" for each in mappings(value, f"{way}/{key}")]


def test_every_mapping_takes_only_its_keys() -> None:
    """An unknown key is refused wherever keys are known, but in what several sites may share."""
    open_to_more = [
        f"{name}{way}"
        for name, schema in schemas(NAMES).items()
        for way, mapping in mappings(schema)
        if mapping.get("additionalProperties") is not False and set(mapping["properties"]) != {"ar", "en"}
    ]

    assert open_to_more == ["site/properties/accents"]


def test_every_key_has_a_description() -> None:
    """Whoever points at a key sees what the reference says of it."""
    silent = {
        f"{name}{way}/{key}"
        for name, schema in schemas(NAMES).items()
        for way, mapping in mappings(schema)
        if set(mapping["properties"]) != {"ar", "en"} and not way.endswith("/accents")
        for key, value in mapping["properties"].items()
        if not value.get("description")
    }

    assert silent == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("article", "title: 2017\ndate: 2021-12-06\ndraft: yes\nsummary:\ntags: []\nimage: bridge.jpg\n"),
        (
            "article",
            "title: A\nevents:\n  - {id: a, date: [1667, 1668..1669], importance: ٥, media: [a.jpg]}\n",
        ),
        (
            "article",
            "title: A\nevents:\n  - {id: a, date: {2017-05, 2019-05}, date_text: {ar: ب}, sources: [x]}\n",
        ),
        (
            "article",
            "title: A\npeople: [mona-ali, Somebody else, '']\nupdated: ''\nextra: {a: [1, {b: c}]}\n",
        ),
        ("event", "title: A\npublished: 2021-12-06\nfiles: {src: a.pdf}\nimportance: '3'\nstatus: ''\n"),
        (
            "site",
            """title: A
url: https://a.org/
languages: {ar: {digits: arab}, en: }
menu: [people, {page: about}]
""",
        ),
        (
            "site",
            """title: {ar: A}
url: https://a.org/
languages: [ar]
theme: {name: x, trusted: no}
fonts: {ar: {bold: a}}
""",
        ),
        ("entities", "doha: {kind: place, name: {en: D, fr: D}, coordinates: [25.29, '51.53']}\n"),
        (
            "table-map",
            """title: Headline
title:ar: عنوان
date: {from: [Year, Month]}
status: {value: reported}
extra:x: X
""",
        ),
    ],
)
def test_forms_that_are_accepted(name: str, text: str) -> None:
    """Whatever way of writing a value the program takes is taken by the schema."""
    assert faults(name, text) == []


@pytest.mark.parametrize(
    ("name", "text", "at"),
    [
        ("article", "title: [A]\n", "$.title"),
        ("article", "title:\n", "$.title"),
        ("article", "title: A\npeople: mona-ali\n", "$.people"),
        ("article", "title: A\ndraft: maybe\n", "$.draft"),
        ("article", "title: A\ndraft: 3\n", "$.draft"),
        ("article", "title: A\nsource: {name: N, url: records.org}\n", "$.source.url"),
        ("site", "title: A\nurl: records.org\nlanguages: [ar]\n", "$.url"),
        ("site", "title: A\nurl: https://a.org/\nlanguages: []\n", "$.languages"),
        (
            "site",
            "title: A\nurl: https://a.org/\nlanguages: [ar]\npublish: {a: {to: git, remote: o, path: b}}\n",
            "$.publish.a",
        ),
        (
            "site",
            "title: A\nurl: https://a.org/\nlanguages: [ar]\npublish: {a: {to: s3, prefix: b}}\n",
            "$.publish.a",
        ),
        (
            "site",
            "title: A\nurl: https://a.org/\nlanguages: [ar]\npublish: {a: {to: gti, remote: o}}\n",
            "$.publish.a.to",
        ),
        ("article", "title: A\nevents: [{id: a, importance: 6}]\n", "$.events[0].importance"),
        ("article", "title: A\nevents: [{id: a, status: confrimed}]\n", "$.events[0].status"),
        ("article", "title: A\nevents: [{date: 2017}]\n", "$.events[0]"),
        ("article", "title: A\nevents: [{id: a, date_text: {fr: A}}]\n", "$.events[0].date_text"),
        ("article", "title: A\ntranslation_of: {lang: fr}\n", "$.translation_of.lang"),
        ("site", "title: {ar: A, fr: B}\nurl: https://a.org/\nlanguages: [ar]\n", "$.title"),
        ("site", "title: A\nurl: https://a.org/\nlanguages: [ar]\nmenu: [{pgae: a}]\n", "$.menu[0]"),
        ("entities", "doha: {kind: place, name: Doha, coordinates: [1, x]}\n", "$.doha.coordinates[1]"),
        ("eras", "war: {name: War}\n", "$.war"),
        ("sources", "gazette: {titel: A}\n", "$.gazette"),
        ("theme", "name: mine\nextend: almanac\n", "$"),
        ("table-map", "titel: Headline\n", "$"),
    ],
)
def test_mistakes_are_marked(name: str, text: str, at: str) -> None:
    """A wrong key or value is marked at its place."""
    assert {fault.rpartition(": ")[0].partition(": ")[0] for fault in faults(name, text)} == {at}


VALUES = (
    *(
        "",
        "a",
        "2017",
        "true",
        "no",
        "~",
        "[]",
        "[a]",
        "[1, 2]",
        "[a, '']",
        "{en: A}",
        "{src: a}",
        "[{src: a}, b]",
    ),
    *(
        "'3'",
        "3",
        "٣",
        "1.5",
        "https://a.org/",
        "2019-10-05T10:00Z",
        "[timeline]",
        "{from: 3}",
        "{order: newest}",
    ),
    *(
        "oldest",
        "{kind: person}",
        "{x: {kind: a}}",
        "{lang: en}",
        "[25.2, 51.5]",
        "yes",
        "'true'",
        "null",
        "['']",
    ),
)
LATER = DATE_KEYS | {*TEXT_FACTS, "title", "description", "publisher", "name"}
"""Keys whose mappings are looked at only after the schema: dates, and texts in languages of the site."""


@pytest.mark.parametrize(
    ("name", "needed", "model"),
    [
        ("article", "title: T\n", article_schema(("people", "places", "tags", "سفن"))),
        ("event", "title: T\n", event_file_schema(("people", "places", "tags", "سفن"))),
        ("page", "title: T\n", PageSchema),
        ("site", "title: T\nurl: https://a.org/\nlanguages: [ar, en]\n", SiteSchema),
        ("theme", "name: T\n", ThemeSchema),
    ],
)
def test_whatever_is_taken_is_accepted(name: str, needed: str, model: type[AnySchema]) -> None:
    """No value that the program takes, under whichever key, is marked in an editor."""
    marked = []
    for key in keys(model):
        rest = "".join(line for line in needed.splitlines(keepends=True) if not line.startswith(f"{key}:"))
        for value in VALUES:
            notes = Diagnostics(PurePosixPath("x"))
            read_matter(f"{rest}{key}: {value}\n", model, notes)
            is_judged_later = key in LATER and value.startswith("{")
            if not notes.broken and not is_judged_later and faults(name, f"{rest}{key}: {value}\n"):
                marked.append(f"{key}: {value}")

    assert marked == []


def test_the_names_of_a_site(tmp_path: Path) -> None:
    """Ids are known from files of entities, from drafts, and from names that no file lists."""
    root = write_site(
        tmp_path,
        {
            "content/entities.yaml": "mona: {kind: person, name: {ar: منى, en: Mona}}\n",
            "content/articles/a.en.md": article(
                "A", "{id: opened, date: 2017, title: It opens}", more="people: [Someone]\n"
            ),
            "content/articles/b.en.md": article(
                "B", "{id: held, date: 2018, title: Held}", more="draft: true\nembargo: 2999-01-01T00:00Z\n"
            ),
            "content/articles/c.en.md": "---\ntitel: broken\n---\n",
        },
    )
    names = site_names(root, jobs=1)

    assert names.entities["people"] == {"mona": "منى", "Someone": ""}
    assert names.events == {"opened": "2017: It opens", "held": "2018: Held"}
    assert names.articles.keys() == {"a", "b"}
    assert names.languages == {"ar": "العربية", "en": "English"}


def test_settings_of_editors_are_kept(tmp_path: Path) -> None:
    """Schemas are written anew; settings that somebody may have changed are left alone."""
    new_site(tmp_path, NewSite(("en", "ar")))
    mine = tmp_path / ".vscode/settings.json"
    mine.write_text("{}", "utf-8")
    (tmp_path / ".timeline-gen-schema/article.json").unlink()

    assert [path.as_posix() for path in write_for_editors(tmp_path, jobs=1)] == [
        ".timeline-gen-schema/article.json"
    ]
    assert mine.read_text("utf-8") == "{}"
    assert write_for_editors(tmp_path, jobs=1) == ()


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A folder from a stranger cannot have anything outside it overwritten."""
    new_site(tmp_path / "site", NewSite(("en",)))
    (tmp_path / "other").write_text("mine", "utf-8")
    schema = tmp_path / "site/.timeline-gen-schema/site.json"
    schema.unlink()
    schema.symlink_to(tmp_path / "other")
    write_for_editors(tmp_path / "site", jobs=1)

    assert (tmp_path / "other").read_text("utf-8") == "mine"
    assert not schema.is_symlink()
    shutil.rmtree(schema.parent)
    schema.parent.symlink_to(tmp_path)
    with pytest.raises(UsageError, match="is a link"):
        write_for_editors(tmp_path / "site", jobs=1)


def test_a_new_site_has_schemas(tmp_path: Path) -> None:
    """The files of a new site name their schemas, and their ids are in them."""
    new_site(tmp_path, NewSite(("en", "ar")))
    new_theme(tmp_path, "mine")
    files = ("site.yaml", "content/entities.yaml", "themes/mine/theme.yaml")
    named = {
        path.relative_to(tmp_path).as_posix(): (path.parent / line.partition("$schema=")[2]).resolve()
        for path in map(tmp_path.joinpath, files)
        for line in path.read_text("utf-8").splitlines()[:1]
    }
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text("utf-8"))
    forms = json.loads((tmp_path / ".timeline-gen-schema/front-matter.json").read_text("utf-8"))

    assert named == {
        "site.yaml": tmp_path / ".timeline-gen-schema/site.json",
        "content/entities.yaml": tmp_path / ".timeline-gen-schema/entities.json",
        "themes/mine/theme.yaml": tmp_path / ".timeline-gen-schema/theme.json",
    }
    assert all((tmp_path / path).is_file() for path in (*named.values(), *settings["yaml.schemas"]))
    assert "ship-runs-aground" in (tmp_path / ".timeline-gen-schema/article.json").read_text("utf-8")
    assert [each["name"] for each in forms["frontMatter.taxonomy.contentTypes"]] == [
        "articles",
        "events",
        "pages",
    ]


@pytest.mark.parametrize("system", PROGRAMS)
def test_configurations_of_forms(system: str) -> None:
    """The configuration is YAML; each collection has the fields of its texts, and choices with names."""
    found = yaml.safe_load(configuration(NAMES, system, "test-repo"))
    fields = {
        each["name"]: {field["name"]: field for field in each["fields"]} for each in found["collections"]
    }

    assert found["i18n"]["locales"] == ["ar", "en"]
    assert fields.keys() == {"articles", "events", "pages"}
    assert fields["articles"]["people"]["options"] == [{"label": "منى علي", "value": "mona-ali"}]
    assert fields["articles"]["events"]["widget"] == "list"
    assert [field["name"] for field in fields["articles"]["events"]["fields"]][:2] == ["id", "date"]
    assert (fields["articles"]["date"]["i18n"], fields["articles"]["title"]["i18n"]) == (False, True)


def test_the_command(tmp_path: Path) -> None:
    """The command lists what it wrote; for a system with forms it prints the configuration only."""
    write_site(tmp_path, {"content/articles/a.en.md": article("A")})
    written = CliRunner().invoke(program, ["schema", "--site", str(tmp_path)])
    printed = CliRunner().invoke(program, ["schema", "--cms", "decap", "--site", str(tmp_path)])

    assert (_PROGRAMS, _BACKENDS) == (PROGRAMS, BACKENDS)
    assert ".timeline-gen-schema/article.json" in written.output.splitlines()
    assert yaml.safe_load(printed.output)["backend"] == {
        "name": "github",
        "branch": "main",
        "repo": "OWNER/REPOSITORY",
    }
