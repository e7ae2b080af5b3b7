"""The page at the root of the site: the choice of language."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.rendering.layout import Head, Words


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """``/``: the choice of language. Template ``choice.html``."""

    head: Head
    titles: tuple[Words, ...]
    """The site's title in each language, in the order of :attr:`Head.switch`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChoicePage(TemplatePage):
    """The choice of language, in all of them at once."""

    site_titles: tuple[Words, ...]

    template = "choice.html"
    listed = True

    def address(self) -> str:
        """Return the root of the site."""
        return ""

    def view(self) -> ChoiceView:
        """Return the title of the site in each language."""
        return ChoiceView(head_of(self), self.site_titles)
