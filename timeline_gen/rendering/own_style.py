"""A site's own colours and fonts as a stylesheet that is laid over the theme's.

``colours:`` sets the custom properties that the theme draws with: ``accent`` and ``second`` are the two
inks, ``paper``, ``ink``, ``quiet``, ``line`` and ``tint`` the rest; with ``-dark`` for dark screens, and
without it for light ones only, because a colour that is read well on one is not on the other.
``fonts:`` names a face by its use, ``body`` or ``headings``, or by a language; a face is the name of an
installed family, or a file of the site, or files by ``regular``, ``bold`` and ``italic``. ``accents:`` gives
the marks of events a colour by what the events name, which is moved towards black or white where it would not
be read on the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.settings import Settings
from timeline_gen.reading.pictures.svg_styles import is_colour
from timeline_gen.text.suggestions import nearest

NAME: Final = PurePosixPath("own.css")
COLOURS: Final = ("accent", "second", "paper", "ink", "quiet", "line", "tint")
USES: Final = ("body", "headings", "card")
"""``card`` is for pictures that are drawn, not for pages."""
SYSTEM: Final = "system"
"""The ``body`` that is drawn with what readers have, without files."""
_STYLES: Final[Mapping[str, str]] = {
    "regular": "font-weight:400",
    "bold": "font-weight:600 900",
    "italic": "font-weight:400;font-style:italic",
}
_FORMATS: Final = (".woff2", ".woff", ".ttf", ".otf")
_HEXADECIMAL: Final = re.compile("#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_COLOUR: Final = re.compile(
    r"""
    \# (?: [0-9a-f]{3,4} | [0-9a-f]{6} | [0-9a-f]{8} )
    | [a-z]+
    | (?: rgb | hsl | hwb | lab | lch | oklab | oklch ) \( [0-9a-z.,%/ +-]+ \)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_READABLE: Final = 4.5
"""The contrast that small letters need with the paper (WCAG 2.2, 1.4.3)."""
_LIGHT: Final = "#f4eee2"
_DARK: Final = "#231f18"
"""The papers of themes, where letters have the least contrast with them."""
# The luminance with which black and white have the same contrast: (L + 0.05)² = 1.05 × 0.05.
_MIDDLE: Final = 0.18
_FAMILY: Final = re.compile(r"[\w -]+")
_SETTINGS: Final = PurePosixPath("site.yaml")


@dataclass(frozen=True, slots=True)
class FontFace:
    """What letters of one use, or of one language, are drawn with."""

    use: str
    family: str
    files: Mapping[str, PurePosixPath]
    """By style; empty for an installed family."""


def own_style(settings: Settings) -> tuple[str, tuple[PurePosixPath, ...], tuple[Problem, ...]]:
    """Return the stylesheet of *settings*, the font files it refers to, and what cannot be used.

    The stylesheet is empty where there is nothing to change.
    """
    problems: list[Problem] = []
    faces = tuple(_faces(settings, problems))
    rules = [
        *_font_rules(faces),
        *_colour_rules(settings, problems),
        *_accent_rules(settings, problems),
    ]
    files = dict.fromkeys(file for face in faces for file in face.files.values())
    return "".join(f"{rule}\n" for rule in rules), tuple(files), tuple(problems)


def system_fonts(settings: Settings) -> bool:
    """Return whether the theme's faces are left out."""
    return settings.fonts.get("body") == SYSTEM


def font_address(file: PurePosixPath) -> PurePosixPath:
    """Return where the font *file* of the site is among the theme's static files."""
    return PurePosixPath("fonts", file.name)


# ---------------------------------------------------------------- fonts


def _faces(settings: Settings, problems: list[Problem]) -> Iterator[FontFace]:
    languages = tuple(language.code for language in settings.languages)
    for use, given in settings.fonts.items():
        way = f"fonts.{use}"
        if use not in (*USES, *languages):
            known = (*USES, *languages)
            problems.append(
                _unknown(settings, way, say("there is no use of a font called {use!r}", use=use), known)
            )
        elif use != "card" and not (use == "body" and given == SYSTEM):
            face = _face(use, given)
            if face:
                yield face
            else:
                hint = say(
                    "{use}: Amiri, or {use}: fonts/Amiri.woff2, or a mapping of {styles}",
                    use=use,
                    styles=", ".join(_STYLES),
                )
                problems.append(
                    _problem(settings, way, say("the font of {use!r} cannot be read", use=use), hint)
                )


def _face(use: str, given: object) -> FontFace | None:
    if isinstance(given, str) and not given.lower().endswith(_FORMATS):
        return FontFace(use, given, {}) if _FAMILY.fullmatch(given) else None
    files = {"regular": given} if isinstance(given, str) else given
    if not isinstance(files, Mapping) or not files or not files.keys() <= _STYLES.keys():
        return None
    if not all(isinstance(file, str) and file.lower().endswith(_FORMATS) for file in files.values()):
        return None
    return FontFace(use, f"site {use}", {style: PurePosixPath(file) for style, file in files.items()})


def _font_rules(faces: Iterable[FontFace]) -> Iterator[str]:
    for face in faces:
        for style, file in face.files.items():
            source = f'url("{font_address(file)}")'
            # Words are read in another face until this one comes.
            yield f'@font-face{{font-family:"{face.family}";src:{source};{_STYLES[style]};font-display:swap}}'
        if face.use == "headings":
            yield f':root{{--own-headings:"{face.family}"}}'
        else:
            where = ":root" if face.use == "body" else f":lang({face.use})"
            yield f'{where}{{--own-face:"{face.family}"}}'


# ---------------------------------------------------------------- colours


def _colour_rules(settings: Settings, problems: list[Problem]) -> Iterator[str]:
    light: list[str] = []
    dark: list[str] = []
    for name, value in settings.colours.items():
        base = name.removesuffix("-dark")
        if base not in COLOURS:
            known = (*COLOURS, *(f"{colour_name}-dark" for colour_name in COLOURS))
            problems.append(
                _unknown(settings, f"colours.{name}", say("no colour is called {name!r}", name=name), known)
            )
        elif _is_colour(settings, f"colours.{name}", value, problems):
            (light if name == base else dark).append(f"--{base}:{value}")
    for scheme, lines in (("light", light), ("dark", dark)):
        if lines:
            yield f"@media (prefers-color-scheme:{scheme}){{:root{{{';'.join(lines)}}}}}"


def _accent_rules(settings: Settings, problems: list[Problem]) -> Iterator[str]:
    for number, (name, value) in enumerate(settings.accents.items(), 1):
        if not _is_colour(settings, f"accents.{name}", value, problems):
            continue
        light = readable(value, settings.colours.get("paper", ""), _LIGHT)
        dark = readable(value, settings.colours.get("paper-dark", ""), _DARK)
        yield f".accent-{number}{{--mark:{light}}}"
        if dark != light:
            # What is printed has the colours of light screens.
            rule = f".accent-{number}{{--mark:{dark}}}"
            yield f"@media screen and (prefers-color-scheme:dark){{{rule}}}"


def readable(colour: str, paper: str, usual: str) -> str:
    """Return *colour*, moved towards black or white as far as it must be to be read on *paper*.

    Without a *paper* in hexadecimal digits, it is the *usual* one; a *colour* without stays as it is.
    """
    own, ground = _channels(colour), _channels(paper) or _channels(usual)
    if not own or not ground:
        return colour
    end = 255 if _luminance(ground) < _MIDDLE else 0
    mixed = (tuple(round(channel + (end - channel) * step / 20) for channel in own) for step in range(21))
    found = next((mix for mix in mixed if _contrast(mix, ground) >= _READABLE), (end, end, end))
    return colour if found == own else "#" + "".join(f"{channel:02x}" for channel in found)


def _channels(colour: str) -> tuple[int, ...]:
    """Return red, green and blue of a *colour* in hexadecimal digits; nothing of any other."""
    if not _HEXADECIMAL.fullmatch(colour):
        return ()
    digits = colour.removeprefix("#")
    pairs = (
        [digits[at : at + 2] for at in (0, 2, 4)] if len(digits) > 4 else [digit * 2 for digit in digits[:3]]
    )
    return tuple(int(pair, 16) for pair in pairs)


def _contrast(left: Sequence[int], right: Sequence[int]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(left), _luminance(right)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [channel / 255 for channel in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _is_colour(settings: Settings, key: str, value: str, problems: list[Problem]) -> bool:
    # A word such as "bleu" has the form of a colour.
    if _COLOUR.fullmatch(value) and is_colour(value):
        return True
    problems.append(_problem(settings, key, say("{value!r} is no colour", value=value), '"#9c2a1c"'))
    return False


def _unknown(settings: Settings, key: str, message: str, known: Sequence[str]) -> Problem:
    """Say that nothing is called as *key* ends, and which of the *known* names may be meant."""
    problem = _problem(settings, key, message, say("one of {known}", known=", ".join(known)))
    near = nearest(key.rpartition(".")[2], known)
    return replace(problem, hint=f"did you mean '{near}'?") if near else problem


def _problem(settings: Settings, key: str, message: str, write: str) -> Problem:
    spot = settings.positions.get(key) or settings.positions.get(key.partition(".")[0], (1, 1))
    return Problem("TG304", message, Place(_SETTINGS, *spot), say("write {write}", write=write))
