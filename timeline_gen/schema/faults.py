"""What is wrong with values, in our words, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.messages import say
from timeline_gen.text.suggestions import nearest

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions that lead from the top of a file to a value."""


class Fault(NamedTuple):
    """One thing wrong, before its place is known."""

    code: str
    path: KeyPath
    message: str
    hint: str
    at_key: bool = False
    """Whether the key itself is what is wrong, rather than its value."""
    meant: str = ""
    """The key that an unknown one was probably meant to be."""
    lacks: str = ""
    """The key that is missing, where the place is that of what lacks it."""


def nearest_key(word: str, known: Collection[str]) -> str:
    """Return the one of the *known* keys that was most likely meant by *word*, or an empty string.

    A key of two letters is one slip away from another one of two, which a code of a language is not.
    """
    short = (key for key in known if len(key) == len(word) == 2 and (key[0] == word[0] or key[1] == word[1]))
    return nearest(word, known) or next(short, "")


def not_allowed(path: KeyPath, name: str, value: str, expected: str) -> Fault:
    """Return the fault of a *value* that is not among the *expected* ones."""
    allowed = re.findall(r"'([^']*)'", expected)
    near = nearest(value, allowed)
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("write one of: {allowed}", allowed=", ".join(allowed))
    )
    return Fault("TG304", path, say("{name!r} cannot be {value!r}", name=name, value=value), hint)


_EXAMPLES: Final[Mapping[str, str]] = {
    "accents": 'accents: {security: "#1f5f8b"}',
    "accept": "accept: [{event: the-id, reason: why both stay}]",
    "aliases": "aliases: [old-name]",
    "authors": "authors: [a-name]",
    "borders": "borders: false",
    "colours": 'colours: {accent: "#0b6e4f"}',
    "cover": "cover: {src: pictures/harbour.jpg, alt: {en: what it shows, ar: ما فيها}}",
    "coordinates": "coordinates: [25.29, 51.53], latitude and longitude in degrees",
    "data": "data: {from: 1}",
    "date": "date: 2021-12-06",
    "dates": "dates: {order: dmy}",
    "deletions": "deletions: 20",
    "draft": "draft: true",
    "event": "event: the-id-of-an-event",
    "events": say(
        "events:, and on the lines below it '- id: …', each with its 'date:' and 'title:' indented"
    ),
    "extra": "extra: {my-key: my value}",
    "captions": say("captions: talk.en.vtt, or by language {en: talk.en.vtt, ar: talk.ar.vtt}"),
    "file_kinds": "file_kinds: [gpx, kml]",
    "files": "files: [{src: minutes.pdf, title: The minutes}]",
    "fonts": "fonts: {body: Charter}",
    "footer": "footer: [about, method]",
    "from": "from: 1",
    "home": say("home: articles, timeline, or page: and the slug of a page"),
    "id": "id: some-words-without-spaces",
    "image": "image: {src: stadium.jpg, alt: what it shows}",
    "importance": say("importance: 5, a number from 1 to 5"),
    "kind": "kind: person",
    "keep": "keep: 5",
    "lang": "lang: en",
    "languages": "languages: [ar, en]",
    "map": "map: {borders: false}",
    "markdown": "markdown: {engine: commonmark}",
    "media": "media: {src: stadium.jpg, alt: what it shows}",
    "menu": "menu: [timeline, articles]",
    "name": "name: {en: Doha, ar: الدوحة}",
    "order": say("order: 2, a whole number"),
    "policy": "policy: {script: [stats.example.org]}",
    "preview": "preview: true",
    "redirects": "redirects: {/news/2013/x/: article:x, /old/: gone}",
    "publish": "publish: {production: {to: git, remote: origin, branch: gh-pages, host: github}}",
    "people": "people: [hakan-fidan, tamim-bin-hamad]",
    "places": "places: [doha, ankara]",
    "silence": "silence: [{code: TG404, path: content/articles/old-*.md, because: the reason}]",
    "source": 'source: {name: Name of the paper, url: "https://example.org/page"}',
    "sources": "sources: [{title: …, url: …}], or ids of content/sources.yaml",
    "src": "src: stadium.jpg",
    "strict": "strict: true",
    "tags": "tags: [security, world-cup]",
    "taxonomies": "taxonomies: {people: person, places: place, tags: tag}",
    "timeline": "timeline: {order: newest}",
    "title": "title: A few words",
    "to": "to: git, folder, rsync or s3",
    "trusted": "trusted: false",
    "typography": "typography: false",
    "translation_of": "translation_of: {lang: en, rev: …}",
    "url": 'url: "https://example.org/"',
    "wikidata": "wikidata: Q3025",
}


def example(name: str) -> str:
    """Return how the key *name* is written."""
    return say("write {example}", example=_EXAMPLES.get(name, f"{name}: …"))


_SEPARATOR: Final = re.compile(r"\s*[,;،؛]\s*")
_PLAIN: Final = re.compile(r"[^\W\d_][\w .'-]*")
"""What needs no quotation marks in a list of YAML."""


def as_list(name: str, typed: str) -> str:
    """Return how the text *typed* at the key *name* is written as a list; empty where that is not plain."""
    items = _SEPARATOR.split(typed.strip())
    if not all(_PLAIN.fullmatch(item) for item in items):
        return ""
    return say("write {name}: [{items}]", name=name, items=", ".join(items))
