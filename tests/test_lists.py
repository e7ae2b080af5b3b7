"""``list`` and ``doctor``: what a site holds, and what it stands on, for people and for programs."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from site_kit import SETTINGS, article, write_site

from timeline_gen import __version__
from timeline_gen.building.pipeline import build
from timeline_gen.checking.content_lists import LISTS
from timeline_gen.cli import list as list_command
from timeline_gen.cli import program
from timeline_gen.cli.listing import Listing
from timeline_gen.writing.lock import build_lock

SITE = {
    "content/articles/first.en.md": article(
        "First", "{id: opened, date: 2019-10, title: It opens, people: [Ada]}", more="people: [Ada, Ben]\n"
    ),
    "content/articles/first.ar.md": "---\ntitle: الأول\nevents: [{id: opened, title: الافتتاح}]\n---\nنص.\n",
    "content/articles/later.en.md": article(
        "Later", "{id: closed, date: 2020, title: It closes}", more="embargo: 2999-01-01T00:00Z\n"
    ),
    "content/articles/half.en.md": article(
        "Half",
        "{id: opened, date: 2019-10, title: It opens}",
        "{id: secret, date: 2020, title: S, embargo: 2998-01-01T00:00Z}",
        date="2021-01-01",
    ),
    "content/articles/unready.en.md": article("Unready", more="draft: true\n"),
    "content/pages/about.en.md": "---\ntitle: About\ndraft: true\n---\nWe.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all that can be listed."""
    return write_site(tmp_path_factory.mktemp("site"), SITE)


def listed(site: Path, *words: str) -> list[dict[str, Any]]:
    """Return what ``list`` prints as JSON, parsed."""
    done = CliRunner().invoke(
        program, ["list", *words, "--site", str(site), "--format", "json"], obj=Listing()
    )
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_articles(site: Path) -> None:
    """Articles that readers see are listed newest first, with their languages and files."""
    first, half = listed(site, "articles")

    assert (first["slug"], half["slug"]) == ("first", "half")
    assert first == {
        "slug": "first",
        "date": "2021-12-06",
        "languages": ["ar", "en"],
        "events": 1,
        "title": "الأول",
        "files": ["content/articles/first.ar.md", "content/articles/first.en.md"],
    }
    assert [row["title"] for row in listed(site, "articles", "--lang", "en")] == ["First", "Half"]
    assert {"later", "unready"} < {row["slug"] for row in listed(site, "articles", "--drafts")}


def test_what_is_held_back(site: Path) -> None:
    """Drafts and what is under embargo are listed with their files; after the day they no longer are."""
    assert [(row["kind"], row["slug"]) for row in listed(site, "drafts")] == [
        ("article", "unready"),
        ("page", "about"),
    ]
    held = [(row["slug"], row["event"], row["until"]) for row in listed(site, "embargoed")]
    assert held == [
        ("half", "secret", "2998-01-01T00:00:00+00:00"),
        ("later", "", "2999-01-01T00:00:00+00:00"),
    ]
    assert listed(site, "embargoed", "--now", "2999-01-02") == []


def test_events_and_entities(site: Path) -> None:
    """Events have their date as EDTF, the articles that tell them, and a place; names are counted."""
    (event,) = listed(site, "events", "--lang", "en")
    assert (event["id"], event["date"], event["title"]) == ("opened", "2019-10", "It opens")
    assert sorted(event["articles"]) == ["first", "half"]
    assert event["place"].startswith("content/articles/")

    assert [(row["id"], row["events"], row["articles"]) for row in listed(site, "entities")] == [
        ("ada", 1, 1),
        ("ben", 0, 1),
    ]


def test_urls(site: Path) -> None:
    """Every address of the site is listed, whole."""
    rows = {row["url"]: row for row in listed(site, "urls")}

    assert rows["https://records.org/en/events/opened/"]["listed"] is True
    assert rows["https://records.org/404.html"]["listed"] is False
    assert rows["https://records.org/en/articles/first/"]["source"] == "content/articles/first.en.md"


@pytest.mark.parametrize("what", LISTS)
def test_text_is_for_other_programs(site: Path, what: str) -> None:
    """As text each row is a line with as many columns as any other."""
    done = CliRunner().invoke(program, ["list", what, "--site", str(site)], obj=Listing())

    assert done.exit_code == 0
    assert len({line.count("\t") for line in done.stdout.splitlines()}) == 1


def test_all_lists_are_offered() -> None:
    """The command offers every list that there is."""
    assert set(list_command.command.params[0].type.choices) == set(LISTS)  # type: ignore[attr-defined]


def doctor(root: Path) -> tuple[int, dict[str, dict[str, str]]]:
    """Return the exit status of ``doctor``, and its findings by what they are about."""
    done = CliRunner().invoke(program, ["doctor", "--site", str(root), "--format", "json"], obj=Listing())
    return done.exit_code, {finding["about"]: finding for finding in json.loads(done.stdout)}


def test_doctor(site: Path) -> None:
    """What to send with a question: versions, extras, theme, cache, lock, output, time zone and history."""
    build(site)
    status, findings = doctor(site)

    assert status == 0, findings
    assert findings["timeline-gen"]["found"].startswith(f"{__version__}, in ")
    with (Path(__file__).parents[1] / "pyproject.toml").open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    assert {f"extra {extra}" for extra in extras} <= findings.keys()
    assert findings["theme"]["found"].startswith("almanac, in ")
    assert {"python", "git", "time zone", "fonts", "history", "swap in one step"} <= findings.keys()
    assert " files, in " in findings["output"]["found"]
    with build_lock(site / ".timeline-gen", "timeline-gen build"):
        assert "(timeline-gen build) is at work" in doctor(site)[1]["lock"]["found"]
    assert doctor(site)[1]["lock"]["found"] == "free"


def test_doctor_finds_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken settings, a missing theme and libraries that are too old or not there are faults."""
    assert doctor(tmp_path)[1]["site"]["found"] == "none in this folder, nor above it"
    write_site(tmp_path, {}, settings=SETTINGS.replace("languages", "langages"))
    status, findings = doctor(tmp_path)
    assert status == 1
    assert findings["settings"]["fault"].startswith("site.yaml:")
    write_site(tmp_path, {}, settings=f"{SETTINGS}theme: no-such-theme\n")
    assert "no theme called 'no-such-theme'" in doctor(tmp_path)[1]["theme"]["fault"]

    monkeypatch.setattr(
        "timeline_gen.checking.doctor.requires",
        lambda _: ["click>=999", "nothing-such>=1", "boto3>=999; extra=='s3'"],
    )
    findings = doctor(tmp_path)[1]
    assert findings["click"]["fault"] == "999 or newer is needed"
    assert findings["nothing-such"]["found"] == "missing"
    assert findings["extra fast"]["fault"] == ""
