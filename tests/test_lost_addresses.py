"""Addresses that others may hold: what disappears is told, with the line that mends it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.cli import main
from timeline_gen.errors import ContentError, Problem

SETTINGS = (
    "title: {ar: سجل, en: Record}\nurl: https://harbour-record.org/\nlanguages: [ar, en]\n"
    "publish: {production: {to: folder, path: ../www}, trial: {to: folder, path: ../trial, preview: true}}\n"
)
CANAL = article("Canal", "{id: dug, date: 1901, title: Dug, people: [Leila], tags: [trade]}")
FILES = {
    "content/articles/canal.en.md": CANAL,
    "content/articles/canal.ar.md": article("قناة", date=""),
    "content/pages/about.en.md": "---\ntitle: About\n---\nText.\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with a place to publish it to."""
    return write_site(tmp_path / "site", FILES, settings=SETTINGS)


def rename(site: Path, old: str = "canal", new: str = "waterway") -> None:
    """Give an article another slug in all its languages."""
    for path in sorted((site / "content/articles").glob(f"{old}.*")):
        path.rename(path.with_name(path.name.replace(old, new)))


def edit(site: Path, path: str, old: str, new: str) -> None:
    """Write *new* in place of *old* in the file at *path*."""
    file = site / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def lost(site: Path, **options: object) -> list[Problem]:
    """Build the site and return what is said of addresses that are gone."""
    report = build(site, Options(jobs=1, **options))  # type: ignore[arg-type]
    return [one for one in report.problems if one.code == "TG603"]


def publish(*arguments: str) -> int:
    """Run ``publish`` with *arguments* and return how it ended."""
    try:
        main(["publish", *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_a_renamed_article(site: Path) -> None:
    """An article with a new slug is told, with its place and the line that keeps its old addresses alive."""
    lost(site)
    rename(site)

    (problem,) = (one for one in check(site, jobs=1) if one.code == "TG603")
    (again,) = lost(site)

    assert problem == again
    assert "/ar/articles/canal/, /en/articles/canal/" in problem.message
    assert "'aliases: [canal]' in content/articles/waterway.ar.md" in problem.hint
    assert "redirects: {/ar/articles/canal/: gone, /en/articles/canal/: gone}" in problem.hint
    assert str(problem.place.path) == "content/articles/waterway.ar.md"


@pytest.mark.parametrize("mend", ["alias", "gone", "redirect", "back"])
def test_what_mends_it(site: Path, mend: str) -> None:
    """An alias, a redirect, the word that it is gone, or the old name again: each ends the warning."""
    lost(site)
    rename(site)
    if mend == "alias":
        edit(site, "content/articles/waterway.en.md", "---\ntitle", "---\naliases: [canal]\ntitle")
    elif mend == "back":
        rename(site, "waterway", "canal")
    else:
        target = {"gone": "gone", "redirect": "'article:waterway'"}[mend]
        line = ", ".join(f"/{lang}/articles/canal/: {target}" for lang in ("ar", "en"))
        (site / "site.yaml").write_text(f"{SETTINGS}redirects: {{{line}}}\n", "utf-8")

    assert lost(site) == []


def test_an_event_with_another_id(site: Path) -> None:
    """The line for an event says to which of the article's events it belongs."""
    lost(site)
    edit(site, "content/articles/canal.en.md", "id: dug", "id: digging")

    (problem,) = lost(site)

    assert "add 'aliases: [dug]' to 'digging' in content/articles/canal.en.md" in problem.hint
    assert problem.place.line == 5


def test_a_name_that_nobody_lists(site: Path) -> None:
    """A person who is only named has no entry for an alias: the line is one of ``redirects:``."""
    lost(site)
    edit(site, "content/articles/canal.en.md", "[Leila]", "[Leila Haddad]")

    (problem,) = lost(site)

    assert "/en/people/leila/: entity:people/leila-haddad" in problem.hint


def test_tags_and_drafts_and_moments_bind_nobody(site: Path) -> None:
    """A tag that is used no more, a draft that was built once, another moment: none of them is a loss."""
    lost(site)
    edit(site, "content/articles/canal.en.md", ", tags: [trade]", "")
    write_site(site, {"content/articles/d.en.md": article("D", more="draft: true\n")}, settings=SETTINGS)
    write_site(
        site,
        {"content/articles/e.en.md": article("E", more="embargo: 2999-01-01T00:00Z\n")},
        settings=SETTINGS,
    )

    assert lost(site) == []
    assert lost(site, drafts=True) == []
    assert lost(site) == []
    assert lost(site, now=40_000_000_000) == []
    assert lost(site) == []
    assert lost(site, url="https://elsewhere.org/sub/") == []


def test_a_language_less(site: Path) -> None:
    """A site that drops a language is told so once, and not for each of its pages."""
    lost(site)
    (site / "site.yaml").write_text(SETTINGS.replace("[ar, en]", "[en]").replace("ar: سجل, ", ""), "utf-8")
    (site / "content/articles/canal.ar.md").unlink()

    (problem,) = lost(site)

    assert "nothing is left under /ar/" in problem.message


def test_a_slip_that_is_mended_at_once(site: Path) -> None:
    """What was built here and never published is told once, by the build that loses it."""
    rename(site, "canal", "cannal")
    lost(site)
    rename(site, "cannal", "canal")

    assert len(lost(site)) == 1
    assert lost(site) == []


def test_what_was_published_counts(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a site was published, what was only built binds nobody; what was published, until it is mended."""
    monkeypatch.chdir(site)
    lost(site)
    assert publish("production", "--yes") == 0
    write_site(site, {"content/articles/slip.en.md": article("Slip")}, settings=SETTINGS)
    assert lost(site) == []
    (site / "content/articles/slip.en.md").unlink()
    assert lost(site) == []

    rename(site)

    assert [len(lost(site)) for _ in range(3)] == [1, 1, 1]


def test_publish_refuses(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was published and would be gone keeps the site from being published, unless that is allowed."""
    monkeypatch.chdir(site)
    lost(site)
    assert publish("production", "--yes") == 0
    rename(site)
    # Where all that was remembered here is lost, the target still knows.
    shutil.rmtree(site / ".timeline-gen")
    lost(site)
    capsys.readouterr()

    refused = publish("production", "--yes")
    said = capsys.readouterr().err

    assert refused == 1
    assert "TG852" in said
    assert "2 addresses published there would lead nowhere: /ar/articles/canal/, /en/articles/canal/" in said
    assert "redirects: {/ar/articles/canal/: gone, /en/articles/canal/: gone}" in said
    assert "--allow gone" in said
    assert len(lost(site)) == 1
    assert publish("production", "--yes", "--allow", "gone") == 0
    assert lost(site) == []
    assert publish("production", "--dry-run") == 0


def test_an_alias_must_stay(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An alias that was published is an address as any other; the word that something is gone is none."""
    monkeypatch.chdir(site)
    lost(site)
    rename(site)
    edit(site, "content/articles/waterway.en.md", "---\ntitle", "---\naliases: [canal]\ntitle")
    (site / "site.yaml").write_text(f"{SETTINGS}redirects: {{/old/: gone}}\n", "utf-8")
    lost(site)
    assert publish("production", "--yes") == 0

    (site / "site.yaml").write_text(SETTINGS, "utf-8")
    assert lost(site) == []
    edit(site, "content/articles/waterway.en.md", "aliases: [canal]\n", "")
    (problem,) = lost(site)

    assert "/en/articles/canal/" in problem.message


def test_previews_bind_nobody(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target for previews is asked for no address, and remembers none."""
    monkeypatch.chdir(site)
    lost(site)
    assert publish("trial", "--yes") == 0
    rename(site)
    lost(site)

    assert publish("trial", "--yes") == 0
    assert not (site / ".timeline-gen/publish/trial/addresses.json").exists()


def test_strict(site: Path) -> None:
    """Where warnings count as errors, a lost address keeps the build from writing, again and again."""
    lost(site)
    rename(site)

    for _ in range(2):
        with pytest.raises(ContentError):
            lost(site, strict=True)


def test_records_of_earlier_versions(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that names no addresses is read by its files; years, tags and embeds of pages there aside."""
    monkeypatch.chdir(site)
    lost(site)
    assert publish("production", "--yes") == 0
    (path,) = site.parent.glob(".*/record.json")
    record = json.loads(path.read_text("utf-8"))
    del record["addresses"]
    path.write_text(json.dumps(record), "utf-8")
    edit(site, "content/articles/canal.en.md", "tags: [trade]", "tags: [business]")
    edit(site, "content/articles/canal.en.md", "id: dug", "id: digging")
    lost(site)

    assert publish("production", "--dry-run") == 1
    (problem,) = lost(site)
    assert "/ar/events/dug/, /en/events/dug/" in problem.message
