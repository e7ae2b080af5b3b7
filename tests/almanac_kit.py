"""The almanac theme as it lies in this repository, made ready for rendering."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath

from views_factory import LANGUAGES

from timeline_gen.rendering.assets import Assets, make_assets
from timeline_gen.rendering.context import RenderContext, make_context
from timeline_gen.text.plurals import Catalogue, read_catalogue

THEME = Path(__file__).parents[1] / "themes" / "almanac"
FOLDER = PurePosixPath("themes/almanac/static")


def templates() -> dict[str, str]:
    """Return the theme's templates by name."""
    return {path.name: path.read_text("utf-8") for path in sorted((THEME / "templates").iterdir())}


def catalogues() -> dict[str, Catalogue]:
    """Return the theme's words by language."""
    return {
        path.stem: read_catalogue(path.read_bytes(), path.stem)
        for path in sorted((THEME / "locale").iterdir())
    }


@cache
def assets() -> Assets:
    """Return the theme's static files under their hashed names."""
    folder = THEME / "static"
    static = {
        PurePosixPath(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    made, problems = make_assets(static, FOLDER)
    assert problems == ()
    return made


@cache
def almanac(**changed: str) -> RenderContext:
    """Return the theme's kit; *changed* names templates, a dot written as two underscores, and their text."""
    own = {name.replace("__", "."): text for name, text in changed.items()}
    return make_context(
        templates() | own,
        LANGUAGES.values(),
        catalogues=catalogues(),
        assets=assets().addresses,
        origins={name: PurePosixPath("themes/almanac/templates", name) for name in templates()},
    )
