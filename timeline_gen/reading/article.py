"""One article, event or plain page: a source in, a noun and its body out, or what is wrong with it.

Each function is pure and small to send: a worker process gets a source, the settings and the assets
that the source mentions, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Generic, NamedTuple

from timeline_gen.errors import Problem
from timeline_gen.keys import content_hash, key_of
from timeline_gen.messages import say
from timeline_gen.model.articles import OWN_FILE, ArticleVersion, PageVersion
from timeline_gen.model.assets import Asset
from timeline_gen.model.bodies import Body
from timeline_gen.model.events import Stamp
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.file_names import slug_and_language
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.halves import Halves, split
from timeline_gen.reading.front_matter.matter import position_at, positions_of, read_matter
from timeline_gen.reading.front_matter.parse_context import ParseContext
from timeline_gen.reading.media import MediaRead, read_files, read_image
from timeline_gen.reading.prose.body import parse_body
from timeline_gen.reading.prose.repetition import cost_of
from timeline_gen.reading.prose.text_links import article_address, event_address, page_address
from timeline_gen.reading.telling import telling_of, tellings
from timeline_gen.schema.articles import (
    ArticleSchema,
    EventFileSchema,
    PageSchema,
    article_schema,
    event_file_schema,
)
from timeline_gen.schema.validation import AnySchema

Assets = Mapping[PurePosixPath, Asset]


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article and, apart from it, its body."""

    article: ArticleVersion
    body: Body


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A plain page and, apart from it, its body."""

    page: PageVersion
    body: Body


def parse_article(
    source: Source, settings: Settings, assets: Assets
) -> tuple[ParsedArticle | None, tuple[Problem, ...]]:
    """Read the article in *source*; *assets* are those that it mentions, by their paths.

    The article is None where a problem is an error; problems come in reading order.
    """
    diagnostics = Diagnostics(source.path)
    schema = article_schema(_taxonomies(settings))
    halves = _matter_and_body(
        source, settings, assets, diagnostics, schema=schema, address_of=article_address
    )
    if halves is None:
        return None, diagnostics.sorted()
    article = _article(halves.matter, halves.context, halves.slug, halves.body)
    return _parsed(article, halves.typed, halves.body, diagnostics), diagnostics.sorted()


def parse_event(
    source: Source, settings: Settings, assets: Assets
) -> tuple[ParsedArticle | None, tuple[Problem, ...]]:
    """Read the event's own file in *source*; *assets* are those that it mentions, by their paths.

    The result is an article with this event only.
    """
    diagnostics = Diagnostics(source.path)
    schema = event_file_schema(_taxonomies(settings))
    halves = _matter_and_body(
        source, settings, assets, diagnostics, schema=schema, address_of=event_address, is_event=True
    )
    if halves is None:
        return None, diagnostics.sorted()
    article = event_article(halves.matter, halves.context, halves.slug, halves.body)
    return _parsed(article, halves.typed, halves.body, diagnostics), diagnostics.sorted()


def parse_page(
    source: Source, settings: Settings, assets: Assets
) -> tuple[ParsedPage | None, tuple[Problem, ...]]:
    """Read the plain page in *source*; *assets* are those that it mentions, by their paths."""
    diagnostics = Diagnostics(source.path)
    halves = _matter_and_body(
        source, settings, assets, diagnostics, schema=PageSchema, address_of=page_address
    )
    if halves is None:
        return None, diagnostics.sorted()
    matter, context, body = halves.matter, halves.context, halves.body
    summary = context.line(matter.summary, ("summary",))
    context.plain((), {"title": matter.title})
    page = PageVersion(
        path=source.path,
        slug=halves.slug,
        lang=context.lang,
        title=matter.title,
        summary_text=summary.text,
        draft=matter.draft,
        aliases=matter.aliases,
        template=_template(matter.template),
        links=summary.links + body.links,
        anchors=body.anchors,
        body_hash=_hash(body),
        extra=matter.extra,
        positions=positions_of(context.tree),
    )
    return (None if diagnostics.broken else ParsedPage(page, body)), diagnostics.sorted()


def _template(name: str) -> str:
    """Return the file of the template *name*, which may be given without its ending."""
    return f"{name}.html" if name and "." not in name else name


class _MatterAndBody(NamedTuple, Generic[AnySchema]):
    """Both halves of a content file, read, with what its values are read by."""

    matter: AnySchema
    """What is right of the front matter."""
    typed: str
    """The front matter as it is in the file."""
    body: Body
    context: ParseContext
    slug: str


def _matter_and_body(
    source: Source,
    settings: Settings,
    assets: Assets,
    diagnostics: Diagnostics,
    *,
    schema: type[AnySchema],
    address_of: Callable[[str, str], str],
    is_event: bool = False,
) -> _MatterAndBody[AnySchema] | None:
    """Read both halves of *source*, the first by *schema*; None where there is nothing to go on with.

    *address_of* gives the address of its page by language and slug. What is wrong is put into *diagnostics*.
    """
    slug, lang = slug_and_language(source.path, settings, diagnostics)
    halves, problems = split(source)
    diagnostics.problems += problems
    if halves is None:
        return None
    address = address_of(lang, slug)
    body = _body(halves, diagnostics, assets, settings, address)
    matter, tree = read_matter(halves.matter, schema, diagnostics, first_line=halves.matter_line)
    if matter is None:
        return None
    context = ParseContext(diagnostics, settings, lang, assets, tree, address, is_event=is_event)
    return _MatterAndBody(matter, halves.matter, body, context, slug)


def _taxonomies(settings: Settings) -> tuple[str, ...]:
    return tuple(taxonomy.key for taxonomy in settings.taxonomies)


def _body(halves: Halves, diagnostics: Diagnostics, assets: Assets, settings: Settings, address: str) -> Body:
    """Parse the body of a text, whose page has the *address*, which begins with its language."""
    lang = address.partition("/")[0]
    body, problems = parse_body(
        halves.body,
        first_line=halves.body_line,
        path=diagnostics.path,
        assets=assets,
        engine=settings.markdown,
        address=address,
        direction=settings.direction_of(lang),
        typography=lang if settings.typography else "",
    )
    diagnostics.problems += problems
    diagnostics.spent = cost_of(halves.body)
    return body


def _article(matter: ArticleSchema, context: ParseContext, slug: str, body: Body) -> ArticleVersion:
    """Make the article of *matter*, which holds what is right of the front matter."""
    diagnostics, tree = context.diagnostics, context.tree
    published, updated = _days(matter, context)
    summary = context.line(matter.summary, ("summary",))
    context.plain((), {"title": matter.title})
    context.plain(("authors",), dict(enumerate(matter.authors)))
    image = read_image(matter.image, ("image",), context) if matter.image else MediaRead()
    files = read_files(matter.files, ("files",), context) if matter.files else ()
    read = tellings(matter.events, context, on=published.day if published else None)
    translation = matter.translation_of
    return ArticleVersion(
        path=diagnostics.path,
        slug=slug,
        lang=context.lang,
        title=matter.title,
        published=published,
        updated=updated,
        authors=matter.authors,
        summary=summary.html,
        summary_text=summary.text,
        source=context.citation(matter.source, ("source",)) if matter.source else None,
        image=next(iter(image.media), None),
        files=files,
        assets=(*image.assets, *(file.asset for file in files), *summary.assets),
        names=context.names(matter),
        events=tuple(telling for telling, _ in read),
        draft=matter.draft,
        aliases=context.slugs(matter.aliases, ("aliases",)),
        embargo=context.embargo(matter.embargo, "embargo"),
        translation_of=(context.known_language(translation.lang), translation.rev) if translation else None,
        links=tuple(link for _, links in read for link in links) + image.links + summary.links + body.links,
        summary_links=tuple(link.to for link in summary.links),
        anchors=body.anchors,
        body_hash=_hash(body),
        has_text=bool(body.html),
        extra=matter.extra,
        positions=positions_of(tree),
    )


def event_article(matter: EventFileSchema, context: ParseContext, event: str, body: Body) -> ArticleVersion:
    """Make the article of *matter*, which holds what is right of the front matter of the *event*'s file."""
    published, updated = _days(matter, context)
    context.plain(("authors",), dict(enumerate(matter.authors)))
    telling, links = telling_of(matter, event, (), context, on=published.day if published else None)
    translation = matter.translation_of
    return ArticleVersion(
        path=context.diagnostics.path,
        slug=f"{OWN_FILE}{event}",
        lang=context.lang,
        title=matter.title,
        published=published,
        updated=updated,
        authors=matter.authors,
        source=context.citation(matter.source, ("source",)) if matter.source else None,
        # The embargo is of the file as a whole: it holds back the body, too.
        events=(replace(telling, embargo=None),),
        draft=matter.draft,
        embargo=telling.embargo,
        translation_of=(context.known_language(translation.lang), translation.rev) if translation else None,
        links=links + body.links,
        anchors=body.anchors,
        body_hash=_hash(body),
        has_text=bool(body.html),
        positions=telling.positions,
    )


def _days(
    matter: ArticleSchema | EventFileSchema, context: ParseContext
) -> tuple[Stamp | None, Stamp | None]:
    """Return when the article, or the event's own file, was published and updated, in that order."""
    key = "published" if context.is_event else "date"
    published, updated = context.stamp(getattr(matter, key), key), context.stamp(matter.updated, "updated")
    if published and updated and updated.day < published.day:
        what, whose = (
            (say("event"), say("day of publication")) if context.is_event else (say("article"), say("date"))
        )
        message = say(
            "the {what} cannot be updated on {text}, before its own {whose}, {text_2}",
            what=what,
            text=updated.text,
            whose=whose,
            text_2=published.text,
        )
        position, other = position_at(context.tree, ("updated",)), position_at(context.tree, (key,))
        context.diagnostics.add("TG311", message, position, say("mend one of the two"), related=(other,))
    return published, updated


def _parsed(
    article: ArticleVersion, typed: str, body: Body, diagnostics: Diagnostics
) -> ParsedArticle | None:
    """Return *article* with the hash of all that it was read from, but for its *body*; None if it is broken.

    *typed* is its front matter as it is in the file.
    """
    if diagnostics.broken:
        return None
    assets = [article.assets, *(event.assets for event in article.events)]
    return ParsedArticle(replace(article, digest=key_of(article.path, typed, assets)), body)


def _hash(body: Body) -> str:
    """Return the hash of all that *body* holds but places, which no page shows."""
    # Not the positions of links, which move with each line that is added above them.
    names = [link.to for link in body.links]
    return content_hash(f"{body.html}\0{names}\0{body.assets}".encode())
