"""The theme of a build: the context that pages are rendered with, and the theme's files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from errno import EACCES, EFBIG
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.building.social_image_fonts import social_image_fonts
from timeline_gen.building.store.store import Step, Store
from timeline_gen.building.workers.confined import confined
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.keys import content_hash, key_of
from timeline_gen.messages import say
from timeline_gen.model.files import Output
from timeline_gen.model.settings import Settings
from timeline_gen.pages.plan.kinds import page_templates
from timeline_gen.reading.disk.files import MAX_ASSET_BYTES
from timeline_gen.reading.disk.themes import load_theme
from timeline_gen.reading.pictures.examining import examine_picture
from timeline_gen.reading.pictures.raster_kinds import SUFFIXES
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.reading.themes import Theme
from timeline_gen.rendering.assets import FOLDER, make_assets
from timeline_gen.rendering.context import RenderContext, make_context, without_trust
from timeline_gen.rendering.own_style import NAME, font_address, own_style, system_fonts
from timeline_gen.rendering.templates.environments import codes_of
from timeline_gen.rendering.templates.failures import check_templates
from timeline_gen.rendering.templates.unused import messages_of, unused_parts, wrong_words
from timeline_gen.text.cldr import CatalogueError
from timeline_gen.text.languages import primary
from timeline_gen.text.plurals import Catalogue, messages_in, read_catalogue

_COMPILED: Final[Step[Mapping[str, bytes]]] = Step("compiled templates", in_memory=False)
_THEME: Final = "theme"
_ENGLISH: Final = "en"


def prepare_theme(
    root: Path, settings: Settings, store: Store
) -> tuple[tuple[RenderContext, tuple[Output, ...]] | None, tuple[Problem, ...]]:
    """Return the context of the site's theme and its static files, ready to be written.

    Templates that were compiled before are taken from the *store*: that takes longer than all else here.
    """
    place = Place(SETTINGS, *settings.positions.get("theme", (1, 1)))
    theme, problems = load_theme(root, settings.theme, place, trusted=settings.theme_trusted)
    if theme is None:
        return None, problems
    folder = PurePosixPath("themes", theme.name)
    own, missing = _own_files(root, settings)
    static = theme.static_without_faces() if system_fonts(settings) else theme.static
    assets, wrong = make_assets({**static, **own}, folder / "static")
    catalogues, faults = _catalogues(theme, settings, folder)
    context = make_context(
        theme.templates,
        settings.languages,
        catalogues=catalogues,
        assets=assets.addresses,
        origins=_origins(theme),
        settings=theme.settings,
    )
    # What a stranger's theme brings is read in a sandbox, and a font would be read outside of it.
    own_font = theme.card_font if settings.theme_trusted else b""
    fonts, lacking = social_image_fonts(settings, lambda path: _inside(root, path).read_bytes(), own_font)
    context = replace(context, file_links=settings.links == "files", fonts=fonts)
    if settings.theme_trusted:
        context, broken = _compiled(context, store)
    else:
        context = without_trust(context)
        broken = (*_strange_words(catalogues, folder), *confined(context).check())
    unused = _unused(theme, context, folder) if settings.theme_trusted and not (faults or broken) else ()
    return (context, assets.outputs), (*problems, *missing, *lacking, *wrong, *faults, *broken, *unused)


def _unused(theme: Theme, context: RenderContext, folder: PurePosixPath) -> Iterator[Problem]:
    """Yield a problem for what *theme* itself writes and no page shows."""
    yield from unused_parts(context.templates, theme.chain, context.origins, page_templates())
    if not theme.own_words:
        return
    others = [
        (message.context, message.singular)
        for lang, files in theme.catalogues.items()
        for data in files[: len(files) - (lang in theme.own_words)]
        for message in messages_in(data, lang)
    ]
    messages = messages_of(theme.templates, others)
    for lang in sorted(theme.own_words):
        path = folder / "locale" / f"{lang}.po"
        yield from wrong_words(messages_in(theme.catalogues[lang][-1], lang), messages, path)


def _compiled(context: RenderContext, store: Store) -> tuple[RenderContext, tuple[Problem, ...]]:
    """Return *context* with its templates compiled, and what is wrong with them."""
    key = key_of(sorted(context.templates.items()), sorted(context.origins.items()))
    known = store.known(_COMPILED, {_THEME: key})
    if known:
        context = replace(context, codes=known[_THEME])
    problems = check_templates(context)
    if not known and not any(problem.level is Level.ERROR for problem in problems):
        store.keep(_COMPILED, {_THEME: (key, codes_of(context))})
    return context, problems


def _own_files(root: Path, settings: Settings) -> tuple[dict[PurePosixPath, bytes], tuple[Problem, ...]]:
    """Return the stylesheet of the site's own colours and fonts, with its fonts, as files of the theme."""
    style, fonts, problems = own_style(settings)
    files = {NAME: style.encode()} if style else {}
    missing: list[Problem] = []
    for font in fonts:
        try:
            files[font_address(font)] = _inside(root, font).read_bytes()
        except OSError as error:
            place = Place(SETTINGS, *settings.positions.get("fonts", (1, 1)))
            message = say(
                "the font {font!r} cannot be read: {strerror}", font=str(font), strerror=error.strerror
            )
            missing.append(Problem("TG403", message, place, say("name a file inside the site's folder")))
    # A stylesheet that names a missing font would be a second problem of the same cause.
    return {} if missing else files, (*problems, *missing)


def logo_output(root: Path, settings: Settings) -> tuple[Output | None, tuple[Problem, ...]]:
    """Return the site's logo under a name that carries its hash, if there is one.

    It is a picture like those of articles: of a drawing (SVG) only what draws is published.
    """
    path = settings.logo
    if path is None:
        return None, ()
    place = Place(SETTINGS, *settings.positions.get("logo", (1, 1)))
    try:
        data = _picture_bytes(_inside(root, path))
    except OSError as error:
        message = say("the logo {path!r} cannot be read: {strerror}", path=str(path), strerror=error.strerror)
        return None, (Problem("TG403", message, place, say("name a file inside the site's folder")),)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        message = say(
            "the logo {path!r} is not a picture: its name ends in none of {kinds}",
            path=str(path),
            kinds=kinds,
        )
        return None, (Problem("TG407", message, place, say("name a picture")),)
    examined, problems = examine_picture(path, data)
    if examined is None:
        return None, tuple(
            replace(problem, place=place, message=_of_logo(path, problem)) for problem in problems
        )
    digest = content_hash(examined.data)
    return Output(f"{FOLDER}/logo.{digest[:12]}{suffix}", examined.data, digest), problems


def _picture_bytes(file: Path) -> bytes:
    if file.stat().st_size > MAX_ASSET_BYTES:
        raise OSError(
            EFBIG,
            say("it is larger than {max_asset_bytes} MiB", max_asset_bytes=MAX_ASSET_BYTES // 1024 // 1024),
        )
    return file.read_bytes()


def _of_logo(path: PurePosixPath, problem: Problem) -> str:
    return problem.message.replace("the picture", f"the logo {str(path)!r}", 1)


def _inside(root: Path, path: PurePosixPath) -> Path:
    """Return where the file *path* is; raise OSError where that is no file inside the folder *root*."""
    real = (root / path).resolve(strict=True)
    if not real.is_relative_to(root.resolve()):
        raise OSError(EACCES, say("it lies outside the site's folder"))
    if not real.is_file():
        raise OSError(EACCES, say("it is no ordinary file"))
    return real


def _catalogues(
    theme: Theme, settings: Settings, folder: PurePosixPath
) -> tuple[dict[str, Catalogue], tuple[Problem, ...]]:
    """Return the words of *theme* for each language; what one lacks is in English."""
    found: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    codes = [language.code for language in settings.languages]
    for lang in dict.fromkeys((*codes, _ENGLISH)):
        for data in theme.catalogues.get(lang) or theme.catalogues.get(primary(lang), ()):
            try:
                found[lang] = _over(found.get(lang), read_catalogue(data, lang))
            except CatalogueError as error:
                place = Place(folder / "locale" / f"{lang}.po", getattr(error, "line", None) or 1)
                problems.append(
                    Problem("TG708", say("the theme's words cannot be read: {error}", error=error), place)
                )
    english = found.get(_ENGLISH) or Catalogue(_ENGLISH)
    for lang in codes:
        if primary(lang) != _ENGLISH:
            found[lang] = replace(found.get(lang) or Catalogue(lang), fallback=english)
    return found, tuple(problems)


_GAP: Final = re.compile(r"%(?!%|\(\w+\)[sd]|[sd])")


def _strange_words(catalogues: Mapping[str, Catalogue], folder: PurePosixPath) -> Iterator[Problem]:
    """Yield a problem for each catalogue of a theme that is not trusted with gaps that are more than gaps.

    Feeds and calendars fill them in outside the sandbox, and a width in one is as much memory.
    """
    for lang, catalogue in catalogues.items():
        if any(
            _GAP.search(form.replace("%%", "")) for forms in catalogue.messages.values() for form in forms
        ):
            message = say("the theme's words have a per cent sign that begins no gap such as %(date)s")
            hint = say("write %% where the sign itself is meant")
            yield Problem("TG715", message, Place(folder / "locale" / f"{lang}.po"), hint)


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
