"""The files for editors, as they are written into the folder of a site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from timeline_gen.editors import vscode
from timeline_gen.editors.json_schema import Node
from timeline_gen.editors.names import SiteNames, site_names
from timeline_gen.editors.schemas import FOLDER, schemas
from timeline_gen.errors import UsageError
from timeline_gen.messages import say

_SETTINGS: Final = Path(".vscode") / "settings.json"
_EXTENSIONS: Final = Path(".vscode") / "extensions.json"
_FRONT_MATTER: Final = Path("frontmatter.json")


def write_for_editors(root: Path, *, jobs: int | None = None) -> tuple[Path, ...]:
    """Write the schemas of the site in the folder *root*, and settings of editors that use them.

    Settings that are there already stay as they are. Returns the files that were written; raises
    ``ContentError`` where the settings of the site have errors, ``UsageError`` where nothing can be written.
    """
    names = site_names(root, jobs=jobs)
    made = {Path(FOLDER) / f"{name}.json": schema for name, schema in schemas(names).items()}
    made[Path(FOLDER) / vscode.FRONT_MATTER] = vscode.front_matter(names)
    kept = {path: node for path, node in _settings(names).items() if not (root / path).exists()}
    try:
        return tuple(path for path, node in (made | kept).items() if _is_written(root / path, node))
    except OSError as error:
        raise UsageError(
            say("{path} cannot be written: {why}", path=str(error.filename or root), why=error.strerror)
        ) from error


def _settings(names: SiteNames) -> dict[Path, Node]:
    return {
        _SETTINGS: vscode.settings(names),
        _EXTENSIONS: vscode.extensions(),
        _FRONT_MATTER: vscode.front_matter_root(),
    }


def _is_written(path: Path, node: Node) -> bool:
    """Write *node* to *path*, and return whether that changed anything."""
    text = json.dumps(node, ensure_ascii=False, indent=2) + "\n"
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.parent.is_symlink():
        raise UsageError(
            say("{path} is a link, and nothing is written through it", path=str(path.parent)),
            say("remove it"),
        )
    # A link in the place of the file is replaced, where it leads to is not written to.
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)
    return True
