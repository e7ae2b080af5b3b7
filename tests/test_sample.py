"""The sample site and the examples of the documentation build clean and say what they should."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from timeline_gen.errors import Level
from timeline_gen.pipeline import build
from timeline_gen.running.options import Options, Report

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ar", "en")
DATES = {
    "emir-approaches-ankara": "2017",
    "third-committee": "2019-10",
    "egypt-offers-help": "2021-10",
    "officers-work-in-doha": "../2021-12",
    "erdogan-arrives-in-qatar": "2021-12-06",
    "soldiers-agreed": "/2022-11-19",
    "cyber-defence-training": "/2022-11-19",
    "opening-match-moved": "2022-08-11",
    "world-cup-2022": "2022-11-20/2022-12-18",
}
"""Every event of the sample, as exactly as it is known."""

PAGES = {"README.md": "en", "README.ar.md": "ar", "docs/guide.md": "en, ar", "docs/guide.ar.md": "ar, en"}
"""Which pages give articles as examples, and in which languages, one after the other."""

SITE = 'title: Harbour record\nurl: "https://example.org/"\nlanguages: [{languages}]\n'


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """Build a copy of the sample site; give its folder and the report."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.yaml", folder)
    return folder / "output", build(folder, Options(jobs=1))


def test_sample_is_clean(sample: tuple[Path, Report]) -> None:
    """The sample has no problem but the one contradiction that it shows, which a correction settles."""
    _, report = sample

    assert [(problem.code, problem.level) for problem in report.problems] == [("TG504", Level.INFO)]
    assert (report.articles, report.events) == (4, len(DATES))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("event", DATES)
def test_dates_keep_their_precision(sample: tuple[Path, Report], lang: str, event: str) -> None:
    """Each event's page shows its date as finely as it is known, in each language; so does the timeline."""
    output, _ = sample
    page = (output / lang / "events" / event / "index.html").read_text("utf-8")
    timeline = (output / lang / "index.html").read_text("utf-8")

    assert f'data-edtf="{DATES[event]}"' in page
    assert f'data-edtf="{DATES[event]}"' in timeline
    assert f"events/{event}/" in timeline


@pytest.mark.parametrize(("lang", "shown"), [("ar", "11 أغسطس 2022"), ("en", "11 August 2022")])
def test_the_date_of_a_source_is_worded(sample: tuple[Path, Report], lang: str, shown: str) -> None:
    """The day on which a source appeared is told in the reader's language, not in figures."""
    output, _ = sample
    page = (output / lang / "events" / "world-cup-2022" / "index.html").read_text("utf-8")
    source = page.partition('<div class="source">')[2].partition("</div>")[0]

    assert f">{shown}</time>" in source


@pytest.mark.parametrize("lang", LANGUAGES)
def test_earlier_account_stays(sample: tuple[Path, Report], lang: str) -> None:
    """The page of the tournament shows the corrected days and, beside them, those first reported."""
    output, _ = sample
    page = (output / lang / "events" / "world-cup-2022" / "index.html").read_text("utf-8")

    assert 'data-edtf="2022-11-20/2022-12-18"' in page
    assert 'data-edtf="2022-11-21/2022-12-18"' in page


def examples(page: Path) -> list[str]:
    """Return the articles that *page* gives as examples."""
    return re.findall(r"^```markdown\n(.*?)^```", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("page", "languages"),
    [
        ("README.md", "en"),
        ("README.ar.md", "ar"),
        ("docs/guide.md", "en, ar"),
        ("docs/guide.ar.md", "ar, en"),
    ],
)
def test_examples_build(tmp_path: Path, page: str, languages: str) -> None:
    """Whoever copies the articles out of the documentation gets a site without a problem."""
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    (tmp_path / "site.yaml").write_text(SITE.format(languages=languages), "utf-8")
    for lang, text in zip(languages.split(", "), examples(ROOT / page), strict=True):
        (articles / f"harbour-bridge.{lang}.md").write_text(text, "utf-8")

    report = build(tmp_path, Options(jobs=1))

    assert report.problems == ()
    assert report.events == 2
