"""``feed.xml``: the newest articles of a language as an Atom feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from timeline_gen.collecting.timeline import ArticleSummary, Correction, EventSummary
from timeline_gen.model.assets import Attachment
from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.date_times import date_time
from timeline_gen.pages.parts.feeds import FeedTitles, enclosures, feed_of, feed_summary, titled
from timeline_gen.pages.parts.links import event_url
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.articles import correction_view
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.feeds import FeedEntry, FeedEvent, write_feed


class ReportingArticle(NamedTuple):
    """An article as its feed shows it."""

    article: ArticleSummary
    events: tuple[EventSummary, ...]
    """Those that it reports."""
    corrections: tuple[Correction, ...]
    """Those of these events that it makes, or that are made of it: they are news of it."""
    files: Mapping[str, tuple[Attachment, ...]]
    """What it offers, by the language of its titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesFeed(FilePage):
    """The feed of articles in a language, newest first."""

    articles: tuple[ReportingArticle, ...]
    site: SiteContext
    feed: FeedTitles

    group = "feeds"

    def address(self) -> str:
        """Return the address of the feed."""
        return f"{addresses.home(self.lang)}feed.xml"

    def written(self, context: RenderContext) -> bytes:
        """Return the feed."""
        entries = tuple(_entry(article, self.lang, self.site) for article in self.articles)
        shown_at = addresses.articles(self.lang, self.site.home)
        return write_feed(feed_of(self, shown_at, entries, self.feed, self.site.url), context)

    def cost(self) -> int:
        """Return about how many things it shows."""
        return sum(1 + len(article.events) for article in self.articles)


def _entry(reporting: ReportingArticle, lang: str, site: SiteContext) -> FeedEntry:
    article = reporting.article
    url = addresses.absolute(site.url, addresses.article(lang, article.slug))
    # Programs show an entry again when it is newer: so a correction reaches those who read what it corrects.
    last = max(
        (article, *(correction.by for correction in reporting.corrections)), key=lambda item: item.stamp
    )
    return FeedEntry(
        id=url,
        title=site.words(article.titles, lang),
        url=url,
        published=date_time(article.published),
        updated=date_time(last.last),
        summary=feed_summary(article, lang, site),
        authors=(),
        enclosures=enclosures(
            next(iter(article.image.values()), None), titled(reporting.files, lang, site), site
        ),
        corrections=tuple(correction_view(each, lang, site) for each in reporting.corrections),
        events=tuple(
            FeedEvent(
                site.words(event.titles, lang),
                event_url(event, lang, site),
                date_view(event.when, site.languages[lang], site, event.date_texts),
                event.status,
            )
            for event in reporting.events
        ),
    )
