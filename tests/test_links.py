"""Links in texts: where they lead on each page, what becomes of those to what is held back or missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build, plan_site
from timeline_gen.building.render.outputs import bodies_of, page_keys, render_job, render_jobs
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import ContentError, Level, Problem
from timeline_gen.model.links import HeldName
from timeline_gen.publishing.held_names import HeldNames
from timeline_gen.rendering.self_contained import self_contained

HELD = "held-back-1"
FILES = {
    "content/articles/bridge.en.md": article(
        "Bridge", "{id: plan, date: 2017, title: Plan, aliases: [old-plan]}", more="people: [leila]\n"
    ),
    "content/articles/bridge.ar.md": "---\ntitle: جسر\n---\n## البداية\n\nنص.\n",
    "content/articles/canal.en.md": article("Canal", body="## How it began\n\nText."),
    "content/articles/dam.ar.md": article("سد", more="aliases: [weir]\n"),
    "content/articles/secret.en.md": article(
        "Secret", f"{{id: {HELD}, date: 2001, title: S}}", more="draft: true\ntags: [hidden-tag]\n"
    ),
    "content/pages/about.en.md": "---\ntitle: About\n---\nUs.\n",
    "content/pages/about.ar.md": "---\ntitle: عنا\n---\nنحن.\n",
    "content/pages/unready.en.md": "---\ntitle: Unready\ndraft: true\n---\nLater.\n",
    "content/entities.yaml": "leila: {kind: person, name: Leila}\nnoor: {kind: person, name: Noor}\n",
}


def planned(root: Path, *, engine: str = "markdown") -> tuple[SitePlan, tuple[Problem, ...]]:
    """Return the site in *root* as it is planned, and what is wrong with it."""
    if engine != "markdown":
        settings = root / "site.yaml"
        settings.write_text(f"{settings.read_text('utf-8')}markdown: {{engine: {engine}}}\n", "utf-8")
    with open_workspace(root, Options(jobs=1, now=0)) as site:
        one, problems = plan_site(site), site.problems.all
    return one, problems


def shown(root: Path, *paths: str, engine: str = "markdown") -> list[str]:
    """Return the pages at *paths* of the site in *root*."""
    one, _ = planned(root, engine=engine)
    with open_workspace(root, Options(jobs=1, now=0)) as site:
        pages = [page for page in one.pages if page.file in paths]
        made = {
            page.file: file.data.decode()
            for job in render_jobs(pages, bodies_of(root, one, site.store))
            for page, file in zip(job.pages, render_job(job, context=one.context), strict=True)
        }
    return [made[path] for path in paths]


def problems_of(root: Path) -> list[Problem]:
    """Return what is wrong with the site in *root*, but for notes."""
    try:
        found = planned(root)[1]
    except ContentError as error:
        found = error.problems
    return [problem for problem in found if problem.level is not Level.INFO]


LINKS = [
    ("[x](event:plan)", '<a href="../../../en/events/plan/" class="event-link">x</a>'),
    ("[x](event:old-plan)", '<a href="../../../en/events/plan/" class="event-link">x</a>'),
    ("<event:plan>", '<a href="../../../en/events/plan/" class="event-link">plan</a>'),
    ('[x](event:plan "t")', '<a href="../../../en/events/plan/" class="event-link" title="t">x</a>'),
    ('<a href="event:plan">x</a>', '<a href="../../../en/events/plan/" class="event-link">x</a>'),
    ("[x](article:bridge)", '<a href="../../../en/articles/bridge/">x</a>'),
    ("[x](article:canal#how-it-began)", '<a href="../../../en/articles/canal/#how-it-began">x</a>'),
    ("[x](article:dam)", '<a href="../../../ar/articles/dam/" hreflang="ar" lang="ar"><span lang="en"'),
    ("[x](article:weir)", '<a href="../../../ar/articles/dam/" hreflang="ar"'),
    ("[x](page:about)", '<a href="../../../en/about/">x</a>'),
    ("[x](entity:leila)", '<a href="../../../en/people/leila/">x</a>'),
    ("[x](canal.en.md)", '<a href="../../../en/articles/canal/">x</a>'),
    ("[x](bridge.ar.md)", '<a href="../../../en/articles/bridge/">x</a>'),
    ("[x](canal.en.md#how-it-began)", '<a href="../../../en/articles/canal/#how-it-began">x</a>'),
    ("[x](../pages/about.ar.md)", '<a href="../../../en/about/">x</a>'),
    ("[x](../canal/)", '<a href="../../../en/articles/canal/">x</a>'),
    ("[x](../canal/#how-it-began)", '<a href="../../../en/articles/canal/#how-it-began">x</a>'),
    ("[x](../canal/#how-it-began)", '<a href="../../../en/articles/canal/#how-it-began">x</a>'),
    ("[x](/about/)", '<a href="../../../en/about/">x</a>'),
    ("[x](/ar/about/)", '<a href="../../../en/about/">x</a>'),
    ("[x](/record/en/about/)", '<a href="../../../en/about/">x</a>'),
    ("[x](../about/)", '<a href="../../../en/about/">x</a>'),
    ("[x](../../about/)", '<a href="../../../en/about/">x</a>'),
    ("[x](/en/)", '<a href="../../../en/">x</a>'),
    ("[x](../../people/)", '<a href="../../../en/people/">x</a>'),
    (f"[x](event:{HELD})", "one x two"),
    (f"<event:{HELD}>", "one … two"),
    (f"[event:{HELD}](event:{HELD})", "one … two"),
    ("[x](article:secret)", "one x two"),
    ("[x](secret.en.md)", "one x two"),
    ("[x](../secret/)", "one x two"),
    ("[x](page:unready)", "one x two"),
    ("[x](entity:hidden-tag)", "one x two"),
]


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_where_links_lead(tmp_path: Path, engine: str) -> None:
    """Every way to link leads from a body and from a summary to the same place, with both engines."""
    body = "\n\n".join(f"one {link} two" for link, _ in LINKS)
    events = "".join(
        f"  - id: s{number}\n    date: 2019\n    title: S\n    summary: >-\n      one {link} two\n"
        for number, (link, _) in enumerate(LINKS)
    )
    text = f"---\ntitle: T\ndate: 2020-01-01\nevents:\n{events}---\n{body}\n"
    root = write_site(
        tmp_path,
        {**FILES, "content/articles/t.en.md": text},
        settings="title: T\nurl: https://example.org/record/\nlanguages: [ar, en]\n",
    )

    page, timeline = shown(root, "en/articles/t/index.html", "en/index.html", engine=engine)

    paragraphs = re.findall(r"<p>(one .*?)</p>", page)
    # The strip of cards above the list has the summaries of some of the events, too.
    listed = re.sub(r'<section class="highlights".*?</section>', "", timeline, flags=re.DOTALL)
    summaries = re.findall(r'<p class="summary">(one .*?)</p>', listed)
    assert [html for (_, html), found in zip(LINKS, paragraphs, strict=True) if html not in found] == []
    near = [html.replace('"../../../', '"../') for _, html in LINKS]
    assert [html for html, found in zip(near, summaries, strict=True) if html not in found] == []


PLACES = {
    "body": ("content/articles/t.en.md", "en/articles/t/index.html", '"../../../'),
    "summary of an article": ("content/articles/t.en.md", "ar/articles/index.html", '"../../'),
    "summary in an embed": ("content/articles/t.en.md", "en/embed/events/e.html", '"../../../'),
    "caption": ("content/articles/t.en.md", "en/events/e/index.html", '"../../../'),
    "entity": ("content/entities.yaml", "en/people/leila/index.html", '"../../../'),
    "era": ("content/eras.yaml", "en/index.html", '"../'),
    "feed": ("content/articles/t.en.md", "en/feed.xml", "&quot;https://records.org/"),
    "feed of events": ("content/articles/t.en.md", "en/events.xml", "&quot;https://records.org/"),
}


def everywhere(link: str) -> dict[str, str]:
    """Return a site with *link* in every text that takes Markdown."""
    quoted = link.replace("'", "''")
    media = f"media: {{src: 'https://example.com/v', alt: A, caption: '{quoted}', credit: '{quoted}'}}"
    return {
        **FILES,
        "content/articles/t.en.md": article(
            "T",
            f"{{id: e, date: 2019, title: E, summary: '{quoted}', {media}}}",
            more=f"summary: '{quoted}'\n",
            body=f"## A {link.replace(f'[{HELD}]', '[x]')}\n\n| a |\n|---|\n| {link} |\n\n"
            f"Note[^1] {link}\n\n[^1]: {link}\n",
        ),
        "content/pages/method.en.md": f"---\ntitle: M\nsummary: '{quoted}'\n---\n{link}\n",
        "content/entities.yaml": f"leila: {{kind: person, name: Leila, text: '{quoted}'}}\n",
        "content/eras.yaml": f"old: {{name: Old, date: 1900/2020, text: '{quoted}'}}\n",
    }


@pytest.mark.parametrize(
    "link",
    [
        f"[x](event:{HELD})",
        f"<event:{HELD}>",
        f'<a href="event:{HELD}">x</a>',
        f'[x](event:{HELD} "title")',
        f"[{HELD}](event:{HELD})",
        f"[x](/en/events/{HELD}/)",
        f'<a href="ev&#9;ent:{HELD}">x</a>',
        f'<a href=" event:{HELD}&#10;">x</a>',
    ],
)
def test_held_back_id_is_in_no_file(tmp_path: Path, link: str) -> None:
    """The id of an event under embargo is planted in every text, and no built file holds it."""
    root = write_site(tmp_path, everywhere(link))

    build(root, Options(jobs=1))

    files = [path for path in (root / "output").rglob("*") if path.is_file()]
    assert [path for path in files if HELD.encode() in path.read_bytes()] == []
    assert [path for path in files if HELD in str(path)] == []


def test_links_in_every_text(tmp_path: Path) -> None:
    """A link works in each text that takes Markdown, on each page that shows it, and in feeds."""
    asked = f"{SETTINGS}embeds: [timeline, entities, events]\n"
    root = write_site(tmp_path, everywhere("[x](article:canal)"), settings=asked)

    pages = shown(root, *(path for _, path, _ in PLACES.values()))

    for (name, (_, _, root_of)), page in zip(PLACES.items(), pages, strict=True):
        assert f"{root_of}en/articles/canal/" in page, name


PLAIN = [
    ("content/articles/p.en.md", "---\ntitle: {}\ndate: 2020-01-01\n---\n"),
    ("content/articles/p.en.md", "---\ntitle: T\ndate: 2020-01-01\npeople: [{}]\n---\n"),
    ("content/articles/p.en.md", "---\ntitle: T\ndate: 2020-01-01\nauthors: [{}]\n---\n"),
    ("content/articles/p.en.md", "---\ntitle: T\ndate: 2020-01-01\nsource: {{title: {}}}\n---\n"),
    ("content/articles/p.en.md", "---\ntitle: T\ndate: 2020-01-01\nsource: {{title: T, quote: {}}}\n---\n"),
    ("content/articles/p.en.md", "---\ntitle: T\ndate: 2020-01-01\nevents: [{{id: q, title: {}}}]\n---\n"),
    (
        "content/articles/p.en.md",
        "---\ntitle: T\ndate: 2020-01-01\nevents: [{{id: q, date: 2019, title: Q, date_text: {}}}]\n---\n",
    ),
    (
        "content/articles/p.en.md",
        "---\ntitle: T\ndate: 2020-01-01\nevents:\n- {{id: q, media: {{src: a, alt: {}}}}}\n---\n",
    ),
    ("content/pages/p.en.md", "---\ntitle: {}\n---\n"),
    ("content/entities.yaml", "leila: {{kind: person, name: {}}}\n"),
    ("content/entities.yaml", "leila: {{kind: person, name: Leila, other_names: [{}]}}\n"),
    ("content/eras.yaml", "old: {{name: {{en: {}}}, date: 1900/2020}}\n"),
    ("content/sources.yaml", "paper: {{name: {}}}\n"),
    ("site.yaml", "title: {}\nurl: https://example.org/\nlanguages: [ar, en]\n"),
    ("site.yaml", "title: T\ndescription: {}\nurl: https://example.org/\nlanguages: [ar, en]\n"),
]


@pytest.mark.parametrize(("path", "text"), PLAIN, ids=range(len(PLAIN)))
def test_links_where_none_work(tmp_path: Path, path: str, text: str) -> None:
    """A link in a text that is shown as it is typed is told of: it may name what is held back."""
    settings = text.format("'See [x](event:plan)'") if path == "site.yaml" else None
    files = {**FILES, path: text.format("'See [x](event:plan)'")}
    root = write_site(tmp_path, files, **({"settings": settings} if settings else {}))

    found = [problem for problem in problems_of(root) if problem.code == "TG412"]

    assert [str(problem.place.path) for problem in found] == [path]
    assert found[0].level is Level.ERROR


DEAD = [
    ("[x](event:plann)", "TG508", "did you mean 'plan'?"),
    ("[x](event:canal)", "TG508", "did you mean 'article:canal'?"),
    ("[x](article:cannal)", "TG521", "did you mean 'canal'?"),
    ("[x](cannal.en.md)", "TG521", "did you mean 'canal.en.md'?"),
    ("[x](page:abuot)", "TG522", "did you mean 'about'?"),
    ("[x](entity:lela)", "TG523", "did you mean 'leila'?"),
    ("[x](entity:noor)", "TG524", "name it in an article"),
    ("[x](../cannal/)", "TG811", "did you mean '../canal/'?"),
    ("[x](/abuot/)", "TG811", ""),
    ("[x](/en/abuot/)", "TG811", "did you mean '/en/about/'?"),
    ("[x](minutes.pdf)", "TG811", "next to the text"),
    ("[x](../../../../x/)", "TG811", ""),
    ("[x](../../README.md)", "TG526", "content/articles"),
    ("[x](#nowhere)", "TG413", "no headings"),
    ("[x](article:a b)", "TG414", "article:"),
]


@pytest.mark.parametrize(("link", "code", "hint"), DEAD)
def test_links_to_nothing(tmp_path: Path, link: str, code: str, hint: str) -> None:
    """A link that leads to nothing is reported at its own place, with what was probably meant.

    An id that nothing has is an error; with a path that leads nowhere, a site can still be built.
    """
    body = f"Read this: {link.replace('a b', '<a b>') if 'a b' in link else link}"
    if "a b" in link:
        body = 'Read this: <a href="article:a b">x</a>'
    root = write_site(tmp_path, {**FILES, "content/articles/t.en.md": article("T", body=body)})

    found = problems_of(root)

    target = "article:a b" if "a b" in link else link[4:-1]
    place = f"content/articles/t.en.md:5:{body.index(target) + 1}"
    assert [(problem.code, str(problem.place), problem.level) for problem in found] == [
        (code, place, Level.WARNING if code in {"TG413", "TG811"} else Level.ERROR)
    ]
    assert hint in found[0].hint


@pytest.mark.parametrize(
    ("summary", "columns"),
    [
        ("A ![x](x.png) b", [12]),
        ("A claim[^1] and[^2]", [17, 25]),
        ("'# A heading'", [10]),
        ("'- a list'", [10]),
        ("'> said'", [10]),
        ("A <div>b</div>", [12]),
        ("1914. The war begins", []),
        ("*War* begins", []),
        ("A `[^1]` b", []),
    ],
)
def test_what_does_not_fit_into_a_line(tmp_path: Path, summary: str, columns: list[int]) -> None:
    """Pictures, footnotes and blocks in a summary are told of at their places."""
    text = article("T", body="Text.", more=f"summary: {summary}\n")
    root = write_site(tmp_path, {**FILES, "content/articles/t.en.md": text})

    found = [problem for problem in problems_of(root) if problem.code == "TG411"]

    assert [(problem.place.line, problem.place.column) for problem in found] == [(4, one) for one in columns]


EDITS = {
    "a version in another language": {"content/articles/canal.ar.md": "---\ntitle: قناة\n---\nنص.\n"},
    "a heading": {"content/articles/canal.en.md": article("Canal", body="## It began\n\nText.")},
    "an alias": {"content/articles/canal.en.md": article("Canal", more="aliases: [ditch]\n")},
    "a draft": {"content/articles/canal.en.md": article("Canal", more="draft: true\n")},
    "something elsewhere": {
        "content/articles/else.en.md": article("Else", "{id: elsewhere, date: 2011, title: Else}")
    },
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
def test_incremental_equals_clean(tmp_path: Path, edit: dict[str, str]) -> None:
    """Where what a link leads to changes, each page with such a link is made anew, as in a clean build."""
    files = everywhere("[x](article:canal#how-it-began)")
    root = write_site(tmp_path / "site", files)
    build(root, Options(jobs=1))
    write_site(root, edit)
    build(root, Options(jobs=1))
    clean = write_site(tmp_path / "clean", {**files, **edit})
    build(clean, Options(jobs=1))

    assert tree_of(root) == tree_of(clean)


def tree_of(root: Path) -> dict[str, bytes]:
    """Return the built site in *root*."""
    output = root / "output"
    files = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def test_pages_depend_on_their_own_targets(tmp_path: Path) -> None:
    """What comes or is held back elsewhere renders no page that does not link to it."""
    root = write_site(tmp_path, everywhere("[x](article:canal)"))
    one, _ = planned(root)
    before = page_keys(one)
    write_site(
        root,
        {
            "content/articles/else.en.md": article("Else", more="draft: true\n"),
            "content/pages/else.en.md": "---\ntitle: E\ndraft: true\n---\nLater.\n",
        },
    )
    one, _ = planned(root)
    after = page_keys(one)

    assert before == after


NAMES = [
    (HeldName("event", "bridge-plan", "", anywhere=True), "<p>bridge-plan</p>", True),
    (HeldName("event", "bridge-plan", "", anywhere=True), "<p>the bridge-planned</p>", False),
    (HeldName("event", "bridge-plan", "", anywhere=True), "<p>old-bridge-plan</p>", False),
    (HeldName("event", "war", "", anywhere=False), "<p>The war began: war.</p>", False),
    (HeldName("event", "war", "", anywhere=False), '<a href="../../events/war/">', True),
    (HeldName("event", "war", "", anywhere=False), "see [x](event:war)", True),
    (HeldName("event", "war", "", anywhere=False), '{"id": "war", "x": 1}', True),
    (HeldName("event", "war", "", anywhere=False), "id,url\nwar,https", True),
    (HeldName("event", "war", "", anywhere=False), "UID:war@example.org", True),
    (HeldName("event", "war", "", anywhere=False), '<a href="../../events/warsaw/">', False),
    (
        HeldName("article", "قمة-1", "", anywhere=True),
        "https://x/%D9%82%D9%85%D8%A9-1/",
        True,
    ),
    (HeldName("article", "قمة", "", anywhere=False), "articles/قمة/", False),
    (HeldName("article", "قمة", "", anywhere=False), "/articles/قمة/", True),
    (HeldName("page", "about", "", anywhere=False), '<a href="../about/">', True),
    (HeldName("entity", "doha", "places", anywhere=False), '<a href="../places/doha/">', True),
    (HeldName("entity", "doha", "places", anywhere=False), "<p>doha</p>", False),
]


@pytest.mark.parametrize(("name", "text", "found"), NAMES, ids=range(len(NAMES)))
def test_names_of_what_is_held_back(name: HeldName, text: str, *, found: bool) -> None:
    """A publisher finds the name of what is held back where it is a name, and no word that looks like it."""
    problems = HeldNames([name]).problems("en/index.html", text.encode())

    assert [problem.code for problem in problems] == (["TG848"] if found else [])


def test_links_within_a_single_file() -> None:
    """In a single file a link to an event of that file leads to its place there; others lead to the site."""
    page = (
        b'<li id="e-plan">x</li><a href="../en/events/plan/" class="event-link">a</a>'
        b'<a href="../en/events/other/" class="event-link">b</a><a href="../en/events/plan/">c</a>'
    )
    anchors = {"en/events/plan/": "e-plan", "en/events/other/": "e-other"}

    made = self_contained(page, "en/", "https://example.org/", lambda _: None, anchors).decode()

    assert '<a href="#e-plan" class="event-link">a</a>' in made
    assert '<a href="https://example.org/en/events/other/" class="event-link">b</a>' in made
    assert '<a href="https://example.org/en/events/plan/">c</a>' in made
