"""What a search of very many events takes: a table of them, its files, and a reader's keys in Chromium.

Prints for each language the files of the search and the largest of them compressed, what is loaded for the
first key and for later ones, how long a key is answered on a machine slowed down four times, and the memory.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from corpus import vocabulary
from playwright.sync_api import CDPSession, Page, sync_playwright

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import plan_site
from timeline_gen.building.render.outputs import RenderInputs, bodies_of, render_pages
from timeline_gen.building.stages import workers
from timeline_gen.building.workspace import open_workspace
from timeline_gen.pages.search_index import SearchIndex
from timeline_gen.pages.timeline import TimelinePage

FIRST, LAST = 1900, 2025
RARE: Final = 30_000
"""Words besides the common ones, each rarer than the one before."""
SLOWER: Final = 4
KEYS: Final = {"en": "opening canal", "ar": "القناة قطر"}
_SETTINGS: Final = 'title: Many\nurl: "https://records.org/"\nlanguages: [en, ar]\n'
_MAP: Final = "pages: false\nlanguage: en\n"


class Answer(NamedTuple):
    """What a key took."""

    bytes: int
    """Loaded for it, compressed."""
    milliseconds: float


# ---------------------------------------------------------------- the table


def words_of(lang: str) -> tuple[str, ...]:
    """Return words of *lang*, the commonest first: those of the press, and made-up ones."""
    dice = Random(f"words {lang}")
    letters = ("aeiou", "bcdfghklmnprst") if lang == "en" else ("ايو", "بتجدرسعفقكلمنهح")
    found = list(vocabulary(lang))
    while len(found) < RARE:
        size = dice.randint(2, 4)
        found.append("".join(dice.choice(letters[1]) + dice.choice(letters[0]) for _ in range(size)))
    return tuple(found)


def phrase(dice: Random, words: tuple[str, ...], length: int, lang: str) -> str:
    """Return *length* of *words*; Arabic ones with what is joined to them."""
    found = [words[int(len(words) * dice.random() ** 4)] for _ in range(length)]
    if lang == "ar":
        found = [dice.choice(("", "", "و", "ب", "ل", "ال", "وال")) + word for word in found]
    return " ".join(found)


def rows(count: int) -> Iterator[dict[str, str]]:
    """Yield *count* events as rows of a table."""
    dice, words = Random(1), {lang: words_of(lang) for lang in ("en", "ar")}
    for number in range(count):
        date = f"{dice.randint(FIRST, LAST)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        yield {
            "id": f"event-{number}",
            "date": date[: dice.choice((4, 7, 10, 10))],
            "title": phrase(dice, words["en"], 7, "en"),
            "title:ar": phrase(dice, words["ar"], 6, "ar"),
            "summary": phrase(dice, words["en"], 14, "en"),
            "status": dice.choice(("", "confirmed", "reported")),
            "people": f"Person {int(2000 * dice.random() ** 3)}",
            "places": f"Place {int(300 * dice.random() ** 2)}",
            "tags": f"tag {dice.randint(0, 20)}",
        }


def write_site(root: Path, count: int) -> None:
    """Write a site of *count* events from a table into *root*."""
    events = root / "content" / "events"
    events.mkdir(parents=True)
    (root / "site.yaml").write_text(_SETTINGS, "utf-8")
    (events / "many.map.yaml").write_text(_MAP, "utf-8")
    with (events / "many.csv").open("w", encoding="utf-8", newline="") as file:
        some = rows(count)
        first = next(some)
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(some)


def build(root: Path) -> float:
    """Write the timelines of the site in *root*, without their years, and their search.

    Return the seconds that the search takes.
    """
    with open_workspace(root, Options()) as site, workers(site):
        one = plan_site(site)
        pages = [page for page in one.pages if isinstance(page, TimelinePage) and not page.year]
        found = [page for page in one.pages if isinstance(page, SearchIndex)]
        inputs = RenderInputs(one.context, bodies_of(root, one, site.store))
        files = {file.path: file.data or b"" for file in one.assets}
        files |= {path: made.data for path, made in render_pages(pages, inputs, executor=None)}
        begun = time.perf_counter()
        for path, made in render_pages(found, inputs, executor=None):
            files |= {path: made.data} | {part.path: part.data or b"" for part in made.parts}
        taken = time.perf_counter() - begun
    for name, data in files.items():
        target = root / "output" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return taken


# ---------------------------------------------------------------- a reader


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def keys(page: Page, text: str, loaded: list[str], output: Path) -> Iterator[Answer]:
    """Type *text*, a key at a time; yield what each took."""
    for end in range(1, len(text) + 1):
        loaded.clear()
        took = page.evaluate(_TYPE, text[:end])
        yield Answer(sum(weight(output / name) for name in loaded if name.endswith(".js")), took)


_TYPE: Final = """text => new Promise(done => {
    const form = document.querySelector(".finder"), shown = form.querySelector(".shown");
    const field = form.querySelector("#find-q");
    const before = performance.now();
    field.value = text;
    const waiting = new MutationObserver(look);
    function look() {
        if (form.hasAttribute("aria-busy") || !/\\d/.test(shown.textContent)) return;
        waiting.disconnect();
        done(performance.now() - before);
    }
    waiting.observe(form, { subtree: true, childList: true, attributes: true, characterData: true });
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
})"""


def weight(file: Path) -> int:
    """Return the bytes of *file* as a host sends them."""
    return len(gzip.compress(file.read_bytes(), 9))


def measure(output: Path, lang: str, address: str, hand: CDPSession, page: Page) -> Iterator[str]:
    """Yield a line for each finding on the timeline in *lang*."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(address).partition("?")[0]))
    page.goto(f"{address}{lang}/index.html")
    page.evaluate("document.querySelector('.filters').open = true")
    answers = list(keys(page, KEYS[lang], loaded, output))
    first, sizes = answers[0], [one.bytes / 1000 for one in answers[1:]]
    yield f"first key: {first.bytes / 1000:.1f} KB, {first.milliseconds:.0f} ms"
    yield f"later keys: {max(sizes):.1f} KB at most, {sum(sizes):.1f} KB together"
    hand.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    slow = sorted(one.milliseconds for one in keys(page, KEYS[lang], loaded, output))
    hand.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    middle = slow[len(slow) // 2]
    yield f"a key, {SLOWER} times slower: {middle:.0f} ms in the middle, {slow[-1]:.0f} ms at most"
    hand.send("HeapProfiler.collectGarbage")
    yield f"memory: {page.evaluate('performance.memory.usedJSHeapSize') / 1e6:.1f} MB of the page"


def report(output: Path) -> Iterator[str]:
    """Yield what there is to load."""
    for lang in KEYS:
        files = [output / lang / "find.js", *(output / lang / "find").iterdir()]
        sizes = sorted((weight(file) for file in files), reverse=True)
        most, head = sizes[0] / 1000, weight(files[0]) / 1000
        total = sum(sizes) / 1e6
        yield f"{lang}: {len(files)} files, {total:.1f} MB; at most {most:.1f} KB, head {head:.1f} KB"


def main() -> None:
    """Measure as many events as the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="a folder for the site, which stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="find-") as folder:
        root = options.keep or Path(folder, "site")
        if not (root / "site.yaml").exists():
            write_site(root, options.events)
        print(f"{options.events} events from a table; their search took {build(root):.1f} s in two languages")
        output = root / "output"
        print(*report(output), sep="\n")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(output)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium,
                args=["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"],
            )
            for lang in KEYS:
                page = browser.new_page()
                hand = page.context.new_cdp_session(page)
                address = f"http://127.0.0.1:{server.server_address[1]}/"
                for line in measure(output, lang, address, hand, page):
                    print(f"{lang}: {line}")
                page.close()
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
