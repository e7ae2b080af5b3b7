"""What of all that was read readers may see, before its versions become articles and events.

Drafts and what is under embargo are left out; names lead to entities, and links to what is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timeline_gen.collecting.articles import pair
from timeline_gen.collecting.context import CollectContext
from timeline_gen.collecting.directory import Directory, build_directory
from timeline_gen.collecting.earlier_ids import Earlier, earlier_ids
from timeline_gen.collecting.embargoes import Released, release
from timeline_gen.collecting.link_targets import LinkTargets, SiteTexts, find_targets
from timeline_gen.collecting.mentions import Naming, article_namings, site_namings
from timeline_gen.collecting.parsed import ParsedContent, all_links
from timeline_gen.collecting.timeline import TranslatedPage
from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, PageVersion
from timeline_gen.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Published:
    """The texts that readers may see, with what their names and their links mean."""

    read: ParsedContent
    """All texts, those that are held back too."""
    settings: Settings
    released: Released
    versions: Mapping[str, Mapping[str, ArticleVersion]]
    """Of articles, by slug and language, languages in the site's order."""
    plain_pages: tuple[TranslatedPage, ...]
    directory: Directory
    targets: LinkTargets
    """What links lead to."""
    problems: tuple[Problem, ...]

    @property
    def texts(self) -> list[ArticleVersion | PageVersion]:
        """Return the texts of articles and of plain pages."""
        pages = (page for plain in self.plain_pages for page in plain.versions.values())
        return [*self.released.articles, *pages]

    @property
    def context(self) -> CollectContext:
        """Return what all articles are collected against."""
        kinds = {taxonomy.key: taxonomy.kind for taxonomy in self.settings.taxonomies}
        return CollectContext(self.settings, self.directory, self.read.sources, kinds, self.targets)

    @property
    def withheld_slugs(self) -> frozenset[str]:
        """Return the slugs of the articles that are held back in every language."""
        return frozenset(slug for _, slug in self.released.withheld) - self.versions.keys()

    @property
    def withheld_pages(self) -> frozenset[str]:
        """Return the slugs of the plain pages that are held back in every language."""
        return frozenset(page.slug for page in self.read.plain_pages) - {
            plain.slug for plain in self.plain_pages
        }


def publish(read: ParsedContent, settings: Settings, *, now: int, drafts: bool = False) -> Published:
    """Return what of all that was *read* readers may see at the second *now* (since 1970, UTC).

    With *drafts* nothing is held back.
    """
    released = release(read.articles, drafts=drafts, now=now)
    versions, twice = pair(released.articles, settings)
    plain_pages, doubled = _plain_pages(read.plain_pages, settings, drafts=drafts)
    directory, unclear = build_directory(
        read.entities, _namings(released.articles, settings), settings.taxonomies, settings.languages
    )
    live = SiteTexts(versions, {plain.slug: plain.versions for plain in plain_pages}, directory)
    targets = _targets(read, live, settings)
    problems = (*twice, *unclear, *doubled)
    return Published(read, settings, released, versions, plain_pages, directory, targets, problems)


def former_ids(
    read: ParsedContent, settings: Settings, *, drafts: bool = False, now: int = 0
) -> tuple[Earlier, ...]:
    """Return what of all that was *read* an earlier version gave other ids, as :func:`publish` sees it."""
    articles = release(read.articles, drafts=drafts, now=now).articles
    namings = _namings(articles, settings)
    directory, _ = build_directory(read.entities, namings, settings.taxonomies, settings.languages)
    return tuple(earlier_ids(read.entities, namings, directory, settings.taxonomies))


def _namings(articles: Sequence[ArticleVersion], settings: Settings) -> tuple[Naming, ...]:
    """Return all places at which the settings and *articles* give names."""
    return (*site_namings(settings), *article_namings(articles, settings))


def _plain_pages(
    pages: Iterable[PageVersion], settings: Settings, *, drafts: bool
) -> tuple[tuple[TranslatedPage, ...], list[Problem]]:
    rank = {language.code: number for number, language in enumerate(settings.languages)}
    slugs: dict[str, dict[str, PageVersion]] = {}
    problems: list[Problem] = []
    for page in sorted(pages, key=lambda page: (page.slug, rank[page.lang], page.path)):
        if page.draft and not drafts:
            continue
        versions = slugs.setdefault(page.slug, {})
        if first := versions.get(page.lang):
            problems.append(_page_twice(first, page))
        else:
            versions[page.lang] = page
    plain_pages = (TranslatedPage(slug, versions) for slug, versions in slugs.items())
    return tuple(plain_pages), problems


def _targets(read: ParsedContent, live: SiteTexts, settings: Settings) -> LinkTargets:
    """Return what links in all that was *read* lead to, of which readers may see what is *live*."""
    slugs, _ = pair(read.articles, settings)
    plain_pages: dict[str, dict[str, PageVersion]] = {}
    for page in read.plain_pages:
        plain_pages.setdefault(page.slug, {}).setdefault(page.lang, page)
    counts = [
        sum(map(len, texts.values())) for texts in (slugs, plain_pages, live.articles, live.plain_pages)
    ]
    # Nothing is held back: the texts need to be looked through only once.
    if counts[:2] == counts[2:] and all(
        live.articles[slug][lang] is article
        for slug, versions in slugs.items()
        for lang, article in versions.items()
    ):
        wanted = any(link.to.startswith(("entity:", "path:")) for link in all_links(read))
        return find_targets(live, live, settings, entities=wanted)
    namings = _namings(read.articles, settings)
    directory, _ = build_directory(read.entities, namings, settings.taxonomies, settings.languages)
    return find_targets(SiteTexts(slugs, plain_pages, directory), live, settings)


def _page_twice(first: PageVersion, second: PageVersion) -> Problem:
    return Problem(
        "TG516",
        say(
            "a second page with the slug {slug!r} in {lang!r}; the first is {path}",
            slug=second.slug,
            lang=second.lang,
            path=first.path,
        ),
        Place(second.path),
        say("give one of the two files another name"),
        related=(Place(first.path),),
    )
