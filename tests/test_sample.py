"""The sample site and the examples of the documentation build clean and say what they should."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from site_kit import write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.errors import Level

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
    "qatar-chosen-as-host": "2010-12-02",
    "world-cup-1982": "1982-06-13/1982-07-11",
    "world-cup-1986": "1986-05-31/1986-06-29",
    "world-cup-1990": "1990-06-08/1990-07-08",
    "world-cup-1994": "1994-06-17/1994-07-17",
    "world-cup-1998": "1998-06-10/1998-07-12",
    "world-cup-2002": "2002-05-31/2002-06-30",
    "world-cup-2006": "2006-06-09/2006-07-09",
    "world-cup-2010": "2010-06-11/2010-07-11",
    "world-cup-2014": "2014-06-12/2014-07-13",
    "world-cup-2018": "2018-06-14/2018-07-15",
}
"""Every event of the sample, as exactly as it is known."""

PAGES = {"README.md": "en", "README.ar.md": "ar", "docs/guide.md": "en, ar", "docs/guide.ar.md": "ar, en"}
"""Which pages give articles as examples, and in which languages, one after the other."""

SITE = 'title: Harbour record\nurl: "https://records.org/"\nlanguages: [{languages}]\n'


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

    # Its address is one for examples, which a note says.
    assert [(problem.code, problem.level) for problem in report.problems] == [
        ("TG504", Level.INFO),
        ("TG313", Level.INFO),
    ]
    assert (report.articles, report.languages, report.events) == (2, 2, len(DATES))


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


@pytest.mark.parametrize(("lang", "heading"), [("ar", "التصويت"), ("en", "The vote")])
def test_an_event_with_a_text(sample: tuple[Path, Report], lang: str, heading: str) -> None:
    """The event that no article tells has its text on its page, in both languages."""
    output, _ = sample
    page = (output / lang / "events" / "qatar-chosen-as-host" / "index.html").read_text("utf-8")

    assert f">{heading}</h2>" in page


def examples(page: Path) -> list[str]:
    """Return the articles and the events that *page* gives as examples."""
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
    """Whoever copies the articles and the event out of the documentation gets a site without a problem."""
    langs, texts = languages.split(", "), examples(ROOT / page)
    own = [text for text in texts if "published:" in text]
    files = {f"content/events/harbour-opened.{langs[0]}.md": text for text in own}
    articles = (text for text in texts if text not in own)
    # What a guide adds later, such as a correction, is run by the test that follows it step by step.
    for lang, text in zip(langs, articles, strict=False):
        files[f"content/articles/harbour-bridge.{lang}.md"] = text
    write_site(tmp_path, files, settings=SITE.format(languages=languages))

    report = build(tmp_path, Options(jobs=1))

    assert report.problems == ()
    assert report.events == 2 + len(own)
