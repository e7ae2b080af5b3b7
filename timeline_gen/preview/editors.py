"""Links that open a file in an editor, at a line: each editor has an address scheme of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

from timeline_gen.errors import Place, UsageError
from timeline_gen.messages import say

EDITORS: Final = {
    "cursor": "cursor://file{path}:{line}:{column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
}
"""The address that opens a file, by the editor's name; ``{path}`` begins with a slash."""


def template_of(editor: str) -> str:
    """Return the address that opens a file in *editor*, a known name or such an address itself.

    Raises ``UsageError`` where it is neither.
    """
    template = EDITORS.get(editor, editor)
    if template and ("{path}" not in template or ":" not in template):
        known = ", ".join(sorted(EDITORS))
        hint = say(
            "name one of {known}; or give an address such as 'vscode://file{{path}}:{{line}}:{{column}}'",
            known=known,
        )
        raise UsageError(say("there is no editor known by the name {editor!r}", editor=editor), hint)
    return template


def link_to(template: str, root: Path, place: Place) -> str:
    """Return the address of *place*, in the site's folder *root*, by *template*; empty without one."""
    path = root / place.path
    if not template or not path.is_file():
        return ""
    parts = {
        "path": quote(path.resolve().as_posix()),
        "line": str(place.line),
        "column": str(place.column),
    }
    for name, value in parts.items():
        template = template.replace(f"{{{name}}}", value)
    return template
