"""Atom feeds (RFC 4287): articles as they are published, events as they are first told.

Feed readers know no direction, and many forget ``xml:lang``: a title in another direction than the
feed's is put between isolates, and a summary is HTML that declares its own language and direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from timeline_gen.model.settings import Language
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.corrections import correction_wording
from timeline_gen.rendering.fallback_words import MarkedWords, with_languages, words_of
from timeline_gen.rendering.layout import Rich, Words
from timeline_gen.rendering.markup import element, xml_text
from timeline_gen.rendering.view_models import CorrectionView, DateView
from timeline_gen.text.bidi import isolate
from timeline_gen.text.content_types import type_of
from timeline_gen.text.plurals import Catalogue


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An event that an article tells, in the article's entry."""

    title: Words
    url: str
    date: DateView
    status: str


class Enclosure(NamedTuple):
    """A file that belongs to an entry (RFC 4287, 4.2.7)."""

    url: str
    """Absolute."""
    length: int = 0
    """In bytes; 0 where that is not given."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of an Atom feed (RFC 4287, section 4.1.2)."""

    id: str
    title: Words
    url: str
    published: str
    updated: str
    """RFC 3339 date-times."""
    summary: Rich | None
    authors: tuple[str, ...]
    date: DateView | None = None
    """Of an event: when it happened."""
    corrections: tuple[CorrectionView, ...] = ()
    status: str = ""
    """Of an event."""
    events: tuple[FeedEvent, ...] = ()
    """Of an article: what it tells."""
    text: Rich | None = None
    """Of an event: the text of its own."""
    enclosures: tuple[Enclosure, ...] = ()
    """Its picture, and the files that it offers."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """``/<lang>/feed.xml`` and ``/<lang>/events.xml`` (Atom, RFC 4287). No template."""

    id: str
    title: Words
    subtitle: Words | None
    self_url: str
    page_url: str
    updated: str
    author: str
    entries: tuple[FeedEntry, ...]
    lang: str
    """The language of the feed, which its title may lack."""


def write_feed(view: FeedView, context: RenderContext) -> bytes:
    """Return *view* as an Atom feed, worded by *context* where it has corrections."""
    return "".join(_feed(view, context)).encode()


def _feed(view: FeedView, context: RenderContext) -> Iterator[str]:
    lang = view.lang
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(lang)}">\n'
    yield element("id", view.id) + "\n"
    language = context.languages.get(lang)
    yield _words("title", view.title, lang, language) + "\n"
    if view.subtitle:
        yield _words("subtitle", view.subtitle, lang, language) + "\n"
    yield f'<link rel="self" type="application/atom+xml" href="{xml_text(view.self_url)}"/>\n'
    yield f'<link rel="alternate" type="text/html" hreflang="{xml_text(lang)}"'
    yield f' href="{xml_text(view.page_url)}"/>\n'
    yield element("updated", view.updated) + "\n"
    # Entries without an author have that of the feed, so it must have one (RFC 4287, 4.1.1).
    yield f"<author>{element('name', view.author)}</author>\n"
    catalogue = context.catalogues.get(lang) or Catalogue(lang)
    for entry in view.entries:
        yield f"<entry>\n{''.join(_entry(entry, view, catalogue, language))}</entry>\n"
    yield "</feed>\n"


def _entry(
    entry: FeedEntry, view: FeedView, catalogue: Catalogue, language: Language | None
) -> Iterator[str]:
    yield element("id", entry.id) + "\n"
    yield _words("title", entry.title, view.lang, language) + "\n"
    yield f'<link rel="alternate" type="text/html" href="{xml_text(entry.url)}"/>\n'
    for file in entry.enclosures:
        kind = type_of(file.url).partition(";")[0]
        # The length is left out where it is not known: 0 would be a claim.
        length = f' length="{file.length}"' if file.length else ""
        title = f' title="{xml_text(file.title)}"' if file.title else ""
        yield f'<link rel="enclosure" type="{kind}"{length}{title} href="{xml_text(file.url)}"/>\n'
    yield element("published", entry.published) + "\n"
    yield element("updated", entry.updated) + "\n"
    if entry.status:
        yield f'<category term="{xml_text(entry.status)}" scheme="{xml_text(view.page_url)}#status"'
        yield f' label="{xml_text(catalogue.pgettext("status", entry.status))}"/>\n'
    for author in entry.authors:
        yield f"<author>{element('name', author)}</author>\n"
    html = "".join(_summary(entry, view, words_of(catalogue), language))
    # Words that a catalogue lacks are in English, and are marked as such.
    html = with_languages(html, view.lang, language.direction if language else "auto")
    if html:
        yield element("summary", html, type="html") + "\n"
    if entry.text:
        text = entry.text
        whole = f'<div lang="{xml_text(text.lang)}" dir="{text.direction}">{text.html}</div>'
        yield element("content", whole, type="html") + "\n"


def _words(name: str, words: Words, lang: str, language: Language | None) -> str:
    """Return the element *name* with *words*, in a feed in *lang*."""
    if language and words.direction != language.direction:
        return element(name, isolate(words.text, words.direction), xml_lang=words.lang)
    return element(name, words.text, **({"xml_lang": words.lang} if words.lang != lang else {}))


def _summary(
    entry: FeedEntry, view: FeedView, catalogue: Catalogue | MarkedWords, language: Language | None
) -> Iterator[str]:
    frame = f'lang="{xml_text(view.lang)}" dir="{language.direction if language else "auto"}"'
    if entry.date:
        yield f"<p {frame}>{_date(entry.date)}{_status(entry.status, catalogue)}</p>"
    for correction in entry.corrections:
        yield f"<p {frame}>{_correction(correction, catalogue)}</p>"
    if entry.summary:
        summary = entry.summary
        yield f'<p lang="{xml_text(summary.lang)}" dir="{summary.direction}">{summary.html}</p>'

    if entry.events:
        yield f"<ul {frame}>{''.join(_told(event, catalogue) for event in entry.events)}</ul>"


def _correction(correction: CorrectionView, catalogue: Catalogue | MarkedWords) -> str:
    """Return a correction in one line: when it was made, of which event, and what was given before."""
    return xml_text(correction_wording(correction, catalogue)) % {
        "date": _date(correction.date) if correction.date else "",
        "event": _isolated(correction.event.words),
        "was": _date(correction.was),
        "now": _date(correction.now),
    }


def _isolated(words: Words) -> str:
    return f'<bdi lang="{xml_text(words.lang)}" dir="{words.direction}">{xml_text(words.text)}</bdi>'


def _told(event: FeedEvent, catalogue: Catalogue | MarkedWords) -> str:
    """Return an event that an article tells, as an item of a list."""
    link = f'<a href="{xml_text(event.url)}">{_isolated(event.title)}</a>'
    return f"<li>{_date(event.date)} · {link}{_status(event.status, catalogue)}</li>"


def _status(status: str, catalogue: Catalogue | MarkedWords) -> str:
    return f" · {xml_text(catalogue.pgettext('status', status))}" if status else ""


def _date(date: DateView) -> str:
    """Return *date* as HTML, isolated from what is around it."""
    if date.instead:
        return _isolated(date.instead)
    return "".join(
        f"<bdi>{xml_text(piece.text)}</bdi>" if piece.end else xml_text(piece.text) for piece in date.pieces
    )
