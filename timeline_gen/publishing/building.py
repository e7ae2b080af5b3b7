"""What publishing asks of the stages: the site built for a target, and whether a build would change it now.

Loaded only where there may be something to build: a plan of an unchanged site needs none of the stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from timeline_gen.collecting.holding import release
from timeline_gen.errors import ContentError
from timeline_gen.pipeline import build
from timeline_gen.planning import addresses
from timeline_gen.publishing.local import Local, digest_of
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.running.drafting import Draft, draft
from timeline_gen.running.options import Options
from timeline_gen.running.problems import Problems
from timeline_gen.running.rendering import page_keys
from timeline_gen.running.sharing import workers
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.manifest import Entry, Facts
from timeline_gen.writing.survey import Standing


def build_for(root: Path, options: Options) -> None:
    """Build the site in the folder *root* with *options*, beside the one that ``build`` makes."""
    (root / options.workings).mkdir(parents=True, exist_ok=True)
    build(root, options)


@dataclass(frozen=True, slots=True)
class Seen:
    """The content in the folder *root*, seen at the second *now* for a site built with *options*."""

    root: Path
    options: Options
    now: int

    def __call__(self, local: Local, standing: Standing, cache: Cache) -> Local:
        """Return the site *local* with how it differs from what a build would make of the content."""
        options = _as_built(self.options, local.facts)
        with workers(options.jobs) as pool:
            try:
                one = draft(self.root, options, Problems(), cache=cache, executor=pool)
            except ContentError as error:
                return replace(local, problems=error.problems, pages="")
            keys = page_keys(one)
        return replace(
            local,
            outdated=_differing(keys, standing.keys),
            held=_held(one, standing.entries, self.now),
            pages=digest_of(keys),
        )


def _as_built(options: Options, facts: Facts) -> Options:
    """Return the options that the tree with these *facts* was built with."""
    return replace(
        options,
        url=facts.url or options.url,
        drafts=facts.drafts,
        now=None if facts.clock or not facts.now else read_stamp(facts.now).second,
    )


def _differing(keys: Mapping[str, str], stands: Mapping[str, str]) -> int:
    return sum(keys.get(path) != stands.get(path) for path in keys.keys() | stands.keys())


def _held(one: Draft, entries: Mapping[str, Entry], now: int) -> tuple[str, ...]:
    """Return those of *entries* that tell what readers may not see at the second *now*."""
    released = release(one.content.collected.articles, drafts=False, now=now)
    langs = [language.code for language in one.site.settings.languages]
    hidden = [addresses.article(lang, slug) for lang, slug in released.withheld]
    hidden += (addresses.event(lang, event) for lang in langs for event in released.held)
    hidden += _held_pages(one)
    return tuple(sorted({str(addresses.file_of(address)) for address in hidden} & entries.keys()))


def _held_pages(one: Draft) -> Iterable[str]:
    plains = one.content.collected.plains
    return (addresses.plain(page.lang, page.slug) for page in plains if page.draft)
