"""Every question about content and the site it makes, in one run, without touching the built site.

Links in texts are checked without pages, as a build does it. Pages are rendered only to see what templates
link to, a few of each kind, and where a text links to an id that a template writes.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote, urlsplit

from timeline_gen.building.options import LOCK_TIMEOUT, Options
from timeline_gen.building.pipeline import plan_site
from timeline_gen.building.render.outputs import RenderJob, bodies_of, render_job, render_jobs
from timeline_gen.building.render.pictures import asset_files, picture_problems
from timeline_gen.building.site_plan import Counts, SitePlan, texts_of
from timeline_gen.building.stages import workers
from timeline_gen.building.workers.parallel import parallel_map
from timeline_gen.building.workspace import Workspace, open_workspace
from timeline_gen.checking.links import Anchors, Broken, broken_links, read_anchors
from timeline_gen.collecting.translations import translation_problems
from timeline_gen.errors import ContentError, Level, Place, Problem, Silenced
from timeline_gen.messages import say, say_many
from timeline_gen.model.links import TextLink
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.links import address_of
from timeline_gen.pages.plan.dead_paths import dead_anchor
from timeline_gen.pages.redirect import RedirectPage
from timeline_gen.reading.prose.heading_ids import PREFIX, own_id
from timeline_gen.rendering.context import RenderContext


class Checked(NamedTuple):
    """What a check found."""

    problems: tuple[Problem, ...]
    """In reading order."""
    counts: Counts | None
    """How much there is of the site; None where an error keeps it from being counted."""
    silenced: tuple[Silenced, ...] = ()
    """Warnings and notes that the site has decided to live with."""


def check(
    root: Path, *, drafts: bool = False, now: int | None = None, jobs: int | None = None
) -> tuple[Problem, ...]:
    """Return every problem of the site in the folder *root*, as :func:`checked` does."""
    return checked(root, drafts=drafts, now=now, jobs=jobs).problems


def checked(root: Path, *, drafts: bool = False, now: int | None = None, jobs: int | None = None) -> Checked:
    """Check the site in the folder *root*, at the second *now*; return every problem of it.

    Those that a build would report, translations that are out of date, and every link and anchor inside
    the site; raises ``UsageError`` where there is no site or the machine refuses.
    """
    counts = None
    options = Options(
        jobs=jobs, drafts=drafts, now=now, command="timeline-gen check", lock_timeout=LOCK_TIMEOUT
    )
    with open_workspace(root, options) as site, workers(site):
        try:
            plan = plan_site(site)
            counts = plan.counts
            site.problems.of((None, translation_problems(plan.timeline)))
            site.problems.of((None, tuple(_links(site, plan))))
            site.problems.of((None, picture_problems(site, plan)))
            site.problems.of((None, site.problems.idle_silence()))
        except ContentError as error:
            site.problems.of((None, error.problems))
        # What its text shows to lead nowhere, its page shows once more.
        known = {problem.place for problem in site.problems.all if problem.code == "TG413"}
        found = {
            _weighed(problem): None
            for problem in site.problems.all
            if problem.code != "TG811" or problem.place not in known
        }
    shown = tuple(sorted(found, key=lambda problem: problem.sort_key))
    return Checked(shown, counts, site.problems.silenced)


def _weighed(problem: Problem) -> Problem:
    """Return *problem*; a dead link, with which a site can be built, is an error to who asks for it."""
    return replace(problem, level=Level.ERROR) if problem.code in _DEAD_LINKS else problem


_DEAD_LINKS = frozenset({"TG413", "TG811"})


def _links(site: Workspace, plan: SitePlan) -> Iterator[Problem]:
    """Yield the links that templates write and that lead nowhere, and links of texts to ids of templates."""
    authored = tuple(_to_templates(plan))
    wanted = {addresses.file_name(link.address) for link in authored} | {*_redirected(plan.pages)}
    sampled = tuple(sample(plan.pages, wanted))
    work = partial(_read_job, context=plan.context)
    jobs = render_jobs(sampled, bodies_of(site.root, plan, site.store))
    pages: dict[PurePosixPath, Anchors] = {}
    for found, problems in parallel_map(site.executor, work, jobs):
        pages.update(found)
        yield from problems
    yield from _astray(authored, pages)
    files = (
        *(page.path for page in plan.pages),
        *(PurePosixPath(asset.path) for asset in plan.assets),
        *(file.address for _, files in asset_files(plan) for file in files),
        *(PurePosixPath(static.path) for static in plan.content.statics),
    )
    base = urlsplit(plan.site.settings.url).path or "/"
    known = frozenset(_typed_addresses(plan))
    others = (broken for broken in broken_links(pages, files, base) if _target(broken) not in known)
    by_path = {page.path: page for page in plan.pages}
    for place, group in _mistakes(site.root, others, by_path):
        yield _problem(place, group, by_path)


def _redirected(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the files of those of *pages* that lead to an anchor, and the files that they lead to."""
    for page in pages:
        if isinstance(page, RedirectPage) and "#" in page.target and "://" not in page.target:
            yield from (page.file, addresses.file_name(page.target.partition("#")[0]))


def _typed_addresses(plan: SitePlan) -> Iterator[str]:
    """Yield where the links in texts lead, from the root of the site; they are checked where they are."""
    home = plan.site.context.home
    for _, links in texts_of(plan.timeline, plan.content):
        for link in links:
            if found := plan.timeline.targets.find(link.to):
                yield from (address_of(found, lang, home) for lang in found.langs)


class _Authored(NamedTuple):
    """A link in a text to an id that only the page itself can have."""

    path: PurePosixPath
    link: TextLink
    address: str
    """The page, from the root of the site."""
    fragment: str


def _to_templates(plan: SitePlan) -> Iterator[_Authored]:
    """Yield the links in texts to ids that no text has: those of templates, which only pages show."""
    home = plan.site.context.home
    for path, links in texts_of(plan.timeline, plan.content):
        for link in links:
            found = plan.timeline.targets.find(link.to) if "#" in link.to else None
            fragment = unquote(found.tail.partition("#")[2]) if found else ""
            if found and fragment and not found.anchored:
                for lang in found.langs:
                    address = address_of(found, lang, home).partition("#")[0].partition("?")[0]
                    yield _Authored(path, link, address, fragment)


def _astray(authored: Iterable[_Authored], pages: Mapping[PurePosixPath, Anchors]) -> Iterator[Problem]:
    """Yield a problem for each link of *authored* to an id that none of its *pages* has."""
    by_link: dict[tuple[PurePosixPath, TextLink], list[_Authored]] = {}
    for each in authored:
        by_link.setdefault((each.path, each.link), []).append(each)
    for (path, link), group in by_link.items():
        read = [pages[target] for written in group if (target := _file(written.address)) in pages]
        if read and not any(group[0].fragment in anchors.ids for anchors in read):
            ids = frozenset[str]().union(*(anchors.ids for anchors in read))
            yield dead_anchor(path, link, sorted(anchor for anchor in ids if own_id(anchor) == anchor))


def _file(address: str) -> PurePosixPath:
    return PurePosixPath(addresses.file_name(address))


def _target(broken: Broken) -> str:
    """Return where the link *broken* leads from the root of the site."""
    path, mark, fragment = broken.link.partition("#")
    folder = str(broken.page.parent)
    whole = posixpath.normpath(posixpath.join(folder, path)) if path else str(broken.page)
    address = f"{whole}/" if path.endswith("/") else whole
    return address + mark + fragment


def _mistakes(
    root: Path, links: Iterable[Broken], pages: Mapping[PurePosixPath, Page]
) -> Iterator[tuple[Place, list[Broken]]]:
    """Yield the place of each mistake behind broken *links*, with the links that come of it.

    One link in a summary is on many pages. Where it is written in a file, that is the mistake; the pages made
    from other files show the same one. A link that is written nowhere comes from a theme or a menu, and is
    one mistake however its address looks from a page.
    """
    read = lru_cache(maxsize=64)(partial(_lines, root))
    written: dict[Place, list[Broken]] = {}
    others: dict[str, list[Broken]] = {}
    for link in links:
        place = _place(read, pages[link.page].origin, link.link)
        if place:
            written.setdefault(place, []).append(link)
        else:
            others.setdefault(link.link, []).append(link)
    homes = {group[0].link: place for place, group in written.items()}
    unwritten: dict[str, list[Broken]] = {}
    for typed, group in others.items():
        if typed in homes:
            written[homes[typed]] += group
        else:
            for link in group:
                unwritten.setdefault(link.target, []).append(link)
    yield from written.items()
    for group in unwritten.values():
        yield pages[group[0].page].origin, group


def _read_job(
    job: RenderJob, *, context: RenderContext
) -> tuple[dict[PurePosixPath, Anchors], list[Problem]]:
    """Render the pages of *job*; return what matters of them to links, and what fails."""
    found: dict[PurePosixPath, Anchors] = {}
    problems: list[Problem] = []
    for page in job.pages:
        try:
            # One by one, so that a template that fails on a page hides nothing of the others.
            (made,) = render_job(replace(job, pages=[page]), context=context)
        except ContentError as error:
            problems += error.problems
            continue
        if page.path.suffix == ".html":
            found[page.path] = read_anchors(made.data.decode())
    return found, problems


def _problem(place: Place, group: Sequence[Broken], pages: Mapping[PurePosixPath, Page]) -> Problem:
    broken, more = group[0], len({link.page for link in group}) - 1
    where = say_many(more, " and {count:,} more page", " and {count:,} more pages") if more else ""
    return Problem(
        "TG811",
        say(
            "the link {link!r} on /{address}{where} leads nowhere: {reason}",
            link=broken.link,
            address=pages[broken.page].address(),
            where=where,
            reason=broken.reason,
        ),
        place,
        say("links are relative to the page they are on: ../other-slug/ is another article in this language"),
    )


def _lines(root: Path, path: PurePosixPath) -> tuple[str, ...]:
    try:
        return tuple((root / path).read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError):
        return ()


def _place(read: Callable[[PurePosixPath], tuple[str, ...]], origin: Place, link: str) -> Place | None:
    """Return where in the file *origin* the *link* is written; None where it is not."""
    lines = read(origin.path)
    typed = link.replace(f"#{PREFIX}", "#")
    return next(chain(_written(lines, origin.path, link), _written(lines, origin.path, typed)), None)


def _written(lines: Iterable[str], path: PurePosixPath, link: str) -> Iterator[Place]:
    for number, line in enumerate(lines, 1):
        column = line.find(link)
        if column >= 0:
            yield Place(path, number, column + 1)


# ---------------------------------------------------------------- which pages are read

# What authors write is checked against addresses and headings that are known without any page. What is left
# are the links of templates, which are the same on all pages of a kind, but for parts that depend on what a
# page has. So pages are grouped by which of their values are there, and only a few of each group are read.

ALIKE: Final = 2
"""Pages of a kind and language that are read of those with the same values."""
MOST: Final = 24
"""Pages of a kind and language that are read at most."""

_Traits: TypeAlias = frozenset[str]


def sample(pages: Iterable[Page], wanted: Collection[str]) -> Iterator[Page]:
    """Yield those of *pages* that a check reads, in order; the files *wanted* are among them."""
    alike: Counter[tuple[str, str, _Traits]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    for page in pages:
        group = (type(page).__name__, page.lang)
        if page.file in wanted:
            yield page
        elif read[group] < MOST:
            traits = (*group, frozenset(_traits(page)))
            if alike[traits] < ALIKE:
                alike[traits] += 1
                read[group] += 1
                yield page


def _traits(page: Page) -> Iterator[str]:
    """Yield the names of what *page* has: of its own values, and of those of the thing that it shows."""
    for field in fields(page):
        value = getattr(page, field.name)
        if value:
            yield field.name
        if is_dataclass(value):
            yield from (f"{field.name}.{part.name}" for part in fields(value) if getattr(value, part.name))
