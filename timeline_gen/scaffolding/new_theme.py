"""A new theme: it extends another one, whose blocks it lists as comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.editors.schemas import FOLDER, modeline
from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.reading.disk.packaged import THEMES, packaged_themes
from timeline_gen.scaffolding.files import write_files

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_BLOCK: Final = re.compile(r"\{%-?\s*block\s+(\w+)")
_EXTENDS: Final = re.compile(r"^extends:\s*[\"']?([\w-]+)", re.MULTILINE)
_FRAMES: Final = ("base.html", "bare.html", "embed.html")
"""The templates that write whole pages: all others extend one of them."""


def new_theme(root: Path, name: str, parent: str = "almanac") -> tuple[Path, ...]:
    """Write a theme called *name* that extends *parent* into the site in *root*, and return its files.

    It looks like its parent until its stylesheet or its templates are changed. Raises ``UsageError`` where
    the name is none or is taken, and where there is no such parent.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            say("{name!r} is no name of a theme", name=name), say("write small letters, digits and hyphens")
        )
    folder = root / THEMES / name
    if folder.exists() or (packaged_themes() / name).exists():
        raise UsageError(say("there is a theme {name} already", name=name), hint=say("choose another name"))
    if name == parent or not _chain(root, parent):
        raise UsageError(
            say("there is no theme {parent!r} to extend", parent=parent), say("almanac is always there")
        )
    return write_files(folder, _files(root, name, parent))


def _chain(root: Path, name: str) -> list[Path]:
    """Return the folders of the theme *name* and of those that it extends, in that order."""
    found: list[Path] = []
    while name and not any(path.name == name for path in found):
        folder = next(
            (
                each / name
                for each in (root / THEMES, packaged_themes())
                if (each / name / "theme.yaml").is_file()
            ),
            None,
        )
        if folder is None:
            return found
        found.append(folder)
        extended = _EXTENDS.search((folder / "theme.yaml").read_text("utf-8"))
        name = extended[1] if extended else ""
    return found


def _files(root: Path, name: str, parent: str) -> Iterator[tuple[str, str]]:
    path = PurePosixPath(THEMES, name, "theme.yaml")
    named = f"{modeline('theme', path)}\n" if (root / FOLDER).is_dir() else ""
    yield path.name, f"{named}name: {name}\nextends: {parent}\n"
    yield f"static/{name}.css", f"/* What differs from {parent}: it is loaded after its stylesheets. */\n"
    chain = _chain(root, parent)
    for template in _FRAMES:
        holders = [folder for folder in chain if (folder / "templates" / template).is_file()]
        if holders:
            blocks = dict.fromkeys(
                block
                for folder in holders
                for block in _BLOCK.findall((folder / "templates" / template).read_text("utf-8"))
            )
            yield f"templates/{template}", _template(name, f"{holders[0].name}/{template}", list(blocks))


def _template(name: str, extended: str, blocks: list[str]) -> str:
    others = "".join(
        f"\n{{% block {block} %}}{{{{ super() }}}}{{% endblock %}}" for block in blocks if block != "styles"
    )
    return (
        f'{{% extends "{extended}" %}}\n'
        "{% block styles %}\n{{ super() }}\n"
        f'<link rel="stylesheet" href="{{{{ head.root }}}}{{{{ asset("{name}.css") }}}}">\n'
        "{% endblock %}\n"
        f"{{# The other blocks; take those that you change out of this comment:{others}\n#}}\n"
    )
