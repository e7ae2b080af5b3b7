"""What a content security policy would keep from a page: its scripts and styles (CSP, level 3).

Pure functions over the bytes of a page. Only what a theme loads or holds is looked at; pictures, fonts and
frames are not.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import new as hasher
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from timeline_gen.messages import say

_SCRIPT_TYPES: Final = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script.*|module|", re.IGNORECASE)
_HASH: Final = re.compile(r"'(sha256|sha384|sha512)-([A-Za-z0-9+/_=-]+)'")


@dataclass(frozen=True, slots=True)
class Need:
    """A script or style that a page needs."""

    directive: str
    """``script-src-elem``, ``script-src-attr``, ``style-src-elem``, ``style-src-attr``, or ``wasm``."""
    url: str = ""
    """Where it is loaded from, as written; empty where it is in the page itself."""
    text: str = ""
    """Its text, if it is in the page itself."""
    nonce: str = ""

    def __str__(self) -> str:
        """Return what it is, in a few words."""
        kind = "WebAssembly" if self.directive == "wasm" else self.directive.partition("-")[0]
        if self.url:
            return say("the {kind} {url}", kind=kind, url=self.url)
        shown = " ".join(self.text.split())
        return (
            say(
                "{kind} in the page ({shown}{value})",
                kind=kind,
                shown=shown[:40],
                value="…" if len(shown) > 40 else "",
            )
            if shown
            else f"{kind}"
        )


WASM: Final = Need("wasm")
"""What Pagefind, which searches whole texts, is made of."""


class _ScriptParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.needs: dict[Need, None] = {}
        self._open: tuple[str, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name.startswith("on") and value:
                self._add(Need("script-src-attr", text=value))
        if given.get("style"):
            self._add(Need("style-src-attr", text=given["style"]))
        nonce = given.get("nonce", "")
        if tag == "script" and _SCRIPT_TYPES.fullmatch(given.get("type", "").strip()):
            if given.get("src"):
                self._add(Need("script-src-elem", url=given["src"], nonce=nonce))
            else:
                self._open = ("script-src-elem", nonce)
        elif tag == "style":
            self._open = ("style-src-elem", nonce)
        elif tag == "link" and "stylesheet" in given.get("rel", "").lower().split():
            self._add(Need("style-src-elem", url=given.get("href", ""), nonce=nonce))

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag in {"script", "style"}:
            directive, nonce = self._open
            text = "".join(self._text)
            if text.strip():
                self._add(Need(directive, text=text, nonce=nonce))
            self._open, self._text = None, []

    def _add(self, need: Need) -> None:
        self.needs[need] = None


def needs_of(html: str) -> tuple[Need, ...]:
    """Return the scripts and styles that the page *html* needs, each once."""
    reader = _ScriptParser()
    reader.feed(html)
    reader.close()
    return tuple(reader.needs)


def blocked(policy: str, needs: Iterable[Need], page: str) -> tuple[Need, ...]:
    """Return those of *needs* that *policy* would keep from the page with the absolute address *page*."""
    # Policies of several headers come joined by commas, and each of them must permit a thing.
    policies = [_directives(part) for part in policy.split(",") if part.strip()]
    return tuple(
        need for need in needs if any(not _allows(directives, need, page) for directives in policies)
    )


def _directives(policy: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for directive in policy.split(";"):
        if directive.strip():
            name, *sources = directive.split()
            # Of two directives with one name the first counts (CSP, 2.2.1).
            found.setdefault(name.lower(), tuple(sources))
    return found


def _allows(policy: Mapping[str, tuple[str, ...]], need: Need, page: str) -> bool:
    is_style = need.directive.startswith("style")
    if not is_style and "allow-scripts" not in policy.get("sandbox", ("allow-scripts",)):
        return False
    sources = next((policy[name] for name in _fallbacks(need.directive) if name in policy), None)
    if sources is None or (need.nonce and f"'nonce-{need.nonce}'" in sources):
        return True
    words = {source.lower() for source in sources}
    if need.directive == "wasm":
        return not words.isdisjoint({"'wasm-unsafe-eval'", "'unsafe-eval'"})
    if not need.url:
        return _allows_inline(sources, words, need)
    # Then only what a script that is permitted by a nonce or hash loads may run.
    is_strict = "'strict-dynamic'" in words and not is_style
    return not is_strict and any(_matches(source, urljoin(page, need.url), page) for source in sources)


def _fallbacks(directive: str) -> Iterator[str]:
    """Yield the directives that rule over what needs *directive*, the nearest first."""
    if directive == "wasm":
        # WebAssembly has no directive of its own.
        yield from ("script-src", "default-src")
        return
    yield from (directive, directive.rpartition("-")[0], "default-src")


def _allows_inline(sources: Iterable[str], words: set[str], need: Need) -> bool:
    hashes = [match for source in sources if (match := _HASH.fullmatch(source))]
    may_hash = need.directive.endswith("-elem") or "'unsafe-hashes'" in words
    if may_hash and any(_digest(match[1], need.text) == match[2] for match in hashes):
        return True
    # Browsers that know nonces and hashes ignore 'unsafe-inline' next to them: it is for those that do not.
    strict = any(word.startswith("'nonce-") for word in words) or "'strict-dynamic'" in words or hashes
    return "'unsafe-inline'" in words and not strict


def _digest(name: str, text: str) -> str:
    return b64encode(hasher(name, text.encode()).digest()).decode()


def _matches(source: str, url: str, page: str) -> bool:
    """Return whether *source* of a policy permits *url* on *page* (CSP, 6.7.2.8)."""
    target, own = urlsplit(url), urlsplit(page)
    if source.lower() == "'self'":
        return (target.scheme, target.netloc) == (own.scheme, own.netloc)
    if source.startswith("'"):
        return False
    if source == "*":
        # An asterisk covers neither data: nor blob:.
        return target.scheme in {"http", "https"}
    if source.endswith(":"):
        return target.scheme == source[:-1].lower()
    given = urlsplit(source if "://" in source else f"{own.scheme}://{source}")
    # A source that is named by http permits https, too.
    if given.scheme != target.scheme and (given.scheme, target.scheme) != ("http", "https"):
        return False
    host, _, port = given.netloc.lower().partition(":")
    target_host, _, target_port = target.netloc.lower().partition(":")
    return (
        _same_host(host, target_host)
        and _same_port(port, target_port or _PORTS.get(target.scheme, ""), target.scheme)
        and _same_path(given.path, target.path)
    )


_PORTS: Final = {"http": "80", "https": "443"}


def _same_host(pattern: str, host: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _same_port(pattern: str, port: str, scheme: str) -> bool:
    # A source without a port permits only the usual one of what is asked for.
    return pattern in {"*", port} or (not pattern and port == _PORTS.get(scheme))


def _same_path(pattern: str, path: str) -> bool:
    if not pattern:
        return True
    return path.startswith(pattern) if pattern.endswith("/") else path == pattern
