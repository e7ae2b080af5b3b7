"""Measure how soon the first screen of the example of a rich site is painted on a slow telephone.

The example is built, served compressed, and opened in a headless Chromium of the width of a telephone, with a
line of 400 kbit/s and 400 ms of latency ("slow 3G") and a quarter of the processor's speed. Printed are the
time to the first paint and to the first event that is seen, in ms, and what the first view weighs, in KB.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

ROOT: Final = Path(__file__).parents[1]
ROUNDS: Final = 5
LINE: Final = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400 * 1000 / 8,
    "uploadThroughput": 400 * 1000 / 8,
}
SLOWER: Final = 4
MOST: Final = 3500
"""The milliseconds in which the first screen is to be painted."""
PAINTED: Final = """() => new Promise(done => {
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    if (first) return done(first.startTime);
    new PerformanceObserver((list, observer) => {
        const found = list.getEntriesByName('first-contentful-paint')[0];
        if (found) { observer.disconnect(); done(found.startTime); }
    }).observe({ type: 'paint', buffered: true });
})"""
WEIGHT: Final = """() => performance.getEntries()
    .filter(one => one.encodedBodySize && !/[.](svg|png|jpe?g|webp)$/.test(one.name))
    .reduce((sum, one) => sum + one.encodedBodySize, 0) / 1000"""


class _Compressed(SimpleHTTPRequestHandler):
    """Serves files as hosts do: compressed."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def measured(browser: Browser, url: str) -> tuple[float, float]:
    """Return the milliseconds to the first paint of *url*, and the KB of its first view."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="load", timeout=60_000)
    painted, weight = page.evaluate(PAINTED), page.evaluate(WEIGHT)
    context.close()
    return painted, weight


def main() -> int:
    """Build, serve and measure; return 1 where the first screen comes too late."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    late = False
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        ignored = shutil.ignore_patterns("output", ".timeline-gen")
        root = shutil.copytree(ROOT / "examples" / "canal", Path(scratch, "canal"), ignore=ignored)
        build(root, Options(jobs=1))
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressed, directory=str(root / "output")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for lang in ("ar", "en"):
            url = f"http://127.0.0.1:{server.server_port}/{lang}/"
            rounds = [measured(browser, url) for _ in range(ROUNDS)]
            paint, weight = median(one[0] for one in rounds), median(one[1] for one in rounds)
            print(f"{lang}  first paint {paint:,.0f} ms  first view {weight:,.1f} KB")
            late = late or paint > MOST
        browser.close()
        server.shutdown()
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
