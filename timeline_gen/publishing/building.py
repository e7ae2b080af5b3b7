"""What publishing asks of the stages: the site built for a target, and whether a build would change it now.

Loaded only where there may be something to build: a plan of an unchanged site needs none of the stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build, plan_site
from timeline_gen.building.render.long_files import parts_before
from timeline_gen.building.render.outputs import page_keys
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.stages import workers
from timeline_gen.building.workspace import Workspace
from timeline_gen.collecting.embargoes import release
from timeline_gen.errors import ContentError
from timeline_gen.pages.parts import addresses
from timeline_gen.publishing.local import Local, digest_of
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.writing.manifest import Entry, Facts
from timeline_gen.writing.output_state import OutputState


def build_for(root: Path, options: Options) -> None:
    """Build the site in the folder *root* with *options*, next to the output of ``build``."""
    (root / options.work_dir).mkdir(parents=True, exist_ok=True)
    build(root, options)


@dataclass(frozen=True, slots=True)
class ContentCheck:
    """The content of a site, seen at the second *now*."""

    now: int

    def __call__(self, local: Local, output: OutputState, site: Workspace) -> Local:
        """Return the site *local* with how it differs from what a build would make of the content."""
        # With other options than the tree was built with, every page would count as outdated.
        site = site.with_options(_as_built(site.options, local.facts))
        with workers(site):
            try:
                plan = plan_site(site)
            except ContentError as error:
                return replace(local, problems=error.problems, pages="")
            keys = page_keys(plan)
            # The parts of a search are named by what they hold, which only a build works out.
            lacking, parts = parts_before(plan.pages, keys, output.entries)
            keys |= parts
        return replace(
            local,
            outdated=_differing(keys, output.keys) + len(lacking),
            held=_held(plan, output.files, self.now),
            names=plan.held,
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


def _differing(keys: Mapping[str, str], built: Mapping[str, str]) -> int:
    return sum(keys.get(path) != built.get(path) for path in keys.keys() | built.keys())


def _held(plan: SitePlan, entries: Mapping[str, Entry], now: int) -> tuple[str, ...]:
    """Return those of *entries* that show what readers may not see at the second *now*."""
    released = release(plan.content.collected.articles, drafts=False, now=now)
    langs = [language.code for language in plan.site.settings.languages]
    hidden = [addresses.article(lang, slug) for lang, slug in released.withheld]
    hidden += (addresses.event(lang, event) for lang in langs for event in released.held)
    hidden += _held_pages(plan)
    return tuple(sorted({str(addresses.file_of(address)) for address in hidden} & entries.keys()))


def _held_pages(plan: SitePlan) -> Iterable[str]:
    plain_pages = plan.content.collected.plain_pages
    return (
        addresses.plain_page(page.lang, page.slug, addresses.TIMELINE) for page in plain_pages if page.draft
    )
