"""Drafts and embargoes: what is held back, until when, and what readers and authors see of it."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build, plan_site
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.store.fingerprint import program_fingerprint
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import Problem
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.manifest import load_manifest

SITE = 'title: T\nurl: "https://example.org/"\nlanguages: [en, ar]\nfonts: system\n'
OPEN = """---
title: Open
date: 2020-01-01
events:
  - {id: known, date: 2019, title: Known}
  - {id: secret, title: Seen from here}
  - {id: later, date: 2018, title: Later, embargo: "2026-06-01T12:00+02:00", media: {src: later.png, alt: A}}
---
A [link](event:secret), [another](event:later), [a third](../hidden/) and [a fourth](../open/).
"""
HIDDEN = """---
title: Hidden
date: 2020-02-02
embargo: 2026-12-01T06:00Z
events:
  - {id: secret, date: 2017, title: Secret}
---
Body.
"""
TRANSLATED = "---\ntitle: مخفي\n---\nنص.\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def site(folder: Path) -> Path:
    """Make a site in *folder* that holds something back."""
    articles = folder / "content" / "articles"
    articles.mkdir(parents=True)
    (folder / "site.yaml").write_text(SITE, "utf-8")
    (articles / "open.en.md").write_text(OPEN, "utf-8")
    (articles / "hidden.en.md").write_text(HIDDEN, "utf-8")
    (articles / "hidden.ar.md").write_text(TRANSLATED, "utf-8")
    (articles / "later.png").write_bytes(PNG)
    return folder


def at(text: str) -> Options:
    """Return the options of a build for the moment *text*."""
    return Options(jobs=1, now=read_stamp(text).second)


def built(root: Path, options: Options) -> str:
    """Build the site in *root*, and return the paths and texts of all that it wrote."""
    build(root, options)
    files = sorted(path for path in (root / "output").rglob("*") if path.is_file())
    return "\n".join(f"{path}\n{path.read_bytes().decode(errors='replace')}" for path in files)


def planned(root: Path, options: Options) -> tuple[SitePlan, tuple[Problem, ...]]:
    """Return the site in *root* as it is planned, and what its authors are told."""
    with open_workspace(root, options) as site:
        return plan_site(site), site.problems.all


def test_nothing_of_it_is_published(tmp_path: Path) -> None:
    """Before the moment there is no trace: no page, title, picture, translation or link."""
    text = built(site(tmp_path), at("2026-01-01"))

    assert "known" in text
    for trace in ("Secret", "secret", "Hidden", "articles/hidden", "مخفي", "Later", "media/later.", "2018"):
        assert trace not in text, trace


def test_everything_comes_at_its_moment(tmp_path: Path) -> None:
    """A build after the moment shows what was held back, though no file has changed."""
    root = site(tmp_path)
    built(root, at("2026-01-01"))

    between = built(root, at("2026-06-01T12:00+02:00"))
    after = built(root, at("2026-12-01T06:00Z"))

    assert "media/later." in between
    assert "secret" not in between
    assert '<a href="../../../en/events/secret/"' in after
    assert '<a href="../../../en/articles/hidden/">a third</a>' in after
    assert "مخفي" in after


def test_moment_that_comes_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build by the clock in which nothing changed still looks at the next embargo's moment."""
    root = site(tmp_path)
    written, pages = [], []
    for text in (
        "2026-01-01",
        "2026-05-31",
        "2026-06-01T12:00+02:00",
        "2026-12-01T05:59Z",
        "2026-12-01T06:00Z",
    ):
        monkeypatch.setattr(time, "time", partial(float, read_stamp(text).second))
        written.append(build(root, Options(jobs=1)).written)
        pages.append([(root / "output/en/events" / name).exists() for name in ("later", "secret")])

    assert [bool(count) for count in written] == [True, False, True, False, True]
    assert pages == [[False, False], [False, False], [True, False], [True, False], [True, True]]


def test_same_bytes_as_a_clean_build(tmp_path: Path) -> None:
    """What an embargo gives free is rendered as if it had never been held back."""
    root, fresh = site(tmp_path / "kept"), site(tmp_path / "fresh")
    built(root, at("2026-01-01"))

    kept, clean = built(root, at("2027-01-01")), built(fresh, at("2027-01-01"))

    assert kept.replace(str(root), "") == clean.replace(str(fresh), "")


def test_authors_are_told_why(tmp_path: Path) -> None:
    """Whoever links to something held back reads until when, and that readers see no link."""
    _, problems = planned(site(tmp_path), at("2026-01-01"))

    held = [(problem.place.line, problem.message) for problem in problems if problem.code == "TG513"]
    assert [line for line, _ in held] == [6, 9, 9]
    assert "'secret' is held back: it is under embargo until 2026-12-01T06:00:00+00:00" in held[0][1]
    assert "readers see no link" in held[0][1]


def test_draft_is_named_as_one(tmp_path: Path) -> None:
    """An event that only a draft dates is held back by the draft, and the message says so."""
    root = site(tmp_path)
    path = root / "content" / "articles" / "hidden.en.md"
    path.write_text(HIDDEN.replace("embargo: 2026-12-01T06:00Z", "draft: true"), "utf-8")
    path.with_name("hidden.ar.md").unlink()

    _, problems = planned(root, at("2026-01-01"))

    assert any("'secret' is held back: only drafts give it a date" in problem.message for problem in problems)


def test_drafts_show_everything(tmp_path: Path) -> None:
    """With --drafts, nothing is held back, whatever the moment."""
    one, _ = planned(site(tmp_path), Options(jobs=1, drafts=True, now=0))

    assert {event.id for event in one.timeline.events} == {"known", "secret", "later"}


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-01-01", "2026-06-01T10:00:00+00:00"),
        ("2026-07-01", "2026-12-01T06:00:00+00:00"),
        ("2027-01-01", ""),
    ],
)
def test_manifest_keeps_the_moment(tmp_path: Path, now: str, following: str) -> None:
    """Whoever looks at a built site can tell what moment it was built for, and when it will be outdated."""
    root = site(tmp_path)
    built(root, at(now))

    with Cache.open(root / ".timeline-gen" / "cache.sqlite", program_fingerprint()) as cache:
        facts = load_manifest(cache, "output").facts
    assert facts.now == f"{now}T00:00:00+00:00"
    assert not facts.clock
    assert facts.next_embargo == following


def test_embargo_that_cannot_be_read(tmp_path: Path) -> None:
    """A moment that cannot be read is an error at its place, never an article that is shown too early."""
    root = site(tmp_path)
    path = root / "content" / "articles" / "open.en.md"
    path.write_text(OPEN.replace("2026-06-01T12:00+02:00", "next summer"), "utf-8")

    with pytest.raises(Exception, match="1 problems") as caught:
        planned(root, at("2026-01-01"))

    problem = caught.value.problems[0]  # type: ignore[attr-defined]
    assert (problem.code, problem.place.line) == ("TG308", 7)
