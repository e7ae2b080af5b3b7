"""One page in a browser of its own: what a reader waits for, by the page's clock and the browser's trace."""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page, Response, sync_playwright
from reader_pages import TOOLS, Tool

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
LATE: Final = 25.0
"""Milliseconds between two frames above which a reader sees that it is not smooth."""
PACE: Final = 50
"""Milliseconds between two steps."""
PATIENCE: Final = 20.0
"""Seconds after which no further step is made."""
_WORK_WORDS: Final = (
    "EventDispatch FunctionCall FireAnimationFrame TimerFire EvaluateScript RunMicrotasks MinorGC MajorGC "
    "UpdateLayoutTree Layout PrePaint Paint Layerize Commit UpdateLayer CompositeLayers HitTest"
)
WORK: Final = frozenset(_WORK_WORDS.split())
"""What the trace calls script, layout and paint."""

_WATCH: Final = """
(() => {
    const look = () => {
        if (!document.querySelector(%s)) return requestAnimationFrame(look);
        requestAnimationFrame(() => setTimeout(() => { window.paintedAt = performance.now(); }));
    };
    requestAnimationFrame(look);
})();
"""
_FRAMES: Final = """
() => {
    const next = at => {
        performance.mark("frame", { startTime: at });
        window.frames_wanted && requestAnimationFrame(next);
    };
    window.frames_wanted = true;
    requestAnimationFrame(next);
}
"""


def measure(browser: Browser, url: str, tool: Tool, words: list[str]) -> Iterator[dict[str, float | None]]:
    """Open the page of *tool* at *url*, ask it for *words* and move it; yield each finding as it comes."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    files: list[Response] = []
    page.on("response", lambda response: files.append(response))  # noqa: PLW0108 - it takes no method of a list
    page.add_init_script(_WATCH % json.dumps(tool.painted))
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.paintedAt", timeout=0)
    yield {"first_paint": page.evaluate("window.paintedAt")}
    page.wait_for_timeout(500)
    yield {"weight": _weight(files)}
    page.evaluate(tool.ready)
    yield {"whole": _weight(files)}
    yield _moved(browser, page, tool)
    page.reload(wait_until="load")
    page.wait_for_function("window.paintedAt", timeout=0)
    page.evaluate(tool.ready)
    ask = f"""async word => {{
        const from = performance.now();
        await ({tool.find})(word);
        return performance.now() - from;
    }}"""
    yield {"find": median(page.evaluate(ask, word) for word in words)}


def _weight(files: Iterable[Response]) -> int:
    """Return the bytes of *files*, each once, as a host that compresses sends them."""
    return sum(
        len(gzip.compress(one.body(), 6)) for one in {one.url: one for one in files if one.ok}.values()
    )


def _moved(browser: Browser, page: Page, tool: Tool) -> dict[str, float | None]:
    """Zoom in, drag, zoom out; return what a step took and how many frames came late."""
    stage = page.locator(tool.stage).first
    stage.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    browser.start_tracing(page=page, categories=["-*", "devtools.timeline", "v8", "blink.user_timing"])
    page.evaluate(_FRAMES)
    begun = time.perf_counter()
    for _ in _steps(page, stage, tool):
        page.wait_for_timeout(PACE)
        if time.perf_counter() - begun > PATIENCE:
            break
    page.mouse.up()
    page.wait_for_timeout(400)
    page.evaluate("() => { window.frames_wanted = false; performance.mark('step'); }")
    page.wait_for_timeout(50)
    return _read(json.loads(browser.stop_tracing())["traceEvents"])


def _steps(page: Page, stage: Locator, tool: Tool) -> Iterator[None]:
    """Make one step after another, each with a mark in the trace."""
    box = stage.bounding_box() or sys.exit(f"{tool.name} shows nothing to move")
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 60)

    def zoom(way: int) -> None:
        page.evaluate("() => performance.mark('step')")
        if tool.zoom[way]:
            page.locator(tool.zoom[way]).first.click(timeout=0, no_wait_after=True, force=True)
        else:
            page.mouse.wheel(0, (-120, 120)[way])

    page.mouse.move(x, y)
    for _ in range(10):
        zoom(0)
        yield
    page.mouse.move(x, y)
    page.mouse.down()
    for turn in range(1, 21):
        page.evaluate("() => performance.mark('step')")
        page.mouse.move(x - turn * 15, y)
        yield
    page.mouse.up()
    page.mouse.move(x, y)
    for _ in range(10):
        zoom(1)
        yield


def _read(trace: list[dict[str, Any]]) -> dict[str, float | None]:
    """Return what the *trace* tells of the steps between its first mark and its last."""
    marks: dict[str, list[float]] = defaultdict(list)
    work: list[tuple[float, float]] = []
    main = next((one["pid"], one["tid"]) for one in trace if one["name"] == "step")
    for one in trace:
        if (one["pid"], one["tid"]) != main:
            continue
        if one["name"] in {"step", "frame"}:
            # A mark stands where it says that it does, in the trace as well.
            marks[one["name"]].append(one["ts"] / 1000)
        elif one["name"] in WORK and one.get("dur"):
            work.append((one["ts"] / 1000, (one["ts"] + one["dur"]) / 1000))
    steps, spent = sorted(marks["step"]), list(_united(work))
    frames = [at for at in sorted(set(marks["frame"])) if steps[0] <= at <= steps[-1]]
    gaps = [after - before for before, after in pairwise(frames)]
    takes = [
        sum(max(min(to, until) - max(at, since), 0) for at, to in spent) for since, until in pairwise(steps)
    ]
    return {
        "step": median(takes),
        "late": 100 * sum(gap > LATE for gap in gaps) / len(gaps) if gaps else None,
    }


def _united(stretches: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield *stretches* of time without what lies inside another one."""
    end = 0.0
    for since, until in sorted(stretches):
        if until > end:
            yield max(since, end), until
            end = until


def main() -> None:
    """Measure the page that the command line names; print what is found, a line of JSON at a time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("url")
    parser.add_argument("words", nargs="+")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for found in measure(browser, options.url, TOOLS[options.tool], options.words):
            print(json.dumps(found), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
