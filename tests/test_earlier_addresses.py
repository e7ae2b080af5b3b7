"""Addresses that an earlier version made of names: once published, they lead on by themselves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build, plan_site
from timeline_gen.building.workspace import open_workspace
from timeline_gen.checking.clean_build import compare_with_clean
from timeline_gen.cli import main
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.collecting.published import former_ids
from timeline_gen.writing.own_files import LIST

SETTINGS = (
    "title: {ar: سجل, en: Record}\nurl: https://harbour-record.org/\nlanguages: [ar, en]\n"
    "publish: {production: {to: folder, path: ../www}}\n"
)
FILES = {
    "content/articles/a.en.md": article(
        "A",
        "{id: a, date: 1901, title: A, people: [C++, Al-Thani (emir)], places: [Doha], tags: [Doha, R & D]}",
    )
}
MOVED = {"people/c": "people/c-plus-plus", "tags/tag-doha": "tags/doha", "tags/r-d": "tags/r-and-d"}
"""What the earlier version called them, and what they are called now, by taxonomy."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site as an earlier version built it: nothing is remembered of it but what it built."""
    root = write_site(tmp_path / "site", FILES, settings=SETTINGS)
    build(root, Options(jobs=1))
    for old, new in MOVED.items():
        for lang in ("ar", "en"):
            (root / "output" / lang / new).rename(root / "output" / lang / old)
            home, embeds = root / "output" / lang / "embed", (f"{new}.html", f"{old}.html")
            (home / embeds[0]).rename(home / embeds[1])
    listed = root / "output" / LIST
    text = listed.read_text("utf-8")
    for old, new in MOVED.items():
        text = text.replace(f"{new}/", f"{old}/").replace(f"{new}.html", f"{old}.html")
    listed.write_text(text, "utf-8")
    shutil.rmtree(root / ".timeline-gen")
    return root


def leads(site: Path, old: str, new: str) -> bool:
    """Return whether the built page at *old* leads to *new*."""
    page = site / "output/en" / old / "index.html"
    return page.exists() and f"url=../../../en/{new}/" in page.read_text("utf-8")


def test_they_lead_on(site: Path) -> None:
    """The first build finds what was built before, and its pages lead on, embeds too; so do later builds."""
    for _ in range(3):
        report = build(site, Options(jobs=1))

        (note,) = (one for one in report.problems if one.code == "TG608")
        assert note.message.startswith("12 addresses that an earlier version made lead on")

        assert all(leads(site, old, new) for old, new in MOVED.items())
        embed = (site / "output/en/embed/people/c.html").read_text("utf-8")
        assert "en/embed/people/c-plus-plus.html" in embed
        assert compare_with_clean(site, Options(jobs=1)).differing == ()


def test_only_what_was_there(tmp_path: Path) -> None:
    """A new site has no addresses of an earlier version, nor has one that never had that name."""
    root = write_site(tmp_path, FILES, settings=SETTINGS)

    build(root, Options(jobs=1))
    shutil.rmtree(root / ".timeline-gen")
    build(root, Options(jobs=1))

    assert not any(leads(root, old, new) for old, new in MOVED.items())


def test_what_is_taken_stays(site: Path) -> None:
    """A former address that something else has now does not lead away from it."""
    more = article("B", "{id: b, date: 1902, title: B, people: [C]}")
    write_site(site, {"content/articles/b.en.md": more}, settings=SETTINGS)

    build(site, Options(jobs=1))

    assert not leads(site, "people/c", "people/c-plus-plus")
    assert leads(site, "tags/r-d", "tags/r-and-d")


def test_what_a_record_tells(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the built site is gone, too, the record of what was published leads on, after one refusal."""
    monkeypatch.chdir(site)
    build(site, Options(jobs=1))
    shutil.rmtree(site / "output")
    shutil.rmtree(site / ".timeline-gen")
    build(site, Options(jobs=1))
    main(["publish", "--yes"])
    _as_earlier(site)

    with pytest.raises(SystemExit):
        main(["publish", "--dry-run"])
    build(site, Options(jobs=1))

    assert leads(site, "people/c", "people/c-plus-plus")


def _as_earlier(site: Path) -> None:
    """Let the record of the target be one of an earlier version, with the addresses that it made."""
    (path,) = site.parent.glob(".*/record.json")
    text = path.read_text("utf-8")
    for old, new in MOVED.items():
        text = text.replace(f"{new}/", f"{old}/").replace(f"embed/{new}.html", f"embed/{old}.html")
    record = json.loads(text)
    del record["addresses"]
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def test_the_rule_of_the_earlier_version(tmp_path: Path) -> None:
    """It took what search folds alike for one, counted up, and put the kind before an id."""
    names = "people: [C#, C++, C, أحمد, احمد], places: [Qatar], tags: [Qatar, con, Doha]"
    root = write_site(
        tmp_path,
        {
            "content/articles/a.en.md": article("A", f"{{id: a, date: 1901, title: A, {names}}}"),
            "content/entities.yaml": "doha: {kind: place, name: الدوحة}\n",
        },
        settings=SETTINGS,
    )
    found = _former(root)

    assert found["people", "person-c"] == "c-sharp"
    assert found["people", "c-2"] == "c-plus-plus"
    assert found["tags", "tag-qatar"] == "qatar"
    assert found["tags", "tag-doha"] == "doha"
    assert ("people", "c") not in found


def _former(root: Path) -> dict[tuple[str, str], str]:
    """Return the present ids by taxonomy and former id."""
    with open_workspace(root, Options(jobs=1)) as site:
        one = plan_site(site)
    collected: ParsedContent = one.content.collected
    return {(taxonomy, old): new for taxonomy, old, new in former_ids(collected, one.site.settings)}
