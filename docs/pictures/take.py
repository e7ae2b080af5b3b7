"""Take the pictures of the documentation: every kind of page of the built sample site, in each language.

Each page is shown as at a desk by day; the timeline also on a phone, by night, and in the other theme. The
first screen is that of the richer example, too.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.pages.parts.addresses import file_name

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUTPUT = ROOT / "output"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KINDS = {
    "timeline": "",
    "event": "events/world-cup-2022/",
    "article": "articles/world-cup-security/",
    "articles": "articles/",
    "people": "people/",
    "person": "people/hakan-fidan/",
    "corrections": "corrections/",
    "page": "about/",
    "frame": "embed/timeline.html",
}
HOST = "https://site.invalid/"
COLOURS = 256
"""As many as a palette holds; a picture takes half of the room."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take."""

    name: str
    site: Path
    address: str
    width: int = 1280
    scheme: str = "light"

    @property
    def height(self) -> int:
        """Return how much of the page is shown."""
        return 900 if self.width > 600 else 700


def shots(languages: list[str], broadsheet: Path, canal: Path) -> Iterator[Shot]:
    """Yield every picture to take in *languages*: of the sample, of *broadsheet* and of *canal*."""
    yield Shot("choice", OUTPUT, "")
    yield Shot("lost", OUTPUT, "404.html")
    for lang in languages:
        for kind, address in KINDS.items():
            yield Shot(f"{kind}-{lang}", OUTPUT, f"{lang}/{address}")
        yield Shot(f"phone-{lang}", OUTPUT, f"{lang}/", width=320)
        yield Shot(f"night-{lang}", OUTPUT, f"{lang}/", scheme="dark")
        yield Shot(f"search-{lang}", OUTPUT, f"{lang}/#from=2021&to=2022")
        yield Shot(f"broadsheet-{lang}", broadsheet, f"{lang}/")
        yield Shot(f"broadsheet-event-{lang}", broadsheet, f"{lang}/{KINDS['event']}")
        yield Shot(f"canal-{lang}", canal, f"{lang}/")
        yield Shot(f"canal-phone-{lang}", canal, f"{lang}/", width=360, scheme="dark")
        yield Shot(f"canal-event-{lang}", canal, f"{lang}/events/opening/")


def file_of(url: str, site: Path) -> Path:
    """Return the file of *site* that a server would answer *url* with."""
    path = unquote(urlsplit(url).path).lstrip("/")
    return site / file_name(path)


def take(shot: Shot, browser: Browser) -> None:
    """Photograph *shot* into this folder."""
    options: dict[str, Any] = {"color_scheme": shot.scheme, "reduced_motion": "reduce"}
    page = browser.new_page(viewport={"width": shot.width, "height": shot.height}, **options)
    page.route("**/*", lambda route: route.fulfill(path=file_of(route.request.url, shot.site)))
    page.goto(f"{HOST}{shot.address}")
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        HERE / f"{shot.name}.png", optimize=True
    )
    page.close()


def in_broadsheet(root: Path) -> Path:
    """Build the sample in *root* in the theme broadsheet; return its output."""
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "site.yaml").read_text("utf-8")
    (root / "site.yaml").write_text(settings.replace("theme: almanac", "theme: broadsheet"), "utf-8")
    build(root, Options(jobs=1))
    return root / "output"


def of_canal(root: Path) -> Path:
    """Build the richer example in *root*; return its output."""
    ignored = shutil.ignore_patterns("output", ".timeline-gen")
    build(shutil.copytree(ROOT / "examples" / "canal", root / "canal", ignore=ignored), Options(jobs=1))
    return root / "canal" / "output"


def take_all(languages: list[str]) -> None:
    """Take all pictures in *languages*."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        folder = Path(scratch)
        for shot in shots(languages, in_broadsheet(folder), of_canal(folder)):
            take(shot, browser)
        browser.close()


if __name__ == "__main__":
    built = sorted(path.parent.name for path in OUTPUT.glob("*/feed.xml"))
    if not built:
        sys.exit("output/ holds no site; run `make site` first")
    take_all(built)
