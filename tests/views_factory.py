"""One view of each kind of page, made by hand in Arabic and English: what templates are tried with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from timeline_gen.model.bodies import Heading
from timeline_gen.model.dates import Piece
from timeline_gen.model.settings import Language
from timeline_gen.pages.article import ArticleView
from timeline_gen.pages.article_list import ArticlesView
from timeline_gen.pages.corrections import CorrectionsView
from timeline_gen.pages.embed import EmbedView
from timeline_gen.pages.entity import EntityView
from timeline_gen.pages.entity_list import EntitiesView
from timeline_gen.pages.event import EventView
from timeline_gen.pages.language_choice import ChoiceView
from timeline_gen.pages.map import MapPageView
from timeline_gen.pages.not_found import NotFoundView
from timeline_gen.pages.page import render_view
from timeline_gen.pages.plain_page import PlainPageView
from timeline_gen.pages.timeline import TimelineView
from timeline_gen.rendering.axis_views import (
    AxisBand,
    AxisFold,
    AxisLines,
    AxisMark,
    AxisName,
    AxisTick,
    AxisView,
)
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.exports import EventsDataView
from timeline_gen.rendering.feeds import FeedEntry, FeedView
from timeline_gen.rendering.layout import (
    Alternate,
    Crumb,
    DataLinks,
    Head,
    Layout,
    Link,
    MenuItem,
    Rich,
    Section,
    SocialCard,
    SwitchLink,
    View,
    Words,
)
from timeline_gen.rendering.sitemap import SitemapEntry
from timeline_gen.rendering.view_models import (
    ArticleCard,
    CitationView,
    CorrectionView,
    DateView,
    EraView,
    EventCard,
    Group,
    MapDot,
    MapLabel,
    MapView,
    MapWindow,
    MediaView,
    NameList,
    Snippet,
    SourceView,
    TellingView,
    TimelineBody,
    YearLink,
)

LANGUAGES = {
    "ar": Language("ar", "rtl", "العربية", months="gulf"),
    "en": Language("en", "ltr", "English"),
}
URL = "https://example.org/"

TEXTS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "data" / "views.toml").read_text(encoding="utf-8")
)

DATES: dict[str, dict[str, tuple[Piece, ...]]] = {
    "2017": {"ar": (Piece("2017", True, "2017"),), "en": (Piece("2017", True, "2017"),)},
    "2019": {"ar": (Piece("2019", True, "2019"),), "en": (Piece("2019", True, "2019"),)},
    "2019-10": {
        "ar": (Piece("أكتوبر 2019", True, "2019-10"),),
        "en": (Piece("October 2019", True, "2019-10"),),
    },
    "2021": {"ar": (Piece("2021", True, "2021"),), "en": (Piece("2021", True, "2021"),)},
    "2021-12": {
        "ar": (Piece("ديسمبر 2021", True, "2021-12"),),
        "en": (Piece("December 2021", True, "2021-12"),),
    },
    "2021-12-06": {
        "ar": (Piece("6 ديسمبر 2021", True, "2021-12-06"),),
        "en": (Piece("6 December 2021", True, "2021-12-06"),),
    },
    "../2021-12": {
        "ar": (Piece("حتى "), Piece("ديسمبر 2021", True, "2021-12")),
        "en": (Piece("until "), Piece("December 2021", True, "2021-12")),
    },
    "2022": {"ar": (Piece("2022", True, "2022"),), "en": (Piece("2022", True, "2022"),)},
    "2022-08-11": {
        "ar": (Piece("11 أغسطس 2022", True, "2022-08-11"),),
        "en": (Piece("11 August 2022", True, "2022-08-11"),),
    },
    "2022-11": {
        "ar": (Piece("نوفمبر 2022", True, "2022-11"),),
        "en": (Piece("November 2022", True, "2022-11"),),
    },
    "/2022-11-19": {
        "ar": (Piece("حتى "), Piece("19 نوفمبر 2022", True, "2022-11-19")),
        "en": (Piece("until "), Piece("19 November 2022", True, "2022-11-19")),
    },
    "2022-11-20/2022-12-18": {
        "ar": (
            Piece("20 نوفمبر", True, "2022-11-20"),
            Piece(" – "),
            Piece("18 ديسمبر 2022", True, "2022-12-18"),
        ),
        "en": (
            Piece("20 November", True, "2022-11-20"),
            Piece(" – "),
            Piece("18 December 2022", True, "2022-12-18"),
        ),
    },
    "2022-11-21/2022-12-18": {
        "ar": (
            Piece("21 نوفمبر", True, "2022-11-21"),
            Piece(" – "),
            Piece("18 ديسمبر 2022", True, "2022-12-18"),
        ),
        "en": (
            Piece("21 November", True, "2022-11-21"),
            Piece(" – "),
            Piece("18 December 2022", True, "2022-12-18"),
        ),
    },
    "2017-06-05/2021-01-05": {
        "ar": (
            Piece("5 يونيو 2017", True, "2017-06-05"),
            Piece(" – "),
            Piece("5 يناير 2021", True, "2021-01-05"),
        ),
        "en": (
            Piece("5 June 2017", True, "2017-06-05"),
            Piece(" – "),
            Piece("5 January 2021", True, "2021-01-05"),
        ),
    },
    "-0043~": {"ar": (Piece("نحو "), Piece("44 ق.م", True)), "en": (Piece("c. "), Piece("44 BC", True))},
    "": {"ar": (Piece("غير مؤرخ"),), "en": (Piece("undated"),)},
}


def words(key: str, lang: str) -> Words:
    """Return the text *key* in *lang*."""
    return Words(TEXTS[lang][key], lang, LANGUAGES[lang].direction)


def rich(key: str, lang: str) -> Rich:
    """Return the text *key* in *lang* as HTML."""
    one = words(key, lang)
    return Rich(one.text.replace("&", "&amp;"), one.text, lang, one.direction)


def date(edtf: str, lang: str, said: str = "") -> DateView:
    """Return the date *edtf* as it is shown in *lang*, in the words of the text *said* where one is named."""
    found = DATES[edtf][lang]
    text = "".join(piece.text for piece in found)
    spoken = text
    if " – " in text:
        spoken = {"ar": "من {} إلى {}", "en": "from {} to {}"}[lang].format(*text.split(" – "))
    return DateView(found, text, text, spoken, edtf, words(said, lang) if said else None)


def source(lang: str) -> SourceView:
    """Return a source in a third language, with all that can be known of one."""
    return SourceView(
        name="Intelligence Online",
        title="Qatar : les services turcs à la manœuvre!",
        author="A. Writer",
        url="https://example.com/a?b=1&c=2",
        date="2021-12-06",
        dated=date("2021-12-06", lang),
        page="3",
        lang="fr",
        direction="ltr",
        archive_ref="IO/890",
        quote="« Les services turcs préparent la Coupe du monde. »",
        accessed=date("2021-12-06", lang),
        archive="https://example.com/archive",
    )


def plain_source(lang: str) -> SourceView:
    """Return a source of which only the name is known."""
    return SourceView(
        "Intelligence Online", "", "", "", "", None, "", lang, LANGUAGES[lang].direction, "", "", None, ""
    )


def link(key: str, href: str, lang: str, count: int = 0) -> Link:
    """Return the link to *href* inside the pages of *lang*, called by the text *key*."""
    return Link(f"{lang}/{href}", words(key, lang), count)


def named(lang: str) -> tuple[NameList, ...]:
    """Return people, places and tags."""
    return (
        NameList(
            section("people"), (link("tamim", "people/tamim/", lang), link("fidan", "people/fidan/", lang))
        ),
        NameList(
            section("places"), (link("qatar", "places/qatar/", lang), link("doha", "places/doha/", lang))
        ),
        NameList(section("tags"), (link("security", "tags/security/", lang),)),
    )


def media(lang: str) -> MediaView:
    """Return a picture of the site."""
    return MediaView(
        "assets/pitch.0123456789.png",
        "",
        1200,
        675,
        TEXTS[lang]["alt"],
        TEXTS[lang]["caption"],
        TEXTS[lang]["site"],
        lang,
        LANGUAGES[lang].direction,
    )


def article_card(key: str, lang: str, own: str = "") -> ArticleCard:
    """Return the article *key* as pages in *lang* list it; it is told in *own*, or in that language."""
    own = own or lang
    return ArticleCard(
        href=f"{own}/articles/{key}/",
        title=words(key, own),
        summary=rich("article_summary", own) if key == "article" else None,
        published=date("2021-12-06" if key == "article" else "2022-08-11", lang),
        fallback="" if own == lang else LANGUAGES[own].name,
    )


def card(key: str, edtf: str, lang: str) -> EventCard:
    """Return the event *key*, which happened at *edtf*, with as little as an event can have."""
    return EventCard(
        id=key,
        href=f"{lang}/events/{key}/",
        title=words(key, lang),
        date=date(edtf, lang),
        summary=None,
        status="",
        importance=3,
        sources=(),
        names=(),
        media=None,
        articles=(),
        contested=False,
        corrected=False,
        fallback="",
        span="/" in edtf,
        lo=None if edtf[:1] in {"/", ".", ""} else 0,
        hi=None if edtf == "" else 0 if len(edtf) == 10 or "/" in edtf else 30,
    )


def emir(lang: str) -> EventCard:
    """Return an event known to the year."""
    return replace(
        card("emir", "2017", lang),
        summary=rich("emir_summary", lang),
        status="reported",
        importance=4,
        sources=(plain_source(lang),),
        names=named(lang),
    )


def cup(lang: str) -> EventCard:
    """Return a span whose date was corrected, with everything an event can have."""
    return replace(
        card("cup", "2022-11-20/2022-12-18", lang),
        summary=rich("cup_summary", lang),
        status="confirmed",
        importance=5,
        sources=(source(lang), plain_source(lang)),
        names=named(lang),
        media=media(lang),
        articles=(article_card("second", lang), article_card("article", lang)),
        contested=True,
        corrected=True,
    )


def foreign(lang: str) -> EventCard:
    """Return an event that is told in the other language only."""
    other = other_of(lang)
    return replace(
        card("committee", "2019-10", lang),
        title=words("committee", other),
        summary=rich("committee_summary", other),
        status="disputed",
        fallback=LANGUAGES[other].name,
        sources=(source(lang),),
    )


def soldiers(lang: str) -> EventCard:
    """Return an event whose date is shown in the author's own words."""
    return replace(
        card("soldiers", "/2022-11-19", lang),
        date=date("/2022-11-19", lang, "soldiers_said"),
        status="denied",
        names=named(lang)[1:],
    )


def other_of(lang: str) -> str:
    """Return the other language."""
    return next(code for code in LANGUAGES if code != lang)


def layout_of(lang: str) -> Layout:
    """Return the layout of pages in *lang*."""
    return Layout(
        lang=lang,
        direction=LANGUAGES[lang].direction,
        site_title=words("site", lang),
        site_description=words("description", lang),
        home=f"{lang}/",
        timeline=f"{lang}/",
        menu=(
            MenuItem(f"{lang}/", "timeline", None),
            MenuItem(f"{lang}/articles/", "articles", None),
            MenuItem(f"{lang}/people/", "people", None),
            MenuItem(f"{lang}/places/", "places", None),
            MenuItem(f"{lang}/about/", "about", words("about", lang)),
        ),
        footer=(
            MenuItem(f"{lang}/method/", "method", words("method", lang)),
            MenuItem(f"{lang}/corrections/", "corrections", None),
        ),
        feed=f"{lang}/feed.xml",
        events_feed=f"{lang}/events.xml",
        data=f"{lang}/events.json",
        table=f"{lang}/events.csv",
        calendar=f"{lang}/calendar.ics",
        search_index=f"{lang}/find.js",
        texts="",
        taxonomies=(
            *map(section, ("people", "places", "organizations", "tags")),
            Section("ships", words("about", lang)),
        ),
        licence="CC-BY-4.0",
        publisher=words("site", lang),
        digits="latn",
        logo="",
    )


def head(address: str, lang: str, title: str = "site") -> Head:
    """Return the head of the page at *address*."""
    rest = address.partition("/")[2]
    return Head(
        title=TEXTS[lang][title],
        description=TEXTS[lang]["description"],
        root="../" * address.count("/") or "./",
        address=address,
        canonical=URL + address,
        alternates=(
            *(Alternate(code, f"{URL}{code}/{rest}") for code in LANGUAGES),
            Alternate("x-default", URL),
        ),
        switch=tuple(
            SwitchLink(one.code, one.direction, one.name, f"{one.code}/{rest}", same=True)
            for one in LANGUAGES.values()
            if one.code != lang
        ),
        noindex=False,
        breadcrumbs=(Crumb(f"{URL}{lang}/", "timeline", None), Crumb(URL + address, "x", words(title, lang))),
        json_ld=({"@type": "WebPage", "name": TEXTS[lang][title]},),
        card=SocialCard(
            kind="article",
            title=TEXTS[lang][title],
            description=TEXTS[lang]["description"],
            locale=lang,
            locales=(other_of(lang),),
            image=f"{URL}media/pitch.0123456789.png",
            width=1200,
            height=675,
            alt=TEXTS[lang]["alt"],
            published="2021-12-06T00:00:00Z",
            changed="2022-08-11T09:30:00+03:00",
        ),
    )


def chapter(lang: str) -> EraView:
    """Return an era that begins in the list."""
    span, text = date("2017-06-05/2021-01-05", lang), rich("description", lang)
    return EraView("crisis", words("crisis", lang), span, text, 0, 1, "#era-crisis")


def groups(lang: str) -> tuple[Group, ...]:
    """Return a timeline of a few years."""
    erdogan = replace(
        card("erdogan", "2021-12-06", lang),
        summary=rich("erdogan_summary", lang),
        status="confirmed",
        names=named(lang),
        sources=(plain_source(lang),),
    )
    officers = replace(card("officers", "../2021-12", lang), status="reported", sources=(plain_source(lang),))
    return (
        Group("y2017", date("2017", lang), 2, (emir(lang),), 1, (chapter(lang),)),
        Group("y2019", date("2019", lang), 2, ()),
        Group("y2019-10", date("2019-10", lang), 3, (foreign(lang),)),
        Group("y2021", date("2021", lang), 2, ()),
        Group("y2021-12", date("2021-12", lang), 3, (officers, erdogan)),
        Group("y2022", date("2022", lang), 2, ()),
        Group("y2022-11", date("2022-11", lang), 3, (soldiers(lang), cup(lang))),
    )


def axis(lang: str) -> AxisView:
    """Return an axis with everything that one can have."""
    ticks = tuple(
        AxisTick(number * 25.0, str(year), f"#y{year}" if year != 2018 else "", "middle", 2.5)
        for number, year in enumerate((2017, 2018, 2019, 2021), 1)
    )
    mark = AxisMark(f"{lang}/events/emir/", words("emir", lang), 3, 40.5, 0.0, 0, "", 0, 0, None, None)
    named = AxisName(TEXTS[lang]["emir"], 1, "middle", 44, TEXTS[lang]["emir"] * 2, 60)
    lines = AxisLines(TEXTS[lang]["emir"], "", 0, "start", 18)
    return AxisView(
        lo=17167,
        hi=19357,
        first="2017",
        last="2022",
        density="M0 100V20H6.25V40H1000V100Z",
        weighty="M0 100V60H6.25V100Z",
        bands=(
            AxisBand(10.0, 60.0, 0, words("crisis", lang), "#era-crisis", 18),
            AxisBand(70.0, 5.0, 1, words("crisis", lang), "", 0),
        ),
        marks=(
            replace(mark, width=16.6, left=0.0, soft="both"),
            replace(mark, left=70.0, width=9.0, row=1, soft="left"),
            replace(mark, narrow=1, wide=2, importance=5, name=named, lines=lines),
            replace(mark, left=90.0, importance=1),
        ),
        ticks=ticks,
        fine_ticks=ticks,
        folds=(AxisFold(5.0, 5.0, 17300, 17500),),
        era_rows=2,
        name_rows=2,
        line_rows=1,
        bar_rows=2,
    )


def timeline_body(lang: str, home: str) -> TimelineBody:
    """Return a timeline with everything that one can have."""
    era = EraView(
        "crisis", words("crisis", lang), date("2017-06-05/2021-01-05", lang), None, 0, 1, "#era-crisis"
    )
    return TimelineBody(
        groups=groups(lang),
        undated=(),
        continuing=(),
        years=(),
        eras=(era, replace(era, id="again", href="", text=rich("description", lang))),
        total=8,
        home=home,
        axis=axis(lang),
        highlights=(emir(lang), cup(lang), foreign(lang)),
    )


def split_body(lang: str, home: str) -> TimelineBody:
    """Return one year of a timeline that is split by year."""
    years = tuple(
        YearLink(f"{home}{year}/", date(year, lang), 3) for year in ("2017", "2019", "2021", "2022")
    )
    return replace(
        timeline_body(lang, home),
        groups=groups(lang)[-2:],
        undated=(card("officers", "", lang),),
        continuing=(replace(card("crisis", "2017-06-05/2021-01-05", lang), hi=0),),
        years=years,
        eras=(),
        axis=None,
    )


def empty_body(home: str) -> TimelineBody:
    """Return a timeline without events."""
    return TimelineBody((), (), (), (), (), 0, home)


def correction(lang: str) -> CorrectionView:
    """Return a correction of a date."""
    return CorrectionView(
        event=link("cup", "events/cup/", lang),
        date=date("2022-08-11", lang),
        was=date("2022-11-21/2022-12-18", lang),
        now=date("2022-11-20/2022-12-18", lang),
        changed=True,
        by=article_card("second", lang),
        corrected=article_card("article", lang),
    )


def tellings(lang: str) -> tuple[TellingView, ...]:
    """Return three tellings of one event: one leads, one was corrected, one disagrees."""
    now, was = date("2022-11-20/2022-12-18", lang), date("2022-11-21/2022-12-18", lang)
    second, first = article_card("second", lang), article_card("article", lang)
    return (
        TellingView(second, words("cup", lang), now, "joined", True, "confirmed", (source(lang),), first),
        TellingView(first, words("cup", lang), was, "corrected", False, "reported", (), None),
        TellingView(
            article_card("article", lang, other_of(lang)),
            None,
            was,
            "contradicts",
            False,
            "",
            (),
            None,
            differing=(NameList(section("places"), (Link("", words("doha", lang)),)),),
        ),
    )


def body(lang: str) -> str:
    """Return the text of an article as HTML."""
    text = TEXTS[lang]
    link = f'<a href="../../../{lang}/events/emir/" class="event-link">{text["emir"]}</a>'
    rows = "".join(
        f"<tr><td>{text[key]}</td><td>{number}</td></tr>" for number, key in enumerate(("doha", "qatar"))
    )
    return (
        f"<p>{text['body']} {link}.</p>\n"
        f'<h2 id="h-1">{text["heading"]}</h2>\n<p>{text["body"]}</p>\n'
        f"<ul><li>{text['doha']}</li><li>{text['qatar']}</li></ul>\n"
        f'<h2 id="h-2">{text["heading2"]}</h2>\n<blockquote><p>{text["quote"]}</p></blockquote>\n'
        f"<p>{text['body']}\n<em>{text['qatar']}</em> <strong>{text['doha']}</strong> "
        "<code>2022-11</code></p>\n"
        f'<h2 id="h-3">{text["heading3"]}</h2>\n<table><thead><tr><th>{text["qatar"]}</th>'
        "<th>#</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>\n"
    )


def full_views(lang: str) -> Iterator[tuple[str, View]]:
    """Yield one view of each kind of page in *lang* with everything in it, each with its address."""
    layout = layout_of(lang)
    yield (
        "index.html",
        ChoiceView(
            replace(head("", "ar"), switch=tuple(switch(code) for code in LANGUAGES)),
            tuple(words("site", code) for code in LANGUAGES),
        ),
    )
    address = f"{lang}/"
    yield (
        f"{address}index.html",
        TimelineView(layout, head(address, lang), timeline_body(lang, address), None),
    )
    address = f"{lang}/2022/"
    yield (
        f"{address}index.html",
        TimelineView(layout, head(address, lang), split_body(lang, f"{lang}/"), date("2022", lang)),
    )
    address = f"{lang}/events/cup/"
    before, after = link("soldiers", "events/soldiers/", lang), link("emir", "events/emir/", other_of(lang))
    yield (
        f"{address}index.html",
        EventView(
            layout,
            head(address, lang, "cup"),
            cup(lang),
            tellings(lang),
            (correction(lang),),
            (article_card("article", lang),),
            before,
            after,
            CitationView(date("2022-08-11", lang), URL + address, "@misc{cup,\n  title = {{<&>}}\n}"),
            snippet(address),
        ),
    )
    address = f"{lang}/articles/article/"
    headings = tuple(Heading(2, f"h-{number}", TEXTS[lang][key]) for number, key in enumerate(HEADINGS, 1))
    yield (
        f"{address}index.html",
        ArticleView(
            layout=layout,
            head=head(address, lang, "article"),
            title=words("article", lang),
            summary=rich("article_summary", lang),
            body=body(lang),
            headings=headings,
            published=date("2021-12-06", lang),
            updated=date("2022-08-11", lang),
            authors=(link("desk", "organizations/desk/", lang),),
            source=source(lang),
            names=named(lang),
            events=(emir(lang), foreign(lang), soldiers(lang), cup(lang)),
            corrections=(correction(lang),),
        ),
    )
    address = f"{lang}/about/"
    yield (
        f"{address}index.html",
        PlainPageView(layout, head(address, lang, "about"), words("about", lang), body(lang), headings),
    )
    address = f"{lang}/articles/"
    cards = (article_card("second", lang, other_of(lang)), article_card("article", lang))
    yield f"{address}index.html", ArticlesView(layout, head(address, lang), cards)
    address = f"{lang}/people/"
    people = (link("fidan", "people/fidan/", lang, 3), link("tamim", "people/tamim/", lang, 12))
    yield f"{address}index.html", EntitiesView(layout, head(address, lang), section("people"), people)
    yield f"{lang}/people/fidan/index.html", entity_view(lang)
    address = f"{lang}/map/"
    yield f"{address}index.html", map_view(lang)
    address = f"{lang}/corrections/"
    yield f"{address}index.html", CorrectionsView(layout, head(address, lang), (correction(lang),))
    address = f"{lang}/embed/events/cup.html"
    yield (
        address,
        EmbedView(layout, head(address, lang), words("cup", lang), f"{lang}/events/cup/", cup(lang), (), 0),
    )
    address = f"{lang}/embed/timeline.html"
    shown = (emir(lang), foreign(lang), cup(lang))
    yield (
        address,
        EmbedView(layout, head(address, lang), words("site", lang), f"{lang}/", None, shown, 200),
    )
    layouts = tuple(map(layout_of, LANGUAGES))
    yield (
        "404.html",
        NotFoundView(replace(head("404.html", "ar"), root="/", noindex=True), layouts),
    )


def map_of(shape: str, dots: tuple[MapDot, ...]) -> MapView:
    """Return a map with *dots*."""
    return MapView(shape, 100, 50, "M0 0l100 0 0 50z" if shape == "world" else "", "M9 9l9 0 0 9z", "", dots)


def map_view(lang: str) -> MapPageView:
    """Return the page with the map, with everything in it."""
    links = (link("fidan", "people/fidan/", lang, 3), link("tamim", "people/tamim/", other_of(lang), 1))
    dots = tuple(
        MapDot(one.href, one.href, one.words, one.count, 20.5, 40, 0.5, label)
        for one, label in zip(links, (MapLabel("x", -0.5, 0.3, "end", 18), None), strict=True)
    )
    shown = replace(map_of("region", dots), borders="M1 1l9 9")
    shown = replace(shown, windows=(MapWindow(1, 2, 3, 4),))
    closer = (map_of("region", dots),)
    body = empty_body(f"{lang}/")
    return MapPageView(layout_of(lang), head(f"{lang}/map/", lang), shown, closer, links, 12, body)


def section(key: str) -> Section:
    """Return a taxonomy that the theme's catalogue words."""
    return Section(key, None)


HEADINGS = ("heading", "heading2", "heading3")


def entity_view(lang: str) -> EntityView:
    """Return the page of a person, with everything in it."""
    address = f"{lang}/people/fidan/"
    return EntityView(
        layout=layout_of(lang),
        head=head(address, lang, "fidan"),
        taxonomy=section("people"),
        index=f"{lang}/people/",
        id="fidan",
        name=words("fidan", lang),
        other_names=(words("fidan", other_of(lang)),),
        text=rich("description", lang),
        wikidata="Q6079426",
        website="https://example.com/",
        coordinates=(25.2867, 51.5333),
        timeline=timeline_body(lang, address),
        year=None,
        together=(NameList(section("people"), (link("tamim", "people/tamim/", lang, 2),)),),
        articles=(article_card("article", lang),),
        files=DataLinks(
            *(f"{address}{name}" for name in ("events.xml", "calendar.ics", "events.json", "x.csv"))
        ),
        snippet=snippet(address),
        locator=map_of(
            "locator", (MapDot("people/fidan", address, words("fidan", lang), 1, 50, 50, 0.3, None),)
        ),
        map=f"{lang}/map/",
    )


def snippet(address: str) -> Snippet:
    """Return what shows the page at *address* elsewhere."""
    return Snippet(URL + address, f'<iframe src="{URL}{address}"></iframe>')


def switch(code: str) -> SwitchLink:
    """Return the way to the timeline in *code*."""
    one = LANGUAGES[code]
    return SwitchLink(code, one.direction, one.name, f"{code}/", same=True)


def minimal_views(lang: str) -> Iterator[tuple[str, View]]:
    """Yield one view of each kind of page in *lang* with as little in it as can be."""
    layout = replace(layout_of(lang), site_description=None, menu=(), footer=(), licence="", publisher=None)
    bare: dict[str, Any] = {
        "description": "",
        "alternates": (),
        "switch": (),
        "breadcrumbs": (),
        "json_ld": (),
    }
    top = replace(head(f"{lang}/x/", lang), noindex=True, card=None, **bare)
    event = card("emir", "", lang)
    bare_body = empty_body(f"{lang}/")
    lonely = replace(bare_body, groups=(Group("d0", None, 2, (event,)),), undated=(event,), total=2)
    title = words("about", lang)
    views: tuple[View, ...] = (
        TimelineView(layout, top, bare_body, None),
        TimelineView(layout, top, replace(lonely, undated=()), date("2017", lang)),
        EventView(layout, top, event, (), (), (), None, None),
        ArticleView(layout, top, title, None, "", (), None, None, (), None, (), (), ()),
        PlainPageView(layout, top, title, "", ()),
        ArticlesView(layout, top, ()),
        EntitiesView(layout, top, section("people"), ()),
        EntityView(
            layout,
            top,
            section("x-y"),
            f"{lang}/x-y/",
            "x",
            title,
            (),
            None,
            "",
            "",
            None,
            bare_body,
            date("2017", lang),
            (),
            (),
        ),
        CorrectionsView(layout, top, ()),
        MapPageView(layout, top, map_of("world", ()), (), (), 1, bare_body),
        EmbedView(layout, top, title, f"{lang}/", event, (), 0),
        EmbedView(layout, top, title, f"{lang}/", None, (), 0),
        NotFoundView(top, ()),
        ChoiceView(top, ()),
    )
    for number, view in enumerate(views):
        yield f"{lang}/{number}/index.html", view


def feed(lang: str) -> FeedView:
    """Return a feed of two entries, one in the other language."""
    entry = FeedEntry(
        id=f"{URL}{lang}/events/cup/",
        title=words("cup", other_of(lang)),
        url=f"{URL}{lang}/events/cup/",
        published="2021-12-06T00:00:00Z",
        updated="2022-08-11T09:30:00+03:00",
        summary=rich("cup_summary", other_of(lang)),
        authors=("A & B",),
        date=date("2022-11-20/2022-12-18", lang),
        corrections=(correction(lang),),
    )
    plain = replace(entry, title=words("emir", lang), summary=None, date=None, corrections=(), authors=())
    return FeedView(
        id=f"{URL}{lang}/events.xml",
        title=words("site", lang),
        subtitle=words("description", lang),
        self_url=f"{URL}{lang}/events.xml",
        page_url=f"{URL}{lang}/",
        updated="2022-08-11T09:30:00+03:00",
        author="A < B",
        entries=(entry, plain),
        lang=lang,
    )


def data(lang: str) -> EventsDataView:
    """Return two events as data."""
    events = ({"id": "cup", "title": TEXTS[lang]["cup"], "people": [{"id": "x"}]}, {"id": "emir"})
    return EventsDataView(f"{URL}events.schema.json", lang, TEXTS[lang]["site"], URL, "CC-BY-4.0", {}, events)


def sitemap() -> list[SitemapEntry]:
    """Return two addresses of a sitemap, one of them in several languages."""
    alternates = (Alternate("ar", f"{URL}ar/"), Alternate("x-default", URL))
    return [SitemapEntry(f"{URL}ar/?a&b", alternates, "2022-08-11"), SitemapEntry(URL, (), "")]


def template_of(view: type[View]) -> str:
    """Return the template that draws a kind of *view*, as its documentation says."""
    found = re.search(r"Template ``([\w.]+)``", view.__doc__ or "")
    assert found, view
    return found[1]


def rendered(view: View, context: RenderContext) -> bytes:
    """Return the page that its template makes of *view*."""
    return render_view(template_of(type(view)), view, context)
