"""Take the pictures of the documentation: the built sample site in each of its languages."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
OUTPUT = HERE.parents[1] / "output"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VIEW = {"width": 1280, "height": 900}


def take(languages: list[str]) -> None:
    """Photograph the timeline of each of *languages* as it is built in ``output/``."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport=VIEW, color_scheme="light", reduced_motion="reduce")  # type: ignore[arg-type]
        for lang in languages:
            page.goto((OUTPUT / lang / "index.html").as_uri())
            page.screenshot(path=HERE / f"timeline-{lang}.png")
        browser.close()


if __name__ == "__main__":
    built = sorted(path.parent.name for path in OUTPUT.glob("*/feed.xml"))
    if not built:
        sys.exit("output/ holds no site; run `make site` first")
    take(built)
