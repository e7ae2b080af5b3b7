"""Pages at former addresses: each leads to the present one, or shows that what was there is gone."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.redirects import GoneView, RedirectView, write_gone, write_redirect
from timeline_gen.rendering.site_links import to_files


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAddress(FilePage):
    """What all pages at former addresses have in common."""

    place: str
    """Its own address."""
    former: str
    """What the address was: ``the former name 'x' of the event 'y'``."""
    site: SiteContext

    group = "redirects"

    @property
    @abstractmethod
    def leads_to(self) -> str:
        """Return where it leads: an address inside the site, perhaps with an anchor; or an absolute one.

        It is empty where what was there is gone.
        """

    def address(self) -> str:
        """Return its address."""
        return self.place

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return self.former


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectPage(FormerAddress):
    """A former address that leads on at once."""

    target: str
    target_titles: Texts
    """Of what is there; of the site, where that has no titles of its own."""

    @property
    def leads_to(self) -> str:
        """Return where it leads."""
        return self.target

    @property
    def is_lasting(self) -> bool:
        """Return that others may link to it."""
        return True

    def written(self, context: RenderContext) -> bytes:
        """Return a page that works without a template."""
        data = write_redirect(self.view())
        return to_files(data) if context.file_links else data

    def view(self) -> RedirectView:
        """Return the way to the present address."""
        language, outside = self.site.languages[self.lang], "://" in self.target
        path, mark, anchor = self.target.partition("#")
        url = addresses.absolute(self.site.url, path) + mark + anchor
        return RedirectView(
            lang=language.code,
            direction=language.direction,
            title=self.site.words({self.lang: self.target} if outside else self.target_titles, self.lang),
            href=self.target if outside else addresses.root_of(self.place) + self.target,
            url=self.target if outside else url,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage(FormerAddress):
    """The address of what is gone for good."""

    site_title: Words

    group = "pages"

    @property
    def leads_to(self) -> str:
        """Return that it leads nowhere."""
        return ""

    def written(self, context: RenderContext) -> bytes:
        """Return a page that works without a template, in the words of the theme."""
        language = self.site.languages[self.lang]
        view = GoneView(
            lang=language.code,
            direction=language.direction,
            home=self.site_title,
            href=addresses.root_of(self.place) + addresses.timeline(self.lang, self.site.home),
        )
        data = write_gone(view, context)
        return to_files(data) if context.file_links else data
