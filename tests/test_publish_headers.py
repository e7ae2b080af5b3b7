"""Headers, redirects and the other files that are there for hosts."""

from __future__ import annotations

import re
from fnmatch import translate

import pytest

from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.headers import ASK_AGAIN, FOR_EVER, caching, file_headers, parsed
from timeline_gen.publishing.hosts.host_files import MOST_REDIRECTS, host_files
from timeline_gen.text.content_types import type_of as content_type

POLICY = "default-src 'self'"
PATHS = (
    "index.html",
    "404.html",
    "sitemap.xml",
    "assets/almanac.91979e51f9.css",
    "media/quay.958e2476b199.png",
    "ar/index.html",
    "ar/1967/index.html",
    "ar/events/x/index.html",
    "ar/places/\u062f/index.html",
    "ar/embed/timeline.html",
    "en/articles/y/index.html",
)


def rules(text: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the rules of a ``_headers`` file: patterns with their headers."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in text.decode().splitlines():
        if line.startswith(" "):
            found[-1][1].update(parsed(line.strip()))
        else:
            found.append((line, {}))
    return found


def matches(pattern: str, address: str) -> bool:
    """Return whether *pattern*, with ``:names`` and ``*``, matches *address*."""
    whole = re.sub(r":[a-z]+", "\0", pattern)
    return bool(re.fullmatch(translate(whole).replace("\0", "[^/]+"), address))


def sent(text: bytes, address: str) -> dict[str, list[str]]:
    """Return the headers that a host sends with *address*, each with all values that its rules name."""
    found: dict[str, list[str]] = {}
    for pattern, headers in rules(text):
        if matches(pattern, address):
            for name, value in headers.items():
                found.setdefault(name, []).append(value)
    return found


def made(target: PublishTarget, **more: object) -> dict[str, bytes]:
    """Return the files for the host of *target*."""
    options = {"policy": POLICY, "url": "https://example.org/", "redirects": {}} | more
    return host_files(target, PATHS, **options)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("path", PATHS)
def test_each_address_gets_each_header_once(path: str) -> None:
    """No header is named twice for one address: hosts differ in what they make of that."""
    text = made(PublishTarget("t", "git", host="netlify", policy="headers"))["_headers"]
    address = "/" + path.removesuffix("index.html")

    found = sent(text, address)

    assert [name for name, values in found.items() if len(values) > 1] == []
    assert found["X-Content-Type-Options"] == ["nosniff"]
    if path.endswith(".html"):
        frames = "/embed/" not in path
        assert found["Content-Security-Policy"] == [POLICY + "; frame-ancestors 'self'" * frames]


def test_hashed_files_may_be_kept() -> None:
    """What has a hash in its name never changes; everything else is asked for again."""
    text = made(PublishTarget("t", "git", host="cloudflare", policy="headers"))["_headers"]

    assert sent(text, "/assets/almanac.91979e51f9.css")["Cache-Control"] == [FOR_EVER]
    assert "Cache-Control" not in sent(text, "/en/")
    assert caching("en/index.html") == ASK_AGAIN


def test_staging_is_left_alone() -> None:
    """A target for trying things out asks search engines to stay away, feeds and data included."""
    text = made(PublishTarget("t", "git", host="netlify", policy="headers", preview=True))["_headers"]

    assert sent(text, "/en/feed.xml")["X-Robots-Tag"] == ["noindex"]


def test_own_headers() -> None:
    """Settings replace a header, or leave it out."""
    own = {
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "",
        "X-Own": "1",
    }
    text = made(PublishTarget("t", "git", host="netlify", policy="headers", headers=own))["_headers"]

    found = sent(text, "/en/")
    assert found["Referrer-Policy"] == ["no-referrer"]
    assert "Permissions-Policy" not in found
    assert found["X-Own"] == ["1"]


def test_redirects() -> None:
    """Former addresses are written as hosts read them, percent-encoded and under the site's path."""
    moves = {"ar/events/\u0642/": "ar/events/\u0646/"}

    files = made(
        PublishTarget("t", "git", host="cloudflare"), url="https://example.org/sub/", redirects=moves
    )

    assert files["_redirects"] == b"/sub/ar/events/%D9%82/ /sub/ar/events/%D9%86/ 301\n"


@pytest.mark.parametrize(
    ("host", "rules"),
    [
        (
            "netlify",
            ["/old/ /old/index.html 410!", "/x.html https://other.example/ 301!", "/y/ /en/#z 301!"],
        ),
        ("cloudflare", ["/x.html https://other.example/ 301", "/y/ /en/#z 301"]),
    ],
)
def test_what_is_gone_or_elsewhere(host: str, rules: list[str]) -> None:
    """What is gone has the status 410 where the host knows it; other sites and anchors are led to as well."""
    moves = {"old/": "", "x.html": "https://other.example/", "y/": "en/#z"}

    files = made(PublishTarget("t", "git", host=host), url="https://example.org/", redirects=moves)

    assert files["_redirects"].decode().splitlines() == rules


def test_too_many() -> None:
    """What a host does not take is told of, and the pages at former addresses lead on by themselves."""
    moves = {f"en/events/{number}/": "en/events/x/" for number in range(MOST_REDIRECTS + 1)}

    files, problems = host_files(
        PublishTarget("t", "git", host="cloudflare", headers={"X": "y" * 2001}),
        PATHS,
        policy=POLICY,
        url="https://example.org/",
        redirects=moves,
    )

    assert [problem.code for problem in problems] == ["TG851", "TG851"]
    assert len(files["_redirects"].splitlines()) == MOST_REDIRECTS


@pytest.mark.parametrize(
    ("target", "names"),
    [
        (PublishTarget("t", "git"), {".nojekyll"}),
        (PublishTarget("t", "git", host="github", domain="example.org"), {".nojekyll", "CNAME"}),
        (PublishTarget("t", "git", host="codeberg", domain="example.org"), {".nojekyll", ".domains"}),
        (PublishTarget("t", "git", host="gitlab"), {".nojekyll", ".gitlab-ci.yml"}),
        (PublishTarget("t", "folder", host="netlify"), {"_headers"}),
        (PublishTarget("t", "folder"), set()),
        (PublishTarget("t", "s3"), set()),
    ],
)
def test_what_each_host_needs(target: PublishTarget, names: set[str]) -> None:
    """Each host gets its own files and no others."""
    assert made(target).keys() == names


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("en/index.html", "text/html; charset=utf-8"),
        ("en/feed.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("en/calendar.ics", "text/calendar; charset=utf-8"),
        ("x.webp", "image/webp"),
        ("x.strange", "application/octet-stream"),
    ],
)
def test_types(path: str, kind: str) -> None:
    """Every file has its type, texts with their encoding."""
    assert content_type(path) == kind


def test_headers_of_an_object() -> None:
    """An object keeps its type and how long it may be kept, and what the settings say of these."""
    target = PublishTarget("t", "s3", headers={"Cache-Control": "no-store", "X-Layout-Options": "DENY"})

    assert file_headers("a.html", target) == "Cache-Control: no-store\nContent-Type: text/html; charset=utf-8"
