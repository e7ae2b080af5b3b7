"""Small sites for tests, written from texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import plan_site
from timeline_gen.building.render.outputs import RenderInputs, bodies_of, render_pages
from timeline_gen.building.workspace import open_workspace
from timeline_gen.pages.page import Page

SETTINGS = "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\n"


def write_site(root: Path, files: Mapping[str, str], *, settings: str = SETTINGS) -> Path:
    """Write a site with *files*, texts by path, in the folder *root*, and return it."""
    for name, text in {"site.yaml": settings, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def article(title: str, *events: str, date: str = "2021-12-06", body: str = "Text.", more: str = "") -> str:
    """Return the text of an article that lists *events*, each a mapping in YAML's flow style."""
    listed = "".join(f"  - {event}\n" for event in events)
    dated = f"date: {date}\n" if date else ""
    told = f"events:\n{listed}" if events else ""
    return f"---\ntitle: {title}\n{dated}{more}{told}---\n{body}\n"


def build_some(root: Path, *kinds: type[Page]) -> Path:
    """Make the pages of *kinds* of the site in *root*, and what the theme has, and return their folder."""
    output = root / "output"
    with open_workspace(root, Options()) as site:
        one = plan_site(site)
        inputs = RenderInputs(one.context, bodies_of(root, one, site.store))
        made = render_pages([page for page in one.pages if isinstance(page, kinds)], inputs, executor=None)
        files = {file.path: file.data or b"" for file in one.assets}
        for name, file in made:
            files |= {name: file.data} | {part.path: part.data or b"" for part in file.parts}
    for name, data in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return output
