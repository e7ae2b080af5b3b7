"""``timeline-gen new``: what a site begins with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from timeline_gen.cli.completing import complete_theme
from timeline_gen.cli.language import echo, shown
from timeline_gen.cli.listing import visible
from timeline_gen.cli.options import example, site_option
from timeline_gen.errors import UsageError
from timeline_gen.messages import many, say


def _split(_context: click.Context, _option: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages *typed*, each on its own: "ar,en" are two."""
    return tuple(code for part in typed for code in _codes(part))


def _codes(typed: str) -> list[str]:
    return typed.replace(",", " ").replace("،", " ").split()


_lang_option = click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="CODE",
    callback=_split,
    help="A language; default: all of the site.",
)
_title_option = click.option(
    "--title", default="", metavar="TEXT", help="Its title in the first of the languages."
)


@click.group(
    epilog=example(
        "timeline-gen new site my-timeline",
        page="docs/guide.md",
    )
)
def command() -> None:
    """Make a new site, article, event, page or theme that builds clean."""


@command.command(
    "site",
    epilog=example(
        "timeline-gen new site my-timeline --lang en --lang ar", page="docs/guide.md, “Make a site”"
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="CODE",
    callback=_split,
    help="A language, such as en; again for each other one. The first is the site's own. Default: ar and en.",
)
@click.option(
    "--title",
    "titles",
    multiple=True,
    metavar="TEXT",
    help="The site's title; again for each other language, in their order.",
)
@click.option("--url", default="", metavar="URL", help="Where readers will find the site.")
@click.option(
    "--theme",
    default="",
    metavar="NAME",
    shell_complete=complete_theme,
    help="How it looks; default: almanac.",
)
def site(folder: Path, langs: tuple[str, ...], titles: tuple[str, ...], url: str, theme: str) -> None:
    """Make a small site in FOLDER, with an article to begin with.

    On a terminal, what no option gives is asked.
    """
    from timeline_gen.scaffolding.new_site import NewSite, new_site

    if sys.stdin.isatty():
        langs, titles, url, theme = _answers(langs, titles, url, theme)
    wanted = NewSite()
    made = new_site(
        folder, NewSite(langs or wanted.languages, titles, url or wanted.url, theme or wanted.theme)
    )
    _show(made.files)
    for lang in made.untranslated:
        echo(say("note: the texts in {lang} are in English, to be translated", lang=visible(lang)), err=True)
    echo(say("next: cd {folder} && timeline-gen serve", folder=visible(str(folder))), err=True)


def _answers(
    langs: tuple[str, ...], titles: tuple[str, ...], url: str, theme: str
) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    """Return what was given, completed by what is asked."""
    from timeline_gen.scaffolding.new_site import NOT_YET, NewSite, sample_title, themes_of_program

    if not langs:
        question = say("Languages, the site's own first (codes such as en ar)")
        typed = click.prompt(shown(question), default="en", err=True)
        langs = tuple(_codes(typed))
    if not titles:
        titles = tuple(
            click.prompt(shown(say("Title ({lang})", lang=lang)), default=sample_title(lang), err=True)
            for lang in langs
        )
    url = url or click.prompt(shown(say("Address, if it has one yet")), default=NOT_YET, err=True)
    theme = theme or click.prompt(
        shown(say("Theme")), type=click.Choice(themes_of_program()), default=NewSite().theme, err=True
    )
    return langs, titles, url, theme


@command.command(
    "article",
    epilog=example(
        "timeline-gen new article harbour-bridge --title 'The harbour bridge'",
        "timeline-gen new article harbour-report --from report.txt",
        page="docs/guide.md, “Write an article”",
    ),
)
@click.argument("slug")
@_title_option
@_lang_option
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Begin with what a text, Markdown or a saved page says; its dated sentences become comments.",
)
@site_option
def article(slug: str, title: str, langs: tuple[str, ...], file: Path | None, root: Path) -> None:
    """Make an article called SLUG in each language of the site, as a draft.

    Out of a FILE it is made in one language: that of the file, unless --lang names another.
    """
    if file is not None:
        _show_from(root, slug, file, langs, title)
        return
    from timeline_gen.scaffolding.new_article import new_article

    _show(new_article(root, slug, langs, title=title))


def _show_from(root: Path, slug: str, file: Path, langs: tuple[str, ...], title: str) -> None:
    from timeline_gen.scaffolding.article_from import new_article_from

    if len(langs) > 1:
        raise UsageError(say("a file is in one language"), say("name one with --lang"))
    made, draft = new_article_from(root, slug, file, lang="".join(langs), title=title)
    _show(made)
    found = many(len(draft.candidates), "date")
    echo(say("{dates} in {count:,} sentences, as comments", dates=found, count=draft.sentences), err=True)


@command.command(
    "event",
    epilog=example(
        "timeline-gen new event harbour-opened --title 'The harbour opens'",
        page="docs/guide.md, “Write an article”",
    ),
)
@click.argument("event")
@_title_option
@_lang_option
@site_option
def event(event: str, title: str, langs: tuple[str, ...], root: Path) -> None:
    """Make a file for the event EVENT in each language of the site, as a draft."""
    from timeline_gen.scaffolding.new_article import new_event

    _show(new_event(root, event, langs, title=title))


@command.command(
    "page",
    epilog=example(
        "timeline-gen new page contact --title 'Contact us'", page="docs/reference.md, “Plain pages”"
    ),
)
@click.argument("slug")
@_title_option
@_lang_option
@site_option
def page(slug: str, title: str, langs: tuple[str, ...], root: Path) -> None:
    """Make a plain page called SLUG in each language of the site."""
    from timeline_gen.scaffolding.new_article import new_page

    _show(new_page(root, slug, langs, title=title))
    echo(
        say("next: write {slug} under menu: or footer: in site.yaml, if it has these", slug=visible(slug)),
        err=True,
    )


@command.command(
    "theme", epilog=example("timeline-gen new theme mine --extends broadsheet", page="docs/templates.md")
)
@click.argument("name")
@click.option(
    "--extends",
    "parent",
    default="almanac",
    metavar="THEME",
    shell_complete=complete_theme,
    help="The theme that it builds on.",
)
@site_option
def theme(name: str, parent: str, root: Path) -> None:
    """Make a theme called NAME in themes/, which looks like another one until it is changed."""
    from timeline_gen.scaffolding.new_theme import new_theme

    _show(new_theme(root, name, parent))
    echo(say("next: write theme: {name} into site.yaml", name=name), err=True)


def _show(paths: Sequence[Path]) -> None:
    for path in paths:
        click.echo(visible(str(path)))
