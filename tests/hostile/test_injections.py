"""Texts that try to run or load something, in every field, in pages that are opened and clicked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest
from playwright.sync_api import Browser
from site_kit import write_site

from hostile.watching_kit import Watched
from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import Level
from timeline_gen.model.assets import Asset
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.article import parse_article
from timeline_gen.reading.settings import parse_settings

pytestmark = pytest.mark.browser

TEXTS = (Path(__file__).parent / "injections.txt").read_text("utf-8").splitlines()
PATH = PurePosixPath("content/articles/a.en.md")
PICTURES = {
    PATH.with_name("p.svg"): Asset(PATH.with_name("p.svg"), PurePosixPath("media/p.0.svg"), width=9, height=9)
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
EVENTS_EACH = 16
"""Events of an article: each text is once in every field of an event, and few pages hold all of them."""
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}


def settings_with(texts: list[str]) -> str:
    """Return settings each of whose texts is one of *texts*."""
    words = {
        "title": texts[0],
        "url": "https://example.org/",
        "languages": ["en", "ar"],
        "description": {"en": texts[1], "ar": texts[2]},
        "publisher": texts[3],
        "authors": texts[4:6],
        "licence": texts[6],
        "taxonomies": {"people": {"kind": "person", "name": {"en": texts[7], "ar": texts[8]}}},
        "extra": {texts[9]: texts[10]},
    }
    return _yaml(words)


def _yaml(words: Mapping[str, object]) -> str:
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in words.items())


def event(number: int, text: str) -> dict[str, object]:
    """Return an event with *text* in every field that takes any text."""
    source = dict.fromkeys(("name", "title", "author", "page", "archive_ref", "quote"), text)
    return {
        "id": f"e{number}",
        "date": str(1900 + number % 100),
        "title": text,
        "date_text": text,
        "summary": text,
        "people": [text],
        "sources": [source],
        "media": {"src": "p.svg", "alt": text, "caption": text, "credit": text},
        "extra": {text: text},
    }


def written(words: Mapping[str, object], body: str) -> str:
    """Return the text of an article."""
    return f"---\n{_yaml(words)}---\n{body}\n"


def is_read(words: Mapping[str, object], body: str, settings: Settings) -> bool:
    """Return whether an article is read without an error."""
    source = Source(PATH, written({"title": "T", "date": "2020-01-01", **words}, body).encode())
    return not any(one.level is Level.ERROR for one in parse_article(source, settings, PICTURES)[1])


def allowed(number: int, text: str, settings: Settings) -> dict[str, object]:
    """Return an event with *text* in those fields that do not refuse it."""
    kept = {"id": f"e{number}", "date": "1900", "title": f"Event {number}"}
    whole = event(number, text)
    if is_read({"events": [whole]}, "x", settings):
        return whole
    for key, value in whole.items():
        if is_read({"events": [{**kept, key: value}]}, "x", settings):
            kept |= {key: value}  # type: ignore[dict-item]  # any value of a field
    return dict(kept)


def article(first: int, texts: list[str], settings: Settings) -> str:
    """Return an article with *texts* in all its fields and events."""
    events = [allowed(first + number, text, settings) for number, text in enumerate(texts)]
    body = ""
    for text in texts:
        more = f"{body}\n\n{text}\n\n> {text}\n\n| a |\n|---|\n| {text} |"
        body = more if is_read({}, more, settings) else body
    words = {
        "title": " ".join(texts),
        "date": "2020-01-01",
        "authors": texts,
        "source": {"name": " ".join(texts)},
        "extra": {"k": texts},
        "events": events,
    }
    return written(words, body)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with every text in every field, once."""
    root = tmp_path_factory.mktemp("injections")
    said = settings_with(TEXTS[:11])
    settings, _ = parse_settings(Source(PurePosixPath("site.yaml"), said.encode()))
    assert settings
    entities = {
        f"n{number}": {
            "kind": "person",
            "name": {"en": f"{text} {number}", "ar": text},
            "other_names": [text],
        }
        for number, text in enumerate(TEXTS[:20])
    }
    eras = {
        f"a{number}": {"date": f"19{number}0/19{number}9", "name": text}
        for number, text in enumerate(TEXTS[20:29], 1)
    }
    files = {
        "content/entities.yaml": _yaml(entities),
        "content/eras.yaml": _yaml(eras),
        "content/articles/p.svg": PICTURE,
    }
    for first in range(0, len(TEXTS), EVENTS_EACH):
        files[f"content/articles/x{first}.en.md"] = article(
            first, TEXTS[first : first + EVENTS_EACH], settings
        )
    build(write_site(root, files, settings=said), Options(jobs=1))
    return root / "output"


def test_there_are_enough_texts() -> None:
    """There are 128 texts and more, none twice."""
    assert len(set(TEXTS)) == len(TEXTS) >= 128


def test_nothing_runs(output: Path, browser: Browser) -> None:
    """In no page does a text run as a script, or ask another host for anything, whatever is clicked."""
    watched = Watched(browser)
    # Fonts run nothing, and would be handed over anew for each page.
    files = (path for path in output.rglob("*.*") if path.suffix != ".woff2")
    watched.lay({path.relative_to(output).as_posix(): path.read_bytes() for path in files}, TYPES)
    names = [path.relative_to(output).as_posix() for path in sorted(output.rglob("*.html"))]
    opened = [name for name in names if "/articles/" in name or name.count("/") < 2]
    opened += [name for name in names if "/events/" in name or "/people/" in name][::24]
    done = {name: found for name in opened if (found := watched.open(name))}

    assert len(opened) > 20
    assert done == {}
    assert not any(b"54439" in path.read_bytes() for path in output.rglob("*.html"))
