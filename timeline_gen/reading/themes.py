"""Themes as values: a theme's files together with those of the themes that it extends.

A theme is a folder with ``theme.yaml``, ``templates/``, ``static/`` and ``locale/<lang>.po``. What it
does not hold itself, it has from the theme named under ``extends:``, and so on. A template can name
another theme's file of the same name by its path: ``{% extends "almanac/page.html" %}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import position_at, read_matter
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.schema.site import ThemeSchema
from timeline_gen.text.suggestions import nearest

Files: TypeAlias = Mapping[PurePosixPath, bytes]

THEME_FILE: Final = PurePosixPath("theme.yaml")
CARD_FONT: Final = PurePosixPath("fonts/card.ttf")
"""What pictures for links are drawn with where a site asks for the theme's font; no page loads it."""
FACES: Final = PurePosixPath("faces.css")
"""The stylesheet, among static files, that declares the theme's faces."""
FACES_FOLDER: Final = PurePosixPath("fonts")
"""Where the files of these are, among static files."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, complete: its own files before those of the themes that it extends."""

    name: str
    templates: Mapping[str, str] = field(default_factory=dict)
    """By name; each also under ``<theme>/<name>``."""
    static: Files = field(default_factory=dict)
    catalogues: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    """Gettext ``.po`` files by language, those of the last theme in the chain first: later ones win."""
    chain: tuple[str, ...] = ()
    """The theme and those that it extends, nearest first."""
    own_words: frozenset[str] = frozenset()
    """The languages in which it has a catalogue of its own, where it extends another theme."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """What the themes set for their templates, nearest first."""
    card_font: bytes = b""
    """The file ``fonts/card.ttf`` of the nearest theme that has one."""

    def static_without_faces(self) -> Files:
        """Return its static files without those that faces are drawn with."""
        faces = {path for path in self.static if path == FACES or FACES_FOLDER in path.parents}
        return {path: data for path, data in self.static.items() if path not in faces}


@dataclass(frozen=True, slots=True)
class ThemeSources:
    """Where themes come from."""

    names: tuple[str, ...]
    """All that there are."""
    folders: Mapping[str, PurePosixPath]
    """The folder of each, for messages."""
    files: Callable[[str], Files]


def resolve_theme(name: str, sources: ThemeSources, place: Place) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Return the theme *name*, which was named at *place*, with all that it has from others."""
    links: list[_ChainedTheme] = []
    while name:
        if name not in sources.names:
            return None, (_unknown(name, sources, place),)
        if name in (link.name for link in links):
            chain = " → ".join((*(link.name for link in links), name))
            message = say("themes cannot extend each other in a circle: {chain}", chain=chain)
            return None, (Problem("TG711", message, place, say("take one 'extends:' out")),)
        link, problems = _link(name, sources)
        if link is None:
            return None, problems
        links.append(link)
        name, place = link.extends, link.place
    return _joined(links)


@dataclass(frozen=True, slots=True)
class _ChainedTheme:
    """One theme of a chain."""

    name: str
    files: Files
    matter: ThemeSchema
    place: Place
    """The place of its ``extends``."""

    @property
    def extends(self) -> str:
        return self.matter.extends


def _unknown(name: str, sources: ThemeSources, place: Place) -> Problem:
    near = nearest(name, sources.names)
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("the themes are {names}", names=", ".join(sources.names))
    )
    return Problem("TG710", say("there is no theme called {name!r}", name=name), place, hint)


def _link(name: str, sources: ThemeSources) -> tuple[_ChainedTheme | None, tuple[Problem, ...]]:
    """Read the theme *name* by itself."""
    files = sources.files(name)
    path = sources.folders[name] / THEME_FILE
    diagnostics = Diagnostics(path)
    data = files.get(THEME_FILE)
    if data is None:
        diagnostics.add(
            "TG710",
            say("the theme {name!r} has no theme.yaml", name=name),
            hint=say("write one that says 'name: {name}'", name=name),
        )
        return None, diagnostics.sorted()
    text, problems = decode(Source(path, data))
    diagnostics.problems += problems
    matter, tree = (
        read_matter(text or "", ThemeSchema, diagnostics) if text else (None, YamlMap({}, {}, 1, 1))
    )
    if matter is None or diagnostics.broken:
        return None, diagnostics.sorted()
    return _ChainedTheme(
        name, files, matter, Place(path, *position_at(tree, ("extends",)))
    ), diagnostics.sorted()


def _joined(links: list[_ChainedTheme]) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Lay the files of *links* over one another, the nearest on top."""
    templates: dict[str, str] = {}
    static: dict[PurePosixPath, bytes] = {}
    catalogues: dict[str, tuple[bytes, ...]] = {}
    settings: dict[str, object] = {}
    problems: list[Problem] = []
    # From the farthest to the nearest, so that what is nearer replaces what it extends.
    for link in reversed(links):
        settings |= link.matter.settings
        for path, data in sorted(link.files.items()):
            inner = path.relative_to(path.parts[0])
            if path.parts[0] == "static":
                static[inner] = data
            elif path.parts[0] == "locale" and path.suffix == ".po":
                catalogues[path.stem] = (*catalogues.get(path.stem, ()), data)
            elif path.parts[0] == "templates":
                text = _template(link, path, data, problems)
                templates[str(inner)] = templates[f"{link.name}/{inner}"] = text
    chain = tuple(link.name for link in links)
    own = {path.stem for path in links[0].files if path.parts[0] == "locale" and path.suffix == ".po"}
    own_words = frozenset(own if len(links) > 1 else ())
    card_font = next((link.files[CARD_FONT] for link in links if CARD_FONT in link.files), b"")
    theme = Theme(chain[0], templates, static, catalogues, chain, own_words, settings, card_font)
    return (None if problems else theme), tuple(problems)


def _template(link: _ChainedTheme, path: PurePosixPath, data: bytes, problems: list[Problem]) -> str:
    """Return the text of a template; one that is empty is allowed to be."""
    if not data.strip():
        return ""
    text, found = decode(Source(link.place.path.parent / path, data))
    problems += found
    return text or ""
