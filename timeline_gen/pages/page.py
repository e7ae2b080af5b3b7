"""What every page has: an address, typed fields with all that it shows, and a key that follows from these.

A page class declares as fields all that its view is made from, the parts of the site's context too. The view
is a method without arguments but the text that one of the fields names, so it can read nothing else; and the
key is the hash of the fields. So a page can neither be forgotten when something that it shows changes, nor be
made again when something else does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import ClassVar, Final, NamedTuple, TypeAlias

from timeline_gen.errors import Place
from timeline_gen.keys import UNKEYED, Noun
from timeline_gen.model.bodies import Body
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.site import SETTINGS, HeadSettings, SiteContext
from timeline_gen.rendering.chunks import Chunked, joined
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.layout import Layout, View
from timeline_gen.rendering.site_links import to_files, with_root
from timeline_gen.rendering.templates.render import render_page

DrawPage: TypeAlias = Callable[[str, View, RenderContext, str], bytes]
"""Makes the page that a template makes of a view in a language, as :func:`render_page` does."""

Bodies: TypeAlias = Mapping[str, Body]
"""Texts by their hashes, which a page is lent when it is written."""

NO_BODIES: Final[Bodies] = {}
_NO_BODY: Final = Body("", "")


class Versions(NamedTuple):
    """The same thing in other languages, as its page in one language sees it."""

    alternates: tuple[tuple[str, str], ...] = ()
    """Each language that truly has it, and its address there."""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """Each other language, and where its switch leads: so also pages made of fallback text."""
    default: str = ""
    """The address for readers of any other language (``hreflang=x-default``)."""
    fallback: bool = False
    """Whether this page is made of another language's text only."""

    def key_parts(self) -> tuple[object, ...]:
        """Return what it holds: nothing but texts in tuples, which need not be looked at one by one."""
        return (*self,)


_NO_VERSIONS = Versions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(ABC, Noun):
    """A file of the site: its address and all that it shows."""

    lang: str
    versions: Versions = _NO_VERSIONS
    origin: Place = field(default=SETTINGS, metadata=UNKEYED)
    """Where in the content it comes from, for messages."""

    template: ClassVar[str] = ""
    """The template that draws its view; empty where :meth:`write` needs none."""
    listed: ClassVar[bool] = False
    """Whether search engines may list it."""
    group: ClassVar[str] = "pages"
    """What the summary of a build counts it among."""
    has_fonts: ClassVar[bool] = False
    """Whether it is drawn with the fonts of the theme."""
    many: ClassVar[bool] = False
    """Whether it holds every event of a timeline: such files are made first, as they take most memory."""

    @abstractmethod
    def address(self) -> str:
        """Return its address inside the site."""

    @abstractmethod
    def write(
        self, context: RenderContext, bodies: Bodies = NO_BODIES, draw: DrawPage = render_page, /
    ) -> bytes:
        """Return its file; *bodies* has the texts that it shows, and templates are left to *draw*.

        The same page, context and bodies give the same bytes. Raises ContentError where a template of the
        theme is at fault.
        """

    def texts(self) -> tuple[str, ...]:
        """Return the hashes of the texts that it shows, which are kept apart."""
        return ()

    @property
    def key(self) -> bytes:
        """Return the hash of all that it shows."""
        return self.digest

    @property
    def file(self) -> str:
        """Return the path of the file of the output that serves it, as text."""
        return addresses.file_name(self.address())

    @property
    def path(self) -> PurePosixPath:
        """Return the file of the output that serves it."""
        return PurePosixPath(self.file)

    @property
    def year(self) -> str:
        """Return the year that it shows, where a timeline is split by year; else an empty text."""
        return ""

    @property
    def is_listed(self) -> bool:
        """Return whether search engines may list it: not where it is made of fallback text only."""
        return self.listed and not self.versions.fallback

    @property
    def is_lasting(self) -> bool:
        """Return whether others may link to it, so that its address ought to stay."""
        return self.is_listed and not self.year

    def changed(self) -> str:
        """Return the day on which what it shows last changed, ISO 8601, or an empty text."""
        return ""

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return f"/{self.address()}"

    def titles(self) -> Texts:
        """Return the titles of what it shows; empty where that is the site itself or a list."""
        return {}

    def neighbours(self) -> tuple[object, ...]:
        """Return what puts it next to pages that have much in common with it; empty for those of its kind."""
        return ()

    def cost(self) -> int:
        """Return about how many things it shows, for sharing out the work."""
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePage(Page):
    """A page that a template draws."""

    site: SiteContext
    layout: Layout
    head: HeadSettings

    chooses_template: ClassVar[bool] = False
    """Whether a page of this kind may be drawn by another template than that of the kind."""
    leads_to_event: ClassVar[bool] = False
    """Whether readers are led to one of its events in a language that it lacks."""

    @property
    def drawn_by(self) -> str:
        """Return the template that draws this page."""
        return self.template

    @abstractmethod
    def view(self) -> View:
        """Return what its template sees."""

    def view_with(self, _bodies: Bodies, /) -> View:
        """Return what its template sees; a page of texts takes those whose hashes :meth:`texts` gives."""
        return self.view()

    def write(
        self, context: RenderContext, bodies: Bodies = NO_BODIES, draw: DrawPage = render_page, /
    ) -> bytes:
        """Return what its template makes of its view."""
        return render_view(self.drawn_by, self.view_with(bodies), context, draw)


def render_view(template: str, view: View, context: RenderContext, draw: DrawPage = render_page) -> bytes:
    """Return the page that *template* makes of *view*, with its links leading from it."""
    # A page of all languages at once has no layout of its own: it is worded in the site's own language.
    layout: Layout | None = getattr(view, "layout", None)
    html = with_root(draw(template, view, context, layout.lang if layout else ""), view.head.root)
    return to_files(html) if context.file_links else html


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(TemplatePage):
    """A page that shows a text, which is kept apart and is lent to it when it is drawn."""

    body: str
    """The hash of the text."""
    targets: tuple[LinkTarget, ...]
    """Where the links in the text lead."""

    @abstractmethod
    def view_of(self, body: Body) -> View:
        """Return what its template sees; *body* is the text whose hash the page holds."""

    def texts(self) -> tuple[str, ...]:
        """Return the hash of the text."""
        return (self.body,)

    def view_with(self, bodies: Bodies) -> View:
        """Return what its template sees, with the text that *bodies* has for it."""
        return self.view_of(bodies.get(self.body, _NO_BODY))

    def view(self) -> View:
        """Return what its template sees without the text."""
        return self.view_of(_NO_BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage(Page):
    """A file that is written without a template."""

    @abstractmethod
    def written(self, context: RenderContext) -> bytes:
        """Return its file; *context* has the words and fonts of the theme."""

    def written_with(self, context: RenderContext, _bodies: Bodies, /) -> bytes:
        """Return its file; a file of texts takes those whose hashes :meth:`texts` gives."""
        return self.written(context)

    def write(
        self,
        context: RenderContext,
        bodies: Bodies = NO_BODIES,
        _draw: DrawPage = render_page,
        /,
    ) -> bytes:
        """Return its file."""
        return self.written_with(context, bodies)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkedPage(FilePage):
    """A file that is made of one chunk for each noun that it lists, so that chunks can be used again."""

    chunked: ClassVar[tuple[str, ...]] = ("events",)
    """The fields whose nouns have a chunk each, in the order of the file."""
    around: ClassVar[frozenset[str]] = frozenset()
    """The fields that only what surrounds the chunks is made from; a chunk may depend on every other."""
    siblings: ClassVar[str] = ""
    """Names the kinds of files whose chunks are made of the same data; empty for none but itself."""

    @abstractmethod
    def chunks(self, context: RenderContext) -> Chunked:
        """Return its file in chunks."""

    def written(self, context: RenderContext) -> bytes:
        """Return its file."""
        return joined(self.chunks(context))

    def chunk_lists(self) -> tuple[Sequence[Noun], ...]:
        """Return the nouns that have a chunk each, in the order of the file."""
        return tuple(getattr(self, name) for name in self.chunked)

    def chunk_context(self) -> tuple[object, ...]:
        """Return all that a chunk is made from besides its noun."""
        left_out = {*self.chunked, *self.around, *_OF_THE_FILE}
        names = [name for name in self.__dataclass_fields__ if name not in left_out]
        return (type(self).__name__, *[getattr(self, name) for name in names])

    def cost(self) -> int:
        """Return about how many things it shows: a row is short, and most are made for several files."""
        return sum(map(len, self.chunk_lists())) // 5


_OF_THE_FILE = frozenset({"versions", "origin", "_digest"})
"""What depends on where a file is, and so is no part of what a chunk is made from."""
