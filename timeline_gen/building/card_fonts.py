"""The fonts that pictures for links are drawn with: files of the site, never what happens to be installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem, UsageError
from timeline_gen.model import Settings
from timeline_gen.reading.load import SETTINGS
from timeline_gen.rendering.pictures import can_draw, missing_letters

_USE: Final = "card"
_HINT: Final = "card: fonts/Amiri.ttf, or a mapping from languages to files"


def card_fonts(
    settings: Settings, read: Callable[[PurePosixPath], bytes]
) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """Return the fonts of ``fonts: card``, which *read* reads, by language; under ``""`` the first of them.

    Raises UsageError where this machine cannot draw Arabic: another would draw other pictures.
    """
    if _USE not in settings.fonts:
        return {}, ()
    if not can_draw():
        raise UsageError(
            "pictures for links cannot be drawn here: Pillow has no Raqm, or finds no FriBiDi",
            "install Pillow's own package and libfribidi, or take 'card' out of 'fonts'",
        )
    given = settings.fonts[_USE]
    files = given if isinstance(given, Mapping) else {"": given}
    languages = {language.code for language in settings.languages}
    if (
        not files
        or not all(isinstance(file, str) for file in files.values())
        or files.keys() - languages - {""}
    ):
        return {}, (_problem(settings, "the font of 'card' cannot be read", Level.ERROR),)
    fonts: dict[str, bytes] = {}
    problems: list[Problem] = []
    for lang, file in files.items():
        try:
            fonts[str(lang)] = read(PurePosixPath(str(file)))
        except OSError as error:
            said = f"the font {file!r} cannot be read: {error.strerror}"
            problems.append(_problem(settings, said, Level.ERROR))
    if fonts:
        fonts = {"": next(iter(fonts.values())), **fonts}
        problems += _lacking(settings, fonts)
    return fonts, tuple(problems)


def _lacking(settings: Settings, fonts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each language whose letters, as its title has them, its font lacks."""
    for language in settings.languages:
        lang = language.code
        font = fonts.get(lang) or fonts[""]
        try:
            missing = missing_letters(font, f"{settings.title.get(lang, '')}{language.name}")
        except ValueError as error:
            yield _problem(settings, f"the font of 'card' for {lang!r} cannot be used: {error}", Level.ERROR)
            continue
        if missing:
            said = f"the font of 'card' has no letters for {lang!r}: it lacks {' '.join(missing)}"
            yield _problem(settings, said, Level.WARNING)


def _problem(settings: Settings, message: str, level: Level) -> Problem:
    return Problem("TG712", message, Place(SETTINGS, *settings.spots.get("fonts", (1, 1))), _HINT, level)
