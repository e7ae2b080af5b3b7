"""What a site's own theme writes and nobody ever sees is named, with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.errors import ContentError, Problem, UsageError

THEME = {"themes/mine/theme.yaml": "name: Mine\nextends: almanac\n"}
HEAD = '{% extends "almanac/event.html" %}\n'
CATALOGUE = 'msgid ""\nmsgstr ""\n\n'


def found(root: Path, files: dict[str, str]) -> list[Problem]:
    """Return what is wrong with a site whose theme has *files*."""
    content = {"content/articles/a.en.md": article("A", "{id: x, date: 2019, title: X}")}
    site = {**THEME, **content, **{f"themes/mine/{name}": text for name, text in files.items()}}
    return list(check(write_site(root, site, settings=f"{SETTINGS}theme: mine\n")))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("event.html", HEAD + "{% block mian %}{% endblock %}", ("2:10", "TG718", "did you mean 'main'?")),
        ("event.html", HEAD + "\n{#- x -#}{%- block mian -%}{% endblock %}", ("3:20", "TG718", "'main'")),
        ("evnet.html", HEAD, ("1:1", "TG717", "did you mean 'event.html'?")),
        ("parts/more.html", "x", ("1:1", "TG717", "the templates of pages are")),
    ],
)
def test_unused(tmp_path: Path, name: str, text: str, said: tuple[str, str, str]) -> None:
    """A block or a template that nothing shows is named where it is written."""
    (problem,) = found(tmp_path, {f"templates/{name}": text})

    place, code, hint = said
    assert str(problem.place) == f"themes/mine/templates/{name}:{place}"
    assert problem.code == code
    assert hint in problem.hint


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("printed", ["event.summary", "event.media"])
def test_none_is_printed(tmp_path: Path, printed: str, trusted: bool) -> None:
    """What an event lacks never shows as the word None: the template is told to ask first."""
    text = HEAD + "{% block main %}{{ " + printed + " }}{% endblock %}"
    content = {"content/articles/a.en.md": article("A", "{id: x, date: 2019, title: X}")}
    site = {**THEME, **content, "themes/mine/templates/event.html": text}
    setting = f"{SETTINGS}theme: {{name: mine, trusted: {str(trusted).lower()}}}\n"
    with pytest.raises(ContentError) as raised:
        build(write_site(tmp_path, site, settings=setting))

    (problem,) = raised.value.problems
    assert (problem.code, str(problem.place)) == ("TG720", "themes/mine/templates/event.html:2:17")
    assert f"{{% if {printed} %}}" in problem.hint


@pytest.mark.parametrize(
    "files",
    [
        {"event.html": HEAD + "{% block main %}{{ super() }}{% block inner %}x{% endblock %}{% endblock %}"},
        {"event.html": HEAD + "{# {% block mian %}{% endblock %} #}"},
        {"event.html": HEAD + '{% block main %}{% include "part.html" %}{% endblock %}', "part.html": "x"},
        {
            "event.html": HEAD + "{% block main %}{% from 'own.html' import a %}{% endblock %}",
            "own.html": "x",
        },
        {"event.html": HEAD + "{% raw %}{% block mian %}{% endblock %}{% endraw %}"},
    ],
)
def test_used(tmp_path: Path, files: dict[str, str]) -> None:
    """What is inside a block that is shown, named by another template, or a comment, is no mistake."""
    assert found(tmp_path, {f"templates/{name}": text for name, text in files.items()}) == []


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ('msgid "How it was tolt"\nmsgstr "x"\n', ("TG719", "'How it was told'")),
        (
            'msgid "Events shown: %(shown)s of %(all)s"\nmsgstr "%(show)s"\n',
            ("TG708", "did you mean '%(shown)s'?"),
        ),
    ],
)
def test_wrong_words(tmp_path: Path, message: str, said: tuple[str, str]) -> None:
    """A message that no template has, and a gap that nothing fills, are named at their own line."""
    (problem,) = found(tmp_path, {"locale/en.po": CATALOGUE + message})

    assert (str(problem.place), problem.code) == ("themes/mine/locale/en.po:4:1", said[0])
    assert said[1] in problem.hint


def test_right_words(tmp_path: Path) -> None:
    """Messages of templates, of contexts that a value chooses, and of the program itself, are no mistakes."""
    words = (
        'msgctxt "status"\nmsgid "planned"\nmsgstr "p"\n\nmsgid "How it was told"\nmsgstr "t"\n\n'
        'msgid "Own words"\nmsgstr "o"\n\nmsgid "100%% of it"\nmsgstr "all%% of it"\n'
    )
    template = HEAD + '{% block main %}{{ _("Own words") }}{% trans %}100% of it{% endtrans %}{% endblock %}'

    assert found(tmp_path, {"locale/en.po": CATALOGUE + words, "templates/event.html": template}) == []


def test_themes_of_the_program(tmp_path: Path) -> None:
    """The program's own themes have no part that nothing shows."""
    for name in ("almanac", "broadsheet"):
        root = write_site(tmp_path / name, {}, settings=f"{SETTINGS}theme: {name}\n")
        assert check(root) == ()


@pytest.mark.parametrize(("name", "hint"), [("site.yml", "rename site.yml"), ("site.yaml.txt", "rename")])
def test_settings_of_another_name(tmp_path: Path, name: str, hint: str) -> None:
    """A folder whose settings have another ending is told how to call them."""
    (tmp_path / name).write_text(SETTINGS, "utf-8")

    with pytest.raises(UsageError) as refused:
        check(tmp_path)

    assert hint in refused.value.hint


def test_article_with_a_hidden_ending(tmp_path: Path) -> None:
    """A file that an editor has given a second ending is named for what it is."""
    (problem,) = check(write_site(tmp_path, {"content/articles/a.en.md.txt": article("A")}))

    assert (problem.code, str(problem.place)) == ("TG112", "content/articles/a.en.md.txt:1:1")
    assert "name it a.en.md" in problem.hint
