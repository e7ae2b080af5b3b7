"""What a theme's author is told when a template is at fault, and when a page must be made anew."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
import views_factory as factory
from almanac_kit import almanac, assets, catalogues, templates
from jinja2 import Environment

from timeline_gen.errors import ContentError, Problem
from timeline_gen.pages.event import EventView
from timeline_gen.pages.plain_page import PlainPageView
from timeline_gen.rendering.context import RenderContext, make_context
from timeline_gen.rendering.templates.dependencies import template_digest
from timeline_gen.rendering.templates.environments import codes_of
from timeline_gen.rendering.templates.failures import check_templates

FOLDER = PurePosixPath("themes/almanac/templates")


def plain() -> PlainPageView:
    """Return a plain page."""
    return next(view for _, view in factory.full_views("en") if isinstance(view, PlainPageView))


def problem_of(kit: RenderContext) -> Problem:
    """Return the one problem that a plain page has with *kit*."""
    with pytest.raises(ContentError) as caught:
        factory.rendered(plain(), kit)
    (problem,) = caught.value.problems
    return problem


def test_the_theme_is_sound() -> None:
    """Every template of the theme can be read."""
    assert check_templates(almanac()) == ()


def test_syntax() -> None:
    """A template that cannot be read is a problem at its own line, found before anything is rendered."""
    kit = almanac(page__html="one\n\n{% if title %}\n{{ title.text }}\n")

    (problem,) = check_templates(kit)

    assert (problem.code, problem.place.path, problem.place.line) == ("TG701", FOLDER / "page.html", 4)
    assert "endif" in problem.message
    assert problem_of(kit) == problem


def test_undefined() -> None:
    """A name that the page has not is a problem at the line that asks for it."""
    problem = problem_of(almanac(page__html="one\n\n{{ titel.text }}\n"))

    assert (problem.code, problem.place.path, problem.place.line) == ("TG703", FOLDER / "page.html", 3)
    assert (problem.place.column, problem.hint) == (4, "did you mean 'title'?")


def test_undefined_field() -> None:
    """A field that a value has not is a problem too, even inside a macro of another file."""
    macros = templates()["macros.html"] + "\n{% macro broken(words) %}{{ words.txt }}{% endmacro %}\n"
    line = macros.count("\n")

    problem = problem_of(
        almanac(macros__html=macros, page__html='{% import "macros.html" as m %}\n{{ m.broken(title) }}')
    )

    assert (problem.code, problem.place.path, problem.place.line) == ("TG703", FOLDER / "macros.html", line)
    assert "txt" in problem.message
    assert "timeline_gen" not in problem.message


def test_missing_template() -> None:
    """A template that extends one that is not there is a problem that names both."""
    problem = problem_of(almanac(page__html='{% extends "bsae.html" %}'))

    assert (problem.code, problem.place.path, problem.place.line) == ("TG702", FOLDER / "page.html", 1)
    assert "'bsae.html'" in problem.message


def test_missing_page() -> None:
    """A theme without a template for a kind of page is told which one is missing."""
    kit = make_context({}, factory.LANGUAGES.values(), catalogues={}, assets={})

    problem = problem_of(kit)

    assert (problem.code, problem.place.path) == ("TG702", PurePosixPath("templates/page.html"))


def test_missing_asset() -> None:
    """A template that links a static file that is not there is a problem at its line."""
    problem = problem_of(almanac(page__html='\n{{ asset("alamanc.css") }}'))

    assert (problem.code, problem.place.path, problem.place.line) == ("TG704", FOLDER / "page.html", 2)


def test_failing() -> None:
    """A template that adds a text and a number is a problem, not a crash."""
    problem = problem_of(almanac(page__html="\n\n\n{{ title.text + 1 }}"))

    assert (problem.code, problem.place.path, problem.place.line) == ("TG705", FOLDER / "page.html", 4)


def test_a_theme_that_extends_another() -> None:
    """A theme changes one block of a template and keeps the rest of its parent's."""
    own = {"event.html": '{% extends "almanac/event.html" %}{% block kind %}own{% endblock %}'}
    parent = templates()
    kit = make_context(
        parent | {f"almanac/{name}": text for name, text in parent.items()} | own,
        factory.LANGUAGES.values(),
        catalogues=catalogues(),
        assets=assets().addresses,
    )
    view = next(view for _, view in factory.full_views("ar") if isinstance(view, EventView))

    html = factory.rendered(view, kit).decode()

    assert '<body class="own">' in html
    assert view.event.title.text in html


def test_a_language_without_words() -> None:
    """A language for which a theme has no words shows those that the templates are written in."""
    kit = make_context(templates(), factory.LANGUAGES.values(), catalogues={}, assets=assets().addresses)

    assert "Skip to the content" in factory.rendered(plain(), kit).decode()
    assert [(one.code, one.level.name) for one in check_templates(kit)] == [("TG709", "WARNING")] * 2


def test_digest() -> None:
    """A page is made anew when its template, or one that it uses, has changed, and only then."""
    first, again = almanac(), almanac(base__html=templates()["base.html"] + " ")

    changed = {name for name in templates() if template_digest(first, name) != template_digest(again, name)}

    assert changed == {
        name for name, text in templates().items() if 'extends "base.html"' in text or name == "base.html"
    }


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ('{% include "bare.html" %}', True),
        ("{%- extends 'bare.html' -%}", True),
        ('{%+ from "bare.html" import x as y with context %}', True),
        ('{%import "bare.html" as x%}', True),
        ('{% include "bare.html" ignore missing %}', True),
        ('{% include ["other.html", "bare.html"] %}', True),
        ("{% extends title.text %}", True),
        ('{% include "ba" ~ "re.html" %}', True),
        ('{% extends "choice.html" %}', True),
        ('{% include "corrections.html" %}', False),
        ("bare.html", False),
    ],
)
def test_references(text: str, changes: bool) -> None:
    """Every way of naming another template counts, and one whose name is computed may name any."""
    bare = templates()["bare.html"] + " "

    before = template_digest(almanac(page__html=text), "page.html")
    after = template_digest(almanac(page__html=text, bare__html=bare), "page.html")

    assert (before != after) == changes


def test_compiled_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates that were compiled once are not compiled again, and make the same page."""
    kit = almanac()
    assert check_templates(kit) == ()
    page = factory.rendered(plain(), kit)
    again = replace(kit, codes=codes_of(kit), digest=b"of another process")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "compile", refuse)

    assert check_templates(again) == ()
    assert factory.rendered(plain(), again) == page


def test_a_kit_crosses_to_another_process() -> None:
    """A kit that was sent to another process is the same kit there."""
    kit = almanac()

    sent = pickle.loads(pickle.dumps(kit))  # noqa: S301 - our own

    assert sent == kit
    assert hash(sent) == hash(kit)
    assert kit != replace(kit, digest=b"other")
    assert kit != "kit"
