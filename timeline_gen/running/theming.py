"""The theme of a build: its templates and words as the kit that pages are rendered with, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from errno import EACCES
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.model import Output, Settings, content_hash
from timeline_gen.reading.load import SETTINGS, load_theme
from timeline_gen.reading.themes import Theme
from timeline_gen.rendering.assets import FOLDER, make_assets
from timeline_gen.rendering.kit import Kit, make_kit
from timeline_gen.rendering.own_style import NAME, font_address, own_style
from timeline_gen.rendering.templates import check_templates, codes_of
from timeline_gen.running.card_fonts import card_fonts
from timeline_gen.text.plurals import Catalogue, CatalogueError, read_catalogue
from timeline_gen.writing.cache import Cache, freeze, thaw

_COMPILED: Final = "compiled templates"


def prepare_theme(
    root: Path, settings: Settings, cache: Cache
) -> tuple[tuple[Kit, tuple[Output, ...]] | None, tuple[Problem, ...]]:
    """Return the kit of the site's theme and its static files, ready to be written.

    Templates that were compiled before are taken from the *cache*: that takes longer than all else here.
    """
    place = Place(SETTINGS, *settings.spots.get("theme", (1, 1)))
    theme, problems = load_theme(root, settings.theme, place)
    if theme is None:
        return None, problems
    folder = PurePosixPath("themes", theme.name)
    own, missing = _own_files(root, settings)
    assets, wrong = make_assets({**theme.static, **own}, folder / "static")
    catalogues, faults = _catalogues(theme, settings, folder)
    kit = make_kit(
        theme.templates,
        settings.languages,
        catalogues=catalogues,
        assets=assets.addresses,
        origins=_origins(theme),
    )
    fonts, lacking = card_fonts(settings, lambda path: _inside(root, path).read_bytes())
    kit = replace(kit, file_links=settings.links == "files", fonts=fonts)
    kit, broken = _compiled(kit, cache)
    return (kit, assets.outputs), (*problems, *missing, *lacking, *wrong, *faults, *broken)


def _compiled(kit: Kit, cache: Cache) -> tuple[Kit, tuple[Problem, ...]]:
    """Return *kit* with its templates compiled, and what is wrong with them."""
    said = repr((sorted(kit.templates.items()), sorted(kit.origins.items()))).encode()
    name = content_hash(said)
    kept = cache.get(_COMPILED, [name])
    if kept:
        kit = replace(kit, codes=thaw(kept[name]))
    problems = check_templates(kit)
    if not kept and not any(problem.level is Level.ERROR for problem in problems):
        cache.put(_COMPILED, {name: freeze(codes_of(kit))}, without=cache.keys(_COMPILED))
    return kit, problems


def _own_files(root: Path, settings: Settings) -> tuple[dict[PurePosixPath, bytes], tuple[Problem, ...]]:
    """Return the stylesheet of the site's own colours and fonts, with its fonts, as files of the theme."""
    style, fonts, problems = own_style(settings)
    files = {NAME: style.encode()} if style else {}
    missing: list[Problem] = []
    for font in fonts:
        try:
            files[font_address(font)] = _inside(root, font).read_bytes()
        except OSError as error:
            place = Place(SETTINGS, *settings.spots.get("fonts", (1, 1)))
            message = f"the font {str(font)!r} cannot be read: {error.strerror}"
            missing.append(Problem("TG403", message, place, "name a file inside the site's folder"))
    # A stylesheet that names a missing font would be a second problem of the same cause.
    return {} if missing else files, (*problems, *missing)


def logo_output(root: Path, settings: Settings) -> tuple[Output | None, tuple[Problem, ...]]:
    """Return the site's logo under a name that carries its hash, if there is one."""
    if settings.logo is None:
        return None, ()
    try:
        data = _inside(root, settings.logo).read_bytes()
    except OSError as error:
        place = Place(SETTINGS, *settings.spots.get("logo", (1, 1)))
        message = f"the logo {str(settings.logo)!r} cannot be read: {error.strerror}"
        return None, (Problem("TG403", message, place, "name a file inside the site's folder"),)
    digest = content_hash(data)
    return Output(f"{FOLDER}/logo.{digest[:12]}{settings.logo.suffix.lower()}", data, digest), ()


def _inside(root: Path, path: PurePosixPath) -> Path:
    """Return where the file *path* is; raise OSError where that is no file inside the folder *root*."""
    real = (root / path).resolve(strict=True)
    if not real.is_relative_to(root.resolve()):
        raise OSError(EACCES, "it lies outside the site's folder")
    if not real.is_file():
        raise OSError(EACCES, "it is no ordinary file")
    return real


def _catalogues(
    theme: Theme, settings: Settings, folder: PurePosixPath
) -> tuple[dict[str, Catalogue], tuple[Problem, ...]]:
    found: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for language in settings.languages:
        lang = language.code
        for data in theme.catalogues.get(lang) or theme.catalogues.get(lang.partition("-")[0], ()):
            try:
                found[lang] = _over(found.get(lang), read_catalogue(data, lang))
            except CatalogueError as error:
                place = Place(folder / "locale" / f"{lang}.po", getattr(error, "line", None) or 1)
                problems.append(Problem("TG708", f"the theme's words cannot be read: {error}", place))
    return found, tuple(problems)


def _over(parent: Catalogue | None, child: Catalogue) -> Catalogue:
    """Return *child* with what only *parent* words."""
    if parent is None:
        return child
    return Catalogue(child.lang, child.plural, {**parent.messages, **child.messages})


def _origins(theme: Theme) -> Mapping[str, PurePosixPath]:
    """Return the file that each template of *theme* comes from."""
    origins: dict[str, PurePosixPath] = {}
    for name in reversed(theme.chain):
        prefix = f"{name}/"
        for template in theme.templates:
            if template.startswith(prefix):
                own = template.removeprefix(prefix)
                origins[template] = origins[own] = PurePosixPath("themes", name, "templates", own)
    return origins
