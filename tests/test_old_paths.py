"""Former paths that ``site.yaml`` leads on, and former ids of entities."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.checking.clean_build import compare_with_clean
from timeline_gen.errors import ContentError, Level, Problem

FILES = {
    "content/articles/canal.en.md": article("Canal", "{id: dug, date: 1901, title: Dug, people: [hakan]}"),
    "content/articles/canal.ar.md": article("قناة", date=""),
    "content/articles/draft.en.md": article(
        "Draft", "{id: secret, date: 1999, title: S}", more="draft: true\n"
    ),
    "content/pages/about.en.md": "---\ntitle: About\n---\nText.\n",
    "content/entities.yaml": "hakan:\n  kind: person\n  name: Hakan Fidan\n  aliases: [fidan, hakan-f]\n"
    "unnamed:\n  kind: person\n  name: Nobody\n",
}


def site(root: Path, redirects: str, files: dict[str, str] | None = None) -> Path:
    """Write a site whose ``site.yaml`` has *redirects*, in YAML's flow style."""
    return write_site(root, FILES | (files or {}), settings=f"{SETTINGS}redirects: {{{redirects}}}\n")


def text_of(root: Path, path: str) -> str:
    """Return what the built page at *path* is."""
    return (root / "output" / path).read_text("utf-8")


def problems(root: Path) -> list[Problem]:
    """Return what a check says."""
    return list(check(root, jobs=1))


@pytest.mark.parametrize(
    ("path", "target", "file", "href"),
    [
        ("/news/2013/x/", "article:canal", "news/2013/x/index.html", "../../../ar/articles/canal/"),
        ("/en/news/x", "article:canal", "en/news/x/index.html", "../../../en/articles/canal/"),
        ("/old.html", "event:dug", "old.html", "./en/events/dug/"),
        ("/%D9%82/", "page:about", "ق/index.html", "../en/about/"),
        ("/who/", "entity:hakan", "who/index.html", "../ar/people/hakan/"),
        ("/who/", "entity:people/hakan", "who/index.html", "../ar/people/hakan/"),
        ("/list/", "/en/people/", "list/index.html", "../en/people/"),
        ("/list/", "/en/people", "list/index.html", "../en/people/"),
        ("/list/", "https://records.org/en/about/#top", "list/index.html", "../en/about/#top"),
        ("/feed", "/en/feed.xml", "feed/index.html", "../en/feed.xml"),
        ("/far/", "https://other.example/x?y=1", "far/index.html", "https://other.example/x?y=1"),
        ("/alias/", "/en/people/fidan/", "alias/index.html", "../en/people/hakan/"),
        ("https://records.org/mine/", "article:canal", "mine/index.html", "../ar/articles/canal/"),
    ],
)
def test_where_former_paths_lead(tmp_path: Path, path: str, target: str, file: str, href: str) -> None:
    """A former path leads to an article, an event, a page, an entity or an address, in its own language."""
    root = site(tmp_path, f"'{path}': '{target}'")

    build(root, Options(jobs=1))

    assert f'content="0; url={href}"' in text_of(root, file)


def test_one_former_path_leads_to_another(tmp_path: Path) -> None:
    """A path that leads to another former path leads to where that one leads in the end."""
    root = site(tmp_path, "/a/: /b/, /b/: /c/, /c/: 'event:dug'")

    build(root, Options(jobs=1))

    assert "url=../en/events/dug/" in text_of(root, "a/index.html")


def test_what_is_gone(tmp_path: Path) -> None:
    """What is gone for good has a page that says so in the language of its path, and is not to be listed."""
    root = site(tmp_path, "/en/news/: gone, /x.html: gone")

    build(root, Options(jobs=1))

    english, arabic = text_of(root, "en/news/index.html"), text_of(root, "x.html")
    assert '<meta name="robots" content="noindex">' in english
    assert "What was here has been removed" in english
    assert 'lang="ar" dir="rtl"' in arabic
    assert "أُزيل ما كان هنا" in arabic
    assert "news" not in text_of(root, "sitemap.xml")


@pytest.mark.parametrize(
    ("redirects", "code", "column", "said", "hint"),
    [
        ("news: 'event:dug'", "TG604", 13, "does not begin with '/'", "write /news/"),
        ("/: 'event:dug'", "TG604", 13, "first page", "/news/2013/x/"),
        ("'/?p=1': 'event:dug'", "TG604", 13, "first page", ""),
        ("'/x?p=1': 'event:dug'", "TG604", 13, "'?'", "write /x/"),
        ("/a//b/: 'event:dug'", "TG604", 13, "without a name", "write /a/b/"),
        ("/a/../b/: 'event:dug'", "TG604", 13, "without a name", ""),
        ("'/a*b/': 'event:dug'", "TG604", 13, "'*'", ""),
        ("/assets/x.css: 'event:dug'", "TG604", 13, "/assets", ""),
        ("'/.git/': 'event:dug'", "TG604", 13, "hidden", ""),
        ("'https://other.example/x/': gone", "TG604", 13, "another host", ""),
        ("/x/: gone, /x: gone", "TG604", 24, "twice", "one of the two"),
        ("/x/: 'event:dugg'", "TG605", 18, "no event 'dugg'", "event:dug"),
        ("/x/: 'article:canall'", "TG605", 18, "no article 'canall'", "article:canal"),
        ("/x/: 'page:abuot'", "TG605", 18, "no page 'abuot'", "page:about"),
        ("/x/: 'entity:hakann'", "TG605", 18, "no entity 'hakann'", "entity:hakan"),
        ("/x/: /en/abuot/", "TG605", 18, "no page /en/abuot/", "/en/about/"),
        ("/x/: canal", "TG605", 18, "'canal' is nothing", "article:SLUG"),
        ("/x/: /x/", "TG606", 18, "/x/ → /x/", ""),
        ("/x/: /y/, /y/: /x/", "TG606", 18, "/x/ → /y/ → /x/", ""),
        ("/en/about/: 'event:dug'", "TG601", 13, "the page 'about'", ""),
        ("/EN/About/: 'event:dug'", "TG601", 13, "the page 'about'", ""),
        ("/en/people/fidan/: gone", "TG601", 13, "former name 'fidan'", ""),
    ],
)
def test_what_cannot_be(
    tmp_path: Path, *, redirects: str, code: str, column: int, said: str, hint: str
) -> None:
    """A bad path, a lost target, a circle and a page that is there are told with a place and a way out."""
    found = [one for one in problems(site(tmp_path, redirects)) if one.level is Level.ERROR]

    problem = found[0]
    assert (problem.code, str(problem.place)) == (code, f"site.yaml:4:{column}")
    assert said in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("target", ["article:draft", "/en/articles/draft/", "event:secret", "entity:unnamed"])
def test_held_back_targets(tmp_path: Path, target: str) -> None:
    """A path that leads to what is held back has no page that would tell of it, and a note says so."""
    root = site(tmp_path, f"/x/: '{target}'")

    report = build(root, Options(jobs=1))

    assert [(one.code, one.level) for one in report.problems if one.code == "TG607"] == [
        ("TG607", Level.INFO)
    ]
    assert not (root / "output" / "x").exists()


def test_former_ids_of_entities(tmp_path: Path) -> None:
    """An entity that was renamed is found at its former addresses, embed included, and by its former ids."""
    named = article("Canal", "{id: dug, date: 1901, title: Dug, people: [hakan-f]}")
    root = site(tmp_path, "", {"content/articles/canal.en.md": named})

    report = build(root, Options(jobs=1))

    assert [one.code for one in report.problems] == ["TG542"]
    assert "url=../../../en/people/hakan/" in text_of(root, "en/people/fidan/index.html")
    assert "url=../../../ar/people/hakan/" in text_of(root, "ar/people/hakan-f/index.html")
    assert "url=../../../en/embed/people/hakan.html" in text_of(root, "en/embed/people/fidan.html")


def test_a_former_id_that_is_taken(tmp_path: Path) -> None:
    """A former id under which another entity has its pages is refused, with the place of both."""
    entities = FILES["content/entities.yaml"].replace("unnamed", "fidan").replace("Nobody", "Fidan")
    other = article("More", "{id: more, date: 1902, title: More, people: [fidan]}")
    root = site(tmp_path, "", {"content/entities.yaml": entities, "content/articles/more.en.md": other})

    with pytest.raises(ContentError) as caught:
        build(root, Options(jobs=1))

    (refused,) = (one for one in caught.value.problems if one.code == "TG601")
    assert str(refused.place) == "content/entities.yaml:4:13"
    assert "the former name 'fidan' of the entity 'hakan'" in refused.message


def test_made_anew_when_they_change(tmp_path: Path) -> None:
    """A redirect that is changed, added or taken away changes its own page and no other."""
    root = site(tmp_path, "/a/: 'event:dug'")
    build(root, Options(jobs=1))

    for redirects, rendered in (("/a/: 'article:canal', /b/: gone", 2), ("/b/: gone", 0), ("", 0)):
        site(root, redirects)
        report = build(root, Options(jobs=1))

        assert report.rendered == rendered
        assert compare_with_clean(root, Options(jobs=1)).differing == ()


def test_links_of_former_paths_are_sound(tmp_path: Path) -> None:
    """The check follows them as it follows every other link."""
    root = site(tmp_path, "/a/: '/en/about/#nothing'")

    assert [one.code for one in problems(root)] == ["TG542", "TG811"]
