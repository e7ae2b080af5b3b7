"""What readers find: precision and recall of our search, Pagefind, Lunr and MiniSearch on the same texts.

The probes are those of the tests: a text, a query, and whether the one is to be found by the other. The
others get each text with its date as the site words it. npm installs them into a temporary folder; Lunr has
the plug-ins of lunr-languages, MiniSearch finds beginnings of words, and all of them want every word.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from playwright.sync_api import Browser, sync_playwright

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

HERE = Path(__file__).parent
PROBES: Final = HERE.parent / "tests" / "data" / "search_probes.tsv"
PACKAGES: Final = ("pagefind", "lunr", "lunr-languages", "minisearch")
_SETTINGS: Final = 'title: Probes\nurl: "https://records.org/"\nlanguages: [{languages}]\n'

Found: TypeAlias = Mapping[str, Sequence[Sequence[int]]]
"""By language, the numbers of the texts that each query finds."""


class Probe(NamedTuple):
    """A query, and whether it is to find a text."""

    text: int
    query: str
    is_to_be_found: bool


class Language(NamedTuple):
    """The texts in a language, and the probes of them."""

    texts: list[str]
    dates: list[str]
    probes: list[Probe]


def languages() -> dict[str, Language]:
    """Return the texts and probes by language."""
    found: dict[str, Language] = defaultdict(lambda: Language([], [], []))
    with PROBES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            one = found[row["lang"]]
            if row["text"] not in one.texts:
                one.texts.append(row["text"])
                one.dates.append(row["date"])
            one.probes.append(Probe(one.texts.index(row["text"]), row["query"], row["found"] == "yes"))
    return dict(found)


# ---------------------------------------------------------------- the searches


def write_site(root: Path, known: Mapping[str, Language]) -> Path:
    """Build the site of all texts, each the title of an event; return its output."""
    articles = root / "content" / "articles"
    articles.mkdir(parents=True)
    (root / "site.yaml").write_text(_SETTINGS.format(languages=", ".join(known)), "utf-8")
    for lang, one in known.items():
        events = [
            {"id": f"{lang}-{number}", "date": date, "title": text}
            for number, (text, date) in enumerate(zip(one.texts, one.dates, strict=True))
        ]
        told = json.dumps(events, ensure_ascii=False)
        front = f"---\ntitle: Probes\ndate: 2020-01-01\nevents: {told}\n---\nText.\n"
        (articles / f"probes-{lang}.{lang}.md").write_text(front, "utf-8")
    build(root, Options())
    return root / "output"


_OWN: Final = """([queries, lang]) => Promise.all(queries.map(query => new Promise(done => {
    const view = window.timelineView;
    view.whole(() => {
        const found = view.search(query).events, rows = [];
        (found || []).forEach((is, number) => is && rows.push((view.row(number) || [""])[0]));
        return rows.filter(id => id.startsWith(`${lang}-`)).map(id => +id.slice(lang.length + 1));
    }, done);
})))"""
_DATES: Final = """() => new Promise(done => window.timelineView.whole(() => {
    const view = window.timelineView, dates = {};
    for (let number = 0; number < view.data().totals[0]; number++) {
        const row = view.row(number) || [];
        dates[row[0]] = row[3];
    }
    return dates;
}, done))"""


def own(browser: Browser, output: Path, known: Mapping[str, Language]) -> tuple[Found, dict[str, list[str]]]:
    """Return what the site's own search finds, and the texts with their dates as they are shown."""
    found: dict[str, list[list[int]]] = {}
    dated: dict[str, list[str]] = {}
    for lang, one in known.items():
        page = browser.new_page()
        page.goto((output / lang / "index.html").as_uri())
        found[lang] = page.evaluate(_OWN, [[probe.query for probe in one.probes], lang])
        dates = page.evaluate(_DATES)
        dated[lang] = [f"{text} {dates[f'{lang}-{number}']}" for number, text in enumerate(one.texts)]
        page.close()
    return found, dated


def others(folder: Path, known: Mapping[str, Language], texts: Mapping[str, list[str]]) -> dict[str, Found]:
    """Return what Lunr and MiniSearch find, and make the index of Pagefind in *folder*."""
    npm = shutil.which("npm") or sys.exit("npm is missing")
    node = shutil.which("node") or sys.exit("node is missing")
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    command = [npm, "install", "--no-audit", "--no-fund", "--silent", *PACKAGES]
    subprocess.run(command, cwd=folder, check=True)
    asked = {
        lang: {"texts": texts[lang], "queries": [probe.query for probe in one.probes]}
        for lang, one in known.items()
    }
    done = subprocess.run(
        [node, str(HERE / "find_rivals.mjs")],
        cwd=folder,
        input=json.dumps({"folder": str(folder), "languages": asked}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answers: dict[str, Found] = json.loads(done.stdout)
    return answers


_PAGEFIND: Final = """async queries => {
    const engine = await import("/pagefind/pagefind.js");
    await engine.init();
    const found = [];
    for (const query of queries) {
        const results = (await engine.search(query)).results;
        const rows = await Promise.all(results.map(result => result.data()));
        found.push(rows.map(row => +row.url.split("/").filter(Boolean).pop()));
    }
    return found;
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def by_pagefind(browser: Browser, folder: Path, known: Mapping[str, Language]) -> Found:
    """Return what Pagefind finds with its index in *folder*."""
    found: dict[str, list[list[int]]] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for lang, one in known.items():
        (folder / f"{lang}.html").write_text(f'<!doctype html><html lang="{lang}"><title>x</title>', "utf-8")
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/{lang}.html")
        found[lang] = page.evaluate(_PAGEFIND, [probe.query for probe in one.probes])
        page.close()
    server.shutdown()
    return found


# ---------------------------------------------------------------- the table


def scores(probes: Sequence[Probe], answers: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Return precision and recall of *answers* to *probes*."""
    found = [probe.text in answer for probe, answer in zip(probes, answers, strict=True)]
    right = sum(is_found and probe.is_to_be_found for probe, is_found in zip(probes, found, strict=True))
    wanted = sum(probe.is_to_be_found for probe in probes)
    return right / max(sum(found), 1), right / wanted


def table(known: Mapping[str, Language], answers: Mapping[str, Found]) -> Iterator[str]:
    """Yield the lines of a table of *answers*, by tool."""
    yield f"{'':14}" + "".join(f"{lang:>6} precision recall" for lang in known)
    for tool, found in answers.items():
        cells = (scores(one.probes, found[lang]) for lang, one in known.items())
        yield f"{tool:14}" + "".join(f"{100 * right:>14.1f} %{100 * all_:>5.1f} %" for right, all_ in cells)


def main() -> None:
    """Ask all of them, and print the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    known = languages()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="find-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        output = write_site(Path(name, "site"), known)
        rivals = Path(name, "rivals")
        rivals.mkdir()
        answers: dict[str, Found] = {}
        answers["timeline-gen"], dated = own(browser, output, known)
        answers |= others(rivals, known, dated)
        answers["Pagefind"] = by_pagefind(browser, rivals, known)
        browser.close()
    counts = (f"{lang}: {len(one.probes)} probes of {len(one.texts)} texts" for lang, one in known.items())
    print("; ".join(counts))
    print(*table(known, answers), sep="\n")


if __name__ == "__main__":
    main()
