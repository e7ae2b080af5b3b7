"""A plan kept in parts, a story each: where only bodies have changed, a build needs no more of it than that.

To read what is known of all articles, to collect and to plan takes a large site longer than all that the
change of one body asks for. So the first build that changes a site, and each later one, keeps of every story
what :func:`~timeline_gen.running.planned.brought_forward` needs; a build that finds nothing but the texts of
articles changed brings those stories forward alone. Whatever it cannot be sure of is planned anew as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from timeline_gen.collecting.chronicle import Event, Story
from timeline_gen.collecting.collect import Collected
from timeline_gen.model import Article, digest_of
from timeline_gen.planning.pages import Page, PageKind
from timeline_gen.reading.load import Found
from timeline_gen.running.drafting import Counts, Draft, second_of
from timeline_gen.running.glance import Line, Made
from timeline_gen.running.memory import Memory
from timeline_gen.running.options import Options, Report
from timeline_gen.running.planned import Planned, brought_forward
from timeline_gen.running.problems import Problems
from timeline_gen.running.reading import Content, Kept, read_again
from timeline_gen.running.theming import prepare_theme
from timeline_gen.writing.cache import Cache, freeze, thaw
from timeline_gen.writing.survey import Standing

_HEAD: Final = "head"
_BATCH: Final = 500
"""Parts that are put into the cache at once: all of them would fill the memory."""
_MOST: Final = 500
"""Changed texts; where there are more, the whole plan is made anew."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What the parts of a plan share."""

    generation: int
    """Of the tree that was made by it."""
    planned: Planned
    """The plan without all that stands in the parts."""
    names: Mapping[str, str]
    """Where the part of each article's story lies, by the article's path."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a plan holds of one story."""

    story: Story
    events: tuple[Event, ...]
    """Those that its versions name."""
    pages: tuple[Page, ...]
    kept: tuple[Kept, ...]
    """What its versions were parsed into."""


# ---------------------------------------------------------------- to keep


def shelve(cache: Cache, tree: str, one: Draft, made: Made) -> None:
    """Keep in *cache* the plan of *one*, by which the *tree* was *made*.

    The first build of a site keeps nothing: most are never followed by another on the same machine. Nor does
    one of which nothing is remembered: a preview, which has a memory of its own.
    """
    if made.generation <= 1 or not made.seen.asked:
        return
    shelf, before = _shelf(tree), cache.keys(_shelf(tree)) - {_HEAD}
    head = _head(cache, tree) if one.rest else None
    events, pages = {event.id: event for event in one.chronicle.events}, _by_story(one.pages)
    names, parts = dict(head.names) if head else {}, dict[str, bytes]()
    for story in one.chronicle.stories:
        kept = tuple(one.content.kept[article.path] for article in story.versions.values())
        name = _name(pages[story.slug], kept)
        names |= dict.fromkeys((str(one.item.path) for one in kept), name)
        if name not in before:
            parts[name] = freeze(_part(story, events, pages[story.slug], kept))
        if len(parts) >= _BATCH:
            cache.put(shelf, parts)
            parts.clear()
    bare = replace(one.chronicle, stories=(), events=(), plains=(), eras=(), held=frozenset())
    given = replace(one.planned.given, collected=Collected(()))
    planned = replace(one.planned, given=given, chronicle=bare, pages=(), told=())
    parts[_HEAD] = freeze(_Head(made.generation, planned, names))
    cache.put(shelf, parts, without=before.difference(names.values()))


def _part(
    story: Story, events: Mapping[str, Event], pages: tuple[Page, ...], kept: tuple[Kept, ...]
) -> _Part:
    links = (link for article in story.versions.values() for link, _ in article.event_links)
    named = dict.fromkeys((*story.events, *links))
    return _Part(story, tuple(events[name] for name in named if name in events), pages, kept)


def _by_story(pages: Iterable[Page]) -> dict[str, tuple[Page, ...]]:
    found: dict[str, list[Page]] = {}
    for page in pages:
        if page.kind is PageKind.ARTICLE and page.shows.story:
            found.setdefault(page.shows.story.slug, []).append(page)
    return {slug: tuple(some) for slug, some in found.items()}


def _name(pages: Iterable[Page], kept: Iterable[Kept]) -> str:
    """Return a name that changes with anything that a part holds."""
    about = [(one.given, one.shown, one.problems) for one in kept]
    return digest_of(*(page.key for page in pages), repr(about).encode()).hex()


def _shelf(tree: str) -> str:
    return f"{tree}/plan"


def _head(cache: Cache, tree: str) -> _Head | None:
    kept: Any = cache.get(_shelf(tree), [_HEAD]).get(_HEAD)
    return thaw(kept) if kept else None


# ---------------------------------------------------------------- to take up again


def redraft(  # noqa: PLR0913 - the means of a build, beside what it is asked for
    root: Path,
    options: Options,
    problems: Problems,
    *,
    cache: Cache,
    standing: Standing,
    memory: Memory,
) -> Draft | None:
    """Return the site in *root*, of whose last build *memory* tells, with those pages alone that may change.

    None where that is not enough, and the whole site must be planned anew.
    """
    last = memory.last
    head = _head(cache, options.tree) if last and 0 < len(last.changed) <= _MOST else None
    if last is None or head is None or head.generation != last.generation:
        return None
    found = [_found(root, line) for line in last.changed]
    parts = _parts(cache, options.tree, head, {str(one.path) for one in found})
    settings = head.planned.given.settings
    if parts is None or settings.search == "pagefind":
        # The index of whole texts holds every body.
        return None
    before = _joined(head.planned, parts)
    known = {kept.item.path: kept for part in parts for kept in part.kept}
    again = {one: known[one.path] for one in found}
    kept = read_again(root, settings, cache, again, memory.sources.taken)
    if kept is None:
        return None
    now = second_of(options)
    known |= kept
    collected = Collected(_articles(known.values()))
    planned = brought_forward(before, replace(before.given, collected=collected, now=now))
    theme = problems.of(prepare_theme(root, settings, cache)) if planned else None
    if planned is None or theme is None:
        return None
    problems.of((None, last.report.problems))
    places = {one.path: one for one in found}
    texts = {one.item.body_hash: (places[path], one.given) for path, one in kept.items()}
    content = Content(collected, known, {}, texts, len(kept), ())
    facts = standing.manifest.facts
    return Draft(planned, content, *theme, now, _counts(last.report), facts.redirects, standing.keys)


def _found(root: Path, line: Line) -> Found:
    """Return the file that *line* of a glance tells of."""
    way, _, size, inode, modified, changed = line
    path = Path(way)
    # What is no article that is known, or is spelt in another form, stays under a name that is unknown.
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return Found(PurePosixPath(inside.as_posix()), size, modified, inode, changed=changed)


def _parts(cache: Cache, tree: str, head: _Head, paths: set[str]) -> list[_Part] | None:
    """Return the parts that the articles at *paths* belong to; None where one is not known."""
    if not paths <= head.names.keys():
        return None
    wanted = sorted({head.names[path] for path in paths})
    kept = cache.get(_shelf(tree), wanted)
    return [thaw(kept[name]) for name in wanted] if len(kept) == len(wanted) else None


def _joined(bare: Planned, parts: Iterable[_Part]) -> Planned:
    """Return a plan of *parts* alone; *bare* holds what they share."""
    parts = tuple(parts)
    events = {event.id: event for part in parts for event in part.events}
    stories = tuple(part.story for part in parts)
    return replace(
        bare,
        given=replace(bare.given, collected=Collected(_articles(one for part in parts for one in part.kept))),
        chronicle=replace(bare.chronicle, stories=stories, events=tuple(events.values())),
        pages=tuple(page for part in parts for page in part.pages),
    )


def _articles(kept: Iterable[Kept]) -> tuple[Article, ...]:
    return tuple(one.item for one in kept if isinstance(one.item, Article))


def _counts(report: Report) -> Counts:
    return Counts(report.texts, report.articles, report.events, report.pages)
