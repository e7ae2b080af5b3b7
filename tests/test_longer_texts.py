"""Admonitions, lists of tasks, and what is related to an article."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Final

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.building.store.memory import Memory
from timeline_gen.reading.parse_limits import is_light
from timeline_gen.reading.prose import code_classes, commonmark
from timeline_gen.reading.prose.body import parse_body

ENGINES: Final = ("markdown", *(["commonmark"] if commonmark.INSTALLED else []))


def html_of(text: str, engine: str, address: str = "en/articles/a/") -> tuple[str, list[str]]:
    """Return *text* as HTML on one line, and the codes of what is wrong with it."""
    path = PurePosixPath("content/articles/a.en.md")
    body, problems = parse_body(text, first_line=1, path=path, assets={}, engine=engine, address=address)
    return re.sub(r"\s*\n\s*", "", body.html), [problem.code for problem in problems]


def box(kind: str, title: str, inside: str) -> str:
    """Return the HTML of an admonition."""
    begun = f'<div class="admonition admonition-{kind}" role="note">'
    return f'{begun}<p class="admonition-title">{title}</p>{inside}</div>'


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!NOTE]\n> Take *care*.", box("note", "Note", "<p>Take <em>care</em>.</p>")),
        ("> [!warning]\n>\n> Two.\n>\n> Three.", box("warning", "Warning", "<p>Two.</p><p>Three.</p>")),
        ("> [!TIP]  \n> One.", box("tip", "Tip", "<p>One.</p>")),
        (
            "> [!CAUTION]\n> One.\n>\n> > Said.\n\nAfter.",
            box("caution", "Caution", "<p>One.</p><blockquote><p>Said.</p></blockquote>") + "<p>After.</p>",
        ),
        (
            "> Said.\n>\n> > [!IMPORTANT]\n> > One.",
            f"<blockquote><p>Said.</p>{box('important', 'Important', '<p>One.</p>')}</blockquote>",
        ),
        (
            "> Said.\n\n> [!NOTE]\n> One.\n\n> [!TIP]\n> Two.",
            "<blockquote><p>Said.</p></blockquote>"
            + box("note", "Note", "<p>One.</p>")
            + box("tip", "Tip", "<p>Two.</p>"),
        ),
        ("```\n> [!NOTE]\n> x\n```", "<pre><code>&gt; [!NOTE]&gt; x</code></pre>"),
    ],
)
def test_admonitions(engine: str, text: str, expected: str) -> None:
    """A quotation that begins as GitHub's alerts do is a box with a title, in both engines."""
    html, problems = html_of(text, engine)

    assert html == expected
    assert not problems


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("ar/articles/a/", '<p class="admonition-title">ملاحظة</p>'),
        ("fr-CA/articles/a/", '<p class="admonition-title">Note</p>'),
        ("sw/articles/a/", '<p class="admonition-title" lang="en" dir="ltr">Note</p>'),
    ],
)
def test_titles_by_language(engine: str, address: str, title: str) -> None:
    """The title is in the language of the text; English words, marked as such, where that has none."""
    html, _ = html_of("> [!NOTE]\n> Text.", engine, address)

    assert title in html


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["> [!NOTE] on one line", "> [!info]\n> Text.", "> [!faq]- Folded"])
def test_what_is_no_admonition(engine: str, text: str) -> None:
    """What GitHub would not take for an admonition stays a quotation, and is reported."""
    html, problems = html_of(text, engine)

    assert "admonition" not in html
    assert problems == ["TG430"]


@pytest.mark.parametrize("engine", ENGINES)
def test_tasks(engine: str) -> None:
    """The items of a list of tasks are marked, so that themes show a box in place of a bullet."""
    html, _ = html_of("- [ ] Open\n- [x] Done\n- Other", engine)

    assert html == '<ul><li class="task">☐ Open</li><li class="task">☑ Done</li><li>Other</li></ul>'


# ---------------------------------------------------------------- related articles


ARTICLES: Final = {
    "one": article("One", "{id: e1, date: 2019, title: E1}", more="people: [Mona, Ali]\n", date="2021-01-01"),
    "two": article("Two", "{id: e1, date: 2019, title: E1}", more="people: [Mona]\n", date="2021-01-02"),
    "three": article("Three", more="people: [Mona]\n", date="2021-01-03"),
    "four": article("Four", more="people: [Ali]\n", date="2021-01-04"),
    "five": article("Five", more="people: [Nobody Else]\n", date="2021-01-05"),
    "plan": article("Plan", more="people: [Mona, Ali]\ndraft: true\n", date="2021-01-06"),
}


def site(root: Path, *, settings: str = SETTINGS) -> Path:
    """Write a site whose articles have something in common."""
    files = {f"content/articles/{slug}.en.md": text for slug, text in ARTICLES.items()}
    return write_site(root, files, settings=settings)


def built(root: Path, output: Path, memory: Memory | None = None) -> Report:
    """Build the site in *root* into *output*."""
    options = Options(output=str(output), jobs=1)
    return build(root, options, memory=memory) if memory else build(root, options)


def related(output: Path, slug: str) -> list[str]:
    """Return the titles of the articles that are named under the article *slug*."""
    page = (output / "en/articles" / slug / "index.html").read_text(encoding="utf-8")
    section = page.partition('id="related"')[2].partition("</section>")[0]
    return re.findall(r'<h3 class="title"><a [^>]*>([^<]*)</a>', section)


def test_related(tmp_path: Path) -> None:
    """Under an article stand those with the most in common, an event counting twice; no drafts."""
    built(site(tmp_path), tmp_path / "out")

    assert related(tmp_path / "out", "one") == ["Two", "Four", "Three"]
    assert related(tmp_path / "out", "two") == ["One", "Three"]
    assert related(tmp_path / "out", "five") == []


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize(
    ("slug", "old", "new", "pages"),
    [
        ("five", "Text.", "Words.", {"five"}),
        ("three", "Text.", "Words.", {"three"}),
        ("three", "title: Three", "title: Drei", {"one", "two", "three"}),
        ("three", "date: 2021-01-03", "date: 2021-01-03\nupdated: 2021-02-01", {"three"}),
        ("five", "Nobody Else", "Ali", {"one", "four", "five"}),
    ],
)
def test_what_a_change_renders(
    tmp_path: Path, slug: str, old: str, new: str, pages: set[str], *, running: bool
) -> None:
    """A change of an article changes the pages that name it and no others, as a clean build would."""
    root, out = site(tmp_path / "site"), tmp_path / "out"
    memory = Memory() if running else None
    built(root, out, memory)
    before = texts(out)
    path = root / f"content/articles/{slug}.en.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    built(root, out, memory)
    built(root, tmp_path / "clean")

    assert texts(out) == texts(tmp_path / "clean")
    changed = {name for name, text in texts(out).items() if before.get(name) != text}
    assert {name for name in changed if name in ARTICLES} == pages


def texts(output: Path) -> dict[str, str]:
    """Return the pages of articles by slug."""
    found = (output / "en/articles").glob("*/index.html")
    return {path.parent.name: path.read_text(encoding="utf-8") for path in found}


PYTHON: Final = '```python\ndef a(b):  # <b>\n    return "c" < 1\n```'


@pytest.mark.skipif(not code_classes.INSTALLED, reason="Pygments is not installed")
@pytest.mark.parametrize("engine", ENGINES)
def test_code(engine: str) -> None:
    """The parts of code have Pygments' classes, and its text is what was written."""
    html, problems = html_of(PYTHON, engine)

    assert html.startswith('<pre class="highlight"><code class="language-python"><span class="k">def</span>')
    for kind, part in (("c1", "# &lt;b&gt;"), ("s2", "c"), ("o", "&lt;")):
        assert f'<span class="{kind}">{part}</span>' in html
    assert unescape(re.sub("<[^>]*>", "", html)) == 'def a(b):  # <b>return "c" < 1'
    assert not problems


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text", ["```nothing-known\n<b>\n```", "```\n<b>\n```", "```python\n" + "a\n" * 30_000]
)
def test_plain_code(engine: str, text: str) -> None:
    """Code in no language, in one that nobody knows, or of great length, is shown as it is."""
    assert "<span" not in html_of(text, engine)[0]


def test_code_without_pygments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra code is shown without colours."""
    monkeypatch.setattr(code_classes, "INSTALLED", False)

    assert "<pre><code class=" in html_of(PYTHON, "markdown")[0]


def test_code_takes_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with code is read by a process that can be ended, as a lexer may take for ever."""
    assert is_light(b"plain")
    assert not is_light(PYTHON.encode())

    monkeypatch.setattr(code_classes, "INSTALLED", False)

    assert is_light(PYTHON.encode())
