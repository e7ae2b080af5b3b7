"""What authors write by mistake, and what they bring from elsewhere: shown, or said at its place."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.errors import ContentError, Level, Problem
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.front_matter.yaml_tree import read_yaml
from timeline_gen.reading.settings import parse_settings
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.text.zones import near_zone

SLIPS = Path(__file__).parent / "data" / "yaml_slips.tsv"
NOW = read_stamp("2024-06-01T12:00Z").second


def rows() -> list[list[str]]:
    r"""Return the cases: YAML with ``\n`` for a new line, and what is said of it, or nothing."""
    lines = SLIPS.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


@pytest.mark.parametrize(("typed", "said"), rows())
def test_slips(typed: str, said: str) -> None:
    """A slip that YAML accepts, or complains of elsewhere, is named at its own place."""
    _, problems = read_yaml(typed.replace("\\n", "\n").replace("\\t", "\t"), PurePosixPath("a.md"))

    found = [f"{one.place.line}:{one.place.column} {one.code} {one.level.name.lower()}" for one in problems]
    assert ", ".join(found) == said


def built(root: Path, *, now: int | None = NOW, drafts: bool = False) -> Report:
    """Build the site in *root*."""
    return build(root, Options(jobs=1, now=now, drafts=drafts))


def of_code(problems: tuple[Problem, ...], code: str) -> list[str]:
    """Return the places of the problems with *code*."""
    return [str(problem.place) for problem in problems if problem.code == code]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("٤ مايو ٢٠٢١", "write date: 2021-05-04"),
        ("May 4, 2021", "write date: 2021-05-04"),
        ("“2021-05-04”", "write date: 2021-05-04"),
        ("May 2021", "write date: 2021-12-06, or with a time"),
        ("soon", "write date: 2021-12-06, or with a time"),
    ],
)
def test_day_of_publication(tmp_path: Path, typed: str, hint: str) -> None:
    """A day of publication in words can be read, so what to write is that day and no other."""
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", date=typed)})

    (problem,) = check(root, now=NOW)

    assert problem.code == "TG308"
    assert problem.hint.startswith(hint)


def test_lists_of_what_was_typed(tmp_path: Path) -> None:
    """A text in place of a list is answered with the list that it makes."""
    event = "{id: e, date: 2019, title: E, places: harbour, people: 'أحمد، ليلى', tags: 'a: b'}"
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", event)})

    hints = [str(problem.hint) for problem in check(root, now=NOW)]

    assert hints == [
        "write places: [harbour]",
        "write people: [أحمد, ليلى]",
        "write tags: [security, world-cup]",
    ]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("slug: other\n", "file's name"),
        ("categories: [x]\n", "'tags'"),
        ("lastmod: 2024-01-01\n", "'updated'"),
        ("description: Short\n", "'summary'"),
        ("layout: post\n", "templates"),
        ("permalink: /x/\n", "aliases"),
        ("name: The paper\n", "indent"),
    ],
)
def test_keys_of_other_programs(tmp_path: Path, more: str, line: str) -> None:
    """A key that another generator knows is answered with what it is called here."""
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", more=more)})

    (problem,) = check(root, now=NOW)

    assert problem.code == "TG302"
    assert line in problem.hint


@pytest.mark.parametrize(
    "text", ['+++\ntitle = "A"\n+++\nText.\n', '{"title": "A"}\nText.\n', ';;;\n{"title": "A"}\n;;;\n']
)
def test_other_front_matter(tmp_path: Path, text: str) -> None:
    """Front matter in TOML or JSON is called by its name, and the way to write it is shown."""
    root = write_site(tmp_path, {"content/articles/a.en.md": text})

    (problem,) = check(root, now=NOW)

    assert (problem.code, str(problem.place)) == ("TG104", "content/articles/a.en.md:1:1")
    assert "TOML" in problem.message or "JSON" in problem.message


def test_conflict_of_git(tmp_path: Path) -> None:
    """Two versions that git could not join are one problem, and nothing else is said of the file."""
    text = article("A").replace("Text.", "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n")
    root = write_site(tmp_path, {"content/articles/a.en.md": text})

    assert [(one.code, one.place.line) for one in check(root, now=NOW)] == [("TG132", 5)]


def test_empty_values(tmp_path: Path) -> None:
    """What editors with a form write for empty fields is as good as nothing."""
    more = 'summary: ""\nsource: {name: "", url: null}\npeople: [""]\ntags: []\nembargo: ~\nextra: {}\n'
    event = '{id: x, date: 2020, title: X, summary: "", media: {src: "", alt: ""}, status: ""}'
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", event, more=more)})

    assert check(root, now=NOW) == ()


@pytest.mark.parametrize("title", ["", '""', "'  '", "{}", "~", "null"])
def test_empty_title(tmp_path: Path, title: str) -> None:
    """A title that is needed and says nothing is a problem at its place."""
    root = write_site(tmp_path, {"content/articles/a.en.md": article(title)})

    (problem,) = check(root, now=NOW)

    assert (problem.code, problem.place.line) == ("TG305", 2)


def test_empty_title_of_an_event(tmp_path: Path) -> None:
    """An event's title that was begun and left empty is named."""
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", '{id: x, date: 2020, title: ""}')})

    problems = check(root, now=NOW)

    assert of_code(problems, "TG305") == ["content/articles/a.en.md:5:32"]


@pytest.mark.parametrize(
    "date",
    ["2024-04-03T10:15:00.000Z", "2024-04-03 10:15:00 -0500", "2024-04-03T10:15", "2024-04-03 10:15:00"],
)
def test_times_that_editors_write(tmp_path: Path, date: str) -> None:
    """Times as Decap, Hugo and Jekyll write them are read; without an offset they are the site's."""
    root = write_site(
        tmp_path,
        {"content/articles/a.en.md": article("A", date=date, more='draft: "false"\n')},
        settings=f"{SETTINGS}timezone: Asia/Qatar\n",
    )

    assert check(root, now=NOW) == ()
    built(root)
    assert "2024-04-03T" in (root / "output/en/feed.xml").read_text("utf-8")


def test_zone() -> None:
    """A time without an offset is the one that clocks in the site's zone showed."""
    assert read_stamp("2024-04-03T10:15", "Asia/Qatar").text == "2024-04-03T10:15:00+03:00"
    assert read_stamp("2024-07-01T00:00", "Europe/Paris").text == "2024-07-01T00:00:00+02:00"


@pytest.mark.parametrize(
    ("text", "why"),
    [("2024-03-31T02:30", "skipped"), ("2024-10-27T02:30", "twice"), ("2024-03-31T25:00", "no such")],
)
def test_times_that_clocks_do_not_show_once(text: str, why: str) -> None:
    """A time that clocks skipped, or showed twice, is asked for with its offset."""
    with pytest.raises(ValueError, match=why):
        read_stamp(text, "Europe/Paris")


def test_unknown_zone(tmp_path: Path) -> None:
    """A zone that does not exist is answered with the nearest one."""
    root = write_site(
        tmp_path, {"content/articles/a.en.md": article("A")}, settings=f"{SETTINGS}timezone: Asia/Quatar\n"
    )

    (problem,) = check(root, now=NOW)

    assert (str(problem.place), problem.hint) == ("site.yaml:4:11", "did you mean 'Asia/Qatar'?")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Asia/Doha", ""),
        ("GMT+3", ""),
        ("Aisa/Qatar", "Asia/Qatar"),
        ("Europe/Istambul", "Europe/Istanbul"),
        ("New York", "America/New_York"),
    ],
)
def test_nearest_zone(typed: str, near: str) -> None:
    """A zone is found by its city; another city, or hours with a sign, propose none."""
    assert near_zone(typed) == near


def test_a_source_of_no_day(tmp_path: Path) -> None:
    """A day of a source that is in no calendar is named, and a language without a code; words are not."""
    more = "source: {name: G, date: 2021-13-45, accessed: Spring 2021 issue, language: english}\n"
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", more=more)})

    found = [(one.code, one.level, one.place.column) for one in check(root, now=NOW) if one.code != "TG313"]
    assert found == [("TG202", Level.WARNING, 25), ("TG309", Level.WARNING, 76)]


def test_accents_of_nothing(tmp_path: Path) -> None:
    """A colour for an id that nothing has is a warning with the nearest one; a draft may have it, too."""
    settings = f"{SETTINGS}accents: {{sea: red, see: blue}}\n"
    text = article("A", "{id: e, date: 2019, title: E, tags: [sea]}")
    root = write_site(tmp_path, {"content/articles/a.en.md": text}, settings=settings)

    (problem,) = (one for one in check(root, now=NOW) if one.code == "TG527")
    assert (str(problem.place), problem.hint) == ("site.yaml:4:21", "did you mean 'sea'?")

    (root / "content/articles/b.en.md").write_text(article("B", more="draft: true\n"), "utf-8")
    assert of_code(tuple(check(root, now=NOW)), "TG527") == []


def test_embargo_by_day(tmp_path: Path) -> None:
    """An embargo ends at a moment: a day is enough only where the site has a zone."""
    files = {"content/articles/a.en.md": article("A", more="embargo: 2024-06-02\n")}
    (problem,) = check(write_site(tmp_path / "a", files), now=NOW)
    assert (problem.code, problem.level) == ("TG308", Level.ERROR)

    root = write_site(tmp_path / "b", files, settings=f"{SETTINGS}timezone: Asia/Qatar\n")
    before, after = read_stamp("2024-06-01T20:59Z").second, read_stamp("2024-06-01T21:00Z").second
    page = root / "output/en/articles/a/index.html"
    built(root, now=before)
    assert not page.exists()
    built(root, now=after)
    assert page.exists()


def test_article_of_the_future(tmp_path: Path) -> None:
    """An article dated later than the build is named until its day comes, also where nothing changed."""
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", date="2024-06-03")})
    early, late = NOW, read_stamp("2024-06-03T00:00Z").second

    assert of_code(built(root, now=early).problems, "TG540") == ["content/articles/a.en.md:3:7"]
    assert of_code(built(root, now=early).problems, "TG540") == ["content/articles/a.en.md:3:7"]
    assert of_code(built(root, now=late).problems, "TG540") == []
    assert of_code(check(root, now=early), "TG540") == ["content/articles/a.en.md:3:7"]


def test_kept_report_ends_with_its_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build by the clock says again what the last one said only until a note falls away."""
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", date="2024-06-03T00:00Z")})
    moment = [float(NOW)]
    monkeypatch.setattr("time.time", lambda: moment[0])

    first = built(root, now=None)
    moment[0] = read_stamp("2024-06-03T00:00Z").second + 1.0
    second = built(root, now=None)

    assert (len(of_code(first.problems, "TG540")), of_code(second.problems, "TG540")) == (1, [])


def test_event_long_after_its_article(tmp_path: Path) -> None:
    """An event more than ten years ahead of its article is named, unless it is planned."""
    far, near = "{id: x, date: 2040, title: X}", "{id: y, date: 2030, title: Y}"
    planned = "{id: z, date: 2040, title: Z, status: planned}"
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A", far, near, planned)})

    assert of_code(check(root, now=NOW), "TG541") == ["content/articles/a.en.md:5:19"]


def test_drafts_in_every_language(tmp_path: Path) -> None:
    """An article that is a draft in all its languages is named once, and not where drafts are shown."""
    draft = article("A", more="draft: true\n")
    root = write_site(
        tmp_path,
        {
            "content/articles/a.en.md": draft,
            "content/articles/a.ar.md": draft,
            "content/articles/b.en.md": draft,
            "content/articles/b.ar.md": article("B"),
        },
    )

    assert of_code(built(root).problems, "TG542") == ["content/articles/a.ar.md:4:8"]
    assert of_code(built(root, drafts=True).problems, "TG542") == []


EXTRA_THEME = {
    "themes/mine/theme.yaml": "name: Mine\nextends: almanac\nsettings: {width: wide}\n",
    "themes/mine/templates/article.html": '{% extends "almanac/article.html" %}{% block main %}'
    "{{ extra.mood }} {{ layout.extra.motto }} {{ settings.width }}{% endblock %}\n",
    "themes/mine/templates/event.html": '{% extends "almanac/event.html" %}{% block main %}'
    "{{ event.extra.mood }}{% endblock %}\n",
    "themes/mine/templates/entity.html": '{% extends "almanac/entity.html" %}{% block main %}'
    "{{ extra.mood }}{% endblock %}\n",
    "themes/mine/templates/page.html": '{% extends "almanac/page.html" %}{% block main %}'
    "{{ extra.mood }}{% endblock %}\n",
}


def test_extra_reaches_templates(tmp_path: Path) -> None:
    """Free data of article, event, entity, page and site, and a theme's settings, are there for templates."""
    event = "{id: x, date: 2020, title: X, people: [leila], extra: {mood: of-event}}"
    root = write_site(
        tmp_path,
        {
            **EXTRA_THEME,
            "content/articles/a.en.md": article("A", event, more="extra: {mood: of-article}\n"),
            "content/pages/about.en.md": "---\ntitle: About\nextra: {mood: of-page}\n---\nText.\n",
            "content/entities.yaml": "leila: {kind: person, name: Leila, extra: {mood: of-entity}}\n",
        },
        settings=f"{SETTINGS}theme: mine\nextra: {{motto: of-site}}\n",
    )
    built(root)
    pages = root / "output/en"

    assert "of-article of-site wide" in (pages / "articles/a/index.html").read_text("utf-8")
    assert "of-event" in (pages / "events/x/index.html").read_text("utf-8")
    assert "of-page" in (pages / "about/index.html").read_text("utf-8")
    assert "of-entity" in (pages / "people/leila/index.html").read_text("utf-8")
    (record,) = json.loads((pages / "events.json").read_text("utf-8"))["events"]
    assert record["extra"] == {"mood": "of-event"}


@pytest.mark.parametrize(
    ("path", "old", "new", "page"),
    [
        ("content/articles/a.en.md", "of-article", "changed", "articles/a"),
        ("content/articles/a.en.md", "of-event", "changed", "events/x"),
        ("content/entities.yaml", "of-entity", "changed", "people/leila"),
        ("site.yaml", "of-site", "changed", "articles/a"),
        ("themes/mine/theme.yaml", "wide", "changed", "articles/a"),
    ],
)
def test_changed_extra(tmp_path: Path, path: str, old: str, new: str, page: str) -> None:
    """A change of free data alone changes the pages that show it."""
    test_extra_reaches_templates(tmp_path)
    file = tmp_path / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    built(tmp_path)

    assert "changed" in (tmp_path / f"output/en/{page}/index.html").read_text("utf-8")


def test_errors_keep_the_site(tmp_path: Path) -> None:
    """A site with such an error is not built."""
    root = write_site(tmp_path, {"content/articles/a.en.md": "+++\ntitle = 1\n+++\n"})

    with pytest.raises(ContentError):
        built(root)


def test_header_left_out(tmp_path: Path) -> None:
    """An empty value means something where a header is to be left out, and where a site lists nothing."""
    publish = 'publish: {x: {to: folder, path: ../x, url: https://quay.org/, headers: {Referrer-Policy: ""}}}'
    root = write_site(tmp_path, {}, settings=f"{SETTINGS}taxonomies: {{}}\n{publish}\n")

    settings, problems = parse_settings(load_settings(root))

    assert problems == ()
    assert settings is not None
    assert settings.publish["x"].headers == {"Referrer-Policy": ""}
    assert settings.taxonomies == ()


def test_empty_mapping_with_a_meaning(tmp_path: Path) -> None:
    """A language without settings of its own, and a site that lists nothing, are what they are."""
    settings = "title: X\nurl: https://records.org/\nlanguages: {en: {}, ar: {name: ''}}\ntaxonomies: {}\n"
    root = write_site(tmp_path, {"content/articles/a.en.md": article("A")}, settings=settings)

    assert check(root, now=NOW) == ()
