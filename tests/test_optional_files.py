"""Files to take along are made where the settings ask for them, and pages offer only what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.cli.counts import by_kind
from timeline_gen.pages.plan.optional_files import optional_file_of

EVENTS = tuple(
    f"{{id: e{number}, date: {2001 + number}, title: Event {number}, people: [{', '.join(who)}]}}"
    for number, who in enumerate([("Ann", "Bo"), ("Ann", "Bo"), ("Ann",), ("Ann",), ("Ann",)])
)
"""Ann is named by five events, Bo by two."""
DATA = ("events.xml", "events.json", "events.csv", "calendar.ics")


def built(root: Path, more: str = "") -> tuple[Path, Report]:
    """Build a site of five events with *more* settings, and return its output."""
    write_site(root, {"content/articles/a.en.md": article("A", *EVENTS)}, settings=SETTINGS + more)
    return root / "output", build(root, Options(jobs=1))


def offered(output: Path) -> set[str]:
    """Return every file that a page of the site links to or shows a snippet for, if it is such an offer."""
    found: set[str] = set()
    for page in output.rglob("*.html"):
        html = page.read_text("utf-8")
        for link in re.findall(r'(?:href|src)="([^"#]+)"', html):
            path = page.parent.joinpath(link).resolve()
            if path.is_relative_to(output.resolve()):
                found.add(path.relative_to(output.resolve()).as_posix())
        found.update(re.findall(r"https://records\.org/([^&\"\s]*/embed/[^&\"\s]+)", html))
    return {path for path in found if optional_file_of(path)}


def made(output: Path) -> set[str]:
    """Return the offers that there are."""
    paths = (path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    return {path for path in paths if optional_file_of(path)}


@pytest.mark.parametrize(
    ("more", "embeds", "data"),
    [
        ("", {"embed/timeline.html", "embed/people/ann.html", "embed/people/bo.html"}, {"ann"}),
        (
            "data: {from: 1}\n",
            {"embed/timeline.html", "embed/people/ann.html", "embed/people/bo.html"},
            {"ann", "bo"},
        ),
        ("data: {from: 6}\nembeds: []\n", set(), set()),
        ("embeds: [timeline]\n", {"embed/timeline.html"}, {"ann"}),
        ("embeds: [events]\n", {f"embed/events/e{number}.html" for number in range(5)}, {"ann"}),
    ],
)
def test_pages_offer_what_there_is(tmp_path: Path, more: str, embeds: set[str], data: set[str]) -> None:
    """Embeds and data are made as the settings say, and all that is made is offered, and nothing else."""
    output, _ = built(tmp_path, more)
    wanted = embeds | {f"people/{who}/{name}" for who in data for name in DATA}

    assert made(output) == {f"{lang}/{path}" for lang in ("ar", "en") for path in wanted}
    assert offered(output) == made(output)


def test_the_timeline_of_the_site_has_its_data(tmp_path: Path) -> None:
    """The feed, calendar and data of the whole site are there from its first event on."""
    output, _ = built(tmp_path, "data: {from: 100}\n")

    assert all((output / "en" / name).exists() for name in DATA)


def test_a_language_that_hides_events(tmp_path: Path) -> None:
    """Where a language shows fewer events of a person, that language's timeline counts."""
    arabic = article("ألف", "{id: e0, title: حدث}", date="")
    write_site(tmp_path, {"content/articles/a.ar.md": arabic})
    output, _ = built(tmp_path, "translations: hide\n")

    assert (output / "en/people/ann/events.json").exists()
    assert not (output / "ar/people/ann/events.json").exists()
    assert offered(output) == made(output)


def test_what_is_no_longer_made_is_told_once(tmp_path: Path) -> None:
    """Settings or a version that ask for fewer files say so in one build, whose next has nothing to say."""
    built(tmp_path, "embeds: [timeline, entities, events]\ndata: {from: 1}\n")
    _, first = built(tmp_path)
    _, second = built(tmp_path)

    assert first.notes == (
        (
            "8 files of data of entities with fewer than 5 events are no longer made;"
            " to keep them: data: {from: 1}"
        ),
        "10 files for frames are no longer made; to keep them: embeds: [timeline, entities, events]",
    )
    assert second.notes == ()


def test_files_are_counted_by_kind(tmp_path: Path) -> None:
    """The summary of a build says how many files of each kind the site has, a build without work too."""
    output, report = built(tmp_path)
    _, again = built(tmp_path)
    files = sum(1 for path in output.rglob("*") if path.is_file()) - 1

    assert report.files == files
    assert sum(count for _, count in report.kinds) == files
    assert by_kind(report).startswith(f"{files} files: ")
    assert "6 embeds" in by_kind(report)
    assert "1 file of the theme" not in by_kind(report)
    assert again.kinds == report.kinds


@pytest.mark.parametrize("value", ["everything", "[timeline, event]", "events"])
def test_unknown_embeds(tmp_path: Path, value: str) -> None:
    """What can have no embeds is refused with what can be written."""
    with pytest.raises(Exception, match="1 problem"):
        built(tmp_path, f"embeds: {value}\n")


@pytest.mark.parametrize("value", ["{from: 0}", "{from: few}", "{form: 5}", "5"])
def test_wrong_data(tmp_path: Path, value: str) -> None:
    """Data are made from one event on at the earliest."""
    with pytest.raises(Exception, match="1 problem"):
        built(tmp_path, f"data: {value}\n")
