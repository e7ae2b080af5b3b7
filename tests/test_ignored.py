"""Names that are no part of a site: reading, scanning and watching go by one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline_gen.building.options import Options
from timeline_gen.building.scan import look_at
from timeline_gen.errors import Place
from timeline_gen.preview.polling import snapshot
from timeline_gen.preview.watching import relevant
from timeline_gen.reading.disk.contents import survey
from timeline_gen.reading.disk.themes import load_theme
from timeline_gen.reading.ignored import is_ignored
from timeline_gen.reading.site_paths import SETTINGS

IGNORED = (
    *(".a.png", ".#a.png", ".DS_Store", "._a.png", ".a.png.swp", ".git/a.png", ".a.tmp/a.png"),
    *("a.png~", "#a.png#", "a.png.tmp", "a.png.TMP", "a.png.bak", "a.png.orig", "a.png.rej", "old~/a.png"),
    *("a.swp", "a.swo", "a.swx", "4913", "a.png___jb_tmp___", "a.png___jb_old___", "~$a.png"),
    *("Thumbs.db", "thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", "Icon\r"),
    *("__pycache__/a.png", "sub/__pycache__/a.png", "sub/.hidden/deep/a.png"),
)
PART = (
    *("a.png", "~a.png", "_a.png", "a~b.png", "a#.png", "a.tmp.png", "swp.png", "4913.png", "4914/a.png"),
    *("__pycache__a.png", "__pycache__x/a.png", "thumbs.png", "a b.png", "صورة.png", "sub/deep/a.png"),
)


def seen(top: Path, site: Path) -> dict[str, bool]:
    """Return who takes notice of a file below *top*, a folder of *site*."""
    return {
        "scanning": bool(look_at(site, Options(), site / "none").files),
        "watching": bool(relevant(snapshot([top]), [top])),
    }


@pytest.mark.parametrize("name", IGNORED + PART)
def test_content(tmp_path: Path, name: str) -> None:
    """A file of content that reading ignores neither wakes a preview nor sends a build to work."""
    where = tmp_path / "content" / "articles" / name
    where.parent.mkdir(parents=True)
    where.write_bytes(b"x")
    reading = bool(survey(tmp_path)[0].pictures)

    assert reading == (name in PART)
    assert seen(tmp_path / "content", tmp_path) == {"scanning": reading, "watching": reading}


@pytest.mark.parametrize("name", IGNORED + PART)
def test_theme(tmp_path: Path, name: str) -> None:
    """What is no part of a theme is not published, and its changes are not waited for."""
    theme = tmp_path / "themes" / "mine"
    where = theme / "static" / name
    where.parent.mkdir(parents=True)
    where.write_bytes(b"x")
    scanned = seen(tmp_path / "themes", tmp_path)
    (theme / "theme.yaml").write_text("name: mine\n", "utf-8")
    found, problems = load_theme(tmp_path, "mine", Place(SETTINGS))

    assert found is not None
    assert problems == ()
    assert bool(found.static) == (name in PART)
    assert scanned == {"scanning": name in PART, "watching": name in PART}


def test_hidden_folder_above() -> None:
    """A site that lies in a hidden folder is watched like any other."""
    top = Path("/home/amina/.sites/news~/content")

    assert relevant([f"{top}/articles/a.en.md", f"{top}/articles/.a.en.md.swp"], [top]) == {
        f"{top}/articles/a.en.md"
    }


def test_flash_films() -> None:
    """The ending .swf looks like one of Vim's and is none."""
    assert not is_ignored("film.swf")
