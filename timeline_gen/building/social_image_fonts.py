"""The fonts that pictures for links are drawn with: files of the site or its theme, never installed ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem, UsageError
from timeline_gen.messages import say
from timeline_gen.model.settings import Settings
from timeline_gen.pages.social_image import SocialImage
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.reading.themes import CARD_FONT
from timeline_gen.rendering.pictures import can_draw, missing_letters
from timeline_gen.rendering.social_images import fonts_for
from timeline_gen.rendering.text_runs import undrawn

CARD: Final = "card"
FONT_OF_THEME: Final = "theme"
"""What names the font of the theme in the settings; no language has that code."""
_HINT: Final = say("card: theme, or card: fonts/Amiri.ttf, or a mapping from languages to files")
_LETTERS_HINT: Final = say("name a font that has these letters under 'card', for one of the site's languages")


def social_image_fonts(
    settings: Settings, read: Callable[[PurePosixPath], bytes], theme: bytes = b""
) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """Return the fonts of ``fonts: card``, which *read* reads, by language; under ``""`` the first of them.

    The font of the *theme* comes last, for letters that no other one has. Raises UsageError where this
    machine cannot draw Arabic: another would draw other pictures.
    """
    if CARD not in settings.fonts:
        return {}, ()
    if not can_draw():
        raise UsageError(
            say("pictures for links cannot be drawn here: Pillow has no Raqm, or finds no FriBiDi"),
            say("install Pillow's own package and libfribidi, or take 'card' out of 'fonts'"),
        )
    given = settings.fonts[CARD]
    files = dict(given) if isinstance(given, Mapping) else {"": given}
    languages = {language.code for language in settings.languages}
    if (
        not files
        or not all(isinstance(file, str) for file in files.values())
        or files.keys() - languages - {""}
    ):
        return {}, (_problem(settings, say("the font of 'card' cannot be read")),)
    fonts: dict[str, bytes] = {}
    problems: list[Problem] = []
    last = {FONT_OF_THEME: FONT_OF_THEME} if theme else {}
    for lang, file in (files | last).items():
        try:
            fonts[str(lang)] = _font(str(file), read, theme)
        except OSError as error:
            problems.append(
                _problem(
                    settings,
                    say("the font {file!r} cannot be read: {strerror}", file=file, strerror=error.strerror),
                )
            )
        except ValueError as error:
            problems.append(
                _problem(
                    settings,
                    say("the font of 'card' for {lang!r} cannot be used: {error}", lang=lang, error=error),
                )
            )
    if fonts:
        fonts = {"": next(iter(fonts.values())), **fonts}
    return fonts, tuple(problems)


def _font(file: str, read: Callable[[PurePosixPath], bytes], theme: bytes) -> bytes:
    """Return the font *file*, or that of the *theme*; raise ValueError where it is none."""
    if file == FONT_OF_THEME:
        if not theme:
            raise ValueError(say("the theme has no {card_font}", card_font=CARD_FONT))
        font = theme
    else:
        font = read(PurePosixPath(file))
    # For its error only, where the file is no font.
    missing_letters(font, " a")
    return font


def undrawn_letters(pages: Iterable[SocialImage], fonts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each text of the pictures *pages* that has letters which none of *fonts* has."""
    known: dict[tuple[str, str], str] = {}
    for page in pages:
        for words in page.texts_drawn():
            key = (words.text, words.lang)
            if key in known:
                continue
            known[key] = missing = undrawn(words.text, fonts_for(words.lang, fonts))
            if missing:
                message = say(
                    "the picture of {name} leaves out what no font of 'card' has: {missing}",
                    name=page.name(),
                    missing=" ".join(missing),
                )
                yield Problem("TG712", message, page.origin or Place(SETTINGS), _LETTERS_HINT, Level.WARNING)


def _problem(settings: Settings, message: str) -> Problem:
    return Problem("TG712", message, Place(SETTINGS, *settings.positions.get("fonts", (1, 1))), _HINT)
