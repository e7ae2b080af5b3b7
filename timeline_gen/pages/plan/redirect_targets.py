"""Where the ``redirects:`` of ``site.yaml`` lead: to things by name, to addresses, or nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from timeline_gen.collecting.timeline import Timeline
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.texts import Position, Texts
from timeline_gen.pages.article import ArticlePage
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.plain_page import PlainPage
from timeline_gen.pages.plan.lasting_addresses import thing_of
from timeline_gen.pages.plan.timelines import EntityListing
from timeline_gen.pages.site import SETTINGS, Site
from timeline_gen.text.suggestions import nearest

GONE: Final = "gone"
_KINDS: Final = ("article", "event", "page", "entity")
_FORMS: Final = say("article:SLUG, event:ID, page:SLUG, entity:ID, an address, or gone")


@dataclass(frozen=True, slots=True)
class Redirect:
    """The way from a former address to the present one, or the word that there is none."""

    former: str
    """What the address was: ``the former name 'x' of the event 'y'``."""
    place: Place
    """Where that is given."""
    target: str
    """Where it leads: an address inside the site, perhaps with an anchor; or an absolute one elsewhere.
    Empty where what was there is gone."""
    titles: Texts
    """Of what is there; empty for what is not of this site."""


class _LostError(Exception):
    """A target that leads nowhere; it holds the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)


class _Redirectable(NamedTuple):
    """Something with a name, and with pages."""

    titles: Texts
    address: Callable[[str], str]
    """Its address in a language, whether it has a page there or not."""


def _things(
    timeline: Timeline, listings: Iterable[EntityListing], at_home: str
) -> Iterator[tuple[tuple[str, str], _Redirectable]]:
    """Yield everything that *timeline* has pages of, by kind and name; *at_home* is the site's home."""
    for event in timeline.events:
        yield ("event", event.id), _Redirectable(event.titles, partial(addresses.event, event_id=event.id))
    for article in timeline.articles:
        yield (
            ("article", article.slug),
            _Redirectable(article.label.titles, partial(addresses.article, slug=article.slug)),
        )
    for plain in timeline.plain_pages:
        titles = {lang: page.title for lang, page in plain.versions.items()}
        at = partial(addresses.plain_page, slug=plain.slug, at_home=at_home)
        yield ("page", plain.slug), _Redirectable(titles, at)
    for listing in listings:
        home = partial(addresses.entity, key=listing.taxonomy, entity_id=listing.entity.id)
        # Two taxonomies may have one id: ``entity:tags/war`` names the one that is meant.
        for name in (listing.entity.id, f"{listing.taxonomy}/{listing.entity.id}"):
            yield ("entity", name), _Redirectable(listing.entity.names, home)


class RedirectTargets:
    """All that a former path can lead to."""

    def __init__(
        self,
        timeline: Timeline,
        listings: Iterable[EntityListing],
        known: Mapping[str, Page],
        renamed: Mapping[str, Redirect],
        site: Site,
    ) -> None:
        """Gather what *timeline* and its *known* pages, by address, offer; *renamed* lead on already."""
        self._timeline, self._known, self._renamed, self._site = timeline, known, renamed, site
        self._things = dict(_things(timeline, listings, site.context.home)) if site.settings.redirects else {}

    def listed(self) -> tuple[dict[str, Redirect], tuple[Problem, ...]]:
        """Return the redirects that ``site.yaml`` lists, by former address, and what is wrong with them."""
        found: dict[str, Redirect] = {}
        problems: list[Problem] = []
        for address in self._site.settings.redirects:
            try:
                target, titles = self._resolve(address, address, (address,))
            except _LostError as error:
                problems.append(error.problem)
                continue
            found[address] = Redirect(
                say("the former path /{address}", address=address), self._place(address), target, titles
            )
        return found, tuple(problems)

    def _place(self, address: str, *, of_target: bool = False) -> Place:
        spots: tuple[Position, Position] = self._site.settings.redirect_positions.get(
            address, ((1, 1), (1, 1))
        )
        return Place(SETTINGS.path, *spots[of_target])

    def _resolve(self, asked: str, address: str, steps: tuple[str, ...]) -> tuple[str, Texts]:
        """Return where the former *address* leads in the end, with the titles of what is there.

        *asked* is the one whose target is looked for, *steps* all that lead on from one to the next.
        """
        value = self._site.settings.redirects[address]
        if value == GONE:
            return "", {}
        kind, colon, name = value.partition(":")
        if colon and kind in _KINDS:
            return self._thing(asked, address, kind, name.strip())
        inside = self._inside(value)
        if inside is None:
            if urlsplit(value).scheme in {"http", "https"} and urlsplit(value).netloc:
                return value, {}
            raise self._lost(
                address,
                say("{value!r} is nothing that a path can lead to", value=value),
                say("write {forms}", forms=_FORMS),
            )
        path, anchor = inside
        # Reported at the redirect that leads into the circle, which need not be in it.
        if path in steps:
            raise self._circle(asked, (*steps, path))
        if path in self._site.settings.redirects:
            return self._resolve(asked, path, (*steps, path))
        if path in self._renamed:
            return self._renamed[path].target, self._renamed[path].titles
        if path not in self._known:
            raise self._no_page(address, path)
        return path + anchor, self._titles(self._known[path])

    def _inside(self, value: str) -> tuple[str, str] | None:
        """Return the address inside the site that *value* is, and its anchor; None for anything else."""
        url = self._site.settings.url
        path = f"/{value.removeprefix(url)}" if value.startswith(url) else value
        if not path.startswith("/") or path.startswith("//"):
            return None
        plain, mark, anchor = path[1:].partition("#")
        address = unicodedata.normalize("NFC", unquote(plain)).removesuffix("index.html")
        # Authors leave out the slash at the end; it is added only where the address leads nowhere without it.
        if not address or address.endswith("/") or self._leads(address) or not self._leads(f"{address}/"):
            return address, mark + anchor
        return f"{address}/", mark + anchor

    def _leads(self, address: str) -> bool:
        return any(address in known for known in (self._known, self._renamed, self._site.settings.redirects))

    def _thing(self, asked: str, address: str, kind: str, name: str) -> tuple[str, Texts]:
        """Return where the thing *name* of a *kind* is, in the language of the path that was *asked* for."""
        found = self._things.get((kind, name))
        if found is None:
            raise self._no_thing(address, kind, name)
        # A reader who comes by an address in one language stays in it, where the thing has a page there.
        first = asked.partition("/")[0]
        has = [lang for lang in self._site.languages if lang in found.titles]
        for lang in (first, *has, *self._site.languages):
            if found.address(lang) in self._known:
                return found.address(lang), found.titles
        raise self._no_thing(address, kind, name)

    def _titles(self, page: Page) -> Texts:
        """Return the titles of what *page* shows, in all languages; empty for the site itself or a list."""
        if isinstance(page, PlainPage):
            return self._things["page", page.slug].titles
        if isinstance(page, ArticlePage):
            return self._things["article", thing_of(page.address()).name].titles
        return page.titles()

    def _no_page(self, address: str, path: str) -> _LostError:
        for lang, slug in self._timeline.withheld:
            if addresses.article(lang, slug) == path:
                return self._no_thing(address, "article", slug)
        near = nearest(path, (known for known in self._known if known.endswith("/") == path.endswith("/")))
        hint = say("did you mean /{near}?", near=near) if near else ""
        return self._lost(address, say("the site has no page /{path}", path=path), hint)

    def _no_thing(self, address: str, kind: str, name: str) -> _LostError:
        timeline = self._timeline
        held = kind == "event" and name in timeline.held
        held |= kind == "article" and any(slug == name for _, slug in timeline.withheld)
        held |= kind == "page" and name in timeline.withheld_pages
        unnamed = kind == "entity" and name.rpartition("/")[2] in timeline.listed
        if held or unnamed:
            reason = say("which is held back") if held else say("which no article names")
            message = say(
                "/{address} leads to the {kind} {name!r}, {reason}; so far there is no page to lead to",
                address=address,
                kind=kind,
                name=name,
                reason=reason,
            )
            place = self._place(address, of_target=True)
            return _LostError(Problem("TG607", message, place, level=Level.INFO))
        near = nearest(name, (known for other, known in self._things if other == kind))
        return self._lost(
            address,
            say("there is no {kind} {name!r}", kind=kind, name=name),
            say("did you mean {kind}:{near}?", kind=kind, near=near) if near else "",
        )

    def _lost(self, address: str, reason: str, hint: str) -> _LostError:
        message = say("/{address} leads nowhere: {reason}", address=address, reason=reason)
        place = self._place(address, of_target=True)
        about = self._site.settings.redirects[address].partition(":")[2]
        return _LostError(
            Problem("TG605", message, place, hint or say("write {forms}", forms=_FORMS), about=about)
        )

    def _circle(self, asked: str, steps: Iterable[str]) -> _LostError:
        circle = " → ".join(f"/{step}" for step in steps)
        place = self._place(asked, of_target=True)
        message = say("these paths lead to each other: {said}", said=circle)
        return _LostError(Problem("TG606", message, place, say("write {forms}", forms=_FORMS)))
