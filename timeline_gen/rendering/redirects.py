"""The small page at a former address: it leads on at once, or shows that what was there is gone."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.fallback_words import with_languages, words_of
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.markup import xml_text
from timeline_gen.text.plurals import Catalogue


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A former address. No template."""

    lang: str
    direction: str
    title: Words
    """Of what is at the present one."""
    href: str
    """The present address, relative to this one where it is in the site."""
    url: str
    """The same, absolute."""


@dataclass(frozen=True, slots=True)
class GoneView:
    """The address of what is gone for good. No template."""

    lang: str
    direction: str
    home: Words
    """The title of the site."""
    href: str
    """The address of its timeline, relative to this one."""


def write_redirect(view: RedirectView) -> bytes:
    """Return *view* as a page of HTML that works without a script, a style or a theme."""
    href, title = xml_text(view.href), xml_text(view.title.text)
    return (
        f'<!doctype html>\n<html lang="{view.lang}" dir="{view.direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={href}">\n'
        f'<link rel="canonical" href="{xml_text(view.url)}">\n</head>\n<body>\n'
        f'<p><a href="{href}" lang="{view.title.lang}" dir="{view.title.direction}">{title}</a></p>\n'
        "</body>\n</html>\n"
    ).encode()


def write_gone(view: GoneView, context: RenderContext) -> bytes:
    """Return *view* as a page of HTML that search engines do not list, in the words of *context*."""
    words = words_of(context.catalogues.get(view.lang) or Catalogue(view.lang))
    notice = xml_text(words.gettext("What was here has been removed"))
    on, title = xml_text(words.gettext("To the timeline")), xml_text(view.home.text)
    html = (
        f'<!doctype html>\n<html lang="{view.lang}" dir="{view.direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{notice}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n</head>\n<body>\n'
        f"<h1>{notice}</h1>\n"
        f'<p lang="{view.home.lang}" dir="{view.home.direction}">{title}</p>\n'
        f'<p><a href="{xml_text(view.href)}">{on}</a></p>\n</body>\n</html>\n'
    )
    return with_languages(html, view.lang, view.direction).encode()
