"""A small site with a preview of it running, and a client that sends what no browser would."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from timeline_gen.preview.options import ServeOptions
from timeline_gen.preview.outcome import BuildOutcome
from timeline_gen.preview.serve import Listeners, Preview

PATIENCE = 60.0
"""Seconds after which a test gives up waiting."""

SETTINGS = 'title: {en: Harbour, ar: الميناء}\nurl: "https://records.org/"\nlanguages: [ar, en]\n'
ARTICLE = """\
---
title: {title}
date: 2021-05-04
events:
  - id: {slug}-opens
    date: October 2019
    title: The {slug} opens
---
{body}
"""


def write_site(root: Path, *slugs: str, settings: str = SETTINGS) -> Path:
    """Write a site with an article for each of *slugs* into the folder *root*, and return that."""
    (root / "content" / "articles").mkdir(parents=True)
    (root / "site.yaml").write_text(settings, "utf-8")
    for slug in slugs or ("bridge", "quay"):
        write_article(root, slug, "It stands.")
    return root


def article(root: Path, slug: str) -> Path:
    """Return the English file of the article *slug*."""
    return root / "content" / "articles" / f"{slug}.en.md"


def write_article(root: Path, slug: str, body: str, title: str = "A thing is built") -> None:
    """Write the article *slug* as an editor does that writes into the file."""
    article(root, slug).write_text(ARTICLE.format(slug=slug, body=body, title=title), "utf-8")


@dataclass
class Running:
    """A preview that runs in a thread."""

    root: Path
    preview: Preview
    outcomes: list[BuildOutcome]
    loop: asyncio.AbstractEventLoop
    addresses: list[str]
    """What was told of where it stands."""

    @property
    def port(self) -> int:
        """Return the port it listens at."""
        return self.preview.port

    def get(self, path: str, **headers: str) -> Reply:
        """Return the reply to a request for *path*."""
        return request(self.port, path, headers=headers)

    def text(self, path: str) -> str:
        """Return the page at *path*."""
        return self.get(path).body.decode()

    def wait(self, told: Callable[[], bool], what: str = "") -> float:
        """Wait until *told*, and return how many seconds that took."""
        return wait(told, what or f"the last outcomes were {self.outcomes[-2:]}")

    def shows(self, path: str, text: str) -> float:
        """Wait until the page at *path* holds *text*, and return how many seconds that took."""
        return self.wait(lambda: text in self.text(path), f"{path} never held {text!r}")


def wait(told: Callable[[], bool], what: str) -> float:
    """Wait until *told*; fail with *what* where that is never."""
    begun = time.perf_counter()
    while not told():
        assert time.perf_counter() - begun < PATIENCE, what
        time.sleep(0.01)
    return time.perf_counter() - begun


@contextmanager
def running(root: Path, serving: ServeOptions | None = None) -> Iterator[Running]:
    """Lend a preview of the site in *root*, after its first build."""
    outcomes: list[BuildOutcome] = []
    addresses: list[str] = []
    started: Future[tuple[Preview, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        told = Listeners(url=addresses.append, outcome=outcomes.append)
        ended = asyncio.Event()
        async with Preview(root, serving or ServeOptions(port=0), told) as preview:
            started.set_result((preview, asyncio.get_running_loop(), ended))
            await ended.wait()

    thread = Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    preview, loop, ended = started.result(PATIENCE)
    try:
        wait(lambda: bool(outcomes), "the first build never ended")
        yield Running(root, preview, outcomes, loop, addresses)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(PATIENCE)


@dataclass(frozen=True)
class Reply:
    """What a server replied."""

    status: int
    headers: dict[str, str]
    """Names in small letters."""
    body: bytes


def request(
    port: int, target: str, *, method: str = "GET", headers: dict[str, str] | None = None, host: str = ""
) -> Reply:
    """Send a request for *target* just as it is written, and return the reply."""
    given = {"Host": host or f"127.0.0.1:{port}", "Connection": "close", **(headers or {})}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items() if value)]
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode("latin-1"))
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    return read_reply(received)


def read_reply(received: bytes) -> Reply:
    """Return what was *received* as a reply; its status is 0 where nothing was."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in rest)
    status = int(first.split(" ")[1]) if first else 0
    return Reply(status, {name.lower(): value for name, _, value in pairs}, body)
