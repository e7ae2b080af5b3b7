"""Where lines begin: never with what belongs to the line before."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_probes import STARTS
from playwright.sync_api import Browser
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

SETTINGS = "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\n"
FILES = {
    "content/articles/first.ar.md": article(
        "المقال الأول (تمهيد)",
        "{id: bridge, date: 2021-11-20, title: افتتاح الجسر، بعد تأخير (طويل)}",
        '{id: soldiers, date: "/2022-11-19", date_text: قبل البطولة, title: الاتفاق على إرسال جنود}',
        '{id: cup, date: "2022-11-20/2022-12-18", title: البطولة}',
    ),
    "content/articles/second.ar.md": article(
        "المقال الثاني",
        "{id: bridge, date: 2021-11-21, corrects: first, title: افتتاح الجسر، بعد تأخير (طويل)}",
        date="2021-12-08",
        more="source: {name: صحيفة, title: 'خبر الجسر، من المراسل', page: 4, accessed: 2021-12-08}\n",
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site with dates inside sentences and brackets."""
    root = write_site(tmp_path_factory.mktemp("lines"), FILES, settings=SETTINGS)
    build(root, Options(jobs=1))
    return root / "output"


@pytest.mark.parametrize(
    "address", ["ar/", "ar/events/bridge/", "ar/articles/first/", "en/corrections/", "en/events/soldiers/"]
)
def test_line_starts(browser: Browser, built: Path, address: str) -> None:
    """No line begins with a closing bracket, a comma or a full stop, however wide the page is."""
    page = browser.new_page()
    page.goto((built / address / "index.html").as_uri())
    for width in range(250, 470, 5):
        page.set_viewport_size({"width": width, "height": 800})

        assert page.evaluate(STARTS) == [], width
    page.close()
