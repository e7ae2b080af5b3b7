"""Every kind of page through the almanac theme: whole, isolated, relative, and free of inline code."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import views_factory as factory
from almanac_kit import almanac

from timeline_gen.pages.event import EventView
from timeline_gen.pages.not_found import NotFoundView
from timeline_gen.pages.plan.kinds import page_templates
from timeline_gen.pages.timeline import TimelineView
from timeline_gen.rendering.layout import View

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
LANGS = tuple(factory.LANGUAGES)


@dataclass
class Element:
    """An element as it was opened."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[Element, ...]
    text: str = ""


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        element = Element(tag, {key: value or "" for key, value in attrs}, tuple(self.open))
        if len(element.attributes) != len(attrs):
            self.faults.append(f"<{tag}> says an attribute twice")
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if not self.open or self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1].tag if self.open else 'nothing'}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Give a text to all elements around it."""
        for element in self.open:
            element.text += data


@dataclass(frozen=True)
class Page:
    """A rendered page, read."""

    name: str
    html: str
    elements: tuple[Element, ...]
    faults: tuple[str, ...] = field(default=())

    def all(self, tag: str, name: str = "") -> list[Element]:
        """Return the elements *tag*, of the class *name* where one is given."""
        found = (element for element in self.elements if element.tag == tag)
        return [one for one in found if not name or name in one.attributes.get("class", "").split()]


def is_data(element: Element) -> bool:
    """Return whether *element* is a block of data, which no browser runs (HTML, 4.12.1)."""
    return element.tag == "script" and element.attributes.get("type") == "application/ld+json"


def page_of(name: str, view: View) -> Page:
    """Return the page that shows *view*."""
    html = factory.rendered(view, almanac()).decode()
    reader = Reader()
    reader.feed(html)
    left = tuple(f"<{element.tag}> is never closed" for element in reader.open)
    return Page(name, html, tuple(reader.elements), (*reader.faults, *left))


def pages(lang: str) -> list[Page]:
    """Return a page of each kind in *lang*, full and bare."""
    return [page_of(name, view) for name, view in (*factory.full_views(lang), *factory.minimal_views(lang))]


@pytest.fixture(scope="module")
def every() -> list[Page]:
    """Lend every page in every language."""
    return [page for lang in LANGS for page in pages(lang)]


def test_every_kind_of_page_is_tried() -> None:
    """The views made by hand leave no template out, neither full nor bare."""
    full = {factory.template_of(type(view)) for _, view in factory.full_views("ar")}
    bare = {factory.template_of(type(view)) for _, view in factory.minimal_views("ar")}

    assert full == bare == {*page_templates()}


def test_well_formed(every: list[Page]) -> None:
    """Every element is closed where it should be, and no attribute is there twice."""
    assert {page.name: page.faults for page in every if page.faults} == {}


def test_ids_are_unique(every: list[Page]) -> None:
    """No two elements of a page have one id, and what a page points to inside itself is there."""
    for page in every:
        ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
        pointed = {
            target
            for element in page.elements
            for target in (
                *element.attributes.get("aria-labelledby", "").split(),
                *re.findall(r"^#(.+)", element.attributes.get("href", "")),
            )
        }

        assert [name for name, count in ids.items() if count > 1] == [], page.name
        assert pointed - ids.keys() == set(), page.name


def test_headings(every: list[Page]) -> None:
    """A page has one heading of the first level, and no level is left out on the way down."""
    for page in every:
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch(r"h[1-6]", one.tag)]

        assert levels.count(1) == 1, page.name
        assert all(after - before <= 1 for before, after in pairwise(levels)), page.name


def test_nothing_inline(every: list[Page]) -> None:
    """A page works where inline styles and scripts are forbidden."""
    for page in every:
        inline = [
            element.tag
            for element in page.elements
            if element.tag == "style"
            or (element.tag == "script" and "src" not in element.attributes and not is_data(element))
            or any(key == "style" or key.startswith("on") for key in element.attributes)
        ]

        assert inline == [], page.name


def test_nothing_from_elsewhere(every: list[Page]) -> None:
    """No page asks another host for anything."""
    for page in every:
        loads = [
            element.attributes.get("src") or element.attributes.get("href", "")
            for element in page.elements
            if element.tag in {"script", "img", "iframe", "source", "video", "audio"}
            or (element.tag == "link" and element.attributes.get("rel") in {"stylesheet", "icon", "preload"})
        ]

        assert [url for url in loads if re.match(r"[a-z]+:|//", url)] == [], page.name


def test_links_are_relative(every: list[Page]) -> None:
    """All links inside the site are relative; only the page for lost addresses links from the host's root."""
    for page in every:
        start = ("/",) if page.name == "404.html" else ("../", "./", "#")
        for element in page.all("a"):
            outside = element.attributes.get("rel") == "external" or element.attributes["href"][:4] == "geo:"

            assert outside or element.attributes["href"].startswith(start), page.name


def test_language_of_the_page(every: list[Page]) -> None:
    """A page names its language and direction."""
    for page in every:
        html = page.elements[0].attributes

        assert html["lang"] in LANGS, page.name
        assert html["dir"] == factory.LANGUAGES[html["lang"]].direction, page.name


def test_a_language_comes_with_its_direction(every: list[Page]) -> None:
    """Whatever names a language of its own names its direction too, and a bdi is never without one."""
    for page in every:
        for element in page.elements:
            if "lang" in element.attributes:
                assert element.attributes.get("dir") in {"rtl", "ltr", "auto"}, (page.name, element.tag)


ARABIC, LATIN = re.compile(r"[\u0621-\u064a]{3}"), re.compile("[a-zA-Z]{3}")


@pytest.mark.parametrize("lang", LANGS)
def test_foreign_texts_are_marked(lang: str) -> None:
    """A text in another language than the page's stands in an element with that language and direction."""
    foreign = ARABIC if lang == "en" else LATIN
    known = {"Wikidata", "Intelligence Online", "CC-BY-4.0"}
    for page in pages(lang):
        if page.name in {"index.html", "404.html"}:
            continue
        for element in page.elements:
            own = own_text(element, page)
            if foreign.search(own) and not any(word in own for word in known):
                around = (*element.inside, element)
                dirs = [one.attributes["dir"] for one in around if "dir" in one.attributes]

                assert len(dirs) > 1 or element.tag in {"bdi", "title", "script"}, (
                    page.name,
                    element.tag,
                    own,
                )


def own_text(element: Element, page: Page) -> str:
    """Return the text of *element* that does not stand in an element inside it."""
    text = element.text
    for inner in page.elements:
        if inner.inside and inner.inside[-1] is element:
            text = text.replace(inner.text, "", 1)
    return text


def event(lang: str) -> EventView:
    """Return the full view of an event."""
    return next(view for _, view in factory.full_views(lang) if isinstance(view, EventView))


@pytest.mark.parametrize("lang", LANGS)
def test_span(lang: str) -> None:
    """The ends of a span are isolated from each other, and its EDTF stands on the whole."""
    page = page_of("event", event(lang))

    span = next(
        one for one in page.all("span", "date") if one.attributes["data-edtf"].startswith("2022-11-20")
    )
    ends = [one for one in page.all("time") if span in one.inside]
    assert span.attributes["data-edtf"] == "2022-11-20/2022-12-18"
    assert [one.attributes["datetime"] for one in ends] == ["2022-11-20", "2022-12-18"]
    assert {one.attributes["dir"] for one in (span, *ends)} == {factory.LANGUAGES[lang].direction}


@pytest.mark.parametrize("lang", LANGS)
def test_spoken(lang: str) -> None:
    """A screen reader hears "from … to …" in place of a dash, and never both."""
    page = page_of("event", event(lang))

    shown = next(one for one in page.elements if one.attributes.get("aria-hidden") == "true")
    heard = next(one for one in page.all("span", "unseen"))
    assert shown.text == factory.date("2022-11-20/2022-12-18", lang).text
    assert heard.text == factory.date("2022-11-20/2022-12-18", lang).spoken
    assert heard.inside[-1] is shown.inside[-1]


def test_no_datetime_where_html_has_none() -> None:
    """A date that HTML cannot say is isolated all the same, but is no <time>."""
    view = event("en")
    caesar = replace(view.event, date=factory.date("-0043~", "en"))

    page = page_of("event", replace(view, event=caesar))

    when = next(one for one in page.all("p", "when"))
    inside = [one.tag for one in page.elements if when in one.inside]
    assert "44 BC" in when.text
    assert "bdi" in inside
    assert "time" not in inside


@pytest.mark.parametrize("lang", LANGS)
def test_own_words(lang: str) -> None:
    """The author's words stand in place of the date, and our reading of it beside them."""
    page = page_of("event", replace(event(lang), event=factory.soldiers(lang)))

    when = next(one for one in page.all("p", "when"))
    said, reading = (
        next(one for one in page.elements if when in one.inside and one.tag == tag) for tag in ("bdi", "time")
    )
    assert said.text == factory.TEXTS[lang]["soldiers_said"]
    assert reading.attributes["datetime"] == "2022-11-19"


@pytest.mark.parametrize("lang", LANGS)
def test_switch(lang: str) -> None:
    """The way to the other language is written in that language and says so."""
    page = page_of("event", event(lang))
    other = factory.LANGUAGES[factory.other_of(lang)]

    link = next(one for one in page.all("a") if one.text == other.name)
    assert link.attributes["href"] == f"../../../{other.code}/events/cup/"
    assert (link.attributes["lang"], link.attributes["hreflang"], link.attributes["dir"]) == (
        other.code,
        other.code,
        other.direction,
    )


def test_the_whole_timeline() -> None:
    """A timeline shows every event that it has, in order, under its headings."""
    view = next(view for _, view in factory.full_views("en") if isinstance(view, TimelineView))

    page = page_of("timeline", view)

    ids = [one.attributes["id"] for one in page.all("li") if "id" in one.attributes]
    assert ids == [f"e-{card.id}" for group in view.timeline.groups for card in group.events]
    headings = [one.text.strip() for one in page.all("h2")]
    assert headings[-6:] == ["The Gulf crisis", "2017", "2019", "2021", "2022", "Articles"]


def test_a_month_is_not_named_twice() -> None:
    """Where the first event under a month is known to the month alone, its date is the heading one sees."""
    view = next(view for _, view in factory.full_views("en") if isinstance(view, TimelineView))

    months = page_of("timeline", view).all("h3")
    seen = {
        one.text.strip(): one.attributes.get("class") for one in months if "title" not in str(one.attributes)
    }

    assert seen == {"October 2019": "unseen", "December 2021": None, "November 2022": None}


def test_not_found() -> None:
    """The page for lost addresses holds every language, each in its own, without any script."""
    view = next(view for _, view in factory.full_views("en") if isinstance(view, NotFoundView))

    page = page_of("404.html", view)

    sections = page.all("section")
    assert [(one.attributes["lang"], one.attributes["dir"]) for one in sections] == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    assert "There is no such page" in sections[1].text
    assert ARABIC.search(sections[0].text)
    assert not any("hidden" in one.attributes for one in sections)


def test_escaped() -> None:
    """A title is text, whatever it looks like."""
    view = event("en")
    title = replace(view.event.title, text='<script>alert("&")</script>')

    page = page_of("event", replace(view, event=replace(view.event, title=title)))

    assert [one for one in page.all("script") if "src" not in one.attributes and not is_data(one)] == []
    assert next(iter(page.all("h1"))).text == title.text


def test_own_digits() -> None:
    """Counts are written in the digits of the page's language."""
    view = factory.entity_view("ar")
    kit = almanac()
    arabic = replace(kit.languages["ar"], digits="arab")

    html = factory.rendered(
        view, replace(kit, languages={**kit.languages, "ar": arabic}, digest=b"own")
    ).decode()

    assert "٨ أحداث" in html


def test_same_bytes() -> None:
    """The same view gives the same bytes, whatever was rendered before it."""
    first = [factory.rendered(view, almanac()) for _, view in factory.full_views("ar")]
    other = [factory.rendered(view, almanac()) for _, view in reversed([*factory.full_views("en")])]
    again = [factory.rendered(view, almanac()) for _, view in factory.full_views("ar")]

    assert first == again
    assert len(other) == len(first)


def test_another_menu() -> None:
    """What is kept of a menu from page to page is forgotten as soon as the menu is another."""
    view = event("en")
    shorter = replace(view, layout=replace(view.layout, menu=view.layout.menu[:1]))

    pages = [page_of("event", one) for one in (view, shorter, view)]

    assert [len(next(iter(page.all("nav", "menu"))).text.split()) for page in pages] == [5, 1, 5]
