"""The files that texts name, and problems where there are none."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.texts import Position
from timeline_gen.reading.assets.kinds import AUDIO, BROKEN, DOCUMENT, FILM, PICTURE, REFUSED, kind_of
from timeline_gen.reading.file_kinds import kind_by_name
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.text.suggestions import nearest

PICTURES: Final = frozenset({PICTURE})
PLAYED: Final = frozenset({PICTURE, FILM, AUDIO})
"""What a text shows in the place where it names it."""
SHOWN: Final = PLAYED | {DOCUMENT}

Assets = Mapping[PurePosixPath, Asset]

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_NAMES: Final = {
    PICTURE: say("a picture"),
    FILM: say("a film"),
    AUDIO: say("a sound"),
    DOCUMENT: say("a document"),
}


def find_asset(
    name: str,
    position: Position,
    diagnostics: Diagnostics,
    assets: Assets,
    *,
    kinds: Collection[str] = PICTURES,
    folder: PurePosixPath | None = None,
) -> Asset | None:
    """Return the file of one of *kinds* that a text calls *name*; None after noting why there is none.

    *name* is relative to the text's own file, or to *folder*. Of a file that cannot be published, because
    something is wrong with it, TG403 is noted, unless that is reported at its own place.
    """
    if is_elsewhere(name):
        note_elsewhere(name, position, diagnostics)
        return None
    path = resolve(folder or diagnostics.path.parent, unicodedata.normalize("NFC", name))
    asset = assets.get(path)
    if asset is None or asset.kind == BROKEN:
        _note_missing(name, path, position, diagnostics, assets, kinds=kinds, folder=folder)
    elif asset.kind in kinds:
        return asset
    elif asset.kind == REFUSED:
        note_refused(name, path, position, diagnostics)
    else:
        _note_kind(name, path, position, diagnostics, asset.kind)
    return None


def is_elsewhere(name: str) -> bool:
    """Return whether *name* is an address with a scheme or a host, and no path of a file."""
    return _ELSEWHERE.match(name) is not None


def note_elsewhere(name: str, position: Position, diagnostics: Diagnostics) -> None:
    """Note that the file *name* lies on another host."""
    hint = say("put the file next to the article and write ![what it shows](file.jpg)")
    diagnostics.add(
        "TG408",
        say("{name!r} lies on another host, which no page of the site may ask", name=name),
        position,
        hint,
    )


def note_refused(name: str, path: PurePosixPath, position: Position, diagnostics: Diagnostics) -> None:
    """Note that the file *path*, which a text calls *name*, is of a kind that is not published."""
    if kind := kind_by_name(path):
        diagnostics.add("TG433", say("{name!r} is {kind}", name=name, kind=kind.name), position, kind.hint)
        return
    suffix = path.suffix.lower()
    message = say("files of the kind {suffix} are not published: {name!r}", suffix=suffix, name=name)
    hint = say(
        "save it as another kind, or allow this one in site.yaml: file_kinds: [{suffix}]", suffix=suffix[1:]
    )
    diagnostics.add("TG436", message, position, hint)


def note_missing_alt(diagnostics: Diagnostics, position: Position) -> None:
    """Note that the picture at *position* has no description."""
    hint = say("write ![what it shows](file.jpg), or 'alt:' under 'media:' or 'image:'")
    message = say("the picture has no description, so that who cannot see it learns nothing of it")
    diagnostics.add("TG404", message, position, hint, level=Level.WARNING)


def resolve(folder: PurePosixPath, name: str) -> PurePosixPath:
    """Return the path of *name*, relative to *folder*, with ``.`` and ``..`` taken out of it."""
    parts = list(folder.parts)
    for part in PurePosixPath(name).parts:
        # At the top ".." leads nowhere: nothing outside the site is ever looked for.
        if part == "..":
            parts = parts[:-1]
        elif part != "/":
            parts.append(part)
    return PurePosixPath(*parts)


def _note_missing(
    name: str,
    path: PurePosixPath,
    position: Position,
    diagnostics: Diagnostics,
    assets: Assets,
    *,
    kinds: Collection[str],
    folder: PurePosixPath | None,
) -> None:
    kind = kind_by_name(path)
    if kind and kind.shown_as not in kinds:
        diagnostics.add("TG433", say("{name!r} is {kind}", name=name, kind=kind.name), position, kind.hint)
        return
    siblings = {str(other.relative_to(path.parent)): other for other in assets if other.parent == path.parent}
    near = nearest(path.name, siblings)
    if near and name.endswith(path.name):
        near = name.removesuffix(path.name) + near
    near = near or _elsewhere_named(path, folder or diagnostics.path.parent, assets)
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("put the file into the folder {parent}", parent=path.parent)
    )
    what = say("picture") if kinds == PICTURES or kind_of(path) == PICTURE else say("file")
    where = say("in {folder}", folder=folder) if folder else say("next to this file")
    diagnostics.add(
        "TG403",
        say("there is no {what} {name!r} that can be read {where}", what=what, name=name, where=where),
        position,
        hint,
        about=str(path),
    )


def _elsewhere_named(path: PurePosixPath, folder: PurePosixPath, assets: Assets) -> str:
    """Return the path from *folder* of the one file that is called as *path* is, in another folder."""
    same = [other for other in assets if other.name == path.name]
    return posixpath.relpath(str(same[0]), str(folder)) if len(same) == 1 else ""


def _note_kind(
    name: str, path: PurePosixPath, position: Position, diagnostics: Diagnostics, found: str
) -> None:
    kind = kind_by_name(path)
    message = say("{name!r} is {what}, which cannot be shown here", name=name, what=_NAMES[found])
    hint: str = say("name a picture")
    if kind:
        message, hint = say("{name!r} is {kind}", name=name, kind=kind.name), kind.hint
    diagnostics.add("TG433", message, position, hint)
