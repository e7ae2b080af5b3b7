"""The stage collect: articles into the one chronicle that the site shows.

The result depends on what the articles say alone, never on the order of files, keys or articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from timeline_gen.collecting.accounts import Account, Shelf, pair, tell
from timeline_gen.collecting.chronicle import Chronicle, Event, Plain, Story
from timeline_gen.collecting.directory import build_directory
from timeline_gen.collecting.facts import spot_of_item
from timeline_gen.collecting.holding import release
from timeline_gen.collecting.mentions import namings_of, site_namings
from timeline_gen.collecting.merging import merge
from timeline_gen.dates.order import sort_key
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.model import Article, Citation, Entity, Era, Kind, PlainPage, Settings, Spot, digest_of


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything that was read, before it is brought together."""

    articles: tuple[Article, ...]
    plains: tuple[PlainPage, ...] = ()
    entities: tuple[Entity, ...] = ()
    eras: tuple[Era, ...] = ()
    sources: Mapping[str, Citation] = field(default_factory=dict)


def collect(
    read: Collected, settings: Settings, *, drafts: bool = False, now: int = 0
) -> tuple[Chronicle, tuple[Problem, ...]]:
    """Return the chronicle of all that was *read*, and what is wrong with it.

    Drafts, what is under embargo at the second *now* (since 1970, UTC), and the events that only they
    date, are left out unless *drafts* says otherwise.
    """
    released = release(read.articles, drafts=drafts, now=now)
    articles, held = released.articles, released.held
    slugs, problems = pair(articles, settings)
    directory, unclear = build_directory(
        read.entities,
        (
            *site_namings(settings),
            *(naming for article in articles for naming in namings_of(article, settings)),
        ),
        settings.taxonomies,
        settings.languages,
    )
    kinds = {taxonomy.key: taxonomy.kind for taxonomy in settings.taxonomies}
    shelf = Shelf(settings, directory, read.sources, kinds)
    stories, accounts, told = _told(slugs, shelf)
    orphaned = _orphaned(slugs, released.withheld)
    hidden = frozenset(slug for _, slug in released.withheld) - slugs.keys()
    events, merged = _events(accounts, settings, held, hidden)
    plains, doubled = _plains(read.plains, settings, drafts=drafts)
    known = frozenset(event.id for event in events)
    astray = _astray(
        (*articles, *(page for plain in plains for page in plain.versions.values())), known, held
    )
    chronicle = Chronicle(
        events=events,
        stories=tuple(sorted(stories, key=_newest_first)),
        plains=plains,
        eras=tuple(sorted(read.eras, key=lambda era: sort_key(era.when, order=None, id=era.id))),
        held=frozenset(held),
        withheld=released.withheld,
        next_embargo=released.next_embargo,
    )
    return chronicle, (
        *problems,
        *unclear,
        *told,
        *orphaned,
        *merged,
        *doubled,
        *astray,
        *_accepted_in_vain(settings, known, held),
    )


def _told(
    slugs: Mapping[str, Mapping[str, Article]], shelf: Shelf
) -> tuple[list[Story], list[Account], list[Problem]]:
    stories: list[Story] = []
    accounts: list[Account] = []
    problems: list[Problem] = []
    for versions in slugs.values():
        story, said, wrong = tell(versions, shelf)
        stories.append(story)
        accounts.extend(said)
        problems.extend(wrong)
    return stories, accounts, problems


def _events(
    accounts: Sequence[Account], settings: Settings, held: Mapping[str, str], hidden: Collection[str]
) -> tuple[tuple[Event, ...], list[Problem]]:
    by_event: dict[str, list[Account]] = {}
    for account in accounts:
        by_event.setdefault(account.event, []).append(account)
    events: list[Event] = []
    problems: list[Problem] = []
    for every in by_event.values():
        dated = [account for account in every if account.when]
        mentions = [account for account in every if not account.when]
        if not dated:
            problems.extend(_undated(account, held) for account in mentions)
            continue
        event, wrong = merge(dated, mentions, settings, hidden)
        events.append(event)
        problems.extend(wrong)
        if not event.titles:
            problems.append(_untitled(dated[0]))
    return tuple(sorted(events, key=_place_in_time)), problems


def _place_in_time(event: Event) -> tuple[object, ...]:
    return (event.when.kind is Kind.UNDATED, *event.sort_key)


def _newest_first(story: Story) -> tuple[int, str]:
    published = story.brief.published
    return (-published.second if published else 0, story.slug)


def _plains(
    pages: Iterable[PlainPage], settings: Settings, *, drafts: bool
) -> tuple[tuple[Plain, ...], list[Problem]]:
    rank = {language.code: number for number, language in enumerate(settings.languages)}
    slugs: dict[str, dict[str, PlainPage]] = {}
    problems: list[Problem] = []
    for page in sorted(pages, key=lambda page: (page.slug, rank[page.lang], page.path)):
        if page.draft and not drafts:
            continue
        versions = slugs.setdefault(page.slug, {})
        if first := versions.get(page.lang):
            problems.append(_plain_twice(first, page))
        else:
            versions[page.lang] = page
    plains = (
        Plain(slug, versions, digest_of(*(repr(page).encode() for page in versions.values())))
        for slug, versions in slugs.items()
    )
    return tuple(plains), problems


def _orphaned(
    slugs: Mapping[str, Mapping[str, Article]], withheld: Collection[tuple[str, str]]
) -> Iterable[Problem]:
    """Yield a problem for each article whose original is no other version, nor one held back."""
    for slug, versions in slugs.items():
        for lang, article in versions.items():
            original = article.translation_of[0] if article.translation_of else ""
            there = (original in versions or (original, slug) in withheld) and original != lang
            if original and not there:
                yield _no_original(article, original, versions)


def _accepted_in_vain(
    settings: Settings, known: Collection[str], held: Mapping[str, str]
) -> Iterable[Problem]:
    """Yield a problem for each event that ``accept:`` names and no article tells."""
    for number, event in enumerate(settings.accepted):
        if event in known or event in held:
            continue
        yield Problem(
            "TG520",
            f"'accept' names the event {event!r}, which no article tells",
            Place(PurePosixPath("site.yaml"), *spot_of_item(settings.spots, "accept", number)),
            "write the id of an event that articles disagree about, or remove the entry",
            Level.WARNING,
            about=event,
        )


def _astray(
    texts: Iterable[Article | PlainPage], known: frozenset[str], held: Mapping[str, str]
) -> Iterable[Problem]:
    for text in texts:
        for event, spot in text.event_links:
            if event not in known:
                yield _leads_nowhere(text, event, spot, held.get(event))


def _no_original(article: Article, original: str, versions: Mapping[str, Article]) -> Problem:
    others = [lang for lang in versions if lang != article.lang]
    said = "names this very version" if original == article.lang else f"names a version in {original!r}"
    return Problem(
        "TG518",
        f"'translation_of' {said}, and there is no such original of {article.slug!r}",
        Place(article.path, *article.spots.get("translation_of", (1, 1))),
        f"write the language of another version: {', '.join(others)}" if others else "remove the key",
        about=original,
    )


def _leads_nowhere(text: Article | PlainPage, event: str, spot: Spot, reason: str | None) -> Problem:
    place = Place(text.path, *spot)
    if reason:
        return _is_held(event, reason, place)
    return Problem(
        "TG508",
        f"this link leads to the event {event!r}, which no article tells",
        place,
        "write the id of an event that an article lists under 'events:'",
        about=event,
    )


def _undated(account: Account, held: Mapping[str, str]) -> Problem:
    if account.event in held:
        return _is_held(account.event, held[account.event], account.place)
    return Problem(
        "TG502",
        f"no article gives the event {account.event!r} a date",
        account.place,
        "add 'date:' here, or 'date: unknown' if nobody knows it; or check the id",
        about=account.event,
    )


def _is_held(event: str, reason: str, place: Place) -> Problem:
    return Problem(
        "TG513",
        f"the event {event!r} is held back: {reason}; readers see no link to it",
        place,
        level=Level.INFO,
    )


def _untitled(account: Account) -> Problem:
    return Problem(
        "TG515",
        f"the event {account.event!r} has no title in any language",
        account.place,
        "add 'title:' to it",
    )


def _plain_twice(first: PlainPage, second: PlainPage) -> Problem:
    return Problem(
        "TG516",
        f"a second page with the slug {second.slug!r} in {second.lang!r}; the first is {first.path}",
        Place(second.path),
        "give one of the two files another name",
        related=(Place(first.path),),
    )
