"""The almanac theme itself: its words are complete, its stylesheet knows no left and right."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from almanac_kit import THEME, assets, catalogues, templates
from babel import Locale
from jinja2 import Environment

from timeline_gen.model.events import LABELLED_TEXTS
from timeline_gen.pages.plan.kinds import page_templates
from timeline_gen.text.plurals import Catalogue

LANGS = sorted(catalogues())
CODE = Path(__file__).parents[1] / "timeline_gen" / "rendering"
FUNCTIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext", "in_language")
KEYS = {
    "section": [
        *("timeline", "articles", "corrections", "people", "places", "organizations", "tags"),
        *LABELLED_TEXTS,
    ],
    "status": ["confirmed", "reported", "disputed", "denied", "planned"],
    "media": ["video", "film", "audio", "map", "document"],
}
"""Words that a template looks up by a key of the view."""


def used() -> Iterator[tuple[str, str]]:
    """Yield the context and the text of every message that templates and feeds use."""
    environment = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - nothing is rendered
    environment.policies["ext.i18n.trimmed"] = True
    for text in templates().values():
        for _, function, message in environment.extract_translations(text, FUNCTIONS):  # type: ignore[attr-defined]
            parts = (message,) if isinstance(message, str) else message
            texts = [part for part in parts if part is not None]
            if function == "pgettext":
                yield from [(texts[0], texts[1])] if len(texts) > 1 else []
            elif texts:
                yield "", texts[0]
    for path in sorted(CODE.glob("*.py")):
        yield from (("", text) for text in re.findall(r'\.gettext\(\s*"([^"]+)"', path.read_text("utf-8")))
    yield from ((context, key) for context, keys in KEYS.items() for key in keys)


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_is_there(lang: str) -> None:
    """The theme words everything in each of its languages, and words nothing that is not used."""
    assert set(catalogues()[lang].messages) == set(used())


@pytest.mark.parametrize("lang", LANGS)
def test_plural_forms(lang: str) -> None:
    """A message with a number has each form that its language knows, picked as the CLDR says."""
    catalogue = catalogues()[lang]
    plurals = [forms for (_, text), forms in catalogue.messages.items() if text in {"Source", "Author"}]
    categories = {number: Locale(lang).plural_form(number) for number in range(200)}
    count = len(set(categories.values()))
    picked = Catalogue(lang, catalogue.plural, {("", "x"): tuple(str(form) for form in range(count))})

    pairs = {(category, picked.ngettext("x", "x", number)) for number, category in categories.items()}

    assert [len(forms) for forms in plurals] == [count, count]
    assert len(pairs) == count


def test_arabic_numbers() -> None:
    """Arabic counts as Arabic does."""
    counted = {
        number: catalogues()["ar"].ngettext("%(num)s event", "%(num)s events", number) % {"num": number}
        for number in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)
    }

    assert counted == {
        0: "لا أحداث",
        1: "حدث واحد",
        2: "حدثان",
        3: "3 أحداث",
        10: "10 أحداث",
        11: "11 حدثًا",
        99: "99 حدثًا",
        100: "100 حدث",
        102: "102 حدث",
        103: "103 أحداث",
    }


@pytest.mark.parametrize("lang", LANGS)
def test_places_in_sentences(lang: str) -> None:
    """A translation has the places that the original has, and no other."""
    places = re.compile(r"%\(\w+\)s|</?bdi>")
    for (_, original), forms in catalogues()[lang].messages.items():
        for form in forms:
            if original == "%(num)s event":
                assert set(places.findall(form)) <= {"%(num)s"}
            else:
                assert sorted(places.findall(form)) == sorted(places.findall(original)), form


def test_a_template_for_every_kind_of_page() -> None:
    """The theme has a template for each kind of page that is drawn by one."""
    assert {*page_templates()} - templates().keys() == set()


def stylesheet() -> str:
    """Return the theme's stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (THEME / "static" / "almanac.css").read_text("utf-8"), flags=re.DOTALL)


PHYSICAL = re.compile(
    r"""
    (?<! [\w-] )
    (?: (?: margin | padding | border | inset | scroll-margin | scroll-padding )
        - (?: left | right | top | bottom )
      | left | right | top | bottom
      | (?: min- | max- )? (?: width | height )
      | border-(?: top | bottom )-(?: left | right )-radius )
    \s* :
    | (?: text-align | float | clear ) \s* : \s* (?: left | right )
    """,
    re.VERBOSE,
)


def test_logical_properties_only() -> None:
    """The stylesheet never says left or right, so that every page is the mirror of its other."""
    without_queries = re.sub(r"@media[^{]*", "", stylesheet())

    assert [match.group() for match in PHYSICAL.finditer(without_queries)] == []


def test_what_arabic_letters_do_not_bear() -> None:
    """No letter-spacing, no justification and no capitals by rule; italics only where letters have them."""
    css = stylesheet()

    assert re.findall(r"letter-spacing|text-transform|justify\b(?!-)", css) == []
    assert re.findall(r"font-style: (?!var\(--emphasis\))", css) == []
    assert "--emphasis: normal" in css


def test_nothing_is_fetched() -> None:
    """The stylesheet loads nothing, from the site or elsewhere."""
    assert re.findall(r"url\(|@import|https?:", stylesheet()) == []
    assert stylesheet().count("{") == stylesheet().count("}")


def test_media() -> None:
    """Dark rooms, forced colours, stronger contrast, calm motion and paper are all thought of."""
    queries = re.findall(r"@media ([^{]+) {", stylesheet())

    for wanted in (
        "prefers-color-scheme: dark",
        "forced-colors",
        "prefers-contrast",
        "reduced-motion",
        "print",
    ):
        assert any(wanted in query for query in queries), wanted


def channel(value: int) -> float:
    """Return a colour channel as WCAG 2.2 defines relative luminance."""
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Return the relative luminance of *colour*, ``#rrggbb`` (WCAG 2.2)."""
    red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    "ink", ["ink", "quiet", "accent", "second", *(f"group-{number}" for number in range(1, 7))]
)
@pytest.mark.parametrize("ground", ["paper", "tint"])
def test_contrast(scheme: int, ink: str, ground: str) -> None:
    """Every ink can be read on every ground, by day and by night."""
    colours = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root {(.*?)}", stylesheet(), flags=re.DOTALL)
        if "--paper" in block
    ]

    assert contrast(colours[scheme][ink], colours[scheme][ground]) >= 4.5


def test_weight() -> None:
    """All stylesheets and scripts stay light on a slow line: 43 KB, compressed, for the scripts alone.

    A first view takes 25 of them (tests/test_page_checks.py): the search comes when a reader turns to it.
    """
    packed = {
        output.path: len(gzip.compress(output.data or b"", 9))
        for output in assets().outputs
        if not output.path.endswith(".woff2")
    }

    assert sum(size for path, size in packed.items() if path.endswith(".js")) < 43_000
    # Pages of events, frames and maps have files of their own, and not all those of a timeline.
    own = ("/event.", "/embed.", "/map.")
    elsewhere = sum(size for path, size in packed.items() if any(name in path for name in own))
    assert elsewhere < 4_500
    assert sum(packed.values()) - elsewhere < 56_000
