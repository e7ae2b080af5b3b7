"""The list of all articles."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.collecting.timeline import ArticleSummary
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.view_models.articles import article_summary_card
from timeline_gen.rendering.layout import Head, Layout
from timeline_gen.rendering.view_models import ArticleCard


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """``/<lang>/articles/``: all articles, newest first. Template ``articles.html``."""

    layout: Layout
    head: Head
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleListPage(TemplatePage):
    """All articles, newest first."""

    articles: tuple[ArticleSummary, ...]

    template = "articles.html"
    listed = True

    def address(self) -> str:
        """Return the address of the list."""
        return addresses.articles(self.lang, self.site.home)

    def view(self) -> ArticlesView:
        """Return a card of each article."""
        cards = tuple(article_summary_card(article, self.lang, self.site) for article in self.articles)
        return ArticlesView(self.layout, head_of(self, social=Social()), cards)

    def cost(self) -> int:
        """Return how many articles it lists."""
        return len(self.articles)
