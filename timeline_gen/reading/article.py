"""One article or plain page: a source in, a finished noun and its body out, or what is wrong with it.

Each function is pure and small to send: a worker process gets a source, the settings and the pictures
that the source mentions, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import PurePosixPath

from timeline_gen.errors import Problem
from timeline_gen.model import Article, Body, Picture, PlainPage, Settings, Source, Stamp, content_hash
from timeline_gen.reading.desk import Desk
from timeline_gen.reading.file_names import slug_and_language
from timeline_gen.reading.front_matter import Halves, split
from timeline_gen.reading.matter import read_matter, spot_at, spots_of
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.prose import parse_body, parse_line
from timeline_gen.reading.telling import tellings
from timeline_gen.schema import ArticleMatter, PageMatter, article_matter

Pictures = Mapping[PurePosixPath, Picture]


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article and, apart from it, its body."""

    article: Article
    body: Body


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A plain page and, apart from it, its body."""

    page: PlainPage
    body: Body


def parse_article(
    source: Source, settings: Settings, pictures: Pictures
) -> tuple[ParsedArticle | None, tuple[Problem, ...]]:
    """Read the article in *source*; *pictures* are those that it mentions, by their paths.

    The article is None where a problem is an error; problems come in reading order.
    """
    notes = Notes(source.path)
    slug, lang = slug_and_language(source.path, settings, notes)
    halves = _halves(source, notes)
    if halves is None:
        return None, notes.sorted()
    body = _body(halves, notes, pictures, settings.markdown)
    schema = article_matter(tuple(taxonomy.key for taxonomy in settings.taxonomies))
    matter, tree = read_matter(halves.matter, schema, notes, first_line=halves.matter_line)
    if matter is None:
        return None, notes.sorted()
    desk = Desk(notes, settings, lang, pictures, tree)
    article = _article(matter, desk, slug, body)
    if notes.broken:
        return None, notes.sorted()
    return ParsedArticle(_signed(article, halves), body), notes.sorted()


def parse_page(
    source: Source, settings: Settings, pictures: Pictures
) -> tuple[ParsedPage | None, tuple[Problem, ...]]:
    """Read the plain page in *source*; *pictures* are those that it mentions, by their paths."""
    notes = Notes(source.path)
    slug, lang = slug_and_language(source.path, settings, notes)
    halves = _halves(source, notes)
    if halves is None:
        return None, notes.sorted()
    body = _body(halves, notes, pictures, settings.markdown)
    matter, tree = read_matter(halves.matter, PageMatter, notes, first_line=halves.matter_line)
    if matter is None:
        return None, notes.sorted()
    summary = parse_line(matter.summary, notes, spot_at(tree, ("summary",)), engine=settings.markdown)
    page = PlainPage(
        path=source.path,
        slug=slug,
        lang=lang,
        title=matter.title,
        summary_text=summary.text,
        draft=matter.draft,
        aliases=matter.aliases,
        event_links=summary.event_links + body.event_links,
        body_hash=_hash(body),
        extra=matter.extra,
        spots=spots_of(tree),
    )
    return (None if notes.broken else ParsedPage(page, body)), notes.sorted()


def _halves(source: Source, notes: Notes) -> Halves | None:
    halves, problems = split(source)
    notes.problems += problems
    return halves


def _body(halves: Halves, notes: Notes, pictures: Pictures, engine: str) -> Body:
    body, problems = parse_body(
        halves.body, first_line=halves.body_line, path=notes.path, pictures=pictures, engine=engine
    )
    notes.problems += problems
    return body


def _article(matter: ArticleMatter, desk: Desk, slug: str, body: Body) -> Article:
    """Make the article of *matter*, which holds what is right of the front matter."""
    notes, tree = desk.notes, desk.tree
    published, updated = _days(matter, desk)
    summary = parse_line(matter.summary, notes, spot_at(tree, ("summary",)), engine=desk.settings.markdown)
    told = tellings(matter.events, desk, on=published.day if published else None)
    translation = matter.translation_of
    return Article(
        path=notes.path,
        slug=slug,
        lang=desk.lang,
        title=matter.title,
        published=published,
        updated=updated,
        authors=matter.authors,
        summary=summary.html,
        summary_text=summary.text,
        source=desk.citation(matter.source, ("source",)) if matter.source else None,
        names=desk.names(matter),
        events=tuple(telling for telling, _ in told),
        draft=matter.draft,
        aliases=desk.slugs(matter.aliases, ("aliases",)),
        embargo=desk.stamp(matter.embargo, "embargo"),
        translation_of=(desk.known_language(translation.lang), translation.rev) if translation else None,
        event_links=tuple(link for _, links in told for link in links)
        + summary.event_links
        + body.event_links,
        body_hash=_hash(body),
        extra=matter.extra,
        spots=spots_of(tree),
    )


def _days(matter: ArticleMatter, desk: Desk) -> tuple[Stamp | None, Stamp | None]:
    """Return when the article was published and updated, in that order."""
    published, updated = desk.stamp(matter.date, "date"), desk.stamp(matter.updated, "updated")
    if published and updated and updated.day < published.day:
        message = f"the article cannot be updated on {updated.text}, before its own date, {published.text}"
        spot, other = spot_at(desk.tree, ("updated",)), spot_at(desk.tree, ("date",))
        desk.notes.add("TG311", message, spot, "mend one of the two", related=(other,))
    return published, updated


def _signed(article: Article, halves: Halves) -> Article:
    """Return *article* with the hash of all that it was read from, but for its body."""
    pictures = [event.media.picture for event in article.events if event.media]
    data = f"{article.path}\0{halves.matter}\0{pictures}".encode()
    return replace(article, digest=blake2b(data, digest_size=20).digest())


def _hash(body: Body) -> str:
    """Return the hash of all that *body* holds but places, which no page shows."""
    names = [event for event, _ in body.event_links]
    return content_hash(f"{body.html}\0{names}\0{body.pictures}".encode())
