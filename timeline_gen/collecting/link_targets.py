"""What links in texts can lead to: the events, articles, pages and entities of the site, by their keys.

A key is what :mod:`timeline_gen.reading.prose.text_links` makes of a link. What a link leads to depends on
nothing but the thing that it names: so a text is shown anew only where that appears, disappears, is held
back, or comes to another language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from timeline_gen.collecting.directory import Directory
from timeline_gen.model.articles import ArticleVersion, PageVersion, own_event
from timeline_gen.model.events import Telling
from timeline_gen.model.links import HeldName, LinkTarget, TextLink
from timeline_gen.model.settings import Settings

LISTS: Final = ("", "articles/", "corrections/")
"""Pages that each language has, by the rest of their addresses; those of the taxonomies come after them."""

_PATH: Final = "path:"
PLACE: Final = "#"
"""The section of an event that has no page, but only its place on the timeline."""


class Linkable(NamedTuple):
    """Something that a link can lead to."""

    kind: str
    name: str
    section: str = ""
    langs: tuple[str, ...] = ()
    """The languages in which it has a page; none where it is held back."""
    anchors: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The ids in its text, by language."""


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """All that links can lead to."""

    things: Mapping[str, Linkable] = field(default_factory=dict)
    """By key, former names included."""
    langs: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    """The keys of the taxonomies."""
    base: str = "/"
    """The path of the site's own address."""

    def find(self, to: str) -> LinkTarget | None:
        """Return where the link with the key *to* leads; None where the site holds no such thing."""
        name, tail = _parted(to)
        thing = self.things.get(self.canonical(name))
        if thing is None and name.startswith(_PATH):
            return LinkTarget(to, "file", self._inside(name.removeprefix(_PATH)), "", self.langs, tail)
        if thing is None:
            return None
        fragment = tail.partition("#")[2]
        anchored = tuple(lang for lang, ids in thing.anchors if fragment in ids) if fragment else ()
        return LinkTarget(to, thing.kind, thing.name, thing.section, thing.langs, tail, anchored)

    def anchors(self, to: str) -> tuple[str, ...]:
        """Return the ids in the texts of the thing that the link with the key *to* leads to, in order."""
        thing = self.things.get(self.canonical(_parted(to)[0]))
        ids = {anchor for _, anchors in thing.anchors for anchor in anchors} if thing else set[str]()
        return tuple(sorted(ids))

    def of(self, links: Iterable[str]) -> tuple[LinkTarget, ...]:
        """Return where *links*, keys, lead, each once; without those that the site does not hold."""
        return tuple(found for to in dict.fromkeys(links) if (found := self.find(to)))

    def canonical(self, name: str) -> str:
        """Return the key *name*, without a fragment; that of a thing in place of its path."""
        if not name.startswith(_PATH):
            return name
        return next((key for key in self._readings(name.removeprefix(_PATH)) if key in self.things), name)

    def without_things(self) -> LinkTargets:
        """Return this without the things."""
        return LinkTargets({}, self.langs, self.sections, self.base)

    def _readings(self, path: str) -> Iterator[str]:
        """Yield the keys that *path* may mean, the most literal first."""
        # On a site at example.org/news/ the path /news/about/ may name "about", or what is below "news".
        if path.startswith("/") and self._inside(path) != path.lstrip("/"):
            yield from self._readings(self._inside(path))
        path = path.lstrip("/")
        lang, _, rest = path.partition("/")
        inside = rest if lang in self.langs else path
        steps = inside.rstrip("/").split("/")
        yield f"list:{inside}"
        if len(steps) == 1:
            yield f"page:{steps[0]}"
        elif len(steps) == 2:
            yield from self._inner(*steps)

    def _inside(self, path: str) -> str:
        """Return *path*, which may be relative to the root of the host, relative to that of the site."""
        return path.removeprefix(self.base).lstrip("/") if path.startswith("/") else path

    def _inner(self, section: str, name: str) -> Iterator[str]:
        if section == "events":
            yield f"event:{name}"
        elif section == "articles":
            yield f"article:{name}"
            # From an article "../about/" is meant for a page where no article is called so.
            yield f"page:{name}"
        elif section in self.sections:
            yield f"entity:{name}"


def is_sound(target: LinkTarget) -> bool:
    """Return whether *target* is something that readers see, and has the id that a link asks for."""
    return target.kind != "file" and bool(target.langs) and (bool(target.anchored) or "#" not in target.tail)


def keys_of(links: Iterable[TextLink]) -> Iterator[str]:
    """Yield the keys of *links*."""
    return (link.to for link in links)


def _parted(to: str) -> tuple[str, str]:
    """Return the key *to* without its query and fragment, and these."""
    end = min((place for mark in "?#" if (place := to.find(mark)) >= 0), default=len(to))
    return to[:end], to[end:]


# ---------------------------------------------------------------- what the site holds


@dataclass(frozen=True, slots=True)
class SiteTexts:
    """All texts of a site, or those that readers may see."""

    articles: Mapping[str, Mapping[str, ArticleVersion]]
    """By slug and language."""
    plain_pages: Mapping[str, Mapping[str, PageVersion]]
    directory: Directory


def find_targets(
    every: SiteTexts, live: SiteTexts, settings: Settings, *, entities: bool = True
) -> LinkTargets:
    """Return what links can lead to: what is *live*, and as held back what only *every* text has.

    To find the *entities* that have pages takes the longest; they may be left out where nothing leads to any.
    """
    langs = tuple(language.code for language in settings.languages)
    sections = tuple(taxonomy.key for taxonomy in settings.taxonomies)
    shown = dict(_things(live, settings, entities=entities))
    held = {} if live is every else dict(_things(every, settings, entities=entities))
    # What is held back is known by its name only: readers get no link to it, and none of its headings.
    held = {key: thing._replace(langs=(), anchors=()) for key, thing in held.items()}
    lists = chain(LISTS, (f"{key}/" for key in sections))
    pages = {f"list:{rest}": Linkable("list", rest, "", langs) for rest in lists}
    # What readers see wins over what is held back under the same key, and a present name over a former one.
    things = {**held, **shown, **pages}
    return LinkTargets(_former(every, things) | things, langs, sections, _base(settings))


def held_back(targets: LinkTargets) -> tuple[HeldName, ...]:
    """Return the names of what is held back as a whole, in order."""
    held, shown = set[tuple[str, str, str]](), set[str]()
    for key, thing in targets.things.items():
        name = key.partition(":")[2]
        if thing.langs:
            shown |= {name, thing.name}
        else:
            held |= {(thing.kind, name, thing.section), (thing.kind, thing.name, thing.section)}
    return tuple(HeldName(*named, named[1] not in shown and _distinctive(named[1])) for named in sorted(held))


def _distinctive(name: str) -> bool:
    """Return whether *name* is more than a word or a number, which any text may hold."""
    return not name.isalpha() and not name.isdigit()


def _base(settings: Settings) -> str:
    rest = settings.url.partition("://")[2]
    return f"/{rest.partition('/')[2]}"


def _things(texts: SiteTexts, settings: Settings, *, entities: bool) -> Iterator[tuple[str, Linkable]]:
    codes = tuple(language.code for language in settings.languages)
    titles = _titles(texts)
    own = {own_event(slug): _anchors(versions) for slug, versions in texts.articles.items()}
    # Where texts fall back on another language, an event has a page in each language of the site.
    everywhere = settings.translations != "hide"
    placed = {telling.event for _, telling in _tellings(texts)} - {
        telling.event for article, telling in _tellings(texts) if article.has_page
    }
    for event, telling in titles.items():
        langs = codes if everywhere else tuple(lang for lang in codes if lang in telling)
        yield (
            f"event:{event}",
            Linkable("event", event, PLACE if event in placed else "", langs, own.get(event, ())),
        )
    for slug, versions in texts.articles.items():
        if own_event(slug):
            continue
        yield f"article:{slug}", Linkable("article", slug, "", tuple(versions), _anchors(versions))
    for slug, pages in texts.plain_pages.items():
        yield f"page:{slug}", Linkable("page", slug, "", tuple(pages), _anchors(pages))
    named = _named(texts, titles, settings) if entities else {}
    for entity, (section, spoken) in named.items():
        langs = codes if everywhere else tuple(lang for lang in codes if lang in spoken)
        yield f"entity:{entity}", Linkable("entity", entity, section, langs)


def _anchors(
    versions: Mapping[str, ArticleVersion] | Mapping[str, PageVersion],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((lang, text.anchors) for lang, text in versions.items() if text.anchors)


def _titles(texts: SiteTexts) -> dict[str, set[str]]:
    """Return the languages that each dated event has a title in."""
    dated = {telling.event for _, telling in _tellings(texts) if telling.when}
    titles: dict[str, set[str]] = {event: set() for event in sorted(dated)}
    for article, telling in _tellings(texts):
        if telling.event in titles and telling.title:
            titles[telling.event].add(article.lang)
    return titles


def _tellings(texts: SiteTexts) -> Iterator[tuple[ArticleVersion, Telling]]:
    for versions in texts.articles.values():
        for article in versions.values():
            for telling in article.events:
                yield article, telling


# ---------------------------------------------------------------- entities


def _named(
    texts: SiteTexts, titles: Mapping[str, Collection[str]], settings: Settings
) -> dict[str, tuple[str, set[str]]]:
    """Return the entities that have pages, each with its taxonomy and the languages that mention it."""
    sections = {taxonomy.kind: taxonomy.key for taxonomy in settings.taxonomies}
    kinds = {taxonomy.key: taxonomy.kind for taxonomy in settings.taxonomies}
    found: dict[str, tuple[str, set[str]]] = {}
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for versions in texts.articles.values():
        for kind, name, langs in _names(versions, titles, settings.authors):
            key = (kind, name)
            if key not in known:
                meant = texts.directory.find(kinds[kind], name) if kind else texts.directory.author(name)
                known[key] = (meant[0].id, sections.get(meant[0].kind, "")) if meant else ("", "")
            entity, section = known[key]
            if section:
                found.setdefault(entity, (section, set()))[1].update(langs)
    return found


def _names(
    versions: Mapping[str, ArticleVersion], titles: Mapping[str, Collection[str]], authors: tuple[str, ...]
) -> Iterator[tuple[str, str, Collection[str]]]:
    """Yield every name that counts in *versions*: its taxonomy, or none of an author, and its languages."""
    articles = versions.values()
    wrote = [name for article in articles for name in article.authors]
    if not wrote:
        wrote += authors
    yield from (("", name, versions) for name in wrote)
    # Reversed, so that the first version that names any is the one that counts, as in merged_names().
    whole = {key: names for article in reversed(tuple(articles)) for key, names in article.names.items()}
    yield from ((key, name, versions) for key, names in whole.items() for name in names)
    dated = {event.event for article in articles for event in article.events if event.when}
    for article in articles:
        for telling in article.events:
            if telling.event in dated:
                for key, names in {**whole, **telling.names}.items():
                    yield from ((key, name, titles.get(telling.event, ())) for name in names)


# ---------------------------------------------------------------- former names


def _former(texts: SiteTexts, things: Mapping[str, Linkable]) -> dict[str, Linkable]:
    """Return what former names lead to, by key."""
    found: dict[str, Linkable] = {}
    for kind, former, name in _moves(texts):
        thing = things.get(f"{kind}:{name}")
        if thing:
            found.setdefault(f"{kind}:{former}", thing)
    return found


def _moves(texts: SiteTexts) -> Iterator[tuple[str, str, str]]:
    for slug, versions in texts.articles.items():
        for article in versions.values():
            yield from (("article", alias, slug) for alias in article.aliases)
            for telling in article.events:
                yield from (("event", alias, telling.event) for alias in telling.aliases)
    for slug, pages in texts.plain_pages.items():
        for page in pages.values():
            yield from (("page", alias, slug) for alias in page.aliases)
