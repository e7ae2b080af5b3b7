"""``site.yaml`` and the files that all articles share."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from timeline_gen.errors import Level, Problem
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Citation
from timeline_gen.model.files import Source
from timeline_gen.model.settings import MenuEntry, Settings, Taxonomy
from timeline_gen.reading.entities import parse_entities, parse_eras, parse_sources
from timeline_gen.reading.settings import parse_settings

NEEDED = 'title: T\nurl: "https://example.org/"\nlanguages: [ar, en]\n'


def source(text: str, name: str = "site.yaml") -> Source:
    """Return a file of the site that holds *text*."""
    return Source(PurePosixPath(name), text.encode())


def settings(text: str = "") -> Settings:
    """Return the settings of a site that says what is needed and *text*."""
    found, problems = parse_settings(source(NEEDED + text))
    assert problems == ()
    assert found is not None
    return found


def said(problems: tuple[Problem, ...]) -> list[str]:
    """Return where each problem stands, and its code."""
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in problems]


def test_what_is_needed_is_enough() -> None:
    """A title, an address and languages make a site; one title serves in all languages."""
    site = settings()

    assert site.title == {"ar": "T", "en": "T"}
    assert [(language.code, language.direction) for language in site.languages] == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    assert [taxonomy.key for taxonomy in site.taxonomies] == ["people", "places", "tags"]
    assert site.theme == "almanac"


def test_everything_that_can_be_set() -> None:
    """Each key of site.yaml arrives where it belongs."""
    text = """
title: {ar: ع, en: E}
url: https://example.org/sub
languages:
  ar: {months: double, digits: arab, calendar: hijri}
  en: {name: Anglais, eras: bce, calendar: gregorian}
theme: mine
dates: {order: dmy, seasons: south}
taxonomies: {people: person, ships: {kind: ship, name: {ar: سفن}}}
search: pagefind
translations: hide
description: D
logo: logo.svg
licence: CC-BY-4.0
publisher: P
authors: [a]
menu: [timeline]
footer: [about]
markdown: {engine: markdown}
accept: [{event: x, reason: because}]
fonts: {body: Amiri}
colours: {accent: "#123456"}
accents: {security: "#ff0000"}
publish: {production: {to: folder, path: /srv/site}}
extra: {a: b}
"""
    site, problems = parse_settings(source(text))

    assert problems == ()
    assert site is not None
    assert site.url == "https://example.org/sub/"
    assert site.title == {"ar": "ع", "en": "E"}
    arabic, english = site.languages
    assert (arabic.months, arabic.digits, arabic.calendar) == ("double", "arab", "hijri")
    assert (english.name, english.eras, english.calendar) == ("Anglais", "bce", "")
    assert (site.theme, site.day_order, site.seasons) == ("mine", "dmy", "south")
    assert site.taxonomies == (Taxonomy("people", "person"), Taxonomy("ships", "ship", {"ar": "سفن"}))
    assert (site.search, site.translations, site.markdown) == ("pagefind", "hide", "markdown")
    assert site.description == {"ar": "D", "en": "D"}
    assert site.logo == PurePosixPath("logo.svg")
    assert (site.menu, site.footer) == (
        (MenuEntry("timeline", position=(17, 8)),),
        (MenuEntry("about", position=(18, 10)),),
    )
    assert site.authors == ("a",)
    assert site.accepted == {"x": "because"}
    assert site.publish["production"].path == "/srv/site"
    assert site.positions["theme"] == (7, 8)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["1:1 TG102"]),
        ("title: T\n", ["1:1 TG301", "1:1 TG301"]),
        (NEEDED + "them: x\n", ["4:1 TG302"]),
        (NEEDED + "'[key]': x\n‹text›: y\n", ["4:1 TG302", "5:1 TG302"]),
        (NEEDED + "publish: {a: {to: folder, path: p, ‹git›: x}}\n", ["4:36 TG302"]),
        (NEEDED + "title: U\n", ["4:1 TG122"]),
        (NEEDED.replace("en]", "xx-yy]"), ["3:17 TG309"]),
        (NEEDED.replace("en]", "ar]"), ["3:17 TG311"]),
        (NEEDED.replace("org/", "org/?a=b"), ["2:6 TG306"]),
        (NEEDED.replace("title: T", "title: {ar: T, er: U}"), ["1:20 TG309"]),
        (NEEDED + "taxonomies:\n  people: person\n  title: x\n", ["6:3 TG311"]),
        (NEEDED + "taxonomies: {a b: x}\n", ["4:14 TG307"]),
        (NEEDED + "taxonomies: {ships: {name: Ships}}\n", ["4:21 TG301"]),
        (NEEDED + "taxonomies: {ships: {kind: ship, names: Ships}}\n", ["4:34 TG302"]),
        (NEEDED + "taxonomies: {ships: {kind: ship, name: {xy: S}}}\n", ["4:45 TG309"]),
        (NEEDED + "taxonomies: {ships: [ship]}\n", ["4:21 TG303"]),
        (NEEDED + "taxonomies:\n  people: person\n  suspects: person\n", ["6:3 TG311"]),
        (NEEDED + "taxonomies: {articles: x}\n", ["4:14 TG311"]),
        (NEEDED + "accept:\n  - {event: x, reason: a}\n  - {event: x, reason: b}\n", ["6:5 TG311"]),
        (NEEDED + "taxonomies: {corrections: x}\n", ["4:14 TG311"]),
        (NEEDED + "taxonomies: {url: x}\n", ["4:14 TG311"]),
        (NEEDED.replace("[ar, en]", "\n  ar: {months: gulff}"), ["4:16 TG304"]),
    ],
)
def test_what_is_wrong_with_a_site(text: str, found: list[str]) -> None:
    """What is wrong with site.yaml is told at its place."""
    _, problems = parse_settings(source(text))

    assert said(problems) == found
    assert any(problem.level is Level.ERROR for problem in problems)


@pytest.mark.parametrize(
    ("more", "readable"),
    [("them: x", True), ("menu: {}", True), ("taxonomis: {ships: ship}", False), ("langages: [ar]", False)],
)
def test_mistakes_that_hide_nothing(more: str, readable: bool) -> None:
    """The content is read, too, unless the mistake is in a key by which it is read."""
    site, problems = parse_settings(source(f"{NEEDED}{more}\n"))

    assert (site is not None) is readable
    assert problems


def test_entities() -> None:
    """People and places have names by language, and other spellings by which they are found."""
    text = """doha:
  kind: place
  name: {ar: الدوحة, en: Doha}
  other_names: [Ad Dawhah]
  coordinates: [25.29, 51.53]
  wikidata: Q3861
  website: https://example.org/
  text: {en: The capital}
qatar: {kind: place, name: Qatar}
"""
    (doha, qatar), problems = parse_entities(source(text), settings())

    assert problems == ()
    assert doha == Entity(
        id="doha",
        kind="place",
        names={"ar": "الدوحة", "en": "Doha"},
        other_names=("Ad Dawhah",),
        text={"en": "The capital"},
        wikidata="Q3861",
        website="https://example.org/",
        coordinates=(25.29, 51.53),
        position=(1, 1),
    )
    assert qatar.names == {"ar": "Qatar", "en": "Qatar"}
    assert qatar.position == (9, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a b: {kind: place, name: X}", ["1:1 TG307"]),
        ("doha: place", ["1:7 TG303"]),
        ("doha: {kind: place}", ["1:7 TG301"]),
        ("doha: {name: X}", ["1:7 TG301"]),
        ("doha: {kind: place, name: {}}", ["1:27 TG305"]),
        ("doha: {kind: palce, name: X}", ["1:14 TG304"]),
        ("doha: {kind: ship, name: X}", ["1:14 TG304"]),
        ("doha: {kind: place, name: X, kidn: y}", ["1:30 TG302"]),
        ("doha: {kind: place, name: X}\ndoha: {kind: place, name: Y}", ["2:1 TG122"]),
        ("- doha", ["1:1 TG126"]),
        ("", ["1:1 TG102"]),
    ],
)
def test_what_is_wrong_with_entities(text: str, found: list[str]) -> None:
    """What is wrong with an entity is told at its place in the file."""
    assert said(parse_entities(source(text, "content/entities.yaml"), settings())[1]) == found


def test_comments_alone_are_no_entities() -> None:
    """A file with nothing but comments is one that has not been filled yet."""
    assert parse_entities(source("# nobody yet\n"), settings()) == ((), ())


def test_eras() -> None:
    """An era has a date like an event's, read in the same ways."""
    eras, problems = parse_eras(
        source("war: {name: {en: War}, date: 1990/1991}\npeace: {name: P, date: منذ 1992}"), settings()
    )

    assert problems == ()
    assert [(era.id, era.when.edtf) for era in eras] == [("war", "1990/1991"), ("peace", "1992/..")]


@pytest.mark.parametrize(
    ("text", "found"),
    [("a: {name: A, date: unknown}", "1:20 TG304"), ("a: {name: {}, date: 1990}", "1:11 TG305")],
)
def test_era_of_nothing(text: str, found: str) -> None:
    """An era that lies nowhere, or is called nothing, cannot be drawn."""
    assert said(parse_eras(source(text), settings())[1]) == [found]


def test_era_with_a_bad_date() -> None:
    """A date that cannot be read is told where it stands, and the other eras are read."""
    eras, problems = parse_eras(source("a: {name: A, date: soon}\nb: {name: B, date: 1990}"), settings())

    assert [era.id for era in eras] == ["b"]
    assert said(problems)[0].startswith("1:20 TG2")


def test_sources() -> None:
    """Sources that several articles use have an id of their own."""
    sources, problems = parse_sources(source("paper: {title: T, page: 12}\nempty: {title: ''}"), settings())

    assert sources["paper"] == Citation(title="T", page="12")
    assert said(problems) == ["2:8 TG305"]
    assert said(parse_sources(source("ftp: {url: 'ftp://x'}"), settings())[1]) == ["1:12 TG306"]


@pytest.mark.parametrize(
    "name",
    ["a b", "../x", "a..b", "x.lock", "a:b", "refs/heads/main", "HEAD", "-d", "x/", "a~1", "@{1}", "a//b"],
)
def test_no_branch(name: str) -> None:
    """What git would not take for a branch, or would take for something else, is refused with its place."""
    text = f"{NEEDED}publish:\n  it: {{to: git, remote: origin, branch: '{name}'}}\n"

    _, problems = parse_settings(source(text))

    assert [(one.code, one.place.line) for one in problems] == [("TG311", text.count("\n"))]


@pytest.mark.parametrize("name", ["main", "gh-pages", "site/live", "نشر", "v1.2_x"])
def test_branches(name: str) -> None:
    """Names of branches, in any script, are taken as they are."""
    text = f"{NEEDED}publish: {{it: {{to: git, remote: origin, branch: '{name}'}}}}\n"

    settings, problems = parse_settings(source(text))

    assert problems == ()
    assert settings is not None
    assert settings.publish["it"].branch == name


@pytest.mark.parametrize("to", ["git", "rsync"])
def test_a_remote_is_no_option(to: str) -> None:
    """A remote that begins with a hyphen would be an option of the tool that gets it."""
    text = f"{NEEDED}publish: {{it: {{to: {to}, remote: '--rsh=touch /tmp/x'}}}}\n"

    _, problems = parse_settings(source(text))

    assert [one.code for one in problems] == ["TG311"]


NEEDS = "4:16 TG301 the key '{}' is missing, and a target with 'to: {}' needs it: write {}"
OTHER = "TG311 '{}' belongs to another kind of target than 'to: {}': its keys are {}"
OF_GIT = "branch, deletions, domain, headers, history, host, keep, policy, preview, remote, strict, to, url"
OF_FOLDER = "deletions, headers, host, keep, path, policy, preview, strict, to, url"
OF_ANY = (
    "to, url, preview, strict, host, policy, headers, keep, deletions, remote, branch, history, domain, path,"
    " bucket, prefix, endpoint, region, cdn"
)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("{to: git, remote: o, bucket: b}", f"4:45 {OTHER.format('bucket', 'git', OF_GIT)}"),
        ("{to: folder, path: p, prefix: b}", f"4:46 {OTHER.format('prefix', 'folder', OF_FOLDER)}"),
        (
            "{keep: 3, bucket: b}",
            "4:16 TG301 the key 'to' is missing, and it is needed here: write to: git, folder, rsync or s3",
        ),
        ("{to: gti, bucket: b}", "4:21 TG304 'to' cannot be 'gti': did you mean 'git'?"),
        ("git", "4:16 TG303 'one' must be a mapping of keys and values: write one: …"),
        ("{to: git, remot: o}", "4:26 TG302 the key 'remot' is unknown here: did you mean 'remote'?"),
        ("{to: git}", NEEDS.format("remote", "git", "remote: origin, or the address of a repository")),
        ("{to: folder, path: ''}", NEEDS.format("path", "folder", "path: /srv/www/site")),
        ("{to: s3, bucket: b, keeep: 3}", "4:36 TG302 the key 'keeep' is unknown here: did you mean 'keep'?"),
        (
            "{to: git, remote: o, buckt: b}",
            "4:37 TG302 the key 'buckt' is unknown here: did you mean 'bucket'?",
        ),
        ("{to: folder, path: p, zz: 3}", f"4:38 TG302 the key 'zz' is unknown here: the keys are {OF_ANY}"),
        ("{to: folder, path: p, cdn: '', region: }", ""),
    ],
)
def test_keys_of_targets(target: str, found: str) -> None:
    """Each kind of target has keys of its own; a wrong one is named with its place and what to write."""
    _, problems = parse_settings(source(f"{NEEDED}publish: {{one: {target}}}\n"))

    places = zip(said(problems), problems, strict=True)
    assert "; ".join(f"{place} {problem.message}: {problem.hint}" for place, problem in places) == found
