"""Where only words of texts have changed, a build makes their pages alone, and equals a clean one."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from preview_kit import article, write_article, write_site
from test_memory import ABOUT, EDITS, NAMES, QUAY, built, in_file

from timeline_gen.building import pipeline, scan
from timeline_gen.building.store.memory import Memory
from timeline_gen.checking.check import check
from timeline_gen.reading.disk.packaged import packaged_themes

Edit = Callable[[Path], None]

BRIDGE = "content/articles/bridge.en.md"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000000e4944415478da63f80f060c100a0053ba0bf585c46e110000000049454e44ae426082"
)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each build that plans the whole site."""
    calls: list[int] = []
    whole = pipeline.plan_site

    def counting(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 - as it is given
        calls.append(1)
        return whole(*arguments, **named)

    monkeypatch.setattr(pipeline, "plan_site", counting)
    return calls


def site_with_a_plan(tmp_path: Path) -> Path:
    """Return a site that was built."""
    root = write_site(tmp_path / "site")
    (root / "content" / "pages").mkdir()
    (root / ABOUT).write_text("---\ntitle: About\n---\nAbout us.\n", "utf-8")
    (root / NAMES).write_text("amina:\n  kind: person\n  name: Amina\n", "utf-8")
    text = article(root, "quay").read_text("utf-8")
    article(root, "quay").write_text(text.replace("date: 2021", "people: [amina]\ndate: 2021", 1), "utf-8")
    write_article(root, "crane", "It stands still.")
    built_here(root)
    return root


def built_here(root: Path) -> tuple[object, dict[str, bytes]]:
    """Build the site in *root*."""
    return built(root, None)


def clean(root: Path, folder: Path) -> tuple[object, dict[str, bytes]]:
    """Build the site in *root* from nothing in a new *folder*."""
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("output", ".timeline-gen"))
    return built(folder, None)


SHARED = (
    "a link to an event",
    "a link that leads nowhere",
    "a link to a file that comes later",
    "a file that comes while the text that links to it is broken",
    "a link to a file that nothing named",
    "a broken date, then a body",
    "a draft",
    "a new article",
    "one article less",
    "a name",
)
"""Those of the edits that are not tried below."""


@pytest.mark.parametrize("edits", [EDITS[name] for name in SHARED], ids=SHARED)
def test_edits_that_a_memory_knows(tmp_path: Path, edits: list[Edit]) -> None:
    """After every edit the site, and what is said of its content, are those of a clean build."""
    root = site_with_a_plan(tmp_path)
    for number, edit in enumerate(edits):
        edit(root)
        assert built_here(root) == clean(root, tmp_path / f"clean{number}")


def with_picture(root: Path) -> None:
    """Put a picture beside the articles, which none of them shows."""
    (root / "content/articles/pitch.png").write_bytes(PICTURE)


def both(one: Edit, other: Edit) -> Edit:
    """Return the edit that makes *one* and the *other*."""

    def edit(root: Path) -> None:
        one(root)
        other(root)

    return edit


def noticed(root: Path) -> None:
    """Touch an article without changing it."""
    article(root, "quay").touch()


FEW: dict[str, list[Edit]] = {
    "a body": [in_file(QUAY, "It stands.", "It fell.")],
    "bodies, one after the other": [
        in_file(QUAY, "It stands.", "It fell."),
        in_file(BRIDGE, "It stands.", "It stays."),
        in_file(QUAY, "It fell.", "It stands."),
    ],
    "two at once": [
        both(in_file(QUAY, "It stands.", "It fell."), in_file(BRIDGE, "It stands.", "It stays.")),
    ],
    "a plain page": [in_file(ABOUT, "About us.", "About them.")],
    "a file that is only touched": [noticed, in_file(QUAY, "It stands.", "It fell.")],
}


@pytest.mark.parametrize("edits", FEW.values(), ids=list(FEW))
def test_a_body_needs_no_whole_plan(tmp_path: Path, planned: list[int], edits: list[Edit]) -> None:
    """What one body changes is made of the plan that was kept, again and again."""
    root = site_with_a_plan(tmp_path)
    for number, edit in enumerate(edits):
        edit(root)
        before = len(planned)
        after = built_here(root)

        assert len(planned) == before
        assert after == clean(root, tmp_path / f"clean{number}")


WHOLE: dict[str, list[Edit]] = {
    "a title": [in_file(QUAY, "A thing", "A quay")],
    "a title of a plain page": [in_file(ABOUT, "title: About", "title: About us")],
    "a picture that was not shown": [with_picture, in_file(QUAY, "It stands.", "![It](pitch.png)")],
    "something to warn of": [in_file(QUAY, "It stands.", "<script>It fell.</script>")],
    "a setting": [in_file("site.yaml", "Harbour", "Haven")],
    "the day order": [lambda root: _more_settings(root, "dates: {order: dmy}\n")],
    "an embargo": [in_file(QUAY, "title: A thing", "embargo: 2999-01-01T00:00Z\ntitle: A thing")],
    "a link to an event of its own": [in_file(QUAY, "It stands.", "See [it](event:quay-opens).")],
    "a link to another's event": [in_file(QUAY, "It stands.", "See [it](event:bridge-opens).")],
}


def _more_settings(root: Path, text: str) -> None:
    target = root / "site.yaml"
    target.write_text(f"{target.read_text('utf-8')}{text}", "utf-8")


@pytest.mark.parametrize("edits", WHOLE.values(), ids=list(WHOLE))
def test_what_asks_for_a_whole_plan(tmp_path: Path, planned: list[int], edits: list[Edit]) -> None:
    """What may show elsewhere is planned as a whole; and a body after it again is not."""
    root = site_with_a_plan(tmp_path)
    for number, edit in enumerate(edits):
        edit(root)
        before = len(planned)
        after = built_here(root)
        assert len(planned) == before + 1
        assert after == clean(root, tmp_path / f"clean{number}")

    in_file(BRIDGE, "It stands.", "It stays.")(root)
    before = len(planned)
    after = built_here(root)
    assert len(planned) == before
    assert after == clean(root, tmp_path / "last")


def test_a_check_before_the_build(tmp_path: Path, planned: list[int]) -> None:
    """What a check has read of a text in the meantime is not taken for what its page shows."""
    root = site_with_a_plan(tmp_path)
    in_file(QUAY, "A thing", "A quay")(root)
    check(root, jobs=1)
    in_file(QUAY, "It stands.", "It fell.")(root)
    before = len(planned)

    after = built_here(root)

    assert len(planned) == before + 1
    assert after == clean(root, tmp_path / "clean")


def test_an_embargo_that_ends_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the clock has set free is not left out because only a body has changed."""
    root = site_with_a_plan(tmp_path)
    in_file(QUAY, "title: A thing", "embargo: 2030-01-01T00:00Z\ntitle: A thing")(root)
    built_here(root)
    in_file(BRIDGE, "It stands.", "It stays.")(root)
    assert not (root / "output/en/articles/quay/index.html").exists()
    monkeypatch.setattr(time, "time", lambda: 1_900_000_000.0)

    built_here(root)

    assert (root / "output/en/articles/quay/index.html").exists()


def test_a_held_back_event_stays_held_back(tmp_path: Path, planned: list[int]) -> None:
    """The picture of an event under embargo is not published with another body of its article."""
    root = site_with_a_plan(tmp_path)
    with_picture(root)
    media = "media: {src: pitch.png, alt: It}"
    held = f"\n  - {{id: later, title: Later, date: 2030, embargo: 2999-01-01T00:00Z, {media}}}\n---"
    text = article(root, "quay").read_text("utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---")
    article(root, "quay").write_text(f"---\n{head}{held}{body}", "utf-8")
    built_here(root)
    in_file(QUAY, "It stands.", "It fell.")(root)
    before = len(planned)

    after = built_here(root)

    assert len(planned) == before
    assert not any("pitch" in path for path in after[1])
    assert after == clean(root, tmp_path / "clean")


def test_a_theme_of_the_program_that_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies outside of the site is no text of an article."""
    root = site_with_a_plan(tmp_path)
    themes = tmp_path / "themes"
    shutil.copytree(packaged_themes(), themes)
    monkeypatch.setattr(scan, "packaged_themes", lambda: themes)
    in_file(QUAY, "It stands.", "It fell.")(root)
    built_here(root)
    (themes / "almanac/theme.yaml").touch()

    assert built_here(root) == clean(root, tmp_path / "clean")


def test_a_preview_keeps_no_plan(tmp_path: Path) -> None:
    """A process that remembers needs none."""
    root, memory = write_site(tmp_path / "site"), Memory()
    for body in ("It fell.", "It stands.", "It stays."):
        write_article(root, "quay", body)
        built(root, memory)

    with sqlite3.connect(root / ".timeline-gen/cache.sqlite") as connection:
        found = connection.execute("SELECT count(*) FROM kept WHERE shelf = 'output/texts'").fetchone()
    connection.close()

    assert found == (0,)


DAMAGE: dict[str, str] = {
    "the plan is gone": "DELETE FROM kept WHERE shelf = 'output/texts'",
    "a part is gone": "DELETE FROM kept WHERE shelf = 'output/texts' AND key != 'head'",
    "the plan is damaged": "UPDATE kept SET data = zeroblob(100) WHERE shelf = 'output/texts'",
    "what was seen is gone": "DELETE FROM kept WHERE shelf = 'glance'",
    "the index is gone": "DELETE FROM kept WHERE shelf = 'index'",
    "bodies are gone": "DELETE FROM kept WHERE shelf = 'bodies'",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_plan(tmp_path: Path, damage: str) -> None:
    """A plan that was not kept whole is made anew."""
    root = site_with_a_plan(tmp_path)
    connection = sqlite3.connect(root / ".timeline-gen/cache.sqlite", isolation_level=None)
    connection.execute(damage)
    connection.close()
    in_file(QUAY, "It stands.", "It fell.")(root)

    assert built_here(root) == clean(root, tmp_path / "clean")


def test_a_tampered_site(tmp_path: Path) -> None:
    """Pages that somebody deleted come back with a change of another body."""
    root = site_with_a_plan(tmp_path)
    shutil.rmtree(root / "output/en/events")
    (root / "output/en/articles/bridge/index.html").write_text("spoilt", "utf-8")
    in_file(QUAY, "It stands.", "It fell.")(root)

    assert built_here(root) == clean(root, tmp_path / "clean")
