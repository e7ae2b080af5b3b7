"""The readers of what strangers write, as targets for fuzzing: each takes bytes and may refuse, but not fail.

A new target is one line in :data:`TARGETS`. ``make test`` tries each with a few damaged samples, the same
ones every time; ``make fuzz`` lets each be searched for minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from random import Random
from typing import Final

from timeline_gen.dates.phrases import DateError, read
from timeline_gen.model.files import Source
from timeline_gen.reading.article import parse_article
from timeline_gen.reading.entities import parse_entities, parse_eras, parse_sources
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.yaml_tree import read_yaml
from timeline_gen.reading.pictures.svg_cleaning import clean_drawing
from timeline_gen.reading.prose.body import parse_body, parse_line
from timeline_gen.reading.settings import parse_settings
from timeline_gen.text.plurals import CatalogueError, read_catalogue

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT / "tests" / "data"
SETTINGS, _ = parse_settings(
    Source(PurePosixPath("site.yaml"), b"title: T\nurl: https://example.org/\nlanguages: [en, ar]\n")
)
MAX_SEED: Final = 4096
_PATH: Final = PurePosixPath("content/articles/a.en.md")


@dataclass(frozen=True, slots=True)
class Target:
    """A reader that is tried."""

    run: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    """What it raises where it refuses."""
    seeds: Callable[[], Iterator[bytes]]
    """Samples of what it reads."""
    words: str = ""
    """What the samples hold seldom, divided by spaces: put in at random."""

    def try_with(self, data: bytes) -> None:
        """Let the reader read *data*; whatever it raises but a refusal is a finding."""
        try:
            self.run(data)
        except self.refusals:
            return


def damaged(dice: Random, data: bytes, words: list[bytes]) -> bytes:
    """Return *data* with some damage, as *dice* fall."""
    for _ in range(dice.randint(1, 5)):
        start = dice.randrange(len(data) + 1)
        end = min(start + dice.choice((0, 1, 1, 2, 8, 40)), len(data))
        times = dice.choice((1, 1, 1, 2, 40))
        piece = dice.choice(
            (b"", bytes([dice.randrange(256)]), data[start:end] * times, dice.choice(words) * times)
        )
        data = data[:start] + piece + data[dice.choice((start, end)) :]
    return data[:65_536]


def samples(name: str, count: int) -> Iterator[bytes]:
    """Yield *count* samples for the target *name*, damaged in the same way every time."""
    target, dice = TARGETS[name], Random(name)  # noqa: S311 - the same ones every time
    seeds, words = list(target.seeds()), [word.encode() for word in (target.words or "x").split()]
    for number in range(count):
        yield damaged(dice, seeds[number % len(seeds)], words)


# ---------------------------------------------------------------- what is read


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _yaml(data: bytes) -> None:
    text, _ = decode(Source(PurePosixPath("site.yaml"), data))
    read_yaml(text or "", PurePosixPath("site.yaml"))


def _schema(data: bytes) -> None:
    parse_settings(Source(PurePosixPath("site.yaml"), data))
    assert SETTINGS
    for name, parse in (("entities", parse_entities), ("eras", parse_eras), ("sources", parse_sources)):
        parse(Source(PurePosixPath(f"content/{name}.yaml"), data), SETTINGS)
    parse_article(Source(_PATH, b"---\n" + data + b"\n---\nText.\n"), SETTINGS, {})


def _article(data: bytes) -> None:
    assert SETTINGS
    parse_article(Source(_PATH, data), SETTINGS, {})


def _markdown(data: bytes) -> None:
    text = _text(data)
    for engine in ("markdown", "commonmark"):
        body, _ = parse_body(text, first_line=1, path=_PATH, assets={}, engine=engine)
        line = parse_line(text, Diagnostics(_PATH), (1, 1), engine=engine)
        for html in (body.html.lower(), line.html.lower()):
            assert "<script" not in html
            assert "<iframe" not in html


def _words(data: bytes) -> None:
    catalogue = read_catalogue(data, "ar")
    for number in (0, 1, 2, 5, 100):
        catalogue.npgettext("", "event", "events", number)


def _date(data: bytes) -> None:
    head, _, text = _text(data).partition("|")
    read(text or head, lang=head if head in {"ar", "en", "fr"} else "", languages=("ar", "en"), on=18_000)


def _svg(data: bytes) -> None:
    drawing = clean_drawing(data)
    assert drawing.width > 0
    assert drawing.height > 0


# ---------------------------------------------------------------- samples of it


def _files(*patterns: str) -> Iterator[bytes]:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_bytes()[:MAX_SEED]


def _divided(*names: str) -> Iterator[bytes]:
    for name in names:
        yield from (DATA / name).read_bytes().split(b"\n%%\n")


def _front_matters() -> Iterator[bytes]:
    for data in _files("content/articles/*.md"):
        yield data.split(b"---\n")[1]


def _dates() -> Iterator[bytes]:
    for lang, name in (("ar", "arabic"), ("en", "english"), ("fr", "french")):
        for line in (DATA / "dates" / f"{name}_dates.tsv").read_text("utf-8").splitlines()[1::7]:
            yield f"{lang}|{line.split(chr(9))[2]}".encode()
    for line in (DATA / "dates" / "edtf_examples.tsv").read_text("utf-8").splitlines()[1::3]:
        yield f"|{line.partition(chr(9))[0]}".encode()


def _pictures() -> Iterator[bytes]:
    yield b'<svg xmlns="http://www.w3.org/2000/svg" width="12mm" viewBox="0 0 4 3"><path d="M0"/></svg>'
    yield b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg width="9%" style="fill:url(#a)"/>'
    yield b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0"
    yield b"\xff\xd8\xff\xe1\0\x16Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\xff\xc0\0\x0b\10\0\1\0\1"
    yield b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\7\x10\x11\x11\x88\x88\xfe\7\0"
    yield b"GIF89a\1\0\1\0\x80\0\0"
    yield from _files("content/**/*.svg", "content/**/*.png", "content/**/*.jpg", "content/**/*.webp")


# ---------------------------------------------------------------- what samples hold seldom

_YAML = r"""
--- ... : - [ ] { } &a *a <<: !!x ' " | >- # ? % @ ` \u200f \x00 0x1 ~ null true 1e9 ,
"""
_MARKDOWN = r"""
* ** _ ` ``` ~~~ > # - 1. | [ ] ( ) ![ <b> </b> <script> <iframe> &lt; &#0; \ {: } {.a} [^1] [a]: ]( :
<!-- --> <![CDATA[ <? event:x javascript: data: //host onerror= style=
"""
_SCHEMA = f"""{_YAML}
date: title: events: id: 2019 soon languages: menu: url: https://[ taxonomies: publish: fonts: extra:
"""
_SVG = r"""
<svg </svg> <script> <style> <use href= xlink:href= width= height= viewBox= 1e999 -1 nan % &#0; <!ENTITY
<![CDATA[ style= url( @import \ /* */ data: xmlns=
"""
_DATE = """
2019 -0043 XX ? ~ % / .. 21 41 [ ] { } , – - before until about early late 1900s هـ ق.م نحو قبل حتى منتصف
القرن vers avant ١٩٩٠ T12:30Z 99999999 century BC
"""
_PO = r"""
msgid msgstr msgctxt msgid_plural msgstr[0] msgstr[9] "" #, fuzzy #~ Plural-Forms: nplurals=6; plural=n; n%0
charset=x \n \" %(x)s Language: POT-Creation-Date:
"""

TARGETS: Final[dict[str, Target]] = {
    "svg": Target(_svg, (ValueError,), _pictures, _SVG),
    "yaml": Target(_yaml, (), lambda: _files("site.yaml", "content/*.yaml"), _YAML),
    "schema": Target(_schema, (), _front_matters, _SCHEMA),
    "article": Target(_article, (), lambda: _files("content/articles/*.md"), _SCHEMA + _MARKDOWN),
    "markdown": Target(
        _markdown,
        (),
        lambda: _divided("markdown.txt", "hostile.txt"),
        _MARKDOWN,
    ),
    "po": Target(_words, (CatalogueError,), lambda: _files("themes/*/locale/*.po"), _PO),
    "dates": Target(_date, (DateError,), _dates, _DATE),
}
"""Each reader by its name."""
