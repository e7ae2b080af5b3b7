"""A site as far as the plan: all that is written of it follows from this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from timeline_gen.building.parse.content import Content
from timeline_gen.collecting.parsed import data_links
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.model.assets import Asset
from timeline_gen.model.files import Output
from timeline_gen.model.links import HeldName, TextLink
from timeline_gen.pages.page import Page
from timeline_gen.pages.plan.entity_pictures import entity_assets
from timeline_gen.pages.site import Site
from timeline_gen.reading.disk.files import read_asset
from timeline_gen.rendering.context import RenderContext


class Counts(NamedTuple):
    """How much there is of a site."""

    texts: int
    """Files of articles and plain pages that were read, drafts included."""
    articles: int
    """That readers see, each with all its versions."""
    events: int
    pages: int
    kinds: tuple[tuple[str, int], ...] = ()
    """How many files there are of each kind; where only some pages were planned, as the last build found."""
    languages: int = 1
    """In which there are articles."""
    drafts: int = 0
    """Articles and plain pages that are not shown, or not in every language, because they are drafts."""
    embargoed: int = 0
    """Articles that are not shown yet."""


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A site, planned and not yet rendered."""

    timeline: Timeline
    site: Site
    """What its pages share."""
    pages: tuple[Page, ...]
    content: Content
    context: RenderContext
    assets: tuple[Output, ...]
    """The theme's files and the logo."""
    now: int
    """The moment it was made for, in seconds since 1970 (UTC)."""
    counts: Counts
    redirects: tuple[tuple[str, str], ...]
    """Former addresses inside the site, each with the present one."""
    held: tuple[HeldName, ...]
    """The names of what is held back."""
    rest: Mapping[str, str] = field(default_factory=dict)
    """Where only some pages were planned: what each file was made from, which stays as it is."""
    _shown: tuple[Asset, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def shown(self) -> tuple[Asset, ...]:
        """Return the files that its pages show, offer or link to; worked out when first asked for."""
        if self._shown is None:
            object.__setattr__(self, "_shown", tuple(_assets_of(self)))
        return self._shown or ()


def counts_of(content: Content, timeline: Timeline, pages: Sequence[Page]) -> Counts:
    """Return how much of the *content* is in the *timeline* and on *pages*, and how much is held back."""
    languages = {lang for article in timeline.articles for lang in article.versions}
    drafts = {article.slug for article in content.collected.articles if article.draft}
    withheld = {slug for _, slug in timeline.withheld}
    return Counts(
        texts=content.count,
        articles=len(timeline.articles),
        events=len(timeline.events),
        pages=len(pages),
        languages=len(languages),
        drafts=len(withheld & drafts) + len(timeline.withheld_pages),
        embargoed=len(withheld - drafts),
    )


def texts_of(timeline: Timeline, content: Content) -> list[tuple[PurePosixPath, tuple[TextLink, ...]]]:
    """Return the files of all texts that readers see, each with the links in it."""
    articles = (text for article in timeline.tellers for text in article.versions.values())
    plain_pages = (text for plain in timeline.plain_pages for text in plain.versions.values())
    texts = [(text.path, text.links) for text in articles] + [(text.path, text.links) for text in plain_pages]
    texts += data_links(content.collected)
    return texts


def assets_of(plan: SitePlan) -> tuple[Asset, ...]:
    """Return the files that the pages of *plan* show, offer or link to, each once."""
    return plan.shown


def _assets_of(plan: SitePlan) -> Iterator[Asset]:
    versions = [version for article in plan.timeline.tellers for version in article.versions.values()]
    # A row of a table has no text.
    texts = [version.path for version in versions if version.body_hash]
    texts += (page.path for plain in plan.timeline.plain_pages for page in plain.versions.values())
    # What is held back is no longer among the events of its article.
    found = [asset for version in versions for telling in version.events for asset in telling.assets]
    found += (asset for version in versions for asset in version.assets)
    found += entity_assets(plan.timeline, plan.site)
    found += (asset for era in plan.timeline.eras for asset in era.assets)
    found += (media.picture for media in plan.site.cover.values() if media.picture)
    found += (asset for path in texts for asset in plan.content.files[path].shown)
    shown = {asset.address: asset for asset in found}
    yield from (shown[address] for address in sorted(shown))


def asset_data(root: Path, plan: SitePlan, asset: Asset) -> bytes:
    """Return the bytes of *asset*."""
    return read_asset(root, plan.content.found[asset.path])
